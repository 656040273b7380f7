//! The floor: pairs in random order.

use faer::Mat;
use rand::Rng;

use cistron::seed::{Purpose, Seed};

use super::{Baseline, BaselineData, PairScores};

/// A uniform number for every pair: the floor.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct RandomOrder;

impl Baseline for RandomOrder {
    fn name(&self) -> &'static str {
        "random"
    }

    fn rank(&self, data: &BaselineData, seed: Seed) -> PairScores {
        let p = data.genes().len();
        let mut rng = seed.stream(Purpose::Baseline, 0);
        PairScores::signed(Mat::from_fn(p, p, |_, _| rng.random()))
    }
}
