//! Tables of times: which sample was taken when, in which series and condition.

use std::collections::{HashMap, HashSet};
use std::io::Read;

use super::columns::{Role, role};
use super::faults::mismatch;
use super::inferelator_courses::{CourseColumns, SampleCourses};
use super::metadata_columns::Metadata;
use super::sample_origin::SampleOrigin;
use super::sample_sheet::{SHEET_COLUMNS, are_row_names, read_sheet};
use super::samples::{Samples, index_samples, no_time};
use super::series_blocks::SeriesBlock;
use super::series_options::SeriesOptions;
use super::time_unit::Times;
use crate::io::text::{Keep, ReadError, Reading, Table, name_some};

/// A separate table of times: which sample was taken when, in which series and condition.
#[derive(Clone, Debug)]
pub struct SampleTimes {
    file: String,
    index: HashMap<String, usize>,
    names: Vec<String>,
    samples: Samples,
    /// Whether it is the corrected table of samples, which has the last word.
    sheet: bool,
    /// Names of the columns; empty where the times are not from a table.
    header: Vec<String>,
    /// The same samples by the names in other columns, of which one may be that of the expression table.
    others: Vec<SampleTimes>,
}

/// Reads a table of times (`--times`): a column that names the samples, a time column, and
/// optionally `series` and `condition`; other columns are passed over.
///
/// Of several columns that name every sample (`Run` and `Sample Name` of the SRA), the one with the names of the
/// expression table is taken.
///
/// Metadata of the Inferelator (`condName`, `prevCol`, `del.t`) are read too: samples that follow
/// one another are a series, the others are single samples.
///
/// # Errors   [`ReadError`] with the place: no time, two times, a repeated sample, a missing time.
pub fn read_times(input: impl Read, file: &str) -> Result<Reading<SampleTimes>, ReadError> {
    read_times_with(input, file, &SeriesOptions::default())
}

/// The same, where the user said what columns are; columns may also be those of the data.
///
/// # Errors   as [`read_times`].
pub(super) fn read_times_with(
    input: impl Read,
    file: &str,
    options: &SeriesOptions,
) -> Result<Reading<SampleTimes>, ReadError> {
    let table = Table::read_as(input, file, options.text, |_, _| Keep::Text)?;
    if let Some(columns) = CourseColumns::find(&table) {
        let mut reading = Reading::new(SampleTimes::of_courses(&table, columns.read(&table)?));
        reading.notes.push(table.note());
        return Ok(reading);
    }
    if let Some(samples) = read_sheet(&table)? {
        return SampleTimes::of_sheet(&table, samples);
    }
    let mut metadata = Metadata::of_times(&table, options)?;
    let time = metadata
        .time
        .ok_or_else(|| no_time(&table, "name its time column `time`"))?;
    let times = metadata.times(&table, time)?;
    metadata
        .series
        .retain(|&column| !names_rows(&table, column));
    metadata
        .condition
        .retain(|&column| !names_rows(&table, column));
    let unnamed = (role(&table.header()[0]) == Role::Other).then_some(0);
    let first = metadata.sample.or(unnamed);
    let mut columns: Vec<usize> = (0..table.header().len())
        .filter(|&at| at != time && Some(at) != first && names_rows(&table, at))
        .collect();
    columns.splice(0..0, first);
    let mut named = Vec::new();
    let mut repeated = None;
    for column in columns {
        match index_samples(&table, column) {
            Ok(index) => named.push(samples_by(
                &table,
                &without(&metadata, column),
                column,
                &times,
                index,
            )?),
            Err(error) => repeated = Some(error),
        }
    }
    if named.is_empty() {
        return Err(repeated.unwrap_or_else(|| no_sample_names(&table)));
    }
    let mut best = named.remove(0);
    best.others = named;
    let mut reading = Reading::new(best);
    reading.notes.push(table.note());
    reading.notes.extend(times.notes);
    reading.notes.extend(metadata.notes);
    reading.warnings.extend(table.warning());
    Ok(reading)
}

/// Whether a column has another name in every row.
fn names_rows(table: &Table, column: usize) -> bool {
    let cells = table.text(column);
    let different: HashSet<&String> = cells.iter().collect();
    cells.len() > 2 && different.len() == cells.len() && !cells.iter().any(String::is_empty)
}

/// The columns of metadata without one that names the samples.
fn without(metadata: &Metadata, column: usize) -> Metadata {
    let mut rest = metadata.clone();
    rest.series.retain(|&other| other != column);
    rest.condition.retain(|&other| other != column);
    rest
}

fn no_sample_names(table: &Table) -> ReadError {
    mismatch(
        table.file(),
        format!(
            "found no column of sample names (header: {})",
            name_some(table.header())
        ),
        "a column `sample`",
        "add it, with the names as in the expression table",
    )
}

/// The samples by the names in a column.
fn samples_by(
    table: &Table,
    metadata: &Metadata,
    column: usize,
    times: &Times,
    index: HashMap<String, usize>,
) -> Result<SampleTimes, ReadError> {
    let names = table.text(column).to_vec();
    let samples = Samples {
        origin: SampleOrigin::Rows {
            file: table.file().to_owned(),
            lines: table.lines().to_vec(),
        },
        names: names.clone(),
        times: times.values.clone(),
        unit: times.unit,
        series: metadata.series_names(table)?,
        replicates: metadata.replicates(table),
        conditions: metadata.conditions(table),
        interventions: metadata.interventions(table),
        genotypes: metadata.genotypes(table),
        joined: true,
        courses: None,
    };
    Ok(SampleTimes {
        file: table.file().to_owned(),
        index,
        names,
        samples,
        sheet: false,
        header: table.header().to_vec(),
        others: Vec::new(),
    })
}

