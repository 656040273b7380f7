//! Data on the scale of the model.

use crate::expression::{Data, Expression, Profiles, Scale, SteadyStates, check_interventions};
use crate::trajectory::series_of_lineages;

use super::{InferError, range};

/// Series, and steady states, on the model's scale; numbers in a range that will not overflow.
pub(super) fn on_scale(
    data: &Data,
    scale: Scale,
) -> Result<(Expression, Option<SteadyStates>), InferError> {
    let steady_states = data.steady_states().map(|states| states.on_scale(scale));
    if let Some(states) = &steady_states {
        range::check_steady_states(states)?;
    }
    let expression = match data.profiles() {
        Profiles::Series(expression) => expression.on_scale(scale),
        Profiles::Cells(cells) => series_of_lineages(&cells.on_scale(scale))?,
        Profiles::Static(genes) => Expression::without_series(genes.clone()),
    };
    range::check_range(&expression)?;
    check_doses(data, scale)?;
    Ok((expression, steady_states))
}

/// Refuses interventions in the data that have no meaning on the scale.
fn check_doses(data: &Data, scale: Scale) -> Result<(), InferError> {
    let series = data.series().into_iter().flat_map(Expression::series);
    let series = series.map(|one| one.interventions());
    let states = data.steady_states().into_iter();
    let states = states
        .flat_map(|states| states.samples())
        .map(|one| one.interventions());
    for interventions in series.chain(states) {
        check_interventions(interventions, data.genes(), Some(scale))?;
    }
    Ok(())
}
