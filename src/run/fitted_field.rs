//! The field of the fits, before it is refitted.

use crate::expression::{
    Baseline, Expression, ObservedRange, Scale, SteadyStates, reference_levels,
    reference_of_static, time_span,
};
use crate::field::{FieldError, Fitted, SparseField};
use crate::fit::TargetFit;
use crate::genes::Genes;
use crate::influence::SparseInfluence;
use crate::segments::Segments;

/// Influence of every edge of a field along the data.
pub(super) fn along(field: &SparseField, rows: &Segments) -> SparseInfluence {
    SparseInfluence::new(field, rows.nodes().as_ref(), &rows.node_times())
}

/// A field as the fit left it.
pub(super) fn as_fitted(
    field: SparseField,
    expression: &Expression,
    steady_states: Option<&SteadyStates>,
) -> Fitted {
    let scale = field.scale();
    let baseline = steady_states.map(|states| Baseline::new(states, scale));
    let reference = match (steady_states, &baseline) {
        (Some(states), Some(baseline)) if expression.series().is_empty() => {
            reference_of_static(states, baseline, scale)
        }
        _ => reference_levels(expression, baseline.as_ref(), scale),
    };
    Fitted {
        reference,
        times: time_span(expression),
        members: Vec::new(),
        observed: Some(ObservedRange::new(expression, steady_states)),
        field,
    }
}

pub(super) fn field(
    genes: &Genes,
    scale: Scale,
    rows: &Segments,
    fits: &[TargetFit],
) -> Result<SparseField, FieldError> {
    let names = rows
        .covariates()
        .iter()
        .skip(1)
        .map(|covariate| covariate.name.clone());
    let components = fits.iter().map(|fit| fit.model.component.clone());
    SparseField::new(genes.clone(), scale, names.collect(), components.collect())
}
