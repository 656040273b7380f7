//! How fast the fastest mode of a system is, and whether displacements from a state decay.

use super::adaptive::{Method, Settings};
use super::equations::Equations;
use super::follow::{Stretch, follow};
use super::linear::Jacobian;
use super::system::{Pattern, System};
use crate::seed::{Purpose, Seed};
use rand::Rng;

/// Steps between two looks.
const PERIOD: usize = 20;
/// The explicit method is stable on the negative axis as far as a little above 3; steps that
/// stability ends swing about that.
const AT_THE_LIMIT: f64 = 2.0;

/// So many explicit steps are cheaper than the stiff method. A factorisation of a large matrix may
/// fill it, so that more of them are.
fn cheap_steps(size: usize) -> f64 {
    200.0 + size as f64 / 20.0
}

/// Watches the steps of an explicit method for stiffness.
pub(super) struct Watch<'s> {
    jacobian: Jacobian<'s>,
    stretch: Stretch,
    seen: usize,
}

impl<'s> Watch<'s> {
    pub(super) fn new(pattern: &'s Pattern, stretch: Stretch) -> Self {
        Self {
            jacobian: Jacobian::new(pattern),
            stretch,
            seen: 0,
        }
    }

    /// True where stability and not accuracy ended the step, and many more would follow.
    pub(super) fn sees_stiffness(
        &mut self,
        equations: &Equations<'_>,
        t: f64,
        step: f64,
        x: &[f64],
    ) -> bool {
        self.seen += 1;
        let left = (self.stretch.to - t).min(self.stretch.horizon);
        if !self.seen.is_multiple_of(PERIOD) || left < cheap_steps(x.len()) * step {
            return false;
        }
        equations.jacobians.set(equations.jacobians.get() + 1);
        self.jacobian.update(equations.system, t, x);
        step * fastest_rate(&self.jacobian) > AT_THE_LIMIT
    }
}

/// The size of the largest eigenvalue of `J`, by 20 steps of power iteration.
///
/// The geometric mean of the last 10 growths, as those of a complex pair swing. Too small by a
/// few per cent where many eigenvalues are of about that size.
fn fastest_rate(jacobian: &Jacobian<'_>) -> f64 {
    let mut v = mixed_signs(jacobian.diagonal().len());
    let mut next = v.clone();
    let mut logs = 0.0;
    for step in 0..20 {
        jacobian.multiply_into(&v, &mut next);
        let norm = next.iter().map(|v| v * v).sum::<f64>().sqrt();
        if !(norm > 0.0 && norm.is_finite()) {
            return 0.0;
        }
        let before = v.iter().map(|v| v * v).sum::<f64>().sqrt();
        if step >= 10 {
            logs += (norm / before).ln();
        }
        v.iter_mut().zip(&next).for_each(|(v, n)| *v = n / norm);
    }
    (logs / 10.0).exp()
}

/// Numbers of both signs between 1/2 and 1 in size, the same at each call, along no symmetry.
fn mixed_signs(size: usize) -> Vec<f64> {
    let mut rng = Seed(1).stream(Purpose::Perturbation, 0);
    let mut number = || rng.random_range(0.5..1.0) * if rng.random() { 1.0 } else { -1.0 };
    (0..size).map(|_| number()).collect()
}

/// A displacement counts as gone below this share of its first size. What of it lies along an
/// unstable direction is larger than that from the start, so that the whole cannot pass.
const GONE: f64 = 1e-6;
/// Beyond this multiple it grows for good. A cascade may raise it for a time.
const GROWN: f64 = 1e6;

/// True if small displacements from the state of `jacobian` decay within the given time.
///
/// Follows `v' = D⁻¹ J D v` from a `v` of mixed signs, `D` the sizes of the variables, until `v`
/// is small or large.
///
/// * `scale`: the size of each variable, above 0
pub fn decays(jacobian: &Jacobian<'_>, scale: &[f64], most_time: f64) -> bool {
    let linear = Linear {
        pattern: jacobian.pattern(),
        values: jacobian
            .pattern()
            .entries()
            .iter()
            .zip(jacobian.values())
            .map(|(&(i, j), value)| value * scale[j] / scale[i])
            .collect(),
    };
    let start = mixed_signs(scale.len());
    let settings = Settings {
        method: Method::Auto,
        relative: 1e-4,
        absolute: 1e-3 * GONE,
        ..Settings::default()
    };
    let slowest = slowest_lifetime(&jacobian.diagonal());
    let stretch = Stretch {
        from: 0.0,
        to: most_time,
        horizon: (20.0 * slowest).min(most_time),
    };
    let mut gone = false;
    let followed = follow(&linear, &start, stretch, &settings, &mut |reached| {
        let size = reached.x.iter().fold(0.0, |most: f64, v| most.max(v.abs()));
        gone = size < GONE;
        !gone && size < GROWN
    });
    followed.is_ok() && gone
}

/// `1 / min |Jᵢᵢ|` over the variables that decay; 1 where none does.
pub fn slowest_lifetime(diagonal: &[f64]) -> f64 {
    let slowest = diagonal
        .iter()
        .filter(|rate| **rate < 0.0)
        .fold(f64::INFINITY, |least, rate| least.min(-rate));
    if slowest.is_finite() {
        1.0 / slowest
    } else {
        1.0
    }
}

/// `dv/dt = A v`.
struct Linear<'s> {
    pattern: &'s Pattern,
    values: Vec<f64>,
}

impl System for Linear<'_> {
    fn size(&self) -> usize {
        self.pattern.columns().ncols()
    }

    fn velocity_into(&self, _: f64, x: &[f64], dx: &mut [f64]) {
        dx.fill(0.0);
        for (&(i, j), value) in self.pattern.entries().iter().zip(&self.values) {
            dx[i] += value * x[j];
        }
    }

    fn pattern(&self) -> Option<&Pattern> {
        Some(self.pattern)
    }

    fn jacobian_into(&self, _: f64, _: &[f64], values: &mut [f64]) {
        values.copy_from_slice(&self.values);
    }
}
