//! Errors and skills of forecasts, predictor by predictor.

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

/// A predictor with its error and its skill.
struct Predictor {
    name: &'static str,
    error: fn(&Predicted) -> f64,
    skill: fn(&Predicted) -> f64,
}

/// The program itself first, then its linear form.
const PREDICTORS: [Predictor; 4] = [
    Predictor {
        name: REFERENCE,
        error: |p| p.error.model,
        skill: |p| p.skill.model,
    },
    Predictor {
        name: "linear",
        error: |p| p.error.linear,
        skill: |p| p.skill.linear,
    },
    Predictor {
        name: "mean of the other series",
        error: |p| p.error.mean_of_others,
        skill: |p| p.skill.mean_of_others,
    },
    Predictor {
        name: "no change",
        error: |p| p.error.no_change,
        skill: |_| 0.0,
    },
];

/// Every predictor in every suite that has forecasts, as the reference's rows have them, or, where
/// it did not run, those of its linear form.
#[must_use]
pub fn forecasts(rows: &[Row]) -> Vec<ForecastSummary> {
    let mut suites: Vec<&str> = keys(rows).iter().map(|(suite, _)| *suite).collect();
    suites.dedup();
    suites
        .into_iter()
        .flat_map(|suite| forecasts_of_suite(rows, suite))
        .collect()
}

fn forecasts_of_suite(rows: &[Row], suite: &str) -> Vec<ForecastSummary> {
    let with_forecast = rows
        .iter()
        .filter(|row| row.suite == suite && row.forecast.is_some());
    let (own, others): (Vec<&Row>, Vec<&Row>) =
        with_forecast.partition(|row| row.method == REFERENCE);
    let (rows, predictors) = if own.is_empty() {
        (others, &PREDICTORS[1..])
    } else {
        (own, &PREDICTORS[..])
    };
    let reference = values_of(&rows, predictors[0].error);
    let mut summaries = Vec::new();
    for predictor in predictors {
        let errors = values_of(&rows, predictor.error);
        let skills = values_of(&rows, predictor.skill);
        if let (Some(error), Some(skill)) = (spread(&errors), spread(&skills)) {
            summaries.push(ForecastSummary {
                suite: suite.to_owned(),
                predictor: predictor.name.to_owned(),
                networks: errors.len(),
                error,
                skill,
                against: if predictor.name == predictors[0].name {
                    None
                } else {
                    Paired::new(&pair_by_network(&errors, &reference))
                },
            });
        }
    }
    summaries
}

fn values_of<'a>(rows: &[&'a Row], value: fn(&Predicted) -> f64) -> Vec<(&'a str, f64)> {
    by_network(rows, |row| row.forecast.as_ref().map(|f| value(&f.whole)))
}

/// Values of the same networks; both lists come from the same rows.
fn pair_by_network(values: &[(&str, f64)], others: &[(&str, f64)]) -> Vec<(f64, f64)> {
    let pairs = values.iter().zip(others);
    pairs
        .map(|((_, value), (_, other))| (*value, *other))
        .collect()
}
