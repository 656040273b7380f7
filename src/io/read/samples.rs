//! Samples with their times, and how they fall into series.

use std::collections::HashMap;
use std::io::Read;

use super::columns::{Role, role};
use super::faults::{mismatch, missing_time, no_name, repeated_sample};
use super::inferelator_courses::{CourseColumns, SampleCourses};
use super::metadata_columns::Metadata;
use super::sample_origin::SampleOrigin;
use super::series_blocks::{SeriesBlock, gather};
use super::series_options::SeriesOptions;
use super::snapshots::snapshots;
use crate::io::text::{Fault, Keep, Place, ReadError, Reading, Table, name_some};

/// What is known of every sample besides its expression.
#[derive(Clone, Debug)]
pub(crate) struct Samples {
    pub(crate) origin: SampleOrigin,
    /// What the samples are called; empty where they have no names.
    pub(crate) names: Vec<String>,
    pub(crate) times: Vec<f64>,
    pub(crate) series: Option<Vec<String>>,
    pub(crate) conditions: Option<Vec<String>>,
    pub(crate) interventions: Option<Vec<String>>,
    /// Whether a separate table gave the times: then the order of samples means nothing.
    pub(crate) joined: bool,
    /// The series themselves, where the table of times lists them; samples outside of them are
    /// single samples without a time.
    pub(crate) courses: Option<Vec<SeriesBlock>>,
}

impl Samples {
    /// Samples without times: all of them are single ones.
    pub(crate) fn without_times(origin: SampleOrigin, names: Vec<String>) -> Self {
        Self {
            origin,
            times: vec![f64::NAN; names.len()],
            names,
            series: None,
            conditions: None,
            interventions: None,
            joined: true,
            courses: Some(Vec::new()),
        }
    }

    /// What replicates of a single sample share: its condition, else its name.
    pub(crate) fn label(&self, sample: usize) -> &str {
        let conditions = self.conditions.as_ref();
        let condition = conditions.map_or("", |conditions| conditions[sample].as_str());
        if condition.is_empty() {
            &self.names[sample]
        } else {
            condition
        }
    }

    /// Splits the samples into series with strictly increasing times.
    ///
    /// By the names of the series if there are any, else where time starts again; different
    /// times from a separate table are one series. Where this leaves a time twice in a series,
    /// the condition may tell the samples apart.
    ///
    /// # Errors   the error of the first way, if the condition does not help.
    pub(crate) fn blocks(&self) -> Result<Reading<Vec<SeriesBlock>>, ReadError> {
        if let Some(courses) = &self.courses {
            return Ok(Reading::new(courses.clone()));
        }
        self.refuse_missing()?;
        let first = match &self.series {
            Some(names) => self.by_name(names),
            None if self.joined && self.all_different() => {
                self.by_name(&vec!["1".to_owned(); self.times.len()])
            }
            None => self.by_restart(),
        };
        let error = match first {
            Ok(reading) => return Ok(reading),
            Err(error) => error,
        };
        let cells = || snapshots(&self.times, self.origin.file()).filter(|_| self.series.is_none());
        let error = cells().unwrap_or(error);
        let Some(conditions) = &self.conditions else {
            return Err(error);
        };
        let names: Vec<String> = match &self.series {
            None => conditions.clone(),
            Some(names) => {
                let pairs = names.iter().zip(conditions);
                pairs
                    .map(|(name, condition)| format!("{name}/{condition}"))
                    .collect()
            }
        };
        let mut reading = self.by_name(&names).map_err(|_| error)?;
        reading.notes.push(format!(
            "times repeat over conditions: each condition is a series of its own ({})",
            name_some(reading.value.iter().map(|block| &block.name))
        ));
        Ok(reading)
    }

    /// Samples that are in no series.
    pub(crate) fn single(&self) -> Vec<usize> {
        let Some(courses) = &self.courses else {
            return Vec::new();
        };
        let mut single = vec![true; self.times.len()];
        let members = courses.iter().flat_map(|course| &course.members);
        members.for_each(|&sample| single[sample] = false);
        (0..single.len()).filter(|&sample| single[sample]).collect()
    }

    fn refuse_missing(&self) -> Result<(), ReadError> {
        match self.times.iter().position(|time| time.is_nan()) {
            Some(sample) => Err(missing_time(self.origin.place(sample))),
            None => Ok(()),
        }
    }

