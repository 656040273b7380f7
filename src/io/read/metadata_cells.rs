//! Which columns are metadata and which are genes, by their cells.

use std::collections::HashSet;

use super::column_judge::{ColumnJudge, ColumnKind, counts_rows, many, proportional};
use super::columns::{
    Role, is_counter, is_short_time, is_technical, is_time_word, never_gene, role,
};
use super::constant_columns::{SeriesOfRows, constant_in_series};
use super::cross_sections::refuse_cross_section;
use super::gene_levels::GeneLevels;
use super::metadata_columns::{Metadata, joined};
use super::sample_measures::{Measure, measures};
use super::sample_quantities::statistics_of_genes;
use super::series_options::SeriesOptions;
use crate::io::text::{Fault, Keep, ReadError, Table, if_any, name_some};

/// Rows up to which a level that rises by one per row may be that of a gene, in examples.
const LEAST_NUMBERED: usize = 10;

impl Metadata {
    /// The metadata of a table of times, which has no genes.
    ///
    /// # Errors   as [`Metadata::find`].
    pub(super) fn of_times(table: &Table, options: &SeriesOptions) -> Result<Self, ReadError> {
        let mut found = Self::find_by_names(table, options, false)?;
        found.left_out.clear();
        let judge = ColumnJudge {
            table,
            options,
            levels: None,
        };
        let times = match found.time {
            Some(column) => Some(found.times(table, column)?.values),
            None => None,
        };
        found.series_columns(&judge, times.as_deref())?;
        found.leave_batches(&judge, times.as_deref())?;
        found.report(table, "series");
        Ok(found)
    }

    /// The metadata of a table of steady states.
    ///
    /// * `is_mark`: whether a column of this name is about interventions
    ///
    /// # Errors   as [`Metadata::decide_by_cells`].
    pub(super) fn of_states(
        table: &Table,
        options: &SeriesOptions,
        is_mark: &dyn Fn(&str) -> bool,
    ) -> Result<Self, ReadError> {
        let mut found = Self::find(table, options)?;
        let header = table.header();
        let marks = (0..header.len()).filter(|&at| {
            table.kind(at) == Keep::Text
                && options.role_of(&header[at]).is_none()
                && is_mark(&header[at])
        });
        found.marks = marks.collect();
        found.leave_unsure_time(table);
        if found.time.is_none() {
            found.decide_by_cells(table, options)?;
        }
        let series = found.series.iter().map(|&column| &header[column]);
        let series: Vec<&String> = series.collect();
        found.notes.extend(if_any(&series, |_, some| {
            let file = table.file();
            format!("{file}: left out, as they number samples: {some}")
        }));
        Ok(found)
    }

    /// Where there are no times, a gene may be called `t`, and an age is a description of the sample.
    pub(super) fn leave_unsure_time(&mut self, table: &Table) {
        let unsure = |column: &usize| role(&table.header()[*column]) == Role::PerhapsTime;
        if let Some(column) = self.time.filter(unsure) {
            self.time = None;
            self.left_out.push(column);
        }
    }

    /// Decides about every column by its cells, where samples are in rows.
    ///
    /// # Errors   [`Fault::Cell`] for a column that may be a gene or something else, with both readings.
    pub(super) fn decide_by_cells(
        &mut self,
        table: &Table,
        options: &SeriesOptions,
    ) -> Result<(), ReadError> {
        let measures = measures(table.header());
        let mut genes = table.columns(Keep::Number);
        genes.retain(|&column| measures[column].is_none() && !self.in_use(column));
        let levels = GeneLevels::of(table, &genes);
        let judge = ColumnJudge {
            table,
            options,
            levels: levels.as_ref(),
        };
        let times = match self.time {
            Some(column) => Some(self.times(table, column)?.values),
            None => None,
        };
        let rows = times
            .as_ref()
            .and_then(|times| self.series_of_rows(table, times));
        self.other_times(&judge, times.as_deref())?;
        self.leave_counter(&judge);
        self.names_that_are_genes(&judge, times.as_deref())?;
        if let Some(times) = &times {
            refuse_cross_section(table, self, times, options)?;
        }
        self.leave_statistics(&judge);
        self.leave_measures(&judge, &measures)?;
        self.leave_clocks(&judge, times.as_deref(), rows.as_ref())?;
        self.leave_constants(&judge, rows.as_ref());
        self.other_text(&judge)?;
        self.report(table, "gene");
        Ok(())
    }

