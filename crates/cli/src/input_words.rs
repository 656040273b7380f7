//! Words that options about input files take.

use clap::ValueEnum;

use cistron::genes::NameMatch;
use cistron::io::read::Duplicates;
use cistron::io::text::DecimalSign;
use cistron::prior::PriorMode;

/// Decimal sign of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DecimalMark {
    /// 1,234.5
    Point,
    /// 1.234,5
    Comma,
}

/// What becomes of a gene that occurs several times.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum RepeatedGenes {
    /// The table is refused.
    #[default]
    Error,
    /// Their mean.
    Mean,
    /// Their sum.
    Sum,
    /// The largest in every sample.
    Max,
}

/// How names of genes are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum MatchRule {
    /// Letter by letter.
    #[default]
    Exact,
    /// Capitals do not matter.
    Nocase,
    /// A version after the last point does not matter: ENSG00000141510.12
    Noversion,
}

/// How the prior network is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Mode {
    /// Only listed pairs may be edges.
    Allowed,
    /// Listed pairs may not be edges.
    Forbidden,
    /// Listed pairs are penalised less.
    #[default]
    Weighted,
}

impl From<DecimalMark> for DecimalSign {
    fn from(sign: DecimalMark) -> Self {
        match sign {
            DecimalMark::Point => Self::Point,
            DecimalMark::Comma => Self::Comma,
        }
    }
}

impl From<RepeatedGenes> for Duplicates {
    fn from(rule: RepeatedGenes) -> Self {
        match rule {
            RepeatedGenes::Error => Self::Error,
            RepeatedGenes::Mean => Self::Mean,
            RepeatedGenes::Sum => Self::Sum,
            RepeatedGenes::Max => Self::Max,
        }
    }
}

impl From<MatchRule> for NameMatch {
    fn from(rule: MatchRule) -> Self {
        match rule {
            MatchRule::Exact => Self::Exact,
            MatchRule::Nocase => Self::NoCase,
            MatchRule::Noversion => Self::NoVersion,
        }
    }
}

impl From<Mode> for PriorMode {
    fn from(mode: Mode) -> Self {
        match mode {
            Mode::Allowed => Self::Allowed,
            Mode::Forbidden => Self::Forbidden,
            Mode::Weighted => Self::Weighted,
        }
    }
}
