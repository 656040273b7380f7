//! From series and lineages to rows of the weak form.

mod conditions;
mod gaps;
mod levels;
mod lineage;
mod noise_share;
mod rows;
mod sample_conditions;
mod samples;
mod steady_rows;

pub use conditions::{ConditionError, Offsets};
pub use rows::RowSettings;

// what a run is made of, for scores and baselines; a user goes through a run
#[doc(hidden)]
pub use conditions::Conditions;
#[doc(hidden)]
pub use levels::level_rows;
#[doc(hidden)]
pub use lineage::series_of_lineages;
#[doc(hidden)]
pub use rows::{segments, segments_with_steady_states};
#[doc(hidden)]
pub use samples::{AllSamples, SampleInterval};
