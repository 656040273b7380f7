//! Which columns are metadata, by their names.

use super::calendar_dates::{are_dates, is_date_name};
use super::cell_times::TimeCells;
use super::columns::{Role, is_ignored, is_numbered_time, plain, role};
use super::genotype_labels::is_genotype;
use super::series_options::{ColumnRole, SeriesOptions};
use super::time_choice::{TimeChoice, time_among, times_of};
use super::time_unit::{TimeCell, TimeUnit, Times, parse_time, unit_of_name};
use crate::io::text::{Fault, Keep, Place, ReadError, Table, name_some, shorten};

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
    /// Columns about interventions, which other readers read.
    pub(super) marks: Vec<usize>,
    /// What the column of times holds in a smaller unit besides, by its column.
    pub(super) rest_of_time: Option<usize>,
    /// The unit of the time of every row.
    pub(super) unit_of_time: Option<usize>,
    /// What was decided by the cells.
    pub(super) notes: Vec<String>,
}

/// What to keep of a column of a table of series, in which the cells have the last word.
pub(super) fn series_kind(at: usize, name: &str, options: &SeriesOptions) -> Keep {
    match options.role_of(name) {
        Some(ColumnRole::Ignore) => return Keep::Skip,
        Some(ColumnRole::Gene) if at > 0 => return Keep::Guess,
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
        Self::find_by_names(table, options, true)
    }

    /// The columns that hold levels of genes, where samples are in rows.
    pub(super) fn gene_columns(&self, table: &Table) -> Vec<usize> {
        let mut columns = table.columns(Keep::Number);
        columns.retain(|&column| !self.in_use(column));
        columns.extend(&self.genes);
        columns.sort_unstable();
        columns.dedup();
        columns
    }

    /// The same.
    ///
    /// * `genes`: whether other columns may be genes
    ///
    /// # Errors   as [`Metadata::find`].
    pub(super) fn find_by_names(
        table: &Table,
        options: &SeriesOptions,
        genes: bool,
    ) -> Result<Self, ReadError> {
        let mut found = Self::default();
        let (mut sure, mut perhaps, mut numbered) = (Vec::new(), Vec::new(), Vec::new());
        for (column, name) in table.header().iter().enumerate() {
            // names of metadata are kept as text; a gene of such a name in a tidy table is not
            if table.kind(column) != Keep::Text || is_ignored(name, &options.ignore) {
                continue;
            }
            match options.role_of(name) {
                Some(ColumnRole::Time) => {
                    found.time = Some(column);
                    continue;
                }
                Some(ColumnRole::Gene) => {
                    found.genes.push(column);
                    continue;
                }
                Some(ColumnRole::Series) => found.series.push(column),
                Some(ColumnRole::Condition) => found.condition.push(column),
                Some(ColumnRole::Intervention) => found.genotype = Some(column),
                Some(ColumnRole::Sample) => found.sample = Some(column),
                Some(ColumnRole::Ignore) => {}
                None => match role(name) {
                    Role::Time if is_numbered_time(name) => numbered.push(column),
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
                    Role::Other if is_date_column(table, column) => perhaps.push(column),
                    Role::Other if is_genotype(name) => {
                        found.genotype.get_or_insert(column);
                    }
                    Role::Other => {}
                },
            }
        }
        // `time_0`, `time_60` … are samples at these times, beside another time they are further times
        if numbered.len() == 1 || !sure.is_empty() {
            sure.append(&mut numbered);
            sure.sort_unstable();
        }
        if found.time.is_none() {
            let choice = time_among(table, &sure, &perhaps, genes)?;
            let TimeChoice { time, order, rest } = choice;
            found.join_rest(table, time, rest);
            found.time = time;
            found.leave_order(table, order);
        } else {
            // the user said which: other names of times are genes or nothing
            perhaps.extend(sure);
        }
        perhaps.retain(|&column| Some(column) != found.rest_of_time);
        found.undecided_times(perhaps);
        found.find_units(table);
        Ok(found)
    }

    /// Passes over a column that numbers the times.
    fn leave_order(&mut self, table: &Table, order: Option<usize>) {
        self.marks.extend(order);
        self.notes.extend(order.map(|column| {
            let (file, name) = (table.file(), &table.header()[column]);
            format!("{file}: left out, as it numbers the times: `{name}`")
        }));
    }

    /// Keeps the part of the time that is in another column.
    fn join_rest(&mut self, table: &Table, time: Option<usize>, rest: Option<usize>) {
        let (Some(time), Some(rest)) = (time, rest) else {
            return;
        };
        self.rest_of_time = Some(rest);
        self.marks.push(rest);
        let (file, header) = (table.file(), table.header());
        self.notes.push(format!(
            "{file}: times are `{}` and `{}` together; if one of them is not a part of the time, leave it out with \
             `--ignore {}`",
            header[time], header[rest], header[rest]
        ));
    }

    /// A column of the units of times: `min` in some rows, `h` in others.
    fn find_units(&mut self, table: &Table) {
        const NAMES: [&str; 6] = [
            "unit",
            "units",
            "time_unit",
            "time_units",
            "timeunit",
            "unit_of_time",
        ];
        let is_unit = |cell: &String| TimeUnit::of_word(&cell.trim().to_lowercase()).is_some();
        let units = |&column: &usize| {
            table.kind(column) == Keep::Text
                && NAMES.contains(&plain(&table.header()[column]).as_str())
                && table.text(column).iter().all(is_unit)
        };
        let Some(time) = self.time else { return };
        self.unit_of_time = (0..table.header().len()).find(|at| *at != time && units(at));
        let Some(column) = self.unit_of_time else {
            return;
        };
        self.marks.push(column);
        let (file, name) = (table.file(), &table.header()[column]);
        self.notes
            .push(format!("{file}: `{name}` is read as the unit of the times"));
    }

    /// The cells of the times, with what other columns say of them.
    fn time_cells(&self, table: &Table, column: usize) -> Option<Vec<String>> {
        let cells = table.text(column);
        let unit = |column: usize| unit_of_name(&table.header()[column]);
        match (self.rest_of_time, self.unit_of_time) {
            (Some(rest), _) => {
                let (whole, part) = (unit(column)?, unit(rest)?);
                let ratio = whole.seconds() / part.seconds();
                let sums = times_of(table, column)?
                    .into_iter()
                    .zip(times_of(table, rest)?);
                Some(
                    sums.map(|(a, b)| format!("{} {}", a * ratio + b, part.plural()))
                        .collect(),
                )
            }
            (None, Some(units)) => {
                let with_unit = |(cell, unit): (&String, &String)| match parse_time(cell) {
                    Some(TimeCell { unit: None, .. }) => format!("{cell} {unit}"),
                    _ => cell.clone(),
                };
                Some(cells.iter().zip(table.text(units)).map(with_unit).collect())
            }
            (None, None) => None,
        }
    }

    /// Columns named like a time that are not the time: the cells tell later what they are.
    fn undecided_times(&mut self, perhaps: Vec<usize>) {
        let time = self.time;
        let others = perhaps.into_iter().filter(|&column| Some(column) != time);
        self.left_out = others.collect();
    }

    /// The times of all rows.
    ///
    /// # Errors   as [`TimeCells::read`].
    pub(super) fn times(&self, table: &Table, column: usize) -> Result<Times, ReadError> {
        let place = |row: usize| table.place(table.lines()[row], column);
        let joined = self.time_cells(table, column);
        let cells = TimeCells {
            cells: joined.as_deref().unwrap_or(table.text(column)),
            name: if joined.is_some() {
                "time"
            } else {
                &table.header()[column]
            },
            file: table.file(),
            decimal: table.decimal(),
        };
        cells.read(place)
    }

    /// Whether it is known what a column is.
    pub(super) fn in_use(&self, column: usize) -> bool {
        let lists = [
            &self.series,
            &self.condition,
            &self.genes,
            &self.left_out,
            &self.marks,
        ];
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
}

/// Whether a column may hold the dates of sampling.
fn is_date_column(table: &Table, column: usize) -> bool {
    is_date_name(&table.header()[column]) && are_dates(table.text(column))
}

/// The cells of some columns, joined by `/` in every row; none without columns.
pub(super) fn joined(table: &Table, columns: &[usize]) -> Option<Vec<String>> {
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

/// Refuses a column of `--columns` that is neither in the table nor in that of the times.
///
/// * `times`: header of the table of times
///
/// # Errors   [`Fault::Name`].
pub(super) fn refuse_absent(
    table: &Table,
    times: &[String],
    options: &SeriesOptions,
) -> Result<(), ReadError> {
    let others = times.iter().chain(&options.elsewhere);
    let header: Vec<String> = table.header().iter().chain(others).cloned().collect();
    refuse_absent_from(table.file(), &header, options)
}

/// The same, for the columns of all tables.
///
/// * `file`: name for messages
///
/// # Errors   [`Fault::Name`].
pub(super) fn refuse_absent_from(
    file: &str,
    header: &[String],
    options: &SeriesOptions,
) -> Result<(), ReadError> {
    let there = |name: &String| {
        let mut header = header.iter();
        header.any(|own| own.to_lowercase() == name.to_lowercase())
    };
    let Some((name, _)) = options.columns.iter().find(|(name, _)| !there(name)) else {
        return Ok(());
    };
    let found = format!(
        "found no column `{}` (header: {})",
        shorten(name),
        name_some(header)
    );
    Err(ReadError::new(Fault::Name, Place::file(file), found)
        .cured_by("spell it in `--columns` as in the header"))
}
