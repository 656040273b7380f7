//! How levels are stored in a file.

use serde::{Deserialize, Serialize};

/// The scale on which a file stores its levels.
///
/// ```
/// use cistron::expression::Stored;
///
/// assert_eq!(Stored::Log2p1.linear(3.0), 7.0);
/// assert_eq!("log2p1".parse(), Ok(Stored::Log2p1));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Stored {
    /// Levels `x`.
    #[default]
    Linear,
    /// `log₂ x`.
    Log2,
    /// `log₂ (x + 1)`.
    Log2p1,
    /// `ln x`.
    Ln,
    /// `ln (x + 1)`.
    Log1p,
    /// `log₁₀ x`.
    Log10,
    /// Levels as a share of those of a reference.
    Ratio,
    /// `log₂` of such ratios.
    Log2Ratio,
    /// Logarithms of levels, of an unknown base.
    Log,
    /// Logarithms of levels and one, of an unknown base.
    LogPlusOne,
    /// Logarithms of ratios, of an unknown base.
    LogRatio,
    /// Levels or logarithms of them, which the values of few genes do not tell; taken as levels.
    Unclear,
}

/// Base that stands for an unknown one: the most common. Only the choice of the model's transform
/// uses it; doses and fold changes are refused.
const ASSUMED_BASE: f64 = 2.0;

/// The names of the scales that a user can give.
const NAMES: [(&str, Stored); 8] = [
    ("linear", Stored::Linear),
    ("log2", Stored::Log2),
    ("log2p1", Stored::Log2p1),
    ("ln", Stored::Ln),
    ("log1p", Stored::Log1p),
    ("log10", Stored::Log10),
    ("ratio", Stored::Ratio),
    ("log2ratio", Stored::Log2Ratio),
];

impl Stored {
    /// The names of the scales that a user can give.
    #[doc(hidden)]
    #[must_use]
    pub fn names() -> [&'static str; 8] {
        NAMES.map(|(name, _)| name)
    }

    /// The name on the command line; that of a guess says what is not known.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Log => "log of unknown base",
            Self::LogPlusOne => "log(x + 1) of unknown base",
            Self::LogRatio => "log ratio of unknown base",
            Self::Unclear => "linear or logarithms",
            _ => {
                let mut known = NAMES.iter().filter(|(_, stored)| *stored == self);
                known.next().expect("every other scale has a name").0
            }
        }
    }

    /// What axes call the unit of the levels.
    #[doc(hidden)]
    #[must_use]
    pub fn unit(self) -> String {
        match self {
            Self::Linear => "units of the data".to_owned(),
            other => format!("units of the data: {}", other.name()),
        }
    }

    /// Whether a level says how often one sample has what another has: not for logarithms of an
    /// unknown base, or where levels may be logarithms.
    #[doc(hidden)]
    #[must_use]
    pub fn is_known(self) -> bool {
        !matches!(
            self,
            Self::Log | Self::LogPlusOne | Self::LogRatio | Self::Unclear
        )
    }

    /// Whether levels are shares of those of a reference.
    #[doc(hidden)]
    #[must_use]
    pub fn is_ratio(self) -> bool {
        matches!(self, Self::Ratio | Self::Log2Ratio | Self::LogRatio)
    }

    /// Whether the file has logarithms.
    #[doc(hidden)]
    #[must_use]
    pub fn is_log(self) -> bool {
        self.base().is_some()
    }

    /// The base of the logarithms, 2 where it is unknown; none without logarithms.
    fn base(self) -> Option<f64> {
        match self {
            Self::Linear | Self::Ratio | Self::Unclear => None,
            Self::Log2 | Self::Log2p1 | Self::Log2Ratio => Some(2.0),
            Self::Ln | Self::Log1p => Some(std::f64::consts::E),
            Self::Log10 => Some(10.0),
            Self::Log | Self::LogPlusOne | Self::LogRatio => Some(ASSUMED_BASE),
        }
    }

    /// What is added to a level before its logarithm is taken.
    pub(super) fn added(self) -> f64 {
        match self {
            Self::Log2p1 | Self::Log1p | Self::LogPlusOne => 1.0,
            _ => 0.0,
        }
    }

    /// Whether `y` is the binary logarithm itself.
    pub(super) fn is_binary(self) -> bool {
        self.base() == Some(2.0) && self.added() == 0.0
    }

    /// The level of a stored value, on the linear scale.
    #[must_use]
    pub fn linear(self, y: f64) -> f64 {
        match self.base() {
            None => y,
            Some(2.0) => y.exp2() - self.added(),
            Some(10.0) => 10.0_f64.powf(y),
            Some(_) if self.added() == 1.0 => y.exp_m1(),
            Some(_) => y.exp(),
        }
    }

    /// The stored value of a level.
    #[doc(hidden)]
    #[must_use]
    pub fn of_linear(self, x: f64) -> f64 {
        match self.base() {
            None => x,
            Some(2.0) => (x + self.added()).log2(),
            Some(10.0) => x.log10(),
            Some(_) if self.added() == 1.0 => x.ln_1p(),
            Some(_) => x.ln(),
        }
    }

    /// The least value that is a level of 0 or more; none where every value is one.
    #[doc(hidden)]
    #[must_use]
    pub fn least(self) -> Option<f64> {
        match self.base() {
            Some(_) if self.added() == 0.0 => None,
            _ => Some(0.0),
        }
    }
}

/// A name that no scale has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("found scale `{0}`, expected {names}; correct it", names = Stored::names().join(", "))]
pub struct StoredError(String);

impl std::str::FromStr for Stored {
    type Err = StoredError;

    fn from_str(name: &str) -> Result<Self, StoredError> {
        let mut known = NAMES.iter().filter(|(known, _)| *known == name.trim());
        let found = known.next().map(|(_, stored)| *stored);
        found.ok_or_else(|| StoredError(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scale_goes_there_and_back_and_is_found_by_its_name() {
        for (name, stored) in NAMES {
            assert_eq!(name.parse(), Ok(stored));
            assert_eq!(stored.name(), name);
            for x in [0.02, 1.0, 350.0] {
                let back = stored.linear(stored.of_linear(x));
                assert!((back - x).abs() < 1e-12 * x, "{name}: {back} for {x}");
            }
        }
        assert!("log7".parse::<Stored>().is_err());
    }
}
