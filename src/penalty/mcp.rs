//! The minimax concave penalty on groups.

use super::{Penalty, norm};

/// `Ω(w) = λ‖w‖ − ‖w‖²/2γ` while `‖w‖ ≤ γλ`, constant `γλ²/2` beyond: strong groups are not
/// shrunk.
///
/// # Source   Zhang (2010), Ann. Stat. 38:894; Huang, Breheny & Ma (2012), Stat. Sci. 27:481.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mcp {
    /// `λ`.
    pub(crate) lambda: f64,
    /// `γ`: the larger, the closer to the group lasso; steps `s < γ` keep the prox single-valued.
    pub(crate) gamma: f64,
}

impl Penalty for Mcp {
    fn at(self, lambda: f64) -> Self {
        Self { lambda, ..self }
    }

    fn value(&self, w: &[f64]) -> f64 {
        let size = norm(w);
        if size <= self.gamma * self.lambda {
            self.lambda * size - size * size / (2.0 * self.gamma)
        } else {
            0.5 * self.gamma * self.lambda * self.lambda
        }
    }

    fn prox(&self, w: &mut [f64], s: f64) {
        let size = norm(w);
        let (limit, flat) = (s * self.lambda, self.gamma * self.lambda);
        let wanted = if s >= self.gamma {
            // no longer convex in u: the better of zero and no shrinkage at all
            if size * size > s * self.gamma * self.lambda.powi(2) {
                size
            } else {
                0.0
            }
        } else if size <= flat {
            (size - limit).max(0.0) / (1.0 - s / self.gamma)
        } else {
            size
        };
        let scale = if size > 0.0 { wanted / size } else { 0.0 };
        w.iter_mut().for_each(|x| *x *= scale);
    }

    fn violation(&self, w: &[f64], g: &[f64]) -> f64 {
        let size = norm(w);
        if size == 0.0 {
            return (norm(g) - self.lambda).max(0.0);
        }
        let pull = (self.lambda - size / self.gamma).max(0.0) / size;
        let far: f64 = w.iter().zip(g).map(|(w, g)| (g + pull * w).powi(2)).sum();
        far.sqrt()
    }

    fn entry(&self, g: &[f64]) -> f64 {
        norm(g)
    }
}
