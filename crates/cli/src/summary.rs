//! The short summary at the end of a run.

use std::fmt::Write;
use std::path::Path;

use cistron::discovery::Discovery;
use cistron::expression::Measured;
use cistron::fit::OffsetChoice;
use cistron::trajectory::Offsets;

use super::Input;

/// Share of false edges from which on a list is no better than guesses.
const CHANCE: f64 = 0.75;
/// Edges that the summary lists.
const SHOWN: usize = 10;

/// What was found, how sure it is, and where to look next.
///
/// * `paged`: whether the folder has pictures and a page
pub(crate) fn summary(found: &Discovery, input: &Input, folder: &Path, paged: bool) -> String {
    let mut text = String::new();
    // writing to a string cannot fail
    let _ = write_summary(&mut text, found, input);
    let _ = write_files(&mut text, folder, paged);
    text
}

fn write_summary(out: &mut String, found: &Discovery, input: &Input) -> std::fmt::Result {
    let genes = found.genes();
    let data = match &input.measured {
        Measured::Series(e) => format!("{} series, {} samples", e.series().len(), e.samples()),
        Measured::Cells(c) => format!("{} cells, {} lineages", c.names().len(), c.lineages().len()),
    };
    writeln!(
        out,
        "\n{} genes, {} regulators, {data}",
        genes.len(),
        input.regulators.len()
    )?;
    if let Some(text) = interventions(input) {
        writeln!(out, "interventions    {text}")?;
    }
    if let Some(resting) = &input.resting {
        writeln!(out, "steady states    {}", resting.counts())?;
    }
    writeln!(out, "conditions       {}", conditions(found, input))?;
    let r = &found.metrics.mean_r_squared;
    writeln!(
        out,
        "held-out R²      {:.2} (linear {:.2}, decay only {:.2}, no change {:.2}); mean over genes, \
         one interval ahead",
        r.model, r.linear, r.decay_only, r.no_change
    )?;
    write_forecast(out, found)?;
    let bent = found.metrics.bent_genes;
    writeln!(out, "curved responses {bent} of {} genes", genes.len())?;
    write_counts(out, found)?;
    write_best(out, found)?;
    let warnings = input.warnings.len() + found.warnings.len();
    if warnings > 0 {
        let plural = if warnings == 1 { "" } else { "s" };
        writeln!(out, "\n{warnings} warning{plural}, above and in run.json")?;
    }
    Ok(())
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
            "look at it       open {folder}/report.html in a browser"
        )?;
    } else {
        writeln!(out, "look at it       cistron report {folder}")?;
    }
    writeln!(out, "ask it           cistron explore {folder}")?;
    writeln!(
        out,
        "take it along    cistron export {folder} -o network.cx2"
    )?;
    writeln!(
        out,
        "compare it       cistron score {folder}/edges.tsv KNOWN_NETWORK"
    )
}

/// How far whole series that were left out are predicted from their first sample.
fn write_forecast(out: &mut String, found: &Discovery) -> std::fmt::Result {
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
            let Some(later) = &forecast.after_change else {
                return Ok(());
            };
            let e = &later.error;
            writeln!(
                out,
                "                 after the change: {:.2} (linear {:.2}, others {:.2}, no change {:.2})",
                e.model, e.linear, e.mean_of_others, e.no_change
            )
        }
        (None, Some(why)) => writeln!(out, "forecast error   none: {why}"),
        (None, None) => Ok(()),
    }
}

/// How many edges there are, and how many of the best are expected to be false.
fn write_counts(out: &mut String, found: &Discovery) -> std::fmt::Result {
    let network = &found.network;
    let wrong = |rank: usize| {
        network
            .edges()
            .get(rank - 1)
            .map(|e| e.expected_false_edges)
    };
    let shares: Vec<String> = [20, 50, 100]
        .into_iter()
        .filter_map(|rank| wrong(rank).map(|wrong| format!("{wrong:.0} of the best {rank}")))
        .collect();
    let ranked = network.edges().len();
    match shares.join(", ").as_str() {
        "" => writeln!(out, "edges            {ranked} ranked")?,
        shares => writeln!(
            out,
            "edges            {ranked} ranked; expected to be false: {shares}"
        )?,
    }
    if network.confident(CHANCE).is_empty() {
        writeln!(
            out,
            "                 no edge stands out: read the list as guesses"
        )?;
    }
    Ok(())
}

/// The best edges as a table.
fn write_best(out: &mut String, found: &Discovery) -> std::fmt::Result {
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
            edge.rank, edge.evidence, edge.frequency, edge.expected_false_edges
        )?;
    }
    Ok(())
}

/// How many interventions there are in how many series; none without any.
fn interventions(input: &Input) -> Option<String> {
    let Measured::Series(expression) = &input.measured else {
        return None;
    };
    let counts = expression
        .series()
        .iter()
        .map(|one| one.interventions().len());
    let there: Vec<usize> = counts.filter(|count| *count > 0).collect();
    let all: usize = there.iter().sum();
    (all > 0).then(|| format!("{all} in {} series", there.len()))
}

fn conditions(found: &Discovery, input: &Input) -> String {
    let chosen = found.offsets.describe();
    match &found.offset_choice {
        None if !input.windows.is_empty() => "the given windows".to_owned(),
        None => chosen,
        Some(choice) => {
            let share = |offsets| 100.0 * error(choice, offsets);
            let without = match found.offsets {
                Offsets::None => String::new(),
                _ => format!(", {:.0} % without", share(Offsets::None)),
            };
            let found_out = if input.shift_at.is_some() {
                ""
            } else {
                "found out: "
            };
            format!(
                "{chosen}\n                 ({found_out}{:.0} % of the changes stay unexplained{without})",
                share(found.offsets)
            )
        }
    }
}

fn error(choice: &OffsetChoice, offsets: Offsets) -> f64 {
    let found = choice.errors.iter().find(|(other, _)| *other == offsets);
    found.map_or(f64::NAN, |(_, error)| *error)
}
