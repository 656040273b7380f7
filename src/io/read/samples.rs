//! Samples with their times, and how they fall into series.

use std::collections::HashMap;

use super::faults::{missing_time, no_name, repeated_sample};
use super::replicates::{Unnamed, read_replicates};
use super::sample_origin::SampleOrigin;
use super::series_blocks::{SeriesBlock, gather};
use super::snapshots::snapshots;
use super::time_unit::TimeUnit;
use crate::io::text::{Fault, Place, ReadError, Reading, Table, name_some};

/// What is known of every sample besides its expression.
#[derive(Clone, Debug)]
pub(crate) struct Samples {
    pub(crate) origin: SampleOrigin,
    /// What the samples are called; empty where they have no names.
    pub(crate) names: Vec<String>,
    pub(crate) times: Vec<f64>,
    /// Their unit, where it is named.
    pub(crate) unit: Option<TimeUnit>,
    pub(crate) series: Option<Vec<String>>,
    /// Which of several samples of one time and condition each is; says nothing about series.
    pub(crate) replicates: Option<Vec<String>>,
    pub(crate) conditions: Option<Vec<String>>,
    pub(crate) interventions: Option<Vec<String>>,
    /// Names of mutants or perturbations, as people write them.
    pub(crate) genotypes: Option<Genotypes>,
    /// Whether a separate table gave the times: then the order of samples means nothing.
    pub(crate) joined: bool,
    /// The series themselves, where the table of times lists them; samples outside of them are
    /// single samples without a time.
    pub(crate) courses: Option<Vec<SeriesBlock>>,
}

/// Names of mutants or perturbations, as people write them, one per sample.
#[derive(Clone, Debug)]
pub(crate) struct Genotypes {
    /// The name of their column.
    pub(super) column: String,
    pub(super) labels: Vec<String>,
}

