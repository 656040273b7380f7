//! Noise of the network itself, and errors of bulk measurements.
//!
//! With noise a network follows the chemical Langevin equation
//! `dx = (production − decay) dt + s √(production + decay) dW`, by Euler and Maruyama in equal
//! steps with a floor at 0; without noise the same drift to a tolerance. A measurement then adds a
//! relative and an absolute error.

use std::ops::Range;

use faer::Mat;
use rand::Rng;
use serde::{Deserialize, Serialize};

use crate::simulate::integrate::{
    EULER_MARUYAMA, Langevin, Method, Settings, Span, normal, rk4, trajectory,
};
use crate::simulate::kinetics::{Kinetics, Perturbation, Perturbed};
use crate::simulate::setting_range::{
    OutOfRange, require, require_moderate, require_nonnegative, require_positive,
};

/// Noise of the chemical Langevin equation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Noise {
    /// `s`: 1 for molecule numbers, `1/√Ω` for amounts in units of `Ω` molecules; 0 for a
    /// deterministic network.
    pub strength: f64,
    /// Longest step of the integrator; by default a twentieth of the fastest time constant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub longest_step: Option<f64>,
}

/// Longest step of Euler and Maruyama's method as a part of the fastest time constant, by default:
/// its weak error is of first order, so a few percent of a fluctuation here.
const PART_OF_FASTEST: f64 = 0.05;

/// How a network without noise is followed: to errors far below those of any measurement, so that
/// tables of exact states are exact to the digits that are written.
const EXACT: Settings = Settings {
    method: Method::Auto,
    relative: 1e-8,
    absolute: 1e-10,
    most_steps: 1_000_000,
};

impl Noise {
    /// Whether the settings are in their range.
    ///
    /// # Errors   [`OutOfRange`] naming the setting, its value and what it has to be.
    pub fn check(&self) -> Result<(), OutOfRange> {
        require_moderate("noise strength", self.strength)?;
        self.longest_step
            .map_or(Ok(()), |step| require_positive("longest_step", step))
    }

    /// Longest step for a network.
    #[must_use]
    pub fn step(&self, kinetics: &Kinetics) -> f64 {
        self.longest_step
            .unwrap_or(PART_OF_FASTEST / kinetics.fastest_rate())
    }

    /// Follows the network through a span of time, in place.
    ///
    /// With noise by [`Langevin`] in equal steps; without by [`trajectory`], adaptive and stiff
    /// where it has to be, or should that fail, by [`rk4`] in equal steps.
    pub fn advance(
        &self,
        kinetics: &Kinetics,
        done: &Perturbation,
        time: Range<f64>,
        rng: &mut impl Rng,
        x: &mut [f64],
    ) {
        let (start, end) = (time.start, time.end);
        let span = Span::covering(start, end, self.step(kinetics));
        if end <= start {
            return;
        }
        if self.strength > 0.0 {
            let coefficients = kinetics.drift_and_noise(done, self.strength);
            Langevin::new(kinetics.size(), EULER_MARUYAMA, coefficients)
                .with_floor_at_zero()
                .run(span, rng, x);
        } else {
            let system = Perturbed::new(kinetics, done.clone());
            match trajectory(&system, &[start, end], x, &EXACT) {
                Ok((states, _)) => {
                    let last = states.row(1);
                    x.iter_mut()
                        .zip(last.iter())
                        .for_each(|(x, y)| *x = y.max(0.0));
                }
                Err(_) => rk4(kinetics.velocity(done), span, x),
            }
        }
    }
}

/// Errors of the measurement: `y = max(0, x exp(m ξ) + a · full · ξ')`, `ξ` standard normal.
///
/// # Source   Rocke & Durbin (2001), J. Comput. Biol. 8:557.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measurement {
    /// `m`: relative error of high values.
    pub multiplicative: f64,
    /// `a`: error of low values, as a part of the level of full transcription.
    pub additive: f64,
}

impl Measurement {
    /// Whether the settings are in their range.
    ///
    /// # Errors   [`OutOfRange`] naming the setting, its value and what it has to be.
    pub fn check(&self) -> Result<(), OutOfRange> {
        let (field, value) = ("multiplicative", self.multiplicative);
        require_nonnegative(field, value)?;
        let rule = "at most 5 (it is the sd of a logarithm)";
        require(field, value, value <= 5.0, rule)?;
        require_moderate("additive", self.additive)
    }

    /// Measures `states` (`n × p`, mRNA), in place.
    pub fn apply(self, kinetics: &Kinetics, states: &mut Mat<f64>, rng: &mut impl Rng) {
        let full = kinetics.full_levels();
        for i in 0..states.nrows() {
            for j in 0..states.ncols() {
                let relative = (self.multiplicative * normal(rng)).exp();
                let absolute = self.additive * full[j] * normal(rng);
                states[(i, j)] = (states[(i, j)] * relative + absolute).max(0.0);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulate::experiment::test_networks::constitutive;
    use crate::simulate::kinetics::{GeneKinetics, ProteinRates};
    use cistron::genes::{Gene, Genes};
    use cistron::numeric::standard_deviation;
    use cistron::seed::{Purpose, Seed};

    #[test]
    fn without_noise_a_stiff_network_is_on_the_closed_form_at_once() {
        let protein = ProteinRates {
            translation: 1e4,
            decay: 1e4,
        };
        let one = GeneKinetics {
            protein: Some(protein),
            ..constitutive(1).of(Gene(0)).clone()
        };
        let names = Genes::new(["a"]).expect("one name");
        let stiff = Kinetics::new(names, vec![one]).expect("valid");
        let mut x = [0.0, 0.0];
        let mut rng = Seed(1).stream(Purpose::ProcessNoise, 0);
        let calm = Perturbation::none(1);
        let start = std::time::Instant::now();
        let span = 0.0..20.0;
        Noise::default().advance(&stiff, &calm, span, &mut rng, &mut x);
        // equal steps of a twentieth of the protein's lifetime would be 4 million
        assert!(start.elapsed().as_secs_f64() < 1.0);
        let level = 1.0 - (-0.5_f64 * 20.0).exp();
        assert!(
            (x[0] - level).abs() < 1e-6 && (x[1] - level).abs() < 1e-3,
            "{x:?}"
        );
    }

    #[test]
    fn the_measurement_has_the_errors_that_it_names() {
        let measurement = Measurement {
            multiplicative: 0.1,
            additive: 0.05,
        };
        let (kinetics, n) = (constitutive(1), 20_000);
        let [low, high] = [1.0, 20.0].map(|level| {
            let mut states = Mat::from_fn(n, 1, |_, _| level);
            let mut rng = Seed(2).stream(Purpose::MeasurementNoise, 0);
            measurement.apply(&kinetics, &mut states, &mut rng);
            standard_deviation(states.col_as_slice(0))
        });
        // full level 2: the additive part is 0.1, the multiplicative one 0.1 of the level
        assert!((low - 0.02f64.sqrt()).abs() < 0.005);
        assert!((high / 2.0 - 1.0).abs() < 0.03);
    }
}
