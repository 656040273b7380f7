//! The model's scale: a transform of levels on the linear scale, however the file stores them.
//!
//! With `y` a value of the file, `x = linear(y)` the level ([`Stored`]) and `z` the model's value:
//!
//! | transform | `z` | noise that becomes constant |
//! |---|---|---|
//! | identity | `x` | constant |
//! | root | `√x` | grows with the root of the level |
//! | log1p | `ln (1 + x)` | as log, with a pseudocount of 1 |
//! | log | `log₂ (x + c)` | grows with the level |
//!
//! A knockout is a level of 0; where a logarithm has no 0, it is the floor: half of the smallest
//! level of the data.

use std::f64::consts::LN_2;

use serde::{Deserialize, Serialize};

use super::Stored;
use crate::numeric::exact;

/// A monotone map from the file's units to the model's.
///
/// ```
/// use cistron::expression::Scale;
///
/// assert_eq!(Scale::SQRT.forward(9.0), 3.0);
/// assert_eq!(Scale::SQRT.backward(3.0), 9.0);
/// // half of the counts, seen from the scale of the model
/// let half = Scale::LOG1P.multiply(Scale::LOG1P.forward(20.0), 0.5);
/// assert!((Scale::LOG1P.backward(half) - 10.0).abs() < 1e-12);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Scale {
    /// How the file stores levels.
    pub stored: Stored,
    /// What the model makes of a level.
    pub transform: LevelTransform,
    /// The level that takes the place of 0 where there is a logarithm without a pseudocount; 0
    /// elsewhere.
    pub floor: f64,
}

/// Linear levels as they are.
impl Default for Scale {
    fn default() -> Self {
        Self::IDENTITY
    }
}

/// A transform of linear levels.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LevelTransform {
    /// `x`.
    #[serde(rename = "none")]
    Identity,
    /// `√x`.
    Sqrt,
    /// `ln (1 + x)`.
    Log1p,
    /// `log₂ (x + c)` with this pseudocount `c`.
    Log(f64),
}

/// Which transform to use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Transform {
    /// The one that makes noise constant.
    #[default]
    Auto,
    /// None.
    #[serde(rename = "none")]
    Identity,
    /// The square root.
    Sqrt,
    /// The logarithm of level and one.
    Log1p,
    /// The logarithm, with a pseudocount if there are zeros.
    Log,
}

/// A value that a transform or scale cannot take.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error(
    "the {name} {what} needs values of 0 or more, found {}; say with `--scale` on which scale \
     the levels are, or use `--transform none`",
    exact(*value)
)]
pub struct TransformError {
    /// Name of the transform or scale.
    pub name: &'static str,
    /// "transform" or "scale".
    pub what: &'static str,
    /// The offending value.
    pub value: f64,
}

impl Scale {
    /// Linear levels as they are.
    pub const IDENTITY: Self = Self::of(Stored::Linear, LevelTransform::Identity, 0.0);
    /// The square root of linear levels.
    pub const SQRT: Self = Self::of(Stored::Linear, LevelTransform::Sqrt, 0.0);
    /// `ln (1 + x)` of linear levels.
    #[doc(hidden)]
    pub const LOG1P: Self = Self::of(Stored::Linear, LevelTransform::Log1p, 0.0);

    /// * `floor`: used where a logarithm has no pseudocount
    #[doc(hidden)]
    #[must_use]
    pub const fn of(stored: Stored, transform: LevelTransform, floor: f64) -> Self {
        Self {
            stored,
            transform,
            floor,
        }
    }

    /// From the file's units to the model's.
    #[must_use]
    pub fn forward(self, y: f64) -> f64 {
        if self.is_stored() {
            return y;
        }
        self.of_linear(self.stored.linear(y))
    }

    /// From the model's units back to the file's; a square root below 0 becomes 0.
    #[must_use]
    pub fn backward(self, z: f64) -> f64 {
        if self.is_stored() {
            return z;
        }
        let x = self.linear(z);
        match self.stored.least() {
            None => self.stored.of_linear(at_least(x, self.floor)),
            Some(_) if self.stored.is_log() => self.stored.of_linear(at_least(x, 0.0)),
            Some(_) => x,
        }
    }

    /// Whether the model has the values of the file: both are binary logarithms.
    pub(crate) fn is_stored(self) -> bool {
        self.transform == LevelTransform::Log(0.0) && self.stored.is_binary()
    }

