//! The summaries of a benchmark as Markdown tables, one for each suite.

use std::io::{self, Write};

use super::method_name::{name, plain};
use super::set_table::write_set_table;
use super::tenth_table::write_tenth_table;
use crate::benchmark::{
    Band, CalibrationSummary, ForecastSummary, Paired, REFERENCE, Results, SetSummary, SizeSummary,
    Spread, Summary,
};

const COLUMNS: [&str; 9] = [
    "method",
    "AUPR",
    "cistron better by",
    "AUROC",
    "EPR",
    "signs",
    "forecast error",
    "seconds",
    "peak MiB",
];
/// Where the difference to the reference stands among the columns.
const AGAINST: usize = 2;
const SIZE_HEADER: &str = "| genes | method | AUPR | AUROC | seconds | peak MiB |\n\
                           |---|---|---|---|---|---|\n";
const CALIBRATION_HEADER: &str = "| false edges among the best | method | expected / true, all \
                                  networks together | expected, median | true, median | \
                                  expected / true, median | within a factor of 2 |\n\
                                  |---|---|---|---|---|---|---|\n";
/// Ranks of the calibration table.
const RANKS: [usize; 3] = [10, 50, 100];

/// Writes the tables of every suite.
///
/// Methods: mean ± standard deviation over networks, and by how much the reference is better in
/// average precision, with the 95 % interval and the networks won; where the benchmark is about
/// the size of networks, a line for every size instead; where only some edges are known, a column
/// for every set. Forecasts and calibration follow where
/// there are any, and the notes come last.
///
/// # Errors   what the sink reports.
pub fn write_bench_markdown(results: &Results, sink: &mut dyn Write) -> io::Result<()> {
    for suite in results.summaries.chunk_by(|a, b| a.suite == b.suite) {
        let name = &suite[0].suite;
        writeln!(sink, "## {}: {}\n", plain(name), size(suite))?;
        let sizes = results.sizes.iter().filter(|one| one.suite == *name);
        let sizes: Vec<String> = sizes.map(size_line).collect();
        let sets = results.sets.iter().filter(|one| one.suite == *name);
        let sets: Vec<&SetSummary> = sets.collect();
        if !sets.is_empty() {
            write_set_table(&sets, sink)?;
            let rows = results.rows.iter().filter(|row| row.suite == *name);
            write_tenth_table(&rows.collect::<Vec<_>>(), sink)?;
        } else if sizes.is_empty() {
            methods(sink, suite)?;
        } else {
            table(sink, SIZE_HEADER, sizes)?;
        }
        for one in suite.iter().filter(|one| one.failed > 0) {
            let plural = if one.failed == 1 { "" } else { "s" };
            let method = plain(&one.method);
            writeln!(sink, "{method} failed on {} run{plural}.\n", one.failed)?;
        }
        let forecasts = results.forecasts.iter().filter(|one| one.suite == *name);
        let forecasts: Vec<&ForecastSummary> = forecasts.collect();
        if let Some(reference) = forecasts.iter().find(|one| one.against.is_none()) {
            let reference = plain(&reference.predictor);
            let header = format!(
                "| forecast of left-out series | error | {reference} better by | skill |\n\
                 |---|---|---|---|\n"
            );
            table(sink, &header, forecasts.into_iter().map(forecast_line))?;
        }
        let printed = |one: &&CalibrationSummary| one.suite == *name && RANKS.contains(&one.rank);
        let calibration = results.calibration.iter().filter(printed);
        table(sink, CALIBRATION_HEADER, calibration.map(calibration_line))?;
    }
    for note in &results.notes {
        writeln!(sink, "{note}\n")?;
    }
    Ok(())
}

/// How many networks, and how often each.
fn size(suite: &[Summary]) -> String {
    let most = |of: fn(&Summary) -> usize| suite.iter().map(of).max().unwrap_or(0);
    let networks = most(|one| one.networks);
    let plural = if networks == 1 { "" } else { "s" };
    let each = if networks == 1 { "" } else { " each" };
    let mut text = format!("{networks} network{plural}");
    for (count, name) in [
        (most(|one| one.replicates), "replicates"),
        (most(|one| one.seeds), "seeds"),
    ] {
        if count > 1 {
            text += &format!(", {count} {name}{each}");
        }
    }
    text
}

