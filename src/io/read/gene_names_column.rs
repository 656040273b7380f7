//! The column that names the genes of a table with genes in rows, where it is not the first one.
//!
//! A column whose name says so and whose cells are distinct words comes before coordinates, ranks and biotypes; of
//! several, the one with most regulators, then the first column, then the surest name.

use std::cmp::Reverse;
use std::collections::HashSet;

use super::columns::{Role, names_genes, plain, role};
use super::header_times::sample_columns;
use super::sample_names::times_said;
use super::series_options::{ColumnRole, Orientation, SeriesOptions};
use super::time_source::TimeSource;
use super::time_unit::parse_time;
use crate::io::text::{Keep, ReadError, Table, gene_word_rank};

/// Moves the column of the names of the genes to the front, where the readers look for it; a note if it was not there.
///
/// * `options`: genes are in rows if the user said which column of words names them
///
/// # Errors   a column of words that the user called a gene, beside a time column.
pub(super) fn gene_names_first(
    table: &mut Table,
    times: TimeSource<'_>,
    options: &mut SeriesOptions,
) -> Result<Option<String>, ReadError> {
    let samples_in_rows = options.genes == Orientation::Columns
        || table.header().iter().any(|name| role(name) == Role::Time);
    let chosen = match said(table, options) {
        Some(column) if samples_in_rows => {
            table.text_as_numbers(column)?;
            return Ok(None);
        }
        Some(column) => {
            options.genes = Orientation::Rows;
            Some(column)
        }
        None if samples_in_rows => None,
        None => named(table, times, options),
    };
    let Some(column) = chosen.filter(|&column| column > 0) else {
        return Ok(None);
    };
    let place = table.header_place(column);
    table.bring_to_front(column);
    Ok(Some(format!("{place}: names the genes")))
}

/// The column of words that the user called a gene.
fn said(table: &Table, options: &SeriesOptions) -> Option<usize> {
    let mut words = words_columns(table).into_iter();
    words.find(|&at| options.role_of(&table.header()[at]) == Some(ColumnRole::Gene))
}

/// The column whose name and cells say that it names the genes.
fn named(table: &Table, times: TimeSource<'_>, options: &SeriesOptions) -> Option<usize> {
    let may_name = |&at: &usize| {
        let name = &table.header()[at];
        options.role_of(name).is_none()
            && (at == 0 && name.is_empty()
                || names_genes(name)
                || is_plain_word(name)
                    && (at == 0 || has_samples_across(table, times, options, at)))
    };
    let columns = words_columns(table).into_iter().filter(may_name);
    let order = |&at: &usize| {
        let cells = table.text(at);
        let regulators = cells
            .iter()
            .filter(|cell| options.regulators.contains(cell));
        let rank = gene_word_rank(&table.header()[at]);
        (
            Reverse(distinct(cells)),
            Reverse(regulators.count()),
            at > 0,
            rank,
        )
    };
    columns.min_by_key(order)
}

/// Names of columns that may also be about samples.
fn is_plain_word(name: &str) -> bool {
    ["gene", "name", "names"].contains(&plain(name).as_str())
}

/// Columns of which not all cells are numbers.
pub(super) fn words_columns(table: &Table) -> Vec<usize> {
    let mut columns = table.columns(Keep::Text);
    columns.retain(|&at| table.text_as_numbers(at).is_err());
    columns
}

/// Whether all names are there and different.
pub(super) fn distinct(cells: &[String]) -> bool {
    let mut seen = HashSet::new();
    cells
        .iter()
        .all(|cell| !cell.is_empty() && seen.insert(cell))
}

/// Whether the header names samples rather than genes: a column `gene` beside genes says which one was changed.
fn has_samples_across(
    table: &Table,
    times: TimeSource<'_>,
    options: &SeriesOptions,
    column: usize,
) -> bool {
    let cells = table.text(column);
    if table.header().iter().any(|name| cells.contains(name)) {
        return false;
    }
    let across = sample_columns(table).into_iter();
    let across: Vec<String> = across.map(|at| table.header()[at].clone()).collect();
    let regulators = cells.iter().any(|cell| options.regulators.contains(cell));
    let timed = || !across.is_empty() && across.iter().all(|name| parse_time(name).is_some());
    let listed = times.file().is_some_and(|times| times.count(&across) > 0);
    options.genes == Orientation::Rows
        || regulators
        || listed
        || times_said(&across).is_some()
        || timed()
}
