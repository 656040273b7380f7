//! What the fit of one target leaves: its model, and the path on which its `λ` lies.

use serde::{Deserialize, Serialize};

use crate::field::Component;

use super::held_out::HeldOut;

/// The model of one target and how it was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TargetModel {
    /// The fitted component.
    pub component: Component,
    /// Prediction of held-out segments.
    pub held_out: HeldOut,
    /// Chosen `λ` as a share of `λ_max`.
    pub lambda_ratio: f64,
    /// The linear part at all `λ` among which it was chosen.
    pub path: RegularisationPath,
    /// Whether networks with several units predicted held-out segments better.
    pub nonlinear: bool,
    /// Strongest second-order term that the linear part left unexplained, in standard deviations.
    pub curvature: f64,
    /// Correlation of every regulator with the increments, all else unpenalised projected out;
    /// where nonlinear units pay, of its best parabola, with the sign of the line's; 0 for regulators
    /// that the prior forbids or that cannot be told from what is projected out.
    pub correlation: Vec<f64>,
    /// Weight per unit of expression of a standardised weight, for every regulator.
    pub natural: Vec<f64>,
    /// Standardised weight of every regulator in the ridge regression of a fast gene's level; empty for
    /// slow genes.
    pub dense: Vec<f64>,
    /// Violation of the optimality condition at the end.
    pub violation: f64,
    /// Sweeps and steps that it took.
    pub iterations: usize,
    /// Whether the violation fell below the tolerance.
    pub converged: bool,
}

impl TargetModel {
    /// Brings what was fitted to levels, `x = f(x)/δ`, to rates, `dx/dt = f(x) − δx`.
    pub(crate) fn at_rate(&mut self, decay: f64) {
        self.component = self.component.at_rate(decay);
        self.natural.iter_mut().for_each(|scale| *scale *= decay);
    }
}

/// Weights of the linear part at falling `λ`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RegularisationPath {
    /// `λ` as shares of `λ_max`, falling.
    pub lambda_ratios: Vec<f64>,
    /// Numbers of the regulators that come in, ascending, each with its standardised weight at
    /// every `λ`: standard deviations of the increment per one of the regulator, all that is
    /// unpenalised projected out of both.
    pub weights: Vec<(usize, Vec<f64>)>,
}
