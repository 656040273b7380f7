//! Linear systems whose matrix is near one that was factored before.

/// Columns that are built before the method gives up.
const MOST: usize = 30;

/// Solves `A x = b` by the generalised minimal residual method, preconditioned from the right.
///
/// * `multiply`: `y ← A x`
/// * `precondition`: `x ← M⁻¹ x` with `M` near `A`; none where `M` is singular
/// * `weights`: the residual is measured by `Σ (weight · residual)²`
/// * `tolerance`: at which share of the size of `b` the residual is small enough
/// * returns none if 30 columns were not enough
///
/// # Cost     a product and a preconditioning a column; few columns where `M⁻¹ A` is the identity
///   but for a matrix of low rank.
/// # Source   Saad & Schultz (1986), SIAM J. Sci. Stat. Comput. 7, algorithm 4.
pub(super) fn solve(
    multiply: impl Fn(&[f64], &mut [f64]),
    mut precondition: impl FnMut(&mut [f64]) -> Option<()>,
    (b, weights): (&[f64], &[f64]),
    tolerance: f64,
) -> Option<Vec<f64>> {
    let weighted: Vec<f64> = b.iter().zip(weights).map(|(b, w)| b * w).collect();
    let first = norm(&weighted);
    if first == 0.0 {
        return Some(vec![0.0; b.len()]);
    }
    let mut basis = vec![scaled(&weighted, 1.0 / first)];
    let mut directions: Vec<Vec<f64>> = Vec::new();
    let mut least = Least::new(first);
    for _ in 0..MOST {
        let last = basis.last().expect("the first is there");
        let mut z: Vec<f64> = last.iter().zip(weights).map(|(v, w)| v / w).collect();
        precondition(&mut z)?;
        let mut next = vec![0.0; z.len()];
        multiply(&z, &mut next);
        directions.push(z);
        next.iter_mut().zip(weights).for_each(|(v, w)| *v *= w);
        let mut column = Vec::with_capacity(basis.len() + 1);
        for v in &basis {
            let along = dot(v, &next);
            next.iter_mut().zip(v).for_each(|(n, v)| *n -= along * v);
            column.push(along);
        }
        let size = norm(&next);
        column.push(size);
        let left = least.add(column);
        if left <= tolerance * first {
            return Some(least.combine(&directions));
        }
        if size.is_nan() || size <= 1e-14 * first {
            return None;
        }
        basis.push(scaled(&next, 1.0 / size));
    }
    None
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
        for (y, z) in y.iter().zip(directions) {
            x.iter_mut().zip(z).for_each(|(x, z)| *x += y * z);
        }
        x
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn norm(a: &[f64]) -> f64 {
    dot(a, a).sqrt()
}

fn scaled(a: &[f64], by: f64) -> Vec<f64> {
    a.iter().map(|a| by * a).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let x = solve(multiply, precondition, (&b, &weights), 1e-12).expect("converges");
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
        let found = solve(multiply, |_| Some(()), (&b, &vec![1.0; n]), 1e-6);
        assert!(found.is_none());
    }
}
