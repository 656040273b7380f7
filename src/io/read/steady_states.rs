//! Tables of steady states: wild type, knockouts, knockdowns, overexpression, multifactorial.

use std::io::Read;

use faer::Mat;

use super::columns::{Role, kind, role};
use super::faults::{all_missing, check_gene_name, mismatch, no_genes, repeated_gene, wrong_cell};
use super::mutant_columns::read_mutant_columns;
use super::perturbed::{Labels, is_mark, scaled};
use super::series_options::Orientation;
use super::steady_orientation::orient_steady;
use super::steady_rows::SteadyRows;
use super::steady_samples::{SteadyTable, knockdowns_as_knockouts};
use super::table_layout::series_not_steady;
use crate::expression::{Intervention, Origin, SteadySample, SteadyStates, check_interventions};
use crate::genes::{Gene, Genes};
use crate::io::text::{Keep, Place, ReadError, Reading, Table, if_any, name_some};

/// Reads steady states of the genes of the time series, one per row.
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
        let table = Table::read(&bytes[..], file, |_, name| match genes.find(name) {
            Some(_) => Keep::Number,
            None if is_mark(name) => Keep::Text,
            None => Keep::Skip,
        })?;
        states_of(&table, rows, genes)?
    };
    states.reading(file, side)
}

/// Reads the first table of steady states where there are no series: every column that does not say
/// what was changed is a gene.
///
/// * `ignore`: columns to pass over; capitals do not matter
/// * `asked`: where the genes are, if the user said so
///
/// # Errors   as [`read_steady_states`], and for a gene without a name, or without any value.
pub(super) fn read_first_steady_states(
    input: impl Read,
    file: &str,
    rows: SteadyRows,
    ignore: &[String],
    asked: Orientation,
) -> Result<Reading<SteadyStates>, ReadError> {
    let bytes = whole(input, file)?;
    let side = orient_steady(&bytes, file, rows, None, asked)?;
    if side.genes_in_rows {
        return read_mutant_columns(&bytes, file, rows, None, ignore)?.reading(file, side);
    }
    let table = Table::read(&bytes[..], file, |at, name| match kind(at, name, ignore) {
        Keep::Skip => Keep::Skip,
        _ if is_mark(name) => Keep::Text,
        _ => Keep::Number,
    })?;
    let columns = table.columns(Keep::Number);
    let is_time = |column: &&usize| role(&table.header()[**column]) == Role::Time;
    if let Some(&time) = columns.iter().find(is_time) {
        return Err(series_not_steady(&table, time));
    }
    let (counters, columns): (Vec<usize>, Vec<usize>) = columns
        .into_iter()
        .partition(|&column| counts_samples(&table, column));
    for &column in &columns {
        let (name, place) = (&table.header()[column], || table.header_place(column));
        check_gene_name(name, place)?;
        if (0..table.len()).all(|row| table.value(row, column).is_nan()) {
            let cure = format!(", or leave it out with `--ignore {name}`");
            return Err(all_missing(place(), name, &cure));
        }
    }
    if columns.is_empty() {
        return Err(no_genes(file));
    }
    let names = columns.iter().map(|&column| table.header()[column].clone());
    let genes =
        Genes::new(names).map_err(|source| ReadError::invalid(Place::file(file), source))?;
    let mut reading = states_of(&table, rows, &genes)?.reading(file, side)?;
    let counters: Vec<&String> = counters.iter().map(|&at| &table.header()[at]).collect();
    reading.notes.extend(if_any(&counters, |_, some| {
        format!("{file}: left out, as they number samples: {some}")
    }));
    Ok(reading)
}

/// Whether a column is called like replicates or samples and holds whole numbers no larger than their number.
fn counts_samples(table: &Table, column: usize) -> bool {
    let named = matches!(role(&table.header()[column]), Role::Series | Role::Sample);
    let rows = table.len();
    let mut values = (0..rows).map(|row| table.value(row, column));
    named && values.all(|x| x.fract() == 0.0 && (0.0..=rows as f64).contains(&x))
}

/// All bytes of a file: it is looked at before it is read.
fn whole(mut input: impl Read, file: &str) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    input
        .read_to_end(&mut bytes)
        .map_err(|source| ReadError::unreadable(file, source))?;
    Ok(bytes)
}

