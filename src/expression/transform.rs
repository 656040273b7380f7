//! Variance-stabilising transforms between the scale of the file and the scale of the model.

use serde::{Deserialize, Serialize};

/// A monotone map from the file's units to the model's.
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
    /// Square root for data without negative values, none otherwise.
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
    /// # Errors   [`TransformError`] if `least` is below 0 and the scale cannot take it.
    pub fn resolve(self, least: f64) -> Result<Scale, TransformError> {
        match self {
            Self::Auto if least < 0.0 => Ok(Scale::Identity),
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
}
