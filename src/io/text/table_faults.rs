//! What is wrong with the cells of a table: text among numbers, and infinite numbers.

use super::marked_number::is_number;
use super::number::{Cell, parse_cell};
use super::read_error::{Fault, ReadError};
use super::reading::shorten;
use super::table::Table;

impl Table {
    /// A column that has shown no number so far is taken for a column of text.
    pub(super) fn text_error(&self, row: usize, column: usize, cell: &str) -> ReadError {
        let slot = self.slots[column];
        let mut above = self.numbers.iter().skip(slot).step_by(self.width);
        if above.all(|x| x.is_nan()) {
            return self.text_column(row, column, cell);
        }
        let found = format!("found `{}`", shorten(cell));
        ReadError::new(Fault::Cell, self.place(row, column), found)
            .expecting("a number")
            .cured_by(
                "correct it, leave the cell empty if the value is missing, or leave the column \
                 out with `--ignore`",
            )
    }

    pub(super) fn text_column(&self, row: usize, column: usize, cell: &str) -> ReadError {
        let found = format!("found text (`{}`)", shorten(cell));
        ReadError::new(Fault::Cell, self.place(row, column), found)
            .expecting("numbers of a gene")
            .cured_by(format!(
                "leave the column out with `--ignore {}`",
                self.header[column]
            ))
    }

    /// The first cell of a guessed column of names that is a number: the column is mixed.
    pub(crate) fn mixed_cell(&self, column: usize) -> Option<usize> {
        let mut cells = self.text(column).iter();
        let found = cells.position(|cell| is_number(cell));
        found.filter(|_| self.guessed[column])
    }

    /// The error about a guessed column of names that holds numbers, too.
    pub(crate) fn mixed_column(&self, column: usize) -> ReadError {
        let is_text = |cell: &String| parse_cell(cell, false) == Cell::Text && !is_number(cell);
        let row = self.text(column).iter().position(is_text).unwrap_or(0);
        self.text_column(self.lines[row], column, &self.text(column)[row])
    }
}
