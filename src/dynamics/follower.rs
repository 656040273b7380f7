//! Steps of fourth order, exact in the decay, as long as a tolerance allows.
//!
//! For `dx/dt = N(x) − δx` and a step of length `h`, with `E½ = e^{−δh/2}`, `E = e^{−δh}` and the
//! functions `φ₁, φ₂, φ₃` of `δh` (see [`phi`]):
//!
//! ```text
//! a  = E½ x + ½h φ₁(½δh) N(x)
//! b  = E½ x + ½h φ₁(½δh) N(a)
//! c  = E½ a + ½h φ₁(½δh) (2N(b) − N(x))
//! x⁺ = E x + h (φ₁ − 3φ₂ + 4φ₃) N(x) + h (2φ₂ − 4φ₃) (N(a) + N(b)) + h (4φ₃ − φ₂) N(c)
//! ```
//!
//! A state with `N(x) = δx` is a fixed point for every `h`, and decays that are far apart make no
//! step shorter. `N(x⁺)` is the first drive of the next step, so that a step takes four drives.
//!
//! The error is estimated, to order `h⁴`, by the sum of what the coupling of the stages leaves,
//! `⅗ h (4φ₃ − φ₂) |N(c) − N(x⁺)|`, and of what a parabola through the drives at `0`, `½h` and `h`
//! misses, `|N[−h′, 0, ½h, h]| h⁴/32`, with the third divided difference of the drive over this
//! step and the one before of length `h′`. The first alone is 0 for a gene that follows another one
//! without acting back. The first step of all takes the difference from a straight line.
//!
//! Sources: Cox, Matthews (2002), J. Comput. Phys. 176:430, equations 26 to 29, for the step; Balac,
//! Mahé (2013), Comput. Phys. Commun. 184:1211, for the first estimate at `δ = 0`. The second is
//! ours.

use crate::field::VectorField;

/// Tolerances and limits of [`Method::Adaptive`](super::Method::Adaptive).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tolerance {
    /// Error of a step relative to the level of each gene. The root of the mean square over the
    /// genes is held below 1, so that one of many may exceed it.
    pub relative: f64,
    /// The same in units of the levels: the size below which a level does not matter.
    pub absolute: f64,
    /// Maximum number of accepted steps from one time to the next.
    pub most_steps: usize,
}

impl Default for Tolerance {
    fn default() -> Self {
        // far below what any measurement resolves, at about 20 steps per lifetime of a gene
        Self {
            relative: 1e-6,
            absolute: 1e-9,
            most_steps: 100_000,
        }
    }
}

impl Tolerance {
    /// Level below which a gene counts as absent.
    pub(crate) fn size(&self) -> f64 {
        self.absolute / self.relative
    }
}

/// Why a field could not be followed to the end.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum NotFollowed {
    /// No step was short enough for the tolerance, or a velocity is not finite.
    #[error("at time {time} no step is short enough for the tolerance")]
    StepTooSmall {
        /// The time reached.
        time: f64,
    },
    /// The limit was reached.
    #[error("{most} steps led only to time {time}; shorten the time, or raise the tolerance")]
    TooManySteps {
        /// The limit of the settings.
        most: usize,
        /// The time reached.
        time: f64,
    },
}

/// A field on its way from a state.
pub(crate) struct Follower<'f, F: VectorField + ?Sized> {
    field: &'f F,
    decays: Vec<f64>,
    tolerance: Tolerance,
    /// The time reached.
    pub(crate) time: f64,
    /// The state there.
    pub(crate) x: Vec<f64>,
    drive: Vec<f64>,
    /// The step before: its length, and the drive at its start.
    before: Option<(f64, Vec<f64>)>,
    /// The step that the last error allows.
    allowed: f64,
    /// Coefficients of the length that was used last.
    coefficients: (f64, Vec<Coefficients>),
    /// Steps that were accepted.
    pub(crate) steps: usize,
}

/// `E½`, `½h φ₁(½δh)`, `E` and the weights of `N(x)`, `N(a) + N(b)` and `N(c)`.
#[derive(Clone, Copy)]
struct Coefficients {
    half: f64,
    half_drive: f64,
    whole: f64,
    weights: [f64; 3],
}

/// Share of the longest step that the error allows: a rejected step costs as much as a taken one.
const SAFETY: f64 = 0.9;
/// Least and largest change of a step.
const CHANGES: (f64, f64) = (0.2, 5.0);
/// Gain below which a step stays as it is, as do its coefficients.
const WORTHWHILE: f64 = 1.2;
/// Share of the time at which a step is too short to be told from rounding.
const SHORTEST: f64 = 1e-14;
/// Weight of the estimate, at which it is a difference from a method of order 3.
const ESTIMATE: f64 = 0.6;

