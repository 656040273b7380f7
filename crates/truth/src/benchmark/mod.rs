//! Methods compared on known networks.
//!
//! A [`Case`] is data with their truth, a method makes a ranked list of edges of them, and
//! [`run`] gives one [`Row`] for every case, method and seed. [`summarise`] joins the rows of a
//! suite: means, and the paired difference to the reference with its interval. The floor (random
//! orders, by expectation) and the ceiling (an oracle that knows the true regulators) are methods
//! like the others, and [`Methods::all`] holds them. [`Suite`] makes the cases of the suites that are
//! simulated, [`RealData`] those of real data of which some edges are known, [`half_priors`] gives
//! half of these edges to the methods; [`Results`] holds rows and summaries for tables and pictures.

mod benchmark_method;
mod calibration_summary;
mod case;
mod expected_chance;
mod forecast_summary;
mod half_priors;
mod known_edges;
mod known_tenths;
mod methods;
mod paired_difference;
mod real_data;
mod results;
mod row;
mod run;
mod set_summary;
mod size_summary;
mod suites;
mod summary;

#[cfg(test)]
mod tests;

pub(crate) use benchmark_method::BenchmarkMethod;
pub use benchmark_method::REFERENCE;
pub use calibration_summary::{Band, CalibrationSummary, calibrations};
pub use case::{Case, External};
pub use forecast_summary::{ForecastSummary, forecasts};
pub use half_priors::{HalfPriorError, SplitUnit, half_priors};
pub use known_tenths::TenthScores;
pub use methods::{Methods, SLOW_ABOVE, UnknownMethod};
pub use paired_difference::Paired;
pub use real_data::RealData;
pub use results::Results;
pub use row::{ApartScores, Calibration, KnownScores, Row, RowScores};
pub use run::{Meter, NoMeter, Watcher, run};
pub use set_summary::{SetScores, SetSummary, set_summaries};
pub use size_summary::{SizeSummary, sizes};
pub use suites::{Cases, Suite, SuiteError};
pub use summary::{Spread, Summary, by_network, summarise};
