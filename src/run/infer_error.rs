//! What an inference refuses.

use super::{MemoryError, NothingToRank, RangeError};
use crate::expression::{InterventionError, SeriesError, TransformError};
use crate::field::FieldError;
use crate::fit::FitError;
use crate::network::nulls::CalibrationError;
use crate::trajectory::ConditionError;

/// Why there is no result.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InferError {
    /// The transform does not suit the data.
    #[error(transparent)]
    Transform(#[from] TransformError),
    /// An intervention in the data that has no meaning on their scale.
    #[error(transparent)]
    Intervention(#[from] InterventionError),
    /// A setting that makes no sense.
    #[error("setting `{name}`: found {found}, expected {expected}")]
    Setting {
        /// Its name, as in run.json.
        name: &'static str,
        /// What it is.
        found: String,
        /// What it may be.
        expected: &'static str,
    },
    /// Lineages that make no series.
    #[error(transparent)]
    Series(#[from] SeriesError),
    /// Numbers that would overflow.
    #[error(transparent)]
    Range(#[from] RangeError),
    /// Data in which nothing can be ranked.
    #[doc(hidden)]
    #[error(transparent)]
    Nothing(#[from] NothingToRank),
    /// More candidate pairs than fit into the memory.
    #[doc(hidden)]
    #[error(transparent)]
    Memory(#[from] MemoryError),
    /// Conditions that do not meet the data.
    #[error(transparent)]
    Conditions(#[from] ConditionError),
    /// The fit.
    #[error(transparent)]
    Fit(#[from] FitError),
    /// A known edge that is in the prior as well.
    #[error(
        "the edge {regulator} → {target} is among the known ones and in the prior: what the ranking was \
         told cannot say how good it is; leave it out of one of the two files"
    )]
    KnownInPrior {
        /// Name of the regulator.
        regulator: String,
        /// Name of the target.
        target: String,
    },
    /// Known edges that say nothing.
    #[error("known edges: {0}")]
    Calibration(#[from] CalibrationError),
    /// The fitted field is not sound (a bug).
    #[error(transparent)]
    Field(#[from] FieldError),
}
