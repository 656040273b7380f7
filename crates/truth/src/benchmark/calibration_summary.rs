//! Calibration: expected against true numbers of false edges, by rank.

use serde::{Deserialize, Serialize};

use cistron::numeric::quantile;

use super::summary::{by_network, keys, rows_of};
use super::{Calibration, Row};

/// The middle of some numbers and the range that leaves a tenth of them on either side.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Band {
    /// 10 % quantile.
    pub low: f64,
    /// Median.
    pub median: f64,
    /// 90 % quantile.
    pub high: f64,
}

/// False edges at one rank over all networks of a suite; replicates and seeds of one
/// network are averaged first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CalibrationSummary {
    /// Name of the suite.
    pub suite: String,
    /// Name of the method.
    pub method: String,
    /// Length of the list.
    pub rank: usize,
    /// Networks whose list is that long.
    pub networks: usize,
    /// Expected false edges.
    pub expected: Band,
    /// True numbers of false edges.
    pub found: Band,
    /// Median over networks of expected / true; none if it is infinite, as where most lists have no
    /// false edge.
    pub ratio: Option<f64>,
    /// Expected false edges of all networks together.
    pub expected_sum: f64,
    /// True number of false edges of all networks together.
    pub found_sum: f64,
    /// `expected_sum / found_sum`; none if there is no false edge. Says more than the median where
    /// lists have hardly any.
    pub together: Option<f64>,
    /// Networks on which expected / true lies in ½ … 2.
    pub within_two: usize,
}

/// Every rank of every suite and method that says how many false edges it expects.
#[must_use]
pub fn calibrations(rows: &[Row]) -> Vec<CalibrationSummary> {
    let mut all = Vec::new();
    for (suite, method) in keys(rows) {
        let own = rows_of(rows, suite, method);
        let points = own.iter().flat_map(|row| &row.calibration);
        let mut ranks: Vec<usize> = points.map(|point| point.rank).collect();
        ranks.sort_unstable();
        ranks.dedup();
        let summaries = ranks.into_iter().map(|rank| summary_at(&own, rank));
        all.extend(summaries);
    }
    all
}

/// A value of every network whose list reaches a rank.
fn values_at(rows: &[&Row], rank: usize, value: fn(&Calibration) -> f64) -> Vec<f64> {
    let values = by_network(rows, |row| {
        let mut points = row.calibration.iter();
        points.find(|point| point.rank == rank).map(value)
    });
    values.into_iter().map(|(_, value)| value).collect()
}

fn summary_at(rows: &[&Row], rank: usize) -> CalibrationSummary {
    let expected = values_at(rows, rank, |point| point.expected);
    let found = values_at(rows, rank, |point| point.found as f64);
    let ratios = expected.iter().zip(&found).map(|(e, f)| e / f);
    let ratios: Vec<f64> = ratios.filter(|ratio| !ratio.is_nan()).collect();
    let (expected_sum, found_sum) = (expected.iter().sum::<f64>(), found.iter().sum::<f64>());
    let middle = (!ratios.is_empty()).then(|| quantile(&ratios, 0.5));
    CalibrationSummary {
        suite: rows[0].suite.clone(),
        method: rows[0].method.clone(),
        rank,
        networks: expected.len(),
        expected: Band::of(&expected),
        found: Band::of(&found),
        expected_sum,
        found_sum,
        together: (found_sum > 0.0).then(|| expected_sum / found_sum),
        ratio: middle.filter(|ratio| ratio.is_finite()),
        within_two: ratios.iter().filter(|r| (0.5..=2.0).contains(*r)).count(),
    }
}

impl Band {
    fn of(values: &[f64]) -> Self {
        Self {
            low: quantile(values, 0.1),
            median: quantile(values, 0.5),
            high: quantile(values, 0.9),
        }
    }
}
