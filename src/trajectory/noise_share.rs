//! Share of measurement noise in the increments, before any network is fitted.
//!
//! Let a sample be `x_k + e_k` with independent measurement noise `e` of variance `σ²`, and the
//! process add noise of variance `τ²` per interval. The increments `d_k` then have variance
//! `τ² + 2σ²` and lag-one covariance `−σ²`, so that
//!
//! ```text
//! m = −Σ d_k d_{k+1} / Σ d_k²  ≈  σ² / (τ² + 2σ²)      between 0 (process noise alone) and ½
//! ```
//!
//! centred inside stretches without a change of condition, median over genes, clamped to `[0, ½]`.
//! A row over `h` intervals gets the weight `(2m)^{2(h−1)}` against a row over one. The weights are
//! our own choice; what other ones do is in `rows`.

use crate::expression::{Expression, TimeSeries};
use crate::numeric::{mean, median};

use super::conditions::CovariateColumns;

/// Noise of the increments, pooled over genes by the median.
#[derive(Clone, Copy, Debug)]
pub(super) struct NoiseShare {
    /// Share of measurement noise in the variance of a one-interval increment, in `[0, ½]`.
    pub(super) measurement: f64,
}

/// Stretches of samples `first..=last` of a series between changes of condition.
pub(super) fn stretches(columns: &CovariateColumns<'_>, one: &TimeSeries) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut first = 0;
    for k in 1..one.len() {
        if k + 1 == one.len() || columns.changes_at(one, k) {
            out.push((first, k));
            first = k;
        }
    }
    out
}

impl NoiseShare {
    /// Minus the lag-one autocorrelation of the increments, centred inside stretches: independent
    /// noise on every sample gives −½, noise of the process alone 0.
    pub(super) fn measure(expression: &Expression, columns: &CovariateColumns<'_>) -> Self {
        let stretches: Vec<_> = expression
            .series()
            .iter()
            .flat_map(|series| {
                let stretches = stretches(columns, series).into_iter();
                stretches.map(move |ends| (series, ends))
            })
            .collect();
        let mut lags = Vec::new();
        for j in 0..expression.genes().len() {
            let (mut lagged, mut square) = (0.0, 0.0);
            for (series, (first, last)) in &stretches {
                let steps = steps(series, j, *first, *last);
                let center = mean(&steps);
                square += steps.iter().map(|d| (d - center).powi(2)).sum::<f64>();
                let pairs = steps.windows(2);
                lagged += pairs
                    .map(|w| (w[0] - center) * (w[1] - center))
                    .sum::<f64>();
            }
            if square > 0.0 {
                lags.push(lagged / square);
            }
        }
        let measurement = if lags.is_empty() { 0.0 } else { -median(&lags) };
        Self {
            measurement: measurement.clamp(0.0, 0.5),
        }
    }

    /// Weight of rows over `horizon` intervals against rows over one.
    ///
    /// Longer rows average the measurement noise away and add process noise: they are worth the
    /// more the more of the noise is measurement.
    pub(super) fn horizon_weight(self, horizon: usize) -> f64 {
        (2.0 * self.measurement).powi(2 * (horizon as i32 - 1))
    }
}

fn steps(one: &TimeSeries, gene: usize, first: usize, last: usize) -> Vec<f64> {
    let values = one.values().col(gene);
    (first..last)
        .map(|k| values[k + 1] - values[k])
        .filter(|d| !d.is_nan())
        .collect()
}
