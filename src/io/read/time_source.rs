//! Where the times of samples are.

use super::samples::SampleTimes;

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
