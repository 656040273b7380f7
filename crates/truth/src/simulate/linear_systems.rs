//! Random sparse linear systems, as public benchmarks of scaling have them:
//! `dx = (W − δ I) x dt + b dW`, measured with normal errors.

use faer::Mat;
use rand::Rng;

use rayon::prelude::*;

use super::integrate::{EULER_MARUYAMA, Langevin, Span, normal};
use super::kinetics::TrueEdge;
use cistron::expression::{Expression, TimeSeries};
use cistron::genes::{Gene, Genes};
use cistron::network::Sign;
use cistron::seed::{Purpose, Seed};

/// A random linear system and what is measured on it.
///
/// The wiring, the weights, the start, the number of samples, their times and the errors are those
/// of the public table of StructureFlow. Three things differ, as no network of genes could be run
/// forwards there: its systems have no decay and grow without bound, have no noise of their own,
/// and every sample is another trajectory. Here levels decay, the system is noisy, and a
/// trajectory is sampled at all times.
///
/// # Source   Rimawi-Fine et al. (2025), Simulation-free structure learning for stochastic
///   dynamics, arXiv:2510.16656, and the published code of its scaling experiment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct LinearSettings {
    /// Number of genes.
    pub(crate) genes: usize,
    /// Chance of every ordered pair of different genes to be an edge.
    pub(crate) density: f64,
    /// Number of trajectories.
    pub(crate) series: usize,
    /// Samples of each.
    pub(crate) points: usize,
    /// Time between two samples.
    pub(crate) interval: f64,
    /// `b` of the noise of the system, `b dW`.
    pub(crate) noise: f64,
    /// Standard deviation of the errors of measurement.
    pub(crate) error: f64,
}

impl LinearSettings {
    /// 1,000 trajectories of 5 samples every 0.1, errors of 0.1, noise of 0.2.
    #[must_use]
    pub(crate) fn new(genes: usize, density: f64) -> Self {
        Self {
            genes,
            density,
            series: 1_000,
            points: 5,
            interval: 0.1,
            noise: 0.2,
            error: 0.1,
        }
    }
}

/// `dx = (W − δ I) x dt + b dW`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LinearSystem {
    settings: LinearSettings,
    decay: f64,
    /// Regulators and their weights, of every target.
    weights: Vec<Vec<(usize, f64)>>,
}

/// Smallest and largest size of a weight.
const WEIGHT: (f64, f64) = (0.5, 1.0);
/// Standard deviation of the levels at the start, as in the public table.
const START: f64 = 0.5;
/// Steps of the integrator between two samples: of 0.02 in the public table's times, where the
/// fastest rates are a few per unit of time.
const STEPS: usize = 5;

impl LinearSystem {
    /// Draws a system: every pair of different genes is an edge with the chance `density`, its
    /// weight has a size uniform in 0.5 … 1 and either sign. If chance gives no edge at all, the
    /// first gene acts on the second.
    ///
    /// Decay is `δ = 1 + √r` with the mean `r` over targets of `Σⱼ Wᵢⱼ²`. The eigenvalues of a
    /// large random matrix lie in the disc of radius `√r` around 0, so that all modes decay, the
    /// slowest with a rate of about 1.
    ///
    /// # Panics   if there are fewer than 2 genes, or the density is not a probability (a bug in the
    ///   caller).
    /// # Cost     `O(p²)` time, `O(density · p²)` memory.
    /// # Source   Girko (1985), Theory Probab. Appl. 29:694 (the circular law).
    #[must_use]
    pub(crate) fn draw(settings: &LinearSettings, seed: Seed) -> Self {
        let p = settings.genes;
        assert!(p >= 2, "a pair of genes");
        assert!((0.0..=1.0).contains(&settings.density), "a probability");
        let mut weights: Vec<Vec<(usize, f64)>> = (0..p)
            .map(|target| {
                let mut rng = seed.stream(Purpose::Synthetic, target as u64);
                (0..p)
                    .filter(|source| *source != target)
                    .filter_map(|source| {
                        let edge = rng.random_bool(settings.density);
                        edge.then(|| (source, draw_weight(&mut rng)))
                    })
                    .collect()
            })
            .collect();
        if weights.iter().all(Vec::is_empty) {
            weights[1].push((0, WEIGHT.1));
        }
        let squares: f64 = weights.iter().flatten().map(|(_, w)| w * w).sum();
        Self {
            settings: *settings,
            decay: 1.0 + (squares / p as f64).sqrt(),
            weights,
        }
    }

    /// `W − δ I`, row = target, column = regulator.
    #[cfg(test)]
    pub(crate) fn matrix(&self) -> Mat<f64> {
        let p = self.weights.len();
        let mut out = Mat::zeros(p, p);
        for (i, row) in self.weights.iter().enumerate() {
            out[(i, i)] = -self.decay;
            for &(j, w) in row {
                out[(i, j)] = w;
            }
        }
        out
    }

