//! Lasso of every gene on all regulators over all samples:
//! `min ½ ‖y − Xw‖² + λ ‖w‖₁` for the standardised levels `y` of a target and `X` of all regulators
//! but the target itself.

use faer::Mat;
use rayon::prelude::*;

use cistron::numeric::{axpy, gram, mean, squared_norm};
use cistron::seed::Seed;

use super::cross_products::{columns_of, products, standardised};
use super::{Baseline, BaselineData, PairScores};

/// Sizes of the coefficients of the lasso at one `λ` for all targets.
///
/// `λ` is the one of the grid `2^(−k/2)`, `k = 1 … 12`, with the smallest error in held-out samples,
/// summed over at most 200 targets that are evenly spaced among the genes. There are five folds of
/// whole series and of single samples; five blocks of consecutive samples where there are fewer than
/// five of them. No truth is used.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Lasso;

/// Values of `λ`, in units of the largest one that may select anything (`|r| = 1`).
const LEVELS: i32 = 12;
const FOLDS: usize = 5;
/// Targets that the choice of `λ` looks at: the sum of their errors has its smallest value at the
/// same level as the sum over all genes, for a tenth of the time.
const CHOOSING_TARGETS: usize = 200;
/// Change of a coefficient at which a descent stops; ranks below it mean nothing.
const TOLERANCE: f64 = 1e-5;
/// Sweeps after which a descent stops in any case.
const MOST_SWEEPS: usize = 1_000;

impl Baseline for Lasso {
    fn name(&self) -> &'static str {
        "lasso"
    }

    fn rank(&self, data: &BaselineData, _: Seed) -> PairScores {
        let regulators: Vec<usize> = data.regulators().iter().map(|gene| gene.index()).collect();
        let p = data.genes().len();
        let lambda = choose_lambda(data, &regulators);
        let y = standardised(data.samples());
        let x = columns_of(&y, data.regulators());
        let problem = LassoProblem {
            gram: gram(x.as_ref()),
            cross: products(&x, &y),
        };
        let rows: Vec<Vec<f64>> = (0..p)
            .into_par_iter()
            .map(|target| {
                let mut descent = problem.descent(target, own_column(&regulators, target));
                descent.run(lambda);
                descent.weights
            })
            .collect();
        let weights = Mat::from_fn(p, regulators.len(), |i, j| rows[i][j]);
        PairScores::signed(data, weights)
    }
}

fn own_column(regulators: &[usize], target: usize) -> Option<usize> {
    regulators.binary_search(&target).ok()
}

fn levels() -> impl Iterator<Item = f64> {
    (1..=LEVELS).map(|k| 0.5_f64.powf(f64::from(k) / 2.0))
}

/// The level with the smallest held-out error.
fn choose_lambda(data: &BaselineData, regulators: &[usize]) -> f64 {
    let p = data.genes().len();
    let count = CHOOSING_TARGETS.min(p);
    let targets: Vec<usize> = (0..count).map(|k| k * p / count).collect();
    let mut errors = vec![0.0; levels().count()];
    let folds = folds(data.units(), data.samples().nrows());
    for fold in 0..FOLDS {
        let split = HeldOut::new(data.samples(), &folds, fold);
        if split.training.nrows() < 3 || split.held_out.nrows() == 0 {
            continue;
        }
        let own = split.errors(regulators, &targets);
        errors
            .iter_mut()
            .zip(own)
            .for_each(|(sum, own)| *sum += own);
    }
    let best = levels().zip(errors).min_by(|a, b| a.1.total_cmp(&b.1));
    best.expect("there are levels").0
}

/// The fold of every sample.
///
/// * `units`: where groups of samples begin that stay in one fold
fn folds(units: &[usize], samples: usize) -> Vec<usize> {
    if units.len() < FOLDS {
        return (0..samples).map(|t| t * FOLDS / samples).collect();
    }
    let unit = |sample: usize| units.partition_point(|&first| first <= sample) - 1;
    (0..samples).map(|sample| unit(sample) % FOLDS).collect()
}

/// Samples to fit, and samples to predict, both in standard units of the first.
struct HeldOut {
    training: Mat<f64>,
    held_out: Mat<f64>,
}

impl HeldOut {
    fn new(samples: &Mat<f64>, folds: &[usize], fold: usize) -> Self {
        let rows = |inside: bool| -> Vec<usize> {
            let rows = 0..samples.nrows();
            rows.filter(|&row| (folds[row] == fold) == inside).collect()
        };
        let (fitted, left_out) = (rows(false), rows(true));
        let raw = Mat::from_fn(fitted.len(), samples.ncols(), |t, j| {
            samples[(fitted[t], j)]
        });
        let training = standardised(&raw);
        let scales: Vec<Scaling> = (0..samples.ncols())
            .map(|j| Scaling::new(raw.col_as_slice(j), training.col_as_slice(j)))
            .collect();
        let held_out = Mat::from_fn(left_out.len(), samples.ncols(), |t, j| {
            scales[j].apply(samples[(left_out[t], j)])
        });
        Self { training, held_out }
    }

