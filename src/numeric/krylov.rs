//! Linear systems by products with the matrix alone.
//!
//! `A x = b` with `A` of size `n × n` that is known by its products, and `M` near `A` that is cheap to
//! solve: the generalised minimal residual method takes from the span of
//! `(A M⁻¹)^k b, k = 0, 1, …` the `x` with the smallest weighted residual. Few products are enough where
//! `M⁻¹ A` is the identity but for a matrix of low rank or of small norm.

use super::product::{axpy, dot, squared_norm};

/// When [`krylov`] stops.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct KrylovStop {
    /// Share of the size of the right side at which the residual is small enough.
    pub(crate) tolerance: f64,
    /// Columns that are built before it gives up: beyond, a factorisation is cheaper.
    pub(crate) columns: usize,
}

/// Solves `A x = b` by the generalised minimal residual method, preconditioned from the right.
///
/// * `multiply`: `y ← A x`
/// * `precondition`: `x ← M⁻¹ x` with `M` near `A`; none where `M` is singular
/// * `b`, `weights`: the right side; the residual is measured by `Σ (weight · residual)²`
/// * returns none if the columns were not enough, or a number is not finite
///
/// # Cost     a product and a preconditioning a column, `O(k² n)` for `k` of them; few where `M⁻¹ A`
///   is the identity but for a matrix of low rank or of small norm.
/// # Source   Saad & Schultz (1986), SIAM J. Sci. Stat. Comput. 7, algorithm 4.
pub(crate) fn krylov(
    mut multiply: impl FnMut(&[f64], &mut [f64]),
    mut precondition: impl FnMut(&mut [f64]) -> Option<()>,
    b: &[f64],
    weights: &[f64],
    stop: KrylovStop,
) -> Option<Vec<f64>> {
    let weighted: Vec<f64> = b.iter().zip(weights).map(|(b, w)| b * w).collect();
    let first = squared_norm(&weighted).sqrt();
    if first == 0.0 {
        return Some(vec![0.0; b.len()]);
    }
    if !first.is_finite() {
        return None;
    }
    let mut basis = vec![scaled(&weighted, 1.0 / first)];
    let mut directions: Vec<Vec<f64>> = Vec::new();
    let mut least = Least::new(first);
    for _ in 0..stop.columns {
        let last = basis.last().expect("the first is there");
        let mut z: Vec<f64> = last.iter().zip(weights).map(|(v, w)| v / w).collect();
        precondition(&mut z)?;
        let mut next = vec![0.0; z.len()];
        multiply(&z, &mut next);
        directions.push(z);
        next.iter_mut().zip(weights).for_each(|(v, w)| *v *= w);
        let column = orthogonal_to(&basis, &mut next);
        let size = *column.last().expect("the size of what is left");
        if least.add(column) <= stop.tolerance * first {
            return Some(least.combine(&directions));
        }
        if !size.is_finite() || size <= 1e-14 * first {
            return None;
        }
        basis.push(scaled(&next, 1.0 / size));
    }
    None
}

/// Takes the basis out of `next`; its shares, and the size of what is left.
fn orthogonal_to(basis: &[Vec<f64>], next: &mut [f64]) -> Vec<f64> {
    let mut column = vec![0.0; basis.len()];
    // twice is enough for orthogonality to rounding
    for _ in 0..2 {
        for (share, v) in column.iter_mut().zip(basis) {
            let along = dot(v, next);
            axpy(-along, v, next);
            *share += along;
        }
    }
    column.push(squared_norm(next).sqrt());
    column
}

/// The small least-squares problem, kept triangular by rotations.
struct Least {
    columns: Vec<Vec<f64>>,
    rotations: Vec<(f64, f64)>,
    right: Vec<f64>,
}

impl Least {
    fn new(first: f64) -> Self {
        Self {
            columns: Vec::new(),
            rotations: Vec::new(),
            right: vec![first],
        }
    }

