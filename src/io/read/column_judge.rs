//! What the cells of a column say that is named like metadata: metadata, or the levels of a gene.

use std::collections::{HashMap, HashSet};

use super::columns::{never_gene, plain};
use super::gene_levels::GeneLevels;
use super::series_options::SeriesOptions;
use crate::io::text::{Fault, Keep, ReadError, Table, shorten};

/// What a column named like metadata is.
pub(super) enum ColumnKind {
    Metadata,
    Gene,
    Nothing,
}

/// Decides by their cells what columns are.
pub(super) struct ColumnJudge<'a> {
    pub(super) table: &'a Table,
    pub(super) options: &'a SeriesOptions,
    pub(super) levels: Option<&'a GeneLevels>,
}

impl ColumnJudge<'_> {
    /// The numbers of a column; none if a cell is neither a number nor missing.
    pub(super) fn numbers(&self, column: usize) -> Option<Vec<f64>> {
        match self.table.kind(column) {
            Keep::Text => self.table.text_as_numbers(column).ok(),
            Keep::Number | Keep::Guess => {
                let rows = 0..self.table.len();
                Some(rows.map(|row| self.table.value(row, column)).collect())
            }
            Keep::Skip => None,
        }
    }

    /// Whether the user said what a column is.
    pub(super) fn said(&self, column: usize) -> bool {
        let name = &self.table.header()[column];
        self.options.role_of(name).is_some()
    }

    /// Whether values may be levels of a gene; names of regulators are genes.
    pub(super) fn is_level(&self, name: &str, values: &[f64]) -> bool {
        let named = self.options.regulators.iter().any(|other| other == name);
        named || self.levels.is_none_or(|levels| levels.may_hold(values))
    }

    /// What a column named like a series is.
    pub(super) fn series(
        &self,
        column: usize,
        times: Option<&[f64]>,
    ) -> Result<ColumnKind, ReadError> {
        let name = &self.table.header()[column];
        let cells = self.table.text(column);
        let mut sizes: HashMap<&str, usize> = HashMap::new();
        cells
            .iter()
            .for_each(|cell| *sizes.entry(cell).or_default() += 1);
        let rows = cells.len();
        if rows > 2 && sizes.len() == rows && times.is_some() && names_courses(name) {
            return Err(self.single_series(column));
        }
        let Some(values) = self.numbers(column) else {
            // a name in every row is an accession, not a series
            let single = sizes.len() == rows && rows > 2;
            return Ok(if single {
                ColumnKind::Nothing
            } else {
                ColumnKind::Metadata
            });
        };
        let level = !never_gene(name) && self.levels.is_some() && self.is_level(name, &values);
        if values.iter().any(|x| x.is_nan()) {
            return Ok(ColumnKind::Metadata);
        }
        if rows > 2 && counts_rows(&values) {
            return Ok(ColumnKind::Nothing);
        }
        if fractional(&values) {
            return Ok(if level {
                ColumnKind::Gene
            } else {
                ColumnKind::Metadata
            });
        }
        let small = 2 * sizes.len() > rows;
        if small && rows > 2 {
            return Ok(if level {
                ColumnKind::Gene
            } else {
                ColumnKind::Nothing
            });
        }
        if sizes.len() < 2 || in_blocks(cells) || times.is_none_or(|times| crossed(cells, times)) {
            return Ok(ColumnKind::Metadata);
        }
        if level {
            return Err(self.ambiguous(column, "the names of series"));
        }
        Ok(ColumnKind::Metadata)
    }

    /// What a column named like samples is.
    pub(super) fn sample(&self, column: usize) -> Result<ColumnKind, ReadError> {
        let name = &self.table.header()[column];
        let Some(values) = self
            .numbers(column)
            .filter(|values| values.iter().all(|x| !x.is_nan()))
        else {
            return Ok(ColumnKind::Metadata);
        };
        let mut steps = values.windows(2).map(|pair| pair[1] - pair[0]);
        let counts_up = steps.all(|step| step == 1.0 || step <= 0.0);
        let level = self.levels.is_some() && self.is_level(name, &values);
        if fractional(&values) {
            return Ok(if level {
                ColumnKind::Gene
            } else {
                ColumnKind::Metadata
            });
        }
        if counts_up
            && values.windows(2).any(|pair| pair[1] <= pair[0])
            && column > 0
            && name != "sample"
        {
            // a counter that starts again within the table
            return Ok(ColumnKind::Nothing);
        }
        if level && !counts_up && column > 0 {
            return Err(self.ambiguous(column, "the names of samples"));
        }
        Ok(ColumnKind::Metadata)
    }

    /// The error that every row is a series of its own.
    fn single_series(&self, column: usize) -> ReadError {
        let name = &self.table.header()[column];
        let found = format!(
            "`{}` has another name in every row: samples that are in no series, or series that begin where times start again",
            shorten(name)
        );
        ReadError::new(Fault::Time, self.table.header_place(column), found)
            .expecting("several samples per series")
            .cured_by(format!(
                "say `--ignore {name}` if series begin where times start again, or give the samples with `--steady`"
            ))
    }

    /// The error that a column may be a gene or something else.
    pub(super) fn ambiguous(&self, column: usize, otherwise: &str) -> ReadError {
        let name = &self.table.header()[column];
        let found = format!("`{}` may be a gene or {otherwise}", shorten(name));
        ReadError::new(Fault::Shape, self.table.header_place(column), found).cured_by(format!(
            "say `--columns {name}=gene`, or `--ignore {name}` to leave it out"
        ))
    }
}

