//! Whether a state is stable: one test for all.
//!
//! A state with the Jacobian `J` is stable if every displacement `v` from it decays, `dv/dt = Jv`,
//! that is if no eigenvalue of `J` has a real part of 0 or more. The displacement is followed by
//! the exponential steps of second order (see [`Relaxation`]) with `−J_ii` as decays, which costs
//! two products with `J` per step and no factorisation.

use rand::Rng;

use super::linear::Jacobian;
use super::relaxation::Relaxation;
use crate::numeric::median;
use crate::seed::{Purpose, Seed};

/// Stopping rule: how long a displacement is followed.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoppingRule {
    /// Maximum number of steps.
    pub steps: usize,
}

impl Default for StoppingRule {
    fn default() -> Self {
        // 700 lifetimes of the slowest gene if it is 14 times as slow as the typical one
        Self { steps: 20_000 }
    }
}

/// A displacement counts as gone below this share of its first size. What of it lies along an
/// unstable direction is larger than that from the start, so that the whole cannot pass.
const GONE: f64 = 1e-6;
/// Beyond this multiple it grows for good. A cascade may raise it for a time.
const GROWN: f64 = 1e6;
/// Length of a step in lifetimes of the typical variable.
const STEP: f64 = 0.5;
/// Steps of coupled variables swing more than they should, never less: growth is believed only
/// where it is there with steps this many times shorter, or of this length in units of the
/// fastest coupling, down to a limit.
const FINER: f64 = 4.0;
const COUPLED: f64 = 0.25;
const FINEST: f64 = 64.0;
/// Maximum number of those shorter steps, or as many as of the others if they are more: beyond,
/// the time that is left out says nothing new.
const MOST_FINE: usize = 400;
/// Decrease between two quarters of the time that rounding does not bring about.
const LEAST_DECREASE: f64 = 1e-9;

/// True if small displacements from the state of `jacobian` decay.
///
/// Follows `v' = D⁻¹ J D v` from a `v` of mixed signs, `D` the sizes of the variables, until `v`
/// is small or large; where it is neither in the end, the largest size in the last quarter of the
/// time is compared with that in the second.
///
/// * `sizes`: the size of each variable, above 0
///
/// # Cost   two products per step.
#[doc(hidden)]
#[must_use]
pub fn decays(jacobian: &Jacobian<'_>, sizes: &[f64], stopping_rule: StoppingRule) -> bool {
    let linear = Linear::new(jacobian, sizes);
    let h = STEP * linear.lifetime;
    let finer = (h * linear.coupling() / COUPLED).clamp(FINER, FINEST);
    let fine_steps = (finer * stopping_rule.steps as f64) as usize;
    linear.decays(h, stopping_rule.steps)
        || linear.decays(
            h / finer,
            fine_steps.min(MOST_FINE.max(stopping_rule.steps)),
        )
}

/// `dv/dt = Av`, with `−A_ii` taken as decays.
struct Linear {
    /// Where each row starts among `entries`, and where the last ends.
    starts: Vec<usize>,
    /// Columns and values, those that are 0 left out.
    entries: Vec<(usize, f64)>,
    decays: Vec<f64>,
    /// The lifetime of a typical variable.
    lifetime: f64,
}

impl Linear {
    fn new(jacobian: &Jacobian<'_>, sizes: &[f64]) -> Self {
        let (rows, positions) = jacobian.pattern().rows();
        let mut starts = vec![0];
        let mut entries = Vec::with_capacity(positions.len());
        for (i, bounds) in rows.windows(2).enumerate() {
            for &(entry, j) in &positions[bounds[0]..bounds[1]] {
                let value = jacobian.values()[entry];
                if value != 0.0 {
                    entries.push((j, value * sizes[j] / sizes[i]));
                }
            }
            starts.push(entries.len());
        }
        let diagonal = jacobian.diagonal();
        let decays: Vec<f64> = diagonal.iter().map(|slope| (-slope).max(0.0)).collect();
        let positive: Vec<f64> = decays.iter().copied().filter(|rate| *rate > 0.0).collect();
        Self {
            starts,
            entries,
            decays,
            lifetime: if positive.is_empty() {
                1.0
            } else {
                1.0 / median(&positive)
            },
        }
    }

    /// `y ← Av + δv`.
    fn drive_into(&self, v: &[f64], y: &mut [f64]) {
        let own = v.iter().zip(&self.decays);
        for ((y, (x, decay)), row) in y.iter_mut().zip(own).zip(self.rows()) {
            *y = row
                .iter()
                .fold(decay * x, |sum, &(j, value)| sum + value * v[j]);
        }
    }

    fn rows(&self) -> impl Iterator<Item = &[(usize, f64)]> {
        let bounds = self.starts.windows(2);
        bounds.map(|bounds| &self.entries[bounds[0]..bounds[1]])
    }

    /// The largest sum of the rates by which one variable is driven.
    fn coupling(&self) -> f64 {
        let driven = |(i, row): (usize, &[(usize, f64)])| {
            let rates = row
                .iter()
                .map(|&(j, value)| if i == j { value.max(0.0) } else { value.abs() });
            rates.sum::<f64>()
        };
        self.rows().enumerate().map(driven).fold(0.0, f64::max)
    }

