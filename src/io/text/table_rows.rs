//! The rows of a text table, one after another.

use std::collections::VecDeque;
use std::io::Read;

use super::header_check::data_in_first_row;
use super::lines::{Lines, without_end};
use super::marked_number::MarkedNumber;
use super::number::{Cell, is_dash, parse_cell};
use super::preface::Preface;
use super::read_error::{Fault, Place, ReadError};
use super::reading::{name_some, shorten};
use super::row_layout::{RowAhead, RowLayout, counts_up, is_comment};
use super::separator::{RowCells, Separator};
use super::table_row::TableRow;

/// Lines over which one row may go on inside quotes: a stray quote must not swallow the file.
pub(super) const MOST_LINES: usize = 100;

/// Rows that are read ahead: enough to see what a column holds.
const AHEAD: usize = 64;

/// Reads the rows of a table; the first decides the separator and the number of columns.
///
/// Blank lines, rows of empty cells and comments (`#` before the header) are counted and passed over;
/// columns without a name or content are left out; a quoted cell may go on over lines. Of a series
/// matrix of GEO the rows are those between the lines that begin and end its table.
pub struct Rows<'a> {
    lines: Lines<'a>,
    separator: Separator,
    /// The header of the file, and what is kept of it.
    whole_header: Vec<String>,
    header: Vec<String>,
    first: RowCells,
    header_line: usize,
    layout: RowLayout,
    /// The row that was read last: its text, its cells and its first line.
    text: String,
    cells: RowCells,
    line: usize,
    /// Whether a quoted cell of it goes on over lines.
    joined: bool,
    /// Rows that are still to be handed out.
    ahead: VecDeque<RowAhead>,
    headless: Headless,
    preface: Preface,
    empty_rows: usize,
    comments: usize,
    notes: Vec<String>,
}

