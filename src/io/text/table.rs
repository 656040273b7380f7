//! A delimited text table, parsed straight into numbers.

use std::io::Read;

use super::error::{Place, ReadError};
use super::lines::Lines;
use super::number::{Cell, parse_cell};
use super::reading::shorten;
use super::separator::Separator;

/// What a column is kept as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Names: one string a row.
    Text,
    /// Numbers; NaN where missing.
    Number,
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
    kinds: Vec<Kind>,
    /// Position of every column among the columns of its kind.
    slots: Vec<usize>,
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
        kind: impl Fn(usize, &str) -> Kind,
    ) -> Result<Self, ReadError> {
        let mut lines = Lines::open(input, file)?;
        let Some((header_line, line)) = lines.next()? else {
            return Err(ReadError::Empty {
                file: file.to_owned(),
            });
        };
        let separator = Separator::guess(line);
        let header = separator.cells(line);
        let mut table = None;
        while let Some((row, line)) = lines.next()? {
            let table = table.get_or_insert_with(|| {
                let header = with_row_names(&header, separator, line);
                Self::new(file, separator, (header_line, header), &kind)
            });
            table.push_row(row, line)?;
        }
        table.ok_or_else(|| ReadError::NoRows {
            file: file.to_owned(),
        })
    }

    fn new(
        file: &str,
        separator: Separator,
        (header_line, header): (usize, Vec<String>),
        kind: impl Fn(usize, &str) -> Kind,
    ) -> Self {
        let named = header.iter().enumerate();
        let kinds: Vec<Kind> = named.map(|(at, name)| kind(at, name)).collect();
        let mut counts = [0; 3];
        let place = |&kind: &Kind| {
            counts[kind as usize] += 1;
            counts[kind as usize] - 1
        };
        let slots = kinds.iter().map(place).collect();
        Self {
            file: file.to_owned(),
            separator,
            header,
            header_line,
            slots,
            lines: Vec::new(),
            numbers: Vec::new(),
            width: counts[Kind::Number as usize],
            texts: vec![Vec::new(); counts[Kind::Text as usize]],
            kinds,
            point: None,
            comma: None,
        }
    }

    /// A row of the wrong length is told as such, even if a shifted cell fails first.
    fn push_row(&mut self, row: usize, line: &str) -> Result<(), ReadError> {
        let separator = self.separator;
        self.lines.push(row);
        let seen = separator.each_cell(line, |at, cell| self.push(row, at, cell));
        let found = match &seen {
            Ok(found) => *found,
            Err(_) => separator.cells(line).len(),
        };
        if found != self.header.len() {
            return Err(ReadError::Ragged {
                at: Place::row(&self.file, row),
                found,
                expected: self.header.len(),
                separator: separator.name(),
            });
        }
        seen.map(|_| ())
    }

    fn push(&mut self, row: usize, at: usize, cell: &str) -> Result<(), ReadError> {
        match self.kinds.get(at) {
            Some(Kind::Text) => self.texts[self.slots[at]].push(cell.trim().to_owned()),
            Some(Kind::Number) => {
                let number = self.number(row, at, cell)?;
                self.numbers.push(number);
            }
            Some(Kind::Skip) | None => {}
        }
        Ok(())
    }

    fn number(&mut self, row: usize, at: usize, cell: &str) -> Result<f64, ReadError> {
        match parse_cell(cell, self.separator.allows_decimal_comma()) {
            Cell::Number(x) => {
                if self.point.is_none() && cell.contains('.') {
                    self.point = Some(self.place(row, at));
                    self.refuse_mixed(row, at, cell)?;
                }
                Ok(x)
            }
            Cell::Comma(x) => {
                if self.comma.is_none() {
                    self.comma = Some(self.place(row, at));
                    self.refuse_mixed(row, at, cell)?;
                }
                Ok(x)
            }
            Cell::Missing => Ok(f64::NAN),
            Cell::Infinite => Err(ReadError::Infinite {
                at: self.place(row, at),
                found: shorten(cell),
            }),
            Cell::Text => Err(self.text_error(row, at, cell)),
        }
    }

    fn refuse_mixed(&self, row: usize, at: usize, cell: &str) -> Result<(), ReadError> {
        let here = self.place(row, at);
        match (&self.point, &self.comma) {
            (Some(point), Some(comma)) => Err(ReadError::MixedDecimals {
                other: if *point == here { comma } else { point }.to_string(),
                at: here,
                found: shorten(cell.trim()),
            }),
            _ => Ok(()),
        }
    }

    /// A column that has shown no number so far is taken for a column of text.
    fn text_error(&self, row: usize, at: usize, cell: &str) -> ReadError {
        let slot = self.slots[at];
        let mut above = self.numbers.iter().skip(slot).step_by(self.width);
        let (at, found) = (self.place(row, at), shorten(cell.trim()));
        match &at.column {
            Some((_, name)) if above.all(|x| x.is_nan()) => ReadError::TextColumn {
                name: name.to_string(),
                at,
                found,
            },
            _ => ReadError::Text { at, found },
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

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// True without rows.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// What a column is kept as.
    pub fn kind(&self, column: usize) -> Kind {
        self.kinds[column]
    }

    /// Columns of this kind, from 0.
    pub fn columns(&self, kind: Kind) -> Vec<usize> {
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
    pub fn text_as_numbers(&self, column: usize) -> Result<Vec<f64>, ReadError> {
        let cells = self.text(column).iter().zip(&self.lines);
        let number = |(cell, &row): (&String, &usize)| match parse_cell(
            cell,
            self.separator.allows_decimal_comma(),
        ) {
            Cell::Number(x) | Cell::Comma(x) => Ok(x),
            Cell::Missing => Ok(f64::NAN),
            Cell::Infinite => Err(ReadError::Infinite {
                at: self.place(row, column),
                found: shorten(cell),
            }),
            Cell::Text => Err(ReadError::TextColumn {
                at: self.place(row, column),
                found: shorten(cell),
                name: self.header[column].clone(),
            }),
        };
        cells.map(number).collect()
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
        format!(
            "{}: {} rows and {} columns, {}",
            self.file,
            self.len(),
            self.header.len(),
            self.separator.name()
        )
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

/// The header that R writes has no name for the row names: the first row tells.
fn with_row_names(header: &[String], separator: Separator, first: &str) -> Vec<String> {
    let cells = separator.cells(first);
    let names = cells.len() == header.len() + 1
        && cells
            .first()
            .is_some_and(|cell| parse_cell(cell, true) == Cell::Text);
    let unnamed = names.then(String::new);
    unnamed.into_iter().chain(header.iter().cloned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Table, ReadError> {
        let kind = |at, _: &str| if at == 0 { Kind::Text } else { Kind::Number };
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
