//! What the columns of a list of pairs hold, whatever they are called.

use super::pair_words::{is_known, plain};
use crate::genes::Genes;
use crate::io::text::{Arrow, Cell, ColumnMarks, Place, ReadError, Rows, answer, plain_name};
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
    /// Arrows and bars between names, those that only say a direction, and those from the second name or without
    /// a direction.
    pub(super) arrows: usize,
    forward: usize,
    pub(super) strange_arrows: usize,
    /// `TRUE` and `FALSE`, `yes` and `no`.
    pub(super) bools: usize,
    /// Single letters from A to E: grades of confidence.
    pub(super) grades: usize,
    /// `allowed` and `forbidden`.
    pub(super) statements: usize,
    /// Names of genes that are known.
    pub(super) known: usize,
    /// Words for no edge, such as `no` or `no interaction`.
    pub(super) denials: usize,
    /// Of these, `none`, which may as well be nothing known.
    pub(super) nones: usize,
    /// The first distinct words, in small letters; [`MOST_WORDS`] of them may be more.
    pub(super) words: Vec<String>,
    /// The marks in its numbers.
    pub(super) marks: ColumnMarks,
    /// Smallest and largest size of a number.
    sizes: Option<(f64, f64)>,
    /// Smallest and largest number.
    range: Option<(f64, f64)>,
    /// Sums of numbers and of their squares, and how many are whole, and above one half.
    sums: (f64, f64),
    whole: usize,
    upper: usize,
    /// The last number, and how many are above the one before.
    last: Option<f64>,
    rises: usize,
}

/// Distinct words that are kept of a column.
const MOST_WORDS: usize = 3;

/// Whether a cell says that a pair is not an edge: `no`, `FALSE`, `none`, `no interaction`, `not bound`.
pub(super) fn denies(cell: &str) -> bool {
    const WORDS: [&str; 5] = ["none", "absent", "nonedge", "unbound", "unregulated"];
    // nothing is known about these
    const UNKNOWN: [&str; 7] = [
        "not_available",
        "not_known",
        "not_determined",
        "not_applicable",
        "not_tested",
        "no_data",
        "no_information",
    ];
    if !cell.starts_with(['n', 'N', 'f', 'F', 'a', 'A', 'u', 'U']) {
        return false;
    }
    let word = plain_name(cell);
    let starts = ["no_", "non_", "not_"]
        .iter()
        .any(|start| word.starts_with(start));
    answer(cell) == Some(false)
        || WORDS.contains(&word.as_str())
        || starts && !UNKNOWN.contains(&word.as_str())
}

/// Whether a cell says that a pair is allowed or forbidden.
pub(super) fn is_statement(cell: &str) -> bool {
    let words = ["allowed", "forbidden"];
    words.iter().any(|word| cell.eq_ignore_ascii_case(word))
}

impl ColumnFacts {
    fn add(&mut self, cell: &str, genes: Option<&Genes>, place: impl Fn() -> Place) {
        if cell == "0" {
            // most cells of a matrix
            self.filled += 1;
            self.signs += 1;
            self.add_number(0.0);
            return;
        }
        if genes.is_some_and(|genes| genes.find(cell).is_some()) {
            self.known += 1;
        }
        let parsed = self.marks.add(cell, place);
        if parsed == Cell::Missing && !cell.eq_ignore_ascii_case("none") {
            return;
        }
        if parsed == Cell::Missing {
            self.add_word(cell);
            return;
        }
        self.filled += 1;
        if let Cell::Number(x) = parsed {
            // longer numbers are no signs
            self.signs += usize::from(cell.len() < 5 && Sign::parse(cell).is_some());
            self.add_number(x);
            return;
        }
        let sign = Sign::parse(cell).is_some();
        self.signs += usize::from(sign);
        self.sign_words += usize::from(sign);
        self.add_arrow(cell);
        self.bools += usize::from(answer(cell).is_some());
        self.grades += usize::from(matches!(cell.as_bytes(), [b'A'..=b'E']));
        self.statements += usize::from(is_statement(cell));
        self.add_word(cell);
    }

    fn add_arrow(&mut self, cell: &str) {
        let Some(arrow) = Arrow::parse(cell) else {
            return;
        };
        self.arrows += 1;
        match arrow {
            Arrow::Forward(Sign::Repression) => {}
            Arrow::Forward(_) => self.forward += 1,
            Arrow::Backward | Arrow::Undirected => self.strange_arrows += 1,
        }
    }

    fn add_word(&mut self, cell: &str) {
        self.denials += usize::from(denies(cell));
        self.nones += usize::from(cell.eq_ignore_ascii_case("none"));
        if self.words.len() < MOST_WORDS
            && !self
                .words
                .iter()
                .any(|word| word.eq_ignore_ascii_case(cell))
        {
            self.words.push(cell.to_owned());
        }
    }

