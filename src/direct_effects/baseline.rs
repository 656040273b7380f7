//! The wild type and the noise of every gene, from all samples at rest together.

use crate::expression::{Origin, SteadyStates};
use crate::genes::Gene;
use crate::numeric::{mean, median};

/// Where every gene rests when nothing is done to it, and how far single samples lie from there.
#[derive(Clone, Debug, PartialEq)]
pub struct SteadyBaseline {
    /// Level of the wild type, `p`, on the scale of the states.
    pub level: Vec<f64>,
    /// Standard deviation of one sample, `p`, above 0.
    pub noise: Vec<f64>,
}

/// From this many samples on, those with interventions tell the wild type, too.
const ENOUGH: usize = 8;
/// Samples that the noise of genes of the same level is worth.
const PRIOR_SAMPLES: f64 = 10.0;
/// Range of levels over which the noise is pooled, as a share of the range of all levels.
const BANDWIDTH: f64 = 0.15;
/// Half-width of what is kept around the centre, in standard deviations.
const KEPT: f64 = 2.0;
/// The least noise, as a share of the mean level; with few samples more.
const LEAST: f64 = 0.005;
/// Makes the median absolute deviation a standard deviation of normal numbers.
const NORMAL: f64 = 1.4826;

impl SteadyBaseline {
    /// Levels and noise that most samples agree on.
    ///
    /// Most interventions leave most genes alone, so the samples with interventions tell the wild
    /// type as well: the level is the mean of the samples within two standard deviations of the
    /// centre, found by iteration from the median, and the noise the median absolute deviation
    /// from it, shrunk towards that of genes of about the same level. A gene's own interventions
    /// do not count, nor do samples of unknown perturbations.
    ///
    /// # Cost   `O(n·p log n + p²)`.
    #[must_use]
    pub fn new(states: &SteadyStates) -> Self {
        let p = states.genes().len();
        let samples: Vec<Vec<f64>> = states
            .genes()
            .iter()
            .map(|g| steady_levels(states, g))
            .collect();
        let centers: Vec<(f64, f64)> = samples.iter().map(|values| center(values)).collect();
        let level: Vec<f64> = centers.iter().map(|(level, _)| *level).collect();
        let height = mean(&level.iter().map(|x| x.abs()).collect::<Vec<_>>());
        let height = if height > 0.0 { height } else { 1.0 };
        let count = |g: usize| samples[g].len() as f64;
        let own: Vec<f64> = (0..p)
            .map(|g| {
                centers[g]
                    .1
                    .max(height * LEAST.max(0.1 / count(g).max(1.0)))
            })
            .collect();
        let pooled = pooled(&level, &own);
        let noise = (0..p).map(|g| {
            let sum = count(g) * own[g] * own[g] + PRIOR_SAMPLES * pooled[g] * pooled[g];
            (sum / (count(g) + PRIOR_SAMPLES)).sqrt()
        });
        Self {
            noise: noise.collect(),
            level,
        }
    }
}

/// Values of a gene that tell its wild type.
fn steady_levels(states: &SteadyStates, gene: Gene) -> Vec<f64> {
    let known = |at: usize| states.samples()[at].origin != Origin::Multifactorial;
    let all = (0..states.len()).filter(|at| known(*at)).count();
    let wild = states.samples().iter().any(|one| one.is_wild_type());
    let is_informative = |at: usize| {
        let sample = &states.samples()[at];
        let wanted = all >= ENOUGH || !wild || sample.is_wild_type();
        known(at) && wanted && sample.changed().all(|changed| changed != gene)
    };
    let values = |take: &dyn Fn(usize) -> bool| -> Vec<f64> {
        let rows = (0..states.len()).filter(|at| take(*at));
        let cells = rows.map(|at| states.values()[(at, gene.index())]);
        cells.filter(|x| !x.is_nan()).collect()
    };
    let found = values(&is_informative);
    if found.is_empty() {
        values(&|_| true)
    } else {
        found
    }
}

/// Centre and spread of the bulk; both 0 for no numbers.
fn center(values: &[f64]) -> (f64, f64) {
    if values.is_empty() {
        return (0.0, 0.0);
    }
    let mut level = median(values);
    let spread = |level: f64| {
        let distances: Vec<f64> = values.iter().map(|x| (x - level).abs()).collect();
        NORMAL * median(&distances)
    };
    for _ in 0..10 {
        let width = KEPT * spread(level);
        let near = values.iter().copied();
        let near: Vec<f64> = near.filter(|x| (x - level).abs() <= width).collect();
        if near.is_empty() || mean(&near) == level {
            break;
        }
        level = mean(&near);
    }
    (level, spread(level))
}

/// Geometric mean of the noise over genes, weighted by how near their levels are.
fn pooled(level: &[f64], noise: &[f64]) -> Vec<f64> {
    let least = level.iter().copied().fold(f64::INFINITY, f64::min);
    let most = level.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let width = BANDWIDTH * (most - least) + f64::MIN_POSITIVE.sqrt();
    let at = |here: f64| {
        let (mut sum, mut weights) = (0.0, 0.0);
        for (there, noise) in level.iter().zip(noise) {
            let weight = (-0.5 * ((here - there) / width).powi(2)).exp();
            sum += weight * noise.ln();
            weights += weight;
        }
        (sum / weights).exp()
    };
    level.iter().map(|here| at(*here)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_that_respond_do_not_move_the_centre() {
        let mut values: Vec<f64> = (0..21).map(|i| 1.0 + 0.01 * f64::from(i - 10)).collect();
        values.extend([9.0, 8.0, -4.0]);
        let (level, spread) = center(&values);
        assert!((level - 1.0).abs() < 0.02, "{level}");
        assert!(spread < 0.15, "{spread}");
    }

    #[test]
    fn noise_is_pooled_over_genes_of_the_same_level() {
        let found = pooled(&[1.0, 1.0, 9.0], &[0.1, 0.4, 5.0]);
        assert!((found[0] - 0.2).abs() < 1e-6 && (found[1] - 0.2).abs() < 1e-6);
        assert!((found[2] - 5.0).abs() < 1e-6);
    }
}
