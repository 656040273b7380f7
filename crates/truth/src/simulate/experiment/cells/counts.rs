//! Counting molecules: library sizes, chance, and loss.
//!
//! A cell of relative library size `cᵢ` gives `nᵢⱼ ~ Poisson(L cᵢ xᵢⱼ / T)` molecules of gene `j`:
//! `xᵢⱼ` is its level, `L` the mean library, `T` the mean sum of levels of a cell, and
//! `cᵢ = exp(σξ − σ²/2)` with `σ² = ln(1 + cv²)`, so that the mean of `cᵢ` is 1. Low values are
//! lost afterwards.

use faer::Mat;
use rand::Rng;
use rand_distr::{Distribution, Poisson};
use rayon::prelude::*;

use super::cell_plan::CellPlan;
use super::population::Sampled;
use crate::simulate::integrate::normal;
use cistron::numeric::quantile;
use cistron::seed::{Purpose, Seed};

/// How molecules of a population are counted, if they are.
pub(super) struct Counting {
    /// Counts for each unit of level at the mean library size; `None` for exact levels.
    capture: Option<f64>,
    /// Library size of each cell, as a part of the mean one.
    factors: Vec<f64>,
    library: f64,
    seed: Seed,
}

/// Kinds of mRNA that have random numbers of their own.
const KINDS: u64 = 2;

impl Counting {
    /// Draws the library sizes, `exp(σξ − σ²/2)` of their mean with `σ² = ln(1 + cv²)`.
    pub(super) fn new(plan: &CellPlan, cells: &[Sampled], seed: Seed) -> Self {
        let sigma = (1.0 + plan.library_spread.powi(2)).ln().sqrt();
        let factors = (0..cells.len()).map(|cell| {
            let xi = normal(&mut stream(seed, cell, 0));
            (sigma * xi - sigma * sigma / 2.0).exp()
        });
        Self {
            capture: plan.library.map(|size| size / mean_total(cells)),
            factors: factors.collect(),
            library: plan.library.unwrap_or(1.0),
            seed,
        }
    }

    /// Counts for each unit of level in a cell of mean library size; 1 without counting.
    pub(super) fn capture(&self) -> f64 {
        self.capture.unwrap_or(1.0)
    }

    /// Library size of a cell.
    pub(super) fn library(&self, cell: usize) -> f64 {
        self.library * self.factors[cell]
    }

    /// One kind of mRNA as it is measured, `n × p`; NaN stays.
    ///
    /// * `kind`: 0 for spliced, 1 for unspliced mRNA
    pub(super) fn measure(
        &self,
        cells: &[Sampled],
        levels: impl Fn(&Sampled) -> &Vec<f64> + Sync,
        kind: u64,
    ) -> Mat<f64> {
        let rows: Vec<Vec<f64>> = (0..cells.len())
            .into_par_iter()
            .map(|number| {
                let levels = levels(&cells[number]);
                let Some(capture) = self.capture else {
                    return levels.clone();
                };
                let mut rng = stream(self.seed, number, 1 + kind);
                let depth = capture * self.factors[number];
                levels.iter().map(|x| count(depth * x, &mut rng)).collect()
            })
            .collect();
        let genes = rows.first().map_or(0, Vec::len);
        Mat::from_fn(rows.len(), genes, |i, j| rows[i][j])
    }
}

/// Random numbers of a cell: number 0 for its library, then one for each kind of mRNA.
fn stream(seed: Seed, cell: usize, number: u64) -> impl Rng {
    seed.stream(Purpose::CellCounts, cell as u64 * (1 + KINDS) + number)
}

/// A Poisson number; 0 for a mean of 0, NaN for NaN.
fn count(mean: f64, rng: &mut impl Rng) -> f64 {
    if mean > 0.0 {
        Poisson::new(mean).map_or(mean, |law| law.sample(rng))
    } else {
        mean
    }
}

/// Mean over cells of the sum of all levels, spliced and unspliced; never 0.
fn mean_total(cells: &[Sampled]) -> f64 {
    let totals = cells.iter().map(|cell| -> f64 {
        let unspliced = cell.unspliced.iter().filter(|u| !u.is_nan());
        cell.spliced.iter().chain(unspliced).sum()
    });
    let total: f64 = totals.sum();
    (total / cells.len() as f64).max(f64::MIN_POSITIVE)
}

