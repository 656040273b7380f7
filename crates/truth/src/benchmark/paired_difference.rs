//! The difference of two methods on the same networks, with its confidence interval.

use serde::{Deserialize, Serialize};

use cistron::numeric::{mean, standard_deviation};

/// Difference of the reference to another method, network by network.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Paired {
    /// Mean of reference − other.
    pub difference: f64,
    /// 95 % confidence interval of the mean by Student's t; none for a single network.
    pub interval: Option<(f64, f64)>,
    /// Networks on which the reference is strictly better.
    pub wins: usize,
    /// Networks compared.
    pub pairs: usize,
}

impl Paired {
    /// `d̄ ± t₀.₉₇₅(n − 1) s_d/√n` over the differences `d` of the pairs.
    ///
    /// Networks are the unit: replicates and seeds of one network are to be averaged before,
    /// as they are not independent. Student's interval is a little wide or narrow where differences
    /// are skewed, yet with five networks far more honest than a bootstrap of five numbers.
    ///
    /// * returns none without pairs
    #[must_use]
    pub fn new(pairs: &[(f64, f64)]) -> Option<Self> {
        let differences: Vec<f64> = pairs.iter().map(|(own, other)| own - other).collect();
        let n = differences.len();
        let center = mean(&differences);
        let interval = (n > 1).then(|| {
            let spread = standard_deviation(&differences);
            let half = student_quantile(n - 1) * spread / (n as f64).sqrt();
            (center - half, center + half)
        });
        (n > 0).then(|| Self {
            difference: center,
            interval,
            wins: differences.iter().filter(|d| **d > 0.0).count(),
            pairs: n,
        })
    }
}

/// Quantiles for 1 … 10 degrees of freedom.
const SMALL: [f64; 10] = [
    12.706_205, 4.302_653, 3.182_446, 2.776_445, 2.570_582, 2.446_912, 2.364_624, 2.306_004,
    2.262_157, 2.228_139,
];

/// 97.5 % quantile of Student's t: a table up to 10 degrees of freedom, then the expansion in
/// their reciprocal, which is right to five digits there.
///
/// # Panics   without a degree of freedom (a bug in the caller).
/// # Source   Abramowitz & Stegun (1964), Handbook of Mathematical Functions, 26.7.5.
#[must_use]
pub(super) fn student_quantile(freedom: usize) -> f64 {
    assert!(freedom > 0, "at least one degree of freedom");
    if let Some(exact) = SMALL.get(freedom - 1) {
        return *exact;
    }
    let (z, f) = (1.959_963_985_f64, freedom as f64);
    let first = (z.powi(3) + z) / 4.0;
    let second = (5.0 * z.powi(5) + 16.0 * z.powi(3) + 3.0 * z) / 96.0;
    let third = (3.0 * z.powi(7) + 19.0 * z.powi(5) + 17.0 * z.powi(3) - 15.0 * z) / 384.0;
    let fourth = (79.0 * z.powi(9) + 776.0 * z.powi(7) + 1482.0 * z.powi(5)
        - 1920.0 * z.powi(3)
        - 945.0 * z)
        / 92_160.0;
    z + first / f + second / f.powi(2) + third / f.powi(3) + fourth / f.powi(4)
}
