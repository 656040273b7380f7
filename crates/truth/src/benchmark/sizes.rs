//! How scores, time and memory change with the number of genes.

use serde::{Deserialize, Serialize};

use super::summary::{by_network, keys, spread};
use super::{Row, RowScores, Spread};

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
    /// Seconds a run.
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
            all.extend(methods.filter_map(|(_, method)| one(rows, (suite, method), genes)));
        }
    }
    all
}

fn one(rows: &[Row], (suite, method): (&str, &str), genes: usize) -> Option<SizeSummary> {
    let own = rows
        .iter()
        .filter(|row| row.suite == suite && row.method == method && row.genes == genes);
    let own: Vec<&Row> = own.collect();
    let score =
        |value: fn(&RowScores) -> f64| by_network(&own, |row| row.scores.as_ref().map(value));
    let aupr = score(|s| s.aupr);
    let seconds = by_network(&own, |row| {
        row.scores.map(|_| row.seconds).filter(|s| *s > 0.0)
    });
    (!own.is_empty()).then(|| SizeSummary {
        suite: suite.to_owned(),
        genes,
        method: method.to_owned(),
        networks: aupr.len(),
        aupr: spread(&aupr),
        auroc: spread(&score(|s| s.auroc)),
        seconds: spread(&seconds),
        peak_bytes: own.iter().filter_map(|row| row.peak_bytes).max(),
    })
}