    /// A first column that is called so and numbers the rows, and any column that numbers those of a long table.
    fn leave_counter(&mut self, judge: &ColumnJudge<'_>) {
        let header = judge.table.header();
        for (column, name) in header.iter().enumerate() {
            let known = column == 0 && is_counter(name);
            let long = judge.table.len() > LEAST_NUMBERED
                && judge.table.kind(column) == Keep::Number
                && !judge.options.regulators.contains(name);
            if judge.said(column) || self.in_use(column) || !(known || long) {
                continue;
            }
            if judge
                .numbers(column)
                .is_some_and(|values| counts_rows(&values))
            {
                self.left_out.push(column);
            }
        }
    }

    /// The series of every row, as far as the columns that name series or the times show them.
    fn series_of_rows(&self, table: &Table, times: &[f64]) -> Option<SeriesOfRows> {
        match joined(table, &self.series) {
            Some(names) => SeriesOfRows::named(&names),
            None => SeriesOfRows::restarting(times),
        }
    }

    /// Other columns that are named like times: genes, or the same times in another unit.
    fn other_times(
        &mut self,
        judge: &ColumnJudge<'_>,
        times: Option<&[f64]>,
    ) -> Result<(), ReadError> {
        for column in std::mem::take(&mut self.left_out) {
            let name = &judge.table.header()[column];
            let values = judge.numbers(column);
            if never_gene(name) {
                self.left_out.push(column);
                continue;
            }
            if let (Some(values), Some(times)) = (&values, times)
                && proportional(values, times)
            {
                self.left_out.push(column);
                continue;
            }
            match values {
                // genes in examples are called `D` or `h`, another time is not
                Some(values)
                    if is_short_time(name)
                        || !is_time_word(name) && judge.is_level(name, &values) =>
                {
                    self.genes.push(column);
                }
                Some(_) => {
                    let time = self.time.map(|time| &judge.table.header()[time]);
                    let other = time.map_or("a time".to_owned(), |time| {
                        format!("a second time besides `{time}`")
                    });
                    return Err(judge.ambiguous(column, &other));
                }
                None => self.left_out.push(column),
            }
        }
        Ok(())
    }

    /// Columns named like series or samples whose cells are levels.
    fn names_that_are_genes(
        &mut self,
        judge: &ColumnJudge<'_>,
        times: Option<&[f64]>,
    ) -> Result<(), ReadError> {
        self.series_columns(judge, times)?;
        let said = |column: usize| judge.said(column);
        let mut conditions = Vec::new();
        for column in std::mem::take(&mut self.condition) {
            let name = &judge.table.header()[column];
            let values = judge.numbers(column).filter(|_| !said(column));
            match values {
                Some(values) if judge.is_level(name, &values) && many(&values) => {
                    self.genes.push(column);
                }
                _ => conditions.push(column),
            }
        }
        self.condition = conditions;
        self.leave_batches(judge, times)?;
        if let Some(column) = self.sample.filter(|&column| !said(column)) {
            match judge.sample(column)? {
                ColumnKind::Metadata => {}
                ColumnKind::Gene => {
                    self.genes.push(column);
                    self.sample = None;
                }
                ColumnKind::Nothing => {
                    self.left_out.push(column);
                    self.sample = None;
                }
            }
        }
        Ok(())
    }

    /// Columns named like series: those that name series, genes, and accessions of single samples.
    fn series_columns(
        &mut self,
        judge: &ColumnJudge<'_>,
        times: Option<&[f64]>,
    ) -> Result<(), ReadError> {
        let mut series = Vec::new();
        for column in std::mem::take(&mut self.series) {
            match judge.series(column, times)? {
                _ if judge.said(column) => series.push(column),
                ColumnKind::Metadata => series.push(column),
                ColumnKind::Gene => self.genes.push(column),
                ColumnKind::Nothing => self.left_out.push(column),
            }
        }
        self.series = series;
        Ok(())
    }

