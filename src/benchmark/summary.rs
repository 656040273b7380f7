//! One line for every method of a suite.

use serde::{Deserialize, Serialize};

use crate::numeric::{mean, standard_deviation};

use super::{Paired, REFERENCE, Row, RowScores};

/// Mean and standard deviation over networks.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    /// Mean.
    pub mean: f64,
    /// Standard deviation; 0 for one network.
    pub sd: f64,
}

/// A method over all networks of a suite; runs with several seeds are averaged first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Name of the suite.
    pub suite: String,
    /// Name of the method.
    pub method: String,
    /// Networks (and replicates) with scores.
    pub networks: usize,
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
    /// Seconds a run.
    pub seconds: Option<Spread>,
    /// Largest peak memory of a run, in bytes.
    pub peak_bytes: Option<u64>,
    /// Average precision of the reference against this method; none for the reference itself.
    pub against: Option<Paired>,
}

/// Suite, case and replicate: the unit that comparisons are paired by.
pub(super) type Unit<'a> = (&'a str, &'a str, u32);

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
    let of = |(suite, methods): (_, Vec<_>)| methods.into_iter().map(move |method| (suite, method));
    suites.into_iter().flat_map(of).collect()
}

fn summary(rows: &[Row], suite: &str, method: &str) -> Summary {
    let of = |name: &str| -> Vec<&Row> {
        let own = rows
            .iter()
            .filter(|row| row.suite == suite && row.method == name);
        own.collect()
    };
    let own = of(method);
    let score =
        |one: fn(&RowScores) -> Option<f64>| by_unit(&own, |row| row.scores.as_ref().and_then(one));
    let aupr = score(|s| Some(s.aupr));
    let reference = by_unit(&of(REFERENCE), |row| row.scores.map(|s| s.aupr));
    let pairs: Vec<(f64, f64)> = aupr
        .iter()
        .filter_map(|(unit, value)| {
            let (_, other) = reference.iter().find(|(other, _)| other == unit)?;
            Some((*other, *value))
        })
        .collect();
    let forecast = by_unit(&own, |row| {
        row.forecast.as_ref().map(|f| f.whole.error.model)
    });
    let seconds = by_unit(&own, |row| {
        row.scores.map(|_| row.seconds).filter(|s| *s > 0.0)
    });
    Summary {
        suite: suite.to_owned(),
        method: method.to_owned(),
        networks: aupr.len(),
        failed: own.iter().filter(|row| row.scores.is_none()).count(),
        aupr: spread(&aupr),
        aupr_ratio: spread(&score(|s| Some(s.aupr_ratio))),
        auroc: spread(&score(|s| Some(s.auroc))),
        epr: spread(&score(|s| Some(s.epr))),
        sign_accuracy: spread(&score(|s| s.sign_accuracy)),
        forecast: spread(&forecast),
        seconds: spread(&seconds),
        peak_bytes: own.iter().filter_map(|row| row.peak_bytes).max(),
        against: if method == REFERENCE {
            None
        } else {
            Paired::new(&pairs)
        },
    }
}

/// Means over the seeds of every unit that has a value.
pub(super) fn by_unit<'a>(
    rows: &[&'a Row],
    value: impl Fn(&Row) -> Option<f64>,
) -> Vec<(Unit<'a>, f64)> {
    let mut units: Vec<(Unit<'a>, Vec<f64>)> = Vec::new();
    for row in rows {
        let Some(x) = value(row) else { continue };
        let unit = (row.suite.as_str(), row.case.as_str(), row.replicate);
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

pub(super) fn spread(units: &[(Unit<'_>, f64)]) -> Option<Spread> {
    let values: Vec<f64> = units.iter().map(|(_, value)| *value).collect();
    (!values.is_empty()).then(|| Spread {
        mean: mean(&values),
        sd: standard_deviation(&values),
    })
}
