//! Covariance of the last samples.

use faer::Scale;

use cistron::seed::Seed;

use super::cross_products::{centred, columns_of, products};
use super::{Baseline, BaselineData, PairScores};

/// `|cov|` between the last samples of all series; over all samples if there are fewer than
/// three series or the data are cells.
///
/// In the steady state of a linear system with independent noise, the covariance of a pair is
/// close to a symmetric version of its coupling, which makes this a strong row on such suites.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct LastCovariance;

impl Baseline for LastCovariance {
    fn name(&self) -> &'static str {
        "covariance"
    }

    fn rank(&self, data: &BaselineData, _: Seed) -> PairScores {
        let x = centred(&data.last_samples());
        let share = 1.0 / (x.nrows().max(2) - 1) as f64;
        let regulators = columns_of(&x, data.regulators());
        PairScores::signed(data, products(&x, &regulators) * Scale(share))
    }
}
