//! How a table of time series is to be read.

use super::samples::SampleTimes;
use crate::io::text::TextOptions;

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

/// What becomes of a gene that occurs several times.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Duplicates {
    /// The table is refused.
    #[default]
    Error,
    /// Their mean.
    Mean,
    /// Their sum, as for counts of transcripts of one gene.
    Sum,
    /// The largest, in every sample.
    Max,
}

impl Duplicates {
    /// One level from several, of which some may be missing.
    pub(super) fn merge(self, levels: impl Iterator<Item = f64>) -> f64 {
        let (mut count, mut sum, mut max) = (0.0, 0.0, f64::NEG_INFINITY);
        for level in levels.filter(|level| !level.is_nan()) {
            count += 1.0;
            sum += level;
            max = level.max(max);
        }
        match self {
            _ if count == 0.0 => f64::NAN,
            Self::Error | Self::Mean => sum / count,
            Self::Sum => sum,
            Self::Max => max,
        }
    }
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
    /// Decimal sign and the like.
    #[doc(hidden)]
    pub text: TextOptions,
    /// What becomes of a gene that occurs several times.
    #[doc(hidden)]
    pub duplicates: Duplicates,
    /// Whether the first row is a row like the others: genes are then called G1, G2 … unless the first
    /// column names them.
    #[doc(hidden)]
    pub no_header: bool,
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
