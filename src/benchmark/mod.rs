//! Methods against each other on networks that are known.
//!
//! A [`Case`] is data with their truth, a [`Method`] makes a ranked list of edges of them, and
//! [`run`] gives one [`Row`] for every case, method and seed. [`summarise`] joins the rows of a
//! suite: means, and the paired difference to the reference with its interval. The floor (random
//! orders) and the ceiling (an oracle, see [`Ceiling`](crate::baselines::Ceiling)) are methods
//! like the others, and [`methods`] always lists them.
//!
//! All that a picture needs is in the rows: scores by case, sizes and seconds for scaling,
//! [`Calibration`] for expected against true numbers of false edges.

mod case;
mod method;
mod paired;
mod row;
mod run;
mod summary;

#[cfg(test)]
mod tests;

pub use case::{Case, External};
pub use method::{Method, REFERENCE, methods};
pub use paired::{Paired, student_quantile};
pub use row::{Calibration, Row, RowScores};
pub use run::{Meter, NoMeter, Watcher, run};
pub use summary::{Spread, Summary, summarise};
