//! How noise grows with the level: the exponent `a` of `σ(x) ∝ xᵃ` on the linear scale.
//!
//! The noise of a sample is how far it is from the straight line between the samples before and
//! after it, `d = x₁ − (1 − w) x₀ − w x₂` with `w = (t₁ − t₀)/(t₂ − t₀)`, divided by
//! `√(1 + w² + (1 − w)²)`; of replicated steady states, by interventions or by name, how far it is from their
//! mean. All genes and
//! samples are divided into ten parts by the level there; `a` is the slope of the logarithm of the
//! noise by the logarithm of the level over the parts, with the standard error of a regression.
//!
//! A course that bends looks like noise that grows with the level. Distances of white noise have a
//! correlation of −2/3 between neighbours and those of a bend a positive one; at more than −1/3 noise
//! is not separated.

use super::replicates::replicate_groups;
use super::{Data, SteadyStates, Stored, TimeSeries};
use crate::numeric::{DEVIATION_OF_MAD, mean, median};

/// Parts by level; with 5 or 20 exponents of DREAM4-100 move by less than 0.05.
const PARTS: usize = 10;
/// Fewest distances: 20 per part.
const FEWEST: usize = 200;
/// Robust standard deviations beyond which a distance is cut.
const CUT: f64 = 3.0;
/// Largest correlation of neighbours at which distances are noise: half of that of white noise.
const LARGEST_CORRELATION: f64 = -1.0 / 3.0;
/// Levels of the last part over those of the first below which nothing is seen to grow.
const LEAST_SPAN: f64 = 2.0;

/// The exponent and what else the distances say.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct NoiseExponent {
    pub(super) exponent: f64,
    /// Its standard error.
    pub(super) error: f64,
    /// The level at which noise that grows with it is as large as that which does not; none if it
    /// is nowhere.
    pub(super) crossing: Option<f64>,
    /// Whether replicates say so.
    pub(super) replicates: bool,
}

/// A distance with the level at which it is.
#[derive(Clone, Copy)]
struct Distance {
    level: f64,
    size: f64,
}

/// The exponent, of replicates where there are enough, else along series; none where there are too few samples,
/// or noise is not separated.
///
/// # Cost   `O(n p log np)`.
pub(super) fn noise_exponent(data: &Data, stored: Stored) -> Option<NoiseExponent> {
    let replicates = data.steady_states().map(|s| of_replicates(s, stored));
    if let Some(found) = replicates.and_then(|found| of_distances(found, true)) {
        return Some(found);
    }
    let series = data.series()?.series();
    let mut distances = Vec::new();
    let mut products = Neighbours::default();
    for one in series {
        for gene in 0..data.genes().len() {
            let before = distances.len();
            along(one, gene, stored, &mut distances);
            products.add(&distances[before..]);
        }
    }
    if products
        .correlation()
        .is_none_or(|r| r > LARGEST_CORRELATION)
    {
        return None;
    }
    of_distances(distances, false)
}

/// Products of distances that follow each other, each over its level.
#[derive(Default)]
struct Neighbours {
    product: f64,
    square: f64,
}

impl Neighbours {
    /// Levels of 0 and traces below have no root, and no part in this.
    fn add(&mut self, course: &[Distance]) {
        let size = |one: &Distance| one.size / one.level.sqrt();
        for pair in course.windows(2) {
            if pair.iter().all(|one| one.level > 0.0) {
                let (a, b) = (size(&pair[0]), size(&pair[1]));
                self.product += a * b;
                self.square += 0.5 * (a * a + b * b);
            }
        }
    }

    fn correlation(&self) -> Option<f64> {
        (self.square > 0.0).then(|| self.product / self.square)
    }
}

/// The distances of one gene along one series.
fn along(series: &TimeSeries, gene: usize, stored: Stored, out: &mut Vec<Distance>) {
    let x = |row: usize| stored.linear(series.values()[(row, gene)]);
    let t = series.times();
    for row in 1..t.len().saturating_sub(1) {
        let levels = [x(row - 1), x(row), x(row + 1)];
        let w = (t[row] - t[row - 1]) / (t[row + 1] - t[row - 1]);
        let off = levels[1] - (1.0 - w) * levels[0] - w * levels[2];
        let distance = Distance {
            level: mean(&levels),
            size: off / (1.0 + w * w + (1.0 - w).powi(2)).sqrt(),
        };
        if distance.size.is_finite() {
            out.push(distance);
        }
    }
}

/// The distances of replicates from their mean.
fn of_replicates(states: &SteadyStates, stored: Stored) -> Vec<Distance> {
    let mut out = Vec::new();
    for rows in replicate_groups(states)
        .iter()
        .filter(|rows| rows.len() > 1)
    {
        let n = rows.len() as f64;
        for gene in 0..states.genes().len() {
            let levels = rows
                .iter()
                .map(|row| stored.linear(states.values()[(*row, gene)]));
            let levels: Vec<f64> = levels.filter(|x| x.is_finite()).collect();
            if levels.len() < rows.len() {
                continue;
            }
            let level = mean(&levels);
            out.extend(levels.iter().map(|x| Distance {
                level,
                size: (x - level) * (n / (n - 1.0)).sqrt(),
            }));
        }
    }
    out
}

