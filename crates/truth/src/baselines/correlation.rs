//! Correlation over all samples.

use cistron::seed::Seed;

use super::cross_products::{columns_of, products, standardised};
use super::{Baseline, BaselineData, PairScores};

/// `|r|` of Pearson over all samples; the same for both directions of a pair.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Correlation;

impl Baseline for Correlation {
    fn name(&self) -> &'static str {
        "correlation"
    }

    fn rank(&self, data: &BaselineData, _: Seed) -> PairScores {
        let z = standardised(data.samples());
        let regulators = columns_of(&z, data.regulators());
        PairScores::signed(data, products(&z, &regulators))
    }
}
