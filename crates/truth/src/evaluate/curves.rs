//! Precision–recall and ROC: the points, and the areas under them.
//!
//! After the best `k` pairs with `tp` true edges of `P`, among `T` pairs in all: precision
//! `tp / k`, recall `tp / P`, false positive rate `(k − tp) / (T − P)`. Pairs of equal score are
//! taken together.

use super::ranking::Ranking;

/// State of both curves after all pairs down to a threshold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CurvePoint {
    /// Pairs taken so far.
    pub rank: u64,
    /// The lowest score taken; −∞ once the unlisted pairs are taken too.
    pub threshold: f64,
    /// True edges among the pairs taken.
    pub tp: u64,
    /// Other pairs among the pairs taken.
    pub fp: u64,
    /// `tp / rank`
    pub precision: f64,
    /// `tp / k`, also the true positive rate.
    pub recall: f64,
    /// `fp / (n − k)`, the false positive rate.
    pub fpr: f64,
}

/// One point after each group of equal scores, best first; the last has recall 1.
///
/// # Cost     `O(n)` for `n` listed pairs, no memory.
pub fn curve(ranking: &Ranking) -> impl Iterator<Item = CurvePoint> {
    let edges = ranking.edges() as f64;
    let others = (ranking.pairs() - ranking.edges()) as f64;
    ranking.groups().scan((0, 0), move |(rank, tp), group| {
        *rank += group.pairs;
        *tp += group.edges;
        let fp = *rank - *tp;
        Some(CurvePoint {
            rank: *rank,
            threshold: group.threshold,
            tp: *tp,
            fp,
            precision: *tp as f64 / *rank as f64,
            recall: *tp as f64 / edges,
            fpr: fp as f64 / others,
        })
    })
}

/// Average precision, `Σ (Rᵢ − Rᵢ₋₁) Pᵢ` over groups of equal scores.
///
/// # Source   the definition of scikit-learn's `average_precision_score`.
#[must_use]
pub fn average_precision(ranking: &Ranking) -> f64 {
    let mut recall = 0.0;
    curve(ranking)
        .map(|point| {
            let step = point.recall - recall;
            recall = point.recall;
            step * point.precision
        })
        .sum()
}

/// Area under the precision–recall points joined by straight lines, starting from recall 0 and
/// precision 1.
///
/// It interpolates where no ranking exists, so it flatters lists with many ties; use it only to
/// compare with numbers that were made this way.
///
/// # Source   BEELINE (Pratapa 2020, Nat. Methods): `auc(recall, precision)` of scikit-learn's
/// `precision_recall_curve`, unlisted pairs with the lowest score.
#[must_use]
pub(super) fn trapezoid_precision_recall(ranking: &Ranking) -> f64 {
    let (mut recall, mut precision) = (0.0, 1.0);
    curve(ranking)
        .map(|point| {
            let area = (point.recall - recall) * (point.precision + precision) / 2.0;
            (recall, precision) = (point.recall, point.precision);
            area
        })
        .sum()
}

/// Area under the ROC curve: the chance that a true edge is ranked before another pair, ties
/// counting one half.
#[must_use]
pub fn auroc(ranking: &Ranking) -> f64 {
    let (mut recall, mut fpr) = (0.0, 0.0);
    curve(ranking)
        .map(|point| {
            let area = (point.fpr - fpr) * (point.recall + recall) / 2.0;
            (recall, fpr) = (point.recall, point.fpr);
            area
        })
        .sum()
}
