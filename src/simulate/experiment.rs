//! Experiments on a known network: what is done to it, when it is sampled, how well measured.

use faer::Mat;
use rand::Rng;
use rand::seq::index;
use serde::Deserialize;

use super::integrate::{EULER_MARUYAMA, Langevin, Span, normal, rk4};
use super::kinetics::{Kinetics, TrueEdge};
use crate::expression::{Expression, TimeSeries};
use crate::seed::{Purpose, Seed};

/// What is done to the network in each series.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub enum Design {
    /// From its steady state, the basal transcription of some random genes is raised or lowered
    /// during the first half of the series; in the second half the network relaxes.
    ///
    /// # Source   The time series of the DREAM4 in silico challenge, Schaffter et al. (2011),
    ///   Bioinformatics 27:2263.
    Perturbation {
        /// Part of the genes that are perturbed, rounded, but at least one gene.
        share: f64,
        /// The strongest change, as a part of the maximal transcription; the size is uniform
        /// between half of it and all of it, the direction random.
        strength: f64,
    },
    /// Free running from random levels of everything, uniform up to those of full transcription.
    Relaxation {
        /// Time that passes before the first sample; 0 shows the relaxation itself, a long one
        /// shows an oscillator in a random phase.
        lead: f64,
    },
}

/// Errors of the measurement: `y = max(0, x exp(m ξ) + a · full · ξ')`, `ξ` standard normal.
///
/// # Source   Rocke & Durbin (2001), J. Comput. Biol. 8:557.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measurement {
    /// `m`: relative error of high values.
    pub multiplicative: f64,
    /// `a`: error of low values, as a part of the level of full transcription.
    pub additive: f64,
}

/// Time series of the mRNA of all genes.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Experiment {
    /// What is done to the network.
    pub design: Design,
    /// Number of series.
    pub series: usize,
    /// Samples of each series.
    pub points: usize,
    /// Time between two samples.
    pub interval: f64,
    /// Longest step of the integrator.
    pub longest_step: f64,
    /// `s` of the chemical Langevin equation; 0 for a deterministic network.
    pub noise: f64,
    /// Errors of the measurement.
    pub measurement: Measurement,
}

/// A setting outside of its range.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("`{field}` is {value}; it must be {rule}")]
pub struct ExperimentError {
    /// Name of the setting.
    pub field: &'static str,
    /// Its value.
    pub value: f64,
    /// What it has to be.
    pub rule: &'static str,
}

/// Data with the truth beside them.
#[derive(Clone, Debug)]
pub struct Simulated {
    /// The measured mRNA.
    pub expression: Expression,
    /// The network that made them.
    pub truth: Vec<TrueEdge>,
}

impl Experiment {
    /// Whether every setting is in its range.
    ///
    /// # Errors   [`ExperimentError`] naming the setting, its value and what it has to be.
    pub fn check(&self) -> Result<(), ExperimentError> {
        let need = |field, value: f64, holds: bool, rule| {
            if holds && value.is_finite() {
                Ok(())
            } else {
                Err(ExperimentError { field, value, rule })
            }
        };
        let positive = |field, value| need(field, value, value > 0.0, "above 0");
        let no_less = |field, value| need(field, value, value >= 0.0, "0 or more");
        match self.design {
            Design::Perturbation { share, strength } => {
                need(
                    "share",
                    share,
                    share > 0.0 && share <= 1.0,
                    "above 0 and at most 1",
                )?;
                positive("strength", strength)?;
            }
            Design::Relaxation { lead } => no_less("lead", lead)?,
        }
        positive("series", self.series as f64)?;
        need("points", self.points as f64, self.points >= 2, "2 or more")?;
        positive("interval", self.interval)?;
        positive("longest_step", self.longest_step)?;
        no_less("noise", self.noise)?;
        no_less("multiplicative", self.measurement.multiplicative)?;
        no_less("additive", self.measurement.additive)
    }

