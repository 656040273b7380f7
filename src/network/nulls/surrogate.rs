//! Courses of the regulators that keep their own time structure and lose the targets'.
//!
//! ```text
//! series of m ≥ 12 samples   X̃(f) = e^{iφ(f)} X(f),   φ(f) ~ U[0, 2π), φ(0) = 0     new phases
//! shorter series             blocks of about √m samples in another order, after a rotation
//! single samples             permuted
//! ```
//!
//! `X(f)` is the discrete Fourier transform over the samples of one series. The draw is the same for
//! all regulators: their autocorrelations *and* their correlations with one another stay as they are
//! (exactly for the first line: all cross-spectra are kept), only the link to the targets is lost.
//! Drawn for each regulator, collinearity is lost too and the null is another one: on one course of
//! the yeast cell cycle, where no method is above chance, 84 ± 9 of the best 100 are then expected to be
//! false; with common draws 100 in every draw.
//!
//! New phases act on each column as a circular convolution with the kernel
//!
//! ```text
//! k(t) = (1/m) Σ_f cos(φ(f) + 2πft/m),   φ(m − f) = −φ(f)
//! ```
//!
//! which is applied as a matrix product. Single samples with one large outlier each (knockouts that
//! are not given as such) make this null too strict: any permutation meets some outlier.
//!
//! Source: Prichard & Theiler (1994), Phys. Rev. Lett. 73:951 (common phases); Künsch (1989), Ann.
//! Statist. 17:1217 (blocks).

use std::f64::consts::{PI, TAU};

use faer::{Mat, MatRef};
use rand::Rng;
use rand::seq::SliceRandom;

use crate::seed::{Purpose, Seed};

/// Which rows are samples of one series, in the order of time, and which are single.
///
/// Rows that are in none of the lists stay as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SampleOrder {
    /// Rows of every series.
    pub series: Vec<Vec<usize>>,
    /// Rows of single samples.
    pub singles: Vec<usize>,
}

/// Fewest samples that get new phases: below, a series has five frequencies or fewer, and too few
/// draws differ.
const FEWEST_PHASES: usize = 12;

/// Most samples that get new phases: the product costs `m²` for each gene. Longer series (ordered
/// cells) are rotated by a random number of samples instead, which keeps the same spectra.
const MOST_PHASES: usize = 1024;

/// The values with other phases, order of blocks, or order of single samples.
///
/// * `values`: samples × genes
/// * `draw`: number of the draw; the same seed and number give the same values
/// * returns samples × genes
///
/// # Panics   if a row of `order` is not in `values` (a bug in the caller).
/// # Cost     `O(m²)` for each gene and series of `m` samples.
#[must_use]
pub fn surrogate(values: MatRef<'_, f64>, order: &SampleOrder, seed: Seed, draw: u64) -> Mat<f64> {
    let mut rng = seed.stream(Purpose::Surrogate, draw);
    let mut out = values.to_owned();
    for rows in &order.series {
        if (FEWEST_PHASES..=MOST_PHASES).contains(&rows.len()) {
            let kernel = phase_kernel(rows.len(), &mut rng);
            convolve_into(&kernel, values, rows, &mut out);
        } else {
            let from = if rows.len() > MOST_PHASES {
                rotated(rows, &mut rng)
            } else {
                blocks_reordered(rows, &mut rng)
            };
            copy_rows(values, &from, rows, &mut out);
        }
    }
    let mut from = order.singles.clone();
    from.shuffle(&mut rng);
    copy_rows(values, &from, &order.singles, &mut out);
    out
}

/// `k(t)` for random phases; the zero frequency, and so the mean, is kept.
fn phase_kernel(m: usize, rng: &mut impl Rng) -> Vec<f64> {
    let phases: Vec<f64> = (1..=m / 2)
        .map(|f| {
            if 2 * f == m {
                PI * f64::from(u8::from(rng.random_bool(0.5))) // of one real number: its sign
            } else {
                TAU * rng.random::<f64>()
            }
        })
        .collect();
    let wave = |f: usize, t: usize| {
        let conjugate = if 2 * f == m { 1.0 } else { 2.0 };
        // f·t mod m keeps the argument small
        conjugate * (phases[f - 1] + TAU * ((f * t) % m) as f64 / m as f64).cos()
    };
    (0..m)
        .map(|t| (1.0 + (1..=m / 2).map(|f| wave(f, t)).sum::<f64>()) / m as f64)
        .collect()
}

fn convolve_into(kernel: &[f64], values: MatRef<'_, f64>, rows: &[usize], out: &mut Mat<f64>) {
    let m = rows.len();
    let circulant = Mat::from_fn(m, m, |i, k| kernel[(m + i - k) % m]);
    let series = Mat::from_fn(m, values.ncols(), |i, j| values[(rows[i], j)]);
    let convolved = circulant * series;
    for (i, &row) in rows.iter().enumerate() {
        out.row_mut(row).copy_from(convolved.row(i));
    }
}

