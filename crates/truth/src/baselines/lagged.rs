//! Cross-correlation at a lag of one sample.

use cistron::seed::Seed;

use super::cross_products::{columns_of, products, standardised};
use super::{Baseline, BaselineData, PairScores};

/// `|r|` between the regulator in one sample and the target in the next one of the series.
///
/// This is the usual definition, cross-correlation at lag one. Correlation with the target's
/// *change* instead sounds closer to a derivative, but every true effect on a steady target is
/// then hidden behind the target's own return to its level (AUPR .04 instead of .14 on the
/// 100-gene networks of DREAM4).
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct LaggedCorrelation;

impl Baseline for LaggedCorrelation {
    fn name(&self) -> &'static str {
        "lagged correlation"
    }

    fn rank(&self, data: &BaselineData, _: Seed) -> PairScores {
        let (from, to) = data.steps();
        let regulators = standardised(&columns_of(&from, data.regulators()));
        PairScores::signed(data, products(&standardised(&to), &regulators))
    }
}