    /// Adds a column of one more row than the last, and gives the size of the residual.
    fn add(&mut self, mut column: Vec<f64>) -> f64 {
        for (k, (c, s)) in self.rotations.iter().enumerate() {
            let (a, b) = (column[k], column[k + 1]);
            (column[k], column[k + 1]) = (c * a + s * b, c * b - s * a);
        }
        let k = column.len() - 2;
        let length = column[k].hypot(column[k + 1]);
        let (c, s) = if length > 0.0 {
            (column[k] / length, column[k + 1] / length)
        } else {
            (1.0, 0.0)
        };
        column[k] = length;
        column.pop();
        self.rotations.push((c, s));
        self.columns.push(column);
        let last = self.right[k];
        self.right[k] = c * last;
        self.right.push(-s * last);
        self.right[k + 1].abs()
    }

    /// `Σ_k y_k directions_k` with the best `y`.
    fn combine(&self, directions: &[Vec<f64>]) -> Vec<f64> {
        let n = self.columns.len();
        let mut y = self.right[..n].to_vec();
        for k in (0..n).rev() {
            y[k] /= self.columns[k][k];
            for row in 0..k {
                y[row] -= self.columns[k][row] * y[k];
            }
        }
        let mut x = vec![0.0; directions[0].len()];
        y.iter()
            .zip(directions)
            .for_each(|(y, z)| axpy(*y, z, &mut x));
        x
    }
}

fn scaled(a: &[f64], by: f64) -> Vec<f64> {
    a.iter().map(|a| by * a).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stop(tolerance: f64) -> KrylovStop {
        KrylovStop {
            tolerance,
            columns: 30,
        }
    }

    /// `D + u vᵀ`, whose preconditioner is `D`.
    #[test]
    fn a_change_of_rank_one_takes_two_columns() {
        let n = 50;
        let d = |i: usize| 1.0 + i as f64;
        let u = |i: usize| (i as f64 * 0.7).sin();
        let multiply = |x: &[f64], y: &mut [f64]| {
            let along: f64 = (0..n).map(|i| (i as f64).cos() * x[i]).sum();
            (0..n).for_each(|i| y[i] = d(i) * x[i] + u(i) * along);
        };
        let mut columns = 0;
        let precondition = |x: &mut [f64]| {
            columns += 1;
            (0..n).for_each(|i| x[i] /= d(i));
            Some(())
        };
        let b: Vec<f64> = (0..n).map(|i| 1.0 / (1.0 + i as f64)).collect();
        let weights = vec![2.0; n];
        let x = krylov(multiply, precondition, &b, &weights, stop(1e-12)).expect("converges");
        let mut back = vec![0.0; n];
        multiply(&x, &mut back);
        assert!(back.iter().zip(&b).all(|(a, b)| (a - b).abs() < 1e-10));
        assert!(columns <= 3, "{columns}");
    }

    #[test]
    fn what_does_not_converge_says_so() {
        // a shift of the coordinates: the residual does not fall before the last column
        let n = 60;
        let multiply = |x: &[f64], y: &mut [f64]| {
            (0..n).for_each(|i| y[(i + 1) % n] = x[i]);
        };
        let mut b = vec![0.0; n];
        b[0] = 1.0;
        let found = krylov(multiply, |_| Some(()), &b, &vec![1.0; n], stop(1e-6));
        assert!(found.is_none());
    }

    #[test]
    fn a_system_near_the_identity_is_solved() {
        let n = 30;
        let entry = |i: usize, j: usize| {
            f64::from(u8::from(i == j)) - 0.2 * ((i * 7 + j * 13) as f64).sin()
        };
        let multiply = |x: &[f64], to: &mut [f64]| {
            for (i, to) in to.iter_mut().enumerate() {
                *to = (0..n).map(|j| entry(i, j) * x[j]).sum();
            }
        };
        let known: Vec<f64> = (0..n).map(|k| (k as f64).cos()).collect();
        let mut b = vec![0.0; n];
        multiply(&known, &mut b);
        let found = krylov(multiply, |_| Some(()), &b, &vec![1.0; n], stop(1e-13));
        let found = found.expect("few products");
        let off = found.iter().zip(&known).map(|(a, b)| (a - b).abs());
        assert!(off.fold(0.0, f64::max) < 1e-11);
    }
}
