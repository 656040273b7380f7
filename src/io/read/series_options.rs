//! How a table of time series is to be read.

/// Where the genes stand in a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Orientation {
    /// Inferred from names: a time column, the samples of the table of times, the regulators.
    #[default]
    Auto,
    /// One gene a row, one sample a column.
    Rows,
    /// One gene a column, one sample a row.
    Columns,
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
