//! From rows to component networks and their stability.
//!
//! Every target is fitted by itself: first the linear skeleton (one wide unit), whose strength
//! held-out segments choose; then, where the skeleton leaves second-order terms unexplained,
//! networks with narrow units too, if they predict held-out segments better. Stability selection
//! repeats the same on complementary half-samples.

mod bent;
mod collinear;
mod curvature;
mod held_out;
mod moments;
mod network;
mod offsets;
mod path;
mod quadratic;
mod refit;
mod selection;
mod settings;
mod stability;
mod subsample;
mod sweep;
mod target;
mod target_rows;

pub use collinear::collinear;
pub use held_out::HeldOut;
pub use offsets::{OffsetChoice, choose_offsets};
pub use path::RegularisationPath;
pub use refit::{Refit, refit};
pub use selection::Selection;
pub use settings::FitSettings;
pub use stability::Tally;
pub use sweep::{Continue, FitError, Sweep, TargetFit, Unwatched, Watch};
pub use target::TargetModel;
