//! The network of one target.

use serde::{Deserialize, Serialize};

use crate::genes::Gene;
use crate::numeric::{saturate, saturate_slope};

/// One hidden unit: `σ_s(w · x + b)` over the regulators of its component.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Unit {
    /// Half-width `s` of the range in which the unit is linear.
    pub range: f64,
    /// `b`.
    pub bias: f64,
    /// `w`, one weight for each regulator of the component.
    pub weights: Vec<f64>,
}

/// What drives one target: `v(x) = a + Σ_k σ_{s_k}(w_k · x + b_k) − δ x_target`.
///
/// The output weights are fixed to one: free ones would let the optimiser shrink the first layer
/// and grow the output, and the penalty would mean nothing. They are one and not `1/h`, so a
/// narrow unit added later leaves the linear part as it is; the factor sits in the ranges.
/// A wide unit is linear over all of the data; narrow ones make it nonlinear.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Component {
    /// Regulators with a column of weights that is not zero.
    pub regulators: Vec<Gene>,
    /// Hidden units.
    pub units: Vec<Unit>,
    /// `a`.
    pub intercept: f64,
    /// `δ ≥ 0`, per unit of time.
    pub decay: f64,
    /// Coefficients of the covariates besides the genes, in the order of the field's list.
    pub covariates: Vec<f64>,
}

impl Unit {
    fn input(&self, regulators: &[Gene], x: &[f64]) -> f64 {
        let pairs = regulators.iter().zip(&self.weights);
        self.bias + pairs.map(|(gene, w)| w * x[gene.index()]).sum::<f64>()
    }
}

impl Component {
    /// `v(x)` of a target whose own level is `own`.
    #[must_use]
    pub fn velocity(&self, x: &[f64], own: f64) -> f64 {
        self.drive(x) - self.decay * own
    }

    /// What was fitted to levels, `x = f(x)/δ`, as the rate `f(x) − δx`: all coefficients times `δ`, and `δ`
    /// itself. A unit that saturates is scaled by its weights, its bias and its range.
    #[must_use]
    pub(crate) fn at_rate(&self, decay: f64) -> Self {
        let units = self.units.iter().map(|unit| Unit {
            range: decay * unit.range,
            bias: decay * unit.bias,
            weights: unit.weights.iter().map(|w| decay * w).collect(),
        });
        Self {
            regulators: self.regulators.clone(),
            units: units.collect(),
            intercept: decay * self.intercept,
            decay,
            covariates: self.covariates.iter().map(|b| decay * b).collect(),
        }
    }

    /// `a + Σ_k σ(w_k · x + b_k)`: what the regulators do, without decay.
    #[must_use]
    pub fn drive(&self, x: &[f64]) -> f64 {
        let units = self.units.iter();
        self.intercept
            + units
                .map(|u| saturate(u.input(&self.regulators, x), u.range))
                .sum::<f64>()
    }

    /// Adds `∂ drive/∂x_j` of every regulator, in the order of `regulators`, times `scale`.
    ///
    /// # Panics   if `into` is shorter than the regulators (a bug in the caller).
    pub(crate) fn add_slopes(&self, x: &[f64], scale: f64, into: &mut [f64]) {
        for unit in &self.units {
            let slope = scale * saturate_slope(unit.input(&self.regulators, x), unit.range);
            for (to, w) in into[..unit.weights.len()].iter_mut().zip(&unit.weights) {
                *to += slope * w;
            }
        }
    }

    /// The slopes of the velocity: those of the drive by each regulator, then `−δ`.
    pub(super) fn slopes_into(&self, x: &[f64], row: &mut [f64]) {
        row.fill(0.0);
        self.add_slopes(x, 1.0, row);
        row[self.regulators.len()] = -self.decay;
    }

    /// The largest value that `|drive − a|` can take: every unit is bounded by twice its range.
    #[cfg(test)]
    pub(crate) fn bound(&self) -> f64 {
        self.units.iter().map(|unit| 2.0 * unit.range).sum()
    }
}
