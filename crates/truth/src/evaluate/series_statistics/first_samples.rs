//! Noise, read from the first samples: all series start from one steady state, so that their
//! spread is noise, with the variance `a² + m² level²`.

use super::scaled_table::ScaledTable;
use cistron::numeric::{mean, median, standard_deviation};

/// The noise of the first samples.
pub(super) struct FirstSampleNoise {
    /// Baseline of every gene.
    pub(super) baseline: Vec<f64>,
    pub(super) additive: f64,
    pub(super) multiplicative: f64,
    /// Median spread of genes at low, middle and high levels.
    pub(super) by_level: [f64; 3],
}

impl FirstSampleNoise {
    pub(super) fn new(table: &ScaledTable) -> Self {
        let first: Vec<Vec<f64>> = (0..table.genes).map(|j| table.first(j)).collect();
        let baseline: Vec<f64> = first.iter().map(|x| mean(x)).collect();
        let spread: Vec<f64> = first.iter().map(|x| standard_deviation(x)).collect();
        let (additive, multiplicative) = two_parts(&baseline, &spread);
        let ranges = [f64::NEG_INFINITY..0.2, 0.2..0.6, 0.6..f64::INFINITY];
        let by_level = ranges.map(|range| {
            let genes = baseline.iter().zip(&spread);
            let chosen = genes.filter(|(level, _)| range.contains(*level));
            median(&chosen.map(|(_, spread)| *spread).collect::<Vec<f64>>())
        });
        Self {
            additive,
            multiplicative,
            by_level,
            baseline,
        }
    }

    pub(super) fn spread_at(&self, level: f64) -> f64 {
        self.additive.hypot(self.multiplicative * level)
    }
}

/// `a, m ≥ 0` of `sd² = a² + m² level²`: least squares with weights `1 / fitted variance²`,
/// which suit a relative error of the variances; repeated until it converges.
fn two_parts(levels: &[f64], spreads: &[f64]) -> (f64, f64) {
    let points: Vec<(f64, f64)> = levels
        .iter()
        .zip(spreads)
        .map(|(x, s)| (x * x, s * s))
        .collect();
    let whole = mean(&points.iter().map(|p| p.1).collect::<Vec<f64>>());
    if whole <= 0.0 {
        return (0.0, 0.0);
    }
    let (mut a, mut m) = (whole, 0.0);
    for _ in 0..100 {
        let (mut w, mut x, mut y, mut xx, mut xy) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for &(square, variance) in &points {
            let weight = (a + m * square + 1e-6 * whole).powi(-2);
            w += weight;
            x += weight * square;
            y += weight * variance;
            xx += weight * square * square;
            xy += weight * square * variance;
        }
        let slope = (w * xy - x * y) / (w * xx - x * x);
        let intercept = (y - slope * x) / w;
        (a, m) = if intercept < 0.0 {
            (0.0, xy / xx)
        } else if slope < 0.0 || !slope.is_finite() {
            (y / w, 0.0)
        } else {
            (intercept, slope)
        };
    }
    (a.sqrt(), m.sqrt())
}
