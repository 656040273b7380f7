//! From rows to component networks and their stability.

mod moments;
mod quadratic;
mod stability;
mod subsample;
pub use stability::{quick, quick_corr};
