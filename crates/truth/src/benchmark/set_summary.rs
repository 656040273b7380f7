//! Methods on sets of which only some edges are known: one column per set.

use serde::{Deserialize, Serialize};

use super::summary::{keys, rows_of};
use super::{Row, by_network};

/// A method on all sets of a suite.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SetSummary {
    /// Name of the suite.
    pub suite: String,
    /// Name of the method.
    pub method: String,
    /// Every set with scores.
    pub sets: Vec<SetScores>,
    /// Geometric mean over the sets of average precision over density; sets differ in density by
    /// more than methods do in precision, and the ratio by which a method is better is what counts.
    pub lift: Option<f64>,
    /// The same without pairs of neighbours, over the sets with positions.
    pub apart_lift: Option<f64>,
}

/// Scores on one set; replicates and seeds are averaged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SetScores {
    /// Name of the set.
    pub set: String,
    /// Average precision.
    pub aupr: f64,
    /// Average precision over the density.
    pub lift: f64,
    /// Standard error of the average precision.
    pub aupr_error: Option<f64>,
    /// Share of known edges among the best 100 pairs.
    pub precision_100: Option<f64>,
    /// Share of known edges among the best 500 pairs.
    pub precision_500: Option<f64>,
    /// Average precision without pairs of neighbours.
    pub apart_aupr: Option<f64>,
    /// Its standard error.
    pub apart_error: Option<f64>,
    /// Seconds per run.
    pub seconds: f64,
}

/// One summary for every method of the suites that have such scores, in the order in which they
/// first occur.
#[must_use]
pub fn set_summaries(rows: &[Row]) -> Vec<SetSummary> {
    let known = |suite: &str| {
        let mut scores = rows.iter().filter(|row| row.suite == suite);
        scores.any(|row| row.scores.is_some_and(|scores| scores.known.is_some()))
    };
    let keys = keys(rows).into_iter().filter(|(suite, _)| known(suite));
    keys.map(|(suite, method)| set_summary(&rows_of(rows, suite, method), suite, method))
        .collect()
}

fn set_summary(rows: &[&Row], suite: &str, method: &str) -> SetSummary {
    let sets = by_network(rows, |row| row.scores.map(|scores| scores.aupr));
    let sets = sets.into_iter().map(|(set, aupr)| {
        let own: Vec<&Row> = rows.iter().copied().filter(|row| row.case == set).collect();
        set_scores(&own, set, aupr)
    });
    let lifts = by_network(rows, |row| row.scores.map(|scores| scores.aupr_ratio));
    let apart_lifts = by_network(rows, |row| Some(row.scores?.known?.apart?.aupr_ratio));
    SetSummary {
        suite: suite.to_owned(),
        method: method.to_owned(),
        sets: sets.collect(),
        lift: geometric_mean(&lifts),
        apart_lift: geometric_mean(&apart_lifts),
    }
}

/// * `own`: rows of one method on one set
fn set_scores(own: &[&Row], set: &str, aupr: f64) -> SetScores {
    let mean = |value: &dyn Fn(&Row) -> Option<f64>| {
        let means = by_network(own, value);
        means.first().map(|(_, mean)| *mean)
    };
    SetScores {
        set: set.to_owned(),
        aupr,
        lift: mean(&|row| Some(row.scores?.aupr_ratio)).unwrap_or(f64::NAN),
        aupr_error: mean(&|row| Some(row.scores?.known?.aupr_error)),
        precision_100: mean(&|row| Some(row.scores?.known?.precision_100)),
        precision_500: mean(&|row| Some(row.scores?.known?.precision_500)),
        apart_aupr: mean(&|row| Some(row.scores?.known?.apart?.aupr)),
        apart_error: mean(&|row| Some(row.scores?.known?.apart?.aupr_error)),
        seconds: mean(&|row| Some(row.seconds)).unwrap_or(0.0),
    }
}

fn geometric_mean(values: &[(&str, f64)]) -> Option<f64> {
    let logs = values.iter().map(|(_, value)| value.ln());
    (!values.is_empty()).then(|| (logs.sum::<f64>() / values.len() as f64).exp())
}
