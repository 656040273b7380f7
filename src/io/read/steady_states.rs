//! Tables of steady states: wild type, knockouts, knockdowns, overexpression, multifactorial.

use std::io::Read;

use faer::Mat;

use super::blank_labels::BlankLabels;
use super::columns::{Role, role};
use super::faults::{mismatch, repeated_gene, wrong_cell};
use super::first_genes::{FirstGenes, first_genes};
use super::mutant_columns::{read_mutant_columns, text_columns};
use super::perturbation_label::is_wild_type;
use super::perturbed::{Labels, is_mark, scaled};
use super::series_options::{Orientation, SeriesOptions};
use super::steady_orientation::orient_steady;
use super::steady_rows::SteadyRows;
use super::steady_samples::{SteadyTable, knockdowns_as_knockouts};
use crate::expression::{Intervention, Origin, SteadySample, SteadyStates, check_interventions};
use crate::genes::{Gene, Genes};
use crate::io::text::{Fault, Keep, Place, ReadError, Reading, Table, if_any, name_some};

/// Reads steady states of the genes of the data, one per row.
///
/// * Genes are in columns, found by their names, in any order. A gene of the series without a
///   column is missing in every row. Or they are in rows, with one sample per column whose name says what
///   was changed: recognised by names and levels, and noted.
/// * A column `perturbed` (or `gene`, `knockout`, `strain` …) says what was changed: a gene, or
///   several joined by `+` or `;`; nothing, `WT` or `control` is the wild type. So do columns
///   `gene_i` and `gene_j`. A column `level` may say how strongly. Without any of them a table of
///   as many rows as genes has one row for each, in the order of the columns (DREAM).
/// * Replicates are rows of their own.
///
/// # Errors   [`ReadError`] with file, row, column and cure.
/// # Cost     one pass over the text; 16 bytes a value at the peak.
pub fn read_steady_states(
    input: impl Read,
    file: &str,
    rows: SteadyRows,
    genes: &Genes,
) -> Result<Reading<SteadyStates>, ReadError> {
    read_oriented_states(input, file, rows, genes, Orientation::Auto)
}

/// The same, where the user may have said where the genes are.
///
/// # Errors   as [`read_steady_states`].
pub(super) fn read_oriented_states(
    input: impl Read,
    file: &str,
    rows: SteadyRows,
    genes: &Genes,
    asked: Orientation,
) -> Result<Reading<SteadyStates>, ReadError> {
    let bytes = whole(input, file)?;
    let side = orient_steady(&bytes, file, rows, Some(genes), asked)?;
    let states = if side.genes_in_rows {
        read_mutant_columns(&bytes, file, rows, Some(genes), &[])?
    } else {
        states_in_rows(&bytes, file, rows, genes, &[])?
    };
    states.reading(file, side)
}

/// Reads a table with one sample per row.
///
/// * `reported`: positions of columns of which it was said already what they are
fn states_in_rows(
    bytes: &[u8],
    file: &str,
    rows: SteadyRows,
    genes: &Genes,
    reported: &[usize],
) -> Result<SteadyTable, ReadError> {
    let text = text_columns(bytes, file)?;
    let table = Table::read(bytes, file, |at, name| match genes.find(name) {
        Some(_) if !reported.contains(&at) => Keep::Number,
        _ if is_mark(name) || text[at] => Keep::Text,
        _ => Keep::Skip,
    })?;
    states_of(&table, rows, genes, reported)
}

/// Reads the first table of steady states where there are no series: columns of numbers that do not say
/// what was changed, and that do not describe the samples, are genes.
///
/// * `asked`: where the genes are, if the user said so
///
/// # Errors   as [`read_steady_states`], and for a gene without a name, or without any value.
pub(super) fn read_first_steady_states(
    input: impl Read,
    file: &str,
    rows: SteadyRows,
    options: &SeriesOptions,
    asked: Orientation,
) -> Result<Reading<SteadyStates>, ReadError> {
    let bytes = whole(input, file)?;
    let side = orient_steady(&bytes, file, rows, None, asked)?;
    if side.genes_in_rows {
        return read_mutant_columns(&bytes, file, rows, None, &options.ignore)?.reading(file, side);
    }
    let FirstGenes {
        genes,
        others,
        notes,
    } = first_genes(&bytes, file, options)?;
    let mut reading = states_in_rows(&bytes, file, rows, &genes, &others)?.reading(file, side)?;
    reading.notes.extend(notes);
    Ok(reading)
}