impl<'f, F: VectorField + ?Sized> Follower<'f, F> {
    /// A field at a state and time.
    pub(crate) fn new(field: &'f F, start: &[f64], time: f64, tolerance: Tolerance) -> Self {
        let mut drive = vec![0.0; start.len()];
        field.drive_into(start, &mut drive);
        let decays = field.decays();
        let sizes = start.iter().map(|x| x.abs() + tolerance.size());
        let pairs = drive.iter().zip(&decays).zip(start);
        let rates = pairs
            .map(|((n, decay), x)| (n - decay * x).abs())
            .zip(sizes);
        let fastest = rates.fold(0.0, |most: f64, (v, size)| most.max(v / size));
        Self {
            field,
            decays,
            tolerance,
            time,
            x: start.to_vec(),
            drive,
            before: None,
            // a tenth of the time in which the fastest gene moves by its own size
            allowed: if fastest > 0.0 {
                0.1 / fastest
            } else {
                f64::INFINITY
            },
            coefficients: (f64::NAN, Vec::new()),
            steps: 0,
        }
    }

    /// One accepted step that does not pass `end`.
    ///
    /// # Errors   [`NotFollowed`] if no step is short enough, or too many were taken.
    pub(crate) fn step_towards(&mut self, end: f64) -> Result<(), NotFollowed> {
        if self.steps == self.tolerance.most_steps {
            return Err(NotFollowed::TooManySteps {
                most: self.steps,
                time: self.time,
            });
        }
        loop {
            let left = end - self.time;
            let last = self.allowed >= 0.999 * left;
            let h = if last { left } else { self.allowed };
            // a step to the end may be as short as two times that differ by rounding
            if !last && h <= SHORTEST * self.time.abs().max(left) {
                return Err(NotFollowed::StepTooSmall { time: self.time });
            }
            let (next, drive) = self.propose(h);
            let error = self.error(&next, &drive.estimate);
            let change = if error.is_finite() {
                (SAFETY * error.powf(-0.25)).clamp(CHANGES.0, CHANGES.1)
            } else {
                CHANGES.0
            };
            if error <= 1.0 {
                // a step that the end cut short says nothing about longer ones
                let proposed = h * if change < WORTHWHILE {
                    change.min(1.0)
                } else {
                    change
                };
                self.allowed = if last {
                    self.allowed.max(proposed)
                } else {
                    proposed
                };
                if last && !self.allowed.is_finite() {
                    self.allowed = proposed;
                }
                self.time = if last { end } else { self.time + h };
                let first = std::mem::replace(&mut self.drive, drive.after);
                (self.x, self.before) = (next, Some((h, first)));
                self.steps += 1;
                return Ok(());
            }
            self.allowed = h * change.min(SAFETY);
        }
    }

    fn propose(&mut self, h: f64) -> (Vec<f64>, Drives) {
        if self.coefficients.0 != h {
            let each = self.decays.iter().map(|decay| Coefficients::new(*decay, h));
            self.coefficients = (h, each.collect());
        }
        let (x, first) = (&self.x, &self.drive);
        let c = &self.coefficients.1;
        let genes = 0..x.len();
        let stage = |from: &dyn Fn(usize) -> (f64, f64)| -> (Vec<f64>, Vec<f64>) {
            let state: Vec<f64> = genes
                .clone()
                .map(|i| {
                    let (level, drive) = from(i);
                    c[i].half * level + c[i].half_drive * drive
                })
                .collect();
            let mut drive = vec![0.0; state.len()];
            self.field.drive_into(&state, &mut drive);
            (state, drive)
        };
        let (a, at_a) = stage(&|i| (x[i], first[i]));
        let (_, at_b) = stage(&|i| (x[i], at_a[i]));
        let (_, at_c) = stage(&|i| (a[i], 2.0 * at_b[i] - first[i]));
        let next: Vec<f64> = (0..x.len())
            .map(|i| {
                let [begin, middle, end] = c[i].weights;
                let drives = begin * first[i] + middle * (at_a[i] + at_b[i]) + end * at_c[i];
                c[i].whole * x[i] + drives
            })
            .collect();
        let mut after = vec![0.0; next.len()];
        self.field.drive_into(&next, &mut after);
        let estimate = (0..next.len()).map(|i| {
            let coupled = ESTIMATE * c[i].weights[2] * (at_c[i] - after[i]);
            let at_middle = 0.5 * (at_a[i] + at_b[i]);
            let missed = match &self.before {
                Some((length, before)) => {
                    let drives = [before[i], first[i], at_middle, after[i]];
                    third_difference(*length, h, drives) * h.powi(4) / 32.0
                }
                None => c[i].weights[1] * (2.0 * at_middle - first[i] - after[i]),
            };
            coupled.abs() + missed.abs()
        });
        let estimate = estimate.collect();
        (next, Drives { after, estimate })
    }

