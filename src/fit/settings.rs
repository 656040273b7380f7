//! What a user may choose about the fit.

use serde::{Deserialize, Serialize};

use crate::penalty::PenaltyKind;

use super::stability::geometric_path;

/// Settings of the fit; the defaults are the same for every data set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FitSettings {
    /// Complementary pairs of half-samples; 0 fits the model without stability.
    pub pairs: usize,
    /// Strengths along the path of the replicates.
    pub levels: usize,
    /// First and last strength of that path as shares of the critical one.
    pub path: (f64, f64),
    /// Penalty on a regulator's weights.
    pub penalty: PenaltyKind,
    /// Whether networks with several units are tried where the skeleton leaves curvature.
    pub bends: bool,
    /// Folds of held-out segments.
    pub folds: usize,
    /// Violation of the optimality condition at which a fit stops, as a share of the critical
    /// strength.
    pub tolerance: f64,
    /// Most sweeps at one strength.
    pub sweeps: usize,
}

impl Default for FitSettings {
    fn default() -> Self {
        Self {
            pairs: 50,
            levels: 10,
            path: (0.85, 0.15),
            penalty: PenaltyKind::GroupLasso,
            bends: true,
            folds: 5,
            tolerance: 1e-4,
            sweeps: 2_000,
        }
    }
}

/// Strengths among which held-out segments choose a target's own.
const CHOICE: (f64, f64, usize) = (0.9, 0.03, 12);

impl FitSettings {
    pub(crate) fn replicate_path(&self) -> Vec<f64> {
        geometric_path(self.path.0, self.path.1, self.levels)
    }

    pub(crate) fn choice_path(&self) -> Vec<f64> {
        geometric_path(CHOICE.0, CHOICE.1, CHOICE.2)
    }
}