fn states_of(table: &Table, rows: SteadyRows, genes: &Genes) -> Result<SteadyTable, ReadError> {
    let file = table.file();
    let columns = columns(table, genes)?;
    let Origins {
        origins,
        note,
        knockdowns,
    } = origins(table, rows, genes)?;
    let labels = labels(table);
    let samples = origins.into_iter().enumerate();
    let samples = samples.map(|(row, origin)| SteadySample {
        name: Place::row(file, table.lines()[row]).to_string(),
        label: labels.map_or_else(String::new, |labels| labels[row].clone()),
        origin,
    });
    let values = Mat::from_fn(table.len(), genes.len(), |row, gene| {
        columns.positions[gene].map_or(f64::NAN, |column| table.value(row, column))
    });
    let mut warnings: Vec<String> = table.warning().into_iter().collect();
    warnings.extend(columns.warnings);
    warnings.extend(knockdowns_as_knockouts(file, &knockdowns));
    Ok(SteadyTable {
        genes: genes.clone(),
        samples: samples.collect(),
        values,
        notes: [table.note()].into_iter().chain(note).collect(),
        warnings,
    })
}

/// What the rows are called: their condition, else their name.
fn labels(table: &Table) -> Option<&[String]> {
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
fn columns(table: &Table, genes: &Genes) -> Result<GeneColumns, ReadError> {
    let mut positions: Vec<Option<usize>> = vec![None; genes.len()];
    let mut others = Vec::new();
    for (column, name) in table.header().iter().enumerate() {
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
                &format!("column {}", first + 1),
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
                "found {known} column(s) of genes of the time series and others: {}",
                name_some(&others)
            ),
            format!("columns such as {}", name_some(genes.names())),
            "give one gene a column, spelled as in the time series",
        ));
    }
    let file = table.file();
    let passed = if_any(&others, |count, some| {
        format!(
            "{file}: {count} column(s) are not genes of the time series and are left out: {some}"
        )
    });
    let missing = if_any(&absent, |count, some| {
        format!("{file}: {count} gene(s) of the time series have no steady state here: {some}")
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
    note: Option<String>,
    /// Labels of knockdowns in a table of knockouts.
    knockdowns: Vec<&'t str>,
}

fn origins<'t>(
    table: &'t Table,
    rows: SteadyRows,
    genes: &Genes,
) -> Result<Origins<'t>, ReadError> {
    let level = match rows {
        SteadyRows::Changed { level } => level,
        SteadyRows::Multifactorial => {
            return Ok(Origins {
                origins: vec![Origin::Multifactorial; table.len()],
                ..Origins::default()
            });
        }
        SteadyRows::WildType => {
            refuse_changed(table, genes)?;
            return Ok(Origins {
                origins: vec![Origin::Interventions(Vec::new()); table.len()],
                ..Origins::default()
            });
        }
    };
    let Some(labels) = Labels::find(table, genes) else {
        let (origins, note) = in_order(table, genes, level)?;
        return Ok(Origins {
            origins,
            note,
            ..Origins::default()
        });
    };
    let mut found = Origins::default();
    for row in 0..table.len() {
        let changes = labels.interventions(table, row, genes, level)?;
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
fn in_order(
    table: &Table,
    genes: &Genes,
    level: f64,
) -> Result<(Vec<Origin>, Option<String>), ReadError> {
    let order = table.header().iter().filter_map(|name| genes.find(name));
    let order: Vec<Gene> = order.collect();
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
    let note = format!(
        "{}: no column says which gene was changed, and there are as many rows as genes: row k is \
         taken for the gene of column k",
        table.file()
    );
    let origins = order
        .into_iter()
        .map(|gene| Origin::Interventions(vec![Intervention::always(gene, scaled(level))]));
    Ok((origins.collect(), Some(note)))
}

/// A wild type in which a gene was changed is none.
fn refuse_changed(table: &Table, genes: &Genes) -> Result<(), ReadError> {
    let Some(labels) = Labels::find(table, genes) else {
        return Ok(());
    };
    for row in 0..table.len() {
        let changes = labels.interventions(table, row, genes, 0.0)?;
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
