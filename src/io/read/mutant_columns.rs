//! Tables of steady states with genes in rows and one sample per column.

use std::collections::HashMap;

use super::blank_labels::BlankLabels;
use super::columns::is_ignored;
use super::faults::{
    check_gene_name, mismatch, no_genes, repeated_gene, unreadable_label, wrong_cell,
};
use super::label_levels::{is_knockdown, level_of, other_change, scaled};
use super::own_levels::{LabelSource, OwnLevels};
use super::perturbation_label::{is_control_of_gene, is_wild_type, read_label};
use super::perturbation_words::is_blank;
use super::sample_measures::genes_among;
use super::sample_summaries::measured_samples;
use super::series_options::{ColumnRole, Duplicates, MERGE_CURE, SeriesOptions};
use super::steady_rows::SteadyRows;
use super::steady_samples::{
    SteadyTable, controls_as_wild_type, knockdowns_as_knockouts, labels_not_used,
};
use crate::expression::{Intervention, Origin, SteadySample, check_interventions};
use crate::genes::Genes;
use crate::io::text::{
    Cell, Keep, Place, ReadError, Rows, Table, if_any, is_dash, name_some, parse_cell,
};

/// Reads a table whose first column names the genes, and whose header says what was changed.
///
/// * `known`: the genes of the series; none where the table itself names them
/// * `options`: what holds for columns and genes of every table
///
/// # Errors   [`ReadError`] with file, row, column and cure.
pub(super) fn read_mutant_columns(
    bytes: &[u8],
    file: &str,
    rows: SteadyRows,
    known: Option<&Genes>,
    options: &SeriesOptions,
) -> Result<SteadyTable, ReadError> {
    let LevelColumns { table, passed } = LevelColumns::read(bytes, file, options)?;
    let genes = match known {
        Some(genes) => genes.clone(),
        None => genes_of(&table, options.duplicates)?,
    };
    let all = table.columns(Keep::Number);
    let name = |at: usize| table.header()[at].as_str();
    let names: Vec<&str> = all.iter().map(|&at| name(at)).collect();
    let (measured, summaries) = measured_samples(&names, file, |name| genes.find(name).is_some());
    let columns: Vec<usize> = measured.into_iter().map(|at| all[at]).collect();
    if columns.is_empty() {
        let found = "found no column of levels".to_owned();
        let cure = "give every sample a column";
        return Err(mismatch(file, found, "one column per sample", cure));
    }
    let rows_of_genes = gene_rows(&table, &genes, options.duplicates)?;
    let samples = columns.iter().map(|&column| {
        Ok(SteadySample {
            name: Place::column(file, table.column_number(column), name(column)).to_string(),
            label: match rows {
                SteadyRows::Changed { .. } => String::new(),
                _ => name(column).to_owned(),
            },
            origin: origin(&table, column, rows, &genes)?,
        })
    });
    let samples: Vec<SteadySample> = samples.collect::<Result<_, ReadError>>()?;
    let values = faer::Mat::from_fn(columns.len(), genes.len(), |sample, gene| {
        let levels = rows_of_genes.positions[gene].iter();
        let levels = levels.map(|&row| table.value(row, columns[sample]));
        options.duplicates.merge(levels)
    });
    let copies = &rows_of_genes.positions;
    let merged = options.duplicates.note_of(file, &genes, copies);
    let mut warnings: Vec<String> = table.warning().into_iter().collect();
    warnings.extend(rows_of_genes.warnings);
    warnings.extend(uncertain_labels(file, &names, rows, &genes));
    warnings.extend(passed);
    let mut controls = names;
    let changed = matches!(rows, SteadyRows::Changed { .. });
    controls.retain(|name| changed && is_control_of_gene(name, &genes));
    let controls = controls_as_wild_type(file, &controls);
    let notes = [Some(table.note()), summaries, merged, controls]
        .into_iter()
        .flatten();
    let mut states = SteadyTable {
        genes,
        samples,
        values,
        notes: notes.collect(),
        warnings,
    };
    if let SteadyRows::Changed { level } = rows {
        let warning = blank_labels(&table, &columns, level).check(&states)?;
        states.warnings.extend(warning);
        let warning = OwnLevels::new(&states, file, LabelSource::Labels).check()?;
        states.warnings.extend(warning);
    }
    Ok(states)
}

