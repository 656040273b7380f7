//! The rows of a text table, one after another.

use std::io::Read;

use super::lines::{Lines, without_end};
use super::number::{Cell, parse_cell};
use super::read_error::{Fault, Place, ReadError};
use super::reading::shorten;
use super::separator::{RowCells, Separator};

/// Lines over which one row may go on inside quotes: a stray quote must not swallow the file.
const MOST_LINES: usize = 100;

/// Reads the rows of a table; the first decides the separator and the number of columns.
///
/// Blank lines and comments (`#`) are counted and passed over; a quoted cell may go on over lines.
pub struct Rows<'a> {
    lines: Lines<'a>,
    separator: Separator,
    header: Vec<String>,
    first: RowCells,
    header_line: usize,
    /// The row that was read last: its text, its cells and its first line.
    text: String,
    cells: RowCells,
    line: usize,
    /// Whether that row is still to be handed out.
    ahead: bool,
    headless: Headless,
}

/// Whether the first row is a row like the others.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Headless {
    No,
    /// Yes, and it is still to be handed out.
    Ahead,
    Yes,
}

/// One row of a table.
#[derive(Clone, Copy)]
pub struct TableRow<'r> {
    file: &'r str,
    /// None if the table has no header.
    header: Option<&'r [String]>,
    cells: &'r RowCells,
    line: usize,
}

impl<'a> Rows<'a> {
    /// Opens a table, plain or gzip, and reads its first row.
    ///
    /// * `file`: name for messages
    ///
    /// # Errors   [`Fault::Unreadable`], [`Fault::Format`], [`Fault::Empty`].
    pub fn open(input: impl Read + 'a, file: &str) -> Result<Self, ReadError> {
        let mut rows = Self {
            lines: Lines::open(input, file)?,
            separator: Separator::Tab,
            header: Vec::new(),
            first: RowCells::default(),
            header_line: 0,
            text: String::new(),
            cells: RowCells::default(),
            line: 0,
            ahead: false,
            headless: Headless::No,
        };
        if !rows.read(None)? {
            return Err(empty(file));
        }
        rows.header_line = rows.line;
        rows.header = rows.cells.iter().map(str::to_owned).collect();
        rows.first = rows.cells.clone();
        rows.ahead = rows.read(Some(rows.separator))?;
        Ok(rows)
    }

    /// Name of the file, for messages.
    #[must_use]
    pub fn file(&self) -> &str {
        self.lines.file()
    }

    /// The cells of the first row.
    #[must_use]
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// Line of the first row.
    #[must_use]
    pub fn header_line(&self) -> usize {
        self.header_line
    }

    /// What separates the cells.
    pub(crate) fn separator(&self) -> Separator {
        self.separator
    }

    /// What was decided about the text itself.
    ///
    /// * `rows`: how many were read
    #[must_use]
    pub fn note(&self, rows: usize) -> String {
        note(self.file(), rows, self.header.len(), self.separator)
    }

    /// Adds the name that R leaves out over row names: the first row below has one cell more.
    pub fn complete_header(&mut self) {
        if self.ahead
            && self.cells.len() == self.header.len() + 1
            && parse_cell(self.cells.get(0), true) == Cell::Text
        {
            self.header.insert(0, String::new());
        }
    }

    /// Hands out the first row like the others: the table has no header.
    pub fn without_header(&mut self) {
        self.headless = Headless::Ahead;
    }

    /// Whether the first row is handed out like the others.
    #[must_use]
    pub fn is_headless(&self) -> bool {
        self.headless != Headless::No
    }

