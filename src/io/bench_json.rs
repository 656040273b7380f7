//! A benchmark as JSON: summaries and all rows.

use std::io::{self, Write};

use serde::Serialize;

use crate::benchmark::{Row, Summary};

#[derive(Serialize)]
struct BenchFile<'a> {
    format: &'static str,
    version: u32,
    description: &'static str,
    summaries: &'a [Summary],
    rows: &'a [Row],
}

const DESCRIPTION: &str = "rows: one method on one network with one seed; summaries: mean and \
    standard deviation over networks, seeds averaged before; against: cistron minus the method, \
    network by network, in average precision, with a 95 % interval by Student's t; forecast: \
    errors of left-out series in standard deviations of each gene; peak_bytes: peak memory of \
    the whole process while the method ran";

/// Writes summaries and rows as indented JSON, keys in a fixed order.
///
/// A number that is not finite becomes `null`.
///
/// # Errors   what the sink reports.
pub fn write_bench_json(
    rows: &[Row],
    summaries: &[Summary],
    sink: &mut dyn Write,
) -> io::Result<()> {
    let file = BenchFile {
        format: "cistron-bench",
        version: 1,
        description: DESCRIPTION,
        summaries,
        rows,
    };
    serde_json::to_writer_pretty(&mut *sink, &file)?;
    sink.write_all(b"\n")
}