    /// Held-out squared errors at every level, summed over some targets.
    fn errors(&self, regulators: &[usize], targets: &[usize]) -> Vec<f64> {
        let chosen = |table: &Mat<f64>, columns: &[usize]| {
            Mat::from_fn(table.nrows(), columns.len(), |t, j| table[(t, columns[j])])
        };
        let x = chosen(&self.training, regulators);
        let problem = LassoProblem {
            gram: gram(x.as_ref()),
            cross: products(&x, &chosen(&self.training, targets)),
        };
        let unseen = chosen(&self.held_out, regulators);
        let by_target: Vec<Vec<f64>> = targets
            .par_iter()
            .enumerate()
            .map(|(at, &target)| {
                let mut descent = problem.descent(at, own_column(regulators, target));
                let response = self.held_out.col_as_slice(target);
                levels()
                    .map(|lambda| {
                        descent.run(lambda);
                        squared_error(&unseen, &descent.weights, response)
                    })
                    .collect()
            })
            .collect();
        (0..levels().count())
            .map(|level| by_target.iter().map(|errors| errors[level]).sum())
            .collect()
    }
}

/// From units of the data to those of [`standardised`].
struct Scaling {
    mean: f64,
    unit: f64,
}

impl Scaling {
    fn new(raw: &[f64], standard: &[f64]) -> Self {
        let mean = mean(raw);
        let length: f64 = raw.iter().map(|x| (x - mean).powi(2)).sum::<f64>().sqrt();
        let constant = squared_norm(standard) == 0.0;
        Self {
            mean,
            unit: if constant { 0.0 } else { 1.0 / length },
        }
    }

    fn apply(&self, x: f64) -> f64 {
        (x - self.mean) * self.unit
    }
}

fn squared_error(x: &Mat<f64>, weights: &[f64], response: &[f64]) -> f64 {
    let mut residual = response.to_vec();
    for (j, &w) in weights.iter().enumerate().filter(|(_, w)| **w != 0.0) {
        axpy(-w, x.col_as_slice(j), &mut residual);
    }
    squared_norm(&residual)
}

/// Products of all regulators with one another and with the targets.
struct LassoProblem {
    gram: Mat<f64>,
    cross: Mat<f64>,
}

impl LassoProblem {
    /// A descent from zero.
    ///
    /// * `own`: the column of the target itself, which stays 0
    fn descent(&self, target: usize, own: Option<usize>) -> Descent<'_> {
        Descent {
            gram: &self.gram,
            own,
            weights: vec![0.0; self.gram.ncols()],
            gradient: self.cross.col_as_slice(target).to_vec(),
        }
    }
}

/// Coordinate descent of one target.
struct Descent<'a> {
    gram: &'a Mat<f64>,
    own: Option<usize>,
    weights: Vec<f64>,
    /// `Xᵀ(y − Xw)`.
    gradient: Vec<f64>,
}

impl Descent<'_> {
    /// Goes on from the present coefficients to those of `λ`.
    fn run(&mut self, lambda: f64) {
        for _ in 0..MOST_SWEEPS {
            let mut largest = 0.0_f64;
            for j in 0..self.weights.len() {
                let curvature = self.gram[(j, j)];
                if curvature == 0.0 || self.own == Some(j) {
                    continue;
                }
                let toward = self.gradient[j] + curvature * self.weights[j];
                let size = (toward.abs() - lambda).max(0.0) / curvature;
                let step = size.copysign(toward) - self.weights[j];
                if step != 0.0 {
                    self.weights[j] += step;
                    axpy(-step, self.gram.col_as_slice(j), &mut self.gradient);
                    largest = largest.max(step.abs());
                }
            }
            if largest < TOLERANCE {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cistron::seed::Purpose;
    use rand::Rng;

    #[test]
    fn a_descent_satisfies_its_optimality_condition_and_leaves_the_target_out() {
        let mut rng = Seed(1).stream(Purpose::Synthetic, 0);
        let raw = Mat::from_fn(40, 9, |_, _| rng.random_range(-1.0..1.0));
        let z = standardised(&raw);
        let problem = LassoProblem {
            gram: gram(z.as_ref()),
            cross: products(&z, &z),
        };
        let lambda = 0.05;
        let mut descent = problem.descent(2, Some(2));
        descent.run(lambda);
        assert_eq!(descent.weights[2], 0.0);
        assert!(descent.weights.iter().any(|w| *w != 0.0));
        for (j, (&w, &g)) in descent.weights.iter().zip(&descent.gradient).enumerate() {
            match w {
                _ if j == 2 => {}
                0.0 => assert!(g.abs() <= lambda + 1e-4),
                w => assert!((g - lambda.copysign(w)).abs() < 1e-4, "{j}: {w}, {g}"),
            }
        }
        descent.run(1.0);
        assert!(descent.weights.iter().all(|w| *w == 0.0));
    }

    #[test]
    fn whole_series_are_held_out_and_blocks_where_there_are_few() {
        assert_eq!(folds(&[0, 2, 3, 4, 5], 7), [0, 0, 1, 2, 3, 4, 4]);
        assert_eq!(folds(&[0], 10), [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]);
    }
}
