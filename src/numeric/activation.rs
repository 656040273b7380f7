//! The activation of the component networks: linear in a range, bounded outside it.

/// `σ_s(z)`: `z` for `|z| ≤ s`, then `sign(z)·s·(1 + t/(1 + t))` with `t = |z|/s − 1`.
///
/// Odd, increasing, continuously differentiable, `|σ_s| < 2s`. Inside its range it *is* the
/// identity, so a unit whose range covers the data is an exact linear model, and one division
/// replaces the exponentials of a tanh. An infinite range gives the identity.
///
/// * `z`: pre-activation; `range`: `s > 0`, in the same units
#[inline(always)]
#[must_use]
pub(crate) fn saturate(z: f64, range: f64) -> f64 {
    let size = z.abs();
    let excess = (size - range).max(0.0);
    let inside = size.min(range);
    let outside = if excess > 0.0 {
        range * excess / (range + excess)
    } else {
        0.0
    };
    (inside + outside).copysign(z)
}

/// `σ_s′(z)`: 1 inside the range, `(s/|z|)²` outside.
#[inline(always)]
#[must_use]
pub(crate) fn saturate_slope(z: f64, range: f64) -> f64 {
    let size = z.abs();
    if size <= range {
        1.0
    } else {
        let ratio = range / size;
        ratio * ratio
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    #[test]
    fn the_slope_agrees_with_differences() {
        for range in [0.3, 1.0, 4.0] {
            for step in -40..=40 {
                let z = f64::from(step) * 0.173 + 0.01;
                let h = 1e-6;
                let slope = (saturate(z + h, range) - saturate(z - h, range)) / (2.0 * h);
                assert_relative_eq!(slope, saturate_slope(z, range), epsilon = 1e-6);
            }
        }
    }

    #[test]
    fn inside_the_range_it_is_the_identity_and_outside_it_is_bounded() {
        assert_eq!(saturate(0.7, 1.0), 0.7);
        assert_eq!(saturate(-0.7, f64::INFINITY), -0.7);
        assert!(saturate(1e12, 1.0) < 2.0 && saturate(-1e12, 1.0) > -2.0);
    }
}
