//! From rows to component networks and their stability.
//!
//! Every target is fitted by itself: first the linear part (one wide unit), whose `λ`
//! held-out segments choose; then, where the linear part leaves second-order terms unexplained,
//! networks with narrow units too, if they predict held-out segments better. Stability selection
//! repeats the same on complementary half-samples.

mod collinear;
mod fit_settings;
mod held_out;
mod lambda_path;
mod linear_selection;
mod moments;
mod network;
mod nonlinear;
mod offsets;
mod quadratic;
mod rows_fit;
mod second_order;
mod stability;
mod subsample;
mod sweep;
mod target;
mod target_rows;

pub use collinear::collinear;
pub use fit_settings::FitSettings;
pub use held_out::HeldOut;
pub use lambda_path::RegularisationPath;
pub use linear_selection::{TargetSelection, select};
pub use offsets::{OffsetChoice, choose_offsets};
pub use rows_fit::{RowsFit, fit_rows};
pub use stability::Tally;
pub use sweep::{FitError, Sweep, SweepState, TargetFit, Watch, fit};
pub use target::TargetModel;
