//! A row of a benchmark: one method on one case with one seed.

use serde::{Deserialize, Serialize};

use super::TenthScores;
use crate::evaluate::Scores;
use cistron::forecast::Forecast;

/// Scores of a list of edges; for the floor, their expectations.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct RowScores {
    /// Average precision.
    pub aupr: f64,
    /// Average precision over the density.
    pub aupr_ratio: f64,
    /// Area under the ROC curve.
    pub auroc: f64,
    /// Early precision over the density.
    pub epr: f64,
    /// Share of correct signs among the true edges of the best `k`; none if there is no sign.
    pub sign_accuracy: Option<f64>,
    /// What is asked of networks of which only some edges are known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known: Option<KnownScores>,
}

/// Scores of a list against a network of which only some edges are known.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct KnownScores {
    /// Standard error of the average precision, by drawing the targets again.
    pub aupr_error: f64,
    /// Share of known edges among the best 100 pairs.
    pub precision_100: f64,
    /// Share of known edges among the best 500 pairs.
    pub precision_500: f64,
    /// Without pairs of neighbours on a chromosome; none where positions are not known.
    pub apart: Option<ApartScores>,
    /// How random tenths of the known edges calibrate the expected number of false edges, by methods that
    /// say how many they expect.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenths: Option<TenthScores>,
}

/// Average precision without pairs of neighbours on a chromosome.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ApartScores {
    /// Average precision.
    pub aupr: f64,
    /// Its standard error.
    pub aupr_error: f64,
    /// Average precision over the density.
    pub aupr_ratio: f64,
}

/// False edges among the best `rank`, as they were expected and as they are.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// Length of the list.
    pub rank: usize,
    /// As the method expects.
    pub expected: f64,
    /// By the truth.
    pub found: usize,
}

/// One line of the table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Name of the suite.
    pub suite: String,
    /// Name of the network.
    pub case: String,
    /// Number of the replicate, counted from 1.
    pub replicate: u32,
    /// Name of the method.
    pub method: String,
    /// Seed of the method.
    pub seed: u64,
    /// Genes of the data.
    pub genes: usize,
    /// Samples or cells of the data.
    pub samples: usize,
    /// True edges of the network.
    pub edges: usize,
    /// Scores; none if the method failed.
    pub scores: Option<RowScores>,
    /// Prediction of series that were left out, by methods that have a model.
    pub forecast: Option<Forecast>,
    /// Expected and true numbers of false edges, by methods that say how many they expect.
    pub calibration: Vec<Calibration>,
    /// Seconds from data to list, the forecast's refits not included; 0 for lists that came from
    /// elsewhere.
    pub seconds: f64,
    /// Seconds of the forecast, by methods that have a model.
    pub forecast_seconds: Option<f64>,
    /// Peak memory of the process meanwhile, in bytes; see [`Meter`](super::Meter).
    pub peak_bytes: Option<u64>,
    /// Why there are no scores.
    pub failure: Option<String>,
}

impl RowScores {
    /// The measures of the table among all.
    #[must_use]
    pub fn new(scores: &Scores) -> Self {
        Self {
            aupr: scores.aupr,
            aupr_ratio: scores.aupr_ratio,
            auroc: scores.auroc,
            epr: scores.early_precision_ratio,
            sign_accuracy: scores.signs.top,
            known: None,
        }
    }
}
