//! Settings of the fit.
//!
//! The defaults were chosen on DREAM4, DREAM3 and *E. coli* networks together, with the truth in hand;
//! all of them lie on plateaus, where neighbouring values change the mean AUPR of a group by less
//! than 0.02 (`benches/README.md`, *Accuracy*).

use serde::{Deserialize, Serialize};

use crate::penalty::PenaltyKind;

use super::quadratic::DescentStop;
use super::stability::geometric_path;

/// Settings of the fit; the defaults are the same for every data set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FitSettings {
    /// Complementary pairs of half-samples; 0 fits the model without stability selection.
    pub pairs: usize,
    /// Values of `λ` along the path of the replicates.
    pub levels: usize,
    /// First and last `λ` of that path as shares of `λ_max`.
    pub path: (f64, f64),
    /// Penalty on a regulator's weights.
    pub penalty: PenaltyKind,
    /// Whether networks with several units are tried where the linear part leaves second-order terms.
    pub nonlinear: bool,
    /// Folds of held-out segments.
    pub folds: usize,
    /// Violation of the optimality condition at which a fit stops, as a share of `λ_max`.
    pub tolerance: f64,
    /// Maximum number of sweeps at one `λ`.
    pub sweeps: usize,
}

impl Default for FitSettings {
    fn default() -> Self {
        Self {
            // as many as Shah & Samworth (2013) use: frequencies in steps of a hundredth
            pairs: 50,
            levels: 10,
            path: (0.85, 0.15),
            penalty: PenaltyKind::GroupLasso,
            nonlinear: true,
            folds: 5,
            // a thousandth selects the same regulators, see the stability lasso of the baselines
            tolerance: 1e-4,
            // a bound only: descents end at the tolerance
            sweeps: 2_000,
        }
    }
}

/// Values of `λ` among which held-out segments choose a target's own: first, last, number. It goes
/// further down than the path of the half-samples, since prediction takes more regulators than
/// selection does. Part of the plateaus named above.
const CHOICE: (f64, f64, usize) = (0.9, 0.03, 12);

impl FitSettings {
    pub(crate) fn stop(&self) -> DescentStop {
        DescentStop {
            violation: self.tolerance,
            sweeps: self.sweeps,
        }
    }

    pub(crate) fn replicate_path(&self) -> Vec<f64> {
        geometric_path(self.path.0, self.path.1, self.levels)
    }

    pub(crate) fn choice_path(&self) -> Vec<f64> {
        geometric_path(CHOICE.0, CHOICE.1, CHOICE.2)
    }
}
