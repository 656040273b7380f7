//! A delimited text table, parsed straight into numbers.

use std::io::Read;

use super::decimal_sign::{DecimalSign, SignsDecided, SignsSeen};
use super::legible::one_line;
use super::marked_number::{MarkedNumber, is_number};
use super::missing_code::MissingCode;
use super::number::{Cell, is_dash, parse_cell, says_missing};
use super::read_error::{Place, ReadError, infinite};
use super::reading::name_some;
use super::separator::Separator;
use super::table_rows::{Rows, note};
use super::text_options::TextOptions;

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
    pub(super) header: Vec<String>,
    header_line: usize,
    kinds: Vec<Keep>,
    /// Position of every column among the columns of its kind.
    pub(super) slots: Vec<usize>,
    /// Columns of names that were expected to be numbers: their numbers are NaN.
    pub(super) guessed: Vec<bool>,
    pub(super) lines: Vec<usize>,
    pub(super) numbers: Vec<f64>,
    /// How many columns are numbers.
    pub(super) width: usize,
    texts: Vec<Vec<String>>,
    seen: SignsSeen,
    signs: SignsDecided,
    options: TextOptions,
    /// Number of cells with `Inf` for a missing value, by column.
    infinite: Vec<usize>,
    /// Words for missing values, and how many cells hold them.
    words: Vec<String>,
    worded: usize,
    /// What was passed over.
    passed: String,
    /// Number of every column in the file, if it is not the position.
    columns_in_file: Option<Vec<usize>>,
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
        rows.refuse_without_header("")?;
        Self::of_rows(rows, options, kind)
    }

    /// The rows that are still to come, below the header.
    pub(crate) fn of_rows(
        mut rows: Rows<'_>,
        options: TextOptions,
        kind: impl Fn(usize, &str) -> Keep,
    ) -> Result<Self, ReadError> {
        let mut table = Self::with_header(&rows, rows.header().to_vec(), options, kind);
        table.columns_in_file = rows.columns_in_file();
        while let Some(row) = rows.advance()? {
            table.push(row.line(), row.cells())?;
        }
        if table.lines.is_empty() {
            return Err(rows.no_rows());
        }
        table.passed = rows.passed_over();
        table.decide_signs()
    }

    /// Cells that were put in another order, each row with its line in the file.
    pub(crate) fn of_cells<'c>(
        rows: &Rows<'_>,
        header: Vec<String>,
        options: TextOptions,
        kind: impl Fn(usize, &str) -> Keep,
        cells: impl IntoIterator<Item = (usize, Vec<&'c str>)>,
    ) -> Result<Self, ReadError> {
        let mut table = Self::with_header(rows, header, options, kind);
        for (line, row) in cells {
            table.push(line, row.into_iter())?;
        }
        if table.lines.is_empty() {
            return Err(rows.no_rows());
        }
        table.passed = rows.passed_over();
        table.decide_signs()
    }

    fn decide_signs(mut self) -> Result<Self, ReadError> {
        // a column without any value is one of numbers
        let undecided = self.kinds.iter_mut().filter(|kind| **kind == Keep::Guess);
        undecided.for_each(|kind| *kind = Keep::Number);
        let seen = std::mem::take(&mut self.seen);
        self.signs = seen.decide(&self.numbers, self.width, self.options.decimal)?;
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
        options: TextOptions,
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
            infinite: vec![0; kinds.len()],
            kinds,
            seen: SignsSeen::default(),
            signs: SignsDecided::default(),
            options,
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
                    self.texts[self.slots[column]].push(one_line(cell));
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
        let parsed = parse_cell(cell, false);
        if is_dash(cell) || parsed == Cell::Missing || self.is_missing_infinity(cell) {
            return;
        }
        if is_number(cell) || parsed == Cell::Infinite {
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
            Cell::Infinite if self.is_missing_infinity(cell) => {
                self.infinite[column] += 1;
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

    /// Whether a cell says with `Inf` that there is no value; a number too large for 64 bits does not.
    fn is_missing_infinity(&self, cell: &str) -> bool {
        let cell = cell.trim().trim_start_matches('+');
        let words = ["inf", "infinity"];
        self.options.infinite_is_missing && words.iter().any(|word| cell.eq_ignore_ascii_case(word))
    }

    /// Number of cells of a column in which `Inf` says that there is no value.
    pub(crate) fn infinite_cells(&self, column: usize) -> usize {
        self.infinite[column]
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

    /// Makes a column the first; the place of every column in the file stays known.
    pub(crate) fn bring_to_front(&mut self, column: usize) {
        let all = self.header.len();
        let numbers = self
            .columns_in_file
            .get_or_insert_with(|| (0..all).collect());
        numbers[..=column].rotate_right(1);
        self.header[..=column].rotate_right(1);
        self.kinds[..=column].rotate_right(1);
        self.slots[..=column].rotate_right(1);
        self.guessed[..=column].rotate_right(1);
        self.infinite[..=column].rotate_right(1);
    }

    /// Leaves out all rows but these.
    ///
    /// * `rows`: their positions, in increasing order
    pub(crate) fn keep_rows(&mut self, rows: &[usize]) {
        let width = self.width;
        self.lines = rows.iter().map(|&row| self.lines[row]).collect();
        let kept = rows.iter().flat_map(|&row| row * width..(row + 1) * width);
        self.numbers = kept.map(|at| self.numbers[at]).collect();
        for cells in &mut self.texts {
            *cells = rows
                .iter()
                .map(|&row| std::mem::take(&mut cells[row]))
                .collect();
        }
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
