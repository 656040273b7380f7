//! The marks in the numbers of one column, decided from all of them: `720`, `1,440` are 720 and 1440.

use std::borrow::Cow;

use super::decimal_sign::{DecimalSign, LogSum, MarkMeaning, SignsSeen, nearer_by};
use super::marked_number::{MarkUse, MarkedNumber};
use super::number::{Cell, is_dash, parse_cell};
use super::read_error::{Place, ReadError, infinite};
use super::table::Table;
use crate::numeric::exact;

/// What the cells of a column say about the marks in its numbers; of constant size.
#[derive(Clone, Debug, Default)]
pub struct ColumnMarks {
    seen: SignsSeen,
    /// Numbers in which the mark may separate thousands, and the others.
    commas: [LogSum; 2],
    points: [LogSum; 2],
    /// The first number that contradicts another one.
    conflict: Option<(Place, String)>,
}

impl ColumnMarks {
    /// Adds a cell, and returns what it holds; a mark that may be either is read as a decimal sign.
    pub fn add(&mut self, cell: &str, place: impl Fn() -> Place) -> Cell {
        let parsed = parse_cell(cell, false);
        let plain = match parsed {
            Cell::Number(x) => Some(x),
            Cell::Missing | Cell::Infinite => return parsed,
            Cell::Text | Cell::Comma(_) => None,
        };
        let looks = plain.is_none() || self.seen.wants_points() && cell.contains('.');
        if let Some(number) = looks.then(|| MarkedNumber::parse(cell)).flatten() {
            self.commas[usize::from(number.comma != MarkUse::Either)].add(number.value);
            self.points[usize::from(number.point != MarkUse::Either)].add(number.value);
            if self.seen.add(number, 0, cell, &place).is_err() && self.conflict.is_none() {
                self.conflict = Some((place(), cell.to_owned()));
            }
            return Cell::Number(number.value);
        } else if let Some(x) = plain {
            self.commas[1].add(x);
            self.points[1].add(x);
        }
        parsed
    }

    /// Adds a cell in which other text may be around the number, such as a unit.
    pub fn add_text(&mut self, text: &str, place: impl Fn() -> Place) {
        self.add(number_in(text), place);
    }

    /// Adds what another column of the same numbers says.
    pub fn join(&mut self, other: &Self) {
        self.seen.join(&other.seen);
        for (own, others) in [
            (&mut self.commas, other.commas),
            (&mut self.points, other.points),
        ] {
            own.iter_mut()
                .zip(others)
                .for_each(|(own, other)| own.join(other));
        }
        if self.conflict.is_none() {
            self.conflict.clone_from(&other.conflict);
        }
    }

    /// Whether all numbers but 0 may have commas between thousands: both readings differ by one factor.
    #[must_use]
    pub fn is_one_scale(&self) -> bool {
        !self.commas[0].is_empty() && self.commas[1].is_empty()
    }

    /// Decides what the marks mean.
    ///
    /// * `asked`: what the user said, or the rest of the table shows
    ///
    /// # Errors   [`ReadError`] with both readings where they are about as good; two decimal signs.
    pub fn decide(&self, asked: Option<DecimalSign>) -> Result<NumberMarks, ReadError> {
        if let Some((place, cell)) = &self.conflict {
            self.seen.refuse_conflict(|| place.clone(), cell)?;
        }
        let nearer = |[marked, plain]: [LogSum; 2]| move || nearer_by(marked, plain).map(f64::exp);
        let meaning = self
            .seen
            .meaning(asked, nearer(self.commas), nearer(self.points))?;
        Ok(NumberMarks {
            notes: self.seen.notes(meaning, "column"),
            meaning,
        })
    }
}

/// How the numbers of a column are read.
#[derive(Clone, Debug, Default)]
pub struct NumberMarks {
    meaning: MarkMeaning,
    /// Which marks separate thousands.
    pub notes: Vec<String>,
}

impl NumberMarks {
    /// Reads a cell; never [`Cell::Comma`].
    #[must_use]
    pub fn cell(&self, cell: &str) -> Cell {
        let plain = parse_cell(cell, false);
        match plain {
            Cell::Number(_) if !self.meaning.point_groups => plain,
            Cell::Number(_) | Cell::Text => {
                MarkedNumber::parse(cell).map_or(plain, |number| Cell::Number(self.value(number)))
            }
            Cell::Comma(_) | Cell::Missing | Cell::Infinite => plain,
        }
    }

