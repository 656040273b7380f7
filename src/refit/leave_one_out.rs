//! The refit without some of the series, for predictions of what it has not seen.

use rayon::prelude::*;

use crate::expression::Expression;
use crate::field::{FieldError, SparseField};

use super::field_fit::{FieldFit, Half};
use super::settings::RefitSettings;
use super::setup::{Observations, Setup};

/// Iterations of a refit: it starts where all data led.
const ITERATIONS: usize = 10;
/// Expected fall of the objective at which a refit stops.
const FALL: f64 = 0.5;

/// The field fitted again to all data but one series, for each series in turn.
///
/// Noise and support are those of all data; the parameters are led towards their optimum without
/// the series, from where all data led, in a few iterations.
///
/// * `held`: series to leave out, counted from 0
/// * returns one field for each of them, in their order
///
/// # Errors   [`FieldError`] if a parameter is not finite (a bug).
/// # Cost     a descent a series.
pub fn refit_leaving_one_out(
    field: &SparseField,
    data: &Observations<'_>,
    settings: &RefitSettings,
    held: &[usize],
) -> Result<Vec<SparseField>, FieldError> {
    let settings = RefitSettings {
        iterations: ITERATIONS,
        ..*settings
    };
    let setup = Setup::new(field, data, &settings);
    let one = |&series: &usize| {
        let (first, end) = samples(data.expression, series);
        let windows = setup.windows.windows.iter().enumerate();
        let kept = windows.filter(|(_, window)| !(first..end).contains(&window.first));
        let half = Half {
            windows: kept.map(|(at, _)| at).collect(),
            samples: (0..data
                .steady_states
                .map_or(0, |steady_states| steady_states.len()))
                .collect(),
        };
        FieldFit::new(&setup, &settings, half).descend(field, None, FALL)
    };
    held.par_iter().map(one).collect()
}

/// First sample of a series, and the one after its last, counted over all series.
fn samples(expression: &Expression, series: usize) -> (usize, usize) {
    let lengths = expression.series().iter().map(|one| one.len());
    let first = lengths.take(series).sum();
    (first, first + expression.series()[series].len())
}
