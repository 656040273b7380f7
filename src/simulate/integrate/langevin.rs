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
}

/// Euler–Maruyama, strong order 1/2 for any `b` and 1 where `b` is constant.
pub const EULER_MARUYAMA: Scheme = Scheme {
    correction: 0.0,
    order: 0.5,
};

/// Platen's method without derivatives, strong order 1 where `bᵢ` depends on `xᵢ` alone.
///
/// In the chemical Langevin equation `bᵢ` depends on the regulators too; then the order is 1/2
/// as for [`EULER_MARUYAMA`], at twice its cost.
pub const PLATEN: Scheme = Scheme {
    correction: 1.0,
    order: 1.0,
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
pub(in crate::simulate) fn normal(rng: &mut impl Rng) -> f64 {
    StandardNormal.sample(rng)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::{Purpose, Seed};

    const DRIFT: f64 = 0.5;
    const VOLATILITY: f64 = 0.8;
    const FINEST: usize = 256;

    /// Error at time 1 of `dx = μx dt + σx dW` against `exp((μ − σ²/2) + σW(1))` on one path.
    fn path_error(scheme: Scheme, steps: usize, fine: &[f64]) -> f64 {
        let mut equation =
            Langevin::new(1, scheme, |_, x: &[f64], a: &mut [f64], b: &mut [f64]| {
                a[0] = DRIFT * x[0];
                b[0] = VOLATILITY * x[0];
            });
        let mut x = [1.0];
        for coarse in fine.chunks(FINEST / steps) {
            equation.step(0.0, 1.0 / steps as f64, &[coarse.iter().sum()], &mut x);
        }
        let end: f64 = fine.iter().sum();
        let exact = (DRIFT - VOLATILITY * VOLATILITY / 2.0 + VOLATILITY * end).exp();
        (x[0] - exact).abs()
    }

    #[test]
    fn every_scheme_shows_its_strong_order() {
        for scheme in [EULER_MARUYAMA, PLATEN] {
            let mean_error = |steps| -> f64 {
                (0..4000)
                    .map(|path| {
                        let mut rng = Seed(5).stream(Purpose::Synthetic, path);
                        let root = (FINEST as f64).sqrt().recip();
                        let fine: Vec<f64> = (0..FINEST).map(|_| root * normal(&mut rng)).collect();
                        path_error(scheme, steps, &fine)
                    })
                    .sum()
            };
            let observed = (mean_error(32) / mean_error(FINEST)).log2() / 3.0;
            assert!(
                (observed - scheme.order).abs() < 0.1,
                "strong order {}: observed {observed}",
                scheme.order
            );
        }
    }

    /// `∅ → X` at rate `k`, `X → ∅` at rate `d x`: mean and variance are both `k/d`.
    #[test]
    fn birth_and_death_have_the_mean_and_variance_of_a_poisson_number() {
        let (k, d, n) = (100.0, 1.0, 4000_u64);
        let mut equation = Langevin::new(
            1,
            EULER_MARUYAMA,
            |_, x: &[f64], a: &mut [f64], b: &mut [f64]| {
                a[0] = k - d * x[0];
                b[0] = (k + d * x[0]).sqrt();
            },
        )
        .with_floor_at_zero();
        let ends: Vec<f64> = (0..n)
            .map(|path| {
                let mut x = [k / d];
                let span = Span {
                    start: 0.0,
                    end: 6.0,
                    steps: 600,
                };
                equation.run(span, &mut Seed(6).stream(Purpose::Synthetic, path), &mut x);
                x[0]
            })
            .collect();
        let n = n as f64;
        let mean = ends.iter().sum::<f64>() / n;
        let variance = ends.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0);
        assert!(
            (mean - k / d).abs() < 3.0 * (k / d / n).sqrt(),
            "mean {mean}"
        );
        assert!(
            (variance - k / d).abs() < 3.0 * (k / d) * (2.0 / (n - 1.0)).sqrt(),
            "variance {variance}"
        );
    }

    #[test]
    fn amounts_never_fall_below_zero() {
        let mut equation =
            Langevin::new(1, PLATEN, |_, x: &[f64], a: &mut [f64], b: &mut [f64]| {
                a[0] = 0.01 - x[0];
                b[0] = 3.0 * (0.01 + x[0]).sqrt();
            })
            .with_floor_at_zero();
        let mut rng = Seed(7).stream(Purpose::Synthetic, 0);
        let mut x = [0.0];
        for at in 0..2000 {
            let span = Span {
                start: f64::from(at),
                end: f64::from(at) + 0.01,
                steps: 1,
            };
            equation.run(span, &mut rng, &mut x);
            assert!(x[0] >= 0.0 && x[0].is_finite());
        }
    }
}
