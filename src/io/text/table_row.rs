//! One row of a text table.

use super::read_error::{Fault, Place, ReadError};
use super::reading::shorten;
use super::separator::RowCells;

/// One row of a table.
#[derive(Clone, Copy)]
pub struct TableRow<'r> {
    pub(super) file: &'r str,
    /// None if the table has no header.
    pub(super) header: Option<&'r [String]>,
    pub(super) cells: &'r RowCells,
    /// Positions of the columns in the file; none if all are kept.
    pub(super) kept: Option<&'r [usize]>,
    pub(super) count: usize,
    pub(super) line: usize,
}

impl<'r> TableRow<'r> {
    /// Its line in the file, counted from 1.
    #[must_use]
    pub fn line(self) -> usize {
        self.line
    }

    /// Number of cells: as many as in every row.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "a row has at least one cell")]
    pub fn len(self) -> usize {
        self.count
    }

    /// A cell by its position from 0, without blanks and quotes around it.
    #[must_use]
    pub fn cell(self, column: usize) -> &'r str {
        self.cells.get(self.number(column) - 1)
    }

    /// Number of a column in the file, from 1.
    fn number(self, column: usize) -> usize {
        self.kept.map_or(column, |kept| kept[column]) + 1
    }

    /// All cells.
    pub(crate) fn cells(self) -> impl Iterator<Item = &'r str> {
        (0..self.count).map(move |column| self.cell(column))
    }

    /// The place of a cell; `column` counts from 0.
    #[must_use]
    pub fn place(self, column: usize) -> Place {
        match self.header {
            Some(header) => Place::cell(self.file, self.line, self.number(column), &header[column]),
            None => Place {
                column: Some(self.number(column)),
                ..Place::row(self.file, self.line)
            },
        }
    }

    /// The error about a cell that does not hold what its column asks for.
    #[must_use]
    pub fn refuse(self, column: usize, expected: &str) -> ReadError {
        let found = format!("found `{}`", shorten(self.cell(column)));
        ReadError::new(Fault::Cell, self.place(column), found).expecting(expected)
    }
}
