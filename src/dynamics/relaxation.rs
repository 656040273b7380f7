//! Coefficients of a step that is exact in the decay and of second order in the drive.

/// Coefficients of the step of length `h` for `dz/dt = N(z) − δz`:
/// `m = E z + (A + B) N(z)`, `z⁺ = E z + A N(z) + B N(m)`,
/// with `E = e^{−δh}`, `A = h(φ₁ − φ₂)`, `B = hφ₂` and their derivatives by `δ`.
///
/// All three are positive, and `E + δ(A + B) = 1`: with bounded `N` the step is bounded by
/// `max(|z|, sup|N|/δ)` for any length, so no system is too stiff for it.
///
/// # Source   Cox, Matthews (2002), Exponential time differencing for stiff systems, J. Comput.
///   Phys. 176:430 (the scheme ETD2RK).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Relaxation {
    /// `E, A, B`.
    pub(crate) now: [f64; 3],
    /// `∂E/∂δ, ∂A/∂δ, ∂B/∂δ`.
    pub(crate) by_decay: [f64; 3],
}

impl Relaxation {
    pub(crate) fn new(decay: f64, h: f64) -> Self {
        let x = decay * h;
        let e = (-x).exp();
        let [[f1, d1], [f2, d2]] = if x < 0.1 { series(x) } else { closed(x, e) };
        Self {
            now: [e, h * (f1 - f2), h * f2],
            by_decay: [-h * e, h * h * (d1 - d2), h * h * d2],
        }
    }
}

/// `φ₁(x) = (1 − e^{−x})/x` and `φ₂(x) = (e^{−x} − 1 + x)/x²` with their derivatives.
fn closed(x: f64, e: f64) -> [[f64; 2]; 2] {
    let f1 = (1.0 - e) / x;
    let f2 = (1.0 - f1) / x;
    [[f1, (e - f1) / x], [f2, (f1 - 2.0 * f2) / x]]
}

/// The same from `φ_n(x) = Σ_k (−x)^k/(k + n)!`, where differences would cancel.
fn series(x: f64) -> [[f64; 2]; 2] {
    let sum = |n: usize| {
        let (mut value, mut slope) = (0.0, 0.0);
        let mut term = (1..=n).map(|k| 1.0 / k as f64).product::<f64>();
        // term = 1/(k + n)!, power = (−x)^k
        let mut power = 1.0;
        for k in 0..12 {
            value += term * power;
            term /= (k + n + 1) as f64;
            slope -= (k + 1) as f64 * term * power;
            power *= -x;
        }
        [value, slope]
    };
    [sum(1), sum(2)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    #[test]
    fn a_constant_drive_is_followed_exactly() {
        for (decay, h) in [(1e-6, 0.5), (0.3, 2.0), (4.0, 50.0), (0.09, 1.0)] {
            let [e, a, b] = Relaxation::new(decay, h).now;
            assert!(e >= 0.0 && a >= 0.0 && b >= 0.0);
            assert_relative_eq!(e + decay * (a + b), 1.0, max_relative = 1e-13);
        }
    }

    #[test]
    fn the_derivatives_agree_with_differences_on_both_sides_of_the_series() {
        for x in [1e-4, 0.05, 0.0999, 0.1001, 1.0, 20.0] {
            let (h, step) = (2.0, 1e-5 * x);
            let at = Relaxation::new(x / h, h);
            let up = Relaxation::new((x + step) / h, h);
            let down = Relaxation::new((x - step) / h, h);
            for k in 0..3 {
                let difference = (up.now[k] - down.now[k]) / (2.0 * step / h);
                let scale = at.by_decay[0].abs() + at.by_decay[1].abs() + 1e-3;
                assert!(
                    (difference - at.by_decay[k]).abs() < 1e-6 * scale,
                    "{x} {k}"
                );
            }
        }
    }
}
