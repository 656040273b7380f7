//! Scores, time and memory by the number of genes.

use serde::{Deserialize, Serialize};

use super::summary::{keys, rows_of, score_by_network, seconds_by_network, spread};
use super::{Row, Spread};

/// A method on all networks of one size of a suite; replicates and seeds of one network are
/// averaged first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SizeSummary {
    /// Name of the suite.
    pub suite: String,
    /// Genes of the networks.
    pub genes: usize,
    /// Name of the method.
    pub method: String,
    /// Networks with scores.
    pub networks: usize,
    /// Average precision.
    pub aupr: Option<Spread>,
    /// Area under the ROC curve.
    pub auroc: Option<Spread>,
    /// Seconds per run.
    pub seconds: Option<Spread>,
    /// Largest peak memory of a run, in bytes.
    pub peak_bytes: Option<u64>,
}

/// Every suite, size and method: suites and methods in the order in which they first occur, sizes
/// ascending.
#[must_use]
pub fn sizes(rows: &[Row]) -> Vec<SizeSummary> {
    let keys = keys(rows);
    let mut suites: Vec<&str> = keys.iter().map(|(suite, _)| *suite).collect();
    suites.dedup();
    let mut all = Vec::new();
    for suite in suites {
        let of_suite = rows.iter().filter(|row| row.suite == suite);
        let mut genes: Vec<usize> = of_suite.map(|row| row.genes).collect();
        genes.sort_unstable();
        genes.dedup();
        for genes in genes {
            let methods = keys.iter().filter(|(of, _)| *of == suite);
            all.extend(methods.filter_map(|(_, method)| size_summary(rows, suite, method, genes)));
        }
    }
    all
}

fn size_summary(rows: &[Row], suite: &str, method: &str, genes: usize) -> Option<SizeSummary> {
    let mut own = rows_of(rows, suite, method);
    own.retain(|row| row.genes == genes);
    let aupr = score_by_network(&own, |s| Some(s.aupr));
    (!own.is_empty()).then(|| SizeSummary {
        suite: suite.to_owned(),
        genes,
        method: method.to_owned(),
        networks: aupr.len(),
        aupr: spread(&aupr),
        auroc: spread(&score_by_network(&own, |s| Some(s.auroc))),
        seconds: spread(&seconds_by_network(&own)),
        peak_bytes: own.iter().filter_map(|row| row.peak_bytes).max(),
    })
}
