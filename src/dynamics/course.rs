//! Running a field forwards: one function for what was fitted, what is reported and what is
//! simulated.

use faer::Mat;

use super::equal_steps::{EqualSteps, Step, relaxations};
use super::follower::{Follower, NotFollowed, Tolerance};
use crate::expression::{Intervention, InterventionError, Scale};
use crate::field::{Intervened, VectorField};

/// How a field is run from one time to the next.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Method {
    /// Exponential steps of fourth order, as long as a tolerance allows.
    Adaptive(Tolerance),
    /// Exponential steps of second order and equal length: what the refit minimises.
    Equal(EqualSteps),
    /// The increments that the regression fits: `x ← x + s(δh) h v(x)` over a whole sampling
    /// interval, where `s(δh) = min(1, 1/(δh))` stops at the level to which decay would have led.
    Increments {
        /// Length of the interval that one step stands for, in units of time.
        interval: f64,
    },
}

impl Default for Method {
    fn default() -> Self {
        Self::Adaptive(Tolerance::default())
    }
}

/// Why there is no course.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum CourseError {
    /// The interventions are not sound.
    #[error(transparent)]
    Intervention(#[from] InterventionError),
    /// The field could not be followed.
    #[error("the path cannot be followed: {0}")]
    NotFollowed(#[from] NotFollowed),
    /// It was cancelled.
    #[error("the path was not followed to its end, since it was cancelled")]
    Cancelled,
}

/// States of a field at the given times, on the field's scale.
///
/// * `start`: `p` levels at the first time
/// * `times`: `n` increasing times
/// * returns `n × p`, row = time
///
/// # Errors   [`CourseError::NotFollowed`] for [`Method::Adaptive`] alone.
/// # Panics   if the times do not increase, or `start` has another size than the field (bugs in
///   the caller).
/// # Cost     four drives per step with [`Method::Adaptive`], two with [`Method::Equal`], one
///   with [`Method::Increments`].
pub fn course<F: VectorField + ?Sized>(
    field: &F,
    start: &[f64],
    times: &[f64],
    method: Method,
) -> Result<Mat<f64>, CourseError> {
    course_while(field, start, times, method, &|| true)
}

/// As [`course`], as long as `go_on` is true, which is asked after every adaptive step and at
/// every time.
fn course_while<F: VectorField + ?Sized>(
    field: &F,
    start: &[f64],
    times: &[f64],
    method: Method,
    go_on: &dyn Fn() -> bool,
) -> Result<Mat<f64>, CourseError> {
    assert!(times.is_sorted_by(|a, b| a < b), "times that increase");
    assert_eq!(start.len(), field.genes().len(), "one level per gene");
    let mut states = Mat::zeros(times.len(), start.len());
    let Some(&first) = times.first() else {
        return Ok(states);
    };
    let mut stepper = Stepper::new(field, start, first, method);
    for (row, &time) in times.iter().enumerate() {
        stepper.go_to(time, go_on)?;
        let levels = stepper.state().iter().enumerate();
        levels.for_each(|(j, level)| states[(row, j)] = *level);
    }
    Ok(states)
}

/// A field under way by one of the methods.
enum Stepper<'f, F: VectorField + ?Sized> {
    Adaptive(Follower<'f, F>),
    Fixed {
        field: &'f F,
        time: f64,
        x: Vec<f64>,
        method: Method,
    },
}

impl<'f, F: VectorField + ?Sized> Stepper<'f, F> {
    fn new(field: &'f F, start: &[f64], time: f64, method: Method) -> Self {
        match method {
            Method::Adaptive(tolerance) => {
                Self::Adaptive(Follower::new(field, start, time, tolerance))
            }
            Method::Equal(_) | Method::Increments { .. } => Self::Fixed {
                field,
                time,
                x: start.to_vec(),
                method,
            },
        }
    }

    fn state(&self) -> &[f64] {
        match self {
            Self::Adaptive(follower) => &follower.x,
            Self::Fixed { x, .. } => x,
        }
    }

    fn go_to(&mut self, end: f64, go_on: &dyn Fn() -> bool) -> Result<(), CourseError> {
        match self {
            Self::Adaptive(follower) => {
                follower.steps = 0;
                while follower.time < end {
                    follower.step_towards(end)?;
                    if !go_on() {
                        return Err(CourseError::Cancelled);
                    }
                }
            }
            Self::Fixed {
                field,
                time,
                x,
                method,
            } => {
                let length = end - *time;
                match method {
                    _ if length <= 0.0 => {}
                    Method::Increments { interval } => increments(*field, x, length, *interval),
                    Method::Equal(steps) => steps.cross(*field, x, length),
                    Method::Adaptive(_) => unreachable!("it has its own follower"),
                }
                *time = end;
                if !go_on() {
                    return Err(CourseError::Cancelled);
                }
            }
        }
        Ok(())
    }
}

/// Equal steps at most: one that is short beside the time, or nothing at all, must not go on for ever.
const MOST_EQUAL_STEPS: usize = 1_000_000;

/// Follows a field for a time, and calls `see` with time and state after each step until that is
/// false.
///
/// # Errors   [`NotFollowed`], for [`Method::Adaptive`] alone.
pub(super) fn follow<F: VectorField + ?Sized>(
    field: &F,
    start: &[f64],
    most: f64,
    method: Method,
    see: &mut dyn FnMut(f64, &[f64]) -> bool,
) -> Result<(), NotFollowed> {
    let Method::Equal(steps) = method else {
        let tolerance = match method {
            Method::Adaptive(tolerance) => tolerance,
            Method::Equal(_) | Method::Increments { .. } => Tolerance::default(),
        };
        let mut follower = Follower::new(field, start, 0.0, tolerance);
        while follower.time < most {
            follower.step_towards(most)?;
            if !see(follower.time, &follower.x) {
                break;
            }
        }
        return Ok(());
    };
    let relaxations = relaxations(field, steps.longest);
    let mut x = start.to_vec();
    let (mut time, mut left) = (0.0, MOST_EQUAL_STEPS);
    while time < most && left > 0 {
        left -= 1;
        Step::take(field, &relaxations, &mut x);
        time += steps.longest;
        if !see(time.min(most), &x) {
            break;
        }
    }
    Ok(())
}

/// Steps over one stretch at most, however many intervals it stands for: by then nothing changes.
const MOST_INCREMENTS: f64 = 200.0;

/// Crosses a stretch by the increments that the regression fits.
fn increments<F: VectorField + ?Sized>(field: &F, x: &mut [f64], length: f64, interval: f64) {
    let count = (length / interval).round().clamp(1.0, MOST_INCREMENTS);
    let h = length / count;
    let decays = field.decays();
    let mut velocity = vec![0.0; x.len()];
    for _ in 0..count as usize {
        field.velocity_into(x, &mut velocity);
        for ((x, v), decay) in x.iter_mut().zip(&velocity).zip(&decays) {
            let share = (1.0 / (decay * h)).min(1.0);
            *x += h * share * v;
        }
    }
}

/// Interventions that come and go, and whether they are still to be simulated.
#[derive(Clone, Copy)]
pub struct Course<'c> {
    /// What is done, and when.
    pub interventions: &'c [Intervention],
    /// The scale of the field's levels; doses are in units of the file.
    pub scale: Scale,
    /// How the field is run.
    pub method: Method,
    /// False as soon as nobody waits for the result any more.
    pub go_on: &'c dyn Fn() -> bool,
}

