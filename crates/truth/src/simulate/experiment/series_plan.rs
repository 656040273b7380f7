//! Time series: the perturbation of the network in each one, and when it is sampled.
//!
//! A series is one path of `dx = f(x, u(t)) dt + s √(production + decay) dW` from a steady state
//! or from random levels, sampled at `points` times; `u` is a [`Perturbation`] that lasts for a
//! part of the series. Measurement errors are added afterwards. Every series has random streams of
//! its own, so that one series more leaves the others as they were.

use faer::Mat;
use rand::Rng;
use rand::seq::index;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::steady_search::{SteadySearch, SteadyStateError};
use super::{Measurement, Noise};
use crate::simulate::kinetics::{Kinetics, Perturbation};
use crate::simulate::setting_range::{
    OutOfRange, require, require_moderate, require_nonnegative, require_positive,
};
use cistron::expression::{Expression, TimeSeries};
use cistron::genes::Gene;
use cistron::seed::{Purpose, Seed};

/// The perturbation of the network in each series.
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
    /// # Errors   [`OutOfRange`] naming the setting, its value and what it has to be.
    pub fn check(&self) -> Result<(), OutOfRange> {
        match self.design {
            Design::Perturbation {
                share,
                strength,
                lasts,
            } => {
                require_part("share", share)?;
                require_positive("strength", strength)?;
                require_moderate("strength", strength)?;
                require_part("lasts", lasts)?;
            }
            Design::Scaling { level } => require_moderate("level", level)?,
            Design::Relaxation { lead } => require_nonnegative("lead", lead)?,
        }
        require_positive("count", self.count as f64)?;
        let samples = self.count as f64 * self.points as f64;
        let rule = "at most 10 million";
        require("count × points", samples, samples <= 1e7, rule)?;
        require("points", self.points as f64, self.points >= 2, "2 or more")?;
        require_positive("interval", self.interval)
    }

    /// Does the experiment; the same seed gives the same numbers for any number of threads.
    ///
    /// Series are called `1`, `2`, … and start at time 0. Where they start from a steady state and
    /// there is noise, the network fluctuates for half the length of a series before time 0, so
    /// that the first sample is one of its stationary states.
    ///
    /// # Errors   [`SteadyStateError`] if the design starts from a steady state and there is none.
    /// # Panics   if [`SeriesPlan::check`] fails (a bug in the caller).
    /// # Cost     `count · points · interval / longest_step` evaluations of the kinetics, series
    ///   in parallel.
    pub fn run(
        &self,
        kinetics: &Kinetics,
        noise: &Noise,
        measurement: Measurement,
        seed: Seed,
    ) -> Result<Expression, SteadyStateError> {
        self.check().expect("settings were checked");
        let steady_state = match self.design {
            Design::Relaxation { .. } => Vec::new(),
            _ => SteadySearch::new(kinetics).wild_type()?,
        };
        let experiment = SeriesExperiment {
            plan: self,
            kinetics,
            noise,
            seed,
            scaled: scaled_genes(kinetics.genes().len(), seed),
            steady_state,
        };
        let series = (0..self.count).into_par_iter().map(|number| {
            let mut states = experiment.trajectory(number);
            let mut errors = seed.stream(Purpose::MeasurementNoise, number as u64);
            measurement.apply(kinetics, &mut states, &mut errors);
            let name = (number + 1).to_string();
            TimeSeries::new(name, self.times(), states).expect("times increase")
        });
        let expression = Expression::new(kinetics.genes().clone(), series.collect());
        Ok(expression.expect("distinct names, finite values, two points or more"))
    }

    fn times(&self) -> Vec<f64> {
        (0..self.points).map(|k| k as f64 * self.interval).collect()
    }
}

fn require_part(field: &'static str, value: f64) -> Result<(), OutOfRange> {
    let inside = value > 0.0 && value <= 1.0;
    require(field, value, inside, "above 0 and at most 1")
}

/// The common part of all series of a plan.
struct SeriesExperiment<'a> {
    plan: &'a SeriesPlan,
    kinetics: &'a Kinetics,
    noise: &'a Noise,
    seed: Seed,
    /// Genes in the order in which series scale them.
    scaled: Vec<Gene>,
    /// State of the wild type; empty for designs that do not start from it.
    steady_state: Vec<f64>,
}