impl SampleTimes {
    fn of_courses(table: &Table, found: SampleCourses) -> Self {
        let index = found.names.iter().cloned().zip(0..).collect();
        let courses = found.courses.into_iter().map(|members| SeriesBlock {
            // first samples may be shared, last ones are not
            name: found.names[members[members.len() - 1]].clone(),
            members,
            pooled: Vec::new(),
        });
        let lines = found.rows.iter().map(|&row| table.lines()[row]);
        Self {
            file: table.file().to_owned(),
            index,
            samples: Samples {
                origin: SampleOrigin::Rows {
                    file: table.file().to_owned(),
                    lines: lines.collect(),
                },
                names: found.names.clone(),
                times: found.times,
                unit: None,
                series: None,
                replicates: None,
                conditions: None,
                interventions: None,
                genotypes: None,
                joined: true,
                courses: Some(courses.collect()),
            },
            names: found.names,
            sheet: false,
            header: table.header().to_vec(),
            others: Vec::new(),
        }
    }

    /// Samples of a file that names them twice.
    pub(super) fn of_samples(file: &str, names: Vec<String>, samples: Samples) -> Self {
        Self {
            file: file.to_owned(),
            index: names.iter().cloned().zip(0..).collect(),
            samples: Samples {
                names: names.clone(),
                ..samples
            },
            names,
            sheet: false,
            header: Vec::new(),
            others: Vec::new(),
        }
    }

    fn of_sheet(table: &Table, samples: Samples) -> Result<Reading<Self>, ReadError> {
        let column = table
            .header()
            .iter()
            .position(|name| name == SHEET_COLUMNS[0]);
        let index = index_samples(table, column.unwrap_or_default())?;
        let mut reading = Reading::new(Self {
            file: table.file().to_owned(),
            index,
            names: samples.names.clone(),
            samples,
            sheet: true,
            header: table.header().to_vec(),
            others: Vec::new(),
        });
        reading.notes.push(table.note());
        reading.notes.push(format!(
            "{}: read as the table of `cistron samples`: samples of one series and time are averaged, samples \
             without series and time are steady states",
            table.file()
        ));
        Ok(reading)
    }

    /// The same, with which replicate each sample is.
    pub(super) fn with_replicates(mut self, replicates: Option<Vec<String>>) -> Self {
        self.samples.replicates = replicates;
        self
    }

    /// Whether it is the corrected table of samples, which has the last word.
    pub(crate) fn is_sheet(&self) -> bool {
        self.sheet
    }

    /// Whether its samples are rows without names.
    pub(crate) fn names_rows(&self) -> bool {
        self.sheet && are_row_names(&self.names)
    }

    /// Name of the file.
    pub(crate) fn file(&self) -> &str {
        &self.file
    }

    /// Names of its columns.
    pub(super) fn header(&self) -> &[String] {
        &self.header
    }

    /// How many of these names have a time.
    pub(crate) fn count<'a>(&self, names: impl IntoIterator<Item = &'a String>) -> usize {
        let names: Vec<&String> = names.into_iter().collect();
        self.named_as(&names).known(&names)
    }

    fn known(&self, names: &[&String]) -> usize {
        let known = |name: &&&String| self.index.contains_key(name.as_str());
        names.iter().filter(known).count()
    }

    /// The samples by the column that has most of these names.
    fn named_as(&self, names: &[&String]) -> &Self {
        let mut best = self;
        for other in &self.others {
            if other.known(names) > best.known(names) {
                best = other;
            }
        }
        best
    }

    /// Names of the samples.
    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    /// The samples of these names, in their order, and the names that have no expression.
    ///
    /// # Errors   [`Fault::Mismatch`] if a name has no time, with examples from both files.
    pub(crate) fn select(
        &self,
        names: &[String],
        file: &str,
    ) -> Result<(Samples, Vec<String>), ReadError> {
        self.named_as(&names.iter().collect::<Vec<_>>())
            .select_own(names, file)
    }

    fn select_own(
        &self,
        names: &[String],
        file: &str,
    ) -> Result<(Samples, Vec<String>), ReadError> {
        let rows: Vec<Option<usize>> = names
            .iter()
            .map(|name| self.index.get(name).copied())
            .collect();
        let lost = || names.iter().zip(&rows).filter(|(_, row)| row.is_none());
        if lost().next().is_some() {
            return Err(mismatch(
                file,
                format!(
                    "found samples without a time: {}",
                    name_some(lost().map(|(name, _)| name))
                ),
                format!("names as in {}: {}", self.file, name_some(&self.names)),
                "give every sample its line in the table of times, spelled alike, \
                       or leave the column out with `--ignore`",
            ));
        }
        let rows: Vec<usize> = rows.into_iter().flatten().collect();
        let mut used = vec![false; self.names.len()];
        rows.iter().for_each(|&row| used[row] = true);
        let unused = self.names.iter().zip(&used).filter(|&(_, &used)| !used);
        let unused = unused.map(|(name, _)| name.clone()).collect();
        Ok((self.samples.select(&rows), unused))
    }
}
