//! How fast the fastest mode of a system is: whether explicit steps are short for its sake.

use cistron::dynamics::{Jacobian, Pattern, mixed_signs};

use super::equations::Equations;
use super::settings::Stretch;

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