    fn all_different(&self) -> bool {
        let mut times = self.times.clone();
        times.sort_by(f64::total_cmp);
        times.windows(2).all(|pair| pair[0] != pair[1])
    }

    fn by_name(&self, names: &[String]) -> Result<Reading<Vec<SeriesBlock>>, ReadError> {
        let mut reading = Reading::new(gather(names));
        let mut unsorted = Vec::new();
        for block in &mut reading.value {
            let time = |&sample: &usize| self.times[sample];
            if !block.members.is_sorted_by_key(time) {
                block.members.sort_by(|a, b| time(a).total_cmp(&time(b)));
                unsorted.push(block.name.clone());
            }
            for pair in block.members.windows(2) {
                if self.times[pair[0]] == self.times[pair[1]] {
                    return Err(self.repeated(pair[0], pair[1], &block.name));
                }
            }
        }
        if !unsorted.is_empty() {
            let some = name_some(&unsorted);
            let text = format!("the times of series {some} do not increase: samples were sorted");
            reading.warnings.push(text);
        }
        Ok(reading)
    }

    /// A new series wherever time goes back to the first time of the block, or below it.
    fn by_restart(&self) -> Result<Reading<Vec<SeriesBlock>>, ReadError> {
        let mut blocks: Vec<SeriesBlock> = Vec::new();
        for (sample, &time) in self.times.iter().enumerate() {
            let name = (blocks.len() + 1).to_string();
            match blocks.last_mut() {
                Some(block) if time > self.times[block.members[0]] => {
                    let previous = block.members[block.members.len() - 1];
                    self.refuse_going_back(previous, sample, block)?;
                    block.members.push(sample);
                }
                _ => blocks.push(SeriesBlock {
                    name,
                    members: vec![sample],
                }),
            }
        }
        let note = match blocks.len() {
            1 => "one series, as time never starts again".to_owned(),
            count => format!("{count} series: a new one wherever time starts again"),
        };
        let mut reading = Reading::new(blocks);
        reading.notes.push(note);
        Ok(reading)
    }

    fn refuse_going_back(
        &self,
        previous: usize,
        sample: usize,
        block: &SeriesBlock,
    ) -> Result<(), ReadError> {
        let time = self.times[sample];
        let before = self.times[previous];
        if time > before {
            return Ok(());
        }
        if let Some(&same) = block
            .members
            .iter()
            .find(|&&other| self.times[other] == time)
        {
            return Err(self.repeated(same, sample, &block.name));
        }
        let start = self.times[block.members[0]];
        let found = format!(
            "time {time} comes after {before}, and does not go back to the first time {start} as \
             a new series would"
        );
        Err(
            ReadError::new(Fault::Time, self.origin.place(sample), found)
                .cured_by("sort the samples by time, or add a `series` column"),
        )
    }

    fn repeated(&self, first: usize, second: usize, series: &str) -> ReadError {
        let (time, first) = (self.times[second], self.origin.short(first));
        let found =
            format!("time {time} occurs a second time in series `{series}` (first: {first})");
        ReadError::new(Fault::Time, self.origin.place(second), found)
            .cured_by("give replicates a `series` column, or remove one of the two")
    }
}

/// A separate table of times: which sample was taken when, in which series and condition.
#[derive(Clone, Debug)]
pub struct SampleTimes {
    file: String,
    index: HashMap<String, usize>,
    names: Vec<String>,
    samples: Samples,
}

/// Reads a table of times (`--times`): a column that names the samples, a time column, and
/// optionally `series` and `condition`; other columns are passed over.
///
/// Metadata of the Inferelator (`condName`, `prevCol`, `del.t`) are read too: samples that follow
/// one another are a series, the others are single samples.
///
/// # Errors   [`ReadError`] with the place: no time, two times, a repeated sample, a missing time.
pub fn read_times(input: impl Read, file: &str) -> Result<Reading<SampleTimes>, ReadError> {
    let table = Table::read(input, file, |_, _| Keep::Text)?;
    if let Some(columns) = CourseColumns::find(&table) {
        let mut reading = Reading::new(SampleTimes::of_courses(&table, columns.read(&table)?));
        reading.notes.push(table.note());
        return Ok(reading);
    }
    let metadata = Metadata::find(&table, &SeriesOptions::default())?;
    let time = metadata
        .time
        .ok_or_else(|| no_time(&table, "name its time column `time`"))?;
    let times = metadata.times(&table, time)?;
    let unnamed = (role(&table.header()[0]) == Role::Other).then_some(0);
    let column = metadata.sample.or(unnamed).ok_or_else(|| {
        mismatch(
            file,
            format!(
                "found no column of sample names (header: {})",
                name_some(table.header())
            ),
            "a column `sample`",
            "add it, with the names as in the expression table",
        )
    })?;
    let names = table.text(column).to_vec();
    let index = index_samples(&table, column)?;
    let samples = Samples {
        origin: SampleOrigin::Rows {
            file: file.to_owned(),
            lines: table.lines().to_vec(),
        },
        names: names.clone(),
        times: times.values,
        series: metadata.series_names(&table)?,
        conditions: metadata.conditions(&table),
        interventions: metadata.interventions(&table),
        joined: true,
        courses: None,
    };
    let mut reading = Reading::new(SampleTimes {
        file: file.to_owned(),
        index,
        names,
        samples,
    });
    reading.notes.push(table.note());
    reading.notes.extend(times.notes);
    reading.warnings.extend(table.warning());
    Ok(reading)
}

