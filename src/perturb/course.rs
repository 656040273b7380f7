//! Paths of a field under interventions that come and go.

use faer::Mat;

use super::flow::{Flow, pattern};
use super::stop::Stop;
use crate::dynamics::{IntegrationError, Settings, trajectory_while};
use crate::expression::{Intervention, InterventionError, Scale};
use crate::field::{Intervened, VectorField};

/// Why there is no path.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum CourseError {
    /// The interventions are not sound.
    #[error(transparent)]
    Intervention(#[from] InterventionError),
    /// The path could not be followed.
    #[error("the path cannot be followed: {0}")]
    Integration(#[from] IntegrationError),
    /// It was told to stop.
    #[error("the path was not followed to its end, since it was told to stop")]
    Stopped,
}

/// Where a path begins and which of its states are wanted.
#[derive(Clone, Copy)]
pub(super) struct Way<'w> {
    pub(super) start: &'w [f64],
    pub(super) times: &'w [f64],
    /// Ends it before its time.
    pub(super) stop: &'w Stop,
}

/// States of a field at the given times, on the field's scale.
///
/// The path begins anew where a window starts or ends, so that no step crosses a jump. At the time
/// at which a window starts, a gene that is held stands at its level already; at the time at which
/// it ends, it still stands there.
///
/// * `times`: `n` increasing times; the first is that of `start`
/// * returns `n × p`, row = time
///
/// # Errors   [`CourseError`] for interventions that contradict each other, and for a field that
///   cannot be followed.
/// # Panics   if the times do not increase (a bug in the caller).
/// # Cost     that of [`crate::dynamics::trajectory`], plus a start a window.
pub fn course<F: VectorField + ?Sized>(
    field: &F,
    scale: Scale,
    interventions: &[Intervention],
    (start, times): (&[f64], &[f64]),
    settings: &Settings,
) -> Result<Mat<f64>, CourseError> {
    let stop = &Stop::default();
    let way = Way { start, times, stop };
    follow_course((field, scale), interventions, way, settings)
}

/// As [`course`], unless it is told to stop: [`CourseError::Stopped`] after the step at hand.
pub(super) fn follow_course<F: VectorField + ?Sized>(
    (field, scale): (&F, Scale),
    interventions: &[Intervention],
    Way { start, times, stop }: Way<'_>,
    settings: &Settings,
) -> Result<Mat<f64>, CourseError> {
    let go_on = || !stop.told();
    let mut states = Mat::zeros(times.len(), start.len());
    let (Some(&first), Some(&last)) = (times.first(), times.last()) else {
        return Ok(states);
    };
    let pattern = pattern(field);
    let mut x = start.to_vec();
    let edges = stretches(interventions, first, last);
    let mut row = 0;
    for (at, &from) in edges.iter().enumerate() {
        let under = Intervened::at(field, scale, interventions, from)?;
        under.place(&mut x);
        let to = edges.get(at + 1).copied();
        let inside = |t: f64| to.is_none_or(|to| t < to);
        let count = times[row..].iter().take_while(|t| inside(**t)).count();
        let mut wanted = vec![from];
        wanted.extend(times[row..row + count].iter().filter(|t| **t > from));
        wanted.extend(to);
        let flow = Flow::new(&under, &pattern, 1.0);
        let (path, _) = trajectory_while(&flow, (&wanted, &x), settings, &go_on)?;
        if stop.told() {
            return Err(CourseError::Stopped);
        }
        let skipped = usize::from(times[row..row + count].first() != Some(&from));
        for k in 0..count {
            (0..x.len()).for_each(|j| states[(row + k, j)] = path[(k + skipped, j)]);
        }
        row += count;
        let end = wanted.len() - 1;
        x.iter_mut()
            .enumerate()
            .for_each(|(j, x)| *x = path[(end, j)]);
    }
    Ok(states)
}

/// The first time, and all starts and ends of windows after it up to the last.
fn stretches(interventions: &[Intervention], first: f64, last: f64) -> Vec<f64> {
    let windows = interventions.iter().filter_map(|one| one.window);
    let edges = windows.flat_map(|span| [span.start, span.end]);
    let mut all: Vec<f64> = edges.filter(|t| first < *t && *t <= last).collect();
    all.push(first);
    all.sort_by(f64::total_cmp);
    all.dedup();
    all
}

/// The last time at which a window starts or ends; none without windows that do.
#[must_use]
pub fn last_edge(interventions: &[Intervention]) -> Option<f64> {
    let windows = interventions.iter().filter_map(|one| one.window);
    let edges = windows.flat_map(|span| [span.start, span.end]);
    edges.filter(|t| t.is_finite()).reduce(f64::max)
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
        SparseField::new(genes, Scale::Identity, vec![], components).expect("sound")
    }

    fn path(change: Change, window: Option<(f64, f64)>, times: &[f64]) -> Mat<f64> {
        let one = Intervention {
            gene: Gene(0),
            change,
            window: window.map(|(start, end)| Span { start, end }),
        };
        let settings = Settings {
            relative: 1e-9,
            absolute: 1e-12,
            ..Settings::default()
        };
        course(
            &chain(),
            Scale::Identity,
            &[one],
            (&[1.0, 1.0], times),
            &settings,
        )
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