    /// Does the experiment; the same seed gives the same numbers.
    ///
    /// Series are called `1`, `2`, … and start at time 0. Under a [`Design::Perturbation`] with
    /// noise the network fluctuates for half the length of a series before time 0, so that the
    /// first sample is one of its stationary states.
    ///
    /// # Panics   if [`Experiment::check`] fails (a bug in the caller).
    /// # Cost     `series · points · interval / longest_step` evaluations of the kinetics.
    #[must_use]
    pub fn run(&self, kinetics: &Kinetics, seed: Seed) -> Simulated {
        self.check().expect("settings were checked");
        let series = (0..self.series)
            .map(|number| self.one_series(kinetics, seed, number))
            .collect();
        Simulated {
            expression: Expression::new(kinetics.genes().clone(), series)
                .expect("distinct names, finite values, two points or more"),
            truth: kinetics.edges(),
        }
    }

    fn one_series(&self, kinetics: &Kinetics, seed: Seed, number: usize) -> TimeSeries {
        let stream = |purpose| seed.stream(purpose, number as u64);
        let mut drawn = stream(Purpose::Perturbation);
        let mut process = stream(Purpose::ProcessNoise);
        let genes = kinetics.genes().len();
        let calm = vec![0.0; genes];
        let (mut x, shift) = match self.design {
            Design::Perturbation { share, strength } => {
                let mut x = self.steady_state(kinetics);
                let half = self.interval * self.middle() as f64;
                self.advance(kinetics, &calm, (-half, 0.0), &mut process, &mut x);
                (x, random_shift(genes, share, strength, &mut drawn))
            }
            Design::Relaxation { lead } => {
                let mut x = kinetics.full_levels();
                x.iter_mut().for_each(|x| *x *= drawn.random::<f64>());
                self.advance(kinetics, &calm, (-lead, 0.0), &mut process, &mut x);
                (x, calm.clone())
            }
        };
        let times: Vec<f64> = (0..self.points).map(|k| k as f64 * self.interval).collect();
        let mut states = Mat::zeros(self.points, genes);
        for row in 0..self.points {
            if row > 0 {
                let perturbed = row <= self.middle();
                let shift = if perturbed { &shift } else { &calm };
                let span = (times[row - 1], times[row]);
                self.advance(kinetics, shift, span, &mut process, &mut x);
            }
            (0..genes).for_each(|j| states[(row, j)] = x[j]);
        }
        self.measurement.apply(
            kinetics,
            &mut states,
            &mut stream(Purpose::MeasurementNoise),
        );
        TimeSeries::new((number + 1).to_string(), times, states).expect("times increase")
    }

    /// The sample at which a perturbation ends.
    fn middle(&self) -> usize {
        (self.points - 1) / 2
    }

    /// Where the undisturbed network comes to rest, from half of its full levels.
    fn steady_state(&self, kinetics: &Kinetics) -> Vec<f64> {
        const TIMES_THE_LENGTH: f64 = 20.0;
        let mut x = kinetics.full_levels();
        x.iter_mut().for_each(|x| *x *= 0.5);
        let length = self.interval * self.points as f64 * TIMES_THE_LENGTH;
        let calm = vec![0.0; kinetics.genes().len()];
        let span = Span::covering(0.0, length, self.longest_step);
        rk4(kinetics.velocity(&calm), span, &mut x);
        x
    }

    fn advance(
        &self,
        kinetics: &Kinetics,
        shift: &[f64],
        (start, end): (f64, f64),
        rng: &mut impl Rng,
        x: &mut [f64],
    ) {
        let span = Span::covering(start, end, self.longest_step);
        if self.noise > 0.0 {
            let coefficients = kinetics.drift_and_noise(shift, self.noise);
            Langevin::new(kinetics.size(), EULER_MARUYAMA, coefficients)
                .with_floor_at_zero()
                .run(span, rng, x);
        } else {
            rk4(kinetics.velocity(shift), span, x);
        }
    }
}

