//! Products of dense columns, compiled for the best instruction set of the machine at hand.

use faer::linalg::matmul::{matmul, triangular};
use faer::{Accum, Mat, MatRef, Par};
use pulp::Arch;

/// `x · y`.
#[must_use]
pub fn dot(x: &[f64], y: &[f64]) -> f64 {
    Arch::new().dispatch(|| {
        let mut sums = [0.0; 8];
        let (xs, ys) = (x.chunks_exact(8), y.chunks_exact(8));
        let rest: f64 = xs
            .remainder()
            .iter()
            .zip(ys.remainder())
            .map(|(a, b)| a * b)
            .sum();
        for (a, b) in xs.zip(ys) {
            for lane in 0..8 {
                sums[lane] += a[lane] * b[lane];
            }
        }
        sums.iter().sum::<f64>() + rest
    })
}

/// `y ← y + a x`.
pub fn axpy(a: f64, x: &[f64], y: &mut [f64]) {
    Arch::new().dispatch(|| y.iter_mut().zip(x).for_each(|(y, x)| *y += a * x));
}

/// `‖x‖²`.
#[must_use]
pub fn squared_norm(x: &[f64]) -> f64 {
    dot(x, x)
}

/// `AᵀB` for `A: n × p` and `B: n × q`, on the calling thread.
///
/// # Panics   if the numbers of rows differ (a bug in the caller).
/// # Cost     `2npq` flops.
#[must_use]
pub fn product(a: MatRef<'_, f64>, b: MatRef<'_, f64>) -> Mat<f64> {
    let mut out = Mat::zeros(a.ncols(), b.ncols());
    matmul(
        out.as_mut(),
        Accum::Replace,
        a.transpose(),
        b,
        1.0,
        Par::Seq,
    );
    out
}

/// `AᵀA` for `A: n × p`, on the calling thread; only one triangle is computed.
///
/// # Cost   `np²` flops.
#[must_use]
pub fn gram(a: MatRef<'_, f64>) -> Mat<f64> {
    use triangular::BlockStructure::{Rectangular, TriangularLower};
    let mut out = Mat::zeros(a.ncols(), a.ncols());
    triangular::matmul(
        out.as_mut(),
        TriangularLower,
        Accum::Replace,
        a.transpose(),
        Rectangular,
        a,
        Rectangular,
        1.0,
        Par::Seq,
    );
    for j in 0..out.ncols() {
        for i in 0..j {
            out[(i, j)] = out[(j, i)];
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    #[test]
    fn the_gram_matrix_is_the_product_with_itself() {
        let a = Mat::from_fn(23, 11, |i, j| ((i * 7 + j * 3) % 13) as f64 - 6.0);
        let (g, p) = (gram(a.as_ref()), product(a.as_ref(), a.as_ref()));
        for i in 0..11 {
            for j in 0..11 {
                assert_relative_eq!(g[(i, j)], p[(i, j)], epsilon = 1e-10);
                let (x, y) = (a.col(i), a.col(j));
                let by_hand: f64 = (0..23).map(|k| x[k] * y[k]).sum();
                assert_relative_eq!(g[(i, j)], by_hand, epsilon = 1e-10);
            }
        }
    }

    #[test]
    fn dot_and_axpy_take_every_length() {
        for n in 0..30 {
            let x: Vec<f64> = (0..n).map(f64::from).collect();
            let mut y = vec![1.0; x.len()];
            axpy(2.0, &x, &mut y);
            let sum: f64 = x.iter().map(|x| x * (1.0 + 2.0 * x)).sum();
            assert_relative_eq!(dot(&x, &y), sum, epsilon = 1e-9);
        }
    }
}
