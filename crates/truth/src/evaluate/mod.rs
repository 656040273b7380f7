//! How good is a ranked list of edges against a network that is known?
//!
//! A [`GoldStandard`] holds what is known, an [`EdgeList`] what a method says. A [`Ranking`] joins
//! the two: every pair of the universe once, best first, unlisted pairs tied last. All measures
//! read the ranking: [`Scores`] has them all, [`curve`] the points behind precision–recall and ROC.
//! [`compare`] holds predicted states after interventions against measured ones.
//! [`SeriesStatistics`] says how alike two data sets are, such as generated and real ones.

mod curves;
mod dream;
mod edge_list;
mod gold;
mod perturbed;
mod ranking;
mod scores;
mod series_statistics;

pub use curves::{CurvePoint, auroc, average_precision, curve, trapezoid_precision_recall};
pub use dream::{DreamScores, dream};
pub use edge_list::{EdgeList, EdgeListError, PredictedEdge};
pub use gold::{GoldError, GoldPair, GoldStandard};
pub use perturbed::{
    Comparison, MatchingError, PerturbedRow, PerturbedStates, PredictionScores, RuleScores, compare,
};
pub use ranking::{Ranking, RankingError, TieGroup, Universe, UniverseSettings, outcomes};
pub use scores::{Scores, SignScores, early_precision, sign_scores};
pub use series_statistics::{SeriesStatistics, SeriesStatisticsError};

#[cfg(test)]
mod tests;
