//! Which columns are metadata and which are genes: first by their names, then by their cells.

use std::collections::HashSet;

use super::cell_times::{Times, read_times_of};
use super::column_judge::{ColumnJudge, ColumnKind, many, proportional};
use super::columns::{Role, is_ignored, is_replicate, is_short_time, plain, role};
use super::gene_levels::GeneLevels;
use super::genotype_labels::is_genotype;
use super::sample_measures::{Measure, measure};
use super::samples::Genotypes;
use super::series_options::{ColumnRole, SeriesOptions};
use super::time_choice::time_among;
use crate::io::text::{
    Cell, Fault, Keep, Place, ReadError, Table, if_any, name_some, parse_cell, shorten,
};

/// The columns of metadata, by position from 0.
#[derive(Clone, Debug, Default)]
pub(super) struct Metadata {
    pub(super) time: Option<usize>,
    pub(super) series: Vec<usize>,
    pub(super) condition: Vec<usize>,
    pub(super) intervention: Option<usize>,
    /// Names of mutants or perturbations, as people write them.
    pub(super) genotype: Option<usize>,
    pub(super) sample: Option<usize>,
    /// Columns that were kept as text and hold the levels of a gene.
    pub(super) genes: Vec<usize>,
    /// Columns that are neither metadata in use nor genes.
    pub(super) left_out: Vec<usize>,
    /// What was decided by the cells.
    pub(super) notes: Vec<String>,
}

/// What to keep of a column of a table of series, in which the cells have the last word.
pub(super) fn series_kind(at: usize, name: &str, options: &SeriesOptions) -> Keep {
    match options.role_of(name) {
        Some(ColumnRole::Ignore) => return Keep::Skip,
        Some(ColumnRole::Gene) if at > 0 => return Keep::Number,
        Some(_) => return Keep::Text,
        None => {}
    }
    if is_ignored(name, &options.ignore) {
        return Keep::Skip;
    }
    match role(name) {
        Role::Other if at > 0 => Keep::Guess,
        _ => Keep::Text,
    }
}

impl Metadata {
    /// Finds the metadata among the columns that are kept, by names; of several times, by cells.
    ///
    /// # Errors   [`Fault::Time`] if two columns may be the time.
    pub(super) fn find(table: &Table, options: &SeriesOptions) -> Result<Self, ReadError> {
        refuse_absent(table, options)?;
        let mut found = Self::default();
        let (mut sure, mut perhaps) = (Vec::new(), Vec::new());
        for (column, name) in table.header().iter().enumerate() {
            // names of metadata are kept as text; a gene of such a name in a tidy table is not
            if table.kind(column) != Keep::Text {
                continue;
            }
            match options.role_of(name) {
                Some(ColumnRole::Time) => {
                    found.time = Some(column);
                    continue;
                }
                Some(ColumnRole::Gene) => {
                    if table.kind(column) == Keep::Text {
                        found.genes.push(column);
                    }
                    continue;
                }
                Some(ColumnRole::Series) => found.series.push(column),
                Some(ColumnRole::Condition) => found.condition.push(column),
                Some(ColumnRole::Intervention) => found.genotype = Some(column),
                Some(ColumnRole::Sample) => found.sample = Some(column),
                Some(ColumnRole::Ignore) => {}
                None => match role(name) {
                    Role::Time => sure.push(column),
                    Role::PerhapsTime => perhaps.push(column),
                    Role::Series => found.series.push(column),
                    Role::Condition => found.condition.push(column),
                    Role::Intervention => {
                        found.intervention.get_or_insert(column);
                    }
                    Role::Sample => {
                        found.sample.get_or_insert(column);
                    }
                    Role::Other if is_genotype(name) && table.kind(column) == Keep::Text => {
                        found.genotype.get_or_insert(column);
                    }
                    Role::Other => {}
                },
            }
        }
        if found.time.is_none() {
            found.time = time_among(table, &sure, &perhaps)?;
        } else {
            // the user said which: other names of times are genes or nothing
            perhaps.extend(sure);
        }
        found.undecided_times(perhaps);
        Ok(found)
    }

    /// Columns named like a time that are not the time: the cells tell later what they are.
    fn undecided_times(&mut self, perhaps: Vec<usize>) {
        let time = self.time;
        let others = perhaps.into_iter().filter(|&column| Some(column) != time);
        self.left_out = others.collect();
    }

    /// The times of all rows.
    ///
    /// # Errors   as [`read_times_of`].
    pub(super) fn times(&self, table: &Table, column: usize) -> Result<Times, ReadError> {
        let place = |row: usize| table.place(table.lines()[row], column);
        let cells = table.text(column);
        read_times_of(cells, &table.header()[column], table.file(), place)
    }

