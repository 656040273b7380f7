//! Ridge regression of every gene on all regulators:
//! `min ½ ‖y − Xw‖² + ½ λ ‖w‖²` for the standardised levels `y` of a target and `X` of all regulators
//! but the target itself.

use faer::linalg::solvers::{Llt, Solve};
use faer::{Mat, Side};

use cistron::numeric::gram;
use cistron::seed::Seed;

use super::cross_products::{columns_of, products, standardised};
use super::{Baseline, BaselineData, PairScores};

/// `λ/n` for levels with variance 1: the value at which ridge was compared with other methods on
/// sixteen real sets before this file was written. `benches/README.md` has what it reaches.
const PENALTY: f64 = 0.3;

/// Sizes of the coefficients of ridge regression over all samples.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ridge {
    /// Whether the coefficients of every target are divided by their root mean square.
    by_target: bool,
}

impl Ridge {
    /// The coefficients as they are.
    pub(crate) fn plain() -> Self {
        Self { by_target: false }
    }

    /// The coefficients over their root mean square for the target, so that a target that is
    /// explained well does not take the first ranks with all of its regulators.
    pub(crate) fn by_target() -> Self {
        Self { by_target: true }
    }
}

impl Baseline for Ridge {
    fn name(&self) -> &'static str {
        if self.by_target {
            "ridge by target"
        } else {
            "ridge"
        }
    }

    fn rank(&self, data: &BaselineData, _: Seed) -> PairScores {
        let y = standardised(data.samples());
        let columns: Vec<usize> = data.regulators().iter().map(|gene| gene.index()).collect();
        let x = columns_of(&y, data.regulators());
        let mut weights = coefficients(&x, &y, &columns, PENALTY);
        if self.by_target {
            weights = over_root_mean_square(&weights);
        }
        PairScores::signed(data, weights)
    }
}

/// Coefficients `p × q` of all targets on all regulators but themselves.
///
/// One factorisation serves all targets. With `u` the coefficients of a target on all regulators,
/// itself (`j`) among them, those without itself are `u / (1 − uⱼ)` and 0 for itself: as
/// `u = (G + λ)⁻¹ G eⱼ = eⱼ − λ (G + λ)⁻¹ eⱼ` with the Gram matrix `G`, the correction of rank one
/// that takes regulator `j` out is a multiple of `u` for all others.
///
/// * `x`, `y`: regulators `n × q` and targets `n × p`, in columns of length one or zero
/// * `own`: the target that each regulator is
/// * `penalty`: `λ`, where columns have length one the same as `λ/n` for variance 1
///
/// # Cost     `O(n q min(n, q) + n q p)` time; `min(n, q)²` numbers besides the result.
fn coefficients(x: &Mat<f64>, y: &Mat<f64>, own: &[usize], penalty: f64) -> Mat<f64> {
    let (n, q) = x.shape();
    let mut weights = if q <= n {
        let factor = factor_of(gram(x.as_ref()), penalty);
        products(y, &factor.solve(x.transpose()).transpose().to_owned())
    } else {
        let factor = factor_of(gram(x.transpose()), penalty);
        products(y, &factor.solve(x))
    };
    for (column, &target) in own.iter().enumerate() {
        let itself = weights[(target, column)];
        let without = 1.0 / (1.0 - itself);
        for j in 0..q {
            weights[(target, j)] *= without;
        }
        weights[(target, column)] = 0.0;
    }
    weights
}

/// The factor of a Gram matrix with the penalty on its diagonal.
fn factor_of(mut normal: Mat<f64>, penalty: f64) -> Llt<f64> {
    for j in 0..normal.nrows() {
        normal[(j, j)] += penalty;
    }
    Llt::new(normal.as_ref(), Side::Lower).expect("a Gram matrix and a positive diagonal")
}

fn over_root_mean_square(weights: &Mat<f64>) -> Mat<f64> {
    let (p, q) = weights.shape();
    let sizes: Vec<f64> = (0..p)
        .map(|i| {
            let squares: f64 = (0..q).map(|j| weights[(i, j)].powi(2)).sum();
            (squares / q as f64).sqrt()
        })
        .collect();
    Mat::from_fn(p, q, |i, j| {
        if sizes[i] > 0.0 {
            weights[(i, j)] / sizes[i]
        } else {
            0.0
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use cistron::seed::Purpose;
    use rand::Rng;

    /// One factorisation for every target.
    fn one_by_one(x: &Mat<f64>, y: &Mat<f64>, own: &[usize], penalty: f64) -> Mat<f64> {
        let mut out = Mat::zeros(y.ncols(), x.ncols());
        for i in 0..y.ncols() {
            let others: Vec<usize> = (0..x.ncols()).filter(|&j| own[j] != i).collect();
            let design = Mat::from_fn(x.nrows(), others.len(), |t, j| x[(t, others[j])]);
            let normal = design.transpose() * &design;
            let response = design.transpose() * y.subcols(i, 1);
            let solved = factor_of(normal, penalty).solve(&response);
            for (at, &j) in others.iter().enumerate() {
                out[(i, j)] = solved[(at, 0)];
            }
        }
        out
    }

    #[test]
    fn one_factorisation_gives_what_one_for_every_target_gives() {
        let mut rng = Seed(1).stream(Purpose::Synthetic, 0);
        for (n, q) in [(30, 5), (8, 12)] {
            let mut table = Mat::from_fn(n, 16, |_, _| rng.random_range(-1.0..1.0));
            // a constant gene that regulates, and a second copy of a regulator
            table.col_as_slice_mut(3).fill(2.0);
            let copy = table.col_as_slice(0).to_vec();
            table.col_as_slice_mut(4).copy_from_slice(&copy);
            let y = standardised(&table);
            let own: Vec<usize> = (0..q).collect();
            let x = y.subcols(0, q).to_owned();
            let [fast, naive] =
                [coefficients, one_by_one].map(|method| method(&x, &y, &own, PENALTY));
            for (i, j) in (0..16).flat_map(|i| (0..q).map(move |j| (i, j))) {
                let (a, b): (f64, f64) = (fast[(i, j)], naive[(i, j)]);
                assert!((a - b).abs() < 1e-10, "{n} × {q}, {i}, {j}: {a} and {b}");
            }
        }
    }
}
