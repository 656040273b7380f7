//! The refit: rounds of descent, on a given support or while one is chosen.

use crate::expression::{ObservedRange, time_span};
use crate::field::{Component, FieldError, Fitted, SparseField, Unit, VectorField};
use crate::genes::Gene;
use crate::network::Network;
use crate::seed::Seed;

use super::candidates::{Candidate, PriorOdds, candidates};
use super::field_fit::{FieldFit, Half, RANGE, RefitReport, RoundPrior, Support};
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

/// Rounds in which a support is chosen: the coupling, the effect below which a cost no longer
/// counts in full, as a share of the reach, and the expected fall of the objective at which it stops.
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
/// Effect below which an edge is left out at the end, as a share of the reach.
const NOTHING: f64 = 0.02;
/// Expected fall of the objective at which the first round stops.
const FIRST_FALL: f64 = 0.5;
/// Expected fall at which a refit on a given support stops: at its minimum. A descent that stops before
/// carries rounding on, which doubles with every iteration: knockouts of models of the same levels as
/// `log2` and linear differed by 138 % (DREAM4-100, network 3) after 40 iterations.
const MINIMUM: f64 = 1e-4;
/// Iterations of a refit on a given support, in those of a round: DREAM4-100 takes up to 100.
const MORE_ITERATIONS: usize = 10;
/// Maximum number of descents on a given support, each with the noise that the one before has left.
const PASSES: usize = 4;
/// Share of the noise above which it is not taken again. On DREAM4-100 the objective falls to .96: the
/// noise stays; where weights were shrunk and the data are without noise, it falls to a small part.
const SAME_NOISE: f64 = 0.8;

/// Fits a field again on its support, through its differential equations.
///
/// Its parameters are the centre of the prior: the penalised fit is a better guess of an effect than
/// 0, and series by themselves say too little about most effects to start from nothing. The noise is
/// first what the penalised fit leaves; where the refit leaves much less, it is taken again.
///
/// * `seed`: of the half-samples of the ensemble's members
///
/// # Errors   [`FieldError`] if a parameter is not finite (a bug).
/// # Cost     a few dozen evaluations of the objective; see the report.
pub fn refit_through_ode(
    field: &SparseField,
    data: &Observations<'_>,
    settings: &RefitSettings,
    seed: Seed,
) -> Result<Refitted, FieldError> {
    let settings = RefitSettings {
        iterations: MORE_ITERATIONS * settings.iterations,
        ..*settings
    };
    let mut setup = Setup::new(field, data, &settings);
    let start = setup.decaying(field)?;
    let prior = RoundPrior::Around(&start);
    let (mut field, mut iterations, mut pass) = (start.clone(), 0, 1);
    loop {
        let mut fit = FieldFit::new(&setup, &settings, all(&setup));
        fit.report.iterations = iterations;
        field = fit.descend(&field, prior, MINIMUM)?;
        iterations = fit.report.iterations;
        let next = Setup::new(&field, data, &settings);
        let same = next.typical_variance() > SAME_NOISE * setup.typical_variance();
        if same || pass == PASSES {
            return finish(fit, field, prior, seed);
        }
        (setup, pass) = (next, pass + 1);
    }
}

/// Chooses the support from a ranked network while it fits through the differential equations.
///
/// * `network`: ranked by time courses and responses together, as `Network::new` does; only its
///   edges may be taken
/// * `seed`: of the half-samples of the ensemble's members
///
/// # Errors   [`FieldError`] if a parameter is not finite (a bug).
pub fn learn_through_ode(
    field: &SparseField,
    network: &Network,
    data: &Observations<'_>,
    settings: &RefitSettings,
    seed: Seed,
) -> Result<Refitted, FieldError> {
    let setup = Setup::new(field, data, settings);
    let prior_odds = PriorOdds {
        best: settings.candidates,
        cost: settings.cost,
    };
    let mut offered = candidates(network, prior_odds);
    let mut fit = FieldFit::new(&setup, settings, all(&setup));
    let mut field = start(field, &setup, &offered)?;
    fit.coupling = 0.0;
    field = fit.descend(&field, RoundPrior::Costs(&offered, None), FIRST_FALL)?;
    for (coupling, small, fall) in ROUNDS {
        fit.coupling = coupling;
        let prior = RoundPrior::Costs(&offered, Some(small * setup.reach));
        field = fit.descend(&field, prior, fall)?;
        (field, offered) = pruned(&field, &setup, &offered)?;
    }
    fit.report.support = Support::Chosen;
    finish(fit, field, RoundPrior::Weak, seed)
}

fn all(setup: &Setup<'_>) -> Half {
    Half {
        windows: (0..setup.windows.windows.len()).collect(),
        samples: (0..setup
            .data
            .steady_states
            .map_or(0, |steady_states| steady_states.len()))
            .collect(),
    }
}

/// * `prior`: of the members of the ensemble
fn finish(
    fit: FieldFit<'_>,
    field: SparseField,
    prior: RoundPrior<'_>,
    seed: Seed,
) -> Result<Refitted, FieldError> {
    Ok(Refitted {
        report: RefitReport {
            edges: field.edges(),
            ..fit.report
        },
        fitted: Fitted {
            reference: fit.setup.reference.clone(),
            times: time_span(fit.setup.data.expression),
            members: members(&fit, &field, prior, seed)?,
            observed: Some(ObservedRange::new(
                fit.setup.data.expression,
                fit.setup.data.steady_states,
            )),
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