    /// The next row; none after the last.
    ///
    /// # Errors   [`Fault::Shape`] for another number of cells or an open quote, and what
    ///   [`Rows::open`] refuses.
    pub fn advance(&mut self) -> Result<Option<TableRow<'_>>, ReadError> {
        if self.headless == Headless::Ahead {
            self.headless = Headless::Yes;
            return Ok(Some(self.row(&self.first, self.header_line)));
        }
        if !std::mem::take(&mut self.ahead) && !self.read(Some(self.separator))? {
            return Ok(None);
        }
        if self.cells.len() != self.header.len() {
            return Err(self.ragged());
        }
        Ok(Some(self.row(&self.cells, self.line)))
    }

    fn row<'r>(&'r self, cells: &'r RowCells, line: usize) -> TableRow<'r> {
        TableRow {
            file: self.lines.file(),
            header: (!self.is_headless()).then_some(&self.header[..]),
            cells,
            line,
        }
    }

    /// Reads one row with all its lines; false at the end of the file.
    fn read(&mut self, separator: Option<Separator>) -> Result<bool, ReadError> {
        loop {
            self.text.clear();
            if !self.lines.append_to(&mut self.text)? {
                return Ok(false);
            }
            if !self.text.trim().is_empty() && !self.text.starts_with('#') {
                break;
            }
        }
        self.line = self.lines.number();
        loop {
            let row = without_end(&self.text);
            self.separator = separator.unwrap_or_else(|| Separator::guess(row));
            if self.separator.split(row, &mut self.cells) {
                return Ok(true);
            }
            let lines = self.lines.number() - self.line;
            if lines == MOST_LINES || !self.lines.append_to(&mut self.text)? {
                return Err(self.open_quote());
            }
        }
    }

    /// Where a quote joined lines, it is the likelier fault than the number of cells.
    fn ragged(&self) -> ReadError {
        if self.lines.number() > self.line {
            return self.open_quote();
        }
        let (found, expected) = (self.cells.len(), self.header.len());
        let (like, more) = if self.is_headless() {
            ("the first row", "")
        } else {
            ("the header", ", or name every column in the header")
        };
        let separator = self.separator.name();
        let place = Place::row(self.file(), self.line);
        ReadError::new(Fault::Shape, place, format!("found {found} cells"))
            .expecting(format!("{expected} as in {like} ({separator})"))
            .cured_by(format!("correct the row{more}"))
    }

    fn open_quote(&self) -> ReadError {
        let place = Place::row(self.file(), self.line);
        let found = "a quote `\"` opens here and never closes";
        ReadError::new(Fault::Shape, place, found).cured_by("close it or remove it")
    }
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
        self.cells.len()
    }

    /// A cell by its position from 0, without blanks and quotes around it.
    #[must_use]
    pub fn cell(self, column: usize) -> &'r str {
        self.cells.get(column)
    }

    /// All cells.
    pub(crate) fn cells(self) -> impl Iterator<Item = &'r str> {
        self.cells.iter()
    }

    /// The place of a cell; `column` counts from 0.
    #[must_use]
    pub fn place(self, column: usize) -> Place {
        match self.header {
            Some(header) => Place::cell(self.file, self.line, column + 1, &header[column]),
            None => Place {
                column: Some(column + 1),
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

/// What was decided about the text of a table.
pub(crate) fn note(file: &str, rows: usize, columns: usize, separator: Separator) -> String {
    let separator = separator.name();
    format!("{file}: {rows} rows and {columns} columns, {separator}")
}

/// The error about a header without rows.
#[must_use]
pub fn header_only(file: &str) -> ReadError {
    let found = "found a header and no rows";
    ReadError::new(Fault::Empty, Place::file(file), found)
        .expecting("at least one row below the header")
}

/// The error about a file without any row.
pub(crate) fn empty(file: &str) -> ReadError {
    ReadError::new(Fault::Empty, Place::file(file), "the file is empty")
        .expecting("a header line and at least one row below it")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(bytes: &[u8]) -> Result<Vec<(usize, Vec<String>)>, ReadError> {
        let mut rows = Rows::open(bytes, "edges.tsv")?;
        rows.without_header();
        let mut read = Vec::new();
        while let Some(row) = rows.advance()? {
            read.push((row.line(), row.cells().map(str::to_owned).collect()));
        }
        Ok(read)
    }

    fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
        let rows = rows(bytes).expect("a table");
        rows.into_iter().map(|(_, cells)| cells).collect()
    }

    fn message(bytes: &[u8]) -> String {
        rows(bytes).expect_err("no table").to_string()
    }

    #[test]
    fn tabs_commas_semicolons_and_blanks_give_the_same_cells() {
        let expected = vec![vec!["a", "b c", "1"], vec!["b", "a", ""]];
        assert_eq!(cells(b"a\tb c\t1\nb\ta\t\n"), expected);
        assert_eq!(cells(b"a,\"b c\", 1\r\nb,a,\r\n"), expected);
        assert_eq!(cells(b"\xef\xbb\xbfa;b c;1\n\n# note\nb;a;"), expected);
        assert_eq!(cells(b"a  b 1\n"), vec![vec!["a", "b", "1"]]);
    }

    #[test]
    fn a_quoted_cell_may_hold_the_separator_and_quotes() {
        assert_eq!(cells(b"\"a,b\",\"5\"\"x\"\n"), vec![vec!["a,b", "5\"x"]]);
    }

    #[test]
    fn a_quoted_cell_may_go_on_over_lines_and_the_row_is_its_first_one() {
        let table = b"a,b\n\"x\n\r\ny\",2\nc,d\n";
        let read = rows(table).expect("a table");
        assert_eq!(read[1], (2, vec!["x\n\r\ny".to_owned(), "2".to_owned()]));
        assert_eq!(read[2].0, 5);
        let stray = b"a,b\n\"x,1\ny,2\nz,\"3\"\n";
        assert!(message(stray).starts_with("edges.tsv, row 2: a quote `\"` opens here"));
        let long = format!("a,\"{}", "b\n".repeat(2 * MOST_LINES));
        assert!(message(long.as_bytes()).starts_with("edges.tsv, row 1: a quote"));
    }

    #[test]
    fn rows_are_counted_as_lines_of_the_file() {
        let read = rows(b"# note\n\na b\n#\nc d\n").expect("a table");
        assert_eq!(read.iter().map(|row| row.0).collect::<Vec<_>>(), [3, 5]);
    }

    #[test]
    fn files_that_are_no_tables_are_named_with_the_cure() {
        assert_eq!(
            message(b"# only a note\n"),
            "edges.tsv: the file is empty, expected a header line and at least one row below it"
        );
        assert_eq!(
            message(b"a\tb\t1\n\nb\ta\n"),
            "edges.tsv, row 3: found 2 cells, expected 3 as in the first row (separated by tabs); \
             correct the row"
        );
        assert_eq!(
            message(b"a,\"b\n"),
            "edges.tsv, row 1: a quote `\"` opens here and never closes; close it or remove it"
        );
    }

    #[test]
    fn the_name_that_r_leaves_out_is_added_to_the_header() {
        let mut rows = Rows::open(&b"\"a\" \"b\"\n\"x\" 1 2\n"[..], "t").expect("a table");
        rows.complete_header();
        assert_eq!(rows.header(), ["", "a", "b"]);
        let row = rows.advance().expect("a row").expect("a row");
        assert_eq!((row.cell(0), row.cell(2)), ("x", "2"));
        assert_eq!(
            row.refuse(0, "a number").to_string(),
            "t, row 2, column 1 (no name): found `x`, expected a number"
        );
    }
}
