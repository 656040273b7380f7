//! Degree laws of random networks by name.

use cistron_truth::simulate::random::Law;
use clap::ValueEnum;

/// A family of degree laws.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LawName {
    /// As in E. coli.
    Bacterial,
    /// As in baker's yeast.
    Yeast,
}

impl From<LawName> for Law {
    fn from(name: LawName) -> Self {
        match name {
            LawName::Bacterial => Self::Bacterial,
            LawName::Yeast => Self::Yeast,
        }
    }
}
