//! Sparse weights that integrate values at nodes over segments.

use faer::{Mat, MatRef};

/// A sparse `n × m` matrix in rows: the weight of every node in the integral of every segment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Quadrature {
    starts: Vec<usize>,
    entries: Vec<(usize, f64)>,
}

impl Quadrature {
    pub(super) fn push(&mut self, entries: &[(usize, f64)]) {
        if self.starts.is_empty() {
            self.starts.push(0);
        }
        self.entries.extend_from_slice(entries);
        self.starts.push(self.entries.len());
    }

    /// Number of segments, `n`.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Nodes of one segment with their weights.
    #[must_use]
    pub fn row(&self, segment: usize) -> &[(usize, f64)] {
        &self.entries[self.starts[segment]..self.starts[segment + 1]]
    }

    /// Length of a segment: the sum of its weights, `∫ dt`.
    #[must_use]
    pub fn length(&self, segment: usize) -> f64 {
        self.row(segment).iter().map(|(_, weight)| weight).sum()
    }

    /// The given segments, each times a factor.
    #[must_use]
    pub fn selected(&self, segments: &[usize], factors: &[f64]) -> Self {
        let mut out = Self::default();
        let mut row = Vec::new();
        for (&segment, factor) in segments.iter().zip(factors) {
            row.clear();
            row.extend(
                self.row(segment)
                    .iter()
                    .map(|&(node, weight)| (node, factor * weight)),
            );
            out.push(&row);
        }
        out
    }

    /// `Ω V`: integrals of `V: m × c`, values at the nodes, with `below` rows of zeros under them.
    ///
    /// # Cost   two flops for every entry of the rows and column of `V`.
    #[must_use]
    pub fn integrate(&self, values: MatRef<'_, f64>, below: usize) -> Mat<f64> {
        let n = self.rows();
        let mut out = Mat::zeros(n + below, values.ncols());
        let one_node = self.entries.len() == n;
        for (j, from) in values.col_iter().enumerate() {
            let to = &mut out.col_as_slice_mut(j)[..n];
            if one_node {
                // rows of one node each are a plain gather
                let pairs = to.iter_mut().zip(&self.entries);
                pairs.for_each(|(to, &(node, weight))| *to = weight * from[node]);
            } else {
                let pairs = to.iter_mut().enumerate();
                pairs.for_each(|(row, to)| {
                    *to = self.row(row).iter().map(|&(node, w)| w * from[node]).sum();
                });
            }
        }
        out
    }

    /// `Ωᵀ r`: what every node contributes to the gradient.
    ///
    /// * `residual`: one number a segment; `into`: `m` numbers, overwritten
    pub fn scatter_into(&self, residual: &[f64], into: &mut [f64]) {
        into.fill(0.0);
        for (row, r) in residual.iter().enumerate().take(self.rows()) {
            for &(node, weight) in self.row(row) {
                into[node] += weight * r;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two_rows() -> Quadrature {
        let mut quadrature = Quadrature::default();
        quadrature.push(&[(0, 1.0), (2, 0.5)]);
        quadrature.push(&[(1, 2.0)]);
        quadrature
    }

    #[test]
    fn integrals_are_weighted_sums_with_zeros_below() {
        let values = Mat::from_fn(3, 1, |i, _| [1.0, 10.0, 100.0][i]);
        let integrals = two_rows().integrate(values.as_ref(), 1);
        assert_eq!(integrals.col_as_slice(0), &[51.0, 20.0, 0.0]);
        let second = two_rows().selected(&[1], &[3.0]);
        assert_eq!(
            second.integrate(values.as_ref(), 0).col_as_slice(0),
            &[60.0]
        );
    }

    #[test]
    fn scattering_is_the_transpose_of_integrating() {
        let mut at_nodes = [0.0; 3];
        two_rows().scatter_into(&[1.0, 10.0], &mut at_nodes);
        assert_eq!(at_nodes, [1.0, 20.0, 0.5]);
    }
}