/// Whether a column of this name says which course a sample is in, and nothing else.
fn names_courses(name: &str) -> bool {
    let names = [
        "series",
        "series_id",
        "time_series",
        "timeseries",
        "trajectory",
        "trajectory_id",
        "course",
    ];
    names.contains(&plain(name).as_str())
}

/// Whether values number the rows, from 0 or 1 on.
pub(super) fn counts_rows(values: &[f64]) -> bool {
    let first = values.first().copied().unwrap_or(f64::NAN);
    let mut numbered = values.iter().zip(0..);
    (first == 0.0 || first == 1.0) && numbered.all(|(&x, row)| x == first + f64::from(row))
}

fn fractional(values: &[f64]) -> bool {
    values.iter().any(|x| x.is_finite() && x.fract() != 0.0)
}

/// More than half of the values differ from all others.
pub(super) fn many(values: &[f64]) -> bool {
    let distinct: HashSet<u64> = values.iter().map(|x| x.to_bits()).collect();
    2 * distinct.len() > values.len()
}

/// Whether equal cells follow one another, so that no name comes back later.
fn in_blocks(cells: &[String]) -> bool {
    let mut seen = HashSet::new();
    let mut starts = (0..cells.len()).filter(|&row| row == 0 || cells[row] != cells[row - 1]);
    starts.all(|row| seen.insert(&cells[row]))
}

/// Whether every name occurs at most once at a time, and most of them at several times together.
fn crossed(cells: &[String], times: &[f64]) -> bool {
    let mut seen = HashSet::new();
    let pairs = cells.iter().zip(times);
    let once = pairs
        .clone()
        .all(|(cell, time)| seen.insert((cell, time.to_bits())));
    let distinct: HashSet<u64> = times.iter().map(|time| time.to_bits()).collect();
    once && distinct.len() < cells.len()
}

/// Whether one list is a multiple of the other: the same times in another unit.
pub(super) fn proportional(values: &[f64], times: &[f64]) -> bool {
    let pairs = || {
        values
            .iter()
            .zip(times)
            .filter(|(x, t)| !x.is_nan() && !t.is_nan())
    };
    let Some((x, t)) = pairs().find(|(x, t)| **x != 0.0 && **t != 0.0) else {
        return false;
    };
    let factor = x / t;
    pairs().all(|(x, t)| (x - factor * t).abs() <= 1e-3 * x.abs().max(factor.abs()))
}
