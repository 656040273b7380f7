//! From series and lineages to rows of the weak form.

mod conditions;
mod gaps;
mod lineage;
mod noise_share;
mod rest;
mod rows;

pub use conditions::{ConditionError, Conditions, Offsets};
pub use lineage::series_of_lineages;
pub use rows::{RowSettings, segments, segments_with_rest};
