//! A random network with the experiments of DREAM4: wiring, then rates, until the network has a
//! steady state to start from.

use super::laws::{Law, WiringError, WiringSettings};
use super::rates::{RateSettings, draw_kinetics};
use super::wiring::wire;
use crate::simulate::integrate::{SteadySettings, steady_state};
use crate::simulate::{
    Design, Kinetics, KineticsError, Measurement, Model, Noise, Perturbation, Perturbed, Plan,
    SeriesPlan,
};
use cistron::seed::Seed;

/// Draws of rates for one wiring before it is given up.
const ATTEMPTS: u64 = 20;

/// A random network and what is measured on it.
#[derive(Clone, Debug, PartialEq)]
pub struct NetworkSettings {
    /// Its wiring.
    pub wiring: WiringSettings,
    /// Its rates.
    pub rates: RateSettings,
    /// What is measured.
    pub plan: Plan,
}

/// Why a random network could not be drawn.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum NetworkError {
    /// A setting of the wiring.
    #[error(transparent)]
    Wiring(#[from] WiringError),
    /// Settings that give an impossible rate.
    #[error(transparent)]
    Kinetics(#[from] KineticsError),
    /// A network without a steady state, whatever its rates.
    #[error(
        "the random network has no steady state with any of {ATTEMPTS} draws of its rates; lower \
         `feedback` or take another seed"
    )]
    NoSteadyState,
}

impl NetworkSettings {
    /// A network in the likeness of those of DREAM4.
    ///
    /// Wiring by the law, but, as in the gold standards of the challenge, without autoregulation
    /// and with as many repressing as activating edges. Ten series (five for up to 10 genes) of
    /// 21 samples every 50 minutes; about a third of the genes is shifted during the first half.
    ///
    /// Noise, errors and the size of the shifts were set so that at 100 genes the
    /// statistics of the series (`evaluate::SeriesStatistics`) are those of the five networks
    /// of DREAM4: levels, range, noise by level, autocorrelation, part, size and speed of responses,
    /// and correlations. Nothing was set by how well networks can be found from the data.
    ///
    /// # Source   Noise of 0.05 and a chance of 0.33 to be shifted: the settings of GeneNetWeaver,
    ///   Schaffter et al. (2011), Bioinformatics 27:2263.
    #[must_use]
    pub fn dream4(law: Law, genes: usize) -> Self {
        Self {
            wiring: WiringSettings {
                autoregulation: 0.0,
                activators: 0.5,
                ..WiringSettings::of(law, genes)
            },
            rates: RateSettings::default(),
            plan: Plan {
                noise: Noise {
                    strength: 0.05,
                    longest_step: Some(1.0),
                },
                measurement: Measurement {
                    multiplicative: 0.095,
                    additive: 0.024,
                },
                series: Some(SeriesPlan {
                    design: Design::Perturbation {
                        share: 0.3,
                        strength: 0.75,
                        lasts: 0.5,
                    },
                    count: if genes <= 10 { 5 } else { 10 },
                    points: 21,
                    interval: 50.0,
                }),
                ..Plan::default()
            },
        }
    }
}

/// Draws a network; the same seed gives the same network.
///
/// Rates with which the network oscillates are drawn again, as the series of DREAM4 start from a
/// steady state.
///
/// # Errors   [`NetworkError`] for settings outside of their range, or where there is no steady
///   state.
/// # Cost     [`wire`], and one steady state for each draw of rates.
pub fn draw_model(settings: &NetworkSettings, seed: Seed) -> Result<Model, NetworkError> {
    let wiring = wire(&settings.wiring, seed)?;
    let genes = wiring.genes();
    let mut attempt = 0;
    let kinetics = loop {
        let drawn = draw_kinetics(&wiring, &settings.rates, seed, attempt)?;
        if has_steady_state(&drawn) {
            break drawn;
        }
        attempt += 1;
        if attempt == ATTEMPTS {
            return Err(NetworkError::NoSteadyState);
        }
    };
    Ok(Model {
        name: format!("random_{genes}_{}", seed.0),
        time_unit: "min".to_owned(),
        kinetics,
        initial: vec![None; genes],
        plan: settings.plan.clone(),
        seed,
    })
}

/// Whether the undisturbed network reaches a steady state from half of its full levels.
fn has_steady_state(kinetics: &Kinetics) -> bool {
    let start: Vec<f64> = kinetics.full_levels().iter().map(|x| 0.5 * x).collect();
    let calm = Perturbed::new(kinetics, Perturbation::none(kinetics.genes().len()));
    steady_state(&calm, &start, &SteadySettings::default()).is_ok()
}