    /// Root of the mean square of the errors in units of the tolerance.
    fn error(&self, next: &[f64], estimate: &[f64]) -> f64 {
        let pairs = self.x.iter().zip(next).zip(estimate);
        let squares = pairs.map(|((before, after), error)| {
            let size = before.abs().max(after.abs());
            let allowed = self.tolerance.relative * size + self.tolerance.absolute;
            (error / allowed).powi(2)
        });
        let sum: f64 = squares.sum();
        let finite = next.iter().all(|x| x.is_finite());
        if finite {
            (sum / next.len().max(1) as f64).sqrt()
        } else {
            f64::NAN
        }
    }
}

/// `N[−h′, 0, ½h, h]` of a drive at these times.
fn third_difference(before: f64, h: f64, drives: [f64; 4]) -> f64 {
    let [earlier, first, middle, last] = drives;
    let slopes = [
        (first - earlier) / before,
        (middle - first) / (0.5 * h),
        (last - middle) / (0.5 * h),
    ];
    let second = [
        (slopes[1] - slopes[0]) / (before + 0.5 * h),
        (slopes[2] - slopes[1]) / h,
    ];
    (second[1] - second[0]) / (before + h)
}

/// The drive after a step, and the estimate of its error.
struct Drives {
    after: Vec<f64>,
    estimate: Vec<f64>,
}

impl Coefficients {
    fn new(decay: f64, h: f64) -> Self {
        let x = decay * h;
        let [f1, f2, f3] = phi(x);
        Self {
            half: (-0.5 * x).exp(),
            half_drive: 0.5 * h * phi(0.5 * x)[0],
            whole: (-x).exp(),
            weights: [
                h * (f1 - 3.0 * f2 + 4.0 * f3),
                h * (2.0 * f2 - 4.0 * f3),
                h * (4.0 * f3 - f2),
            ],
        }
    }
}

/// `φ_n(x) = Σ_k (−x)^k / (k + n)!` for `n` from 1 to 3 and `x ≥ 0`.
fn phi(x: f64) -> [f64; 3] {
    if x < 1.0 {
        // 20 terms reach the last bit below 1, where differences would cancel
        return [1, 2, 3].map(|n: i32| {
            let first = f64::from((1..=n).product::<i32>());
            let mut term = 1.0 / first;
            let mut sum = 0.0;
            for k in 0..20 {
                sum += term;
                term *= -x / f64::from(k + n + 1);
            }
            sum
        });
    }
    let f1 = -(-x).exp_m1() / x;
    let f2 = (1.0 - f1) / x;
    [f1, f2, (0.5 - f2) / x]
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    #[test]
    fn the_functions_agree_on_both_sides_of_the_series() {
        let closed = |x: f64| {
            let f1 = (1.0 - (-x).exp()) / x;
            let f2 = (1.0 - f1) / x;
            [f1, f2, (0.5 - f2) / x]
        };
        for x in [0.5, 0.999, 1.001, 30.0] {
            for (a, b) in phi(x).iter().zip(closed(x)) {
                assert_relative_eq!(*a, b, max_relative = 1e-13);
            }
        }
        for (a, b) in phi(0.0).iter().zip([1.0, 0.5, 1.0 / 6.0]) {
            assert_relative_eq!(*a, b, max_relative = 1e-15);
        }
    }

    #[test]
    fn a_cubic_has_the_third_difference_of_its_coefficient() {
        let cubic = |t: f64| 2.0 * t.powi(3) - t + 4.0;
        let found = third_difference(0.3, 0.8, [-0.3, 0.0, 0.4, 0.8].map(cubic));
        assert_relative_eq!(found, 2.0, max_relative = 1e-12);
    }

    #[test]
    fn without_decay_the_weights_are_those_of_kutta() {
        let found = Coefficients::new(0.0, 0.3);
        for (weight, share) in found.weights.iter().zip([1.0, 2.0, 1.0]) {
            assert_relative_eq!(*weight, 0.05 * share, max_relative = 1e-14);
        }
        assert_relative_eq!(found.half_drive, 0.15, max_relative = 1e-15);
    }
}
