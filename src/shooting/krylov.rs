//! Linear systems near the identity, by products alone.

use crate::numeric::{axpy, dot, squared_norm};

/// Products at most: beyond, a factorisation is cheaper.
const MOST: usize = 60;

/// `x` with `|b − A x| ≤ tolerance·|b|` by GMRES; none if that takes more than 60 products.
///
/// * `product(v, to)`: `to ← A v`
///
/// # Cost   `k` products and `O(k² n)` for `k` of them: few where `A` is near the identity, as
///   `I − G` of a network is in which effects fade along paths.
/// # Source Saad, Schultz (1986), SIAM J. Sci. Stat. Comput. 7:856.
pub(super) fn solve(
    b: &[f64],
    tolerance: f64,
    mut product: impl FnMut(&[f64], &mut [f64]),
) -> Option<Vec<f64>> {
    let size = squared_norm(b).sqrt();
    if size == 0.0 {
        return Some(vec![0.0; b.len()]);
    }
    if !size.is_finite() {
        return None;
    }
    let mut basis: Vec<Vec<f64>> = vec![b.iter().map(|b| b / size).collect()];
    // columns of the triangular factor of the small problem, its rotations and its right side
    let mut columns: Vec<Vec<f64>> = Vec::new();
    let mut rotations: Vec<(f64, f64)> = Vec::new();
    let mut right = vec![size];
    for k in 0..MOST.min(b.len() + 1) {
        let mut next = vec![0.0; b.len()];
        product(&basis[k], &mut next);
        let mut column = vec![0.0; k + 1];
        // twice is enough for orthogonality to rounding
        for _ in 0..2 {
            for (h, v) in column.iter_mut().zip(&basis) {
                let share = dot(&next, v);
                axpy(-share, v, &mut next);
                *h += share;
            }
        }
        let rest = squared_norm(&next).sqrt();
        for (at, &(c, s)) in rotations.iter().enumerate() {
            let (above, below) = (column[at], column[at + 1]);
            column[at] = c * above + s * below;
            column[at + 1] = c * below - s * above;
        }
        let length = column[k].hypot(rest);
        if !(length.is_finite() && length > 0.0) {
            return None;
        }
        let (c, s) = (column[k] / length, rest / length);
        column[k] = length;
        rotations.push((c, s));
        columns.push(column);
        right.push(-s * right[k]);
        right[k] *= c;
        if right[k + 1].abs() <= tolerance * size {
            return Some(combined(&basis, &columns, &right));
        }
        next.iter_mut().for_each(|v| *v /= rest);
        basis.push(next);
    }
    None
}

/// `Σ y_k basis_k` with `y` from the triangular system.
fn combined(basis: &[Vec<f64>], columns: &[Vec<f64>], right: &[f64]) -> Vec<f64> {
    let mut y = right[..columns.len()].to_vec();
    for k in (0..y.len()).rev() {
        y[k] /= columns[k][k];
        let (above, last) = (&mut y[..=k], columns[k].as_slice());
        let share = above[k];
        above[..k]
            .iter_mut()
            .zip(last)
            .for_each(|(y, h)| *y -= share * h);
    }
    let mut x = vec![0.0; basis[0].len()];
    y.iter().zip(basis).for_each(|(y, v)| axpy(*y, v, &mut x));
    x
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let found = solve(&b, 1e-13, multiply).expect("few products");
        let off = found.iter().zip(&known).map(|(a, b)| (a - b).abs());
        assert!(off.fold(0.0, f64::max) < 1e-11);
    }
}
