//! All measures of one ranking together.

use serde::{Deserialize, Serialize};

use super::curves::{auroc, average_precision, trapezoid_precision_recall};
use super::dream::dream;
use super::ranking::Ranking;
use super::universe::RankedPair;

/// How good a ranking is, by every measure in use.
///
/// The names in JSON are the short ones that benchmark tables use.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scores {
    /// Pairs judged, `n`.
    #[serde(rename = "n_pairs")]
    pub pairs: u64,
    /// True edges among them, `k`.
    #[serde(rename = "n_edges")]
    pub edges: u64,
    /// Judged pairs that the list has; the others count as tied last.
    #[serde(rename = "n_pred")]
    pub predicted: u64,
    /// `k / n`, the precision of a random order.
    pub density: f64,
    /// [`average_precision`].
    pub aupr: f64,
    /// `aupr / density`: how many times better than chance.
    pub aupr_ratio: f64,
    /// Area under the precision–recall points joined by straight lines, which flatters lists with
    /// many ties; for comparison with numbers that were made this way.
    pub aupr_trapezoid: f64,
    /// [`auroc`].
    pub auroc: f64,
    /// Share of the `k` true edges that are among the best `k` pairs.
    #[serde(rename = "ep")]
    pub early_precision: f64,
    /// `early_precision / density`.
    #[serde(rename = "epr")]
    pub early_precision_ratio: f64,
    /// Area under the precision–recall curve by the rules of the DREAM challenges.
    pub aupr_dream: f64,
    /// Area under the ROC curve by the rules of the DREAM challenges.
    pub auroc_dream: f64,
    /// Correct signs.
    #[serde(flatten)]
    pub signs: SignScores,
}

/// Correct signs among true edges whose sign is known and predicted.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SignScores {
    /// Correct share among the best `k` pairs; none if there is no sign to compare.
    #[serde(rename = "sign_acc")]
    pub top: Option<f64>,
    /// True edges compared among the best `k` pairs.
    #[serde(rename = "n_signed_top")]
    pub top_compared: u64,
    /// Correct share among all listed pairs; none if there is no sign to compare.
    #[serde(rename = "sign_acc_all")]
    pub all: Option<f64>,
    /// True edges compared among all listed pairs.
    #[serde(rename = "n_signed_all")]
    pub all_compared: u64,
}

impl Scores {
    /// Every measure of a ranking.
    ///
    /// # Cost     a few passes over the listed pairs, `O(n)`.
    #[must_use]
    pub fn new(ranking: &Ranking) -> Self {
        let density = ranking.density();
        let aupr = average_precision(ranking);
        let early_precision = early_precision(ranking);
        let dream = dream(ranking);
        Self {
            pairs: ranking.pairs(),
            edges: ranking.edges(),
            predicted: ranking.predicted(),
            density,
            aupr,
            aupr_ratio: aupr / density,
            aupr_trapezoid: trapezoid_precision_recall(ranking),
            auroc: auroc(ranking),
            early_precision,
            early_precision_ratio: early_precision / density,
            aupr_dream: dream.aupr,
            auroc_dream: dream.auroc,
            signs: sign_scores(ranking),
        }
    }
}

/// Share of the `k` true edges that are among the best `k` pairs.
///
/// Equal scores at the border count by expectation; unlisted pairs are never among the best.
///
/// # Source   Pratapa et al. (2020), Nat. Methods 17: early precision; there, ties at the border
/// enlarge the list instead.
#[must_use]
pub(super) fn early_precision(ranking: &Ranking) -> f64 {
    found_among(ranking, ranking.edges()) / ranking.edges() as f64
}

/// Share of true edges among the best `rank` pairs; what the list leaves out is missing there.
///
/// Equal scores at the border count by expectation.
#[must_use]
pub fn precision_at(ranking: &Ranking, rank: u64) -> f64 {
    found_among(ranking, rank) / rank as f64
}

/// Expected number of true edges among the best `rank` pairs of the list.
fn found_among(ranking: &Ranking, rank: u64) -> f64 {
    let top = rank.min(ranking.predicted());
    let (mut taken, mut found) = (0, 0.0);
    for group in ranking.groups() {
        if taken == top {
            break;
        }
        let take = group.pairs.min(top - taken);
        found += group.edges as f64 * take as f64 / group.pairs as f64;
        taken += take;
    }
    found
}

/// Correct signs among the true edges of the list.
///
/// Among equal scores at the border of the best `k`, the pairs that the gold standard lists first
/// are taken.
///
/// # Cost     `O(n)`, and a sort of the tied pairs at the border.
#[must_use]
pub(super) fn sign_scores(ranking: &Ranking) -> SignScores {
    let top = ranking.edges().min(ranking.predicted()) as usize;
    let mut best: Vec<RankedPair> = Vec::with_capacity(top);
    for tied in ranking.ties() {
        if best.len() + tied.len() <= top {
            best.extend_from_slice(tied);
            continue;
        }
        let mut tied = tied.to_vec();
        tied.sort_by_key(|pair| pair.gold_order);
        best.extend_from_slice(&tied[..top - best.len()]);
        break;
    }
    let (top, top_compared) = correct(&best);
    let (all, all_compared) = correct(&ranking.ranked);
    SignScores {
        top,
        top_compared,
        all,
        all_compared,
    }
}

/// Share of correct signs and how many were compared.
fn correct(pairs: &[RankedPair]) -> (Option<f64>, u64) {
    let compared = pairs.iter().filter_map(|pair| pair.agreement);
    let (count, correct) = compared.fold((0u64, 0u64), |(count, correct), same| {
        (count + 1, correct + u64::from(same))
    });
    ((count > 0).then(|| correct as f64 / count as f64), count)
}
