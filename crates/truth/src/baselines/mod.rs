//! Simple methods that any network inference has to beat, and their bounds.
//!
//! Each is one [`Baseline`]: data in, a score for every ordered pair out. They see the data on the
//! model's scale (the same variance-stabilising transform) and know nothing of conditions, offsets
//! or knockouts. [`RandomOrder`] is the floor; [`Ceiling`] is not a method but an oracle that knows
//! the true regulators.

mod baseline_data;
mod ceiling;
mod correlation;
mod covariance;
mod cross_products;
mod lagged;
mod mutual_information;
mod pair_scores;
mod random_order;
mod stability_lasso;

#[cfg(test)]
mod tests;

pub use baseline_data::{BaselineData, BaselineDataError};
pub use ceiling::Ceiling;
pub use correlation::Correlation;
pub use covariance::LastCovariance;
pub use lagged::LaggedCorrelation;
pub use mutual_information::MutualInformation;
pub use pair_scores::PairScores;
pub use random_order::RandomOrder;
pub use stability_lasso::StabilityLasso;

use cistron::seed::Seed;

/// A method that scores every ordered pair.
pub trait Baseline: Sync {
    /// Its name in tables.
    fn name(&self) -> &'static str;

    /// What it computes, in one line.
    fn description(&self) -> &'static str;

    /// Scores of all pairs, row = target, column = regulator; the diagonal means nothing.
    ///
    /// * `seed`: for methods that draw; the others do not look at it
    fn rank(&self, data: &BaselineData, seed: Seed) -> PairScores;
}

/// The baselines that every benchmark prints, the floor excepted.
#[must_use]
pub fn all() -> Vec<Box<dyn Baseline>> {
    vec![
        Box::new(Correlation),
        Box::new(LastCovariance),
        Box::new(LaggedCorrelation),
        Box::new(MutualInformation),
        Box::new(StabilityLasso::default()),
    ]
}
