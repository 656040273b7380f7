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
use super::time_unit::Times;
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

/// Reads a table of samples; none for another kind of table.
///
/// Without any series they are found as without the table: by condition, else by likeness of replicates.
///
/// # Errors   [`ReadError`] with the cell: no time at all, a time that cannot be read, a time without a series or a
///   series without a time, different conditions or interventions in samples that are averaged.
pub(super) fn read_sheet(table: &Table) -> Result<Option<Samples>, ReadError> {
    let Some(columns) = SheetColumns::find(table) else {
        return Ok(None);
    };
    let Times {
        values: times,
        unit,
        ..
    } = columns.times()?;
    if times.iter().all(|time| time.is_nan()) {
        return Err(without_times(table));
    }
    let samples = Samples {
        origin: SampleOrigin::Rows {
            file: table.file().to_owned(),
            lines: table.lines().to_vec(),
        },
        names: columns.cells(0).to_vec(),
        courses: match columns.filled(2) {
            Some(series) => Some(columns.courses(&series, &times)?),
            None => None,
        },
        times,
        unit,
        series: None,
        replicates: columns.filled(3),
        conditions: columns.filled(4),
        // an empty column says that nothing was done, whatever conditions are called
        interventions: Some(columns.cells(5).to_vec()),
        genotypes: None,
        joined: true,
    };
    Ok(Some(samples))
}

/// Positions of [`SHEET_COLUMNS`] in a table.
struct SheetColumns<'a> {
    table: &'a Table,
    at: Vec<usize>,
}

impl<'a> SheetColumns<'a> {
    fn find(table: &'a Table) -> Option<Self> {
        let column = |name: &&str| table.header().iter().position(|own| own == name);
        let at: Option<Vec<usize>> = SHEET_COLUMNS.iter().map(column).collect();
        at.map(|at| Self { table, at })
    }

    fn cells(&self, column: usize) -> &'a [String] {
        self.table.text(self.at[column])
    }

    /// The cells of a column, if one is not empty.
    fn filled(&self, column: usize) -> Option<Vec<String>> {
        let cells = self.cells(column);
        let any = cells.iter().any(|cell| !cell.is_empty());
        any.then(|| cells.to_vec())
    }

    fn place(&self, row: usize, column: usize) -> Place {
        self.table.place(self.table.lines()[row], self.at[column])
    }

    fn times(&self) -> Result<Times, ReadError> {
        let cells = TimeCells {
            cells: self.cells(1),
            name: SHEET_COLUMNS[1],
            file: self.table.file(),
            decimal: self.table.decimal(),
        };
        cells.read(|row| self.place(row, 1))
    }

    /// The series, with the samples of one time averaged.
    fn courses(&self, series: &[String], times: &[f64]) -> Result<Vec<SeriesBlock>, ReadError> {
        let mut named = Vec::with_capacity(series.len());
        for (row, (name, time)) in series.iter().zip(times).enumerate() {
            match (name.is_empty(), time.is_nan()) {
                (false, true) => return Err(missing_time(self.place(row, 1))),
                (true, false) => return Err(no_series(self.place(row, 2))),
                (false, false) => named.push(row),
                (true, true) => {}
            }
        }
        let names: Vec<String> = named.iter().map(|&row| series[row].clone()).collect();
        let courses = gather(&names).into_iter().map(|block| {
            let members = block.members.iter().map(|&at| named[at]).collect();
            SeriesBlock::averaged(block.name, members, times)
        });
        let courses: Vec<SeriesBlock> = courses.collect();
        for group in courses.iter().flat_map(|course| &course.pooled) {
            self.refuse_different(group)?;
        }
        Ok(courses)
    }

    /// Samples that are averaged share their condition and what was done to genes.
    fn refuse_different(&self, group: &[usize]) -> Result<(), ReadError> {
        for column in [4, 5] {
            let cells = self.cells(column);
            let first = &cells[group[0]];
            let Some(&other) = group.iter().find(|&&row| cells[row] != *first) else {
                continue;
            };
            let found = format!(
                "found `{}` where row {} of the same series and time has `{}`",
                shorten(&cells[other]),
                self.table.lines()[group[0]],
                shorten(first)
            );
            return Err(
                ReadError::new(Fault::Cell, self.place(other, column), found)
                    .expecting("the same in samples that are averaged")
                    .cured_by("give the samples different names in `series`, or correct the cell"),
            );
        }
        Ok(())
    }
}

fn without_times(table: &Table) -> ReadError {
    let column = table
        .header()
        .iter()
        .position(|name| name == SHEET_COLUMNS[1]);
    let place = table.header_place(column.unwrap_or_default());
    ReadError::new(Fault::Time, place, "found no time of any sample")
        .expecting("a time for every sample of a series")
        .cured_by("fill in the columns `time` and `series`; if all samples are steady states, give the data with `--steady`")
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::text::Keep;

    fn read(rows: &str) -> Result<Option<Samples>, String> {
        let text = format!("{}\n{rows}", SHEET_COLUMNS.join("\t"));
        let table = Table::read(text.as_bytes(), "samples.tsv", |_, _| Keep::Text);
        read_sheet(&table.expect("a table")).map_err(|error| error.to_string())
    }

    #[test]
    fn samples_of_one_series_and_time_are_averaged_and_others_single() {
        let rows =
            "a\t0\tWT\t1\theat\t\nb\t0\tWT\t2\theat\t\nc\t30 min\tWT\t1\theat\t\nd\t\t\t\t\t\n";
        let samples = read(rows).expect("read").expect("a table of samples");
        let courses = samples.courses.as_ref().expect("series");
        assert_eq!(courses[0].pooled, [vec![0, 1], vec![2]]);
        assert_eq!(samples.times[2], 30.0);
        assert_eq!(samples.single(), [3]);
    }

    #[test]
    fn a_table_of_samples_that_contradicts_itself_is_refused() {
        for (rows, part) in [
            ("a\t0\tWT\t\t\t\nb\t\tWT\t\t\t\n", "row 3, column 2"),
            ("a\t0\tWT\t\t\t\nb\t1\t\t\t\t\n", "row 3, column 3"),
            (
                "a\t0\tWT\t\theat\t\nb\t0\tWT\t\tcold\t\n",
                "found `cold` where row 2",
            ),
            ("a\t\t\t\t\t\nb\t\t\t\t\t\n", "found no time of any sample"),
        ] {
            let error = read(rows).expect_err("refused");
            assert!(error.contains(part), "{error}");
        }
    }

    #[test]
    fn samples_without_names_are_numbered() {
        assert_eq!(
            numbered(["0h", "2h", "0h", "0h"].into_iter()),
            ["0h", "2h", "0h.1", "0h.2"]
        );
        assert!(are_row_names(&row_names(&[2, 3])));
        assert!(!are_row_names(&["row x".to_owned()]));
    }
}