    /// The text with its number as a plain one: `1,440 min` is `1440 min`.
    #[must_use]
    pub fn plain<'c>(&self, text: &'c str) -> Cow<'c, str> {
        let number = number_in(text);
        let marked = MarkedNumber::parse(number).filter(|_| {
            !matches!(parse_cell(number, false), Cell::Number(_)) || self.meaning.point_groups
        });
        match marked {
            Some(marked) => Cow::Owned(text.replacen(number, &exact(self.value(marked)), 1)),
            None => Cow::Borrowed(text),
        }
    }

    fn value(&self, number: MarkedNumber) -> f64 {
        let groups = number.comma == MarkUse::Either && self.meaning.comma_groups
            || number.point == MarkUse::Either && self.meaning.point_groups;
        if groups {
            (number.value * 1000.0).round()
        } else {
            number.value
        }
    }
}

/// The first number of a text with its marks; the whole text if it is a number or has none.
fn number_in(text: &str) -> &str {
    let digit = |c: char| c.is_ascii_digit();
    let text = text.trim();
    let Some(start) = text
        .find(digit)
        .filter(|_| MarkedNumber::parse(text).is_none())
    else {
        return text;
    };
    let rest = &text[start..];
    let mut end = 0;
    for (at, c) in rest.char_indices() {
        let goes_on = matches!(c, '.' | ',' | '\'' | '\u{2019}')
            && rest[at + c.len_utf8()..].starts_with(digit);
        match () {
            () if digit(c) => end = at + 1,
            () if goes_on => {}
            () => break,
        }
    }
    &rest[..end]
}

impl Table {
    /// A text column as numbers after all.
    ///
    /// # Errors   for a cell that is neither a finite number nor missing, and for marks that have two readings.
    pub fn text_as_numbers(&self, column: usize) -> Result<Vec<f64>, ReadError> {
        let marks = self.marks_of(column)?;
        let cells = self.text(column).iter().zip(self.lines());
        cells
            .map(|(cell, &row)| match marks.cell(cell) {
                Cell::Number(x) | Cell::Comma(x) => Ok(x),
                Cell::Missing => Ok(f64::NAN),
                Cell::Text if is_dash(cell) => Ok(f64::NAN),
                Cell::Infinite => Err(infinite(self.place(row, column), cell)),
                Cell::Text => Err(self.text_column(row, column, cell)),
            })
            .collect()
    }

    /// How the numbers of a text column are read; the columns of numbers may show it.
    ///
    /// # Errors   as [`ColumnMarks::decide`].
    pub fn marks_of(&self, column: usize) -> Result<NumberMarks, ReadError> {
        let mut marks = ColumnMarks::default();
        for (cell, &row) in self.text(column).iter().zip(self.lines()) {
            marks.add_text(cell, || self.place(row, column));
        }
        marks.decide(self.decimal())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(cells: &[&str], asked: Option<DecimalSign>) -> Result<NumberMarks, ReadError> {
        let mut marks = ColumnMarks::default();
        for cell in cells {
            marks.add_text(cell, || Place::row("t", 2));
        }
        marks.decide(asked)
    }

    fn numbers(cells: &[&str], asked: Option<DecimalSign>) -> Vec<f64> {
        let marks = marks(cells, asked).expect("clear");
        let number = |cell: &&str| match marks.cell(cell) {
            Cell::Number(x) => x,
            other => panic!("{cell}: {other:?}"),
        };
        cells.iter().map(number).collect()
    }

    #[test]
    fn the_other_numbers_of_a_column_say_what_a_mark_does() {
        for thousands in [["0", "720", "1,440"], ["0", "720", "1.440"]] {
            assert_eq!(numbers(&thousands, None), [0.0, 720.0, 1440.0]);
        }
        assert_eq!(numbers(&["0,5", "1,250"], None), [0.5, 1.25]);
        assert_eq!(numbers(&["0.5", "1,250"], None), [0.5, 1250.0]);
        assert_eq!(numbers(&["1", "1.125", "2"], None), [1.0, 1.125, 2.0]);
        let error = marks(&["1,250", "2,250"], None).expect_err("either");
        let error = error.to_string();
        assert!(
            error.contains("1.250 with a decimal comma and 1250 with commas"),
            "{error}"
        );
        let asked = |sign| numbers(&["1,250", "2,250"], Some(sign));
        assert_eq!(asked(DecimalSign::Comma), [1.25, 2.25]);
        assert_eq!(asked(DecimalSign::Point), [1250.0, 2250.0]);
    }

    #[test]
    fn text_around_a_number_stays() {
        let cells = ["0 min", "720 min", "1,440 min"];
        let marks = marks(&cells, None).expect("clear");
        assert_eq!(marks.plain(cells[2]), "1440 min");
        assert_eq!(marks.plain("Day 2"), "Day 2");
        assert_eq!(marks.plain("1,5h"), "1.5h");
        assert_eq!(marks.plain("WT"), "WT");
        assert_eq!(marks.notes.len(), 1);
    }
}
