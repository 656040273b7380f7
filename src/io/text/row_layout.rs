//! Columns of a file that are no part of its table: empty ones, and numbers of rows.

use std::collections::HashSet;

use super::number::{Cell, parse_cell};
use super::separator::RowCells;

/// A row that was read ahead.
#[derive(Clone, Debug)]
pub(super) struct RowAhead {
    pub(super) cells: RowCells,
    pub(super) line: usize,
    /// Whether its first cell is in quotes and its last one is not.
    pub(super) quotes_first: bool,
    /// Whether a quoted cell goes on over lines.
    pub(super) joined: bool,
}

/// Which columns of the file are kept.
#[derive(Clone, Debug, Default)]
pub(super) struct RowLayout {
    /// Positions in the file; none if all are kept.
    pub(super) kept: Option<Vec<usize>>,
    /// Number of columns that the header of the file has.
    width: usize,
    /// Number of columns without a name or content.
    pub(super) empty_columns: usize,
    /// Whether the first column numbers the rows.
    pub(super) row_numbers: bool,
}

impl RowLayout {
    /// Finds columns without a name that are empty in the first rows.
    pub(super) fn find(header: &[String], ahead: &[RowAhead]) -> Self {
        let width = header.len();
        let is_empty = |&column: &usize| {
            let mut rows = ahead.iter();
            header[column].is_empty()
                && !ahead.is_empty()
                && rows.all(|row| row.cells.try_get(column).is_none_or(str::is_empty))
        };
        let empty = (0..width).filter(is_empty).count();
        let kept = (0..width).filter(|column| !is_empty(column));
        Self {
            kept: (0 < empty && empty < width).then(|| kept.collect()),
            width,
            empty_columns: empty,
            row_numbers: false,
        }
    }

    /// Leaves out the first column where it only numbers the rows, as R and pandas write them: another
    /// column names the rows.
    pub(super) fn drop_row_numbers(&mut self, header: &[String], ahead: &[RowAhead]) {
        let name = header[0].to_ascii_lowercase();
        let unnamed = ["", "unnamed: 0", "...1"].contains(&name.as_str());
        if !unnamed || ahead.len() < 2 || !counts_up(ahead) {
            return;
        }
        let mut others = 1..self.width;
        if others.any(|column| names_rows(column, ahead)) {
            let kept = self
                .kept
                .take()
                .unwrap_or_else(|| (0..self.width).collect());
            self.kept = Some(kept.into_iter().filter(|&column| column > 0).collect());
            self.row_numbers = true;
        }
    }

    /// Whether a row has a cell in every column and nothing in those that are left out.
    pub(super) fn fits(&self, cells: &RowCells) -> bool {
        let last = match &self.kept {
            Some(kept) => kept.last().copied().unwrap_or_default(),
            None => self.width - 1,
        };
        let more_are_empty = (self.width..cells.len()).all(|at| cells.get(at).is_empty());
        cells.len() > last && more_are_empty && self.filled(cells).is_none()
    }

    /// A column without a name in which a row has something.
    pub(super) fn filled(&self, cells: &RowCells) -> Option<usize> {
        let kept = self.kept.as_ref()?;
        let mut left_out = (usize::from(self.row_numbers)..self.width)
            .filter(|column| kept.binary_search(column).is_err());
        left_out.find(|&column| cells.try_get(column).is_some_and(|cell| !cell.is_empty()))
    }

    /// Position in the file of a column that is kept.
    pub(super) fn number(&self, column: usize) -> usize {
        self.kept.as_ref().map_or(column, |kept| kept[column])
    }

    /// The names of the columns that are kept.
    pub(super) fn names(&self, header: &[String]) -> Vec<String> {
        match &self.kept {
            Some(kept) => kept.iter().map(|&column| header[column].clone()).collect(),
            None => header.to_vec(),
        }
    }
}

fn number(row: &RowAhead, column: usize) -> Option<f64> {
    match parse_cell(row.cells.try_get(column)?, false) {
        Cell::Number(x) => Some(x),
        _ => None,
    }
}

/// Whether the first cells are 0, 1, 2 … or 1, 2, 3 …
pub(super) fn counts_up(ahead: &[RowAhead]) -> bool {
    let Some(first) = ahead.first().and_then(|row| number(row, 0)) else {
        return false;
    };
    let mut rows = (0..).zip(ahead);
    [0.0, 1.0].contains(&first)
        && rows.all(|(at, row)| number(row, 0) == Some(first + f64::from(at)))
}

/// Whether a column holds different texts.
fn names_rows(column: usize, ahead: &[RowAhead]) -> bool {
    let mut seen = HashSet::new();
    ahead.iter().all(|row| {
        row.cells
            .try_get(column)
            .is_some_and(|cell| parse_cell(cell, true) == Cell::Text && seen.insert(cell))
    })
}

/// Whether a line below the header is a comment: it begins as one and is no row.
pub(super) fn is_comment(line: &str, cells: usize, width: usize) -> bool {
    let Some(rest) = line.strip_prefix('#') else {
        return false;
    };
    let prose =
        rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || "#!=-".contains(c));
    width == 1 || cells != width && cells != width + 1 && (prose || cells == 1)
}