/// All bytes of a file: it is looked at before it is read.
fn whole(mut input: impl Read, file: &str) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    input
        .read_to_end(&mut bytes)
        .map_err(|source| ReadError::unreadable(file, source))?;
    Ok(bytes)
}

fn states_of(
    table: &Table,
    rows: SteadyRows,
    genes: &Genes,
    reported: &[usize],
) -> Result<SteadyTable, ReadError> {
    let file = table.file();
    let labels = match rows {
        SteadyRows::Changed { level } => Labels::find(table, genes, Some(level))?,
        SteadyRows::WildType => Labels::find(table, genes, Some(0.0))?,
        SteadyRows::Multifactorial => None,
    };
    let named = labels.as_ref().map_or(&[][..], Labels::columns);
    let columns = columns(table, genes, &[reported, named].concat())?;
    let Origins {
        origins,
        notes,
        knockdowns,
    } = origins(table, rows, genes, labels.as_ref())?;
    let called = row_names(table);
    let samples = origins.into_iter().enumerate();
    let samples = samples.map(|(row, origin)| SteadySample {
        name: Place::row(file, table.lines()[row]).to_string(),
        label: called.map_or_else(String::new, |names| names[row].clone()),
        origin,
    });
    let values = Mat::from_fn(table.len(), genes.len(), |row, gene| {
        columns.positions[gene].map_or(f64::NAN, |column| table.value(row, column))
    });
    let mut warnings: Vec<String> = table.warning().into_iter().collect();
    warnings.extend(columns.warnings);
    warnings.extend(knockdowns_as_knockouts(file, &knockdowns));
    let mut states = SteadyTable {
        genes: genes.clone(),
        samples: samples.collect(),
        values,
        notes: [table.note()].into_iter().chain(notes).collect(),
        warnings,
    };
    if let (SteadyRows::Changed { level }, Some(labels)) = (rows, &labels) {
        let warning = blank_labels(table, labels, level).check(&states)?;
        states.warnings.extend(warning);
    }
    Ok(states)
}

/// The rows whose labels say nothing.
fn blank_labels<'t>(table: &'t Table, labels: &Labels, level: f64) -> BlankLabels<'t> {
    let column = labels.columns()[0];
    let cells = table.text(column);
    let (blank, others): (Vec<usize>, Vec<usize>) =
        (0..table.len()).partition(|&row| labels.is_blank(table, row));
    let wild_type = others.iter().map(|&row| cells[row].as_str());
    BlankLabels {
        samples: blank
            .iter()
            .map(|&row| {
                (
                    row,
                    table.place(table.lines()[row], column),
                    cells[row].as_str(),
                )
            })
            .collect(),
        wild_type: wild_type.into_iter().find(|cell| is_wild_type(cell)),
        level,
    }
}

/// What the rows are called: their condition, else their name.
fn row_names(table: &Table) -> Option<&[String]> {
    let text = table.columns(Keep::Text);
    let called = |wanted: &dyn Fn(&str) -> bool| {
        let mut columns = text.iter();
        columns.find(|&&at| wanted(&table.header()[at])).copied()
    };
    let column = called(&|name| role(name) == Role::Condition)
        .or_else(|| called(&|name| role(name) == Role::Sample || name.is_empty()));
    column.map(|column| table.text(column))
}

/// Where every gene stands, and what does not fit.
struct GeneColumns {
    positions: Vec<Option<usize>>,
    warnings: Vec<String>,
}

