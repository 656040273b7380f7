//! Responses to what acts until the middle of a series, and the way back.

use super::first_samples::FirstSampleNoise;
use super::scaled_table::ScaledTable;
use cistron::numeric::mean;

/// Smallest change that counts: above what rounding leaves where there is no noise.
const ROUNDING: f64 = 1e-9;

/// How genes respond.
pub(super) struct Response {
    /// Sizes of all responses.
    pub(super) sizes: Vec<f64>,
    /// Mean course of all responses, weighted by their size, as parts of the change.
    pub(super) curve: Vec<f64>,
}

impl Response {
    pub(super) fn new(table: &ScaledTable, noise: &FirstSampleNoise) -> Self {
        let middle = table.middle();
        let (mut sizes, mut curve) = (Vec::new(), vec![0.0; table.points]);
        for series in &table.series {
            for j in 0..table.genes {
                let base = noise.baseline.levels[j];
                let settled = middle / 2 + 1..=middle;
                let settled: Vec<f64> = settled.map(|i| series[(i, j)]).collect();
                let change = mean(&settled) - base;
                let level = base.max(mean(&settled));
                if change.abs() > (3.0 * noise.spread_at(level)).max(ROUNDING) {
                    sizes.push(change.abs());
                    for (i, sum) in curve.iter_mut().enumerate() {
                        *sum += change.signum() * (series[(i, j)] - base);
                    }
                }
            }
        }
        let total: f64 = sizes.iter().sum();
        curve.iter_mut().for_each(|sum| *sum /= total);
        Self { sizes, curve }
    }

    /// Samples until the course crosses `1 − 1/e`.
    pub(super) fn rise(&self) -> f64 {
        let level = 1.0 - (-1.0f64).exp();
        crossing(self.curve.iter().map(|y| y - level))
    }

    /// Samples after the middle until `1/e` is left.
    pub(super) fn fall(&self, middle: usize) -> f64 {
        let level = (-1.0f64).exp();
        crossing(
            self.curve[middle..]
                .iter()
                .map(|y| level * self.curve[middle] - y),
        )
    }
}

/// Where values first reach 0 from below, between samples by a straight line; NaN if never.
fn crossing(values: impl Iterator<Item = f64>) -> f64 {
    let mut before = f64::NAN;
    for (at, value) in values.enumerate() {
        if value >= 0.0 {
            let part = if before < 0.0 {
                before / (before - value)
            } else {
                1.0
            };
            return at as f64 - 1.0 + part;
        }
        before = value;
    }
    f64::NAN
}
