//! A delimited text table, parsed straight into numbers.

use std::io::Read;

use super::number::{Cell, parse_cell};
use super::read_error::{Fault, Place, ReadError};
use super::reading::shorten;
use super::separator::Separator;
use super::table_rows::{Rows, TableRow, header_only, note};

/// What a column is kept as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Names: one string a row.
    Text,
    /// Numbers; NaN where missing.
    Number,
    /// Numbers or names, as the first cell of the column that is not missing tells.
    Guess,
    /// Not kept.
    Skip,
}

/// A header and rows of one length; numbers stand row by row in one piece of memory.
///
/// Comments, quotes, gzip, a byte order mark and all line ends are dealt with below this type;
/// the line of every row is kept for messages.
#[derive(Debug)]
pub struct Table {
    file: String,
    separator: Separator,
    header: Vec<String>,
    header_line: usize,
    kinds: Vec<Keep>,
    /// Position of every column among the columns of its kind.
    slots: Vec<usize>,
    /// Columns of names that were expected to be numbers: their numbers are NaN.
    guessed: Vec<bool>,
    lines: Vec<usize>,
    numbers: Vec<f64>,
    /// How many columns are numbers.
    width: usize,
    texts: Vec<Vec<String>>,
    point: Option<Place>,
    comma: Option<Place>,
}

impl Table {
    /// Reads a whole table.
    ///
    /// * `file`: name for messages
    /// * `kind`: what to keep of a column, by its position from 0 and its name
    ///
    /// # Errors   everything in [`ReadError`] that one table alone can show.
    /// # Cost     one pass; 8 bytes a number and one string a text cell are kept.
    pub fn read(
        input: impl Read,
        file: &str,
        kind: impl Fn(usize, &str) -> Keep,
    ) -> Result<Self, ReadError> {
        let mut rows = Rows::open(input, file)?;
        rows.complete_header();
        let mut table = Self::with_header(&rows, kind);
        while let Some(row) = rows.advance()? {
            table.push(row)?;
        }
        if table.lines.is_empty() {
            return Err(header_only(file));
        }
        // a column without any value is one of numbers
        let undecided = table.kinds.iter_mut().filter(|kind| **kind == Keep::Guess);
        undecided.for_each(|kind| *kind = Keep::Number);
        Ok(table)
    }

    fn with_header(rows: &Rows<'_>, kind: impl Fn(usize, &str) -> Keep) -> Self {
        let header = rows.header().to_vec();
        let kinds: Vec<Keep> = (0..).zip(&header).map(|(i, name)| kind(i, name)).collect();
        let (mut texts, mut width) = (0, 0);
        let mut slots = Vec::with_capacity(kinds.len());
        for &kind in &kinds {
            let count = match kind {
                Keep::Text => &mut texts,
                Keep::Number | Keep::Guess | Keep::Skip => &mut width,
            };
            slots.push(*count);
            *count += usize::from(kind != Keep::Skip);
        }
        Self {
            file: rows.file().to_owned(),
            separator: rows.separator(),
            header,
            header_line: rows.header_line(),
            slots,
            lines: Vec::new(),
            numbers: Vec::new(),
            width,
            texts: vec![Vec::new(); texts],
            guessed: vec![false; kinds.len()],
            kinds,
            point: None,
            comma: None,
        }
    }

    fn push(&mut self, row: TableRow<'_>) -> Result<(), ReadError> {
        self.lines.push(row.line());
        for (column, cell) in row.cells().enumerate() {
            if self.kinds[column] == Keep::Guess {
                self.guess(column, cell);
            }
            match self.kinds[column] {
                Keep::Text => {
                    self.texts[self.slots[column]].push(cell.to_owned());
                    if self.guessed[column] {
                        self.numbers.push(f64::NAN);
                    }
                }
                Keep::Number | Keep::Guess => {
                    let number = self.number(row.line(), column, cell)?;
                    self.numbers.push(number);
                }
                Keep::Skip => {}
            }
        }
        Ok(())
    }