impl<'c> Course<'c> {
    /// A course under interventions that is run to its end.
    #[must_use]
    pub fn new(interventions: &'c [Intervention], scale: Scale, method: Method) -> Self {
        Self {
            interventions,
            scale,
            method,
            go_on: &|| true,
        }
    }

    /// States of a field at the given times, as [`course`] gives them.
    ///
    /// The path begins again where a window starts or ends, so that no step crosses a jump. At the
    /// time at which a window starts, a gene that is held stands at its level already; at the time
    /// at which it ends, it still stands there.
    ///
    /// # Errors   [`CourseError`] for interventions that contradict each other, and for a field
    ///   that cannot be followed.
    /// # Panics   as [`course`].
    /// # Cost     that of [`course`], plus a start per window.
    pub fn run<F: VectorField + ?Sized>(
        &self,
        field: &F,
        start: &[f64],
        times: &[f64],
    ) -> Result<Mat<f64>, CourseError> {
        let mut states = Mat::zeros(times.len(), start.len());
        let (Some(&first), Some(&last)) = (times.first(), times.last()) else {
            return Ok(states);
        };
        let mut x = start.to_vec();
        let edges = stretches(self.interventions, first, last);
        let mut row = 0;
        for (at, &from) in edges.iter().enumerate() {
            let under = Intervened::at(field, self.scale, self.interventions, from)?;
            under.place(&mut x);
            let to = edges.get(at + 1).copied();
            let rest = times[row..].iter();
            let count = rest.take_while(|t| to.is_none_or(|to| **t < to)).count();
            let inside = &times[row..row + count];
            let mut wanted = vec![from];
            wanted.extend(inside.iter().filter(|t| **t > from));
            wanted.extend(to);
            let path = course_while(&under, &x, &wanted, self.method, self.go_on)?;
            // the state where a window starts or ends is only kept where it is asked for
            let skipped = usize::from(inside.first() != Some(&from));
            for k in 0..count {
                (0..x.len()).for_each(|j| states[(row + k, j)] = path[(k + skipped, j)]);
            }
            row += count;
            let end = wanted.len() - 1;
            (0..x.len()).for_each(|j| x[j] = path[(end, j)]);
        }
        Ok(states)
    }
}

