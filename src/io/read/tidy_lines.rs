//! The columns and rows of a tidy table, before it is known which of them are of one sample.

use std::collections::{HashMap, HashSet};

use super::columns::{Role, role};
use super::value_names::falls_with_level;
use crate::io::text::{Cell, ReadError, Rows, one_line, parse_cell};

/// The columns of a tidy table.
pub(super) struct TidyColumns {
    pub(super) gene: usize,
    pub(super) value: usize,
    /// Columns that say which sample a row is of, or what a gene is besides.
    pub(super) others: Vec<usize>,
    /// Columns of other numbers: measures of how sure a value is, or what was done.
    pub(super) numbers: Vec<usize>,
}

/// One row of the file.
pub(super) struct TidyLine {
    pub(super) line: usize,
    pub(super) gene: String,
    pub(super) value: String,
    /// The cells of the columns of text, then of numbers.
    pub(super) cells: Vec<String>,
}

pub(super) fn tidy_lines(
    rows: &mut Rows<'_>,
    columns: &TidyColumns,
) -> Result<Vec<TidyLine>, ReadError> {
    let mut lines = Vec::new();
    let falls = falls_with_level(&rows.header()[columns.value]);
    while let Some(row) = rows.advance()? {
        let value = row.cell(columns.value);
        let number = parse_cell(&value.replace([',', ' ', '\''], ""), false);
        if !matches!(number, Cell::Number(_) | Cell::Missing) && value != "-" {
            return Err(row
                .refuse(columns.value, "a number")
                .cured_by("correct it, or leave the cell empty if the value is missing"));
        }
        let others = columns.others.iter().chain(&columns.numbers);
        lines.push(TidyLine {
            line: row.line(),
            gene: row.cell(columns.gene).to_owned(),
            value: if falls {
                negative(value)
            } else {
                value.to_owned()
            },
            cells: others.map(|&at| one_line(row.cell(at))).collect(),
        });
    }
    Ok(lines)
}

/// The negative of a number as it is written; other cells as they are.
fn negative(cell: &str) -> String {
    let cell = cell.trim();
    match cell.strip_prefix(['-', '\u{2212}']) {
        Some(rest) if !rest.is_empty() => rest.to_owned(),
        None if cell.starts_with(|c: char| c.is_ascii_digit() || c == '.') => format!("-{cell}"),
        _ => cell.to_owned(),
    }
}

/// Which columns have another cell in every row: numbers of the rows, and not of samples, which have several genes.
pub(super) fn numbers_of_rows(columns: &TidyColumns, lines: &[TidyLine]) -> Vec<bool> {
    let genes: HashSet<&str> = lines.iter().map(|line| line.gene.as_str()).collect();
    let different = |cell: usize| {
        let mut seen = HashSet::new();
        lines.iter().all(|line| seen.insert(&line.cells[cell]))
    };
    (0..columns.others.len())
        .map(|cell| genes.len() > 1 && different(cell))
        .collect()
}

/// Which of the other columns say the same of a gene in every row, such as its description.
pub(super) fn annotations(
    header: &[String],
    columns: &TidyColumns,
    lines: &[TidyLine],
) -> Vec<bool> {
    let mut same: Vec<bool> = columns
        .others
        .iter()
        .map(|&at| role(&header[at]) == Role::Other)
        .collect();
    let mut known: HashMap<&str, &[String]> = HashMap::new();
    for line in lines {
        let first = known.entry(&line.gene).or_insert(&line.cells);
        for (at, same) in same.iter_mut().enumerate() {
            *same &= first[at] == line.cells[at];
        }
    }
    same
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_negative_of_a_cell_is_written_as_the_cell() {
        for (cell, expected) in [("22.5", "-22.5"), ("-0,5", "0,5"), ("NA", "NA"), ("", "")] {
            assert_eq!(negative(cell), expected);
        }
    }
}
