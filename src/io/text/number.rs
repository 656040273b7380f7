//! One cell as a number, and a number as a cell.

/// What a cell holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell {
    /// A finite number.
    Number(f64),
    /// A finite number written with a decimal comma.
    Comma(f64),
    /// Nothing: empty, a lone point, or a word such as `NA`, `NaN`, `None`, `#N/A` in any case.
    Missing,
    /// An infinity, or a number too large for 64 bits.
    Infinite,
    /// Anything else.
    Text,
}

/// Reads one cell; spaces around it do not matter.
///
/// * `comma`: whether a single comma may stand for the decimal point
pub fn parse_cell(cell: &str, comma: bool) -> Cell {
    let cell = cell.trim();
    match cell.parse::<f64>() {
        Ok(x) if x.is_finite() => Cell::Number(x),
        Ok(x) if x.is_nan() => Cell::Missing,
        Ok(_) => Cell::Infinite,
        Err(_) if is_missing(cell) => Cell::Missing,
        Err(_) if comma => parse_comma(cell),
        Err(_) => Cell::Text,
    }
}

fn parse_comma(cell: &str) -> Cell {
    match cell.split_once(',') {
        Some((whole, part)) if !whole.contains('.') && !part.contains([',', '.']) => {
            match format!("{whole}.{part}").parse::<f64>() {
                Ok(x) if x.is_finite() => Cell::Comma(x),
                Ok(_) => Cell::Infinite,
                Err(_) => Cell::Text,
            }
        }
        _ => Cell::Text,
    }
}

/// What R, pandas, spreadsheets, databases and old C libraries write for a missing value. Words for
/// "not detected" are none of them: such a level is low, not unknown.
const MISSING: [&str; 32] = [
    "na",
    "n/a",
    "n.a.",
    "n.a",
    "null",
    "none",
    "nil",
    "<na>",
    "nat",
    "na_character_",
    "na_real_",
    "na_integer_",
    "missing",
    "\\n",
    "#n/a",
    "#n/a n/a",
    "#na",
    "#value!",
    "#div/0!",
    "#num!",
    "#null!",
    "#ref!",
    "#name?",
    "#nv",
    "#wert!",
    "#zahl!",
    "-nan",
    "+nan",
    "1.#qnan",
    "-1.#qnan",
    "1.#ind",
    "-1.#ind",
];

fn is_missing(cell: &str) -> bool {
    cell.is_empty() || cell == "." || MISSING.iter().any(|word| cell.eq_ignore_ascii_case(word))
}

/// Signs that mean "no value" in a column of numbers, where a sign of regulation cannot be.
pub(crate) fn is_dash(cell: &str) -> bool {
    ["-", "--", "---", "–", "—", "?", "*"].contains(&cell.trim())
}

/// Whether a cell says in words, or with a dash, that its value is missing.
pub(super) fn says_missing(cell: &str) -> bool {
    let cell = cell.trim();
    let common = ["", "NA", "NaN", "nan"].contains(&cell);
    !common && (is_dash(cell) || is_missing(cell) || cell.parse().is_ok_and(f64::is_nan))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_values_have_many_spellings() {
        for cell in [
            "", " ", "NA", "na", "NaN", "nan", "null", "NULL", "N/A", ".", "#N/A", "None", "<NA>",
            "\\N", "#DIV/0!", "-nan", "-1.#IND", "n.a.",
        ] {
            assert_eq!(parse_cell(cell, false), Cell::Missing, "`{cell}`");
        }
        // a sign of regulation, and levels below the limit of detection
        for cell in ["-", "+", "nd", "<LOD", "BDL"] {
            assert_eq!(parse_cell(cell, false), Cell::Text, "`{cell}`");
        }
        assert!(says_missing("-") && says_missing("none") && !says_missing("NA"));
    }

    #[test]
    fn infinities_and_overflow_are_told_apart_from_numbers() {
        for cell in ["inf", "-Inf", "Infinity", "1e999"] {
            assert_eq!(parse_cell(cell, true), Cell::Infinite, "`{cell}`");
        }
        assert_eq!(parse_cell("-1.5e-3", false), Cell::Number(-1.5e-3));
    }

    #[test]
    fn a_comma_is_a_decimal_sign_only_where_it_may_be() {
        assert_eq!(parse_cell("0,25", true), Cell::Comma(0.25));
        assert_eq!(parse_cell("0,25", false), Cell::Text);
        assert_eq!(parse_cell("1,234,567", true), Cell::Text);
        assert_eq!(parse_cell("1.234,5", true), Cell::Text);
    }
}
