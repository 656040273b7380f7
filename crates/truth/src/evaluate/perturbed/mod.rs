//! How well the answers to knockout questions are: predicted against measured states.
//!
//! [`PerturbedStates`] are states after something was done to genes, at rest or over time, as a
//! table holds them. [`compare`] matches a predicted with a measured table and scores it, beside
//! the rules that need no model at all.

mod matching;
mod rules;
mod scores;
mod states;

#[cfg(test)]
mod tests;

pub use matching::MatchingError;
pub use scores::{Comparison, PredictionScores, RuleScores, compare};
pub use states::{PerturbedRow, PerturbedStates};
