//! Share of measurement noise in the increments, before any network is fitted.

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
            .flat_map(|one| stretches(columns, one).into_iter().map(move |s| (one, s)))
            .collect();
        let gene = |j: usize| {
            let (mut lagged, mut square) = (0.0, 0.0);
            for (one, (first, last)) in &stretches {
                let steps = steps(one, j, *first, *last);
                let center = mean(&steps);
                square += steps.iter().map(|d| (d - center).powi(2)).sum::<f64>();
                let pairs = steps.windows(2);
                lagged += pairs
                    .map(|w| (w[0] - center) * (w[1] - center))
                    .sum::<f64>();
            }
            (square > 0.0).then(|| lagged / square)
        };
        let lags: Vec<f64> = (0..expression.genes().len()).filter_map(gene).collect();
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
