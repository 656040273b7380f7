//! The descent of one field on some windows and samples, round after round.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::dynamics::{EqualSteps, SteadySolver};
use crate::field::{FieldError, SparseField};

use super::candidates::Candidate;
use super::descent::{Descent, DescentLimit, Outcome, descend};
use super::layout::Layout;
use super::objective::{Begin, Objective, Ridge};
use super::settings::RefitSettings;
use super::setup::Setup;
use super::states::Condition;

/// Where the edges of a refitted field come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[doc(hidden)]
#[non_exhaustive]
pub enum Support {
    /// They are those of the fit.
    #[default]
    Fitted,
    /// They were chosen during the refit, among candidates with costs.
    Chosen,
}

/// How a refit went; objectives in units of half a squared standard error.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RefitReport {
    /// Where the edges come from.
    #[doc(hidden)]
    #[serde(default)]
    pub support: Support,
    /// How the last round ended.
    pub outcome: Outcome,
    /// Iterations over all rounds.
    pub iterations: usize,
    /// Objective of the last round before and after it.
    pub objective: (f64, f64),
    /// Shares of windows, steady states and prior at the end.
    pub parts: [f64; 3],
    /// Gradient at the end, in standard errors.
    pub gradient: f64,
    /// Velocities of the whole field that were taken.
    pub velocities: usize,
    /// Conditions whose steady states were compared.
    pub conditions: usize,
    /// Conditions left out because the start has no steady state there.
    pub unsteady: usize,
    /// Edges of the field.
    pub edges: usize,
    /// How the field was run from sample to sample.
    pub steps: EqualSteps,
}

/// Windows and samples that a fit uses.
#[derive(Clone, Debug)]
pub(super) struct Half {
    pub(super) windows: Vec<usize>,
    pub(super) samples: Vec<usize>,
}

/// Standard deviation of the logarithm of a decay, and of a range.
const DEVIATION_OF_DECAY: f64 = 1.0;
const DEVIATION_OF_RANGE: f64 = 0.3;
/// Standard deviation of the position of the wild type on the saturation, as a share of the reach.
const DEVIATION_OF_POSITION: f64 = 0.35;
/// Range of a unit as a share of the reach, in which its steady level is linear.
pub(super) const RANGE: f64 = 0.42;
/// Standard deviation of the effect of a whole loss, as a share of the reach, of a taken edge.
const LARGEST_EFFECT: f64 = 3.0;
/// Shares of all weights among which a coupled round starts: where most conditions have a steady
/// state, and of those where the objective is lowest. Less coupling brings states back that loops have sent
/// elsewhere.
const WEIGHT_SHARES: [f64; 6] = [1.0, 0.95, 0.9, 0.8, 0.7, 0.5];
/// Iterations after which the decoupled curvature is taken again: of the windows, in which targets
/// hardly meet, and with steady states, in which they do.
const RENEWAL: (u64, u64) = (5, 15);
/// Standard deviation of the effect of an edge around that of the fit, as a share of it; and the
/// effect, as a share of the reach, that is added to it, at which an edge counts as without effect.
///
/// With weights around 0 that are as wide as [`LARGEST_EFFECT`] the series are fitted better and
/// knockouts predicted worse than by the fit itself (mean square errors of DREAM4-100 .0108 and
/// .0058), and the descent does not reach a minimum. Shares of .1 and 1 give .0062 and .0069, this
/// one .0061.
const DEVIATION_OF_EFFECT: f64 = 0.3;
const LEAST_EFFECT: f64 = 0.02;

/// What is known about the parameters before a round.
#[derive(Clone, Copy, Debug)]
pub(super) enum RoundPrior<'a> {
    /// They are near those of a penalised fit with the same support.
    Around(&'a SparseField),
    /// Weights are around 0, ranges and decays near those at the start.
    Weak,
    /// Weights are around 0 at the costs of the candidates; and the effect below which a cost does
    /// not count in full, none in the first round, in which effects only shrink.
    Costs(&'a [Vec<Candidate>], Option<f64>),
}

/// One round of descent after another.
pub(super) struct FieldFit<'a> {
    pub(super) setup: &'a Setup<'a>,
    pub(super) settings: &'a RefitSettings,
    half: Half,
    precision: Vec<Vec<f64>>,
    /// Share of what genes see in a steady state that is the model's.
    pub(super) coupling: f64,
    pub(super) report: RefitReport,
}

impl<'a> FieldFit<'a> {
    pub(super) fn new(setup: &'a Setup<'a>, settings: &'a RefitSettings, half: Half) -> Self {
        Self {
            precision: setup.precision(settings),
            setup,
            settings,
            half,
            coupling: 1.0,
            report: RefitReport {
                support: Support::default(),
                outcome: Outcome::default(),
                iterations: 0,
                objective: (0.0, 0.0),
                parts: [0.0; 3],
                gradient: 0.0,
                velocities: 0,
                conditions: 0,
                unsteady: 0,
                edges: 0,
                steps: setup.method,
            },
        }
    }