    /// Of several columns of series, batches and runs, unless only they tell samples of one time apart: as parts of
    /// the names of series they would cut a course that was measured in several batches.
    ///
    /// # Errors   [`Fault::Time`] if batches are all that names series and follow one another in time.
    fn leave_batches(
        &mut self,
        judge: &ColumnJudge<'_>,
        times: Option<&[f64]>,
    ) -> Result<(), ReadError> {
        let table = judge.table;
        let technical = |column: &usize| is_technical(&table.header()[*column]);
        let (left, kept): (Vec<usize>, Vec<usize>) =
            self.series.iter().copied().partition(technical);
        if left.is_empty() || kept.is_empty() {
            let said = left.iter().any(|&column| judge.said(column));
            return match (left.first(), times) {
                (Some(&batch), Some(times)) if !said => refuse_split_course(table, batch, times),
                _ => Ok(()),
            };
        }
        let labels = self.condition.iter().chain(&self.genotype).copied();
        let without: Vec<usize> = kept.iter().copied().chain(labels).collect();
        let with: Vec<usize> = without.iter().chain(&left).copied().collect();
        let needed = times.is_some_and(|times| {
            let once = |columns: &[usize]| once_per_time(table, columns, times);
            !once(&without) && once(&with)
        });
        if !needed {
            self.series = kept;
            self.left_out.extend(left);
        }
        Ok(())
    }

    /// Spreads, numbers of samples and p-values beside the levels that they are about.
    fn leave_statistics(&mut self, judge: &ColumnJudge<'_>) {
        let header = judge.table.header();
        let free = |column: &usize| {
            judge.table.kind(*column) == Keep::Number
                && judge.options.role_of(&header[*column]).is_none()
                && !self.in_use(*column)
        };
        let columns: Vec<usize> = (0..header.len()).filter(free).collect();
        let names: Vec<&str> = columns.iter().map(|&at| header[at].as_str()).collect();
        let are = statistics_of_genes(&names);
        let left = columns.into_iter().zip(are).filter(|(_, is)| *is);
        self.left_out.extend(left.map(|(column, _)| column));
    }

    /// Known quantities of samples.
    fn leave_measures(
        &mut self,
        judge: &ColumnJudge<'_>,
        measures: &[Option<Measure>],
    ) -> Result<(), ReadError> {
        for (column, name) in judge.table.header().iter().enumerate() {
            let free = matches!(judge.table.kind(column), Keep::Number | Keep::Text)
                && judge.options.role_of(name).is_none()
                && !self.in_use(column);
            let Some(kind) = measures[column].filter(|_| free) else {
                continue;
            };
            if judge.options.regulators.contains(name) {
                continue;
            }
            let values = judge.numbers(column);
            let level = values.is_some_and(|values| judge.is_level(name, &values));
            if level && kind == Measure::Perhaps {
                return Err(judge.ambiguous(column, "a quantity measured of the sample"));
            }
            self.left_out.push(column);
        }
        Ok(())
    }

    /// Columns of numbers that never change within a series and differ between series, as no measured gene does.
    fn leave_constants(&mut self, judge: &ColumnJudge<'_>, rows: Option<&SeriesOfRows>) {
        let Some(rows) = rows else { return };
        let free = |&column: &usize| {
            let name = &judge.table.header()[column];
            !self.in_use(column) && !judge.said(column) && !judge.options.regulators.contains(name)
        };
        let columns = judge.table.columns(Keep::Number).into_iter().filter(free);
        let constant = constant_in_series(judge.table, &columns.collect::<Vec<_>>(), rows);
        let counts = judge.levels.is_some_and(GeneLevels::are_whole);
        let describes = |&column: &usize| {
            let name = &judge.table.header()[column];
            let values = judge.numbers(column).unwrap_or_default();
            counts || !judge.is_level(name, &values)
        };
        self.left_out.extend(constant.into_iter().filter(describes));
    }

