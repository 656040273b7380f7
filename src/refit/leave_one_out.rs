//! The refit without some of the series, for predictions of what it has not seen.

use rayon::prelude::*;

use crate::expression::Expression;
use crate::field::{FieldError, SparseField};

use super::field_fit::{FieldFit, Half, RoundPrior};
use super::settings::RefitSettings;
use super::setup::{Observations, Setup};

/// Iterations of a refit that starts where all data led.
const ITERATIONS: usize = 10;
/// Expected fall of the objective at which a refit stops.
const FALL: f64 = 0.5;

/// A series that is left out.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct SeriesLeftOut<'a> {
    /// Its number, counted from 0.
    pub series: usize,
    /// The penalised fit to the other series, if its support is that of the refit; none if the refit
    /// chose its own.
    pub fit: Option<&'a SparseField>,
}

/// The field fitted again to all data but one series, for each series in turn.
///
/// Noise is that of all data. A fit to the other series is the start and the centre of the prior, so
/// that nothing else is known from the series. Without one, support is that of `field`, and the
/// parameters are led from there towards their optimum without the series in a few iterations.
///
/// * `field`: refitted on all data
/// * returns one field for each series of `held`, in their order
///
/// # Errors   [`FieldError`] if a parameter is not finite (a bug).
/// # Cost     a descent a series.
pub fn refit_leaving_one_out(
    field: &SparseField,
    data: &Observations<'_>,
    settings: &RefitSettings,
    held: &[SeriesLeftOut<'_>],
) -> Result<Vec<SparseField>, FieldError> {
    let setup = Setup::new(field, data, settings);
    let few = RefitSettings {
        iterations: ITERATIONS,
        ..*settings
    };
    let refit = |left_out: &SeriesLeftOut<'_>| {
        let half = others(&setup, left_out.series);
        match left_out.fit {
            Some(fit) => {
                let start = setup.decaying(fit)?;
                let prior = RoundPrior::Around(&start);
                FieldFit::new(&setup, settings, half).descend(&start, prior, FALL)
            }
            None => FieldFit::new(&setup, &few, half).descend(field, RoundPrior::Weak, FALL),
        }
    };
    held.par_iter().map(refit).collect()
}

/// Windows of all other series, and all steady states.
fn others(setup: &Setup<'_>, series: usize) -> Half {
    let (first, end) = samples(setup.data.expression, series);
    let windows = setup.windows.windows.iter().enumerate();
    let kept = windows.filter(|(_, window)| !(first..end).contains(&window.first));
    let states = setup.data.steady_states;
    Half {
        windows: kept.map(|(at, _)| at).collect(),
        samples: (0..states.map_or(0, |states| states.len())).collect(),
    }
}

/// First sample of a series, and the one after its last, counted over all series.
fn samples(expression: &Expression, series: usize) -> (usize, usize) {
    let lengths = expression.series().iter().map(|one| one.len());
    let first = lengths.take(series).sum();
    (first, first + expression.series()[series].len())
}