/// The row of every sample name; a name that stands twice is refused.
pub(crate) fn index_samples(
    table: &Table,
    column: usize,
) -> Result<HashMap<String, usize>, ReadError> {
    let mut index = HashMap::with_capacity(table.len());
    for (row, name) in table.text(column).iter().enumerate() {
        let at = || table.place(table.lines()[row], column);
        if name.is_empty() {
            let found = "the name of the sample is empty";
            return Err(no_name(at(), found));
        }
        if let Some(first) = index.insert(name.clone(), row) {
            return Err(repeated_sample(
                at(),
                name,
                &format!("row {}", table.lines()[first]),
            ));
        }
    }
    Ok(index)
}

/// The error that no column is the time.
pub(crate) fn no_time(table: &Table, cure: impl Into<String>) -> ReadError {
    let header = name_some(table.header());
    let found = format!("found no time column (header: {header})");
    ReadError::new(Fault::Time, Place::file(table.file()), found)
        .expecting("one called `time`")
        .cured_by(cure)
}

impl SampleTimes {
    fn of_courses(table: &Table, found: SampleCourses) -> Self {
        let index = found.names.iter().cloned().zip(0..).collect();
        let courses = found.courses.into_iter().map(|members| SeriesBlock {
            // first samples may be shared, last ones are not
            name: found.names[members[members.len() - 1]].clone(),
            members,
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
                series: None,
                conditions: None,
                interventions: None,
                joined: true,
                courses: Some(courses.collect()),
            },
            names: found.names,
        }
    }

    /// Name of the file.
    pub(crate) fn file(&self) -> &str {
        &self.file
    }

    /// How many of these names have a time.
    pub(crate) fn count<'a>(&self, names: impl IntoIterator<Item = &'a String>) -> usize {
        let names = names.into_iter();
        names
            .filter(|name| self.index.contains_key(name.as_str()))
            .count()
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

impl Samples {
    fn select(&self, rows: &[usize]) -> Self {
        let pick = |list: &Vec<String>| rows.iter().map(|&row| list[row].clone()).collect();
        let origin = match &self.origin {
            SampleOrigin::Rows { file, lines } => SampleOrigin::Rows {
                file: file.clone(),
                lines: rows.iter().map(|&row| lines[row]).collect(),
            },
            SampleOrigin::Columns { file, columns } => SampleOrigin::Columns {
                file: file.clone(),
                columns: rows.iter().map(|&row| columns[row].clone()).collect(),
            },
        };
        Self {
            origin,
            names: pick(&self.names),
            times: rows.iter().map(|&row| self.times[row]).collect(),
            series: self.series.as_ref().map(pick),
            conditions: self.conditions.as_ref().map(pick),
            interventions: self.interventions.as_ref().map(pick),
            joined: self.joined,
            courses: self.courses.as_deref().map(|all| chosen(all, rows)),
        }
    }
}

/// The courses as positions among some rows, without the samples that are not there.
fn chosen(courses: &[SeriesBlock], rows: &[usize]) -> Vec<SeriesBlock> {
    let position: HashMap<usize, usize> = rows.iter().copied().zip(0..).collect();
    let courses = courses.iter().map(|course| SeriesBlock {
        name: course.name.clone(),
        members: course
            .members
            .iter()
            .filter_map(|row| position.get(row).copied())
            .collect(),
    });
    courses.filter(|course| course.members.len() > 1).collect()
}
