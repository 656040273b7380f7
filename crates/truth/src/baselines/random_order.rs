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
        let shape = (data.genes().len(), data.regulators().len());
        let mut rng = seed.stream(Purpose::Baseline, 0);
        PairScores::signed(data, Mat::from_fn(shape.0, shape.1, |_, _| rng.random()))
    }
}
