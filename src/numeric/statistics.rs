//! Means, spreads and order statistics of plain slices.

/// Standard deviation of normal numbers over their median absolute deviation, `1 / Φ⁻¹(3/4)`.
pub const DEVIATION_OF_MAD: f64 = 1.4826;

/// Mean; 0 for no numbers.
#[must_use]
pub fn mean(values: &[f64]) -> f64 {
    if values.is_empty() {
        0.0
    } else {
        values.iter().sum::<f64>() / values.len() as f64
    }
}

/// Standard deviation with `n − 1`; 0 for fewer than two numbers.
#[must_use]
pub fn standard_deviation(values: &[f64]) -> f64 {
    if values.len() < 2 {
        return 0.0;
    }
    let center = mean(values);
    let sum: f64 = values.iter().map(|x| (x - center).powi(2)).sum();
    (sum / (values.len() - 1) as f64).sqrt()
}

/// Quantile `q ∈ [0, 1]` by linear interpolation between order statistics; NaN for no numbers.
#[must_use]
pub fn quantile(values: &[f64], q: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let Some(last) = sorted.len().checked_sub(1) else {
        return f64::NAN;
    };
    let at = q.clamp(0.0, 1.0) * last as f64;
    let low = at.floor() as usize;
    let high = at.ceil() as usize;
    sorted[low] + (at - low as f64) * (sorted[high] - sorted[low])
}

/// Median; NaN for no numbers.
#[must_use]
pub fn median(values: &[f64]) -> f64 {
    quantile(values, 0.5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_interpolate() {
        assert_eq!(quantile(&[3.0, 1.0, 2.0, 4.0], 0.5), 2.5);
        assert_eq!(median(&[5.0]), 5.0);
        assert!(median(&[]).is_nan());
    }
}
