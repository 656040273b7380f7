//! Time series: what is done to the network in each one, and when it is sampled.

use faer::Mat;
use rand::Rng;
use rand::seq::index;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::rest::Resting;
use super::{ExperimentError, Measurement, NeverAtRest, Noise, moderate, need, no_less, positive};
use crate::simulate::kinetics::{Kinetics, Perturbation};
use cistron::expression::{Expression, TimeSeries};
use cistron::genes::Gene;
use cistron::seed::{Purpose, Seed};

/// What is done to the network in each series.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub enum Design {
    /// From its steady state, the basal transcription of some random genes is raised or lowered
    /// during the first part of the series; in the rest the network relaxes.
    ///
    /// # Source   The time series of the DREAM4 in silico challenge, Schaffter et al. (2011),
    ///   Bioinformatics 27:2263.
    Perturbation {
        /// Part of the genes that are perturbed, rounded, but at least one gene.
        share: f64,
        /// The strongest change, as a part of the maximal transcription; the size is uniform
        /// between half of it and all of it, the direction random.
        strength: f64,
        /// Part of the series for which it lasts, half of it if not said; 1 for all of it. At
        /// least one interval is perturbed.
        #[serde(default = "half")]
        lasts: f64,
    },
    /// From its steady state, the transcription of one gene is multiplied; another gene in each
    /// series, in random order.
    Scaling {
        /// The factor: 0 for knockouts, ½ for knockdowns, 2 for overexpression.
        level: f64,
    },
    /// Free running from random levels of everything, uniform up to those of full transcription.
    Relaxation {
        /// Time that passes before the first sample; 0 shows the relaxation itself, a long one
        /// shows an oscillator in a random phase.
        lead: f64,
    },
}

fn half() -> f64 {
    0.5
}

/// Time series of the mRNA of all genes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeriesPlan {
    /// What is done to the network.
    pub design: Design,
    /// Number of series.
    pub count: usize,
    /// Samples of each series.
    pub points: usize,
    /// Time between two samples.
    pub interval: f64,
}

impl SeriesPlan {
    /// Whether every setting is in its range.
    ///
    /// # Errors   [`ExperimentError`] naming the setting, its value and what it has to be.
    pub fn check(&self) -> Result<(), ExperimentError> {
        let part = |field, value: f64| {
            let inside = value > 0.0 && value <= 1.0;
            need(field, value, inside, "above 0 and at most 1")
        };
        match self.design {
            Design::Perturbation {
                share,
                strength,
                lasts,
            } => {
                part("share", share)?;
                positive("strength", strength)?;
                moderate("strength", strength)?;
                part("lasts", lasts)?;
            }
            Design::Scaling { level } => moderate("level", level)?,
            Design::Relaxation { lead } => no_less("lead", lead)?,
        }
        positive("count", self.count as f64)?;
        let samples = self.count as f64 * self.points as f64;
        need(
            "count × points",
            samples,
            samples <= 1e7,
            "at most 10 million",
        )?;
        need("points", self.points as f64, self.points >= 2, "2 or more")?;
        positive("interval", self.interval)
    }

    /// Does the experiment; the same seed gives the same numbers for any number of threads.
    ///
    /// Series are called `1`, `2`, … and start at time 0. Where they start from a steady state and
    /// there is noise, the network fluctuates for half the length of a series before time 0, so
    /// that the first sample is one of its stationary states.
    ///
    /// # Errors   [`NeverAtRest`] if the design starts from a steady state and there is none.
    /// # Panics   if [`SeriesPlan::check`] fails (a bug in the caller).
    /// # Cost     `count · points · interval / longest_step` evaluations of the kinetics, series
    ///   in parallel.
    pub fn run(
        &self,
        kinetics: &Kinetics,
        noise: &Noise,
        measurement: Measurement,
        seed: Seed,
    ) -> Result<Expression, NeverAtRest> {
        self.check().expect("settings were checked");
        let rest = match self.design {
            Design::Relaxation { .. } => Vec::new(),
            _ => Resting::new(kinetics).wild_type()?,
        };
        let scaled = scaled_genes(kinetics.genes().len(), seed);
        let one = |number: usize| {
            let scaled = scaled[number % scaled.len()];
            let mut series = self.trajectory(kinetics, noise, seed, (number, scaled), &rest);
            let mut errors = seed.stream(Purpose::MeasurementNoise, number as u64);
            measurement.apply(kinetics, &mut series, &mut errors);
            TimeSeries::new((number + 1).to_string(), self.times(), series).expect("times increase")
        };
        let series = (0..self.count).into_par_iter().map(one).collect();
        let expression = Expression::new(kinetics.genes().clone(), series);
        Ok(expression.expect("distinct names, finite values, two points or more"))
    }

    fn times(&self) -> Vec<f64> {
        let at = |k| k as f64 * self.interval;
        (0..self.points).map(at).collect()
    }

