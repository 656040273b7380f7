//! What is above the rows of a table: titles, a comment that is the header, a second header row.

use super::header_check::data_in_first_row;
use super::lines::without_end;
use super::number::{Cell, parse_cell};
use super::read_error::{Fault, Place, ReadError};
use super::reading::{name_some, shorten};
use super::row_layout::RowAhead;
use super::separator::RowCells;
use super::table_rows::Rows;
use super::title_lines::{LINES_BELOW, is_title};

impl Rows<'_> {
    /// Whether the text is a title of the table below, which is passed over.
    pub(super) fn passes_title(&mut self) -> Result<bool, ReadError> {
        let below = self.lines.peek(LINES_BELOW)?;
        let title = is_title(without_end(&self.text), &below);
        if title {
            let text = shorten(self.text.trim_matches([',', ';', '\t', ' ', '\n', '\r']));
            let row = self.lines.number();
            self.notes
                .push(format!("row {row} is a title and passed over: `{text}`"));
        }
        Ok(title)
    }

    /// Refuses a table of levels whose first row is a row like the others.
    ///
    /// * `flag`: `, or say --no-header`, where that option is about this table
    ///
    /// # Errors   [`Fault::Shape`].
    pub(crate) fn refuse_without_header(&mut self, flag: &str) -> Result<(), ReadError> {
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
            .cured_by(format!(
                "add a header line{flag}; if this is one, call its first column `gene` or `sample`"
            )))
    }

    /// A comment right before the first row is its header if it has a name for each of its numbers, as
    /// NumPy writes headers.
    pub(super) fn take_header_from_comment(&mut self) {
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

    /// Passes over rows of weights and numbers of arrays, as files of Cluster have (PCL, CDT).
    pub(crate) fn pass_weights(&mut self) {
        const NAMES: [&str; 2] = ["EWEIGHT", "AID"];
        let is_weight = |row: &RowAhead| {
            row.cells
                .try_get(0)
                .is_some_and(|cell| NAMES.contains(&cell))
        };
        let rows = self.ahead.iter().filter(|row| is_weight(row));
        let notes = rows.map(|row| format!("row {} is about the arrays and passed over", row.line));
        let notes: Vec<String> = notes.collect();
        self.notes.extend(notes);
        self.ahead.retain(|row| !is_weight(row));
    }

    /// The line and the cells of the row right below the header.
    pub(crate) fn second_row(&self) -> Option<(usize, Vec<String>)> {
        let row = self.ahead.front()?;
        let cell = |at| {
            row.cells
                .try_get(self.layout.number(at))
                .unwrap_or_default()
        };
        let cells = (0..self.header.len()).map(|at| cell(at).to_owned());
        Some((row.line, cells.collect()))
    }

    /// Names the columns otherwise, as the row right below the header says, which is passed over.
    pub(crate) fn join_second_row(&mut self, names: Vec<String>) {
        self.ahead.pop_front();
        self.header = names;
    }
}
