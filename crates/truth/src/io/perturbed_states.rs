//! Tables of states after interventions: one a row, or one level a row.

use std::collections::HashMap;
use std::io::Read;

use faer::Mat;

use crate::evaluate::{PerturbedRow, PerturbedStates};
use cistron::expression::Change;
use cistron::genes::Genes;
use cistron::io::read::columns::{Role, role};
use cistron::io::read::faults::{mismatch, missing_time, no_genes, repeated_sample, wrong_cell};
use cistron::io::read::perturbation_label::names_in_label;
use cistron::io::read::perturbed::{Labels, is_label, is_mark};
use cistron::io::read::steady_orientation::orient_steady;
use cistron::io::text::{
    Cell, Keep, NumberMarks, Place, ReadError, Reading, Rows, Table, name_some, parse_cell,
};
use cistron::io::{Orientation, SteadyRows};

/// Columns of a wide table that say how and when genes were changed, besides which.
const HOW: [&str; 6] = ["kind", "t_on", "t_off", "pair", "rank", "start"];
/// Columns of a long table with the level of a gene after the interventions.
const LEVEL: [&str; 4] = ["perturbed", "level", "value", "expression"];

/// Reads states after interventions, predicted or measured.
///
/// * Wide: one state a row. Columns such as `perturbed`, or `gene_i` and `gene_j`, name the changed
///   genes, and `level` says what was left of them, as a part of what regulation would make; without it they were
///   knocked out; a column `time` makes it a time course, `series` tells several apart; all other columns
///   are genes.
/// * Long, as `cistron perturb` writes time courses: columns `time`, `gene` and `perturbed`, perhaps
///   `wild_type`. A time that is not a number, such as `steady`, is a steady state.
///
/// # Errors   [`ReadError`] with file, row, column and cure.
/// # Cost     one pass over the text; 16 bytes a value at the peak.
pub fn read_perturbed_states(
    mut input: impl Read,
    file: &str,
) -> Result<Reading<PerturbedStates>, ReadError> {
    let mut bytes = Vec::new();
    input
        .read_to_end(&mut bytes)
        .map_err(|source| ReadError::unreadable(file, source))?;
    let table = Table::read(&bytes[..], file, |at, name| match role(name) {
        _ if is_mark(name) || HOW.contains(&name.to_lowercase().as_str()) => Keep::Text,
        Role::Other if name == "wild_type" => Keep::Text,
        // names of genes, if they are in rows
        Role::Other if at > 0 || !first_is_text(&bytes, file) => Keep::Number,
        _ => Keep::Text,
    })?;
    let find = |wanted: &str| {
        let mut header = table.header().iter();
        header.position(|name| name.to_lowercase() == wanted)
    };
    let mut notes = Vec::new();
    let value = LEVEL.iter().find_map(|name| find(name));
    let states = match (find("time"), find("gene"), value) {
        (Some(time), Some(gene), Some(level)) => {
            let wild_type = find("wild_type");
            let long = Long {
                table: &table,
                time,
                gene,
                level,
                wild_type,
            };
            long.states()?
        }
        (Some(_), _, _) => wide(&table)?,
        (None, _, _) => {
            let rows = SteadyRows::Changed { level: 0.0 };
            let side = orient_steady(&bytes, file, rows, None, Orientation::Auto)?;
            if side.genes_in_rows {
                notes.push(format!("{file}: genes are in rows, samples in columns"));
                wide_in_columns(&bytes, file)?
            } else {
                wide(&table)?
            }
        }
    };
    let mut reading = Reading::new(states);
    reading.notes = notes;
    reading.notes.push(table.note());
    let (rows, genes) = (reading.value.rows.len(), reading.value.genes.len());
    reading
        .notes
        .push(format!("{file}: {rows} states of {genes} genes"));
    reading.warnings.extend(table.warning());
    Ok(reading)
}

fn genes_of(table: &Table, found: Vec<String>) -> Result<Genes, ReadError> {
    if found.is_empty() {
        return Err(no_genes(table.file()));
    }
    Genes::new(found).map_err(|source| ReadError::invalid(Place::file(table.file()), source))
}

fn wide(table: &Table) -> Result<PerturbedStates, ReadError> {
    let header = table.header();
    let labels: Vec<usize> = (0..header.len())
        .filter(|&at| is_label(&header[at]))
        .collect();
    let of_role = |wanted| (0..header.len()).find(|&at| role(&header[at]) == wanted);
    let (time, series) = (of_role(Role::Time), of_role(Role::Series));
    if labels.is_empty() && time.is_none() {
        return Err(mismatch(
            table.file(),
            format!(
                "found no column that says which genes were changed (header: {})",
                name_some(header)
            ),
            "a column `perturbed`, or `gene_i` and `gene_j`, or a `time`",
            "add it, with the names of the changed genes joined by `+`",
        ));
    }
    let times = match time {
        Some(column) => times(table, column)?,
        None => vec![None; table.len()],
    };
    let columns = table.columns(Keep::Number);
    let genes = columns.iter().map(|&at| header[at].clone()).collect();
    let genes = genes_of(table, genes)?;
    let row = |(row, time): (usize, Option<f64>)| PerturbedRow {
        changed: labels
            .iter()
            .flat_map(|&at| names_in_label(&table.text(at)[row], &genes))
            .collect(),
        changes: Vec::new(),
        series: series.map_or_else(String::new, |at| table.text(at)[row].clone()),
        time,
    };
    let mut rows: Vec<PerturbedRow> = times.into_iter().enumerate().map(row).collect();
    add_changes(table, &genes, &mut rows)?;
    Ok(PerturbedStates {
        rows,
        genes: genes.clone(),
        levels: Mat::from_fn(table.len(), columns.len(), |i, j| {
            table.value(i, columns[j])
        }),
        wild_type: None,
    })
}

