//! The refit: rounds of descent in which the support is chosen.

use crate::expression::time_span;
use crate::field::{Component, FieldError, Fitted, SparseField, Unit, VectorField};
use crate::genes::Gene;
use crate::network::Network;
use crate::seed::Seed;

use super::candidates::{Candidate, PriorOdds, candidates};
use super::field_fit::{FieldFit, Half, RANGE, RefitReport};
use super::members::members;
use super::settings::RefitSettings;
use super::setup::{Observations, Setup};

/// What a refit gives.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Refitted {
    /// The field with its wild type, and members fitted on half-samples for bands.
    pub fitted: Fitted,
    /// How it went.
    pub report: RefitReport,
}

/// Rounds in which the support is chosen: the coupling, the effect below which a cost no longer
/// counts in full, as a share of the reach, and the expected fall of the objective at which a round
/// with steady states stops.
///
/// Each target is first fitted by itself to what its regulators were measured to be. With all
/// coupled at once, chance loops would send whole groups of genes elsewhere, from where there is no
/// way back.
const ROUNDS: [(f64, f64, f64); 7] = [
    (0.0, 0.2, 0.5),
    (0.0, 0.1, 0.5),
    (0.0, 0.1, 0.5),
    (0.5, 0.1, 1.0),
    (0.8, 0.1, 2.0),
    (1.0, 0.1, 0.5),
    (1.0, 0.1, 0.02),
];
/// Expected fall of the objective at which the first round with steady states stops.
const FIRST_FALL: f64 = 0.5;
/// Effect below which an edge is left out at the end, as a share of the reach.
const NOTHING: f64 = 0.02;
/// Expected fall of the objective at which a round without steady states stops: at its minimum.
///
/// Rounds that stop earlier carry rounding on: knockouts of models of the same levels as `log2` and
/// linear differ by 26 % with the falls of [`ROUNDS`], by 3 % with .02 in all rounds, by less than 1 %
/// with 10⁻⁴ and by less than .1 % here (DREAM4-100, network 3), for twice as many iterations. With
/// steady states rounds do not get so far: the objective falls on towards fields whose states are about
/// to become unstable, and double knockouts of one network of five are then predicted worse than by
/// rounds that stop early (mean square errors .0082 and .0123 against .0046; the others .0058, .0060,
/// .0041 and .0052 against .0064, .0061, .0042 and .0053).
const MINIMUM: f64 = 1e-6;
/// Iterations of a round without steady states, in those of one with them: the rounds of DREAM4-100
/// take up to 80.
const MORE_ITERATIONS: usize = 10;

/// Fits a field again through its differential equations, and chooses its support while it does.
///
/// The support of the penalised fit has more edges than series can hold without the penalty: a refit
/// on it predicts knockouts worse than the penalised fit does (mean square errors of DREAM4-100 .0108
/// and .0058, of this one .0058). Here every edge has a cost, by its odds.
///
/// * `network`: ranked by time courses, and by responses where there are some, as `Network::new` does;
///   only its edges may be taken
/// * `seed`: of the half-samples of the ensemble's members
///
/// # Errors   [`FieldError`] if a parameter is not finite (a bug).
/// # Cost     some hundred evaluations of the objective; see the report.
pub fn refit_through_ode(
    field: &SparseField,
    network: &Network,
    data: &Observations<'_>,
    settings: &RefitSettings,
    seed: Seed,
) -> Result<Refitted, FieldError> {
    let prior_odds = PriorOdds {
        best: settings.candidates,
        cost: settings.cost,
    };
    let setup = Setup::new(field, data, settings);
    let settings = match data.steady_states {
        Some(_) => *settings,
        None => RefitSettings {
            iterations: MORE_ITERATIONS * settings.iterations,
            ..*settings
        },
    };
    let fit = FieldFit::new(&setup, &settings, all(&setup));
    choose(fit, field, candidates(network, prior_odds), seed)
}

