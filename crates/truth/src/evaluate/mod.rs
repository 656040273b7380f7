//! Scores of a ranked list of edges against a known network, and of predicted interventions.
//!
//! A [`GoldStandard`] holds what is known, an [`EdgeList`] the edges of a method. A [`Ranking`]
//! joins the two: every pair of the universe once, best first, unlisted pairs tied last. All
//! measures read the ranking: [`Scores`] has them all, [`curve`] the points behind
//! precision–recall and ROC. [`compare`] scores predicted states after interventions.
//! [`SeriesStatistics`] describes data sets, such as generated and real ones, in the same numbers.

mod curves;
mod dream;
mod gold_standard;
mod perturbed;
mod predicted_edges;
mod ranking;
mod ranking_scores;
mod series_statistics;

pub use curves::{CurvePoint, auroc, average_precision, curve};
pub use gold_standard::{GoldError, GoldPair, GoldStandard};
pub use perturbed::{
    Comparison, MatchingError, PerturbedRow, PerturbedStates, PredictionScores, RuleScores, compare,
};
pub use predicted_edges::{EdgeList, EdgeListError, PredictedEdge};
pub(crate) use ranking::outcomes;
pub use ranking::{Ranking, RankingError, Universe, UniverseSettings};
pub use ranking_scores::{Scores, SignScores};
pub use series_statistics::{SeriesStatistics, SeriesStatisticsError};

#[cfg(test)]
mod tests;
