//! Steady states of a known network: `production(x) = decay(x)`, reached from a given state.

use super::Noise;
use crate::simulate::integrate::{
    NoSteadyState, SteadySettings, System, UnsteadyReason, steady_state,
};
use crate::simulate::kinetics::{Kinetics, Perturbation, Perturbed};
use rand::Rng;

/// A network without a steady state where one is asked for.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error(
    "{state} has no steady state: after {time} units of time `{gene}` still changes by \
     {speed:.1e} of its turnover ({reason}); ask for free-running series \
     (`design = {{ kind = \"relaxation\", lead = … }}`) or cells instead, or change the rates"
)]
pub struct SteadyStateError {
    /// Which state was asked for, such as `the wild type`.
    pub state: String,
    /// For how long the network was followed.
    pub time: f64,
    /// The gene that moves most.
    pub gene: String,
    /// How fast its mRNA or protein moves, as a share of what flows through it.
    pub speed: f64,
    /// What the search for the state says.
    pub reason: String,
}

/// The steady states of one network under many perturbations.
pub(super) struct SteadySearch<'k> {
    kinetics: &'k Kinetics,
    settings: SteadySettings,
}

impl<'k> SteadySearch<'k> {
    pub(super) fn new(kinetics: &'k Kinetics) -> Self {
        let settings = SteadySettings::default();
        Self { kinetics, settings }
    }

    /// The undisturbed state that is reached from half of the full levels.
    pub(super) fn wild_type(&self) -> Result<Vec<f64>, SteadyStateError> {
        let mut start = self.kinetics.full_levels();
        start.iter_mut().for_each(|x| *x *= 0.5);
        let calm = Perturbation::none(self.kinetics.genes().len());
        self.from(&start, calm, &|| "the wild type".to_owned())
    }

    /// The state that is reached from `start` under a perturbation.
    ///
    /// * `state`: what to call it in a message
    pub(super) fn from(
        &self,
        start: &[f64],
        done: Perturbation,
        state: &dyn Fn() -> String,
    ) -> Result<Vec<f64>, SteadyStateError> {
        let system = Perturbed::new(self.kinetics, done);
        debug_assert_eq!(system.size(), start.len());
        match steady_state(&system, start, &self.settings) {
            Ok((x, _)) => Ok(x),
            Err(failure) => Err(self.in_words(state(), &failure)),
        }
    }

    fn in_words(&self, state: String, failure: &NoSteadyState) -> SteadyStateError {
        SteadyStateError {
            state,
            time: failure.time,
            gene: self.gene_of(failure.variable).to_owned(),
            speed: failure.speed,
            reason: match &failure.reason {
                UnsteadyReason::NotFollowed(error) => error.naming(self.gene_of(error.variable())),
                other => other.to_string(),
            },
        }
    }

    /// Name of the gene to which a variable belongs.
    fn gene_of(&self, variable: usize) -> &str {
        let genes = self.kinetics.genes();
        let owner = genes.iter().find(|&gene| {
            let slots = [
                Some(gene.index()),
                Some(self.kinetics.acting(gene)),
                self.kinetics.unspliced(gene),
            ];
            slots.contains(&Some(variable))
        });
        genes.name(owner.expect("every variable belongs to a gene"))
    }
}

/// Lets a network fluctuate about a steady state until it has forgotten where it started.
///
/// * `rng`: of the process noise
pub(super) fn fluctuate(
    kinetics: &Kinetics,
    noise: &Noise,
    done: &Perturbation,
    rng: &mut impl Rng,
    x: &mut [f64],
) {
    /// Slowest lifetimes after which a fluctuation is forgotten: `e⁻⁵` is less than a percent.
    const LIFETIMES: f64 = 5.0;
    if noise.strength > 0.0 {
        let span = 0.0..LIFETIMES / kinetics.slowest_rate();
        noise.advance(kinetics, done, span, rng, x);
    }
}
