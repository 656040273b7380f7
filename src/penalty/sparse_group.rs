//! The sparse group lasso.

use super::lasso::soft_threshold;
use super::{Penalty, norm};

/// `Ω(w) = λ((1 − α)‖w‖₂ + α‖w‖₁)`.
///
/// # Source   Simon, Friedman, Hastie & Tibshirani (2013), J. Comput. Graph. Stat. 22:231.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SparseGroup {
    /// `λ`.
    pub(crate) lambda: f64,
    /// `α`: 0 is the group lasso, 1 the lasso.
    pub(crate) mix: f64,
}

impl Penalty for SparseGroup {
    fn at(self, lambda: f64) -> Self {
        Self { lambda, ..self }
    }

    fn value(&self, w: &[f64]) -> f64 {
        let one: f64 = w.iter().map(|x| x.abs()).sum();
        self.lambda * ((1.0 - self.mix) * norm(w) + self.mix * one)
    }

    fn prox(&self, w: &mut [f64], s: f64) {
        w.iter_mut()
            .for_each(|x| *x = soft_threshold(*x, s * self.lambda * self.mix));
        let size = norm(w);
        let limit = s * self.lambda * (1.0 - self.mix);
        let shrink = if size > limit {
            1.0 - limit / size
        } else {
            0.0
        };
        w.iter_mut().for_each(|x| *x *= shrink);
    }

    fn violation(&self, w: &[f64], g: &[f64]) -> f64 {
        let (one, two) = (self.lambda * self.mix, self.lambda * (1.0 - self.mix));
        let size = norm(w);
        if size == 0.0 {
            let left: f64 = g.iter().map(|g| soft_threshold(*g, one).powi(2)).sum();
            return (left.sqrt() - two).max(0.0);
        }
        let mut far = 0.0;
        for (w, g) in w.iter().zip(g) {
            let distance = if *w == 0.0 {
                (g.abs() - one).max(0.0)
            } else {
                g + one.copysign(*w) + two * w / size
            };
            far += distance.powi(2);
        }
        far.sqrt()
    }

    /// The root of `‖soft(g, αλ)‖ = (1 − α)λ`, which falls and rises in λ, by bisection.
    fn entry(&self, g: &[f64]) -> f64 {
        let (mut low, mut high) = (0.0, 2.0 * norm(g));
        // 60 halvings end below the rounding of a double
        for _ in 0..60 {
            let middle = 0.5 * (low + high);
            let left: f64 = g
                .iter()
                .map(|g| soft_threshold(*g, middle * self.mix).powi(2))
                .sum();
            if left.sqrt() - middle * (1.0 - self.mix) > 0.0 {
                low = middle;
            } else {
                high = middle;
            }
        }
        high
    }
}