    /// Decides what a column holds, unless the cell is missing.
    fn guess(&mut self, column: usize, cell: &str) {
        match parse_cell(cell, self.separator.allows_decimal_comma()) {
            Cell::Missing => {}
            Cell::Text => {
                self.kinds[column] = Keep::Text;
                self.guessed[column] = true;
                self.slots[column] = self.texts.len();
                // the row is already counted, its cell is still to come
                self.texts.push(vec![String::new(); self.lines.len() - 1]);
            }
            Cell::Number(_) | Cell::Comma(_) | Cell::Infinite => self.kinds[column] = Keep::Number,
        }
    }

    fn number(&mut self, row: usize, column: usize, cell: &str) -> Result<f64, ReadError> {
        match parse_cell(cell, self.separator.allows_decimal_comma()) {
            Cell::Number(x) => {
                if self.point.is_none() && cell.contains('.') {
                    self.point = Some(self.place(row, column));
                    self.refuse_mixed(row, column, cell)?;
                }
                Ok(x)
            }
            Cell::Comma(x) => {
                if self.comma.is_none() {
                    self.comma = Some(self.place(row, column));
                    self.refuse_mixed(row, column, cell)?;
                }
                Ok(x)
            }
            Cell::Missing => Ok(f64::NAN),
            Cell::Infinite => Err(infinite(self.place(row, column), cell)),
            Cell::Text => Err(self.text_error(row, column, cell)),
        }
    }

    fn refuse_mixed(&self, row: usize, column: usize, cell: &str) -> Result<(), ReadError> {
        let here = self.place(row, column);
        let (Some(point), Some(comma)) = (&self.point, &self.comma) else {
            return Ok(());
        };
        let other = if *point == here { comma } else { point };
        let found = format!(
            "found `{}`, but {other} has the other decimal sign",
            shorten(cell)
        );
        Err(ReadError::new(Fault::Cell, here, found)
            .cured_by("use `.` for decimals everywhere and no sign between thousands"))
    }