impl Measurement {
    fn apply(self, kinetics: &Kinetics, states: &mut Mat<f64>, rng: &mut impl Rng) {
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

/// Changes of the basal transcription of a random share of the genes, 0 for the others.
fn random_shift(genes: usize, share: f64, strength: f64, rng: &mut impl Rng) -> Vec<f64> {
    let mut shift = vec![0.0; genes];
    let count = ((share * genes as f64).round() as usize).max(1);
    // sorted, so that the numbers do not hang on how the sample is ordered inside
    let mut chosen = index::sample(rng, genes, count).into_vec();
    chosen.sort_unstable();
    for gene in chosen {
        let size = strength * rng.random_range(0.5..1.0);
        shift[gene] = if rng.random() { size } else { -size };
    }
    shift
}

#[cfg(test)]
mod tests {
    use super::super::kinetics::GeneKinetics;
    use super::super::promoter::Regulation;
    use super::*;
    use crate::genes::Genes;

    fn constitutive(genes: usize) -> Kinetics {
        let one = GeneKinetics {
            basal: 0.0,
            maximal: 1.0,
            mrna_decay: 0.5,
            protein: None,
            regulation: Regulation::default(),
        };
        let names = Genes::new((0..genes).map(|i| format!("g{i}"))).expect("distinct");
        Kinetics::new(names, vec![one; genes]).expect("valid")
    }

    fn quiet() -> Experiment {
        Experiment {
            design: Design::Perturbation {
                share: 1.0 / 3.0,
                strength: 1.0,
            },
            series: 3,
            points: 21,
            interval: 5.0,
            longest_step: 0.1,
            noise: 0.0,
            measurement: Measurement::default(),
        }
    }

    #[test]
    fn a_third_of_the_genes_moves_in_the_first_half_and_comes_back() {
        let simulated = quiet().run(&constitutive(9), Seed(1));
        for series in simulated.expression.series() {
            let x = series.values();
            let moved = (0..9)
                .filter(|&j| (x[(10, j)] - x[(0, j)]).abs() > 0.1)
                .count();
            assert_eq!(moved, 3);
            assert!((0..9).all(|j| (x[(20, j)] - x[(0, j)]).abs() < 1e-6));
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_data_and_another_seed_others() {
        let noisy = Experiment {
            noise: 0.1,
            measurement: Measurement {
                multiplicative: 0.1,
                additive: 0.01,
            },
            ..quiet()
        };
        let values = |seed| {
            let simulated = noisy.run(&constitutive(4), Seed(seed));
            simulated.expression.series()[2].values().clone()
        };
        assert_eq!(values(1), values(1));
        assert_ne!(values(1), values(2));
    }

    #[test]
    fn one_series_more_leaves_the_others_as_they_were() {
        let more = Experiment {
            series: 4,
            noise: 0.1,
            ..quiet()
        };
        let fewer = Experiment { series: 2, ..more };
        let kinetics = constitutive(4);
        let (more, fewer) = (more.run(&kinetics, Seed(1)), fewer.run(&kinetics, Seed(1)));
        for (a, b) in fewer
            .expression
            .series()
            .iter()
            .zip(more.expression.series())
        {
            assert_eq!(a.values(), b.values());
        }
    }

    #[test]
    fn the_measurement_has_the_errors_that_it_names() {
        let measurement = Measurement {
            multiplicative: 0.1,
            additive: 0.05,
        };
        let (kinetics, n) = (constitutive(1), 20_000);
        let spread = |level: f64| {
            let mut states = Mat::from_fn(n, 1, |_, _| level);
            let mut rng = Seed(2).stream(Purpose::MeasurementNoise, 0);
            measurement.apply(&kinetics, &mut states, &mut rng);
            let mean = states.col(0).iter().sum::<f64>() / n as f64;
            let square = |y: &f64| (y - mean).powi(2);
            (states.col(0).iter().map(square).sum::<f64>() / n as f64).sqrt()
        };
        // full level 2: the additive part is 0.1, the multiplicative one 0.1 of the level
        assert!((spread(1.0) - 0.02f64.sqrt()).abs() < 0.005);
        assert!((spread(20.0) / 2.0 - 1.0).abs() < 0.03);
    }
}