/// The first time, and all starts and ends of windows after it up to the last.
fn stretches(interventions: &[Intervention], first: f64, last: f64) -> Vec<f64> {
    let mut times: Vec<f64> = edges(interventions)
        .filter(|t| first < *t && *t <= last)
        .collect();
    times.push(first);
    times.sort_by(f64::total_cmp);
    times.dedup();
    times
}

/// The last time at which a window starts or ends; none without windows that do.
#[must_use]
pub fn last_edge(interventions: &[Intervention]) -> Option<f64> {
    edges(interventions)
        .filter(|t| t.is_finite())
        .reduce(f64::max)
}

fn edges(interventions: &[Intervention]) -> impl Iterator<Item = f64> + '_ {
    let windows = interventions.iter().filter_map(|done| done.window);
    windows.flat_map(|span| [span.start, span.end])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::{Change, Span};
    use crate::field::{Component, SparseField, Unit};
    use crate::genes::{Gene, Genes};

    /// `a` makes itself at rate 1 and decays at rate 1; `b` follows `a`.
    fn chain() -> SparseField {
        let genes = Genes::new(["a", "b"]).expect("distinct");
        let follow = Unit {
            range: f64::MAX,
            bias: 0.0,
            weights: vec![1.0],
        };
        let component = |regulators: Vec<Gene>, units: Vec<Unit>, intercept| Component {
            regulators,
            units,
            intercept,
            decay: 1.0,
            covariates: vec![],
        };
        let components = vec![
            component(vec![], vec![], 1.0),
            component(vec![Gene(0)], vec![follow], 0.0),
        ];
        SparseField::new(genes, Scale::IDENTITY, vec![], components).expect("sound")
    }

    fn path(change: Change, window: Option<(f64, f64)>, times: &[f64]) -> Mat<f64> {
        let one = Intervention {
            gene: Gene(0),
            change,
            window: window.map(|(start, end)| Span { start, end }),
        };
        let tolerance = Tolerance {
            relative: 1e-9,
            absolute: 1e-12,
            ..Tolerance::default()
        };
        Course::new(&[one], Scale::IDENTITY, Method::Adaptive(tolerance))
            .run(&chain(), &[1.0, 1.0], times)
            .expect("bounded")
    }

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-7, "{found}, not {expected}");
    }

    #[test]
    fn a_knockout_for_a_while_follows_its_closed_form_on_all_sides() {
        let states = path(
            Change::Knockout,
            Some((1.0, 3.0)),
            &[0.0, 0.5, 1.0, 2.0, 3.0, 5.0],
        );
        close(states[(1, 0)], 1.0);
        assert_eq!(states[(2, 0)], 0.0);
        close(states[(2, 1)], 1.0);
        close(states[(3, 1)], (-1.0_f64).exp());
        assert_eq!(states[(4, 0)], 0.0);
        close(states[(4, 1)], (-2.0_f64).exp());
        // a comes back from 0 as 1 − e^−t, b with it
        let e = (-2.0_f64).exp();
        close(states[(5, 0)], 1.0 - e);
        close(states[(5, 1)], e * e + 1.0 - e - 2.0 * e);
    }

    #[test]
    fn a_gene_that_is_scaled_moves_to_its_new_level_at_its_own_pace() {
        let states = path(Change::Scaled(3.0), None, &[0.0, 1.0, 40.0]);
        close(states[(1, 0)], 3.0 - 2.0 * (-1.0_f64).exp());
        close(states[(2, 1)], 3.0);
    }

    #[test]
    fn windows_between_the_times_and_at_the_end_count() {
        let states = path(Change::Set(2.0), Some((0.25, 0.75)), &[0.0, 1.0]);
        close(states[(1, 0)], 1.0 + (-0.25_f64).exp());
        let states = path(Change::Knockout, Some((2.0, 9.0)), &[0.0, 2.0]);
        assert_eq!(states[(1, 0)], 0.0);
        assert_eq!(path(Change::Knockout, None, &[]).nrows(), 0);
        assert_eq!(path(Change::Knockout, None, &[3.0])[(0, 0)], 0.0);
    }
}