    /// A column that has shown no number so far is taken for a column of text.
    fn text_error(&self, row: usize, column: usize, cell: &str) -> ReadError {
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

    fn text_column(&self, row: usize, column: usize, cell: &str) -> ReadError {
        let found = format!("found text (`{}`)", shorten(cell));
        ReadError::new(Fault::Cell, self.place(row, column), found)
            .expecting("numbers of a gene")
            .cured_by(format!(
                "leave the column out with `--ignore {}`",
                self.header[column]
            ))
    }

    /// Name of the file.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Names of the columns.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// Line of the header.
    pub fn header_line(&self) -> usize {
        self.header_line
    }

    /// Line of every row.
    pub fn lines(&self) -> &[usize] {
        &self.lines
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// True without rows.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// What a column is kept as.
    pub fn kind(&self, column: usize) -> Keep {
        self.kinds[column]
    }

    /// Columns of this kind, from 0.
    pub fn columns(&self, kind: Keep) -> Vec<usize> {
        (0..self.header.len())
            .filter(|&at| self.kinds[at] == kind)
            .collect()
    }

    /// A cell of a number column.
    pub fn value(&self, row: usize, column: usize) -> f64 {
        self.numbers[row * self.width + self.slots[column]]
    }

    /// The cells of a text column.
    pub fn text(&self, column: usize) -> &[String] {
        &self.texts[self.slots[column]]
    }

    /// A text column as numbers after all.
    ///
    /// # Errors   for a cell that is neither a finite number nor missing.
    pub fn text_as_numbers(&self, column: usize) -> Result<Vec<f64>, ReadError> {
        let comma = self.separator.allows_decimal_comma();
        let cells = self.text(column).iter().zip(&self.lines);
        cells
            .map(|(cell, &row)| match parse_cell(cell, comma) {
                Cell::Number(x) | Cell::Comma(x) => Ok(x),
                Cell::Missing => Ok(f64::NAN),
                Cell::Infinite => Err(infinite(self.place(row, column), cell)),
                Cell::Text => Err(self.text_column(row, column, cell)),
            })
            .collect()
    }

    /// The first cell of a guessed column of names that is a number: the column is mixed.
    pub(crate) fn mixed_cell(&self, column: usize) -> Option<usize> {
        if !self.guessed[column] {
            return None;
        }
        let comma = self.separator.allows_decimal_comma();
        let is_number =
            |cell: &String| matches!(parse_cell(cell, comma), Cell::Number(_) | Cell::Comma(_));
        self.text(column).iter().position(is_number)
    }

    /// The error about a guessed column of names that holds numbers, too.
    pub(crate) fn mixed_column(&self, column: usize) -> ReadError {
        let comma = self.separator.allows_decimal_comma();
        let is_text = |cell: &String| parse_cell(cell, comma) == Cell::Text;
        let row = self.text(column).iter().position(is_text).unwrap_or(0);
        self.text_column(self.lines[row], column, &self.text(column)[row])
    }

    /// The place of a cell; `row` is a line of the file, `column` counts from 0.
    pub fn place(&self, row: usize, column: usize) -> Place {
        Place::cell(&self.file, row, column + 1, &self.header[column])
    }

    /// The place of a column in the header.
    pub fn header_place(&self, column: usize) -> Place {
        self.place(self.header_line, column)
    }

    /// What was decided about the text itself.
    pub fn note(&self) -> String {
        note(&self.file, self.len(), self.header.len(), self.separator)
    }

    /// A warning if decimal commas were read.
    pub fn warning(&self) -> Option<String> {
        let place = self.comma.as_ref()?;
        Some(format!(
            "{place}: a comma is read as decimal sign here and in the rest of the table; \
             write `.` if it separates thousands"
        ))
    }
}

fn infinite(place: Place, cell: &str) -> ReadError {
    ReadError::new(Fault::Cell, place, format!("found `{}`", shorten(cell)))
        .expecting("a finite number")
        .cured_by("correct it or leave the cell empty if the value is missing")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Table, ReadError> {
        let kind = |at, _: &str| if at == 0 { Keep::Text } else { Keep::Number };
        Table::read(text.as_bytes(), "t.csv", kind)
    }

    fn message(text: &str) -> String {
        read(text).expect_err("a bad table").to_string()
    }

    #[test]
    fn numbers_and_names_are_kept_with_their_lines() {
        let table = read("# comment\nid,a,b\n\nx,1,2\ny,,-4e1\n").expect("a good table");
        assert_eq!(table.text(0), ["x", "y"]);
        assert_eq!(table.lines(), [4, 5]);
        assert_eq!(table.value(1, 2), -40.0);
        assert!(table.value(1, 1).is_nan());
    }

    #[test]
    fn a_header_of_r_without_a_name_for_the_row_names_is_understood() {
        let table = read("\"a\" \"b\"\n\"x\" 1 2\n").expect("a table of R");
        assert_eq!(table.header(), ["", "a", "b"]);
        assert_eq!(
            (table.text(0), table.value(0, 2)),
            (&["x".to_owned()][..], 2.0)
        );
    }

    #[test]
    fn a_short_row_is_told_with_its_line_even_if_its_cells_would_fail() {
        assert_eq!(
            message("id,a,b\nx,1,2\ny,oops\n"),
            "t.csv, row 3: found 2 cells, expected 3 as in the header (separated by commas); \
             correct the row, or name every column in the header"
        );
    }

    #[test]
    fn points_and_commas_for_decimals_do_not_mix() {
        let found = message("id;a;b\nx;1,5;2.5\n");
        assert!(
            found.starts_with(
                "t.csv, row 2, column 3 (`b`): found `2.5`, but t.csv, row 2, column 2 (`a`)"
            ),
            "{found}"
        );
    }
}