    /// From a linear level to the model's units.
    #[must_use]
    pub(crate) fn of_linear(self, x: f64) -> f64 {
        match self.transform {
            LevelTransform::Identity => x,
            LevelTransform::Sqrt => at_least(x, 0.0).sqrt(),
            LevelTransform::Log1p => at_least(x, 0.0).ln_1p(),
            LevelTransform::Log(c) if c > 0.0 => (at_least(x, 0.0) + c).log2(),
            LevelTransform::Log(_) => at_least(x, self.floor).log2(),
        }
    }

    /// From the model's units to a linear level.
    #[must_use]
    pub(crate) fn linear(self, z: f64) -> f64 {
        match self.transform {
            LevelTransform::Identity => z,
            LevelTransform::Sqrt => at_least(z, 0.0).powi(2),
            LevelTransform::Log1p => z.exp_m1(),
            LevelTransform::Log(c) => z.exp2() - c,
        }
    }

    /// Derivative of [`Scale::linear`].
    #[must_use]
    pub(crate) fn linear_slope(self, z: f64) -> f64 {
        match self.transform {
            LevelTransform::Identity => 1.0,
            LevelTransform::Sqrt => 2.0 * at_least(z, 0.0),
            LevelTransform::Log1p => z.exp(),
            LevelTransform::Log(_) => LN_2 * z.exp2(),
        }
    }

    /// The model's value of a gene that is gone.
    #[must_use]
    pub(crate) fn zero(self) -> f64 {
        self.of_linear(0.0)
    }

    /// Whether levels of the model have no known end below: those of linear data without a transform, and
    /// logarithms of an unknown base as they are.
    #[must_use]
    pub(crate) fn is_unbounded(self) -> bool {
        let identity = self.transform == LevelTransform::Identity && !self.stored.is_log();
        identity || self.is_stored() && !self.stored.is_known()
    }

    /// The level on the model's scale that is `factor` times `z` on the linear scale.
    ///
    /// Below 0, where there are no levels, it goes on as the straight line that continues it, so
    /// that it has an inverse everywhere: the multiplication by `1 / factor`.
    ///
    /// * `factor`: above 0
    #[doc(hidden)]
    #[must_use]
    pub fn multiply(self, z: f64, factor: f64) -> f64 {
        match self.transform {
            LevelTransform::Sqrt => factor.sqrt() * z,
            LevelTransform::Log1p if z > 0.0 => (factor * z.exp_m1()).ln_1p(),
            LevelTransform::Log1p | LevelTransform::Identity => factor * z,
            LevelTransform::Log(0.0) => z + factor.log2(),
            LevelTransform::Log(c) => {
                let above = z - c.log2();
                let moved = if above > 0.0 {
                    (factor * (above * LN_2).exp_m1()).ln_1p() / LN_2
                } else {
                    factor * above
                };
                c.log2() + moved
            }
        }
    }

    /// First and second derivative of [`Scale::multiply`] in `z`.
    #[must_use]
    pub(crate) fn multiply_slopes(self, z: f64, factor: f64) -> (f64, f64) {
        // f eᵘ / (1 + f (eᵘ − 1)), with eᵘ divided out, as it may overflow
        let slope = |u: f64| factor / (factor + (1.0 - factor) * (-u).exp());
        match self.transform {
            LevelTransform::Sqrt => (factor.sqrt(), 0.0),
            LevelTransform::Log1p if z > 0.0 => {
                let slope = slope(z);
                (slope, slope * (1.0 - slope))
            }
            LevelTransform::Log1p | LevelTransform::Identity => (factor, 0.0),
            LevelTransform::Log(0.0) => (1.0, 0.0),
            LevelTransform::Log(c) => {
                let above = (z - c.log2()) * LN_2;
                if above > 0.0 {
                    let slope = slope(above);
                    (slope, LN_2 * slope * (1.0 - slope))
                } else {
                    (factor, 0.0)
                }
            }
        }
    }

    /// The name of the transform on the command line and in `run.json`.
    #[doc(hidden)]
    #[must_use]
    pub fn name(self) -> &'static str {
        self.transform.name()
    }
}

/// `x`, or the least that it may be; NaN stays.
fn at_least(x: f64, least: f64) -> f64 {
    if x < least { least } else { x }
}

