//! The experiments on a known network, and how it is measured.
//!
//! | plan | what it gives |
//! |---|---|
//! | [`SeriesPlan`] | time series under perturbations, knockouts or from random levels |
//! | [`SteadyPlan`] | steady states of the network and of its mutants |
//! | [`CellPlan`] | single cells, exact or counted, with lineages and velocities |
//!
//! [`Noise`] is that of the network itself, [`Measurement`] the errors of bulk measurements.

mod cells;
mod noise;
mod series_plan;
mod steady_plan;
mod steady_search;

#[cfg(test)]
mod test_networks;

pub use cells::{CellData, CellPlan, SimulatedCell, Splicing};
pub use noise::{Measurement, Noise};
pub use series_plan::{Design, SeriesPlan};
pub use steady_plan::{SteadyPlan, SteadyStates, SteadyTable};
pub use steady_search::SteadyStateError;
