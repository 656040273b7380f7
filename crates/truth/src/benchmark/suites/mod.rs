//! The suites that are simulated here: the same networks and data for the same replicate.

mod generated;
mod known;
mod labelled_case;
mod logic;
mod scaling;
mod suite;

#[cfg(test)]
mod tests;

pub use labelled_case::{Cases, SuiteError};
pub use suite::Suite;
