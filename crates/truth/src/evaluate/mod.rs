//! Scores of a ranked list of edges against a known network, and of predicted interventions.
//!
//! A [`GoldStandard`] holds what is known, an [`EdgeList`] the edges of a method. A [`Ranking`]
//! joins the two: every pair of the universe once, best first, unlisted pairs tied last. All
//! measures read the ranking: [`Scores`] has them all, [`curve`] the points behind
//! precision–recall and ROC. [`compare`] scores predicted states after interventions.
//! [`SeriesStatistics`] describes data sets, such as generated and real ones, in the same numbers.

mod bootstrap;
mod curves;
mod dream;
mod gold_standard;
mod perturbed;
mod predicted_edges;
mod ranking;
mod ranking_scores;
mod series_statistics;
mod universe;

pub use bootstrap::bootstrap_error;
pub use curves::{CurvePoint, auroc, average_precision, curve};
pub use gold_standard::{GoldError, GoldPair, GoldStandard};
pub use perturbed::{
    ComparedLevel, Comparison, MatchingError, PerturbedRow, PerturbedStates, PredictionScores,
    RuleScores, compare, compared_levels,
};
pub use predicted_edges::{EdgeList, EdgeListError, PredictedEdge};
pub use ranking::Ranking;
pub(crate) use ranking::outcomes;
pub use ranking_scores::{Scores, SignScores, precision_at};
pub use series_statistics::{SeriesStatistics, SeriesStatisticsError};
pub use universe::{Neighbours, RankingError, Universe, UniverseSettings};

#[cfg(test)]
mod tests;