/// The table of methods, without the comparison where the reference did not run.
fn methods(sink: &mut dyn Write, suite: &[Summary]) -> io::Result<()> {
    let compares = suite.iter().any(|one| one.method == REFERENCE);
    let join = |cells: [String; COLUMNS.len()]| {
        let kept = cells.into_iter().enumerate();
        let kept = kept.filter(|(at, _)| compares || *at != AGAINST);
        let kept: Vec<String> = kept.map(|(_, cell)| cell).collect();
        format!("| {} |", kept.join(" | "))
    };
    let rule = "---|".repeat(COLUMNS.len() - usize::from(!compares));
    let header = format!("{}\n|{rule}\n", join(COLUMNS.map(str::to_owned)));
    table(sink, &header, suite.iter().map(|one| join(cells(one))))
}

/// A table, unless it has no line.
fn table(
    sink: &mut dyn Write,
    header: &str,
    lines: impl IntoIterator<Item = String>,
) -> io::Result<()> {
    let mut lines = lines.into_iter().peekable();
    if lines.peek().is_none() {
        return Ok(());
    }
    write!(sink, "{header}")?;
    for line in lines {
        writeln!(sink, "{line}")?;
    }
    writeln!(sink)
}

fn cells(one: &Summary) -> [String; COLUMNS.len()] {
    [
        name(&one.method),
        with_spread(one.aupr, 3),
        one.against.as_ref().map_or_else(String::new, against),
        with_spread(one.auroc, 3),
        with_spread(one.epr, 1),
        only_mean(one.sign_accuracy, 2),
        only_mean(one.forecast, 2),
        only_mean(one.seconds, 2),
        mebibytes(one.peak_bytes),
    ]
}

fn size_line(one: &SizeSummary) -> String {
    let cells = [
        one.genes.to_string(),
        name(&one.method),
        with_spread(one.aupr, 3),
        with_spread(one.auroc, 3),
        only_mean(one.seconds, 2),
        mebibytes(one.peak_bytes),
    ];
    format!("| {} |", cells.join(" | "))
}

fn forecast_line(one: &ForecastSummary) -> String {
    let cells = [
        name(&one.predictor),
        with_spread(Some(one.error), 3),
        one.against.as_ref().map_or_else(String::new, against),
        with_spread(Some(one.skill), 3),
    ];
    format!("| {} |", cells.join(" | "))
}

fn calibration_line(one: &CalibrationSummary) -> String {
    let band = |b: &Band| format!("{:.1} ({:.1} – {:.1})", b.median, b.low, b.high);
    let cells = [
        one.rank.to_string(),
        name(&one.method),
        ratio(one.together, one),
        band(&one.expected),
        band(&one.found),
        ratio(one.ratio, one),
        format!("{} of {}", one.within_two, one.networks),
    ];
    format!("| {} |", cells.join(" | "))
}

/// A ratio; infinite if none, but nothing over nothing is neither right nor wrong.
fn ratio(value: Option<f64>, of: &CalibrationSummary) -> String {
    let none = if of.expected_sum + of.found_sum > 0.0 {
        "∞"
    } else {
        "–"
    };
    value.map_or_else(|| none.to_owned(), |r| format!("{r:.2}"))
}

fn mebibytes(bytes: Option<u64>) -> String {
    bytes.map_or_else(String::new, |b| b.div_ceil(1 << 20).to_string())
}

fn with_spread(value: Option<Spread>, digits: usize) -> String {
    value.map_or_else(String::new, |v| {
        format!("{:.digits$} ± {:.digits$}", v.mean, v.sd)
    })
}

fn only_mean(value: Option<Spread>, digits: usize) -> String {
    value.map_or_else(String::new, |v| format!("{:.digits$}", v.mean))
}

fn against(paired: &Paired) -> String {
    let interval = paired.interval.map_or_else(String::new, |(low, high)| {
        format!(" [{low:+.3}, {high:+.3}]")
    });
    let (wins, pairs) = (paired.wins, paired.pairs);
    format!("{:+.3}{interval}, {wins} of {pairs}", paired.difference)
}
