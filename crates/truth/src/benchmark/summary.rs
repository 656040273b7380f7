//! One line for every method of a suite: means and standard deviations over networks.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use cistron::numeric::{mean, standard_deviation};

use super::{Paired, REFERENCE, Row, RowScores};

/// Mean and standard deviation over networks.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    /// Mean.
    pub mean: f64,
    /// Standard deviation; 0 for one network.
    pub sd: f64,
}

/// A method over all networks of a suite; replicates and seeds of one network are averaged first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Name of the suite.
    pub suite: String,
    /// Name of the method.
    pub method: String,
    /// Networks with scores.
    pub networks: usize,
    /// Replicates of one network, at most.
    pub replicates: usize,
    /// Seeds of the method on one replicate, at most.
    pub seeds: usize,
    /// Runs without.
    pub failed: usize,
    /// Average precision.
    pub aupr: Option<Spread>,
    /// Average precision over the density.
    pub aupr_ratio: Option<Spread>,
    /// Area under the ROC curve.
    pub auroc: Option<Spread>,
    /// Early precision over the density.
    pub epr: Option<Spread>,
    /// Correct signs among the true edges of the best `k`.
    pub sign_accuracy: Option<Spread>,
    /// Error of forecasts from the first sample, in standard deviations of the genes.
    pub forecast: Option<Spread>,
    /// Seconds per run.
    pub seconds: Option<Spread>,
    /// Largest peak memory of a run, in bytes.
    pub peak_bytes: Option<u64>,
    /// Average precision of the reference against this method, over the runs that both have; none
    /// for the reference itself.
    pub against: Option<Paired>,
}

/// One summary for every suite and method, in the order in which they first occur.
#[must_use]
pub fn summarise(rows: &[Row]) -> Vec<Summary> {
    keys(rows)
        .into_iter()
        .map(|(suite, method)| summary(rows, suite, method))
        .collect()
}

/// Suites and methods, suite by suite in the order in which they first occur.
pub(super) fn keys(rows: &[Row]) -> Vec<(&str, &str)> {
    let mut suites: Vec<(&str, Vec<&str>)> = Vec::new();
    for row in rows {
        let (suite, method) = (row.suite.as_str(), row.method.as_str());
        match suites.iter_mut().find(|(other, _)| *other == suite) {
            Some((_, methods)) if methods.contains(&method) => {}
            Some((_, methods)) => methods.push(method),
            None => suites.push((suite, vec![method])),
        }
    }
    let suites = suites.into_iter();
    suites
        .flat_map(|(suite, methods)| methods.into_iter().map(move |method| (suite, method)))
        .collect()
}

/// The rows of one method in a suite.
pub(super) fn rows_of<'a>(rows: &'a [Row], suite: &str, method: &str) -> Vec<&'a Row> {
    rows.iter()
        .filter(|row| row.suite == suite && row.method == method)
        .collect()
}

/// A score of every network that has one.
pub(super) fn score_by_network<'a>(
    rows: &[&'a Row],
    score: impl Fn(&RowScores) -> Option<f64>,
) -> Vec<(&'a str, f64)> {
    by_network(rows, |row| row.scores.as_ref().and_then(&score))
}

/// Seconds of every network; lists from elsewhere have none.
pub(super) fn seconds_by_network<'a>(rows: &[&'a Row]) -> Vec<(&'a str, f64)> {
    by_network(rows, |row| {
        row.scores.map(|_| row.seconds).filter(|s| *s > 0.0)
    })
}

fn summary(rows: &[Row], suite: &str, method: &str) -> Summary {
    let own = rows_of(rows, suite, method);
    let aupr = score_by_network(&own, |s| Some(s.aupr));
    let forecast = by_network(&own, |row| {
        row.forecast.as_ref().map(|f| f.whole.error.model)
    });
    Summary {
        suite: suite.to_owned(),
        method: method.to_owned(),
        networks: aupr.len(),
        replicates: most(&own, |row| &row.case, |row| u64::from(row.replicate)),
        seeds: most(&own, |row| (&row.case, row.replicate), |row| row.seed),
        failed: own.iter().filter(|row| row.scores.is_none()).count(),
        aupr: spread(&aupr),
        aupr_ratio: spread(&score_by_network(&own, |s| Some(s.aupr_ratio))),
        auroc: spread(&score_by_network(&own, |s| Some(s.auroc))),
        epr: spread(&score_by_network(&own, |s| Some(s.epr))),
        sign_accuracy: spread(&score_by_network(&own, |s| s.sign_accuracy)),
        forecast: spread(&forecast),
        seconds: spread(&seconds_by_network(&own)),
        peak_bytes: own.iter().filter_map(|row| row.peak_bytes).max(),
        against: if method == REFERENCE {
            None
        } else {
            against(&rows_of(rows, suite, REFERENCE), &own)
        },
    }
}

/// The largest number of different values of one key.
fn most<'a, K: Ord>(
    rows: &[&'a Row],
    key: impl Fn(&'a Row) -> K,
    value: impl Fn(&Row) -> u64,
) -> usize {
    let mut values: BTreeMap<K, BTreeSet<u64>> = BTreeMap::new();
    for row in rows {
        values.entry(key(row)).or_default().insert(value(row));
    }
    values.values().map(BTreeSet::len).max().unwrap_or(0)
}

/// Average precision of the reference against another method, network by network, over the runs
/// in which both have scores.
fn against(reference: &[&Row], other: &[&Row]) -> Option<Paired> {
    let reference = scores_by_run(reference);
    let mut networks: BTreeMap<&str, (Vec<f64>, Vec<f64>)> = BTreeMap::new();
    for (run, score) in scores_by_run(other) {
        if let Some(&own) = reference.get(&run) {
            let (owns, scores) = networks.entry(run.case).or_default();
            owns.push(own);
            scores.push(score);
        }
    }
    let means = networks.values();
    let means = means.map(|(owns, scores)| (mean(owns), mean(scores)));
    Paired::new(&means.collect::<Vec<_>>())
}

/// One run of a method.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct RunKey<'a> {
    case: &'a str,
    replicate: u32,
    seed: u64,
}

fn scores_by_run<'a>(rows: &[&'a Row]) -> BTreeMap<RunKey<'a>, f64> {
    let mut scores = BTreeMap::new();
    for row in rows {
        if let Some(own) = row.scores {
            let run = RunKey {
                case: &row.case,
                replicate: row.replicate,
                seed: row.seed,
            };
            scores.insert(run, own.aupr);
        }
    }
    scores
}

/// Means over replicates and seeds of every network that has a value, as `(network, mean)`.
///
/// * `rows`: of one suite and one method
#[must_use]
pub fn by_network<'a>(
    rows: &[&'a Row],
    value: impl Fn(&Row) -> Option<f64>,
) -> Vec<(&'a str, f64)> {
    let mut units: Vec<(&'a str, Vec<f64>)> = Vec::new();
    for row in rows {
        let Some(x) = value(row) else { continue };
        let unit = row.case.as_str();
        match units.iter_mut().find(|(other, _)| *other == unit) {
            Some((_, values)) => values.push(x),
            None => units.push((unit, vec![x])),
        }
    }
    units
        .into_iter()
        .map(|(unit, values)| (unit, mean(&values)))
        .collect()
}

pub(super) fn spread(units: &[(&str, f64)]) -> Option<Spread> {
    let values: Vec<f64> = units.iter().map(|(_, value)| *value).collect();
    (!values.is_empty()).then(|| Spread {
        mean: mean(&values),
        sd: standard_deviation(&values),
    })
}
