//! What can be wrong with a file that is read, with the place and the cure.

use std::fmt;

use crate::expression::{CellsError, InterventionError, RestingError, SeriesError};
use crate::genes::GenesError;

/// A place in a file, counted from 1 as editors and spreadsheets count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Name of the file, as it was given.
    pub file: Box<str>,
    /// Line of the file, with comments and blank lines counted.
    pub row: Option<usize>,
    /// Number of the column and its name in the header.
    pub column: Option<(usize, Box<str>)>,
}

impl Place {
    /// A whole row.
    #[must_use]
    pub fn row(file: &str, row: usize) -> Self {
        Self {
            file: file.into(),
            row: Some(row),
            column: None,
        }
    }

    /// A whole column.
    #[must_use]
    pub fn column(file: &str, number: usize, name: &str) -> Self {
        Self {
            file: file.into(),
            row: None,
            column: Some((number, name.into())),
        }
    }

    /// One cell.
    #[must_use]
    pub fn cell(file: &str, row: usize, number: usize, name: &str) -> Self {
        Self {
            row: Some(row),
            ..Self::column(file, number, name)
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(row) = self.row {
            write!(f, ", row {row}")?;
        }
        match &self.column {
            Some((number, name)) if name.is_empty() => write!(f, ", column {number} (no name)"),
            Some((number, name)) => write!(f, ", column {number} (`{name}`)"),
            None => Ok(()),
        }
    }
}

/// What is wrong with an input file: where, what was found, what was expected, and the cure.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The system or the gzip decoder gave up.
    #[error("{file}: cannot be read ({source}); check that the file is complete and not damaged")]
    Unreadable {
        /// Name of the file.
        file: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// No line with anything on it.
    #[error("{file}: the file is empty; expected a header line and at least one row below it")]
    Empty {
        /// Name of the file.
        file: String,
    },
    /// Bytes that are no UTF-8 text.
    #[error("{at}: found {found}, expected UTF-8 text; {cure}")]
    NotText {
        /// Where.
        at: Place,
        /// What kind of file it seems to be.
        found: String,
        /// What to do.
        cure: &'static str,
    },
    /// A quote that never ends.
    #[error("{at}: a quote `\"` opens here and never closes; close it or remove it")]
    OpenQuote {
        /// Where it opens.
        at: Place,
    },
    /// A header and nothing else.
    #[error("{file}: found a header and no rows, expected at least one row below the header")]
    NoRows {
        /// Name of the file.
        file: String,
    },
    /// A row of another length than the header.
    #[error(
        "{at}: found {found} cells, expected {expected} as in the header ({separator}); \
         correct the row, or name every column in the header"
    )]
    Ragged {
        /// Where.
        at: Place,
        /// Cells in the row.
        found: usize,
        /// Columns in the header.
        expected: usize,
        /// What was taken to stand between cells.
        separator: &'static str,
    },
    /// A gene or sample without a usable name.
    #[error("{at}: {found}, expected a name; name it or remove it")]
    NoName {
        /// Where.
        at: Place,
        /// What is wrong with the name.
        found: &'static str,
    },
    /// Text where a number belongs.
    #[error(
        "{at}: found `{found}`, expected a number; correct it, leave the cell empty if the value \
         is missing, or leave the column out with `--ignore`"
    )]
    Text {
        /// Where.
        at: Place,
        /// The text.
        found: String,
    },
    /// A column of text that is not known as metadata.
    #[error(
        "{at}: found text (`{found}`), expected numbers of a gene; \
         leave the column out with `--ignore {name}`"
    )]
    TextColumn {
        /// Where.
        at: Place,
        /// The first text.
        found: String,
        /// Name of the column.
        name: String,
    },
    /// An infinite number.
    #[error(
        "{at}: found `{found}`, expected a finite number; \
         correct it or leave the cell empty if the value is missing"
    )]
    Infinite {
        /// Where.
        at: Place,
        /// The cell.
        found: String,
    },
    /// Decimal points and decimal commas in one table.
    #[error(
        "{at}: found `{found}`, but {other} has the other decimal sign; \
         use `.` for decimals everywhere and no sign between thousands"
    )]
    MixedDecimals {
        /// Where.
        at: Place,
        /// The cell.
        found: String,
        /// The place of a cell with the other sign.
        other: String,
    },
    /// A gene that stands twice.
    #[error("{at}: gene `{name}` occurs a second time (first: {first}); rename or remove one")]
    DuplicateGene {
        /// Where it stands again.
        at: Place,
        /// Its name.
        name: String,
        /// Where it stands first: row or column.
        first: String,
    },
    /// A sample or cell that stands twice.
    #[error(
        "{at}: sample `{name}` occurs a second time (first: {first}); rename or remove one, \
         or leave out a column that does not name samples with `--ignore`"
    )]
    DuplicateSample {
        /// Where it stands again.
        at: Place,
        /// Its name.
        name: String,
        /// Where it stands first: row or column.
        first: String,
    },
    /// No column besides metadata.
    #[error("{file}: found no gene, expected at least one besides time and metadata")]
    NoGenes {
        /// Name of the file.
        file: String,
    },
    /// Nothing tells the times.
    #[error("{file}: found no time column (header: {header}), expected one called `time`; {cure}")]
    NoTime {
        /// Name of the file.
        file: String,
        /// The first names in the header.
        header: String,
        /// What to do.
        cure: String,
    },
    /// More than one thing tells the times.
    #[error("{file}: found times twice ({first} and {second}), expected once; {cure}")]
    TwoTimes {
        /// Name of the file.
        file: String,
        /// The one.
        first: String,
        /// The other.
        second: String,
        /// What to do.
        cure: String,
    },
    /// A sample without time.
    #[error("{at}: the time is missing; give it or remove the row")]
    MissingTime {
        /// Where.
        at: Place,
    },
    /// One time for two samples of a series.
    #[error(
        "{at}: time {time} occurs a second time in series `{series}` (first: {first}); \
         give replicates a `series` column, or remove one of the two"
    )]
    RepeatedTime {
        /// Where.
        at: Place,
        /// The time.
        time: f64,
        /// The series.
        series: String,
        /// Where it stands first: row or column.
        first: String,
    },
    /// Time goes back, but not to the start of a new block.
    #[error(
        "{at}: time {time} comes after {previous}, and does not go back to the first time \
         {start} as a new series would; sort the samples by time, or add a `series` column"
    )]
    TimeGoesBack {
        /// Where.
        at: Place,
        /// The time.
        time: f64,
        /// The one before it.
        previous: f64,
        /// First time of the block.
        start: f64,
    },
    /// A series column with something that names no series.
    #[error(
        "{at}: found `{found}`, expected the name or whole number of a series; correct it, \
         rename the column if it is a gene, or leave it out with `--ignore`"
    )]
    SeriesName {
        /// Where.
        at: Place,
        /// The cell.
        found: String,
    },
    /// A gene without any value.
    #[error("{at}: gene `{gene}` has no value at all; remove it{cure}")]
    AllMissing {
        /// Where.
        at: Place,
        /// The gene.
        gene: String,
        /// More that can be done.
        cure: String,
    },
    /// No series shows a change.
    #[error(
        "{file}: found {samples} sample(s) and no series with two, expected at least 3 time \
         points in a series; add samples, or check the `series` column"
    )]
    OneSample {
        /// Name of the file.
        file: String,
        /// Samples in all.
        samples: usize,
    },
    /// Names of two files that do not meet.
    #[error("{file}: {found}, expected {expected}; {cure}")]
    Unmatched {
        /// Name of the file.
        file: String,
        /// Names that were found, with examples.
        found: String,
        /// Names that would have matched, with examples.
        expected: String,
        /// What to do.
        cure: &'static str,
    },
    /// A lineage with too few cells.
    #[error(
        "{at}: found {cells} cell(s) with a pseudotime, expected at least 3; \
         remove the lineage or add cells"
    )]
    ShortLineage {
        /// Where.
        at: Place,
        /// Cells on the lineage.
        cells: usize,
    },
    /// A third column of a prior network that says nothing known.
    #[error("{at}: found `{found}`, expected a number, `allowed` or `forbidden`; correct it")]
    PriorWord {
        /// Where.
        at: Place,
        /// The cell.
        found: String,
    },
    /// A prior network without a regulator and a target column.
    #[error(
        "{file}: found {found} column(s), expected `regulator` and `target`; add the missing one"
    )]
    PriorColumns {
        /// Name of the file.
        file: String,
        /// Columns in the header.
        found: usize,
    },
    /// A cell about an intervention says nothing known.
    #[error("{at}: found `{found}`, expected {expected}; {cure}")]
    Intervened {
        /// Where.
        at: Place,
        /// What the cell holds.
        found: String,
        /// What it should hold.
        expected: String,
        /// What to do.
        cure: &'static str,
    },
    /// Interventions that cannot be: a dose below zero, two changes at once.
    #[error("{at}: {source}")]
    Interventions {
        /// Where.
        at: Place,
        /// What is wrong.
        source: Box<InterventionError>,
    },
    /// Checked genes are wrong all the same.
    #[error("{file}: {source}")]
    Genes {
        /// Name of the file.
        file: String,
        /// What is wrong.
        source: GenesError,
    },
    /// Checked series are wrong all the same.
    #[error("{file}: {source}")]
    Series {
        /// Name of the file.
        file: String,
        /// What is wrong.
        source: SeriesError,
    },
    /// Checked states at rest are wrong all the same.
    #[error("{file}: {source}")]
    Resting {
        /// Name of the file.
        file: String,
        /// What is wrong.
        source: Box<RestingError>,
    },
    /// Checked cells are wrong all the same.
    #[error("{file}: {source}")]
    Cells {
        /// Name of the file.
        file: String,
        /// What is wrong.
        source: CellsError,
    },
}
