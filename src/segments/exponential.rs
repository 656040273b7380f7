//! Exact integrals over an interval for a drive that is linear in time.
//!
//! A level `x` that decays with rate `δ` and is driven by `f` obeys, over an interval of length `Δ`,
//!
//! ```text
//! x(t_b) = e^{−δΔ} x(t_a) + ∫ e^{−δ(t_b−s)} f(s) ds  =  e^{−z} x_a + w_a f_a + w_b f_b,   z = δΔ
//!
//! w_b = Δ (1 − φ)/z,   w_a = Δ φ − w_b,   φ = (1 − e^{−z})/z
//! ```
//!
//! for `f` on a straight line from `f_a` to `f_b`. `z → 0` gives the trapezium, `z → ∞` the steady state
//! `x_b = f_b/δ`.
//!
//! # Source   Hochbruck & Ostermann (2010), Acta Numerica 19:209 (exponential quadrature).

/// Weights of the two ends of an interval, and the share of the first level that is left at its end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ExponentialWeights {
    /// `e^{−δΔ}`.
    pub kept: f64,
    /// `w_a`, in units of time.
    pub start: f64,
    /// `w_b`, in units of time.
    pub end: f64,
}

/// Below this `δΔ` the weights are taken from their series, of which the first term left out is
/// `z⁵/840`, since the closed form loses digits.
const SMALL: f64 = 1e-2;

impl ExponentialWeights {
    /// Weights for a decay rate `decay ≥ 0` over an interval of length `length > 0`.
    #[must_use]
    pub fn new(decay: f64, length: f64) -> Self {
        let z = decay * length;
        let (start, end) = if z < SMALL {
            (
                polynomial(
                    z,
                    [1.0 / 2.0, -1.0 / 3.0, 1.0 / 8.0, -1.0 / 30.0, 1.0 / 144.0],
                ),
                polynomial(
                    z,
                    [1.0 / 2.0, -1.0 / 6.0, 1.0 / 24.0, -1.0 / 120.0, 1.0 / 720.0],
                ),
            )
        } else {
            let mean = -(-z).exp_m1() / z;
            let end = (1.0 - mean) / z;
            (mean - end, end)
        };
        Self {
            kept: (-z).exp(),
            start: length * start,
            end: length * end,
        }
    }
}

/// `Σ_k c_k z^k`.
fn polynomial(z: f64, coefficients: [f64; 5]) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, c| sum * z + c)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The level after an interval from 0, driven by `f_a + (f_b − f_a) s/Δ`, in closed form with the
    /// drive's slope `m`: `f/δ − m/δ²` is the particular solution.
    fn closed(decay: f64, length: f64, start: f64, end: f64) -> f64 {
        let slope = (end - start) / length;
        let particular = |drive: f64| drive / decay - slope / decay.powi(2);
        particular(end) - particular(start) * (-decay * length).exp()
    }

    #[test]
    fn linear_drives_are_integrated_exactly_at_all_rates() {
        for exponent in -1..=3 {
            for share in [1.0, 2.0, 5.0] {
                let (z, length) = (share * 10_f64.powi(exponent), 7.0);
                let w = ExponentialWeights::new(z / length, length);
                for (start, end) in [(1.0, 0.0), (0.0, 1.0), (-2.0, 3.0)] {
                    let exact = closed(z / length, length, start, end);
                    let found = w.start * start + w.end * end;
                    assert!(
                        (found - exact).abs() <= 1e-10 * length,
                        "{z}: {found} {exact}"
                    );
                }
            }
        }
    }

    #[test]
    fn small_rates_agree_with_taylor_terms_of_high_order() {
        for exponent in -6..=-2 {
            let z = 0.999 * 10_f64.powi(exponent);
            // Σ (−z)^k/(k+1)! and Σ (−z)^k/(k+2)!
            let (mut mean, mut end, mut factorial, mut power) = (0.0, 0.0, 1.0, 1.0);
            for k in 0..12 {
                factorial *= f64::from(k + 1);
                mean += power / factorial;
                end += power / (factorial * f64::from(k + 2));
                power *= -z;
            }
            let w = ExponentialWeights::new(z, 1.0);
            assert!((w.end - end).abs() < 1e-12 && (w.start - (mean - end)).abs() < 1e-12);
            assert!((w.kept - (1.0 - z * mean)).abs() < 1e-12);
        }
    }

    #[test]
    fn the_series_meets_the_closed_form() {
        let (below, above) = (SMALL * (1.0 - 1e-9), SMALL * (1.0 + 1e-9));
        let [a, b] = [below, above].map(|z| ExponentialWeights::new(z, 1.0));
        assert!((a.start - b.start).abs() < 1e-10 && (a.end - b.end).abs() < 1e-10);
    }

    #[test]
    fn the_limits_are_the_trapezium_and_the_steady_state() {
        let none = ExponentialWeights::new(0.0, 3.0);
        assert_eq!((none.kept, none.start, none.end), (1.0, 1.5, 1.5));
        let fast = ExponentialWeights::new(1e4, 1.0);
        assert!(fast.kept == 0.0 && (fast.end * 1e4 - 1.0).abs() < 1e-3);
    }
}
