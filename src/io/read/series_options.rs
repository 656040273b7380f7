//! How a table of time series is to be read.

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

/// What a column is, where its name and its cells do not say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnRole {
    /// A gene.
    Gene,
    /// The time.
    Time,
    /// The series or replicate.
    Series,
    /// The condition.
    Condition,
    /// What was done to genes: a genotype, a strain, a perturbation.
    Intervention,
    /// The name of the sample.
    Sample,
    /// Nothing that is used.
    Ignore,
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
    /// What columns are, by their names in the header.
    #[doc(hidden)]
    pub columns: Vec<(String, ColumnRole)>,
}

impl SeriesOptions {
    /// What was said about a column; its exact name before one in other capitals.
    pub(crate) fn role_of(&self, name: &str) -> Option<ColumnRole> {
        let mut exact = self.columns.iter().filter(|(own, _)| own == name);
        let mut any_case = self.columns.iter();
        let same = exact
            .next()
            .or_else(|| any_case.find(|(own, _)| own.to_lowercase() == name.to_lowercase()));
        same.map(|&(_, role)| role)
    }
}
