//! Influence of every regulator on every target of a fitted field, along the data.
//!
//! With the field `v(x)` of the model, states `x_n` at which it was observed and the time `w_n` that
//! each of them stands for,
//!
//! ```text
//! S[i, j] = Σ_n w_n ∂vᵢ/∂xⱼ(x_n) / Σ_n w_n  ≈  (1/T) ∫ ∂vᵢ/∂xⱼ dt
//! ```
//!
//! per unit of time and of the model's scale. For a linear target it is the weight itself; for a
//! nonlinear one the mean slope over what the system went through, with the sign of the edge where
//! the slope keeps it. The decay `−δᵢ` is left out of `S[i, i]`: it is no regulation.

#![doc(hidden)]

use faer::MatRef;

use crate::field::{SparseField, VectorField};
use crate::genes::Gene;

/// Signed influence of the regulators of a sparse field, `(1/T)∫ ∂fᵢ/∂xⱼ dt` without the decay.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SparseInfluence {
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
    pub(crate) fn new(field: &SparseField, states: MatRef<'_, f64>, weights: &[f64]) -> Self {
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
        let mut rows = Vec::with_capacity(slopes.len());
        for (target, slopes) in genes.iter().zip(slopes) {
            let regulators = field.component(target).regulators.iter().copied();
            rows.push(regulators.zip(slopes).collect());
        }
        Self { rows }
    }

    /// Influence of a regulator on a target; 0 if the field does without the edge.
    #[must_use]
    pub(crate) fn of(&self, target: Gene, source: Gene) -> f64 {
        let mut regulators = self.rows[target.index()].iter();
        let edge = regulators.find(|(gene, _)| *gene == source);
        edge.map_or(0.0, |(_, influence)| *influence)
    }
}

#[cfg(test)]
mod tests {
    use faer::Mat;

    use super::*;
    use crate::field::small_field;

    #[test]
    fn the_influence_is_the_weighted_mean_of_the_jacobians_without_the_decay() {
        let field = small_field();
        let states = [[0.4, 0.9, 1.3], [0.1, -3.0, 0.2]];
        let values = Mat::from_fn(2, 3, |n, j| states[n][j]);
        let influence = SparseInfluence::new(&field, values.as_ref(), &[1.0, 2.0]);
        let [first, second] = states.map(|x| field.jacobian(&x));
        for (i, j) in [(0, 1), (0, 2), (1, 0), (2, 0)] {
            let mean = (first[(i, j)] + 2.0 * second[(i, j)]) / 3.0;
            let apart = mean - influence.of(Gene(i), Gene(j));
            assert!(apart.abs() < 1e-12, "{i} {j}");
        }
    }
}