impl LevelTransform {
    /// The name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Identity => "none",
            Self::Sqrt => "sqrt",
            Self::Log1p => "log1p",
            Self::Log(_) => "log",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    fn scales() -> Vec<Scale> {
        let curves = [
            LevelTransform::Identity,
            LevelTransform::Sqrt,
            LevelTransform::Log1p,
            LevelTransform::Log(0.0),
            LevelTransform::Log(0.4),
        ];
        let stored = ["linear", "log2", "log2p1", "ln", "log10", "log2ratio"];
        let stored = stored.map(|name| name.parse().expect("a scale"));
        let pairs = stored.iter().flat_map(|s| curves.map(|c| (*s, c)));
        pairs.map(|(s, c)| Scale::of(s, c, 1e-3)).collect()
    }

    #[test]
    fn a_missing_value_stays_missing() {
        for transform in [
            LevelTransform::Identity,
            LevelTransform::Sqrt,
            LevelTransform::Log1p,
            LevelTransform::Log(1.0),
            LevelTransform::Log(0.0),
        ] {
            let scale = Scale {
                transform,
                ..Scale::default()
            };
            assert!(scale.backward(f64::NAN).is_nan(), "{transform:?}");
            assert!(scale.forward(f64::NAN).is_nan(), "{transform:?}");
            assert!(scale.linear_slope(f64::NAN).is_nan() || transform == LevelTransform::Identity);
        }
    }

    #[test]
    fn back_and_forth_is_the_identity() {
        for scale in scales() {
            for x in [0.002, 0.3, 5.0, 1200.0] {
                let y = scale.stored.of_linear(x);
                let back = scale.backward(scale.forward(y));
                assert_relative_eq!(back, y, max_relative = 1e-9, epsilon = 1e-12);
            }
        }
    }

    #[test]
    fn a_level_is_multiplied_on_the_linear_scale() {
        for scale in scales() {
            for factor in [0.2, 1.0, 3.0] {
                for x in [0.3, 5.0] {
                    let y = scale.stored.of_linear(x);
                    let z = scale.multiply(scale.forward(y), factor);
                    let found = scale.stored.linear(scale.backward(z));
                    assert_relative_eq!(found, factor * x, max_relative = 1e-9);
                }
                for z in [-1.3, -0.01, 0.01, 0.7, 2.0] {
                    let there = scale.multiply(z, factor);
                    assert_relative_eq!(scale.multiply(there, 1.0 / factor), z, epsilon = 1e-12);
                }
            }
        }
    }

    #[test]
    fn the_slopes_agree_with_differences() {
        let h = 1e-5;
        for scale in scales() {
            for z in [-0.8, 0.3, 1.7] {
                let at = |z: f64| scale.multiply(z, 2.5);
                let (slope, curvature) = scale.multiply_slopes(z, 2.5);
                let first = (at(z + h) - at(z - h)) / (2.0 * h);
                assert_relative_eq!(slope, first, epsilon = 1e-8);
                let steeper = scale.multiply_slopes(z + h, 2.5).0;
                let flatter = scale.multiply_slopes(z - h, 2.5).0;
                assert_relative_eq!(curvature, (steeper - flatter) / (2.0 * h), epsilon = 1e-6);
                let first = (scale.linear(z + h) - scale.linear(z - h)) / (2.0 * h);
                assert_relative_eq!(scale.linear_slope(z), first, epsilon = 1e-6);
            }
        }
    }

    #[test]
    fn a_gene_that_is_gone_has_a_level_of_zero_or_the_floor() {
        let log2 = |curve| Scale::of(Stored::Log2, curve, 0.25);
        assert_eq!(log2(LevelTransform::Sqrt).zero(), 0.0);
        assert_eq!(log2(LevelTransform::Log(0.0)).zero(), -2.0);
        assert_eq!(log2(LevelTransform::Sqrt).backward(0.0), -2.0);
        assert_eq!(
            Scale::of(Stored::Linear, LevelTransform::Log(0.5), 0.0).zero(),
            -1.0
        );
        let plus = Scale::of(Stored::Log2p1, LevelTransform::Sqrt, 0.0);
        assert_eq!(plus.backward(plus.zero()), 0.0);
        assert!(log2(LevelTransform::Sqrt).forward(f64::NAN).is_nan());
    }
}
