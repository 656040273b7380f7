//! How a table of time series is to be read.

use crate::genes::Genes;
use crate::io::text::{TextOptions, if_any};

/// Orientation of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Orientation {
    /// Inferred from names: a time column, the samples of the table of times, the regulators.
    #[default]
    Auto,
    /// One gene per row, one sample per column.
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

/// What to do about a gene that occurs twice.
pub(super) const MERGE_CURE: &str =
    "rename or remove one, or say what to do with both: `--duplicates mean`, `sum` or `max`";

impl Duplicates {
    /// A note about genes that occur several times.
    pub(super) fn note<S: AsRef<str>>(self, file: &str, several: &[S]) -> Option<String> {
        if_any(several, |count, some| {
            let how = format!("{self:?}").to_lowercase();
            format!("{file}: {count} gene(s) occur several times, and their {how} is taken: {some}")
        })
    }

    /// The same, from the rows or columns of every gene.
    pub(super) fn note_of(
        self,
        file: &str,
        genes: &Genes,
        copies: &[Vec<usize>],
    ) -> Option<String> {
        let several = genes.iter().filter(|gene| copies[gene.index()].len() > 1);
        let several: Vec<&str> = several.map(|gene| genes.name(gene)).collect();
        self.note(file, &several)
    }

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
    /// What columns are, by their names in the header.
    #[doc(hidden)]
    pub columns: Vec<(String, ColumnRole)>,
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
    /// Names of columns of the tables beside this one: what is said of columns may be about theirs.
    #[doc(hidden)]
    pub elsewhere: Vec<String>,
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
