//! How far forecasts are off.

use faer::Mat;
use serde::{Deserialize, Serialize};

use crate::expression::Expression;
use crate::numeric::{mean, nan_if_null, standard_deviation};

/// Root mean square errors of the predictors, in standard deviations of each gene, mean over genes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ForecastErrors {
    /// Everything stays at the first sample.
    #[serde(deserialize_with = "nan_if_null")]
    pub no_change: f64,
    /// The mean of the other series at that time.
    #[serde(deserialize_with = "nan_if_null")]
    pub mean_of_others: f64,
    /// The linear part.
    #[serde(deserialize_with = "nan_if_null")]
    pub linear: f64,
    /// The model.
    #[serde(deserialize_with = "nan_if_null")]
    pub model: f64,
}

/// Part of the error of the better baseline from which on a forecast is hardly better: errors of a handful of series
/// differ by as much by chance.
const HARDLY: f64 = 0.95;

impl ForecastErrors {
    /// Whether the model forecasts series that it has not seen, in words; none if there is nothing to compare.
    #[doc(hidden)]
    #[must_use]
    pub fn verdict(&self) -> Option<String> {
        let (name, best) = if self.mean_of_others < self.no_change {
            ("the mean of the other series", self.mean_of_others)
        } else {
            ("\"no change\"", self.no_change)
        };
        if !(best > 0.0 && best.is_finite()) {
            return None;
        }
        Some(match self.model / best {
            share if share < HARDLY => "better than both baselines".to_owned(),
            share if share < 1.0 => format!("hardly better than {name}"),
            _ => format!(
                "worse than {name}: this model does not forecast series that it has not seen"
            ),
        })
    }
}

/// `1 − (mean square error)/(that of no change)`, squares in variances of each gene: 1 is exact, 0
/// no better than no change, and there is no lower end.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ForecastSkill {
    /// Of the mean of the other series.
    #[serde(deserialize_with = "nan_if_null")]
    pub mean_of_others: f64,
    /// Of the linear part.
    #[serde(deserialize_with = "nan_if_null")]
    pub linear: f64,
    /// Of the model.
    #[serde(deserialize_with = "nan_if_null")]
    pub model: f64,
}

/// Prediction of series that were left out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Forecast {
    /// From their first sample.
    #[serde(flatten)]
    pub whole: Predicted,
    /// From the first sample after which no offset of a single series acts, which no model could
    /// know; none if that is the first of all, or if such offsets act to the end.
    pub after_change: Option<Predicted>,
}

/// Prediction of series from one of their samples on.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Predicted {
    /// Series that were left out, one after another.
    pub series: usize,
    /// Genes that vary.
    pub genes: usize,
    /// Values that were predicted, over all genes.
    pub points: usize,
    /// Errors.
    pub error: ForecastErrors,
    /// Skill against no change.
    pub skill: ForecastSkill,
}

/// Number of predictors: no change, mean of others, linear, model.
const PREDICTORS: usize = 4;

/// Sums of squares over the series, gene by gene.
pub(super) struct Sums {
    deviations: Vec<f64>,
    counts: Vec<usize>,
    squares: Vec<[f64; PREDICTORS]>,
}

impl Sums {
    pub(super) fn new(expression: &Expression) -> Self {
        let genes = expression.genes().len();
        let spread = |j: usize| {
            let series = expression.series().iter();
            let values = series.flat_map(|one| one.values().col(j).iter().copied());
            standard_deviation(&values.filter(|x| !x.is_nan()).collect::<Vec<_>>())
        };
        Self {
            deviations: (0..genes).map(spread).collect(),
            counts: vec![0; genes],
            squares: vec![[0.0; PREDICTORS]; genes],
        }
    }

    /// Adds all samples after number `from` that are known.
    pub(super) fn add(
        &mut self,
        observed: &Mat<f64>,
        from: usize,
        predicted: &[Mat<f64>; PREDICTORS],
    ) {
        for j in 0..observed.ncols() {
            for k in (from + 1..observed.nrows()).filter(|&k| !observed[(k, j)].is_nan()) {
                self.counts[j] += 1;
                for (sum, table) in self.squares[j].iter_mut().zip(predicted) {
                    *sum += (table[(k, j)] - observed[(k, j)]).powi(2);
                }
            }
        }
    }

    /// The errors; none if nothing that varies was predicted.
    pub(super) fn predicted(&self, series: usize) -> Option<Predicted> {
        let genes: Vec<usize> = (0..self.counts.len())
            .filter(|&j| self.counts[j] > 0 && self.deviations[j].powi(2) > 0.0)
            .collect();
        if genes.is_empty() {
            return None;
        }
        let square = |j: usize, which: usize| {
            self.squares[j][which] / self.counts[j] as f64 / self.deviations[j].powi(2)
        };
        let over =
            |each: &dyn Fn(usize) -> f64| mean(&genes.iter().map(|&j| each(j)).collect::<Vec<_>>());
        let error = |which: usize| over(&|j| square(j, which).sqrt());
        let flat = over(&|j| square(j, 0));
        let skill = |which: usize| {
            if flat > 0.0 {
                1.0 - over(&|j| square(j, which)) / flat
            } else {
                0.0
            }
        };
        Some(Predicted {
            series,
            genes: genes.len(),
            points: genes.iter().map(|&j| self.counts[j]).sum(),
            error: ForecastErrors {
                no_change: error(0),
                mean_of_others: error(1),
                linear: error(2),
                model: error(3),
            },
            skill: ForecastSkill {
                mean_of_others: skill(1),
                linear: skill(2),
                model: skill(3),
            },
        })
    }
}
