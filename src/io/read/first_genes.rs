//! The genes of the first table of steady states, where there are no series.

use std::collections::HashMap;

use super::columns::{Role, role};
use super::faults::{all_missing, check_gene_name, no_genes, repeated_gene};
use super::metadata_columns::{Metadata, series_kind};
use super::perturbed::is_mark;
use super::samples::series_not_steady;
use super::series_options::{Duplicates, MERGE_CURE, SeriesOptions};
use crate::genes::Genes;
use crate::io::text::{Keep, Place, ReadError, Table};

/// The genes of a table, and what was decided about its other columns.
pub(super) struct FirstGenes {
    pub(super) genes: Genes,
    /// Positions of columns of which the notes say what they are.
    pub(super) others: Vec<usize>,
    pub(super) notes: Vec<String>,
}

/// Finds them: columns of numbers, unless their names or cells say that they describe the samples or what was
/// changed.
///
/// # Errors   [`ReadError`] for a time, a gene without a name or value, and a column that may be a gene or not.
pub(super) fn first_genes(
    bytes: &[u8],
    file: &str,
    options: &SeriesOptions,
) -> Result<FirstGenes, ReadError> {
    let table = Table::read_as(bytes, file, options.text, |at, name| {
        match series_kind(at, name, options) {
            Keep::Text if options.role_of(name).is_none() && is_mark(name) => Keep::Text,
            Keep::Text if at == 0 && role(name) == Role::Other => Keep::Guess,
            _ if options.role_of(name).is_none() && is_mark(name) => Keep::Text,
            kind => kind,
        }
    })?;
    let metadata = Metadata::of_states(&table, options, &is_mark)?;
    if let Some(time) = metadata.time {
        return Err(series_not_steady(&table, time));
    }
    let columns = metadata.gene_columns(&table);
    let others = (0..table.header().len()).filter(|at| !columns.contains(at));
    for &column in &columns {
        let (name, place) = (&table.header()[column], || table.header_place(column));
        check_gene_name(name, place)?;
        let cells = match table.kind(column) {
            Keep::Text => table.text_as_numbers(column)?,
            _ => (0..table.len())
                .map(|row| table.value(row, column))
                .collect(),
        };
        if cells.iter().all(|x| x.is_nan()) {
            let cure = format!(", or leave it out with `--ignore {name}`");
            return Err(all_missing(place(), name, &cure));
        }
    }
    if columns.is_empty() {
        return Err(no_genes(file));
    }
    let mut names: Vec<String> = Vec::with_capacity(columns.len());
    let mut seen = HashMap::new();
    for &column in &columns {
        let name = &table.header()[column];
        match seen.insert(name, column) {
            None => names.push(name.clone()),
            Some(first) if options.duplicates == Duplicates::Error => {
                let first = format!("column {}", table.column_number(first));
                let place = table.header_place(column);
                return Err(repeated_gene(place, name, &first).cured_by(MERGE_CURE));
            }
            Some(_) => {}
        }
    }
    let genes =
        Genes::new(names).map_err(|source| ReadError::invalid(Place::file(file), source))?;
    Ok(FirstGenes {
        genes,
        others: others.collect(),
        notes: metadata.notes,
    })
}
