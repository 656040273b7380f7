//! What the columns of a list of pairs hold, whatever they are called.

use super::pair_words::{is_known, plain};
use crate::genes::Genes;
use crate::io::text::{Cell, Fault, Place, ReadError, Rows, parse_cell};
use crate::network::Sign;

/// Counts over the rows below the first.
#[derive(Clone, Debug, Default)]
pub(super) struct ColumnFacts {
    /// Cells that hold anything.
    pub(super) filled: usize,
    pub(super) numbers: usize,
    pub(super) negative: usize,
    pub(super) zeros: usize,
    /// Numbers that are 0, 1 or −1.
    pub(super) units: usize,
    /// Signs of any spelling, and those that no number is.
    pub(super) signs: usize,
    pub(super) sign_words: usize,
    /// `TRUE` and `FALSE`.
    pub(super) bools: usize,
    /// Single letters from A to E: grades of confidence.
    pub(super) grades: usize,
    /// `allowed` and `forbidden`.
    pub(super) statements: usize,
    /// Names of genes that are known.
    pub(super) known: usize,
    /// Smallest and largest size of a number.
    sizes: Option<(f64, f64)>,
    /// Smallest and largest number.
    range: Option<(f64, f64)>,
}

/// A cell that is `TRUE` or `FALSE` in some spelling.
pub(super) fn truth(cell: &str) -> Option<bool> {
    match cell.to_ascii_lowercase().as_str() {
        "true" | "t" => Some(true),
        "false" | "f" => Some(false),
        _ => None,
    }
}

/// Whether a cell says that a pair is allowed or forbidden.
pub(super) fn is_statement(cell: &str) -> bool {
    ["allowed", "forbidden"].contains(&cell.to_ascii_lowercase().as_str())
}

impl ColumnFacts {
    fn add(&mut self, cell: &str, genes: Option<&Genes>) {
        if genes.is_some_and(|genes| genes.find(cell).is_some()) {
            self.known += 1;
        }
        let sign = Sign::parse(cell);
        let parsed = parse_cell(cell, true);
        if parsed == Cell::Missing {
            return;
        }
        self.filled += 1;
        self.signs += usize::from(sign.is_some());
        self.bools += usize::from(truth(cell).is_some());
        self.grades += usize::from(matches!(cell.as_bytes(), [b'A'..=b'E']));
        self.statements += usize::from(is_statement(cell));
        if let Cell::Number(x) | Cell::Comma(x) = parsed {
            self.numbers += 1;
            self.negative += usize::from(x < 0.0);
            self.zeros += usize::from(x == 0.0);
            self.units += usize::from(x == 0.0 || x.abs() == 1.0);
            let wider = |old: Option<(f64, f64)>, x: f64| {
                Some(old.map_or((x, x), |(low, high)| (low.min(x), high.max(x))))
            };
            self.sizes = wider(self.sizes, x.abs());
            self.range = wider(self.range, x);
        } else {
            self.sign_words += usize::from(sign.is_some());
        }
    }

    /// Whether all cells that hold anything are numbers.
    pub(super) fn is_numeric(&self) -> bool {
        self.numbers > 0 && self.numbers == self.filled
    }

    /// Whether it holds nothing but names: neither numbers, nor signs, grades or truths.
    pub(super) fn is_names(&self) -> bool {
        self.filled > 0
            && 2 * self.numbers < self.filled
            && self.signs < self.filled
            && self.grades < self.filled
            && self.bools < self.filled
    }

    /// Whether no cell is a number, and some are no signs: names, of one letter too.
    pub(super) fn is_words(&self) -> bool {
        self.filled > 0 && self.numbers == 0 && self.signs < self.filled
    }

    /// Whether all cells are signs; numbers must be 0, 1 or −1 and not all the same.
    pub(super) fn is_signs(&self) -> bool {
        let all = self.filled > 0 && self.signs == self.filled;
        all && (self.sign_words > 0 || self.negative > 0 && self.units == self.numbers)
    }

    /// Whether sizes of the numbers differ, so that they can rank.
    pub(super) fn ranks(&self) -> bool {
        self.sizes.is_some_and(|(low, high)| low < high)
    }

    /// Whether all numbers are 0, 1 or −1.
    pub(super) fn is_units(&self) -> bool {
        self.is_numeric() && self.units == self.numbers
    }

    /// Whether no number is above 0.
    pub(super) fn is_below_zero(&self) -> bool {
        self.is_numeric() && self.range.is_some_and(|(_, high)| high <= 0.0)
    }

    /// Whether the cells are truths: `TRUE` and `FALSE`, or 1 and 0.
    pub(super) fn is_truths(&self) -> bool {
        self.filled > 0
            && (self.bools == self.filled
                || self.numbers == self.filled && self.units == self.filled && self.negative == 0)
    }
}

/// The first row of a list, and the facts about every column below it.
pub(super) struct ListFacts {
    pub(super) first: Vec<String>,
    /// Its line in the file.
    pub(super) first_line: usize,
    pub(super) columns: Vec<ColumnFacts>,
    /// Whether R left out the name over the row names: the first row is a header.
    pub(super) completed: bool,
    /// Rows below the first.
    pub(super) rows: usize,
    /// Of these, rows of which the first two names of genes are known.
    pub(super) known_pairs: usize,
}

impl ListFacts {
    /// Reads the whole table once.
    ///
    /// # Errors   what the rows of a table can show.
    pub(super) fn read(bytes: &[u8], file: &str, genes: Option<&Genes>) -> Result<Self, ReadError> {
        let mut rows = Rows::open(bytes, file)?;
        let width = rows.header().len();
        rows.complete_header();
        let first = rows.header().to_vec();
        let completed = first.len() > width;
        if !completed && !first.iter().any(|name| is_known(&plain(name))) {
            // messages about other rows then compare them with the first one
            rows.without_header();
            rows.advance()?;
        }
        let mut facts = Self {
            columns: vec![ColumnFacts::default(); first.len()],
            first,
            first_line: rows.header_line(),
            completed,
            rows: 0,
            known_pairs: 0,
        };
        while let Some(row) = rows.advance()? {
            facts.rows += 1;
            let mut known = 0;
            for (column, facts) in facts.columns.iter_mut().enumerate() {
                let before = facts.known;
                facts.add(row.cell(column), genes);
                known += facts.known - before;
            }
            facts.known_pairs += usize::from(known > 1);
        }
        Ok(facts)
    }

    /// The error about too few columns.
    ///
    /// * `expected`: what they should hold, and how many there are
    pub(super) fn too_few(&self, file: &str, expected: &str) -> ReadError {
        let found = format!("found {} column(s)", self.first.len());
        ReadError::new(Fault::Shape, Place::row(file, self.first_line), found)
            .expecting(format!("at least {expected}"))
            .cured_by("add what is missing, or check what separates the columns")
    }

    /// Counts the first row too: it is a pair like the others.
    pub(super) fn add_first(&mut self, genes: Option<&Genes>) {
        let cells = self.first.iter().zip(&mut self.columns);
        cells.for_each(|(cell, facts)| facts.add(cell, genes));
        self.rows += 1;
    }
}
