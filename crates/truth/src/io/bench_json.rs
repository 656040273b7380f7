//! A benchmark as JSON: summaries and all rows.

use std::io::{self, Write};

use serde::Serialize;

use crate::benchmark::{
    CalibrationSummary, ForecastSummary, Results, Row, SetSummary, SizeSummary, Summary,
};

#[derive(Serialize)]
struct BenchFile<'a> {
    format: &'static str,
    version: u32,
    description: &'static str,
    notes: &'a [String],
    summaries: &'a [Summary],
    forecasts: &'a [ForecastSummary],
    calibration: &'a [CalibrationSummary],
    sizes: &'a [SizeSummary],
    sets: &'a [SetSummary],
    rows: &'a [Row],
}

const DESCRIPTION: &str = "rows: one method on one network with one seed; summaries: mean and \
    standard deviation over networks, replicates and seeds of one network averaged before; against: cistron minus the method, \
    network by network, in average precision, with a 95 % interval by Student's t; forecasts: \
    errors of left-out series in standard deviations of each gene, against: the predictor minus \
    cistron; calibration: expected and true numbers of false edges among the best `rank`, 10 %, \
    50 % and 90 % quantiles over networks, sums, and their ratio as `together`; seconds: from data \
    to list, without the forecast; sizes: summaries by number of genes; sets: \
    average precision over the density as lift, its geometric mean over sets, standard errors by \
    drawing targets again, `apart` without pairs of neighbouring loci; peak_bytes: peak \
    memory of the whole process while the method ran";

/// Writes summaries and rows as indented JSON, keys in a fixed order.
///
/// A number that is not finite becomes `null`.
///
/// # Errors   what the sink reports.
pub fn write_bench_json(results: &Results, sink: &mut dyn Write) -> io::Result<()> {
    let file = BenchFile {
        format: "cistron-bench",
        version: 2,
        description: DESCRIPTION,
        notes: &results.notes,
        summaries: &results.summaries,
        forecasts: &results.forecasts,
        calibration: &results.calibration,
        sizes: &results.sizes,
        sets: &results.sets,
        rows: &results.rows,
    };
    serde_json::to_writer_pretty(&mut *sink, &file)?;
    sink.write_all(b"\n")
}