/// Rotated by any number of samples, cut into blocks of about `√m`, and these in any order.
fn blocks_reordered(rows: &[usize], rng: &mut impl Rng) -> Vec<usize> {
    let rotated = rotated(rows, rng);
    let length = (rows.len() as f64).sqrt().round().max(1.0) as usize;
    let mut blocks: Vec<&[usize]> = rotated.chunks(length).collect();
    blocks.shuffle(rng);
    blocks.concat()
}

fn rotated(rows: &[usize], rng: &mut impl Rng) -> Vec<usize> {
    let mut rows = rows.to_vec();
    if !rows.is_empty() {
        let by = rng.random_range(0..rows.len());
        rows.rotate_left(by);
    }
    rows
}

fn copy_rows(values: MatRef<'_, f64>, from: &[usize], to: &[usize], out: &mut Mat<f64>) {
    for (&from, &to) in from.iter().zip(to) {
        out.row_mut(to).copy_from(values.row(from));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::{dot, gram};

    fn waves(n: usize) -> Mat<f64> {
        Mat::from_fn(n, 3, |i, j| {
            ((i * (j + 2)) as f64 * 0.7).sin() + ((i * i + j) % 5) as f64
        })
    }

    fn order(series: Vec<Vec<usize>>, singles: Vec<usize>) -> SampleOrder {
        SampleOrder { series, singles }
    }

    #[test]
    fn new_phases_keep_means_and_all_correlations_of_odd_and_even_series() {
        for n in [13, 20] {
            let values = waves(n);
            let order = order(vec![(0..n).collect()], Vec::new());
            let drawn = surrogate(values.as_ref(), &order, Seed(1), 0);
            for j in 0..3 {
                let sum = |a: &Mat<f64>| a.col_as_slice(j).iter().sum::<f64>();
                assert!((sum(&drawn) - sum(&values)).abs() < 1e-9);
            }
            // between two columns at lag 2, too
            let lagged =
                |a: &Mat<f64>| -> f64 { (0..n).map(|i| a[(i, 0)] * a[((i + 2) % n, 1)]).sum() };
            assert!((lagged(&drawn) - lagged(&values)).abs() < 1e-9);
            let moments = gram(drawn.as_ref()) - gram(values.as_ref());
            assert!(moments.norm_max() < 1e-9);
            assert!((&drawn - &values).norm_max() > 0.1);
        }
    }

    #[test]
    fn a_wave_stays_a_wave_of_its_frequency() {
        let values = Mat::from_fn(24, 1, |i, _| (TAU * 3.0 * i as f64 / 24.0).cos());
        let order = order(vec![(0..24).collect()], Vec::new());
        let drawn = surrogate(values.as_ref(), &order, Seed(4), 2);
        let share = |phase: f64| -> f64 {
            let wave: Vec<f64> = (0..24)
                .map(|i| (TAU * 3.0 * i as f64 / 24.0 + phase).cos())
                .collect();
            dot(&wave, drawn.col_as_slice(0)) / 12.0
        };
        assert!((share(0.0).hypot(share(PI / 2.0)) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn short_series_and_singles_keep_their_samples_and_other_rows_stay() {
        let values = waves(16);
        let order = order(vec![vec![1, 2, 3, 4, 5]], vec![8, 9, 10, 11, 12, 13]);
        let drawn = surrogate(values.as_ref(), &order, Seed(2), 0);
        let sorted = |a: &Mat<f64>, rows: &[usize]| {
            let mut column: Vec<f64> = rows.iter().map(|&i| a[(i, 0)]).collect();
            column.sort_by(f64::total_cmp);
            column
        };
        for rows in [&order.series[0], &order.singles] {
            assert_eq!(sorted(&drawn, rows), sorted(&values, rows));
        }
        for row in [0, 6, 7, 14, 15] {
            assert_eq!(drawn[(row, 2)], values[(row, 2)]);
        }
        assert!((&drawn - &values).norm_max() > 0.1);
    }

    #[test]
    fn rows_keep_together_over_the_genes() {
        let values = Mat::from_fn(30, 2, |i, j| i as f64 + 100.0 * j as f64);
        let order = order(vec![(0..8).collect()], (8..30).collect());
        let drawn = surrogate(values.as_ref(), &order, Seed(3), 1);
        assert!((0..30).all(|i| drawn[(i, 1)] == drawn[(i, 0)] + 100.0));
    }

    #[test]
    fn a_draw_depends_on_its_number_and_the_seed_only() {
        let values = waves(15);
        let order = order(vec![(0..15).collect()], Vec::new());
        let draw = |seed, number| surrogate(values.as_ref(), &order, Seed(seed), number);
        assert_eq!(draw(1, 3), draw(1, 3));
        assert_ne!(draw(1, 3), draw(1, 4));
        assert_ne!(draw(1, 3), draw(2, 3));
    }
}
