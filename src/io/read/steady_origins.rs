//! How the rows of a table of steady states came about: what was changed in each.

use super::faults::{mismatch, wrong_cell};
use super::label_levels::scaled;
use super::perturbed::{LabelSearch, Labels};
use super::steady_rows::SteadyRows;
use crate::expression::{Intervention, Origin, check_interventions};
use crate::genes::{Gene, Genes};
use crate::io::text::{Keep, Place, ReadError, Table};

/// How every row came about, and what was decided about it.
#[derive(Default)]
pub(super) struct Origins<'t> {
    pub(super) origins: Vec<Origin>,
    pub(super) notes: Vec<String>,
    /// Labels of knockdowns in a table of knockouts.
    pub(super) knockdowns: Vec<&'t str>,
    /// Labels of controls that name a gene.
    pub(super) controls: Vec<&'t str>,
}

/// What was changed in every row.
///
/// # Errors   [`ReadError`] for a label that is not known, and for rows without labels that are not one per gene.
pub(super) fn origins<'t>(
    table: &'t Table,
    rows: SteadyRows,
    genes: &Genes,
    search: LabelSearch,
) -> Result<Origins<'t>, ReadError> {
    let of_all = |origin| Origins {
        origins: vec![origin; table.len()],
        ..Origins::default()
    };
    let level = match rows {
        SteadyRows::Changed { level } => level,
        SteadyRows::Multifactorial => return Ok(of_all(Origin::Multifactorial)),
        SteadyRows::WildType => {
            if let LabelSearch::Found(labels) = &search {
                refuse_changed(table, genes, labels)?;
            }
            return Ok(of_all(Origin::Interventions(Vec::new())));
        }
    };
    let labels = match search {
        LabelSearch::Found(labels) => labels,
        LabelSearch::Nothing => return in_order(table, genes, level, None),
        LabelSearch::Unreadable { error, named: true } => return Err(error),
        LabelSearch::Unreadable { error, .. } => return in_order(table, genes, level, Some(error)),
    };
    let mut found = Origins {
        notes: labels.note(table).into_iter().collect(),
        ..Origins::default()
    };
    for row in 0..table.len() {
        let changes = labels.interventions(table, row, genes)?;
        if level == 0.0 && !labels.has_levels() {
            found
                .knockdowns
                .extend(labels.knockdowns(table, row, genes));
        }
        found.controls.extend(labels.controls(table, row, genes));
        found.origins.push(checked(table, row, changes, genes)?);
    }
    Ok(found)
}

fn checked(
    table: &Table,
    row: usize,
    changes: Vec<Intervention>,
    genes: &Genes,
) -> Result<Origin, ReadError> {
    check_interventions(&changes, genes, None).map_err(|source| {
        ReadError::invalid(Place::row(table.file(), table.lines()[row]), source)
    })?;
    Ok(Origin::Interventions(changes))
}

/// A table without labels: row `k` is about the gene of column `k`.
///
/// * `unreadable`: the error about a column that may be one of labels
fn in_order<'t>(
    table: &'t Table,
    genes: &Genes,
    level: f64,
    unreadable: Option<ReadError>,
) -> Result<Origins<'t>, ReadError> {
    let order = table.columns(Keep::Number).into_iter();
    let order = order.filter_map(|column| genes.find(&table.header()[column]));
    let order: Vec<Gene> = order.collect();
    if order.len() != table.len() {
        if let Some(error) = unreadable {
            return Err(error);
        }
        return Err(mismatch(
            table.file(),
            format!(
                "found {} rows and no column that says which gene was changed in each",
                table.len()
            ),
            format!(
                "a column `perturbed`, or {} rows, one for each gene",
                order.len()
            ),
            "add the column, with the name of a gene in every row",
        ));
    }
    let note = format!(
        "{}: no column says which gene was changed, and there are as many rows as genes: row k is \
         taken for the gene of column k",
        table.file()
    );
    let origins = order
        .into_iter()
        .map(|gene| Origin::Interventions(vec![Intervention::always(gene, scaled(level))]));
    Ok(Origins {
        origins: origins.collect(),
        notes: vec![note],
        ..Origins::default()
    })
}

/// A table of the wild type has no sample in which a gene was changed.
fn refuse_changed(table: &Table, genes: &Genes, labels: &Labels) -> Result<(), ReadError> {
    for row in 0..table.len() {
        let changes = labels.interventions(table, row, genes)?;
        if let Some(change) = changes.first() {
            return Err(wrong_cell(
                Place::row(table.file(), table.lines()[row]),
                genes.name(change.gene),
                "the wild type, in which no gene was changed",
                "give the row in a table of knockouts, knockdowns or overexpression",
            ));
        }
    }
    Ok(())
}
