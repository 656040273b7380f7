//! Marks inside numbers: a comma or point may be the decimal sign, or separate thousands.

use super::number::{Cell, parse_cell};

/// What a mark does in a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum MarkUse {
    /// It is not there.
    #[default]
    Absent,
    /// It is the decimal sign: `0,5`, `12,3456`.
    Decimal,
    /// It separates thousands: `1,234,567`.
    Groups,
    /// It is either: `3,005`.
    Either,
}

/// A number, and what its marks do in it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct MarkedNumber {
    /// Its value; where a mark is either, as a decimal sign.
    pub(super) value: f64,
    pub(super) comma: MarkUse,
    pub(super) point: MarkUse,
}

/// What separates thousands and nothing else: blanks that do not break, and apostrophes.
const SEPARATORS: [char; 6] = [' ', '\u{a0}', '\u{202f}', '\u{2009}', '\'', '\u{2019}'];

impl MarkedNumber {
    /// Reads a number with any marks; none if the cell is not a finite number.
    pub(super) fn parse(cell: &str) -> Option<Self> {
        let cell = cell.trim().replace('\u{2212}', "-");
        let separated = cell.chars().find(|c| SEPARATORS.contains(c));
        let cell = match separated {
            Some(mark) => without_groups(&cell, mark)?,
            None => cell,
        };
        let (comma, point) = (uses(&cell, ',', '.'), uses(&cell, '.', ','));
        let plain: String = match (comma?, point?) {
            (MarkUse::Groups, _) => cell.replace(',', ""),
            (_, MarkUse::Groups) => cell.replace('.', "").replace(',', "."),
            _ => cell.replace(',', "."),
        };
        let value: f64 = plain.parse().ok().filter(|x: &f64| x.is_finite())?;
        let (comma, point) = (comma?, point?);
        Some(Self {
            value,
            comma,
            point,
        })
    }
}

/// What `mark` does in a number where `other` may be the decimal sign; none if it cannot be there.
fn uses(number: &str, mark: char, other: char) -> Option<MarkUse> {
    let count = number.matches(mark).count();
    if count == 0 {
        return Some(MarkUse::Absent);
    }
    let (mantissa, exponent) = match number.find(['e', 'E']) {
        Some(at) => number.split_at(at),
        None => (number, ""),
    };
    if exponent.contains(mark) {
        return None;
    }
    let (whole, fraction) = match mantissa.split_once(other) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let grouped = is_grouped(whole, mark);
    match fraction {
        // the other mark is the decimal sign: this one separates thousands before it
        Some(fraction) if grouped && !fraction.contains(mark) => Some(MarkUse::Groups),
        // the other mark comes first: it separates thousands
        Some(fraction) => {
            let last = fraction.rsplit_once(mark).map(|(before, _)| before);
            let whole = mantissa.split_once(mark).map_or("", |(whole, _)| whole);
            let ends = count == 1 && last.is_some() && is_grouped(whole, other);
            ends.then_some(MarkUse::Decimal)
        }
        None if count > 1 => grouped.then_some(MarkUse::Groups),
        None if grouped && exponent.is_empty() => Some(MarkUse::Either),
        None => Some(MarkUse::Decimal),
    }
}

/// Whether digits are in groups of three, with `mark` between them and no zero first.
fn is_grouped(whole: &str, mark: char) -> bool {
    let digits = whole.trim_start_matches(['+', '-']);
    let mut groups = digits.split(mark);
    let first = groups.next().unwrap_or_default();
    let first_is_good = (1..=3).contains(&first.len()) && !first.starts_with('0');
    let mut rest = groups.peekable();
    rest.peek().is_some()
        && first_is_good
        && first.bytes().all(|b| b.is_ascii_digit())
        && rest.all(|group| group.len() == 3 && group.bytes().all(|b| b.is_ascii_digit()))
}

/// A number without separators of thousands, where they are in their places.
fn without_groups(number: &str, mark: char) -> Option<String> {
    let end = number.find([',', '.']).unwrap_or(number.len());
    let (whole, rest) = number.split_at(end);
    is_grouped(whole, mark).then(|| whole.replace(mark, "") + rest)
}

/// Whether a cell is a number, with any marks.
pub(super) fn is_number(cell: &str) -> bool {
    match parse_cell(cell, false) {
        Cell::Number(_) | Cell::Infinite => true,
        Cell::Missing => false,
        Cell::Text | Cell::Comma(_) => MarkedNumber::parse(cell).is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use MarkUse::{Absent, Decimal, Either, Groups};

    #[test]
    fn marks_are_decimal_signs_or_separate_thousands() {
        let cases = [
            ("0,5", 0.5, Decimal, Absent),
            ("12,3456", 12.3456, Decimal, Absent),
            ("-1,5e-3", -0.0015, Decimal, Absent),
            ("0,123", 0.123, Decimal, Absent),
            ("1234,567", 1234.567, Decimal, Absent),
            ("3,005", 3.005, Either, Absent),
            ("3.005", 3.005, Absent, Either),
            ("1,234,567", 1_234_567.0, Groups, Absent),
            ("1.234.567", 1_234_567.0, Absent, Groups),
            ("1,234.5", 1234.5, Groups, Decimal),
            ("1.234,5", 1234.5, Decimal, Groups),
            ("1 234,5", 1234.5, Decimal, Absent),
            ("1\u{a0}234", 1234.0, Absent, Absent),
            ("1'234'567.5", 1_234_567.5, Absent, Decimal),
            ("\u{2212}2.5", -2.5, Absent, Decimal),
        ];
        for (cell, value, comma, point) in cases {
            let expected = MarkedNumber {
                value,
                comma,
                point,
            };
            assert_eq!(MarkedNumber::parse(cell), Some(expected), "{cell}");
        }
        for cell in [
            "1,23,4",
            "1.2.3",
            "1,234.5,6",
            "1 23",
            "a,b",
            ",",
            "1,2.3",
            "1 2",
            "low",
        ] {
            assert_eq!(MarkedNumber::parse(cell), None, "{cell}");
        }
    }
}
