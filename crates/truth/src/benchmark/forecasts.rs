//! Predictors against each other.

use serde::{Deserialize, Serialize};

use cistron::forecast::Predicted;

use super::summary::{by_network, keys, spread};
use super::{Paired, REFERENCE, Row, Spread};

/// One predictor over all networks of a suite; replicates and seeds of one network are
/// averaged first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ForecastSummary {
    /// Name of the suite.
    pub suite: String,
    /// Name of the predictor.
    pub predictor: String,
    /// Networks whose series could be left out.
    pub networks: usize,
    /// Error of left-out series from their first sample, in standard deviations of each gene.
    pub error: Spread,
    /// Skill against no change.
    pub skill: Spread,
    /// This predictor's error minus that of the program: above 0 the program is better.
    pub against: Option<Paired>,
}

/// A predictor: its name, its error and its skill.
type Predictor = (&'static str, fn(&Predicted) -> f64, fn(&Predicted) -> f64);

const PREDICTORS: [Predictor; 4] = [
    (REFERENCE, |p| p.error.model, |p| p.skill.model),
    ("linear", |p| p.error.linear, |p| p.skill.linear),
    (
        "mean of the other series",
        |p| p.error.mean_of_others,
        |p| p.skill.mean_of_others,
    ),
    ("no change", |p| p.error.no_change, |_| 0.0),
];

/// Every predictor in every suite that has forecasts, as the reference's rows have them, or, where
/// it did not run, those of its linear form.
#[must_use]
pub fn forecasts(rows: &[Row]) -> Vec<ForecastSummary> {
    let mut suites: Vec<&str> = keys(rows).iter().map(|(suite, _)| *suite).collect();
    suites.dedup();
    suites
        .into_iter()
        .flat_map(|suite| in_suite(rows, suite))
        .collect()
}

fn in_suite(rows: &[Row], suite: &str) -> Vec<ForecastSummary> {
    let with = rows
        .iter()
        .filter(|row| row.suite == suite && row.forecast.is_some());
    let with: Vec<&Row> = with.collect();
    let (own, others): (Vec<&Row>, Vec<&Row>) =
        with.into_iter().partition(|row| row.method == REFERENCE);
    let bends = !own.is_empty();
    let rows = if bends { own } else { others };
    let of = |value: fn(&Predicted) -> f64| {
        by_network(&rows, |row| row.forecast.as_ref().map(|f| value(&f.whole)))
    };
    let reference = of(if bends {
        PREDICTORS[0].1
    } else {
        PREDICTORS[1].1
    });
    let one = |(at, (name, error, skill)): (usize, &Predictor)| {
        let (errors, skills) = (of(*error), of(*skill));
        let is_reference = at == usize::from(!bends);
        Some(ForecastSummary {
            suite: suite.to_owned(),
            predictor: (*name).to_owned(),
            networks: errors.len(),
            error: spread(&errors)?,
            skill: spread(&skills)?,
            against: if is_reference {
                None
            } else {
                Paired::new(&both(&errors, &reference))
            },
        })
    };
    let from = usize::from(!bends);
    PREDICTORS
        .iter()
        .enumerate()
        .skip(from)
        .filter_map(one)
        .collect()
}

/// Values of the same units; both lists come from the same rows.
fn both(ones: &[(&str, f64)], others: &[(&str, f64)]) -> Vec<(f64, f64)> {
    ones.iter()
        .zip(others)
        .map(|((_, one), (_, other))| (*one, *other))
        .collect()
}
