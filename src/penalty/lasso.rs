//! The plain lasso.

use super::Penalty;

/// `Ω(w) = λ‖w‖₁`.
///
/// # Source   Tibshirani (1996), J. R. Stat. Soc. B 58:267.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lasso {
    /// `λ`.
    pub(crate) lambda: f64,
}

/// `sign(x)·max(|x| − limit, 0)`.
pub(super) fn soft_threshold(x: f64, limit: f64) -> f64 {
    (x.abs() - limit).max(0.0).copysign(x)
}

impl Penalty for Lasso {
    fn at(self, lambda: f64) -> Self {
        Self { lambda }
    }

    fn value(&self, w: &[f64]) -> f64 {
        self.lambda * w.iter().map(|x| x.abs()).sum::<f64>()
    }

    #[inline]
    fn prox(&self, w: &mut [f64], s: f64) {
        w.iter_mut()
            .for_each(|x| *x = soft_threshold(*x, s * self.lambda));
    }

    #[inline]
    fn violation(&self, w: &[f64], g: &[f64]) -> f64 {
        let mut far = 0.0;
        for (w, g) in w.iter().zip(g) {
            let distance = if *w == 0.0 {
                (g.abs() - self.lambda).max(0.0)
            } else {
                g + self.lambda.copysign(*w)
            };
            far += distance.powi(2);
        }
        far.sqrt()
    }

    #[inline]
    fn entry(&self, g: &[f64]) -> f64 {
        g.iter().fold(0.0, |most, x| f64::max(most, x.abs()))
    }
}
