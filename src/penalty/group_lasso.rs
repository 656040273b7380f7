//! The group lasso.

use super::{Penalty, norm};

/// `Ω(w) = λ‖w‖₂`.
///
/// # Source   Yuan & Lin (2006), J. R. Stat. Soc. B 68:49.
#[derive(Clone, Copy, Debug)]
pub(crate) struct GroupLasso {
    /// `λ`.
    pub(crate) lambda: f64,
}

impl Penalty for GroupLasso {
    fn at(self, lambda: f64) -> Self {
        Self { lambda }
    }

    fn value(&self, w: &[f64]) -> f64 {
        self.lambda * norm(w)
    }

    #[inline]
    fn prox(&self, w: &mut [f64], s: f64) {
        let size = norm(w);
        let limit = s * self.lambda;
        let shrink = if size > limit {
            1.0 - limit / size
        } else {
            0.0
        };
        w.iter_mut().for_each(|x| *x *= shrink);
    }

    #[inline]
    fn violation(&self, w: &[f64], g: &[f64]) -> f64 {
        let size = norm(w);
        if size == 0.0 {
            return (norm(g) - self.lambda).max(0.0);
        }
        let pull = self.lambda / size;
        let far: f64 = w.iter().zip(g).map(|(w, g)| (g + pull * w).powi(2)).sum();
        far.sqrt()
    }

    #[inline]
    fn entry(&self, g: &[f64]) -> f64 {
        norm(g)
    }
}