/// A warning about labels that say something else than their table.
fn uncertain_labels(file: &str, names: &[&str], rows: SteadyRows, genes: &Genes) -> Option<String> {
    match rows {
        SteadyRows::Multifactorial => {
            let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
            labels_not_used(file, &names, genes)
        }
        SteadyRows::Changed { level: 0.0 } => {
            let mut knockdowns = names.to_vec();
            knockdowns.retain(|name| is_knockdown(name, genes));
            knockdowns_as_knockouts(file, &knockdowns)
        }
        _ => None,
    }
}

/// A table of which the columns of numbers are samples.
struct LevelColumns {
    table: Table,
    /// A warning about other columns.
    passed: Option<String>,
}

impl LevelColumns {
    fn read(bytes: &[u8], file: &str, options: &SeriesOptions) -> Result<Self, ReadError> {
        let text = text_columns(bytes, file)?;
        let left_out = |name: &str| {
            let said = options.role_of(name);
            is_ignored(name, &options.ignore) || said.is_some_and(|role| role != ColumnRole::Sample)
        };
        let table = Table::read_as(bytes, file, options.text, |at, name| match at {
            0 => Keep::Text,
            _ if text[at] || left_out(name) => Keep::Skip,
            _ => Keep::Number,
        })?;
        let passed: Vec<&str> = (1..text.len())
            .map(|at| (at, table.header()[at].as_str()))
            .filter(|&(at, name)| text[at] && !left_out(name))
            .map(|(_, name)| name)
            .collect();
        let passed = if_any(&passed, |count, some| {
            format!("{file}: {count} column(s) hold no levels and are left out: {some}")
        });
        Ok(Self { table, passed })
    }
}

/// The columns whose names say nothing.
fn blank_labels<'t>(table: &'t Table, columns: &[usize], level: f64) -> BlankLabels<'t> {
    let name = |column: usize| table.header()[column].as_str();
    let blank = columns.iter().copied().enumerate();
    let blank = blank.filter(|&(_, column)| is_blank(name(column)));
    let mut others = columns.iter().map(|&column| name(column));
    BlankLabels {
        samples: blank
            .map(|(sample, column)| (sample, table.header_place(column), name(column)))
            .collect(),
        wild_type: others.find(|name| !is_blank(name) && is_wild_type(name)),
        level,
    }
}

/// Rows that are looked at to tell columns of text from columns of numbers.
const FIRST_ROWS: usize = 50;

/// Which columns hold text, as far as the first rows show: a number below a text is a fault of a cell.
pub(super) fn text_columns(bytes: &[u8], file: &str) -> Result<Vec<bool>, ReadError> {
    let mut rows = Rows::open(bytes, file)?;
    rows.complete_header();
    let mut text: Vec<Option<bool>> = vec![None; rows.header().len()];
    for _ in 0..FIRST_ROWS {
        let Some(row) = rows.advance()? else { break };
        for (at, text) in text
            .iter_mut()
            .enumerate()
            .filter(|(_, text)| text.is_none())
        {
            let cell = row.cell(at);
            *text = match parse_cell(cell, true) {
                Cell::Missing => None,
                Cell::Text if is_dash(cell) => None,
                kind => Some(kind == Cell::Text),
            };
        }
    }
    Ok(text.iter().map(|text| *text == Some(true)).collect())
}

