//! From rows to component networks and their stability.

mod bent;
mod curvature;
mod held_out;
mod moments;
mod network;
mod quadratic;
mod stability;
mod subsample;
mod target;
mod target_rows;
pub use held_out::HeldOut;
pub use stability::{quick, quick_corr};
pub use target::TargetModel;
