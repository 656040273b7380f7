//! Single cells: each one a stochastic trajectory of its own.

mod cell_data;
mod cell_experiment;
mod cell_plan;
mod counts;
mod lineages;
mod population;
#[cfg(test)]
mod tests;

pub use cell_data::{CellData, SimulatedCell, Splicing};
pub use cell_plan::CellPlan;