/// Finds the genes in the header; a table about other genes is refused.
///
/// * `known`: columns of which it is known what else they are
fn columns(table: &Table, genes: &Genes, known: &[usize]) -> Result<GeneColumns, ReadError> {
    let mut positions: Vec<Option<usize>> = vec![None; genes.len()];
    let mut others = Vec::new();
    for (column, name) in table.header().iter().enumerate() {
        if known.contains(&column) {
            continue;
        }
        let Some(Gene(gene)) = genes.find(name) else {
            if !is_mark(name) {
                others.push(name.as_str());
            }
            continue;
        };
        if let Some(first) = positions[gene].replace(column) {
            return Err(repeated_gene(
                table.header_place(column),
                name,
                &format!("column {}", table.column_number(first)),
            ));
        }
    }
    let absent = genes
        .iter()
        .filter(|gene| positions[gene.index()].is_none());
    let absent: Vec<&str> = absent.map(|gene| genes.name(gene)).collect();
    let known = genes.len() - absent.len();
    let strange = others.iter().filter(|name| role(name) == Role::Other);
    if known == 0 || strange.count() > known {
        return Err(mismatch(
            table.file(),
            format!(
                "found {known} column(s) of genes of the data and others: {}",
                name_some(&others)
            ),
            format!("columns such as {}", name_some(genes.names())),
            "give one column per gene, spelled as in the data",
        ));
    }
    let file = table.file();
    let passed = if_any(&others, |count, some| {
        format!("{file}: {count} column(s) are not genes of the data and are left out: {some}")
    });
    let missing = if_any(&absent, |count, some| {
        format!("{file}: {count} gene(s) of the data have no steady state here: {some}")
    });
    Ok(GeneColumns {
        positions,
        warnings: passed.into_iter().chain(missing).collect(),
    })
}

/// How every row came about, and what was decided about it.
#[derive(Default)]
struct Origins<'t> {
    origins: Vec<Origin>,
    notes: Vec<String>,
    /// Labels of knockdowns in a table of knockouts.
    knockdowns: Vec<&'t str>,
}

fn origins<'t>(
    table: &'t Table,
    rows: SteadyRows,
    genes: &Genes,
    labels: Option<&Labels>,
) -> Result<Origins<'t>, ReadError> {
    let of_all = |origin| Origins {
        origins: vec![origin; table.len()],
        ..Origins::default()
    };
    let level = match (rows, labels) {
        (SteadyRows::Changed { level }, _) => level,
        (SteadyRows::Multifactorial, _) => return Ok(of_all(Origin::Multifactorial)),
        (SteadyRows::WildType, labels) => {
            if let Some(labels) = labels {
                refuse_changed(table, genes, labels)?;
            }
            return Ok(of_all(Origin::Interventions(Vec::new())));
        }
    };
    let Some(labels) = labels else {
        return in_order(table, genes, level);
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
fn in_order<'t>(table: &'t Table, genes: &Genes, level: f64) -> Result<Origins<'t>, ReadError> {
    let order = table.columns(Keep::Number).into_iter();
    let order = order.filter_map(|column| Some((column, genes.find(&table.header()[column])?)));
    let (columns, order): (Vec<usize>, Vec<Gene>) = order.unzip();
    if order.len() != table.len() {
        if let Some(error) = Labels::unreadable(table, genes) {
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
    if level == 0.0 {
        refuse_other_order(table, &columns)?;
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

/// A gene is lowest where it was knocked out: on the knockout tables of DREAM3 and DREAM4 this is so for 99 to 100 %
/// of the genes. Where it is so for fewer than half, the rows have another order.
fn refuse_other_order(table: &Table, columns: &[usize]) -> Result<(), ReadError> {
    let lowest = |column: usize| {
        let rows = (0..table.len()).filter(|&row| !table.value(row, column).is_nan());
        rows.min_by(|&a, &b| table.value(a, column).total_cmp(&table.value(b, column)))
    };
    let elsewhere = |(row, &column): (usize, &usize)| {
        let other = lowest(column)?;
        (table.value(other, column) < table.value(row, column)).then_some((column, other))
    };
    let others: Vec<(usize, usize)> = columns.iter().enumerate().filter_map(elsewhere).collect();
    match others.first() {
        Some(&(column, row)) if 2 * others.len() > columns.len() => {
            let found = format!(
                "no column says which gene was changed, and row k is not the knockout of column k: {} of {} genes are \
                 lowest in another row (`{}` in row {})",
                others.len(),
                columns.len(),
                table.header()[column],
                table.lines()[row]
            );
            Err(
                ReadError::new(Fault::Mismatch, Place::file(table.file()), found)
                    .expecting(
                        "a column `perturbed`, or one row per gene in the order of the columns",
                    )
                    .cured_by("add the column, with the name of a gene in every row"),
            )
        }
        _ => Ok(()),
    }
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
