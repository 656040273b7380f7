//! The short summary at the end of a run.

use std::fmt::Write;
use std::path::Path;

use cistron::expression::SteadyCounts;
use cistron::network::MAX_FDR;
use cistron::run::{ActivityRecord, CalibrationRecord, OffsetSetting, Record, Run};
use cistron::trajectory::Offsets;

/// Edges that the summary lists.
const SHOWN: usize = 10;

/// What was found, how sure it is, and where to look next.
///
/// * `paged`: whether the folder has pictures and a page
pub(crate) fn summary(found: &Run, folder: &Path, paged: bool) -> String {
    let mut text = String::new();
    // writing to a string cannot fail
    let _ = write_summary(&mut text, found);
    let _ = write_files(&mut text, folder, paged);
    text
}

fn write_summary(out: &mut String, found: &Run) -> std::fmt::Result {
    let genes = found.genes();
    let record = &found.record;
    let data = if record.cells {
        format!("{} cells, {} lineages", record.samples, record.series)
    } else if record.is_static() {
        format!("no series, {} samples", record.samples)
    } else {
        format!("{} series, {} samples", record.series, record.samples)
    };
    writeln!(
        out,
        "\n{} genes, {} regulators, {data}",
        genes.len(),
        record.regulators
    )?;
    let interventions = &record.interventions;
    if !interventions.is_empty() {
        let total: usize = interventions.iter().sum();
        let series = interventions.len();
        writeln!(out, "interventions    {total} in {series} series")?;
    }
    if record.steady_states != SteadyCounts::default() {
        writeln!(out, "steady states    {}", record.steady_states)?;
    }
    writeln!(out, "regime           {}", regime(record))?;
    if !record.regimes.folds.is_empty() {
        writeln!(out, "held out         {}", record.regimes.folds)?;
    }
    if let Some(found) = &record.activities {
        writeln!(out, "activities       {}", activities(found))?;
    }
    if !record.is_static() {
        writeln!(out, "conditions       {}", conditions(record))?;
    }
    write_held_out(out, found)?;
    write_forecast(out, found)?;
    write_unexplained(out, record)?;
    let nonlinear = found.metrics.nonlinear_genes;
    writeln!(
        out,
        "nonlinear responses {nonlinear} of {} genes",
        genes.len()
    )?;
    write_counts(out, found)?;
    write_best(out, found)?;
    let warnings = record.warnings.len();
    if warnings > 0 {
        let plural = if warnings == 1 { "" } else { "s" };
        writeln!(out, "\n{warnings} warning{plural}, above and in run.json")?;
    }
    Ok(())
}

/// How well held-out changes, or levels, are predicted.
fn write_held_out(out: &mut String, found: &Run) -> std::fmt::Result {
    let r = &found.metrics.mean_r_squared;
    if found.record.is_static() {
        let model = r.model;
        return writeln!(
            out,
            "held-out R²      {model:.2}; mean over genes, levels of samples"
        );
    }
    writeln!(
        out,
        "held-out R²      {:.2} (linear {:.2}, decay only {:.2}, no change {:.2}); mean over genes, \
         one interval ahead",
        r.model, r.linear, r.decay_only, r.no_change
    )?;
    match found.metrics.below_no_change() {
        Some(caveat) => writeln!(out, "                 {caveat}"),
        None => Ok(()),
    }
}

/// The largest component of what the regulators leave unexplained of levels.
fn write_unexplained(out: &mut String, record: &Record) -> std::fmt::Result {
    let Some(largest) = record.unexplained.first() else {
        return Ok(());
    };
    writeln!(
        out,
        "unexplained      {:.0} % of what the regulators leave is one component; it goes with {}",
        100.0 * largest.share,
        largest.goes_with
    )
}

