//! Simulated data as files, as input for other programs.

use std::error::Error;
use std::fs;
use std::path::Path;

use cistron_truth::benchmark::Case;
use cistron_truth::simulate::{TrueEdge, write_timeseries, write_truth};

use crate::files::{self, Output};

/// Writes timeseries.tsv and truth.tsv of a case below `out/data/CASE/REPLICATE`.
pub(super) fn write(out: &Path, case: &Case) -> Result<(), Box<dyn Error>> {
    let Some(series) = case.data.series() else {
        return Ok(());
    };
    let folder = out.join("data").join(&case.name);
    let folder = folder.join(case.replicate.to_string());
    fs::create_dir_all(&folder)
        .map_err(|error| format!("{}: cannot be created ({error})", folder.display()))?;
    let edges = case.truth.pairs().filter(|pair| pair.edge);
    let truth: Vec<TrueEdge> = edges
        .map(|pair| TrueEdge {
            source: pair.regulator,
            target: pair.target,
            sign: pair.sign,
        })
        .collect();
    files::replace_all(&mut [
        Output::new(folder.join("timeseries.tsv"), |sink| {
            write_timeseries(series, sink)
        }),
        Output::new(folder.join("truth.tsv"), |sink| {
            write_truth(case.truth.genes(), &truth, sink)
        }),
    ])
}