fn of_distances(mut distances: Vec<Distance>, replicates: bool) -> Option<NoiseExponent> {
    distances.retain(|one| one.level > 0.0);
    if distances.len() < FEWEST {
        return None;
    }
    distances.sort_by(|a, b| a.level.total_cmp(&b.level));
    let n = distances.len();
    let parts = (0..PARTS).map(|k| &distances[k * n / PARTS..(k + 1) * n / PARTS]);
    let (levels, noise): (Vec<f64>, Vec<f64>) = parts.map(summary).unzip();
    let squares: Vec<f64> = noise.iter().map(|s| s * s).collect();
    if !noise.iter().all(|s| *s > 0.0) || levels[PARTS - 1] < LEAST_SPAN * levels[0] {
        return None;
    }
    let (exponent, error) = slope(&logs(&levels), &logs(&noise));
    let [constant, growing] = super::baseline::variance(&levels, &squares);
    Some(NoiseExponent {
        exponent,
        error,
        crossing: (growing > 0.0).then(|| (constant / growing).sqrt()),
        replicates,
    })
}

/// Median level and noise of a part, large distances cut.
fn summary(part: &[Distance]) -> (f64, f64) {
    let levels: Vec<f64> = part.iter().map(|one| one.level).collect();
    let sizes: Vec<f64> = part.iter().map(|one| one.size.abs()).collect();
    let most = CUT * DEVIATION_OF_MAD * median(&sizes);
    let squares: Vec<f64> = sizes.iter().map(|s| s.min(most).powi(2)).collect();
    (median(&levels), mean(&squares).sqrt())
}

fn logs(values: &[f64]) -> Vec<f64> {
    values.iter().map(|x| x.ln()).collect()
}

/// Slope of the least-squares line and its standard error.
fn slope(x: &[f64], y: &[f64]) -> (f64, f64) {
    let (middle, height) = (mean(x), mean(y));
    let sum = |f: &dyn Fn(f64, f64) -> f64| x.iter().zip(y).map(|(x, y)| f(*x, *y)).sum::<f64>();
    let square = sum(&|x, _| (x - middle).powi(2));
    let slope = sum(&|x, y| (x - middle) * (y - height)) / square;
    let residual = sum(&|x, y| (y - height - slope * (x - middle)).powi(2));
    (slope, (residual / (x.len() - 2) as f64 / square).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::{Expression, Origin, SteadySample};
    use crate::genes::Genes;
    use crate::seed::{Purpose, Seed};
    use faer::Mat;
    use rand::Rng;

    /// Forty genes around levels over two decades, with noise `0.1 xᵃ`.
    fn noisy(exponent: f64) -> Data {
        let mut rng = Seed(3).stream(Purpose::Synthetic, 0);
        let values = Mat::from_fn(20, 40, |_, j| {
            let level = 10.0_f64.powf(j as f64 / 20.0);
            let unit: f64 = (0..12).map(|_| rng.random::<f64>()).sum::<f64>() - 6.0;
            level + 0.1 * level.powf(exponent) * unit
        });
        let times = (0..20).map(f64::from).collect();
        let series = TimeSeries::new("s", times, values).expect("increasing");
        let genes = Genes::new((0..40).map(|j| format!("g{j}"))).expect("distinct");
        Data::from(Expression::new(genes, vec![series]).expect("sound"))
    }

    #[test]
    fn the_exponent_of_simulated_noise_is_found() {
        for exponent in [0.0, 0.5, 1.0] {
            let found = noise_exponent(&noisy(exponent), Stored::Linear).expect("noise");
            assert!((found.exponent - exponent).abs() < 0.1, "{found:?}");
            assert!(found.error < 0.1);
        }
    }

    #[test]
    fn replicates_of_steady_states_are_known_by_name() {
        let mut rng = Seed(5).stream(Purpose::Synthetic, 0);
        let genes = Genes::new((0..40).map(|j| format!("g{j}"))).expect("distinct");
        let samples = (0..60).map(|i| SteadySample {
            name: format!("row {i}"),
            label: format!("c{}_rep{}", i / 3, i % 3),
            origin: Origin::Multifactorial,
        });
        let values = Mat::from_fn(60, 40, |_, j| {
            10.0_f64.powf(j as f64 / 10.0) * (1.0 + 0.1 * (rng.random::<f64>() - 0.5))
        });
        let states = SteadyStates::new(genes, samples.collect(), values).expect("sound");
        let found = noise_exponent(&Data::from(states), Stored::Linear).expect("noise");
        assert!(
            found.replicates && (found.exponent - 1.0).abs() < 0.1,
            "{found:?}"
        );
    }

    #[test]
    fn a_trace_below_zero_does_not_make_noise_of_a_course() {
        let genes = Genes::new((0..40).map(|j| format!("g{j}"))).expect("distinct");
        let values = Mat::from_fn(20, 40, |i, j| match (i, j) {
            (7, 0) => -1e-9,
            (_, 0) => 0.0,
            _ => 10.0_f64.powf(j as f64 / 20.0) * (1.5 + (0.5 * i as f64 + j as f64).sin()),
        });
        let times = (0..20).map(f64::from).collect();
        let series = TimeSeries::new("s", times, values).expect("increasing");
        let data = Data::from(Expression::new(genes, vec![series]).expect("sound"));
        assert_eq!(noise_exponent(&data, Stored::Linear), None);
    }

    #[test]
    fn a_course_without_noise_has_no_exponent() {
        let genes = Genes::new((0..40).map(|j| format!("g{j}"))).expect("distinct");
        let values = Mat::from_fn(20, 40, |i, j| {
            let level = 10.0_f64.powf(j as f64 / 20.0);
            level * (1.5 + (0.5 * i as f64 + j as f64).sin())
        });
        let times = (0..20).map(f64::from).collect();
        let series = TimeSeries::new("s", times, values).expect("increasing");
        let data = Data::from(Expression::new(genes, vec![series]).expect("sound"));
        assert_eq!(noise_exponent(&data, Stored::Linear), None);
    }
}