/// What was written, and where to look next.
fn write_files(out: &mut String, folder: &Path, paged: bool) -> std::fmt::Result {
    let folder = folder.display();
    writeln!(
        out,
        "\nwritten to {folder}/: edges.tsv nodes.tsv network.graphml curves.tsv paths.tsv \
         groups.tsv model.json states.tsv metrics.json run.json{}",
        if paged { " report.html pictures/" } else { "" }
    )?;
    if paged {
        writeln!(
            out,
            "pictures         open {folder}/report.html in a browser"
        )?;
    } else {
        writeln!(out, "pictures         cistron report {folder}")?;
    }
    writeln!(out, "knockouts        cistron explore {folder}")?;
    writeln!(
        out,
        "other formats    cistron export {folder} -o network.cx2"
    )?;
    writeln!(
        out,
        "compare          cistron score {folder}/edges.tsv KNOWN_NETWORK"
    )
}

/// How far whole series that were left out are predicted from their first sample.
fn write_forecast(out: &mut String, found: &Run) -> std::fmt::Result {
    let metrics = &found.metrics;
    match (&metrics.forecast, &metrics.no_forecast) {
        (Some(forecast), _) => {
            let e = &forecast.whole.error;
            writeln!(
                out,
                "forecast error   {:.2} (linear {:.2}, mean of the other series {:.2}, no change \
                 {:.2}); series left out,\n                 predicted from their first point, in \
                 standard deviations",
                e.model, e.linear, e.mean_of_others, e.no_change
            )?;
            if let Some(verdict) = e.verdict() {
                writeln!(out, "                 {verdict}")?;
            }
            let Some(later) = &forecast.after_change else {
                return Ok(());
            };
            let e = &later.error;
            writeln!(
                out,
                "                 after the change: {:.2} (linear {:.2}, others {:.2}, no change {:.2})",
                e.model, e.linear, e.mean_of_others, e.no_change
            )?;
            match e.verdict() {
                Some(verdict) => writeln!(out, "                 {verdict}"),
                None => Ok(()),
            }
        }
        (None, Some(why)) => writeln!(out, "forecast error   none: {why}"),
        (None, None) => Ok(()),
    }
}

/// How many edges there are, and how many of the best are expected to be false.
fn write_counts(out: &mut String, found: &Run) -> std::fmt::Result {
    let network = &found.network;
    let wrong = |rank: usize| network.edges().get(rank - 1).map(|e| e.expected_false);
    let shares: Vec<String> = [20, 50, 100]
        .into_iter()
        .filter_map(|rank| wrong(rank).map(|wrong| format!("{rank}: {wrong:.0}")))
        .collect();
    let ranked = network.edges().len();
    match shares.join(", ").as_str() {
        "" => writeln!(out, "edges            {ranked} ranked")?,
        shares => writeln!(
            out,
            "edges            {ranked} ranked; expected false among the top {shares}"
        )?,
    }
    if let Some(found) = &found.record.calibration {
        write_calibration(out, found)?;
    }
    if let Some(loci) = found.record.loci.as_ref().filter(|loci| loci.by_name) {
        writeln!(
            out,
            "                 (positions of {} genes are taken from their names; neighbours have no part in the null)",
            loci.located
        )?;
    }
    match (network.caution(), network.standing_out().len()) {
        (Some(caution), _) => writeln!(out, "                 {caution}"),
        (None, 0) => Ok(()),
        (None, some) => writeln!(
            out,
            "                 {some} stand out: at most {:.0} % of them are expected to be false",
            100.0 * MAX_FDR
        ),
    }
}

/// What known edges say of the list.
fn write_calibration(out: &mut String, found: &CalibrationRecord) -> std::fmt::Result {
    let [low, mean, high] = found.share.map(|share| 100.0 * share);
    let share = if found.share_given {
        format!("{mean:.0} % of the true ones, as given")
    } else {
        format!("an estimated {mean:.0} % of the true ones, between {low:.0} and {high:.0} %")
    };
    writeln!(
        out,
        "                 calibrated with {} known edges, {share}",
        found.known
    )?;
    let ranks = found
        .expected_false
        .iter()
        .filter(|(rank, _)| [100, 500].contains(rank));
    for (rank, [expected, low, high]) in ranks {
        writeln!(
            out,
            "                 expected false among the top {rank}: {expected:.0}, between {low:.0} and {high:.0}"
        )?;
    }
    Ok(())
}