    /// The field after one round from `field` on.
    pub(super) fn descend(
        &mut self,
        field: &SparseField,
        prior: RoundPrior<'_>,
        fall: f64,
    ) -> Result<SparseField, FieldError> {
        let layout = Layout::new(field, &self.setup.reference);
        let theta = layout.vector(field, 0.0);
        let pattern = Arc::clone(SteadySolver::new(field).pattern());
        let chosen = self
            .half
            .windows
            .iter()
            .map(|&w| self.setup.windows.windows[w]);
        let mut objective = Objective {
            layout: &layout,
            scale: self.setup.scale,
            windows: &self.setup.windows,
            chosen: chosen.collect(),
            steps: &self.setup.steps,
            precision: &self.precision,
            conditions: self.setup.conditions(&self.half.samples, self.settings),
            compared: self.settings.compared,
            pattern: &pattern,
            ridge: self.ridge(&layout, &theta, prior),
            coupling: self.coupling,
        };
        let asked = objective.conditions.len();
        let shrunk = matches!(prior, RoundPrior::Costs(..)) && self.coupling > 0.0;
        let shares: &[f64] = if shrunk {
            &WEIGHT_SHARES
        } else {
            &WEIGHT_SHARES[..1]
        };
        let begin = |share: &f64| {
            let theta = layout.with_weights_times(&theta, *share);
            objective.begin(theta, &self.setup.reference)
        };
        let begins = shares.iter().map(begin);
        let order = |one: &Begin| {
            (
                one.kept.iter().filter(|kept| !**kept).count(),
                one.now.value,
            )
        };
        let first = begins.min_by(|a, b| {
            let (a, b) = (order(a), order(b));
            a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))
        });
        let Begin {
            theta,
            kept,
            now: before,
        } = first.expect("there is at least one share");
        let mut kept = kept.into_iter();
        objective
            .conditions
            .retain(|_| kept.next().unwrap_or(false));
        let unsteady = asked - objective.conditions.len();
        let stop = DescentLimit {
            iterations: self.settings.iterations,
            fall,
            renewal: renewal(&objective.conditions),
        };
        let end = descend(&objective, theta, before, stop);
        self.note(&end, objective.conditions.len(), unsteady);
        layout.field(&end.theta)
    }

    fn note(&mut self, end: &Descent, conditions: usize, unsteady: usize) {
        self.report = RefitReport {
            outcome: end.outcome,
            iterations: self.report.iterations + end.costs.len().saturating_sub(1),
            objective: (end.costs[0], end.end.value),
            parts: end.end.parts,
            gradient: end.gradient,
            velocities: self.report.velocities + end.velocities,
            conditions,
            unsteady,
            ..self.report
        };
    }

    /// The prior around where the parameters are, or those of the fit; and around 0 for covariates.
    fn ridge(&self, layout: &Layout, theta: &[f64], prior: RoundPrior<'_>) -> Ridge {
        let mut ridge = Ridge {
            center: match prior {
                RoundPrior::Around(fit) => layout.vector(fit, 0.0),
                RoundPrior::Weak | RoundPrior::Costs(..) => theta.to_vec(),
            },
            precision: vec![0.0; theta.len()],
        };
        let setup = self.setup;
        for target in &layout.targets {
            let at = target.at;
            let decay = ridge.center[at + 1].exp();
            ridge.precision[at + 1] = DEVIATION_OF_DECAY.powi(-2);
            for k in 0..target.units {
                let unit = at + target.unit(k);
                ridge.precision[unit] = DEVIATION_OF_RANGE.powi(-2);
                ridge.precision[unit + 1] = (DEVIATION_OF_POSITION * setup.reach * decay).powi(-2);
                if matches!(prior, RoundPrior::Costs(..)) {
                    ridge.center[unit] = (decay * RANGE * setup.reach).ln();
                    ridge.center[unit + 1] = 0.0;
                }
                for (index, &j) in target.regulators.iter().enumerate() {
                    let weight = unit + 2 + index;
                    let by_weight = setup.losses[j] / decay;
                    let effect = ridge.center[weight] * by_weight;
                    let stiffness = match prior {
                        RoundPrior::Around(_) => stiffness_around(effect, setup.reach),
                        RoundPrior::Weak => stiffness_of_any(setup.reach),
                        RoundPrior::Costs(all, small) => {
                            stiffness(effect, all[target.gene][index].cost, small, setup.reach)
                        }
                    };
                    if !matches!(prior, RoundPrior::Around(_)) {
                        ridge.center[weight] = 0.0;
                    }
                    ridge.precision[weight] = stiffness * by_weight.powi(2);
                }
            }
            let first = at + target.first_covariate();
            for (c, covariate) in setup.data.rows.covariates()[1..].iter().enumerate() {
                let variance = setup.variances.first().map_or(1.0, |one| one[target.gene]);
                ridge.center[first + c] = 0.0;
                ridge.precision[first + c] =
                    1.0 / (covariate.standard_deviation.powi(2) * variance);
            }
        }
        ridge
    }
}

fn renewal(conditions: &[Condition]) -> u64 {
    if conditions.is_empty() {
        RENEWAL.0
    } else {
        RENEWAL.1
    }
}

/// Precision of an effect about which nothing else is known.
fn stiffness_of_any(reach: f64) -> f64 {
    (LARGEST_EFFECT * reach).powi(-2)
}

/// Precision of an effect around that of the fit.
fn stiffness_around(effect: f64, reach: f64) -> f64 {
    (DEVIATION_OF_EFFECT * (effect.abs() + LEAST_EFFECT * reach)).powi(-2)
}

/// Precision of an effect with a cost: that of any edge, and of the quadratic that touches the cost,
/// `cost · v²/(v² + small²)`, where the effect is now.
///
/// # Source   Daubechies et al. (2010), Comm. Pure Appl. Math. 63:1 (reweighted least squares).
fn stiffness(effect: f64, cost: f64, small: Option<f64>, reach: f64) -> f64 {
    let of_cost = match small {
        None => 2.0 * cost / reach.powi(2),
        Some(small) => 2.0 * cost / (effect.powi(2) + small.powi(2)),
    };
    stiffness_of_any(reach) + of_cost
}
