//! Simple methods that any network inference has to beat, and their bounds.
//!
//! Each is one [`Baseline`]: data in, a score for every pair out, `p` targets × `q` regulators. They
//! see the data on the model's scale (the same variance-stabilising transform) and know nothing of
//! conditions, offsets or knockouts; steady states are samples like all others. [`Ceiling`] is not a method but an oracle that knows the true regulators; the floor
//! is computed by expectation, and `RandomOrder` is its check in the tests.

mod baseline_data;
mod ceiling;
mod clr;
mod correlation;
mod covariance;
mod cross_products;
mod lagged;
mod lasso;
mod mutual_information;
mod pair_scores;
#[cfg(test)]
mod random_order;
mod ridge;
mod stability_lasso;

#[cfg(test)]
mod tests;

pub(crate) use baseline_data::BaselineData;
pub(crate) use ceiling::Ceiling;
pub(crate) use clr::Clr;
pub(crate) use correlation::Correlation;
pub(crate) use covariance::LastCovariance;
pub(crate) use lagged::LaggedCorrelation;
pub(crate) use lasso::Lasso;
pub(crate) use mutual_information::MutualInformation;
pub(crate) use pair_scores::PairScores;
#[cfg(test)]
pub(crate) use random_order::RandomOrder;
pub(crate) use ridge::Ridge;
pub(crate) use stability_lasso::StabilityLasso;

use cistron::seed::Seed;

/// A method that scores every pair of a regulator and another gene.
pub(crate) trait Baseline: Sync {
    /// Its name in tables.
    fn name(&self) -> &'static str;

    /// Scores of all pairs, row = target, column = regulator; a gene with itself means nothing.
    ///
    /// * `seed`: for methods that draw; the others ignore it
    fn rank(&self, data: &BaselineData, seed: Seed) -> PairScores;
}

/// The baselines that every benchmark prints, the floor excepted.
#[must_use]
pub(crate) fn all() -> Vec<Box<dyn Baseline>> {
    vec![
        Box::new(Correlation),
        Box::new(Clr::of_correlation()),
        Box::new(LastCovariance),
        Box::new(LaggedCorrelation),
        Box::new(MutualInformation),
        Box::new(Ridge::plain()),
        Box::new(Ridge::by_target()),
        Box::new(Clr::of_ridge()),
        Box::new(Lasso),
        Box::new(StabilityLasso::default()),
    ]
}
