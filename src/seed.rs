//! Reproducible randomness: one seed, one independent stream for every purpose and index.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

/// The one number that all randomness of a run grows from.
///
/// Streams are told apart by what they are for and by an index, never by the order in which
/// threads ask for them, so the same seed gives the same bytes for any number of threads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seed(pub u64);

/// What a stream of random numbers is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
#[non_exhaustive]
pub enum Purpose {
    /// Complementary half-samples of segments.
    Subsample = 1,
    /// Folds of held-out segments.
    HeldOut = 2,
    /// Process noise of a simulated trajectory.
    ProcessNoise = 3,
    /// Measurement noise on simulated data.
    MeasurementNoise = 4,
    /// Perturbations drawn for a simulated experiment.
    Perturbation = 5,
    /// Random networks and data in tests and benches.
    Synthetic = 7,
    /// Start, time of sampling and process noise of a simulated cell.
    CellProcess = 11,
    /// Library size and counts of a simulated cell.
    CellCounts = 12,
    /// Values of a gene that are lost in simulated cells.
    Dropout = 13,
    /// Half-samples of the members of an ensemble.
    Member = 14,
    /// Scores that a baseline draws: the floor, and the non-edges of the ceiling.
    Baseline = 20,
    /// Where the nodes of a drawing start.
    Layout = 21,
    /// Targets drawn with replacement, for standard errors of scores.
    Bootstrap = 22,
    /// Which half of the known edges is given as prior knowledge.
    PriorHalf = 23,
    /// Which tenth of the known edges is given to calibrate.
    KnownTenth = 24,
    /// Courses of regulators without their link to those of the targets.
    Surrogate = 30,
    /// Knockoffs of regulators.
    Knockoff = 31,
    /// Targets that the null models are fitted to.
    NullTargets = 32,
}

impl Seed {
    /// The stream for `purpose` number `index`: ChaCha8 with the seed as key and
    /// (purpose, index) as stream number.
    ///
    /// ```
    /// use cistron::seed::{Purpose, Seed};
    /// use rand::Rng;
    ///
    /// let draw = |index| Seed(1).stream(Purpose::Synthetic, index).random::<u64>();
    /// let forwards = [draw(0), draw(1)];
    /// assert_eq!([draw(1), draw(0)], [forwards[1], forwards[0]]); // in any order
    /// assert_ne!(forwards[0], forwards[1]);
    /// ```
    ///
    /// # Cost   a few nanoseconds; no allocation.
    #[must_use]
    pub fn stream(self, purpose: Purpose, index: u64) -> ChaCha8Rng {
        let mut rng = ChaCha8Rng::seed_from_u64(self.0 ^ ((purpose as u64) << 56));
        rng.set_stream(index);
        rng
    }
}

impl Default for Seed {
    fn default() -> Self {
        Self(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::RngCore;

    #[test]
    fn the_same_purpose_and_index_give_the_same_numbers() {
        let number = draw(7, Purpose::Subsample, 3);
        assert_eq!(number, draw(7, Purpose::Subsample, 3));
        assert_ne!(number, draw(7, Purpose::Subsample, 4));
        assert_ne!(number, draw(7, Purpose::HeldOut, 3));
        assert_ne!(number, draw(8, Purpose::Subsample, 3));
    }

    fn draw(seed: u64, purpose: Purpose, index: u64) -> u64 {
        Seed(seed).stream(purpose, index).next_u64()
    }
}
