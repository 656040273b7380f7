//! What an inference refuses.

use super::RangeError;
use crate::expression::{SeriesError, TransformError};
use crate::field::FieldError;
use crate::fit::FitError;
use crate::trajectory::ConditionError;

/// Why there is no result.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InferError {
    /// The transform does not suit the data.
    #[error(transparent)]
    Transform(#[from] TransformError),
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
    /// Conditions that do not meet the data.
    #[error(transparent)]
    Conditions(#[from] ConditionError),
    /// The fit.
    #[error(transparent)]
    Fit(#[from] FitError),
    /// The fitted field is not sound (a bug).
    #[error(transparent)]
    Field(#[from] FieldError),
}
