//! Prediction of segments that a fit has not seen.
//!
//! A fold holds out runs of neighbouring starting samples. For the target's increments `y_r` over one
//! interval in the rows `r` that are held out, and `ŷ_r` predicted from a fit on the others,
//!
//! ```text
//! R² = 1 − Σ_r (y_r − ŷ_r)² / Σ_r (y_r − ȳ)²,   ȳ: mean over the rows of the fit
//! ```
//!
//! summed over all folds. No row of the fit shares an interval with a row that is predicted, since
//! both would hold the same noise.

use serde::{Deserialize, Serialize};

use crate::genes::Gene;
use crate::seed::Seed;
use crate::segments::{RowSpan, Segments};

use super::moments::{Integrated, RowMoments};
use super::subsample::held_out_folds;

/// Sums of squares over held-out one-interval segments of one target.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct HeldOut {
    /// Around the mean increment.
    pub total: f64,
    /// "No change": the increment itself.
    pub no_change: f64,
    /// Decay and conditions alone, no regulators.
    pub decay_only: f64,
    /// The linear part.
    pub linear: f64,
    /// The model that was chosen.
    pub model: f64,
    /// Number of segments.
    pub segments: usize,
}

impl HeldOut {
    /// `1 − error/total`, the share of the variance that is predicted; 0 if there is none.
    #[must_use]
    pub fn r_squared(&self, error: f64) -> f64 {
        if self.total > 0.0 {
            1.0 - error / self.total
        } else {
            0.0
        }
    }
}

/// One fold: rows to learn from, rows to predict, and the moments of the former.
pub(crate) struct Fold {
    pub(crate) train: Vec<usize>,
    pub(crate) test: Vec<usize>,
    pub(crate) moments: RowMoments,
}

/// Folds over rows known to all `targets`. No row to learn from shares an interval with a row to
/// predict; only rows over one interval are predicted.
pub(crate) fn folds(
    data: &Integrated<'_>,
    known: &[usize],
    targets: &[Gene],
    seed: Seed,
    count: usize,
) -> Vec<Fold> {
    let segments = data.segments;
    let fold_of = held_out_folds(segments, seed, count);
    let mut folds = Vec::with_capacity(count);
    for fold in 0..count {
        let held = held_blocks(segments, &fold_of, fold);
        let (mut train, mut test) = (Vec::new(), Vec::new());
        for &row in known {
            let span = segments.spans()[row];
            if fold_of[row] == fold && span.horizon == 1 {
                test.push(row);
            }
            if is_apart(span, &held) {
                train.push(row);
            }
        }
        if !test.is_empty() && !train.is_empty() {
            folds.push(Fold {
                moments: RowMoments::new(data, &train, targets),
                train,
                test,
            });
        }
    }
    folds
}

/// Whether a row covers none of the blocks that are held out.
fn is_apart(span: RowSpan, held: &[bool]) -> bool {
    (span.block..span.block + span.horizon).all(|block| !held.get(block).is_some_and(|held| *held))
}

fn held_blocks(segments: &Segments, fold_of: &[usize], fold: usize) -> Vec<bool> {
    let mut held = vec![false; segments.blocks()];
    for (row, span) in segments.spans().iter().enumerate() {
        if fold_of[row] == fold && span.horizon == 1 {
            held[span.block] = true;
        }
    }
    held
}
