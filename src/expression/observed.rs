//! Everything that was observed of one system: what a run starts from.

use crate::genes::Genes;

use super::{Measured, RestingStates};

/// Expression over time, and states at rest if there are any.
#[derive(Clone, Copy, Debug)]
pub struct Observed<'a> {
    /// Time series, or cells with pseudotime.
    pub measured: &'a Measured,
    /// States at rest of the same genes, in the same units.
    pub resting: Option<&'a RestingStates>,
}

impl<'a> Observed<'a> {
    /// Expression over time alone.
    #[must_use]
    pub fn over_time(measured: &'a Measured) -> Self {
        Self {
            measured,
            resting: None,
        }
    }

    /// The genes.
    #[must_use]
    pub fn genes(&self) -> &'a Genes {
        self.measured.genes()
    }

    /// The least value that is not missing, over time or at rest; infinite if there is none.
    #[must_use]
    pub fn least(&self) -> f64 {
        let resting = self.resting.map_or(f64::INFINITY, RestingStates::least);
        self.measured.least().min(resting)
    }
}