    /// Columns of text with unknown names: constant ones say nothing, others have to be explained.
    fn other_text(&mut self, judge: &ColumnJudge<'_>) -> Result<(), ReadError> {
        let table = judge.table;
        for column in table.columns(Keep::Text) {
            if column == 0 || self.in_use(column) {
                continue;
            }
            let cells = table.text(column);
            let distinct: HashSet<&String> = cells.iter().collect();
            let mixed = table.mixed_cell(column).is_some();
            if !mixed && (distinct.len() == 1 || distinct.len() == cells.len()) && cells.len() > 1 {
                self.left_out.push(column);
                continue;
            }
            return Err(if mixed {
                table.mixed_column(column)
            } else {
                text_that_varies(table, column)
            });
        }
        Ok(())
    }

    /// * `kept_as`: the role with which a column that is left out would be kept
    fn report(&mut self, table: &Table, kept_as: &str) {
        self.genes.sort_unstable();
        self.left_out.sort_unstable();
        let file = table.file();
        let name = |&column: &usize| table.header()[column].as_str();
        let named = self
            .genes
            .iter()
            .filter(|&column| role(name(column)) != Role::Other);
        let named: Vec<&str> = named.map(name).collect();
        let left: Vec<&str> = self.left_out.iter().map(name).collect();
        self.notes.extend(if_any(&named, |_, some| {
            format!(
                "{file}: taken for genes, as their values are levels like those of the other genes: {some} \
                 (override with `--columns NAME=ROLE`)"
            )
        }));
        self.notes.extend(if_any(&left, |_, some| {
            format!("{file}: left out, as they describe samples: {some} (`--columns NAME={kept_as}` keeps one)")
        }));
    }
}

/// Batches that follow one another in time may be one course that was measured in parts, or series of their own.
fn refuse_split_course(table: &Table, batch: usize, times: &[f64]) -> Result<(), ReadError> {
    let mut ranges: Vec<(&str, f64, f64)> = Vec::new();
    for (name, &time) in table.text(batch).iter().zip(times) {
        match ranges.iter_mut().find(|(known, ..)| known == name) {
            Some((_, first, last)) => (*first, *last) = (first.min(time), last.max(time)),
            None => ranges.push((name, time, time)),
        }
    }
    ranges.sort_by(|a, b| a.1.total_cmp(&b.1));
    let follow = ranges
        .windows(2)
        .all(|pair| pair[1].1 >= pair[0].2 && pair[1].1 > pair[0].1);
    if ranges.len() < 2 || !follow {
        return Ok(());
    }
    let column = &table.header()[batch];
    let [(first, start, end), (second, later, last), ..] = ranges[..] else {
        return Ok(());
    };
    let found = format!(
        "`{first}` has times {start} to {end} and `{second}` {later} to {last}: one course that was measured in several \
         batches, or a series of each"
    );
    Err(ReadError::new(Fault::Time, table.header_place(batch), found)
        .expecting("batches that share times, or a column of series")
        .cured_by(format!(
            "say `--ignore {column}` for one course, or `--columns {column}=series` for a series of each"
        )))
}

/// Whether every time occurs at most once among the rows with the same cells in these columns.
fn once_per_time(table: &Table, columns: &[usize], times: &[f64]) -> bool {
    let mut seen = HashSet::new();
    let names = joined(table, columns).unwrap_or_default();
    let mut rows = names.into_iter().zip(times);
    rows.all(|(name, time)| seen.insert((name, time.to_bits())))
}

fn text_that_varies(table: &Table, column: usize) -> ReadError {
    let name = &table.header()[column];
    let cells: HashSet<&str> = table.text(column).iter().map(String::as_str).collect();
    let mut cells: Vec<&str> = cells.into_iter().collect();
    cells.sort_unstable();
    let found = format!("found text ({})", name_some(&cells));
    ReadError::new(Fault::Cell, table.header_place(column), found)
        .expecting("numbers of a gene, or a column whose name says what it is")
        .cured_by(format!(
            "leave the column out with `--ignore {name}`, or say what it is: `--columns {name}=condition` \
             (or series, intervention, time, sample)"
        ))
}
