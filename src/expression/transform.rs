//! Variance-stabilising transforms between the scale of the file and the scale of the model.

use serde::{Deserialize, Serialize};

/// A monotone map from the file's units to the model's.
///
/// ```
/// use cistron::expression::Scale;
///
/// assert_eq!(Scale::Sqrt.forward(9.0), 3.0);
/// assert_eq!(Scale::Sqrt.backward(3.0), 9.0);
/// // half of the counts, seen from the scale of the model
/// let half = Scale::Log1p.multiply(Scale::Log1p.forward(20.0), 0.5);
/// assert!((Scale::Log1p.backward(half) - 10.0).abs() < 1e-12);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scale {
    /// `√x`: noise that grows with the square root of the level becomes constant.
    Sqrt,
    /// `ln(1 + x)`: counts over several orders of magnitude.
    Log1p,
    /// `x`: data that are already on a log or other symmetric scale.
    Identity,
}

/// Which scale to use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Transform {
    /// None for values below 0 or that look like logarithms, the square root otherwise.
    #[default]
    Auto,
    /// This scale.
    Fixed(Scale),
}

/// A value that the transform cannot take.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("the {scale} transform needs values of 0 or more, found {value}; use `--transform none`")]
pub struct TransformError {
    /// Name of the transform.
    pub scale: &'static str,
    /// The offending value.
    pub value: f64,
}

impl Scale {
    /// From the file's units to the model's.
    #[must_use]
    pub fn forward(self, x: f64) -> f64 {
        match self {
            Self::Sqrt => x.sqrt(),
            Self::Log1p => x.ln_1p(),
            Self::Identity => x,
        }
    }

    /// From the model's units back to the file's; a square root below 0 becomes 0.
    #[must_use]
    pub fn backward(self, y: f64) -> f64 {
        match self {
            Self::Sqrt => y.max(0.0).powi(2),
            Self::Log1p => y.exp_m1(),
            Self::Identity => y,
        }
    }

    /// The level on the model's scale that is `factor` times `y` in the file's units.
    ///
    /// Below 0, where a file has no levels, it goes on as the straight line that continues it, so
    /// that it has an inverse everywhere: the multiplication by `1 / factor`.
    ///
    /// * `factor`: above 0
    #[must_use]
    pub fn multiply(self, y: f64, factor: f64) -> f64 {
        match self {
            Self::Sqrt => factor.sqrt() * y,
            Self::Log1p if y > 0.0 => (factor * y.exp_m1()).ln_1p(),
            Self::Log1p | Self::Identity => factor * y,
        }
    }

    /// First and second derivative of [`Scale::multiply`] in `y`.
    #[must_use]
    pub(crate) fn multiply_slopes(self, y: f64, factor: f64) -> (f64, f64) {
        match self {
            Self::Sqrt => (factor.sqrt(), 0.0),
            Self::Log1p if y > 0.0 => {
                // f eʸ / (1 + f (eʸ − 1)), with eʸ divided out, as it may overflow
                let slope = factor / (factor + (1.0 - factor) * (-y).exp());
                (slope, slope * (1.0 - slope))
            }
            Self::Log1p | Self::Identity => (factor, 0.0),
        }
    }

    /// The name used on the command line and in `run.json`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Sqrt => "sqrt",
            Self::Log1p => "log1p",
            Self::Identity => "none",
        }
    }
}

impl Transform {
    /// The scale this stands for on data whose least value is `least`.
    ///
    /// * `logged`: whether the values look like logarithms
    ///
    /// # Errors   [`TransformError`] if `least` is below 0 and the scale cannot take it.
    pub fn resolve(self, least: f64, logged: bool) -> Result<Scale, TransformError> {
        match self {
            Self::Auto if logged || least < 0.0 => Ok(Scale::Identity),
            Self::Auto => Ok(Scale::Sqrt),
            Self::Fixed(scale) if scale != Scale::Identity && least < 0.0 => Err(TransformError {
                scale: scale.name(),
                value: least,
            }),
            Self::Fixed(scale) => Ok(scale),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    #[test]
    fn back_and_forth_is_the_identity() {
        for scale in [Scale::Sqrt, Scale::Log1p, Scale::Identity] {
            for x in [0.0, 0.3, 5.0, 1200.0] {
                assert_relative_eq!(scale.backward(scale.forward(x)), x, max_relative = 1e-12);
            }
        }
    }

    #[test]
    fn a_level_is_multiplied_in_units_of_the_file() {
        for scale in [Scale::Sqrt, Scale::Log1p, Scale::Identity] {
            for factor in [0.2, 1.0, 3.0] {
                for x in [0.0, 0.3, 5.0] {
                    let y = scale.multiply(scale.forward(x), factor);
                    assert_relative_eq!(scale.backward(y), factor * x, max_relative = 1e-12);
                }
                for y in [-1.3, -0.01, 0.01, 0.7, 2.0] {
                    let there = scale.multiply(y, factor);
                    assert_relative_eq!(scale.multiply(there, 1.0 / factor), y, epsilon = 1e-12);
                }
            }
        }
    }

    #[test]
    fn the_slopes_of_a_multiplication_agree_with_differences() {
        let h = 1e-5;
        for scale in [Scale::Sqrt, Scale::Log1p, Scale::Identity] {
            for y in [-0.8, 0.3, 1.7] {
                let at = |y: f64| scale.multiply(y, 2.5);
                let (slope, curvature) = scale.multiply_slopes(y, 2.5);
                let first = (at(y + h) - at(y - h)) / (2.0 * h);
                assert_relative_eq!(slope, first, epsilon = 1e-8);
                let steeper = scale.multiply_slopes(y + h, 2.5).0;
                let flatter = scale.multiply_slopes(y - h, 2.5).0;
                assert_relative_eq!(curvature, (steeper - flatter) / (2.0 * h), epsilon = 1e-6);
            }
        }
    }
}