    /// States without errors of measurement, `points × p`.
    fn trajectory(
        &self,
        kinetics: &Kinetics,
        noise: &Noise,
        seed: Seed,
        (number, scaled): (usize, Gene),
        rest: &[f64],
    ) -> Mat<f64> {
        let mut drawn = seed.stream(Purpose::Perturbation, number as u64);
        let mut process = seed.stream(Purpose::ProcessNoise, number as u64);
        let genes = kinetics.genes().len();
        let calm = Perturbation::none(genes);
        let (mut x, lead) = match self.design {
            Design::Relaxation { lead } => {
                let mut x = kinetics.full_levels();
                x.iter_mut().for_each(|x| *x *= drawn.random::<f64>());
                (x, lead)
            }
            _ => (rest.to_vec(), self.interval * (self.points / 2) as f64),
        };
        noise.advance(kinetics, &calm, (-lead, 0.0), &mut process, &mut x);
        let (done, until) = match self.design {
            Design::Perturbation {
                share,
                strength,
                lasts,
            } => {
                let last = ((self.points - 1) as f64 * lasts).floor().max(1.0) as usize;
                (random_shift(genes, share, strength, &mut drawn), last)
            }
            Design::Scaling { level } => (calm.clone().scaled(scaled, level), self.points),
            Design::Relaxation { .. } => (calm.clone(), 0),
        };
        let times = self.times();
        let mut states = Mat::zeros(self.points, genes);
        for row in 0..self.points {
            if row > 0 {
                let done = if row <= until { &done } else { &calm };
                let span = (times[row - 1], times[row]);
                noise.advance(kinetics, done, span, &mut process, &mut x);
            }
            (0..genes).for_each(|j| states[(row, j)] = x[j]);
        }
        states
    }
}

/// The genes in the order in which series scale them.
fn scaled_genes(genes: usize, seed: Seed) -> Vec<Gene> {
    // a stream of its own, far from those of the series
    let mut rng = seed.stream(Purpose::Perturbation, u64::MAX);
    let order = index::sample(&mut rng, genes, genes);
    order.into_iter().map(Gene).collect()
}

/// Changes of the basal transcription of a random share of the genes.
fn random_shift(genes: usize, share: f64, strength: f64, rng: &mut impl Rng) -> Perturbation {
    let count = ((share * genes as f64).round() as usize).max(1);
    // sorted, so that the numbers do not hang on how the sample is ordered inside
    let mut chosen = index::sample(rng, genes, count).into_vec();
    chosen.sort_unstable();
    chosen
        .into_iter()
        .fold(Perturbation::none(genes), |done, gene| {
            let size = strength * rng.random_range(0.5..1.0);
            let part = if rng.random() { size } else { -size };
            done.shifted(Gene(gene), part)
        })
}

#[cfg(test)]
mod tests {
    use super::super::constitutive;
    use super::*;

    const PLAN: SeriesPlan = SeriesPlan {
        design: Design::Perturbation {
            share: 1.0 / 3.0,
            strength: 1.0,
            lasts: 0.5,
        },
        count: 3,
        points: 21,
        interval: 5.0,
    };

    fn quiet() -> Noise {
        Noise::default()
    }

    fn noisy(plan: SeriesPlan, seed: u64) -> Expression {
        let noise = Noise {
            strength: 0.1,
            longest_step: None,
        };
        let measurement = Measurement {
            multiplicative: 0.1,
            additive: 0.01,
        };
        plan.run(&constitutive(4), &noise, measurement, Seed(seed))
            .expect("at rest")
    }

    #[test]
    fn a_third_of_the_genes_moves_in_the_first_half_and_comes_back() {
        let data = PLAN
            .run(&constitutive(9), &quiet(), Measurement::default(), Seed(1))
            .expect("at rest");
        for series in data.series() {
            let x = series.values();
            let moved = (0..9)
                .filter(|&j| (x[(10, j)] - x[(0, j)]).abs() > 0.1)
                .count();
            assert_eq!(moved, 3);
            assert!((0..9).all(|j| (x[(20, j)] - x[(0, j)]).abs() < 1e-6));
        }
    }

    #[test]
    fn a_lasting_perturbation_does_not_end() {
        let design = Design::Perturbation {
            share: 0.5,
            strength: 1.0,
            lasts: 1.0,
        };
        let plan = SeriesPlan { design, ..PLAN };
        let data = plan
            .run(&constitutive(2), &quiet(), Measurement::default(), Seed(1))
            .expect("at rest");
        let x = data.series()[0].values();
        assert!((0..2).any(|j| (x[(20, j)] - x[(0, j)]).abs() > 0.1));
    }

    #[test]
    fn each_series_of_knockouts_switches_another_gene_off() {
        let design = Design::Scaling { level: 0.0 };
        let plan = SeriesPlan { design, ..PLAN };
        let data = plan
            .run(&constitutive(3), &quiet(), Measurement::default(), Seed(1))
            .expect("at rest");
        let mut off = Vec::new();
        for series in data.series() {
            let x = series.values();
            let gone = |j: &usize| x[(20, *j)] < 1e-6 * x[(0, *j)];
            off.extend((0..3).filter(gone));
        }
        off.sort_unstable();
        assert_eq!(off, [0, 1, 2]);
    }

    #[test]
    fn the_same_seed_gives_the_same_data_and_another_seed_others() {
        let values = |seed| noisy(PLAN, seed).series()[2].values().clone();
        assert_eq!(values(1), values(1));
        assert_ne!(values(1), values(2));
    }

    #[test]
    fn one_series_more_leaves_the_others_as_they_were() {
        let (more, fewer) = (noisy(SeriesPlan { count: 4, ..PLAN }, 1), noisy(PLAN, 1));
        for (a, b) in fewer.series().iter().zip(more.series()) {
            assert_eq!(a.values(), b.values());
        }
    }
}
