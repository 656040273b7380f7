//! Sparse weights that integrate values at nodes over segments.

use faer::{Mat, MatRef};

/// A sparse `n × m` matrix in rows: the weight of every node in the integral of every segment.
#[derive(Clone, Debug, Default)]
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

    /// `Ω V`: integrals over the given segments of `V: m × c`, values at the nodes.
    ///
    /// # Cost   two flops for every entry of the rows and column of `V`.
    #[must_use]
    pub fn integrate(&self, segments: &[usize], values: MatRef<'_, f64>) -> Mat<f64> {
        let mut out = Mat::zeros(segments.len(), values.ncols());
        for j in 0..values.ncols() {
            let from = values.col(j);
            let to = out.col_as_slice_mut(j);
            for (to, &segment) in to.iter_mut().zip(segments) {
                *to = self
                    .row(segment)
                    .iter()
                    .map(|&(node, w)| w * from[node])
                    .sum();
            }
        }
        out
    }

    /// `Ωᵀ r` added up over the given segments: what every node contributes to the gradient.
    ///
    /// * `residual`: one number a segment; `into`: `m` numbers, overwritten
    pub fn scatter_into(&self, segments: &[usize], residual: &[f64], into: &mut [f64]) {
        into.fill(0.0);
        for (&segment, r) in segments.iter().zip(residual) {
            for &(node, weight) in self.row(segment) {
                into[node] += weight * r;
            }
        }
    }
}
