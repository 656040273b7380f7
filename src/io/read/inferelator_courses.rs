//! Metadata of the Inferelator: for every sample the one before it, and the time between them.

use std::collections::HashMap;

use super::faults::{missing_time, no_name, repeated_sample, wrong_cell};
use crate::io::text::{Cell, NumberMarks, ReadError, Table, parse_cell};

/// The columns `condName`, `prevCol` and `del.t`, from 0.
///
/// The columns `isTs` and `is1stLast` say nothing that these do not say.
pub(super) struct CourseColumns {
    sample: usize,
    previous: usize,
    interval: usize,
}

/// Samples with their courses.
pub(super) struct SampleCourses {
    /// Distinct names of the samples.
    pub(super) names: Vec<String>,
    /// Row of the table in which each sample is named first, from 0.
    pub(super) rows: Vec<usize>,
    /// Time since the first sample of the course; NaN for a sample that is in no course.
    pub(super) times: Vec<f64>,
    /// Samples of every course in the order of time; two courses may share their first samples.
    pub(super) courses: Vec<Vec<usize>>,
}

/// A sample before another one.
#[derive(Clone, Copy, PartialEq)]
struct PreviousSample {
    previous: usize,
    interval: f64,
}

impl CourseColumns {
    /// Finds them; none for another kind of table.
    pub(super) fn find(table: &Table) -> Option<Self> {
        let column = |name: &str| {
            let mut header = table.header().iter();
            header.position(|other| other.eq_ignore_ascii_case(name))
        };
        Some(Self {
            sample: column("condName")?,
            previous: column("prevCol")?,
            interval: column("del.t")?,
        })
    }

    /// The courses, from each sample that is before no other one back to its first.
    ///
    /// # Errors   [`ReadError`] with the cell: an unknown sample, no interval above 0, two
    ///   different samples before one, samples in a circle.
    pub(super) fn read(&self, table: &Table) -> Result<SampleCourses, ReadError> {
        let cells = table.text(self.sample);
        let (mut names, mut rows) = (Vec::new(), Vec::new());
        let mut index: HashMap<&str, usize> = HashMap::new();
        for (row, name) in cells.iter().enumerate() {
            if name.is_empty() {
                let place = table.place(table.lines()[row], self.sample);
                return Err(no_name(place, "the name of the sample is empty"));
            }
            index.entry(name).or_insert_with(|| {
                names.push(name.clone());
                rows.push(row);
                rows.len() - 1
            });
        }
        let intervals = table.marks_of(self.interval)?;
        let mut steps: Vec<Option<PreviousSample>> = vec![None; names.len()];
        for (row, name) in cells.iter().enumerate() {
            let sample = index[name.as_str()];
            let step = self.step(table, row, &index, &intervals)?;
            if row != rows[sample] && step != steps[sample] {
                let place = table.place(table.lines()[row], self.sample);
                let first = format!("row {}", table.lines()[rows[sample]]);
                return Err(repeated_sample(place, name, &first));
            }
            steps[sample] = step;
        }
        let mut has_next = vec![false; names.len()];
        steps
            .iter()
            .flatten()
            .for_each(|step| has_next[step.previous] = true);
        let mut times = vec![f64::NAN; names.len()];
        let mut courses = Vec::new();
        for last in (0..names.len()).filter(|&sample| steps[sample].is_some()) {
            let course = back_to_first(&steps, last).ok_or_else(|| {
                let place = table.place(table.lines()[rows[last]], self.previous);
                let found = &names[last];
                wrong_cell(
                    place,
                    found,
                    "samples that follow one another",
                    "correct it",
                )
            })?;
            times[course[0]] = 0.0;
            for pair in course.windows(2) {
                let interval = steps[pair[1]].map_or(f64::NAN, |step| step.interval);
                times[pair[1]] = times[pair[0]] + interval;
            }
            if !has_next[last] {
                courses.push(course);
            }
        }
        Ok(SampleCourses {
            names,
            rows,
            times,
            courses,
        })
    }

    fn step(
        &self,
        table: &Table,
        row: usize,
        index: &HashMap<&str, usize>,
        intervals: &NumberMarks,
    ) -> Result<Option<PreviousSample>, ReadError> {
        let line = table.lines()[row];
        let cell = table.text(self.previous)[row].as_str();
        if let Some(&previous) = index.get(cell) {
            return match intervals.cell(&table.text(self.interval)[row]) {
                Cell::Number(interval) if interval > 0.0 => {
                    Ok(Some(PreviousSample { previous, interval }))
                }
                Cell::Missing => Err(missing_time(table.place(line, self.interval))),
                _ => Err(wrong_cell(
                    table.place(line, self.interval),
                    &table.text(self.interval)[row],
                    "a time above 0",
                    "correct it",
                )),
            };
        }
        match parse_cell(cell, true) {
            Cell::Missing => Ok(None),
            _ => Err(wrong_cell(
                table.place(line, self.previous),
                cell,
                "a sample of the column `condName`, or NA",
                "spell it as there",
            )),
        }
    }
}

/// The samples up to `last`, the first one first; none if they go round in a circle.
fn back_to_first(steps: &[Option<PreviousSample>], last: usize) -> Option<Vec<usize>> {
    let mut course = vec![last];
    let mut sample = last;
    while let Some(step) = steps[sample] {
        sample = step.previous;
        course.push(sample);
        if course.len() > steps.len() {
            return None;
        }
    }
    course.reverse();
    Some(course)
}