/// All rounds, among the candidates that are offered.
pub(super) fn choose(
    mut fit: FieldFit<'_>,
    field: &SparseField,
    mut offered: Vec<Vec<Candidate>>,
    seed: Seed,
) -> Result<Refitted, FieldError> {
    let setup = fit.setup;
    let series_only = setup.data.steady_states.is_none();
    let mut field = start(field, setup, &offered)?;
    fit.coupling = 0.0;
    let fall = if series_only { MINIMUM } else { FIRST_FALL };
    field = fit.descend(&field, Some((&offered, None)), fall)?;
    for (coupling, small, fall) in ROUNDS {
        fit.coupling = coupling;
        let fall = if series_only { MINIMUM } else { fall };
        field = fit.descend(&field, Some((&offered, Some(small * setup.reach))), fall)?;
        (field, offered) = pruned(&field, setup, &offered)?;
    }
    finish(fit, field, seed)
}

/// All windows and samples.
pub(super) fn all(setup: &Setup<'_>) -> Half {
    Half {
        windows: (0..setup.windows.windows.len()).collect(),
        samples: (0..setup
            .data
            .steady_states
            .map_or(0, |steady_states| steady_states.len()))
            .collect(),
    }
}

fn finish(fit: FieldFit<'_>, field: SparseField, seed: Seed) -> Result<Refitted, FieldError> {
    Ok(Refitted {
        report: RefitReport {
            edges: field.edges(),
            ..fit.report
        },
        fitted: Fitted {
            reference: fit.setup.reference.clone(),
            times: time_span(fit.setup.data.expression),
            members: members(fit.setup, fit.settings, &field, seed)?,
            field,
        },
    })
}

/// One unit a target over its candidates, all without effect: every gene stays at its wild type.
fn start(
    field: &SparseField,
    setup: &Setup<'_>,
    offered: &[Vec<Candidate>],
) -> Result<SparseField, FieldError> {
    let component = |gene: Gene| {
        let was = field.component(gene);
        let decay = was.decay.max(setup.least_decay);
        let regulators: Vec<Gene> = offered[gene.index()].iter().map(|c| c.regulator).collect();
        Component {
            units: vec![Unit {
                range: decay * RANGE * setup.reach,
                bias: 0.0,
                weights: vec![0.0; regulators.len()],
            }],
            regulators,
            intercept: decay * setup.reference[gene.index()],
            decay,
            covariates: vec![0.0; was.covariates.len()],
        }
    };
    let components = field.genes().iter().map(component).collect();
    let names = field.covariates().to_vec();
    SparseField::new(field.genes().clone(), field.scale(), names, components)
}

/// The field and its candidates without edges of no effect.
fn pruned(
    field: &SparseField,
    setup: &Setup<'_>,
    offered: &[Vec<Candidate>],
) -> Result<(SparseField, Vec<Vec<Candidate>>), FieldError> {
    let component = |gene: Gene| {
        let was = field.component(gene);
        let kept: Vec<usize> = (0..was.regulators.len())
            .filter(|&k| {
                let effect = |u: &Unit| (u.weights[k] * setup.reach / was.decay).abs();
                was.units.iter().any(|u| effect(u) >= NOTHING * setup.reach)
            })
            .collect();
        let dropped = |unit: &Unit| {
            let others = (0..was.regulators.len()).filter(|k| !kept.contains(k));
            // what an edge did at the wild type stays
            let moved =
                others.map(|k| unit.weights[k] * setup.reference[was.regulators[k].index()]);
            Unit {
                range: unit.range,
                bias: unit.bias + moved.sum::<f64>(),
                weights: kept.iter().map(|&k| unit.weights[k]).collect(),
            }
        };
        Component {
            regulators: kept.iter().map(|&k| was.regulators[k]).collect(),
            units: was.units.iter().map(dropped).collect(),
            ..was.clone()
        }
    };
    let components: Vec<Component> = field.genes().iter().map(component).collect();
    let left = components.iter().zip(offered).map(|(component, offered)| {
        let kept = offered
            .iter()
            .filter(|one| component.regulators.contains(&one.regulator));
        kept.copied().collect()
    });
    let left = left.collect();
    let names = field.covariates().to_vec();
    let field = SparseField::new(field.genes().clone(), field.scale(), names, components)?;
    Ok((field, left))
}
