//! Positions of samples in their file.

use crate::io::text::Place;

/// Positions of samples in their file.
#[derive(Clone, Debug)]
pub(crate) enum SampleOrigin {
    /// One row each.
    Rows { file: String, lines: Vec<usize> },
    /// One column each: its number from 1 and its name.
    Columns {
        file: String,
        columns: Vec<(usize, String)>,
    },
}

impl SampleOrigin {
    /// Position of a sample.
    pub(crate) fn place(&self, sample: usize) -> Place {
        match self {
            Self::Rows { file, lines } => Place::row(file, lines[sample]),
            Self::Columns { file, columns } => {
                let (number, name) = &columns[sample];
                Place::column(file, *number, name)
            }
        }
    }

    /// Name of the file.
    pub(crate) fn file(&self) -> &str {
        match self {
            Self::Rows { file, .. } | Self::Columns { file, .. } => file,
        }
    }

    /// The same within its file.
    pub(crate) fn short(&self, sample: usize) -> String {
        match self {
            Self::Rows { lines, .. } => format!("row {}", lines[sample]),
            Self::Columns { columns, .. } => format!("column {}", columns[sample].0),
        }
    }
}
