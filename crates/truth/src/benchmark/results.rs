//! Rows of a benchmark with their summaries.

use super::{
    CalibrationSummary, ForecastSummary, Row, SetSummary, SizeSummary, Summary, calibrations,
    forecasts, set_summaries, sizes, summarise,
};

/// Rows, and everything that is computed of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Results {
    /// What was measured.
    pub rows: Vec<Row>,
    /// Methods over networks.
    pub summaries: Vec<Summary>,
    /// Predictors over networks.
    pub forecasts: Vec<ForecastSummary>,
    /// Expected and true numbers of false edges.
    pub calibration: Vec<CalibrationSummary>,
    /// Methods by the size of the network; empty unless size is what the benchmark is about.
    pub sizes: Vec<SizeSummary>,
    /// Methods by set; empty unless only some edges of the networks are known.
    pub sets: Vec<SetSummary>,
    /// Notes for readers of the tables, in Markdown.
    pub notes: Vec<String>,
}

impl Results {
    /// Computes everything.
    ///
    /// * `by_size`: whether the suite is about the size of networks
    #[must_use]
    pub fn new(rows: Vec<Row>, by_size: bool, notes: Vec<String>) -> Self {
        Self {
            summaries: summarise(&rows),
            forecasts: forecasts(&rows),
            calibration: calibrations(&rows),
            sets: set_summaries(&rows),
            sizes: if by_size { sizes(&rows) } else { Vec::new() },
            rows,
            notes,
        }
    }
}
