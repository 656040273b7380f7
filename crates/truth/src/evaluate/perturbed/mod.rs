//! Predicted against measured states after interventions.
//!
//! [`PerturbedStates`] are states after genes were changed, steady or over time, as a table holds
//! them. [`compare`] matches a predicted with a measured table and scores it, beside the rules
//! that need no model.

mod knockout_rules;
mod matching;
mod prediction_scores;
mod states;

#[cfg(test)]
mod tests;

pub use matching::MatchingError;
pub use prediction_scores::{
    ComparedLevel, Comparison, PredictionScores, RuleScores, compare, compared_levels,
};
pub use states::{PerturbedRow, PerturbedStates};