/// The genes that the table itself names.
fn genes_of(table: &Table, duplicates: Duplicates) -> Result<Genes, ReadError> {
    let mut seen = HashMap::new();
    let mut names = Vec::with_capacity(table.len());
    // sums of counts are no genes
    for row in genes_among(table, &[]).0 {
        let name = &table.text(0)[row];
        check_gene_name(name, || table.place(table.lines()[row], 0))?;
        match seen.insert(name, row) {
            None => names.push(name.clone()),
            Some(first) if duplicates == Duplicates::Error => {
                return Err(repeated(table, row, first));
            }
            Some(_) => {}
        }
    }
    if names.is_empty() {
        return Err(no_genes(table.file()));
    }
    Genes::new(names).map_err(|source| ReadError::invalid(Place::file(table.file()), source))
}

/// The error about a gene that has two rows.
fn repeated(table: &Table, row: usize, first: usize) -> ReadError {
    let place = table.place(table.lines()[row], 0);
    let first = format!("row {}", table.lines()[first]);
    repeated_gene(place, &table.text(0)[row], &first).cured_by(MERGE_CURE)
}

/// The rows of every gene, and what does not fit.
struct GeneRows {
    positions: Vec<Vec<usize>>,
    warnings: Vec<String>,
}

fn gene_rows(table: &Table, genes: &Genes, duplicates: Duplicates) -> Result<GeneRows, ReadError> {
    let mut positions: Vec<Vec<usize>> = vec![Vec::new(); genes.len()];
    let mut others = Vec::new();
    for (row, name) in table.text(0).iter().enumerate() {
        match genes.find(name) {
            Some(gene) => {
                let rows = &mut positions[gene.index()];
                if let Some(&first) = rows.first()
                    && duplicates == Duplicates::Error
                {
                    return Err(repeated(table, row, first));
                }
                rows.push(row);
            }
            None => others.push(name.as_str()),
        }
    }
    let absent = genes
        .iter()
        .filter(|gene| positions[gene.index()].is_empty());
    let absent: Vec<&str> = absent.map(|gene| genes.name(gene)).collect();
    if absent.len() == genes.len() {
        return Err(mismatch(
            table.file(),
            format!("found no row of a gene of the data: {}", name_some(&others)),
            format!("rows such as {}", name_some(genes.names())),
            "spell the genes as in the data",
        ));
    }
    let file = table.file();
    let passed = if_any(&others, |count, some| {
        format!("{file}: {count} row(s) are not genes of the data and are left out: {some}")
    });
    let missing = if_any(&absent, |count, some| {
        format!("{file}: {count} gene(s) of the data have no steady state here: {some}")
    });
    Ok(GeneRows {
        positions,
        warnings: passed.into_iter().chain(missing).collect(),
    })
}

/// How the sample of a column came about.
fn origin(
    table: &Table,
    column: usize,
    rows: SteadyRows,
    genes: &Genes,
) -> Result<Origin, ReadError> {
    let name = table.header()[column].as_str();
    let place = || table.header_place(column);
    let level = match rows {
        SteadyRows::Multifactorial => return Ok(Origin::Multifactorial),
        SteadyRows::WildType => match read_label(name, genes) {
            Ok(changed) if !changed.is_empty() => {
                return Err(wrong_cell(
                    place(),
                    name,
                    "the wild type, in which no gene was changed",
                    "give the column in a table of knockouts, knockdowns or overexpression",
                ));
            }
            _ => return Ok(Origin::Interventions(Vec::new())),
        },
        SteadyRows::Changed { level } => level,
    };
    let changed = read_label(name, genes).map_err(|part| {
        let place = Place::column(table.file(), column + 1, name);
        unreadable_label(place, name, part, genes)
    })?;
    let changes = changed.into_iter().map(|one| {
        let level = level_of(one.act, level).ok_or_else(|| other_change(place(), name, level))?;
        Ok(Intervention::always(one.gene, scaled(level)))
    });
    let changes: Vec<Intervention> = changes.collect::<Result<_, ReadError>>()?;
    check_interventions(&changes, genes, None)
        .map_err(|source| ReadError::invalid(place(), source))?;
    Ok(Origin::Interventions(changes))
}
