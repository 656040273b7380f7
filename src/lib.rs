//! Cistron: from expression that changes over time to a causal gene network that can be run
//! forwards.
//!
//! The modules stand in their order: each one uses only those above it, and a test holds them
//! to it.

pub mod seed;

pub mod numeric;

pub mod genes;

pub mod prior;

pub mod expression;

pub mod segments;

pub mod trajectory;

pub mod penalty;

pub mod field;

pub mod dynamics;

pub mod fit;

pub mod influence;

pub mod direct_effects;

pub mod network;

pub mod perturb;

pub mod refit;

pub mod forecast;

pub mod io;

pub mod run;

pub use io::open;
pub use run::{Run, Settings, infer};
