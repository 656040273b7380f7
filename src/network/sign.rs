//! The sign of an edge, as files spell it.

use serde::{Deserialize, Serialize};

/// Does a regulator raise or lower its target?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sign {
    /// More regulator, more target.
    Activation,
    /// More regulator, less target.
    Repression,
    /// Not said, or not one of the two.
    #[default]
    Unknown,
}

impl Sign {
    /// The sign of a slope; unknown where it is 0 or not a number.
    #[must_use]
    pub(crate) fn of_slope(slope: f64) -> Self {
        match slope {
            x if x > 0.0 => Self::Activation,
            x if x < 0.0 => Self::Repression,
            _ => Self::Unknown,
        }
    }

    /// Reads a sign: `+`, `-`, `1`, `-1`, `0` for unknown, or a word.
    ///
    /// * returns `None` if the text is no sign
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "+" | "1" | "+1" | "1.0" => return Some(Self::Activation),
            "-" | "-1" | "-1.0" | "\u{2212}" => return Some(Self::Repression),
            "0" | "0.0" | "" | "?" | "." => return Some(Self::Unknown),
            _ => {}
        }
        if let Some(sign) = Self::of_arrow(text) {
            return Some(sign);
        }
        match text.to_ascii_lowercase().as_str() {
            "activation" | "activator" | "activates" | "activate" | "activating" | "activated"
            | "positive" | "pos" | "stimulation" | "stimulates" | "stimulatory" | "induction"
            | "induces" | "upregulates" | "upregulation" => Some(Self::Activation),
            "repression" | "repressor" | "represses" | "repress" | "repressing" | "repressed"
            | "inhibition" | "inhibitor" | "inhibits" | "inhibit" | "inhibitory" | "negative"
            | "neg" | "suppression" | "suppresses" | "downregulates" | "downregulation" => {
                Some(Self::Repression)
            }
            "na" | "nan" | "none" | "unknown" | "unspecified" | "dual" | "both" | "+-" | "-+"
            | "+/-" => Some(Self::Unknown),
            _ => None,
        }
    }

    /// The sign of an arrow: `->` activates and `-|` represses. Where all arrows are `->`, they only say directions.
    ///
    /// * returns `None` if the text is no such arrow
    #[doc(hidden)]
    #[must_use]
    pub fn of_arrow(text: &str) -> Option<Self> {
        match text {
            "->" | "-->" | "--->" | "=>" | "==>" | "~>" | "\u{2192}" | "\u{27f6}" | "\u{21d2}"
            | "\u{2794}" | "\u{279d}" | "\u{279e}" => Some(Self::Activation),
            "-|" | "--|" | "---|" | "=|" | "-||" | "\u{22a3}" | "\u{2013}|" | "\u{2014}|" => {
                Some(Self::Repression)
            }
            _ => None,
        }
    }

    /// How our own files spell it: `+`, `-`, or `?` if it is unknown.
    #[must_use]
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Activation => "+",
            Self::Repression => "-",
            Self::Unknown => "?",
        }
    }

    /// What an edge of this sign does, in a word: `activates`, `represses` or `regulates`.
    #[must_use]
    pub fn verb(self) -> &'static str {
        match self {
            Self::Activation => "activates",
            Self::Repression => "represses",
            Self::Unknown => "regulates",
        }
    }

    /// Are both signs known, and if so, are they the same?
    #[must_use]
    pub fn agreement(self, other: Self) -> Option<bool> {
        (self != Self::Unknown && other != Self::Unknown).then_some(self == other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_read_as_files_spell_them() {
        for text in ["+", "1", "+1", "1.0", "Activation"] {
            assert_eq!(Sign::parse(text), Some(Sign::Activation), "{text}");
        }
        for text in ["-", "-1", "-1.0", "repression"] {
            assert_eq!(Sign::parse(text), Some(Sign::Repression), "{text}");
        }
        assert_eq!(Sign::parse("0"), Some(Sign::Unknown));
        assert_eq!(Sign::parse("0.7"), None);
    }

    #[test]
    fn a_sign_is_read_back_from_its_symbol() {
        for sign in [Sign::Activation, Sign::Repression, Sign::Unknown] {
            assert_eq!(Sign::parse(sign.symbol()), Some(sign));
        }
    }

    #[test]
    fn a_verb_says_the_sign_and_is_read_as_one() {
        for sign in [Sign::Activation, Sign::Repression] {
            assert_eq!(Sign::parse(sign.verb()), Some(sign));
        }
        assert_eq!(Sign::parse(Sign::Unknown.verb()), None);
    }

    #[test]
    fn agreement_needs_both_signs() {
        assert_eq!(Sign::Activation.agreement(Sign::Repression), Some(false));
        assert_eq!(Sign::Repression.agreement(Sign::Repression), Some(true));
        assert_eq!(Sign::Unknown.agreement(Sign::Repression), None);
    }
}
