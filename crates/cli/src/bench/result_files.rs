//! Tables and pictures of a benchmark.

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

use cistron_report::pictures;
use cistron_truth::benchmark::{Results, Row};
use cistron_truth::io::{write_bench_json, write_bench_markdown, write_bench_table};

use super::bench_args::BenchArgs;
use crate::files::{self, Output};

/// Replaces bench.tsv.
pub(super) fn write_rows(out: &Path, rows: &[Row]) -> Result<(), Box<dyn Error>> {
    files::replace(&out.join("bench.tsv"), |sink| write_bench_table(rows, sink))
}

/// 1 if a method failed on every network, with a warning; otherwise 0.
pub(super) fn exit_code(rows: &[Row]) -> ExitCode {
    let mut code = ExitCode::SUCCESS;
    let mut seen: Vec<&str> = Vec::new();
    for row in rows {
        let method = row.method.as_str();
        if seen.contains(&method) {
            continue;
        }
        seen.push(method);
        let mut rows = rows.iter().filter(|row| row.method == method);
        if rows.all(|row| row.scores.is_none()) {
            let why = row.failure.as_deref().unwrap_or("no scores");
            files::warn(&format!("{method} failed on every network: {why}"));
            code = ExitCode::from(1);
        }
    }
    code
}

/// Writes all files, and prints the summaries unless `--quiet` is given.
pub(super) fn finish(
    args: &BenchArgs,
    rows: Vec<Row>,
    by_size: bool,
    notes: Vec<String>,
) -> Result<(), Box<dyn Error>> {
    let results = Results::new(rows, by_size, notes);
    let pictures = pictures(&results);
    let out = &args.out;
    let mut outputs = vec![
        Output::new(out.join("bench.tsv"), |sink| {
            write_bench_table(&results.rows, sink)
        }),
        Output::new(out.join("bench.json"), |sink| {
            write_bench_json(&results, sink)
        }),
        Output::new(out.join("bench.md"), |sink| {
            write_bench_markdown(&results, sink)
        }),
    ];
    outputs.extend(pictures.iter().map(|picture| {
        Output::new(out.join(&picture.file), |sink| {
            sink.write_all(picture.svg().as_bytes())
        })
    }));
    files::replace_all(&mut outputs)?;
    if args.quiet {
        return Ok(());
    }
    let mut text = Vec::new();
    write_bench_markdown(&results, &mut text)?;
    files::print(&String::from_utf8_lossy(&text))
}