impl Samples {
    /// Samples without times: all of them are single ones.
    pub(crate) fn without_times(origin: SampleOrigin, names: Vec<String>) -> Self {
        Self {
            origin,
            times: vec![f64::NAN; names.len()],
            unit: None,
            names,
            series: None,
            replicates: None,
            conditions: None,
            interventions: None,
            genotypes: None,
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
    /// the condition may tell the samples apart; where it does not and no series is named, they are replicates.
    ///
    /// * `distance`: between the levels of two samples
    ///
    /// # Errors   the error of the first way, if neither helps.
    pub(crate) fn blocks(
        &self,
        distance: &dyn Fn(usize, usize) -> f64,
    ) -> Result<Reading<Vec<SeriesBlock>>, ReadError> {
        if let Some(courses) = &self.courses {
            return Ok(Reading::new(courses.clone()));
        }
        self.refuse_missing()?;
        let genotypes = self.genotypes.as_ref().map(|list| &list.labels);
        let labels = self.conditions.as_ref().or(genotypes);
        let first = match &self.series {
            Some(names) => self.by_name(names).map(Some),
            None if self.joined && self.all_different() => self
                .by_name(&vec!["1".to_owned(); self.times.len()])
                .map(Some),
            // the order of a table of times means nothing where conditions tell the samples apart
            None if self.joined && labels.is_some() => Ok(None),
            None => self
                .by_restart()
                .map(|read| (!fragments(&read.value)).then_some(read)),
        };
        let error = match first {
            Ok(Some(reading)) => return Ok(reading),
            Ok(None) => None,
            Err(error) => Some(error),
        };
        if let Some(labels) = labels
            && let Ok(reading) = self.by_label(labels)
        {
            return Ok(reading);
        }
        if self.series.is_none()
            && let Some(cells) = snapshots(&self.times, self.origin.file())
        {
            return Err(cells);
        }
        match error {
            Some(error) if self.series.is_some() || !self.replicated() => Err(error),
            _ => Ok(self.by_replicate(labels, distance)),
        }
    }

    /// Each condition is a series, or a part of each named series.
    fn by_label(&self, labels: &[String]) -> Result<Reading<Vec<SeriesBlock>>, ReadError> {
        let names: Vec<String> = match &self.series {
            None => labels.to_vec(),
            Some(names) => {
                let pairs = names.iter().zip(labels);
                pairs
                    .map(|(name, label)| format!("{name}/{label}"))
                    .collect()
            }
        };
        let mut reading = self.by_name(&names)?;
        reading.notes.push(format!(
            "times repeat over conditions: each condition is a series of its own ({})",
            name_some(reading.value.iter().map(|block| &block.name))
        ));
        Ok(reading)
    }

    /// Whether several times, or the first one, have several samples: one time that occurs twice is rather a fault.
    fn replicated(&self) -> bool {
        let mut times = self.times.clone();
        times.sort_by(f64::total_cmp);
        let counts: Vec<usize> = times.chunk_by(|a, b| a == b).map(<[f64]>::len).collect();
        counts[0] > 1 || counts.iter().filter(|&&count| count > 1).count() > 1
    }

    /// Several samples at one time, and no name of a series.
    fn by_replicate(
        &self,
        labels: Option<&Vec<String>>,
        distance: &dyn Fn(usize, usize) -> f64,
    ) -> Reading<Vec<SeriesBlock>> {
        let one_group = || vec!["1".to_owned(); self.times.len()];
        let names = labels.cloned().unwrap_or_else(one_group);
        let groups: Vec<Unnamed> = gather(&names)
            .iter()
            .map(|block| Unnamed::new(block, &self.times, self.replicates.as_deref()))
            .collect();
        let read = read_replicates(&groups, distance);
        let mut reading = Reading::new(read.blocks);
        let file = self.origin.file();
        if read.pooled {
            reading.warnings.push(format!("{file}: {}", read.assumed));
        } else {
            reading.notes.push(format!("{file}: {}", read.assumed));
        }
        reading
    }

    /// Samples that are in no series.
    pub(crate) fn single(&self) -> Vec<usize> {
        let Some(courses) = &self.courses else {
            return Vec::new();
        };
        let mut single = vec![true; self.times.len()];
        let members = courses.iter().flat_map(SeriesBlock::numbered_samples);
        members.for_each(|(sample, _)| single[sample] = false);
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
                    pooled: Vec::new(),
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

/// Whether most series that start where time goes back are single samples: replicates that follow one another.
fn fragments(blocks: &[SeriesBlock]) -> bool {
    let single = blocks
        .iter()
        .filter(|block| block.members.len() == 1)
        .count();
    blocks.len() > 1 && 2 * single >= blocks.len()
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

/// The error that a table of steady states has a time column.
pub(super) fn series_not_steady(table: &Table, time: usize) -> ReadError {
    let found = "found a time column in a table of steady states";
    ReadError::new(Fault::Mismatch, table.header_place(time), found)
        .expecting("samples without times")
        .cured_by(format!(
            "give the table as DATA, or leave the column out with `--ignore {}`",
            table.header()[time]
        ))
}

impl Samples {
    pub(super) fn select(&self, rows: &[usize]) -> Self {
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
            unit: self.unit,
            series: self.series.as_ref().map(pick),
            replicates: self.replicates.as_ref().map(pick),
            conditions: self.conditions.as_ref().map(pick),
            interventions: self.interventions.as_ref().map(pick),
            genotypes: self.genotypes.as_ref().map(|list| Genotypes {
                column: list.column.clone(),
                labels: pick(&list.labels),
            }),
            joined: self.joined,
            courses: self.courses.as_deref().map(|all| chosen(all, rows)),
        }
    }
}

/// The courses as positions among some rows, without the samples that are not there.
fn chosen(courses: &[SeriesBlock], rows: &[usize]) -> Vec<SeriesBlock> {
    let position: HashMap<usize, usize> = rows.iter().copied().zip(0..).collect();
    let of = |list: &[usize]| -> Vec<usize> {
        list.iter()
            .filter_map(|row| position.get(row).copied())
            .collect()
    };
    let courses = courses.iter().map(|course| {
        let pooled: Vec<Vec<usize>> = course.pooled.iter().map(|same| of(same)).collect();
        let pooled: Vec<Vec<usize>> = pooled.into_iter().filter(|same| !same.is_empty()).collect();
        let members = if course.pooled.is_empty() {
            of(&course.members)
        } else {
            pooled.iter().map(|same| same[0]).collect()
        };
        SeriesBlock {
            name: course.name.clone(),
            members,
            pooled,
        }
    });
    courses.filter(|course| course.members.len() > 1).collect()
}
