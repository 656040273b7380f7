//! Data on the scale of the model.

use crate::expression::{Data, Expression, Profiles, SteadyStates};
use crate::trajectory::series_of_lineages;

use super::{InferError, Settings, range};

/// Series, and steady states, on the model's scale; numbers in a range that will not overflow.
pub(super) fn on_scale(
    data: &Data,
    settings: &Settings,
) -> Result<(Expression, Option<SteadyStates>), InferError> {
    let scale = settings.scale(data)?;
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
    Ok((expression, steady_states))
}
