//! The table of samples that people correct: what was recognised of every sample, and its way back as `--times`.
//!
//! Samples of one series follow one another; those of one series and time are averaged. A sample without series
//! and time is a single one: a steady state.

use std::collections::{HashMap, HashSet};

use super::cell_times::TimeCells;
use super::faults::missing_time;
use super::sample_origin::SampleOrigin;
use super::samples::Samples;
use super::series_blocks::{SeriesBlock, gather};
use crate::genes::Genes;
use crate::io::text::{Fault, Place, ReadError, Table, shorten};

/// The columns of the table; a table of samples that has all of them is read as one.
pub(crate) const SHEET_COLUMNS: [&str; 6] = [
    "sample",
    "time",
    "series",
    "replicate",
    "condition",
    "intervention",
];

/// What the names of samples without a name begin with; their number in the file follows.
const ROW: &str = "row ";

/// What was recognised of one sample.
#[derive(Clone, Debug, PartialEq)]
pub struct SampleRow {
    /// Its name in the header or the column of names, else `row N`.
    pub sample: String,
    /// Its time; NaN where it is unknown.
    pub time: f64,
    /// Its series; empty for a single sample.
    pub series: String,
    /// Which of several samples of one time and condition it is.
    pub replicate: String,
    /// Its condition.
    pub condition: String,
    /// What was done to genes, as `GATA1=ko`.
    pub intervention: String,
}

/// What was recognised of the samples of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct SampleSheet {
    /// The genes of the table.
    pub genes: Genes,
    /// The samples in the order of the file.
    pub rows: Vec<SampleRow>,
}

/// The table of samples, in the order of the file.
///
/// # Errors   [`Fault::Mismatch`] for a sample that is in two series.
pub(super) fn sheet_of(
    samples: &Samples,
    blocks: &[SeriesBlock],
    genes: &Genes,
) -> Result<SampleSheet, ReadError> {
    let text = |list: &Option<Vec<String>>, k: usize| {
        list.as_ref().map_or(String::new(), |l| l[k].clone())
    };
    let names = sheet_names(samples);
    let mut rows: Vec<SampleRow> = names
        .into_iter()
        .enumerate()
        .map(|(k, sample)| SampleRow {
            sample,
            time: samples.times[k],
            series: String::new(),
            replicate: text(&samples.replicates, k),
            condition: text(&samples.conditions, k),
            intervention: text(&samples.interventions, k),
        })
        .collect();
    for block in blocks {
        for (sample, number) in block.numbered_samples() {
            let row = &mut rows[sample];
            if !row.series.is_empty() {
                return Err(in_two_series(samples, sample, &row.series, &block.name));
            }
            row.series.clone_from(&block.name);
            if row.replicate.is_empty() && !block.pooled.is_empty() {
                row.replicate = number.to_string();
            }
        }
    }
    Ok(SampleSheet {
        genes: genes.clone(),
        rows,
    })
}

/// The names of samples, different for all of them.
fn sheet_names(samples: &Samples) -> Vec<String> {
    match &samples.origin {
        SampleOrigin::Columns { columns, .. } => {
            numbered(columns.iter().map(|(_, name)| name.as_str()))
        }
        SampleOrigin::Rows { lines, .. } => {
            let distinct: HashSet<&String> = samples.names.iter().collect();
            if distinct.len() == samples.names.len() {
                samples.names.clone()
            } else {
                row_names(lines)
            }
        }
    }
}

/// Names of samples that have none: `row 2`, `row 3` …
pub(super) fn row_names(lines: &[usize]) -> Vec<String> {
    lines.iter().map(|line| format!("{ROW}{line}")).collect()
}

/// Whether all are names as of [`row_names`].
pub(super) fn are_row_names(names: &[String]) -> bool {
    let number = |name: &String| {
        let number = name.strip_prefix(ROW);
        number.is_some_and(|number| number.parse::<usize>().is_ok())
    };
    names.iter().all(number)
}

/// Names with a number behind those that occur again: `0h`, `0h.1`, `0h.2`.
pub(super) fn numbered<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let with_number = |name: &'a str| {
        let count = seen.entry(name).or_default();
        *count += 1;
        match *count {
            1 => name.to_owned(),
            again => format!("{name}.{}", again - 1),
        }
    };
    names.map(with_number).collect()
}

fn in_two_series(samples: &Samples, sample: usize, first: &str, second: &str) -> ReadError {
    let found = format!(
        "the sample is in two series (`{}` and `{}`)",
        shorten(first),
        shorten(second)
    );
    ReadError::new(Fault::Mismatch, samples.origin.place(sample), found)
        .expecting("one series for every sample of a table of samples")
        .cured_by("correct the metadata that were given as `--times` instead")
}

/// Reads the rows of a table of samples; none for another kind of table, and for one that names no series.
///
/// # Errors   [`ReadError`] with the cell: a time that cannot be read, a time without a series or a series without
///   a time.
pub(super) fn read_sheet(table: &Table) -> Result<Option<Samples>, ReadError> {
    let column = |name: &str| table.header().iter().position(|own| own == name);
    let columns: Option<Vec<usize>> = SHEET_COLUMNS.iter().map(|name| column(name)).collect();
    let Some(columns) = columns else {
        return Ok(None);
    };
    let cells = |at: usize| table.text(columns[at]);
    let filled = |at: usize| {
        let cells = cells(at);
        cells
            .iter()
            .any(|cell| !cell.is_empty())
            .then(|| cells.to_vec())
    };
    let place = |row: usize, at: usize| table.place(table.lines()[row], columns[at]);
    let times = TimeCells {
        cells: cells(1),
        name: SHEET_COLUMNS[1],
        file: table.file(),
        decimal: table.decimal(),
    };
    let times = times.read(|row| place(row, 1))?.values;
    let Some(series) = filled(2) else {
        return Ok(None);
    };
    for (row, (name, time)) in series.iter().zip(&times).enumerate() {
        match (name.is_empty(), time.is_nan()) {
            (false, true) => return Err(missing_time(place(row, 1))),
            (true, false) => return Err(no_series(place(row, 2))),
            _ => {}
        }
    }
    let named: Vec<usize> = (0..series.len())
        .filter(|&row| !series[row].is_empty())
        .collect();
    let names: Vec<String> = named.iter().map(|&row| series[row].clone()).collect();
    let courses = gather(&names).into_iter().map(|block| {
        let members = block.members.iter().map(|&at| named[at]).collect();
        SeriesBlock::averaged(block.name, members, &times)
    });
    Ok(Some(Samples {
        origin: SampleOrigin::Rows {
            file: table.file().to_owned(),
            lines: table.lines().to_vec(),
        },
        names: cells(0).to_vec(),
        courses: Some(courses.collect()),
        times,
        series: None,
        replicates: filled(3),
        conditions: filled(4),
        interventions: filled(5),
        genotypes: None,
        joined: true,
    }))
}

fn no_series(place: Place) -> ReadError {
    ReadError::new(
        Fault::Cell,
        place,
        "found no series for a sample with a time",
    )
    .expecting("the name of its series")
    .cured_by("give it, or leave its time empty too if the sample is a steady state")
}
