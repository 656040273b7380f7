//! The state in which a network comes to rest.

use super::Noise;
use crate::simulate::kinetics::{Kinetics, Perturbation, Perturbed};
use crate::simulate::{NoSteadyState, SteadySettings, System, steady_state};
use cistron::seed::{Purpose, Seed};

/// A network that does not come to rest where a steady state is asked for.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error(
    "{state} has no steady state: after {time} units of time `{gene}` still changes by \
     {speed:.1e} of its turnover ({reason}); ask for free-running series \
     (`design = {{ kind = \"relaxation\", lead = … }}`) or cells instead, or change the rates"
)]
pub struct NeverAtRest {
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
pub(super) struct Resting<'k> {
    kinetics: &'k Kinetics,
    settings: SteadySettings,
}

impl<'k> Resting<'k> {
    pub(super) fn new(kinetics: &'k Kinetics) -> Self {
        let settings = SteadySettings::default();
        Self { kinetics, settings }
    }

    /// The undisturbed state that is reached from half of the full levels.
    pub(super) fn wild_type(&self) -> Result<Vec<f64>, NeverAtRest> {
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
    ) -> Result<Vec<f64>, NeverAtRest> {
        let system = Perturbed::new(self.kinetics, done);
        debug_assert_eq!(system.size(), start.len());
        match steady_state(&system, start, &self.settings) {
            Ok((x, _)) => Ok(x),
            Err(restless) => Err(self.in_words(state(), &restless)),
        }
    }

    fn in_words(&self, state: String, restless: &NoSteadyState) -> NeverAtRest {
        let genes = self.kinetics.genes();
        let owner = genes.iter().find(|&gene| {
            let slots = [
                Some(gene.index()),
                Some(self.kinetics.acting(gene)),
                self.kinetics.unspliced(gene),
            ];
            slots.contains(&Some(restless.variable))
        });
        let owner = owner.expect("every variable belongs to a gene");
        NeverAtRest {
            state,
            time: restless.time,
            gene: genes.name(owner).to_owned(),
            speed: restless.speed,
            reason: restless.reason.to_string(),
        }
    }
}

/// Lets a network fluctuate about a steady state until it has forgotten where it started.
///
/// * `index`: number of the stream of noise
pub(super) fn fluctuate(
    kinetics: &Kinetics,
    noise: &Noise,
    done: &Perturbation,
    (seed, index): (Seed, u64),
    x: &mut [f64],
) {
    /// Slowest lifetimes after which a fluctuation is forgotten (to less than a percent).
    const LIFETIMES: f64 = 5.0;
    if noise.strength > 0.0 {
        let span = (0.0, LIFETIMES / kinetics.slowest_rate());
        let mut rng = seed.stream(Purpose::ProcessNoise, index);
        noise.advance(kinetics, done, span, &mut rng, x);
    }
}
