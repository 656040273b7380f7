//! Single cells: each one a stochastic trajectory of its own.

mod counts;
mod data;
mod lineages;
mod plan;
mod population;
#[cfg(test)]
mod tests;

pub use data::{CellData, SimulatedCell, Splicing};
pub use plan::CellPlan;