    /// The edges, by target and regulator.
    #[must_use]
    pub(crate) fn edges(&self) -> Vec<TrueEdge> {
        let mut edges = Vec::new();
        for (target, row) in self.weights.iter().enumerate() {
            edges.extend(row.iter().map(|&(source, w)| TrueEdge {
                source: Gene(source),
                target: Gene(target),
                sign: if w > 0.0 {
                    Sign::Activation
                } else {
                    Sign::Repression
                },
            }));
        }
        edges
    }

    /// Trajectories from independent normal levels of standard deviation 0.5, measured with
    /// errors. Genes are called `g1`, `g2`, …
    ///
    /// # Panics   if there are fewer than 2 points or no series (a bug in the caller).
    /// # Cost     `5 · series · points` products with `W`, series in parallel.
    #[must_use]
    pub(crate) fn simulate(&self, seed: Seed) -> Expression {
        let genes = Genes::new((1..=self.weights.len()).map(|k| format!("g{k}")));
        let series = (0..self.settings.series)
            .into_par_iter()
            .map(|number| self.simulate_series(seed, number))
            .collect();
        Expression::new(genes.expect("distinct names"), series)
            .expect("finite values, two points or more")
    }

    fn simulate_series(&self, seed: Seed, number: usize) -> TimeSeries {
        let LinearSettings {
            points,
            interval,
            noise,
            error,
            ..
        } = self.settings;
        let mut process = seed.stream(Purpose::ProcessNoise, number as u64);
        let mut errors = seed.stream(Purpose::MeasurementNoise, number as u64);
        let mut x: Vec<f64> = (0..self.weights.len())
            .map(|_| START * normal(&mut process))
            .collect();
        let mut equation = Langevin::new(x.len(), EULER_MARUYAMA, |_, x, a, b| {
            self.velocity_into(x, a);
            b.fill(noise);
        });
        let times: Vec<f64> = (0..points).map(|k| k as f64 * interval).collect();
        let mut values = Mat::zeros(points, x.len());
        for row in 0..points {
            if row > 0 {
                let (start, end) = (times[row - 1], times[row]);
                let steps = STEPS;
                equation.run(Span { start, end, steps }, &mut process, &mut x);
            }
            for (j, level) in x.iter().enumerate() {
                values[(row, j)] = level + error * normal(&mut errors);
            }
        }
        TimeSeries::new((number + 1).to_string(), times, values).expect("times increase")
    }

    fn velocity_into(&self, x: &[f64], velocity: &mut [f64]) {
        for (i, (v, row)) in velocity.iter_mut().zip(&self.weights).enumerate() {
            let inputs: f64 = row.iter().map(|&(j, w)| w * x[j]).sum();
            *v = inputs - self.decay * x[i];
        }
    }
}

fn draw_weight(rng: &mut impl Rng) -> f64 {
    let size = rng.random_range(WEIGHT.0..=WEIGHT.1);
    if rng.random() { size } else { -size }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(genes: usize, density: f64, seed: u64) -> LinearSystem {
        LinearSystem::draw(&LinearSettings::new(genes, density), Seed(seed))
    }

    #[test]
    fn every_mode_decays() {
        for (genes, density) in [(2, 0.2), (10, 0.05), (10, 0.2), (50, 0.2), (100, 0.05)] {
            for seed in 1..=5 {
                let matrix = drawn(genes, density, seed).matrix();
                let modes = matrix.eigenvalues().expect("a finite matrix");
                let slowest = modes.iter().map(|z| z.re).fold(f64::MIN, f64::max);
                assert!(slowest < 0.0, "{genes} genes, seed {seed}: {slowest}");
            }
        }
    }

    #[test]
    fn the_share_of_edges_is_the_density() {
        let edges = drawn(200, 0.05, 1).edges();
        let pairs = 200.0 * 199.0;
        let spread = f64::sqrt(0.05 * 0.95 / pairs);
        assert!((edges.len() as f64 / pairs - 0.05).abs() < 3.0 * spread);
        assert!(edges.iter().all(|edge| edge.source != edge.target));
        assert_eq!(drawn(5, 0.0, 1).edges().len(), 1);
    }

    /// With neither noise nor errors a series follows `exp(A t)`, up to the error of Euler's steps.
    #[test]
    fn a_calm_series_follows_the_matrix_exponential() {
        let calm = LinearSettings {
            series: 1,
            points: 2,
            interval: 0.01,
            noise: 0.0,
            error: 0.0,
            ..LinearSettings::new(20, 0.2)
        };
        let system = LinearSystem::draw(&calm, Seed(3));
        let data = system.simulate(Seed(3));
        let x = data.series()[0].values().transpose().to_owned();
        let (from, to) = (x.subcols(0, 1), x.subcols(1, 1));
        let a = system.matrix() * faer::Scale(calm.interval);
        let mut term = from.to_owned();
        let mut sum = term.clone();
        for k in 1..8 {
            term = &a * &term * faer::Scale(1.0 / f64::from(k));
            sum += &term;
        }
        assert!((&sum - to).norm_max() < 1e-3 * sum.norm_max());
    }
}
