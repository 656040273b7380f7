//! How a table of time series is to be read.

use super::samples::SampleTimes;

/// Orientation of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Orientation {
    /// Inferred from names: a time column, the samples of the table of times, the regulators.
    #[default]
    Auto,
    /// One gene a row, one sample a column.
    Rows,
    /// One gene per column, one sample per row.
    Columns,
}

impl Orientation {
    /// What was said, or else the other.
    pub(super) fn or(self, other: Self) -> Self {
        match self {
            Self::Auto => other,
            said => said,
        }
    }
}

/// How a table of time series is to be read.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct SeriesOptions {
    /// Where the genes stand.
    pub genes: Orientation,
    /// Columns to pass over; capitals do not matter.
    pub ignore: Vec<String>,
    /// Names of regulators, if there is a list: they tell genes from samples in doubt.
    pub regulators: Vec<String>,
}

/// Where the times of the samples are.
#[derive(Clone, Copy, Debug)]
pub(crate) enum TimeSource<'a> {
    /// In the table itself.
    Table,
    /// In a table of times.
    File(&'a SampleTimes),
    /// Nowhere: all samples are single ones.
    Without,
}

impl<'a> From<Option<&'a SampleTimes>> for TimeSource<'a> {
    fn from(times: Option<&'a SampleTimes>) -> Self {
        times.map_or(Self::Table, Self::File)
    }
}

impl<'a> TimeSource<'a> {
    /// The table of times.
    pub(crate) fn file(self) -> Option<&'a SampleTimes> {
        match self {
            Self::File(times) => Some(times),
            Self::Table | Self::Without => None,
        }
    }
}
