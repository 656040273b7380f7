//! What every regulator does to every target of a fitted field, along the data.

use faer::{Mat, MatRef};

use crate::field::{SparseField, VectorField};
use crate::genes::Gene;

/// Integrated Jacobians: row = target, column = regulator.
#[derive(Clone, Debug, PartialEq)]
pub struct Influence {
    /// `(1/T)∫ |∂vᵢ/∂xⱼ| dt`, per unit of time.
    pub size: Mat<f64>,
    /// `(1/T)∫ ∂vᵢ/∂xⱼ dt`: its sign is the edge's.
    pub signed: Mat<f64>,
}

/// Too few states to integrate over.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the influence needs at least one state, found none")]
pub struct NoStates;

/// Influence of every regulator on every target, `S[i, j] = Σ_n w_n |∂vᵢ/∂xⱼ(x_n)| / Σ w`.
///
/// * `states`: `n × p`, on the scale of the field
/// * `weights`: time that each state stands for, `n`
///
/// # Errors   [`NoStates`] if `n = 0` or all weights are 0.
/// # Panics   if shapes do not match (a bug in the caller).
/// # Cost     `n` Jacobians, `O(n·p²)` time, `O(p²)` memory.
pub fn influence(
    field: &dyn VectorField,
    states: MatRef<'_, f64>,
    weights: &[f64],
) -> Result<Influence, NoStates> {
    let p = field.genes().len();
    assert_eq!(
        (states.ncols(), states.nrows()),
        (p, weights.len()),
        "states n × p, weights n"
    );
    let total: f64 = weights.iter().sum();
    if total.is_nan() || total <= 0.0 {
        return Err(NoStates);
    }
    let (mut size, mut signed) = (Mat::zeros(p, p), Mat::zeros(p, p));
    let (mut jacobian, mut x) = (Mat::zeros(p, p), vec![0.0; p]);
    for (n, weight) in weights.iter().enumerate() {
        (0..p).for_each(|j| x[j] = states[(n, j)]);
        field.jacobian_into(&x, &mut jacobian);
        let share = weight / total;
        for j in 0..p {
            let column = jacobian.col_as_slice(j);
            crate::numeric::axpy(share, column, signed.col_as_slice_mut(j));
            let to = size.col_as_slice_mut(j).iter_mut().zip(column);
            to.for_each(|(to, slope)| *to += share * slope.abs());
        }
    }
    Ok(Influence { size, signed })
}

/// Signed influence of the regulators of a sparse field, `(1/T)∫ ∂fᵢ/∂xⱼ dt` without the decay.
#[derive(Clone, Debug, PartialEq)]
pub struct SparseInfluence {
    /// For every target its regulators with their influence.
    rows: Vec<Vec<(Gene, f64)>>,
}

impl SparseInfluence {
    /// * `states`: `n × p`, on the scale of the field
    /// * `weights`: time that each state stands for, `n`
    ///
    /// # Panics   if shapes do not match (a bug in the caller).
    /// # Cost     `O(n·e)` for `e` edges of the field; no matrix of all pairs.
    #[must_use]
    pub fn new(field: &SparseField, states: MatRef<'_, f64>, weights: &[f64]) -> Self {
        assert_eq!(states.nrows(), weights.len(), "one weight a state");
        let total: f64 = weights.iter().sum();
        let genes = field.genes();
        let mut slopes: Vec<Vec<f64>> = genes
            .iter()
            .map(|target| vec![0.0; field.component(target).regulators.len()])
            .collect();
        let mut x = vec![0.0; genes.len()];
        for (n, weight) in weights
            .iter()
            .enumerate()
            .filter(|(_, weight)| **weight > 0.0)
        {
            (0..x.len()).for_each(|j| x[j] = states[(n, j)]);
            for (target, slopes) in genes.iter().zip(&mut slopes) {
                field
                    .component(target)
                    .add_slopes(&x, weight / total, slopes);
            }
        }
        let row = |(target, slopes): (Gene, Vec<f64>)| {
            field
                .component(target)
                .regulators
                .iter()
                .copied()
                .zip(slopes)
                .collect()
        };
        Self {
            rows: genes.iter().zip(slopes).map(row).collect(),
        }
    }

    /// Influence of a regulator on a target; 0 if the field does without the edge.
    #[must_use]
    pub fn of(&self, target: Gene, source: Gene) -> f64 {
        let found = self.rows[target.index()]
            .iter()
            .find(|(gene, _)| *gene == source);
        found.map_or(0.0, |(_, influence)| *influence)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::small_field;

    #[test]
    fn for_one_state_the_influence_is_its_jacobian() {
        let field = small_field();
        let x = [0.4, 0.9, 1.3];
        let states = Mat::from_fn(1, 3, |_, j| x[j]);
        let influence = influence(&field, states.as_ref(), &[2.0]).expect("one state");
        assert_eq!(influence.signed, field.jacobian(&x));
        assert_eq!(influence.size[(1, 0)], influence.signed[(1, 0)].abs());
    }

    #[test]
    fn the_sparse_influence_is_the_dense_one_without_the_decay() {
        let field = small_field();
        let states = Mat::from_fn(2, 3, |n, j| [[0.4, 0.9, 1.3], [0.1, -3.0, 0.2]][n][j]);
        let dense = influence(&field, states.as_ref(), &[1.0, 2.0]).expect("two states");
        let sparse = SparseInfluence::new(&field, states.as_ref(), &[1.0, 2.0]);
        for (i, j) in [(0, 1), (0, 2), (1, 0), (2, 0)] {
            let apart = dense.signed[(i, j)] - sparse.of(Gene(i), Gene(j));
            assert!(apart.abs() < 1e-12, "{i} {j}");
        }
    }

    #[test]
    fn where_the_sign_changes_the_signed_influence_is_smaller() {
        let field = small_field();
        let states = Mat::from_fn(2, 3, |n, j| [[0.4, 0.9, 1.3], [0.4, -3.0, -1.0]][n][j]);
        let influence = influence(&field, states.as_ref(), &[1.0, 1.0]).expect("two states");
        for i in 0..3 {
            for j in 0..3 {
                assert!(influence.signed[(i, j)].abs() <= influence.size[(i, j)] + 1e-15);
            }
        }
    }
}