    /// Decides about every column by its cells, where samples are in rows.
    ///
    /// # Errors   [`Fault::Cell`] for a column that may be a gene or something else, with both readings.
    pub(super) fn decide_by_cells(
        &mut self,
        table: &Table,
        options: &SeriesOptions,
    ) -> Result<(), ReadError> {
        let genes: Vec<usize> = table
            .columns(Keep::Number)
            .into_iter()
            .filter(|&column| measure(&table.header()[column]).is_none())
            .collect();
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
        self.other_times(&judge, times.as_deref())?;
        self.names_that_are_genes(&judge, times.as_deref())?;
        self.measures(&judge)?;
        self.other_text(&judge)?;
        self.report(table);
        Ok(())
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
            if let (Some(values), Some(times)) = (&values, times)
                && proportional(values, times)
            {
                self.left_out.push(column);
                continue;
            }
            match values {
                // genes in examples are called `D` or `h`, another time is not
                Some(values) if is_short_time(name) || judge.is_level(name, &values) => {
                    self.genes.push(column);
                }
                Some(_) => {
                    let time = self.time.map_or("", |time| &judge.table.header()[time]);
                    return Err(judge.ambiguous(column, &format!("a second time besides `{time}`")));
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
        let said = |column: usize| {
            judge
                .options
                .role_of(&judge.table.header()[column])
                .is_some()
        };
        let mut series = Vec::new();
        for column in std::mem::take(&mut self.series) {
            match judge.series(column, times)? {
                _ if said(column) => series.push(column),
                ColumnKind::Metadata => series.push(column),
                ColumnKind::Gene => self.genes.push(column),
                ColumnKind::Nothing => self.left_out.push(column),
            }
        }
        self.series = series;
        self.leave_batches(judge.table);
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

    /// Of several columns of series, batches and runs that cut all series into single samples.
    fn leave_batches(&mut self, table: &Table) {
        const TECHNICAL: [&str; 4] = ["batch", "batch_id", "run", "run_id"];
        let technical =
            |column: &usize| TECHNICAL.contains(&plain(&table.header()[*column]).as_str());
        if self.series.len() < 2 || self.series.iter().all(technical) {
            return;
        }
        let (left, kept) = self.series.iter().copied().partition(technical);
        self.series = kept;
        self.left_out.extend::<Vec<usize>>(left);
    }

    /// Known quantities of samples.
    fn measures(&mut self, judge: &ColumnJudge<'_>) -> Result<(), ReadError> {
        for (column, name) in judge.table.header().iter().enumerate() {
            let free = matches!(judge.table.kind(column), Keep::Number | Keep::Text)
                && judge.options.role_of(name).is_none()
                && !self.in_use(column);
            let Some(kind) = measure(name).filter(|_| free) else {
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

    /// Whether it is known what a column is.
    pub(super) fn in_use(&self, column: usize) -> bool {
        let lists = [&self.series, &self.condition, &self.genes, &self.left_out];
        let single = [self.time, self.intervention, self.genotype, self.sample];
        lists.iter().any(|list| list.contains(&column)) || single.contains(&Some(column))
    }

    /// The columns that say time, series, condition or intervention.
    pub(super) fn of_samples(&self) -> Vec<usize> {
        let lists = self.series.iter().chain(&self.condition).copied();
        let single = [self.time, self.intervention, self.genotype];
        let mut columns: Vec<usize> = single.into_iter().flatten().chain(lists).collect();
        columns.sort_unstable();
        columns
    }

    fn report(&mut self, table: &Table) {
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
                 (`--columns NAME=ROLE` says otherwise)"
            )
        }));
        self.notes.extend(if_any(&left, |_, some| {
            format!("{file}: left out, as they describe samples: {some} (`--columns NAME=gene` keeps one)")
        }));
    }

    /// The name of the series of every row: the series columns, joined by `/`.
    ///
    /// # Errors   [`Fault::Cell`] for an empty cell or a number with decimals.
    pub(super) fn series_names(&self, table: &Table) -> Result<Option<Vec<String>>, ReadError> {
        for &column in &self.series {
            for (cell, &row) in table.text(column).iter().zip(table.lines()) {
                let decimals = match parse_cell(cell, true) {
                    Cell::Number(x) | Cell::Comma(x) => x.fract() != 0.0,
                    _ => false,
                };
                if cell.is_empty() || decimals {
                    return Err(no_series_name(table.place(row, column), cell));
                }
            }
        }
        Ok(joined(table, &self.series))
    }

    /// What tells the samples of one time apart, for people.
    pub(super) fn replicates(&self, table: &Table) -> Option<Vec<String>> {
        let named = self.series.iter().copied();
        let named = named.filter(|&column| is_replicate(&table.header()[column]));
        joined(table, &named.collect::<Vec<_>>())
    }

    /// The condition of every row.
    pub(super) fn conditions(&self, table: &Table) -> Option<Vec<String>> {
        joined(table, &self.condition)
    }

    /// The mutant of every row, as people write it.
    pub(super) fn genotypes(&self, table: &Table) -> Option<Genotypes> {
        self.genotype.map(|column| Genotypes {
            column: table.header()[column].clone(),
            labels: table.text(column).to_vec(),
        })
    }

    /// What was done to genes in every row.
    pub(super) fn interventions(&self, table: &Table) -> Option<Vec<String>> {
        self.intervention.map(|column| table.text(column).to_vec())
    }
}

/// The cells of some columns, joined by `/` in every row; none without columns.
fn joined(table: &Table, columns: &[usize]) -> Option<Vec<String>> {
    let (&first, others) = columns.split_first()?;
    let mut names = table.text(first).to_vec();
    for &column in others {
        for (name, cell) in names.iter_mut().zip(table.text(column)) {
            name.push('/');
            name.push_str(cell);
        }
    }
    Some(names)
}

/// What is said about a column that is not there.
fn refuse_absent(table: &Table, options: &SeriesOptions) -> Result<(), ReadError> {
    let there = |name: &String| {
        let mut header = table.header().iter();
        header.any(|own| own.to_lowercase() == name.to_lowercase())
    };
    let Some((name, _)) = options.columns.iter().find(|(name, _)| !there(name)) else {
        return Ok(());
    };
    let found = format!(
        "found no column `{}` (header: {})",
        shorten(name),
        name_some(table.header())
    );
    Err(
        ReadError::new(Fault::Name, Place::file(table.file()), found)
            .cured_by("spell it in `--columns` as in the header"),
    )
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

fn no_series_name(place: Place, cell: &str) -> ReadError {
    ReadError::new(Fault::Cell, place, format!("found `{}`", shorten(cell)))
        .expecting("the name or whole number of a series")
        .cured_by("correct it, rename the column if it is a gene, or leave it out with `--ignore`")
}
