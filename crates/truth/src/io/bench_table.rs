//! Benchmark rows as a table.

use std::io::{self, Write};

use csv::{Terminator, WriterBuilder};

use crate::benchmark::{Calibration, Row};
use cistron::io::text::short;

const COLUMNS: [&str; 33] = [
    "suite",
    "case",
    "replicate",
    "method",
    "seed",
    "genes",
    "samples",
    "edges",
    "aupr",
    "aupr_ratio",
    "auroc",
    "epr",
    "sign_accuracy",
    "forecast_error",
    "forecast_linear",
    "forecast_mean_of_others",
    "forecast_no_change",
    "forecast_after_change",
    "expected_false_10",
    "false_10",
    "expected_false_50",
    "false_50",
    "expected_false_100",
    "false_100",
    "aupr_error",
    "precision_100",
    "precision_500",
    "aupr_apart",
    "aupr_apart_error",
    "failure",
    "seconds",
    "forecast_seconds",
    "peak_mib",
];

/// Writes one line for every row, tab-separated under one header row; what a method does not have
/// stays empty, and so do all scores of a method that failed; `failure` says why it did.
///
/// Forecast errors are in standard deviations of the genes, memory in MiB.
///
/// # Errors   what the sink reports.
/// # Cost     `O(rows)`, nothing kept in memory.
pub fn write_bench_table(rows: &[Row], sink: &mut dyn Write) -> io::Result<()> {
    let mut table = WriterBuilder::new()
        .delimiter(b'\t')
        .comment(Some(b'#'))
        .terminator(Terminator::Any(b'\n'))
        .from_writer(sink);
    table.write_record(COLUMNS)?;
    for row in rows {
        table.write_record(cells(row))?;
    }
    table.flush()
}

fn cells(row: &Row) -> Vec<String> {
    let mut cells = vec![
        row.suite.clone(),
        row.case.clone(),
        row.replicate.to_string(),
        row.method.clone(),
        row.seed.to_string(),
        row.genes.to_string(),
        row.samples.to_string(),
        row.edges.to_string(),
    ];
    let score = row.scores.as_ref();
    let whole = row.forecast.as_ref().map(|forecast| forecast.whole.error);
    let later = row.forecast.as_ref().and_then(|f| f.after_change.as_ref());
    cells.extend(
        [
            score.map(|s| s.aupr),
            score.map(|s| s.aupr_ratio),
            score.map(|s| s.auroc),
            score.map(|s| s.epr),
            score.and_then(|s| s.sign_accuracy),
            whole.map(|e| e.model),
            whole.map(|e| e.linear),
            whole.map(|e| e.mean_of_others),
            whole.map(|e| e.no_change),
            later.map(|later| later.error.model),
        ]
        .map(optional),
    );
    for rank in [10, 50, 100] {
        let at = row.calibration.iter().find(|one| one.rank == rank);
        cells.push(optional(at.map(|one: &Calibration| one.expected)));
        cells.push(at.map_or_else(String::new, |one| one.found.to_string()));
    }
    let known = score.and_then(|score| score.known);
    let apart = known.and_then(|known| known.apart);
    cells.extend(
        [
            known.map(|known| known.aupr_error),
            known.map(|known| known.precision_100),
            known.map(|known| known.precision_500),
            apart.map(|apart| apart.aupr),
            apart.map(|apart| apart.aupr_error),
        ]
        .map(optional),
    );
    cells.push(row.failure.clone().unwrap_or_default());
    cells.push(optional(score.map(|_| row.seconds).filter(|s| *s > 0.0)));
    cells.push(optional(row.forecast_seconds));
    let mebibytes = row
        .peak_bytes
        .map(|bytes| bytes as f64 / f64::from(1 << 20));
    cells.push(optional(mebibytes));
    cells
}

fn optional(value: Option<f64>) -> String {
    value.map_or_else(String::new, short)
}
