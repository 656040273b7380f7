//! Noise, read from the first samples: all series start from one steady state.

use super::table::Table;
use cistron::numeric::{mean, median, standard_deviation};

/// The noise of the first samples.
pub(super) struct Noise {
    /// Baseline of every gene.
    pub(super) baseline: Vec<f64>,
    pub(super) additive: f64,
    pub(super) multiplicative: f64,
    pub(super) at: [f64; 3],
}

impl Noise {
    pub(super) fn new(table: &Table) -> Self {
        let first: Vec<Vec<f64>> = (0..table.genes).map(|j| table.first(j)).collect();
        let baseline: Vec<f64> = first.iter().map(|x| mean(x)).collect();
        let spread: Vec<f64> = first.iter().map(|x| standard_deviation(x)).collect();
        let (additive, multiplicative) = two_parts(&baseline, &spread);
        let between = |low: f64, high: f64| {
            let level = |j: &usize| (low..high).contains(&baseline[*j]);
            let chosen = (0..table.genes).filter(level).map(|j| spread[j]);
            median(&chosen.collect::<Vec<f64>>())
        };
        Self {
            additive,
            multiplicative,
            at: [
                between(f64::NEG_INFINITY, 0.2),
                between(0.2, 0.6),
                between(0.6, f64::INFINITY),
            ],
            baseline,
        }
    }

    pub(super) fn spread_at(&self, level: f64) -> f64 {
        self.additive.hypot(self.multiplicative * level)
    }
}

/// `a, m ≥ 0` of `sd² = a² + m² level²`: least squares with weights `1 / fitted variance²`,
/// which a relative error of the variances asks for; repeated until it stands.
pub(super) fn two_parts(levels: &[f64], spreads: &[f64]) -> (f64, f64) {
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
        let rest = (y - slope * x) / w;
        (a, m) = if rest < 0.0 {
            (0.0, xy / xx)
        } else if slope < 0.0 || !slope.is_finite() {
            (y / w, 0.0)
        } else {
            (rest, slope)
        };
    }
    (a.sqrt(), m.sqrt())
}