    /// * `h`: length of a step
    fn decays(&self, h: f64, steps: usize) -> bool {
        let relaxations = self
            .decays
            .iter()
            .map(|decay| Relaxation::new(*decay, h).now);
        let relaxations: Vec<[f64; 3]> = relaxations.collect();
        let mut v = mixed_signs(self.decays.len());
        let (mut drive, mut middle) = (vec![0.0; v.len()], vec![0.0; v.len()]);
        let mut drive_at_middle = vec![0.0; v.len()];
        let (mut before, mut after) = (0.0_f64, 0.0_f64);
        for step in 0..steps {
            self.drive_into(&v, &mut drive);
            for (i, [e, a, b]) in relaxations.iter().enumerate() {
                middle[i] = e * v[i] + (a + b) * drive[i];
            }
            self.drive_into(&middle, &mut drive_at_middle);
            let mut size = 0.0_f64;
            for (i, [_, _, b]) in relaxations.iter().enumerate() {
                v[i] = middle[i] + b * (drive_at_middle[i] - drive[i]);
                // a NaN must not pass for a small number
                size = if v[i].abs() <= size { size } else { v[i].abs() };
            }
            if size < GONE {
                return true;
            }
            if size.is_nan() || size > GROWN {
                return false;
            }
            match 4 * step / steps {
                1 => before = before.max(size),
                3 => after = after.max(size),
                _ => {}
            }
        }
        after < (1.0 - LEAST_DECREASE) * before
    }
}

/// `1 / min |Jᵢᵢ|` over the variables that decay; 1 where none does.
pub(super) fn slowest_lifetime(diagonal: &[f64]) -> f64 {
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

/// Numbers of both signs between 1/2 and 1 in size, the same at each call, along no symmetry.
#[doc(hidden)]
#[must_use]
pub fn mixed_signs(size: usize) -> Vec<f64> {
    let mut rng = Seed(1).stream(Purpose::Perturbation, 0);
    let mut number = || rng.random_range(0.5..1.0) * if rng.random() { 1.0 } else { -1.0 };
    (0..size).map(|_| number()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dynamics::system::{Pattern, System};

    /// `dx/dt = Ax` with all entries.
    struct Dense(Vec<f64>, Pattern);

    impl Dense {
        fn new(values: &[f64]) -> Self {
            let n = values.len().isqrt();
            let entries = (0..n).flat_map(|i| (0..n).map(move |j| (i, j)));
            Self(values.to_vec(), Pattern::new(n, entries.collect()))
        }

        fn is_stable(&self, stopping_rule: StoppingRule) -> bool {
            let n = self.0.len().isqrt();
            let mut jacobian = Jacobian::new(&self.1);
            jacobian.update(self, 0.0, &vec![0.0; n]);
            decays(&jacobian, &vec![1.0; n], stopping_rule)
        }
    }

    impl System for Dense {
        fn size(&self) -> usize {
            self.0.len().isqrt()
        }

        fn velocity_into(&self, _: f64, _: &[f64], _: &mut [f64]) {
            unreachable!("the Jacobian is all that is asked for");
        }

        fn pattern(&self) -> Option<&Pattern> {
            Some(&self.1)
        }

        fn jacobian_into(&self, _: f64, _: &[f64], values: &mut [f64]) {
            values.copy_from_slice(&self.0);
        }
    }

    #[test]
    fn the_signs_of_the_real_parts_decide() {
        let brief = StoppingRule { steps: 30 };
        // two variables that push each other: −1 ± g
        for (g, stable) in [(0.5, true), (0.99, true), (1.01, false), (3.0, false)] {
            let pair = Dense::new(&[-1.0, g, g, -1.0]);
            assert_eq!(pair.is_stable(StoppingRule::default()), stable, "{g}");
        }
        // a turn: −d ± ωi
        for (d, omega, stable) in [(0.05, 1.0, true), (-0.05, 1.0, false), (1.0, 5.0, true)] {
            let turn = Dense::new(&[-d, omega, -omega, -d]);
            assert_eq!(
                turn.is_stable(StoppingRule::default()),
                stable,
                "{d} {omega}"
            );
        }
        for (g, stable) in [(0.5, true), (2.0, false)] {
            assert_eq!(
                Dense::new(&[-1.0, g, g, -1.0]).is_stable(brief),
                stable,
                "{g}"
            );
        }
    }

    #[test]
    fn decays_that_are_far_apart_are_no_obstacle() {
        let spread = |g: f64| Dense::new(&[-1e4, 1e4, 0.0, 0.0, -1.0, g, g, 0.0, -1.0]);
        assert!(spread(0.9).is_stable(StoppingRule::default()));
        assert!(!spread(1.1).is_stable(StoppingRule::default()));
    }

    #[test]
    fn what_stays_is_not_stable() {
        let exchange = Dense::new(&[-1.0, 1.0, 1.0, -1.0]);
        assert!(!exchange.is_stable(StoppingRule::default()));
    }
}
