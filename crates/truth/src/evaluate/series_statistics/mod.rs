//! Statistics of measured series, to compare generated data with real ones.

mod first_samples;
mod response;
mod scaled_table;
mod statistics;
#[cfg(test)]
mod tests;

pub use statistics::{SeriesStatistics, SeriesStatisticsError};