/// The best edges as a table.
fn write_best(out: &mut String, found: &Run) -> std::fmt::Result {
    let (network, genes) = (&found.network, found.genes());
    writeln!(
        out,
        "\n{:>4}  {:<24}{:>9}{:>11}{:>16}",
        "rank", "edge", "evidence", "frequency", "expected false"
    )?;
    for edge in network.edges().iter().take(SHOWN) {
        let arrow = match edge.sign.symbol() {
            "+" => "─▶",
            "-" => "─┤",
            _ => "──",
        };
        let name = format!(
            "{} {arrow} {}",
            genes.name(edge.source),
            genes.name(edge.target)
        );
        writeln!(
            out,
            "{:>4}  {name:<24}{:>9.3}{:>11.2}{:>16.1}",
            edge.rank, edge.evidence, edge.frequency, edge.expected_false
        )?;
    }
    Ok(())
}

/// Whether levels or increments were fitted, and by how much they predict better.
fn regime(record: &Record) -> String {
    let (fast, genes) = (record.regimes.fast, record.genes);
    let fitted = match fast {
        0 => "slow: increments are fitted".to_owned(),
        all if all == genes => "fast: levels are fitted".to_owned(),
        some => format!(
            "levels of {some} fast genes are fitted, increments of {}",
            genes - some
        ),
    };
    let given = match record.regimes.measured {
        0 => String::new(),
        genes => format!("\n                 ({genes} genes by their half-lives, as given)"),
    };
    match record.regimes.ratio {
        Some(ratio) => format!(
            "{fitted}{given}\n                 (detected; held-out error as fast genes {:.0} % of that as slow ones)",
            100.0 * ratio
        ),
        None if record.is_static() => {
            format!("{fitted}\n                 (static: directions are not in the data)")
        }
        None => format!("{fitted}{given} (not compared)"),
    }
}

/// Activities of regulators from known pairs.
fn activities(found: &ActivityRecord) -> String {
    let (pairs, regulators) = (found.pairs, found.regulators);
    let used = if found.used {
        "take the place of their mRNA"
    } else {
        "not used: the known pairs do not follow in these data"
    };
    format!(
        "of {regulators} regulators from {pairs} known pairs (z = {:.1}), {used};\n                 {} of the \
         pairs do not follow",
        found.z, found.not_following
    )
}

/// The offsets of single series, and how much of the changes they leave unexplained.
fn conditions(record: &Record) -> String {
    let chosen = record.offsets.describe();
    if record.offset_candidates.is_empty() {
        return match record.settings.windows.as_slice() {
            [] => chosen,
            _ => "the given windows".to_owned(),
        };
    }
    let without = match record.offsets {
        Offsets::None => String::new(),
        _ => format!(", {} without", unexplained(record, Offsets::None)),
    };
    let detected = match record.settings.offsets {
        OffsetSetting::Auto => "detected; ",
        OffsetSetting::ShiftAt(_) | OffsetSetting::Fixed(_) => "",
    };
    format!(
        "{chosen}\n                 ({detected}unexplained variance {}{without})",
        unexplained(record, record.offsets)
    )
}

/// Share of the held-out variance that candidate offsets leave unexplained.
fn unexplained(record: &Record, offsets: Offsets) -> String {
    let name = offsets.describe();
    let mut candidates = record.offset_candidates.iter();
    let candidate = candidates.find(|(other, _)| *other == name);
    let share = candidate.and_then(|(_, share)| *share);
    match share {
        Some(share) if share > 1.0 => "100 % (no better than the mean)".to_owned(),
        Some(share) => format!("{:.0} %", 100.0 * share),
        None => "not known".to_owned(),
    }
}
