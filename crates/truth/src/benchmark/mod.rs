//! Methods against each other on networks that are known.
//!
//! A [`Case`] is data with their truth, a [`Method`] makes a ranked list of edges of them, and
//! [`run`] gives one [`Row`] for every case, method and seed. [`summarise`] joins the rows of a
//! suite: means, and the paired difference to the reference with its interval. The floor (random
//! orders, by expectation) and the ceiling (an oracle, see [`Ceiling`](crate::baselines::Ceiling)) are methods
//! like the others, and [`Methods`] always holds them. [`Suite`] makes the cases of the suites that
//! are simulated; [`Results`] is all that the tables say.
//!
//! All that a picture needs is in the rows: scores by case, sizes and seconds for scaling,
//! [`Calibration`] for expected against true numbers of false edges.

mod calibrated;
mod case;
mod chance;
mod forecasts;
mod method;
mod methods;
mod paired;
mod results;
mod row;
mod run;
mod sizes;
mod suites;
mod summary;

#[cfg(test)]
mod tests;

pub use calibrated::{Band, CalibrationSummary, calibrations};
pub use case::{Case, External};
pub use forecasts::{ForecastSummary, forecasts};
pub use method::{Method, REFERENCE};
pub use methods::{Methods, SLOW_ABOVE, UnknownMethod};
pub use paired::{Paired, student_quantile};
pub use results::Results;
pub use row::{Calibration, Row, RowScores};
pub use run::{Meter, NoMeter, Watcher, run};
pub use sizes::{SizeSummary, sizes};
pub use suites::{Cases, DENSITIES, Suite, SuiteError};
pub use summary::{Spread, Summary, by_network, summarise};