    fn add_number(&mut self, x: f64) {
        self.rises += usize::from(self.last.is_some_and(|last| x > last));
        self.last = Some(x);
        self.numbers += 1;
        self.negative += usize::from(x < 0.0);
        self.zeros += usize::from(x == 0.0);
        self.units += usize::from(x == 0.0 || x.abs() == 1.0);
        self.whole += usize::from(x.fract() == 0.0);
        self.upper += usize::from(x > 0.5);
        self.sums.0 += x;
        self.sums.1 += x * x;
        let wider = |old: Option<(f64, f64)>, x: f64| {
            Some(old.map_or((x, x), |(low, high)| (low.min(x), high.max(x))))
        };
        self.sizes = wider(self.sizes, x.abs());
        self.range = wider(self.range, x);
    }

    /// Whether the numbers are 1 to their number, each once: ranks, as far as they tell.
    pub(super) fn is_permutation(&self) -> bool {
        let n = self.numbers as f64;
        let sum = n * (n + 1.0) / 2.0;
        let squares = sum * (2.0 * n + 1.0) / 3.0;
        self.is_numeric()
            && self.numbers > 3
            && self.whole == self.numbers
            && self.range == Some((1.0, n))
            && self.sums.0 == sum
            && (self.sums.1 - squares).abs() < 1e-12 * squares
    }

    /// Whether the numbers are spread over all of 0 to 1, as error probabilities are where most pairs are no edges.
    pub(super) fn is_like_p_values(&self) -> bool {
        const FEWEST: usize = 10;
        self.is_numeric()
            && self.numbers >= FEWEST
            && self.whole < self.numbers
            && self.range.is_some_and(|(low, high)| {
                (0.0..0.05).contains(&low) && (0.5..=1.0).contains(&high)
            })
            && 4 * self.upper > self.numbers
    }

    /// Whether no number is above the one in the row before.
    pub(super) fn falls(&self) -> bool {
        // a first row without a header is counted last
        self.rises < 2
    }

    /// Whether all cells are whole numbers.
    pub(super) fn is_whole(&self) -> bool {
        self.is_numeric() && self.whole == self.numbers
    }

    /// The largest number.
    pub(super) fn most(&self) -> Option<f64> {
        self.range.map(|(_, high)| high)
    }

    /// Whether it says of each pair in one of two words whether it is an edge.
    pub(super) fn is_answer(&self) -> bool {
        let words = self.words.iter().filter(|word| denies(word)).count();
        let signs = self.words.iter().all(|word| Sign::parse(word).is_some());
        self.numbers == 0 && self.words.len() == 2 && words == 1 && !signs
    }

    /// Whether it is 1 for some pairs and 0 for others.
    pub(super) fn is_label(&self) -> bool {
        self.is_units() && self.negative == 0 && self.zeros > 0 && self.zeros < self.numbers
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
            && self.arrows < self.filled
            && self.grades < self.filled
            && self.bools < self.filled
    }

    /// Whether no cell is a number, and some are no signs: names, of one letter too.
    pub(super) fn is_words(&self) -> bool {
        self.filled > 0 && self.numbers == 0 && self.signs < self.filled
    }

    /// Whether all cells are signs; numbers must be 0, 1 or −1 and not all the same.
    pub(super) fn is_signs(&self) -> bool {
        let all = self.filled > 0 && self.signs == self.filled && !self.only_directs();
        all && (self.sign_words > 0 || self.negative > 0 && self.units == self.numbers)
    }

    /// Whether all cells are arrows from the first name to the second: they say no signs.
    pub(super) fn only_directs(&self) -> bool {
        self.filled > 0 && self.forward == self.filled
    }

    /// Whether all cells are numbers, and some are not whole: no names of genes.
    pub(super) fn has_fractions(&self) -> bool {
        self.is_numeric() && self.whole < self.numbers
    }

    /// Whether all cells are the same word.
    pub(super) fn is_one_word(&self) -> bool {
        self.filled > 1 && self.numbers == 0 && self.words.len() == 1
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
                facts.add(row.cell(column), genes, || row.place(column));
                known += facts.known - before;
            }
            facts.known_pairs += usize::from(known > 1);
        }
        Ok(facts)
    }

    /// Counts the first row too: it is a pair like the others.
    pub(super) fn add_first(&mut self, file: &str, genes: Option<&Genes>) {
        let cells = self.first.iter().zip(&mut self.columns);
        for (column, (cell, facts)) in (1..).zip(cells) {
            let place = || Place {
                column: Some(column),
                ..Place::row(file, self.first_line)
            };
            facts.add(cell, genes, place);
        }
        self.rows += 1;
    }
}
