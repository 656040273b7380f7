//! A delimited text table, parsed straight into numbers.

use std::io::Read;

use super::decimal_sign::{DecimalSign, SignsDecided, SignsSeen};
use super::marked_number::{MarkedNumber, is_number};
use super::missing_code::MissingCode;
use super::number::{Cell, is_dash, parse_cell, says_missing};
use super::read_error::{Fault, Place, ReadError};
use super::reading::{name_some, shorten};
use super::separator::Separator;
use super::table_rows::{Rows, note};

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
    seen: SignsSeen,
    signs: SignsDecided,
    options: TextOptions,
    /// Words for missing values, and how many cells hold them.
    words: Vec<String>,
    worded: usize,
    /// What was passed over.
    passed: String,
    /// Number of every column in the file, if it is not the position.
    columns_in_file: Option<Vec<usize>>,
}

/// How the text of a table is to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TextOptions {
    /// Decimal sign of its numbers; recognised where nothing is said.
    pub decimal: Option<DecimalSign>,
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
        Self::read_as(input, file, TextOptions::default(), kind)
    }

    /// The same, as the user says.
    pub fn read_as(
        input: impl Read,
        file: &str,
        options: TextOptions,
        kind: impl Fn(usize, &str) -> Keep,
    ) -> Result<Self, ReadError> {
        let mut rows = Rows::open(input, file)?;
        rows.complete_header();
        rows.refuse_without_header()?;
        Self::of_rows(rows, options, kind)
    }

    /// The rows that are still to come, below the header.
    pub(crate) fn of_rows(
        mut rows: Rows<'_>,
        options: TextOptions,
        kind: impl Fn(usize, &str) -> Keep,
    ) -> Result<Self, ReadError> {
        let mut table = Self::with_header(&rows, rows.header().to_vec(), kind);
        table.columns_in_file = rows.columns_in_file();
        while let Some(row) = rows.advance()? {
            table.push(row.line(), row.cells())?;
        }
        if table.lines.is_empty() {
            return Err(rows.no_rows());
        }
        table.passed = rows.passed_over();
        table.decide_signs(options)
    }

    /// Cells that were put in another order, each row with its line in the file.
    pub(crate) fn of_cells<'c>(
        rows: &Rows<'_>,
        header: Vec<String>,
        options: TextOptions,
        kind: impl Fn(usize, &str) -> Keep,
        cells: impl IntoIterator<Item = (usize, Vec<&'c str>)>,
    ) -> Result<Self, ReadError> {
        let mut table = Self::with_header(rows, header, kind);
        for (line, row) in cells {
            table.push(line, row.into_iter())?;
        }
        if table.lines.is_empty() {
            return Err(rows.no_rows());
        }
        table.passed = rows.passed_over();
        table.decide_signs(options)
    }

    fn decide_signs(mut self, options: TextOptions) -> Result<Self, ReadError> {
        // a column without any value is one of numbers
        let undecided = self.kinds.iter_mut().filter(|kind| **kind == Keep::Guess);
        undecided.for_each(|kind| *kind = Keep::Number);
        self.options = options;
        let seen = std::mem::take(&mut self.seen);
        self.signs = seen.decide(&self.numbers, self.width, options.decimal)?;
        for &position in &self.signs.thousands {
            let number = &mut self.numbers[position];
            *number = (*number * 1000.0).round();
        }
        if let Some(code) = MissingCode::remove(&mut self.numbers) {
            self.worded += code.count;
            self.words.push(code.number.to_string());
        }
        Ok(self)
    }

    fn with_header(
        rows: &Rows<'_>,
        header: Vec<String>,
        kind: impl Fn(usize, &str) -> Keep,
    ) -> Self {
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
            seen: SignsSeen::default(),
            signs: SignsDecided::default(),
            options: TextOptions::default(),
            words: Vec::new(),
            worded: 0,
            passed: String::new(),
            columns_in_file: None,
        }
    }

    fn push<'c>(
        &mut self,
        line: usize,
        cells: impl Iterator<Item = &'c str>,
    ) -> Result<(), ReadError> {
        self.lines.push(line);
        for (column, cell) in cells.enumerate() {
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
                    let number = self.number(line, column, cell)?;
                    self.numbers.push(number);
                }
                Keep::Skip => {}
            }
        }
        Ok(())
    }

    /// Decides what a column holds, unless the cell is missing.
    fn guess(&mut self, column: usize, cell: &str) {
        if is_dash(cell) || parse_cell(cell, false) == Cell::Missing {
            return;
        }
        if is_number(cell) {
            self.kinds[column] = Keep::Number;
            return;
        }
        self.kinds[column] = Keep::Text;
        self.guessed[column] = true;
        self.slots[column] = self.texts.len();
        // the row is already counted, its cell is still to come
        self.texts.push(vec![String::new(); self.lines.len() - 1]);
    }

    fn number(&mut self, row: usize, column: usize, cell: &str) -> Result<f64, ReadError> {
        let position = self.numbers.len();
        match parse_cell(cell, false) {
            Cell::Number(x) => {
                if self.seen.wants_points() && cell.contains('.') {
                    self.add_marks(row, column, position, cell)?;
                }
                Ok(x)
            }
            Cell::Missing => {
                self.add_word(cell);
                Ok(f64::NAN)
            }
            Cell::Infinite => Err(infinite(self.place(row, column), cell)),
            Cell::Text | Cell::Comma(_) => {
                if let Some(x) = self.add_marks(row, column, position, cell)? {
                    return Ok(x);
                }
                if is_dash(cell) {
                    self.add_word(cell);
                    return Ok(f64::NAN);
                }
                Err(self.text_error(row, column, cell))
            }
        }
    }

    /// Adds a number with marks, if the cell is one.
    fn add_marks(
        &mut self,
        row: usize,
        column: usize,
        position: usize,
        cell: &str,
    ) -> Result<Option<f64>, ReadError> {
        let Some(number) = MarkedNumber::parse(cell) else {
            return Ok(None);
        };
        let mut seen = std::mem::take(&mut self.seen);
        seen.add(number, position, cell, || self.place(row, column))?;
        self.seen = seen;
        Ok(Some(number.value))
    }

    fn add_word(&mut self, cell: &str) {
        if says_missing(cell) {
            self.worded += 1;
            if !self.words.iter().any(|word| word == cell) {
                self.words.push(cell.to_owned());
            }
        }
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

    pub(super) fn text_column(&self, row: usize, column: usize, cell: &str) -> ReadError {
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

    /// The decimal sign that the columns of numbers show, or else that the user named.
    pub(crate) fn decimal(&self) -> Option<DecimalSign> {
        self.signs.sign.or(self.options.decimal)
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

    /// Number of a column in the file, from 1.
    pub fn column_number(&self, column: usize) -> usize {
        let known = self.columns_in_file.as_ref();
        known.map_or(column, |columns| columns[column]) + 1
    }

    /// The place of a cell; `row` is a line of the file, `column` counts from 0.
    pub fn place(&self, row: usize, column: usize) -> Place {
        let number = self.column_number(column);
        Place::cell(&self.file, row, number, &self.header[column])
    }

    /// The place of a column in the header.
    pub fn header_place(&self, column: usize) -> Place {
        self.place(self.header_line, column)
    }

    /// What was decided about the text itself.
    pub fn note(&self) -> String {
        let mut text = note(&self.file, self.len(), self.header.len(), self.separator);
        text += &self.passed;
        if self.worded > 0 {
            let (count, words) = (self.worded, name_some(&self.words));
            text += &format!(
                "; {count} cell(s) say by a word or code that the value is missing: {words}"
            );
        }
        for note in &self.signs.notes {
            text += &format!("; {note}");
        }
        text
    }

    /// A warning if decimal commas were read.
    pub fn warning(&self) -> Option<String> {
        let place = self.signs.comma.as_ref()?;
        Some(format!(
            "{place}: a comma is read as decimal sign here and in the rest of the table; \
             say `--decimal point` if it separates thousands"
        ))
    }
}

pub(super) fn infinite(place: Place, cell: &str) -> ReadError {
    ReadError::new(Fault::Cell, place, format!("found `{}`", shorten(cell)))
        .expecting("a finite number")
        .cured_by("correct it or leave the cell empty if the value is missing")
}
