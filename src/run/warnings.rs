//! What a reader of the result should distrust.

use crate::dynamics::SteadySettings;
use crate::expression::{Data, Expression, SteadyStates};
use crate::field::{Fitted, VectorField};
use crate::fit::{TargetFit, collinear};
use crate::genes::{Gene, Genes};
use crate::io::Metrics;
use crate::perturb::WildType;
use crate::segments::{RowKind, Segments};
use crate::trajectory::Conditions;

use super::range::{SMALLEST, vanishing};

/// Correlation above which two regulators count as one.
const COLLINEAR: f64 = 0.98;
/// Rows for each gene below which a ranking is mostly chance.
const FEW_ROWS: usize = 12;
/// Names that a warning lists.
const SHOWN: usize = 5;

pub(super) fn warnings(
    expression: &Expression,
    conditions: &Conditions,
    rows: &Segments,
    regulators: &[Gene],
    fits: &[TargetFit],
) -> Vec<String> {
    let genes = expression.genes();
    let mut out = Vec::new();
    let single = rows.spans().iter().filter(|span| span.horizon == 1).count();
    if single < FEW_ROWS {
        let (what, cure) = match rows.kind() {
            RowKind::Increments => (
                "increments between samples",
                "time points or replicate series",
            ),
            RowKind::Levels => ("samples", "samples of other conditions"),
        };
        out.push(format!(
            "only {single} {what}: the ranking is hardly better than chance; add {cure}"
        ));
    }
    let vanishing = vanishing(expression);
    if !vanishing.is_empty() {
        out.push(format!(
            "values too small to compute with (at most {SMALLEST:e} on the model's scale): {}; \
             multiply all values by a power of ten",
            listed(genes, &vanishing)
        ));
    }
    for cluster in collinear(rows, regulators, COLLINEAR) {
        out.push(format!(
            "regulators that the data cannot tell apart (correlation above {COLLINEAR}): {}; \
             an edge from one may be another's",
            listed(genes, &cluster)
        ));
    }
    let stuck: Vec<Gene> = fits
        .iter()
        .filter(|f| !f.model.converged)
        .map(|f| f.target)
        .collect();
    if !stuck.is_empty() {
        out.push(format!(
            "the fit did not reach its tolerance for {}; their edges are less exact",
            listed(genes, &stuck)
        ));
    }
    let worse: Vec<Gene> = fits
        .iter()
        .filter(|fit| fit.model.held_out.model > fit.model.held_out.decay_only)
        .map(|fit| fit.target)
        .collect();
    if 2 * worse.len() > fits.len() {
        out.push(format!(
            "for {} of {} genes regulators do not improve the prediction of held-out segments; \
             trust only edges with few expected false edges",
            worse.len(),
            fits.len()
        ));
    }
    out.extend(confounded(expression, conditions));
    out
}

/// Said where the model stays as the fit left it.
pub(super) const NOT_REFITTED: &str = "most genes follow their regulators within a sampling interval: the \
     model stays as the fit of their levels left it and is not fitted again through its differential equations: \
     their courses between samples are not in the data";

/// What the direction of edges rests on where nothing was measured over time.
///
/// * `listed`: whether there is a list of regulators
pub(super) fn rests_on(data: &Data, listed: bool) -> String {
    let direction = match (listed, has_interventions(data)) {
        (true, true) => "rests on the regulator list and the interventions",
        (true, false) => "rests on the regulator list",
        (false, true) => "rests on the interventions",
        (false, false) => "is a guess",
    };
    format!(
        "static: all samples are steady states; the direction of edges {direction}, and rates and courses over \
         time cannot be estimated"
    )
}

/// Neither a list of regulators nor interventions say which way an edge goes.
pub(super) fn direction_is_a_guess(data: &Data, regulators: &[Gene]) -> Option<String> {
    let all = regulators.len() == data.genes().len();
    (all && !has_interventions(data)).then(|| {
        "static and without a list of regulators: the direction of edges is a guess; give the genes that may \
         regulate with `--regulators`"
            .to_owned()
    })
}

fn has_interventions(data: &Data) -> bool {
    let samples = data.steady_states().map_or(&[][..], SteadyStates::samples);
    samples
        .iter()
        .any(|sample| sample.changed().next().is_some())
}

/// Error as a multiple of that of "no change" from which on a model counts as worse: below, a few series do not tell.
const WORSE: f64 = 1.05;

/// A model that predicts series that were left out worse than their first sample does.
pub(super) fn worse_than_no_change(metrics: &Metrics) -> Option<String> {
    let error = &metrics.forecast.as_ref()?.whole.error;
    (error.model > WORSE * error.no_change).then(|| {
        format!(
            "the model predicts series that were left out worse than \"no change\" (error {:.2} against {:.2}): do \
             not rely on its courses",
            error.model, error.no_change
        )
    })
}

/// Genes up to which the steady state is looked for: beyond, the solver takes long.
const LARGEST_STEADY: usize = 5_000;

/// A steady state that is far from what was measured.
pub(super) fn steady_state_outside(model: &Fitted) -> Option<String> {
    let (field, observed) = (&model.field, model.observed.as_ref()?);
    let count = field.genes().len();
    if count > LARGEST_STEADY {
        return None;
    }
    let settings = SteadySettings::default();
    let wild = WildType::new(field, &model.reference, model.length(), settings).ok()?;
    let outside = observed.outside(wild.levels());
    let cure = match model.is_static() {
        true => "distrust their levels in simulations",
        false => {
            "simulations start from another steady state within the range, or from the mean state of the reference \
             samples, and say so"
        }
    };
    (!outside.is_empty()).then(|| {
        format!(
            "the steady state of the model is outside of the measured range for {} of {count} genes ({}): {cure}",
            outside.len(),
            listed(field.genes(), &outside)
        )
    })
}

/// Every series has a condition of its own: time course and condition cannot be told apart.
fn confounded(expression: &Expression, conditions: &Conditions) -> Option<String> {
    let series = expression.series();
    let own_label = |at: usize| {
        let label = &series[at].conditions()[0];
        let constant = series[at].conditions().iter().all(|l| l == label);
        let elsewhere = series
            .iter()
            .enumerate()
            .any(|(other, one)| other != at && one.conditions().contains(label));
        constant && !elsewhere && !label.is_empty()
    };
    let all = series.len() > 1 && (0..series.len()).all(own_label);
    (all && conditions.windows.is_empty()).then(|| {
        "every series has a condition of its own: an effect of the condition cannot be told from \
         one of the batch"
            .to_owned()
    })
}

fn listed(genes: &Genes, members: &[Gene]) -> String {
    let names: Vec<&str> = members
        .iter()
        .take(SHOWN)
        .map(|&gene| genes.name(gene))
        .collect();
    match members.len().saturating_sub(SHOWN) {
        0 => names.join(", "),
        more => format!("{} and {more} more", names.join(", ")),
    }
}
