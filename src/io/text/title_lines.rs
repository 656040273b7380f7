//! Lines of free text above the header of a table.
//!
//! A line is a title where the lines below it are a table of which it cannot be the header: it has a text in its first
//! cell and nothing else, or another number of cells than the rows, while the line below it stands over numbers as
//! a header does. A line of one cell over two columns may be the header of R, which has no name over the row names.

use super::marked_number::is_number;
use super::number::{Cell, is_dash, parse_cell};
use super::separator::{RowCells, Separator};

/// Titles that a table may have.
const MOST_TITLES: usize = 3;
/// Lines below that are looked at: further titles, the header and some rows.
pub(super) const LINES_BELOW: usize = 12;

/// Whether a line is a title of the table below it.
///
/// * `below`: the next lines that are not empty
pub(super) fn is_title(line: &str, below: &[&str]) -> bool {
    is_among(line, below, MOST_TITLES)
}

fn is_among(line: &str, below: &[&str], most: usize) -> bool {
    let Some(below_next) = below.get(1..) else {
        return false;
    };
    is_over(line, below)
        || most > 1 && is_among(below[0], below_next, most - 1) && is_over(line, below_next)
}

/// Whether a line is a title right above a header.
fn is_over(line: &str, below: &[&str]) -> bool {
    let Some((table, title)) = TableBelow::of(line, below) else {
        return false;
    };
    let cells: Vec<&str> = title.iter().collect();
    let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
    let words = line.split_whitespace().count();
    let named = table.has_header();
    match filled {
        _ if cells.is_empty() || cells[0].is_empty() => false,
        1 if cells.len() != 1 && cells.len() != table.width => false,
        1 if table.width == 2 => named || words > 2 && !table.has_numbers(),
        1 => named || words > 2 || cells.len() == 1,
        _ => named && words > 2 && cells.len() != table.width && cells.len() + 1 != table.width,
    }
}

/// A header and rows of one length.
struct TableBelow {
    header: RowCells,
    rows: Vec<RowCells>,
    width: usize,
}

impl TableBelow {
    /// The table, and the cells of the line above it; none if the lines do not form a table.
    fn of(line: &str, below: &[&str]) -> Option<(Self, RowCells)> {
        let separator = Separator::guess(below.first()?);
        let split = |line: &str| {
            let mut cells = RowCells::default();
            separator.split(line, &mut cells).then_some(cells)
        };
        let header = split(below[0])?;
        let rows: Vec<RowCells> = below[1..].iter().map_while(|line| split(line)).collect();
        let width = rows.first()?.len();
        let whole = header.len() == width || header.len() + 1 == width;
        let table = whole && width > 1 && rows.iter().all(|row| row.len() == width);
        let title = split(line)?;
        table.then_some((
            Self {
                header,
                rows,
                width,
            },
            title,
        ))
    }

    /// Whether a text of the header is over numbers.
    fn has_header(&self) -> bool {
        let missing = self.width - self.header.len();
        (0..self.header.len()).any(|at| {
            let name = self.header.get(at);
            !name.is_empty() && !is_number(name) && self.holds_numbers(at + missing)
        })
    }

    fn has_numbers(&self) -> bool {
        (0..self.width).any(|at| self.holds_numbers(at))
    }

    fn holds_numbers(&self, column: usize) -> bool {
        let cells = self.rows.iter().map(|row| row.get(column));
        let mut present = cells
            .filter(|cell| !is_dash(cell) && parse_cell(cell, false) != Cell::Missing)
            .peekable();
        present.peek().is_some() && present.all(is_number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(lines: &[&str]) -> bool {
        is_title(lines[0], &lines[1..])
    }

    #[test]
    fn free_text_above_a_header_is_a_title() {
        for lines in [
            [
                "Table S1. Half-lives of mRNAs",
                "gene,half_life",
                "a,1",
                "b,2",
            ],
            ["Half-lives", "gene\thalf_life", "a\t1", "b\t2"],
            ["Half-lives,", "gene,half_life", "a,1", "b,2"],
            [
                "Table 1, half-lives, in minutes",
                "gene,half_life",
                "a,1",
                "b,2",
            ],
            ["Data", "gene,0,2,4", "a,1,2,3", "b,2,3,4"],
            ["A known network of yeast", "TF\ttarget", "a\tb", "b\tc"],
            [
                "Supplementary table",
                "Updated 2020 by someone else",
                "gene,half_life",
                "a,1",
            ],
        ] {
            assert!(title(&lines), "{lines:?}");
        }
    }

    #[test]
    fn a_header_is_no_title() {
        for lines in [
            ["gene,half_life", "a,1", "b,2", "c,3"],
            ["x", "a 1", "b 2", "c 3"],
            ["\"half life\"", "\"a\" 1", "\"b\" 2", "\"c\" 3"],
            ["s1 s2", "a 1 2", "b 2 3", "c 3 4"],
            ["gene,WT,,", ",0,2,4", "a,1,2,3", "b,1,2,3"],
            [",WT,,", "gene,0,2,4", "a,1,2,3", "b,1,2,3"],
            ["gene expression", "a 1", "b 2", "c 3"],
            ["a\tb", "b\tc", "c\td", "d\te"],
            ["G1", "G2", "G3", "G4"],
        ] {
            assert!(!title(&lines), "{lines:?}");
        }
    }
}
