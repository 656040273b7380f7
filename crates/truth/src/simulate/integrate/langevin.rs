//! Stochastic differential equations with one noise for each variable.

use rand::Rng;
use rand_distr::{Distribution, StandardNormal};

use super::tableau::Span;

/// A method for `dx = a(t, x) dt + b(t, x) dW` in Itô's sense, one Wiener process a variable.
///
/// `x ← x + a h + b ΔW + c · (b(t, x̄) − b(t, x)) (ΔW² − h) / (2√h)`  with  `x̄ = x + a h + b √h`.
///
/// # Source   Kloeden & Platen (1992), Numerical Solution of Stochastic Differential Equations,
///   equations 10.2.4 (`c = 0`) and 11.1.3 (`c = 1`).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scheme {
    /// `c`: how much of the correction is added.
    pub correction: f64,
    /// Strong order: the mean error of a path shrinks as `h` to this power.
    pub order: f64,
    /// Weak order: the error of a mean over paths shrinks as `h` to this power.
    pub weak_order: f64,
}

/// Euler–Maruyama, strong order 1/2 for any `b` and 1 where `b` is constant.
pub const EULER_MARUYAMA: Scheme = Scheme {
    correction: 0.0,
    order: 0.5,
    weak_order: 1.0,
};

/// Platen's method without derivatives, strong order 1 where `bᵢ` depends on `xᵢ` alone.
///
/// In the chemical Langevin equation `bᵢ` depends on the regulators too; then the order is 1/2
/// as for [`EULER_MARUYAMA`], at twice its cost.
pub const PLATEN: Scheme = Scheme {
    correction: 1.0,
    order: 1.0,
    weak_order: 1.0,
};

/// A stochastic equation with its method and workspace.
pub struct Langevin<F> {
    coefficients: F,
    scheme: Scheme,
    floor: f64,
    drift: Vec<f64>,
    noise: Vec<f64>,
    ahead: Vec<f64>,
    unused: Vec<f64>,
    noise_ahead: Vec<f64>,
}

impl<F: FnMut(f64, &[f64], &mut [f64], &mut [f64])> Langevin<F> {
    /// An equation of `size` variables.
    ///
    /// * `coefficients`: given `t` and `x`, writes `a` into its third and `b` into its fourth
    ///   argument
    pub fn new(size: usize, scheme: Scheme, coefficients: F) -> Self {
        let zeros = || vec![0.0; size];
        Self {
            coefficients,
            scheme,
            floor: f64::NEG_INFINITY,
            drift: zeros(),
            noise: zeros(),
            ahead: zeros(),
            unused: zeros(),
            noise_ahead: zeros(),
        }
    }

    /// The same equation for amounts, which cannot fall below 0.
    ///
    /// What a step takes below 0 is set to 0 (the boundary absorbs, it does not reflect); any
    /// production takes it off again. Means rise a little where amounts touch 0 often.
    #[must_use]
    pub fn with_floor_at_zero(mut self) -> Self {
        self.floor = 0.0;
        self
    }

    /// One step of length `h` from `t`, driven by the given Wiener increments, in place.
    ///
    /// # Cost     one evaluation of the coefficients, two with a correction; no allocation.
    pub fn step(&mut self, t: f64, h: f64, increments: &[f64], x: &mut [f64]) {
        (self.coefficients)(t, x, &mut self.drift, &mut self.noise);
        let corrected = self.scheme.correction != 0.0;
        if corrected {
            for (i, ahead) in self.ahead.iter_mut().enumerate() {
                *ahead = (x[i] + self.drift[i] * h + self.noise[i] * h.sqrt()).max(self.floor);
            }
            (self.coefficients)(t, &self.ahead, &mut self.unused, &mut self.noise_ahead);
        }
        for (i, (x, dw)) in x.iter_mut().zip(increments).enumerate() {
            let (a, b) = (self.drift[i], self.noise[i]);
            *x += a * h + b * dw;
            if corrected {
                let slope = (self.noise_ahead[i] - b) / (2.0 * h.sqrt());
                *x += self.scheme.correction * slope * (dw * dw - h);
            }
            *x = x.max(self.floor);
        }
    }

    /// Follows the equation over the span, in place; the increments come from `rng`.
    pub fn run(&mut self, span: Span, rng: &mut impl Rng, x: &mut [f64]) {
        let h = span.step();
        let mut increments = vec![0.0; x.len()];
        for at in 0..span.steps {
            increments.fill_with(|| h.sqrt() * normal(rng));
            self.step(span.time(at), h, &increments, x);
        }
    }
}

/// One standard normal number.
pub(crate) fn normal(rng: &mut impl Rng) -> f64 {
    StandardNormal.sample(rng)
}

#[cfg(test)]
mod tests;