/// Sets, gene by gene, values below the `q`-quantile to 0 with probability `q`, in place.
///
/// * `kind`: 0 for spliced, 1 for unspliced mRNA
///
/// # Source   Pratapa et al. (2020), Nat. Methods 17:147, with the probability equal to the
///   quantile as in its files.
pub(super) fn drop_low(values: &mut Mat<f64>, q: f64, seed: Seed, kind: u64) {
    if q == 0.0 {
        return;
    }
    for j in 0..values.ncols() {
        let mut rng = seed.stream(Purpose::Dropout, j as u64 * KINDS + kind);
        let threshold = quantile(values.col_as_slice(j), q);
        for i in 0..values.nrows() {
            if values[(i, j)] < threshold && rng.random::<f64>() < q {
                values[(i, j)] = 0.0;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cistron::numeric::{mean, standard_deviation};

    /// Cells that have one gene each at this level.
    fn cells(count: usize, level: f64) -> Vec<Sampled> {
        let cells = (0..count).map(|_| Sampled {
            time: 0.0,
            spliced: vec![level],
            unspliced: vec![f64::NAN],
            velocity: vec![0.0],
            last: Vec::new(),
        });
        cells.collect()
    }

    fn counts(library: f64, library_spread: f64, count: usize) -> Vec<f64> {
        let plan = CellPlan {
            count,
            duration: 1.0,
            snapshots: Vec::new(),
            initial: 0.0,
            library: Some(library),
            library_spread,
            dropout: 0.0,
            velocity: false,
        };
        let cells = cells(count, 3.0);
        let counting = Counting::new(&plan, &cells, Seed(3));
        let table = counting.measure(&cells, |cell| &cell.spliced, 0);
        table.col(0).iter().copied().collect()
    }

    fn mean_and_variance(values: &[f64]) -> (f64, f64) {
        (mean(values), standard_deviation(values).powi(2))
    }

    #[test]
    fn equal_libraries_give_poisson_numbers() {
        let n = 40_000.0;
        for mu in [0.5, 3.0, 200.0] {
            let values = counts(mu, 0.0, n as usize);
            let (mean, variance) = mean_and_variance(&values);
            assert!((mean - mu).abs() < 3.0 * (mu / n).sqrt(), "{mean}");
            let error = mu * ((2.0 + 1.0 / mu) / n).sqrt();
            assert!((variance - mu).abs() < 3.0 * error, "{variance}");
            let zeros = values.iter().filter(|x| **x == 0.0).count() as f64 / n;
            let expected = (-mu).exp();
            let error = (expected * (1.0 - expected) / n).sqrt();
            assert!((zeros - expected).abs() <= 3.0 * error + 1e-12, "{zeros}");
        }
    }

    #[test]
    fn libraries_of_a_spread_add_its_square_times_the_mean_to_the_fano_factor() {
        let (mu, cv) = (20.0, 0.5);
        let (mean, variance) = mean_and_variance(&counts(mu, cv, 100_000));
        let fano = 1.0 + mu * cv * cv;
        assert!((mean / mu - 1.0).abs() < 0.01, "{mean}");
        assert!((variance / mean / fano - 1.0).abs() < 0.05, "{variance}");
    }

    #[test]
    fn dropout_takes_its_square_of_all_values_and_only_low_ones() {
        let n = 4000;
        for q in [0.5, 0.7, 1.0] {
            let mut values = Mat::from_fn(n, 2, |i, j| 1.0 + ((i + j) % n) as f64);
            drop_low(&mut values, q, Seed(1), 0);
            for j in 0..2 {
                let lost = values.col(j).iter().filter(|x| **x == 0.0).count();
                let error = (n as f64 * q * q * (1.0 - q)).sqrt();
                assert!((lost as f64 - n as f64 * q * q).abs() <= 3.0 * error + 1.0);
                let above = (0..n).filter(|i| ((i + j) % n) as f64 > q * n as f64);
                assert!(above.into_iter().all(|i| values[(i, j)] > 0.0));
            }
        }
    }
}