/// A perturbation and the last sample under it.
struct Stimulus {
    done: Perturbation,
    until: usize,
}

impl SeriesExperiment<'_> {
    /// States without errors of measurement, `points × p`.
    fn trajectory(&self, number: usize) -> Mat<f64> {
        let (kinetics, plan) = (self.kinetics, self.plan);
        let mut drawn = self.seed.stream(Purpose::Perturbation, number as u64);
        let mut process = self.seed.stream(Purpose::ProcessNoise, number as u64);
        let genes = kinetics.genes().len();
        let calm = Perturbation::none(genes);
        let (mut x, lead) = match plan.design {
            Design::Relaxation { lead } => {
                let mut x = kinetics.full_levels();
                x.iter_mut().for_each(|x| *x *= drawn.random::<f64>());
                (x, lead)
            }
            _ => {
                let half = plan.interval * (plan.points / 2) as f64;
                (self.steady_state.clone(), half)
            }
        };
        let before = -lead..0.0;
        self.noise
            .advance(kinetics, &calm, before, &mut process, &mut x);
        let stimulus = self.stimulus(number, &mut drawn);
        let times = plan.times();
        let mut states = Mat::zeros(plan.points, genes);
        for row in 0..plan.points {
            if row > 0 {
                let done = if row <= stimulus.until {
                    &stimulus.done
                } else {
                    &calm
                };
                let span = times[row - 1]..times[row];
                self.noise
                    .advance(kinetics, done, span, &mut process, &mut x);
            }
            (0..genes).for_each(|j| states[(row, j)] = x[j]);
        }
        states
    }

    fn stimulus(&self, number: usize, rng: &mut impl Rng) -> Stimulus {
        let genes = self.kinetics.genes().len();
        match self.plan.design {
            Design::Perturbation {
                share,
                strength,
                lasts,
            } => {
                let intervals = (self.plan.points - 1) as f64;
                Stimulus {
                    done: random_shift(genes, share, strength, rng),
                    until: (intervals * lasts).floor().max(1.0) as usize,
                }
            }
            Design::Scaling { level } => {
                let gene = self.scaled[number % self.scaled.len()];
                Stimulus {
                    done: Perturbation::none(genes).scaled(gene, level),
                    until: self.plan.points,
                }
            }
            Design::Relaxation { .. } => Stimulus {
                done: Perturbation::none(genes),
                until: 0,
            },
        }
    }
}

/// The genes in the order in which series scale them.
fn scaled_genes(genes: usize, seed: Seed) -> Vec<Gene> {
    // a separate stream, far from those of the series
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
    use super::*;
    use crate::simulate::experiment::test_networks::constitutive;

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
            .expect("a steady state")
    }

    #[test]
    fn a_third_of_the_genes_moves_in_the_first_half_and_comes_back() {
        let data = PLAN
            .run(&constitutive(9), &quiet(), Measurement::default(), Seed(1))
            .expect("a steady state");
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
            .expect("a steady state");
        let x = data.series()[0].values();
        assert!((0..2).any(|j| (x[(20, j)] - x[(0, j)]).abs() > 0.1));
    }

    #[test]
    fn each_series_of_knockouts_switches_another_gene_off() {
        let design = Design::Scaling { level: 0.0 };
        let plan = SeriesPlan { design, ..PLAN };
        let data = plan
            .run(&constitutive(3), &quiet(), Measurement::default(), Seed(1))
            .expect("a steady state");
        let mut off = Vec::new();
        for series in data.series() {
            let x = series.values();
            off.extend((0..3).filter(|&j| x[(20, j)] < 1e-6 * x[(0, j)]));
        }
        off.sort_unstable();
        assert_eq!(off, [0, 1, 2]);
    }

    #[test]
    fn the_same_seed_gives_the_same_data_and_another_seed_others() {
        let [first, again, other] =
            [1, 1, 2].map(|seed| noisy(PLAN, seed).series()[2].values().clone());
        assert_eq!(first, again);
        assert_ne!(first, other);
    }

    #[test]
    fn one_series_more_leaves_the_others_as_they_were() {
        let (more, fewer) = (noisy(SeriesPlan { count: 4, ..PLAN }, 1), noisy(PLAN, 1));
        for (a, b) in fewer.series().iter().zip(more.series()) {
            assert_eq!(a.values(), b.values());
        }
    }
}
