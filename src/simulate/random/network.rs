//! A random network with the experiments of DREAM4.

use super::laws::{Law, WiringError, WiringSettings};
use super::rates::{RateSettings, kinetics};
use super::wiring::wire;
use crate::seed::Seed;
use crate::simulate::{Design, KineticsError, Measurement, Model, Noise, Plan, SeriesPlan};

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
}

impl NetworkSettings {
    /// A network in the likeness of those of DREAM4.
    ///
    /// Wiring by the law, but, as in the gold standards of the challenge, without autoregulation
    /// and with as many repressing as activating edges. Ten series (five for up to 10 genes) of
    /// 21 samples every 50 minutes; a third of the genes is shifted during the first half.
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
                    multiplicative: 0.08,
                    additive: 0.015,
                },
                series: Some(SeriesPlan {
                    design: Design::Perturbation {
                        share: 1.0 / 3.0,
                        strength: 0.8,
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
/// # Errors   [`NetworkError`] for settings outside of their range.
/// # Cost     as [`wire`].
pub fn model(settings: &NetworkSettings, seed: Seed) -> Result<Model, NetworkError> {
    let wiring = wire(&settings.wiring, seed)?;
    let genes = wiring.genes();
    Ok(Model {
        name: format!("random_{genes}_{}", seed.0),
        time_unit: "min".to_owned(),
        kinetics: kinetics(&wiring, &settings.rates, seed)?,
        initial: vec![None; genes],
        plan: settings.plan.clone(),
        seed,
    })
}
