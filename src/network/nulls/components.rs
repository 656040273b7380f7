//! The components that span standardised values.

use faer::{Mat, MatRef};

/// Leading eigenvectors of the correlation matrix `C = ZᵀZ/n = A diag(v) Aᵀ`, largest first.
pub(super) struct CorrelationComponents {
    /// `p × k`, orthonormal columns.
    pub(super) axes: Mat<f64>,
    /// `k` eigenvalues.
    pub(super) variances: Vec<f64>,
}

/// Components with less than this share of the largest variance are rounding.
const SMALLEST_SHARE: f64 = 1e-12;

impl CorrelationComponents {
    /// All components of standardised values `n × p`; none where the decomposition fails.
    ///
    /// # Cost   `O(np · min(n, p))`.
    pub(super) fn new(z: MatRef<'_, f64>) -> Self {
        let n = z.nrows().max(1) as f64;
        let Ok(parts) = z.thin_svd() else {
            return Self {
                axes: Mat::zeros(z.ncols(), 0),
                variances: Vec::new(),
            };
        };
        let sizes = parts.S().column_vector();
        let variances: Vec<f64> = sizes.iter().map(|s| s * s / n).collect();
        let least = SMALLEST_SHARE * variances.first().copied().unwrap_or(0.0);
        let rank = variances.iter().take_while(|v| **v > least).count();
        Self {
            axes: parts.V().subcols(0, rank).to_owned(),
            variances: variances[..rank].to_vec(),
        }
    }

    /// `Z A diag(scales) Aᵀ`, `n × p`.
    pub(super) fn rescaled(&self, z: MatRef<'_, f64>, scales: &[f64]) -> Mat<f64> {
        let mut scores = z * &self.axes;
        for (j, scale) in scales.iter().enumerate() {
            scores
                .col_as_slice_mut(j)
                .iter_mut()
                .for_each(|x| *x *= scale);
        }
        scores * self.axes.transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::{ZScores, gram};

    #[test]
    fn components_give_the_correlations_back() {
        let values = Mat::from_fn(9, 4, |i, j| ((i * i * (j + 1) + 3 * j) % 13) as f64);
        let z = ZScores::new(values.as_ref());
        let components = CorrelationComponents::new(z.values.as_ref());
        let (axes, v) = (&components.axes, &components.variances);
        let scaled = Mat::from_fn(4, v.len(), |i, k| axes[(i, k)] * v[k]);
        let correlation = gram(z.values.as_ref()) / 9.0;
        assert!((scaled * axes.transpose() - correlation).norm_max() < 1e-12);
    }
}