/// What was done to the changed genes, where a column says the level that was left of them.
fn add_changes(table: &Table, genes: &Genes, rows: &mut [PerturbedRow]) -> Result<(), ReadError> {
    let mut names = genes.names().to_vec();
    for name in rows.iter().flat_map(|row| &row.changed) {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    let all = genes_of(table, names)?;
    let labels = Labels::find(table, &all, None)?;
    let Some(labels) = labels.filter(Labels::has_levels) else {
        return Ok(());
    };
    for (at, row) in rows.iter_mut().enumerate() {
        let done = labels.interventions(table, at, &all)?;
        let names = row.changed.iter();
        let changes = names.map(|name| {
            let mut done = done.iter();
            let found = done.find(|one| all.name(one.gene) == name);
            found.map_or(Change::Knockout, |one| one.change)
        });
        row.changes = changes.collect();
    }
    Ok(())
}

/// Whether the first cell below the header is a name.
fn first_is_text(bytes: &[u8], file: &str) -> bool {
    let Ok(mut rows) = Rows::open(bytes, file) else {
        return false;
    };
    let row = rows.advance().ok().flatten();
    row.is_some_and(|row| parse_cell(row.cell(0), true) == Cell::Text)
}

/// A table with genes in rows, and one sample per column whose name says what was changed.
fn wide_in_columns(bytes: &[u8], file: &str) -> Result<PerturbedStates, ReadError> {
    let table = Table::read(bytes, file, |at, _| match at {
        0 => Keep::Text,
        _ => Keep::Number,
    })?;
    let genes = genes_of(&table, table.text(0).to_vec())?;
    let columns = table.columns(Keep::Number);
    let rows = columns.iter().map(|&at| PerturbedRow {
        changed: names_in_label(&table.header()[at], &genes),
        ..PerturbedRow::default()
    });
    Ok(PerturbedStates {
        rows: rows.collect(),
        levels: Mat::from_fn(columns.len(), table.len(), |i, j| {
            table.value(j, columns[i])
        }),
        genes,
        wild_type: None,
    })
}

/// Times as numbers; none for words such as `steady`.
fn times(table: &Table, column: usize) -> Result<Vec<Option<f64>>, ReadError> {
    let marks = table.marks_of(column)?;
    let cells = table.text(column).iter().zip(table.lines());
    let time = |(cell, &line): (&String, &usize)| match marks.cell(cell) {
        Cell::Number(x) | Cell::Comma(x) => Ok(Some(x)),
        Cell::Text => Ok(None),
        Cell::Missing | Cell::Infinite => Err(missing_time(Place::row(table.file(), line))),
    };
    cells.map(time).collect()
}

/// A table with one level a row.
struct Long<'a> {
    table: &'a Table,
    time: usize,
    gene: usize,
    level: usize,
    wild_type: Option<usize>,
}

impl Long<'_> {
    fn states(&self) -> Result<PerturbedStates, ReadError> {
        let table = self.table;
        let times = times(table, self.time)?;
        let marks = self.marks(Some(self.level))?;
        let wild_marks = self.marks(self.wild_type)?;
        let (mut genes, mut columns) = (Vec::new(), HashMap::new());
        for name in table.text(self.gene) {
            columns.entry(name.clone()).or_insert_with(|| {
                genes.push(name.clone());
                genes.len() - 1
            });
        }
        let mut rows: Vec<PerturbedRow> = Vec::new();
        let mut positions: HashMap<Option<u64>, usize> = HashMap::new();
        for time in &times {
            positions.entry(time.map(f64::to_bits)).or_insert_with(|| {
                rows.push(PerturbedRow {
                    time: *time,
                    ..PerturbedRow::default()
                });
                rows.len() - 1
            });
        }
        let mut levels = Mat::from_fn(rows.len(), genes.len(), |_, _| f64::NAN);
        let mut wild_type = levels.clone();
        for (row, time) in times.iter().enumerate() {
            let name = &table.text(self.gene)[row];
            let at = (positions[&time.map(f64::to_bits)], columns[name]);
            if !levels[at].is_nan() {
                return Err(repeated_sample(
                    table.place(table.lines()[row], self.gene),
                    name,
                    "an earlier row of the same time",
                ));
            }
            levels[at] = self.number(row, self.level, &marks)?;
            if let Some(column) = self.wild_type {
                wild_type[at] = self.number(row, column, &wild_marks)?;
            }
        }
        Ok(PerturbedStates {
            genes: genes_of(table, genes)?,
            rows,
            levels,
            wild_type: self.wild_type.map(|_| wild_type),
        })
    }

    /// How the numbers of a column are written.
    fn marks(&self, column: Option<usize>) -> Result<NumberMarks, ReadError> {
        match column.filter(|&at| self.table.kind(at) == Keep::Text) {
            Some(at) => self.table.marks_of(at),
            None => Ok(NumberMarks::default()),
        }
    }

    fn number(&self, row: usize, column: usize, marks: &NumberMarks) -> Result<f64, ReadError> {
        if self.table.kind(column) == Keep::Number {
            return Ok(self.table.value(row, column));
        }
        let cell = &self.table.text(column)[row];
        match marks.cell(cell) {
            Cell::Number(x) | Cell::Comma(x) => Ok(x),
            Cell::Missing => Ok(f64::NAN),
            Cell::Infinite | Cell::Text => Err(wrong_cell(
                self.table.place(self.table.lines()[row], column),
                cell,
                "a number",
                "correct it, or leave the cell empty if the value is missing",
            )),
        }
    }
}