/// Whether the first row is a row like the others.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Headless {
    No,
    /// Yes, and it is still to be handed out.
    Ahead,
    Yes,
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
            whole_header: Vec::new(),
            header: Vec::new(),
            first: RowCells::default(),
            header_line: 0,
            layout: RowLayout::default(),
            text: String::new(),
            cells: RowCells::default(),
            line: 0,
            joined: false,
            ahead: VecDeque::new(),
            headless: Headless::No,
            preface: Preface::default(),
            empty_rows: 0,
            comments: 0,
            notes: Vec::new(),
        };
        if !rows.read(true)? {
            return Err(rows
                .preface
                .without_table(file)
                .unwrap_or_else(|| empty(file)));
        }
        rows.header_line = rows.line;
        rows.first = rows.cells.clone();
        rows.whole_header = rows.cells.iter().map(str::to_owned).collect();
        while rows.ahead.len() < AHEAD && rows.read(false)? {
            rows.ahead.push_back(RowAhead {
                cells: rows.cells.clone(),
                line: rows.line,
                quotes_first: rows.text.starts_with('"') && !without_end(&rows.text).ends_with('"'),
                joined: rows.joined,
            });
        }
        rows.take_header_from_comment();
        rows.lay_out();
        Ok(rows)
    }

    fn lay_out(&mut self) {
        self.layout = RowLayout::find(&self.whole_header, self.ahead.make_contiguous());
        self.header = self.layout.names(&self.whole_header);
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

    /// Whether the first rows have numbers in a column, or nothing.
    pub(crate) fn holds_numbers(&mut self, column: usize) -> bool {
        let cells = || {
            self.ahead.iter().map(|row| {
                row.cells
                    .try_get(self.layout.number(column))
                    .unwrap_or_default()
            })
        };
        let missing = |cell: &str| is_dash(cell) || parse_cell(cell, false) == Cell::Missing;
        let mut present = cells().filter(|cell| !missing(cell)).peekable();
        present.peek().is_some() && present.all(|cell| MarkedNumber::parse(cell).is_some())
    }

    /// Whether a column has one of these names in the first rows.
    pub(crate) fn holds_any(&self, column: usize, names: &[String]) -> bool {
        let column = self.layout.number(column);
        let mut rows = self.ahead.iter();
        rows.any(|row| {
            row.cells
                .try_get(column)
                .is_some_and(|cell| names.iter().any(|name| name == cell))
        })
    }

    /// Lines of metadata before the table, as in series matrices of GEO.
    pub(crate) fn metadata(&self) -> &[String] {
        &self.preface.metadata
    }

    /// Position of every column in the file; none if it is that of the table.
    pub(crate) fn columns_in_file(&self) -> Option<Vec<usize>> {
        self.layout.kept.clone()
    }

    /// What was decided about the text itself.
    ///
    /// * `rows`: how many were read
    #[must_use]
    pub fn note(&self, rows: usize) -> String {
        note(self.file(), rows, self.header.len(), self.separator) + &self.passed_over()
    }

    /// What was passed over, to follow a sentence.
    pub(crate) fn passed_over(&self) -> String {
        let counts = [
            (self.layout.empty_columns, "empty column(s) without a name"),
            (self.empty_rows, "empty row(s)"),
            (self.comments, "comment(s) below the header"),
            (
                usize::from(self.layout.row_numbers),
                "column of row numbers",
            ),
        ];
        let passed = counts.iter().filter(|(count, _)| *count > 0);
        let passed: Vec<String> = passed
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        let mut text = String::new();
        if !passed.is_empty() {
            text = format!("; passed over: {}", passed.join(", "));
        }
        self.notes
            .iter()
            .for_each(|note| text += &format!("; {note}"));
        text
    }

    /// Adds the name that R leaves out over row names: the first row below has one cell more. Row
    /// numbers of R and pandas are left out.
    pub fn complete_header(&mut self) {
        let width = self.whole_header.len();
        let ahead = self.ahead.make_contiguous();
        let Some(first) = ahead.first() else {
            return;
        };
        let has_more = |row: &RowAhead| {
            row.cells
                .try_get(width)
                .is_some_and(|cell| !cell.is_empty())
        };
        let named = match parse_cell(first.cells.get(0), true) {
            Cell::Text => true,
            Cell::Number(_) => counts_up(ahead) || ahead.iter().all(|row| row.quotes_first),
            _ => false,
        };
        if first.cells.len() == width + 1 && named && ahead.iter().any(has_more) {
            self.whole_header.insert(0, String::new());
            self.lay_out();
        }
        let ahead = self.ahead.make_contiguous();
        self.layout.drop_row_numbers(&self.whole_header, ahead);
        self.header = self.layout.names(&self.whole_header);
    }

    /// Hands out the first row like the others: the table has no header.
    pub fn without_header(&mut self) {
        self.headless = Headless::Ahead;
        // a name that was added belongs to a header, which the first row is not
        if self.whole_header.len() != self.first.len() {
            self.whole_header = self.first.iter().map(str::to_owned).collect();
            self.lay_out();
        }
    }

    /// The error about a header without rows.
    pub(crate) fn no_rows(&self) -> ReadError {
        self.preface.header_only(self.file())
    }

    /// Whether the first row is handed out like the others.
    #[must_use]
    pub fn is_headless(&self) -> bool {
        self.headless != Headless::No
    }

    /// Refuses a table of levels whose first row is a row like the others.
    ///
    /// # Errors   [`Fault::Shape`].
    pub(crate) fn refuse_without_header(&mut self) -> Result<(), ReadError> {
        let first: Vec<&str> = self.whole_header.iter().map(String::as_str).collect();
        let Some(reason) = data_in_first_row(&first, self.ahead.make_contiguous()) else {
            return Ok(());
        };
        let place = Place::row(self.lines.file(), self.header_line);
        let found = format!(
            "{reason} ({}): there seems to be no header",
            name_some(&self.header)
        );
        Err(ReadError::new(Fault::Shape, place, found)
            .expecting("names of columns, such as `time` and genes, or `gene` and times")
            .cured_by(
                "add a header line, or say `--no-header`; if this is one, call its first column \
                 `gene` or `sample`",
            ))
    }

    /// A comment right before the first row is its header if it has a name for each of its numbers, as
    /// NumPy writes headers.
    fn take_header_from_comment(&mut self) {
        let Some((comment, line)) = self.preface.last_comment.take() else {
            return;
        };
        let mut names = RowCells::default();
        let text = comment.trim_start_matches('#').trim();
        if self.first.len() < 2
            || !self.separator.split(text, &mut names)
            || names.len() != self.first.len()
        {
            return;
        }
        let first: Vec<&str> = self.first.iter().collect();
        let is_number =
            |cell: &str| matches!(parse_cell(cell, true), Cell::Number(_) | Cell::Comma(_));
        let named = names
            .iter()
            .zip(&first)
            .all(|(name, cell)| !is_number(name) || !is_number(cell));
        // times may be numbers, beside a word for the genes: `#gene 0 2 4`
        let header: Vec<&str> = names.iter().collect();
        let worded = !is_number(header[0])
            && data_in_first_row(&header, self.ahead.make_contiguous()).is_none();
        if (named || worded) && data_in_first_row(&first, self.ahead.make_contiguous()).is_some() {
            self.ahead.push_front(RowAhead {
                cells: std::mem::take(&mut self.first),
                line: self.header_line,
                quotes_first: false,
                joined: false,
            });
            self.whole_header = names.iter().map(str::to_owned).collect();
            self.first = names;
            self.header_line = line;
            self.notes
                .push(format!("the comment in row {line} is the header"));
        }
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
        if let Some(row) = self.ahead.pop_front() {
            self.cells = row.cells;
            self.line = row.line;
            self.joined = row.joined;
        } else if !self.read(false)? {
            return Ok(None);
        }
        if !self.layout.fits(&self.cells) {
            return Err(self.ragged());
        }
        Ok(Some(self.row(&self.cells, self.line)))
    }

    fn row<'r>(&'r self, cells: &'r RowCells, line: usize) -> TableRow<'r> {
        TableRow {
            file: self.lines.file(),
            header: (!self.is_headless()).then_some(&self.header[..]),
            cells,
            kept: self.layout.kept.as_deref(),
            count: self.header.len(),
            line,
        }
    }

    /// Reads one row with all its lines; false at the end of the table.
    ///
    /// * `first`: whether it is the first one, which decides the separator
    fn read(&mut self, first: bool) -> Result<bool, ReadError> {
        loop {
            self.text.clear();
            if self.preface.ended || !self.lines.append_to(&mut self.text)? {
                return Ok(false);
            }
            if self.text.trim().is_empty() {
                continue;
            }
            if first {
                if self.preface.takes(&self.text, self.lines.number()) {
                    continue;
                }
            } else if self.preface.ends(&self.text) {
                return Ok(false);
            }
            self.split_lines(first)?;
            let width = self.whole_header.len();
            if !first && is_comment(&self.text, self.cells.len(), width) {
                self.comments += 1;
            } else if self.cells.iter().all(str::is_empty) {
                self.empty_rows += 1;
            } else {
                return Ok(true);
            }
        }
    }

    /// Splits the row that begins in the text, with the lines on which quoted cells go on.
    fn split_lines(&mut self, first: bool) -> Result<(), ReadError> {
        self.line = self.lines.number();
        loop {
            let row = without_end(&self.text);
            if first {
                let said = self.preface.separator;
                self.separator = said.unwrap_or_else(|| Separator::guess(row));
            }
            if self.separator.split(row, &mut self.cells) {
                self.joined = self.lines.number() > self.line;
                return Ok(());
            }
            let lines = self.lines.number() - self.line;
            if lines == MOST_LINES || !self.lines.append_to(&mut self.text)? {
                return Err(self.open_quote());
            }
        }
    }

    /// Where a quote joined lines, it is the likelier fault than the number of cells.
    fn ragged(&self) -> ReadError {
        if self.joined {
            return self.open_quote();
        }
        if let Some(column) = self.layout.filled(&self.cells) {
            let place = Place::cell(self.file(), self.line, column + 1, "");
            let found = format!("found `{}`", shorten(self.cells.get(column)));
            return ReadError::new(Fault::Shape, place, found)
                .expecting("nothing, as the column has no name and is empty above")
                .cured_by("name the column in the header, or empty the cell");
        }
        let (found, expected) = (self.cells.len(), self.whole_header.len());
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

/// What was decided about the text of a table.
pub(crate) fn note(file: &str, rows: usize, columns: usize, separator: Separator) -> String {
    let separator = separator.name();
    format!("{file}: {rows} rows and {columns} columns, {separator}")
}

/// The error about a header without rows.
#[must_use]
pub fn header_only(file: &str) -> ReadError {
    Preface::default().header_only(file)
}

/// The error about a file without any row.
pub(crate) fn empty(file: &str) -> ReadError {
    ReadError::new(Fault::Empty, Place::file(file), "the file is empty")
        .expecting("a header line and at least one row below it")
}
