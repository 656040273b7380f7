//! Projecting a nuisance out exactly.

use faer::{Accum, Mat, MatMut, MatRef, Par, linalg::matmul::matmul};

/// An orthonormal basis of the columns that carry no penalty; what it spans is taken out of
/// everything else before the penalised fit, which is the same as fitting both together.
#[derive(Clone, Debug)]
pub struct Projection {
    basis: Mat<f64>,
}

/// Columns whose remainder is below this share of their length count as already spanned.
const RANK_TOLERANCE: f64 = 1e-9;

impl Projection {
    /// The span of the columns of `design`, `n × k`; dependent and zero columns are passed over.
    ///
    /// Gram–Schmidt with one repetition, which is as orthogonal as Householder's QR for the few
    /// columns of a design and tells the rank on the way.
    ///
    /// # Cost   `4nk²` flops.
    #[must_use]
    pub fn new(design: MatRef<'_, f64>) -> Self {
        let mut kept: Vec<Vec<f64>> = Vec::with_capacity(design.ncols());
        for column in design.col_iter() {
            let mut rest: Vec<f64> = column.iter().copied().collect();
            let size = super::squared_norm(&rest).sqrt();
            for _ in 0..2 {
                for basis in &kept {
                    let share = super::dot(basis, &rest);
                    super::axpy(-share, basis, &mut rest);
                }
            }
            let left = super::squared_norm(&rest).sqrt();
            if left > RANK_TOLERANCE * size && left > 0.0 {
                rest.iter_mut().for_each(|x| *x /= left);
                kept.push(rest);
            }
        }
        let basis = Mat::from_fn(design.nrows(), kept.len(), |i, j| kept[j][i]);
        Self { basis }
    }

    /// Number of independent columns.
    #[must_use]
    pub fn rank(&self) -> usize {
        self.basis.ncols()
    }

    /// `A ← A − Q QᵀA` for `A: n × p`, in place.
    ///
    /// # Cost   `4nkp` flops.
    pub fn remove_from(&self, mut a: MatMut<'_, f64>) {
        let share = super::product(self.basis.as_ref(), a.as_ref());
        let (basis, share) = (self.basis.as_ref(), share.as_ref());
        matmul(a.as_mut(), Accum::Add, basis, share, -1.0, Par::Seq);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_orthogonal_to_the_design() {
        let mut design = Mat::from_fn(20, 3, |i, j| ((i * (j + 2)) % 7) as f64);
        for i in 0..20 {
            design[(i, 2)] = design[(i, 0)] - 2.0 * design[(i, 1)];
        }
        let projection = Projection::new(design.as_ref());
        assert_eq!(projection.rank(), 2);
        let mut a = Mat::from_fn(20, 4, |i, j| ((i * i + j) % 11) as f64);
        projection.remove_from(a.as_mut());
        let overlap = super::super::product(design.as_ref(), a.as_ref());
        assert!(overlap.norm_max() < 1e-10);
    }
}
