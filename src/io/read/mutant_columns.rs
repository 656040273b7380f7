//! Tables of steady states with genes in rows and one sample per column.

use super::blank_labels::BlankLabels;
use super::columns::is_ignored;
use super::faults::{
    check_gene_name, mismatch, no_genes, repeated_gene, unreadable_label, wrong_cell,
};
use super::perturbation_label::{is_wild_type, read_label};
use super::perturbation_words::is_blank;
use super::perturbed::{is_knockdown, level_of, other_change, scaled};
use super::steady_rows::SteadyRows;
use super::steady_samples::{SteadyTable, knockdowns_as_knockouts};
use crate::expression::{Intervention, Origin, SteadySample, check_interventions};
use crate::genes::Genes;
use crate::io::text::{
    Cell, Keep, Place, ReadError, Rows, Table, if_any, is_dash, name_some, parse_cell,
};

/// Reads a table whose first column names the genes, and whose header says what was changed.
///
/// * `known`: the genes of the series; none where the table itself names them
/// * `ignore`: columns to pass over
///
/// # Errors   [`ReadError`] with file, row, column and cure.
pub(super) fn read_mutant_columns(
    bytes: &[u8],
    file: &str,
    rows: SteadyRows,
    known: Option<&Genes>,
    ignore: &[String],
) -> Result<SteadyTable, ReadError> {
    let text = text_columns(bytes, file)?;
    let table = Table::read(bytes, file, |at, name| match at {
        0 => Keep::Text,
        _ if text[at] || is_ignored(name, ignore) => Keep::Skip,
        _ => Keep::Number,
    })?;
    let genes = match known {
        Some(genes) => genes.clone(),
        None => genes_of(&table)?,
    };
    let columns = table.columns(Keep::Number);
    if columns.is_empty() {
        let found = "found no column of levels".to_owned();
        let cure = "give every sample a column";
        return Err(mismatch(file, found, "one column per sample", cure));
    }
    let rows_of_genes = gene_rows(&table, &genes)?;
    let mut samples = Vec::with_capacity(columns.len());
    let mut knockdowns = Vec::new();
    for &column in &columns {
        let name = table.header()[column].as_str();
        if rows == (SteadyRows::Changed { level: 0.0 }) && is_knockdown(name, &genes) {
            knockdowns.push(name);
        }
        samples.push(SteadySample {
            name: Place::column(file, table.column_number(column), name).to_string(),
            label: match rows {
                SteadyRows::Changed { .. } => String::new(),
                _ => name.to_owned(),
            },
            origin: origin(&table, column, rows, &genes)?,
        });
    }
    let values = faer::Mat::from_fn(columns.len(), genes.len(), |sample, gene| {
        rows_of_genes.positions[gene].map_or(f64::NAN, |row| table.value(row, columns[sample]))
    });
    let mut warnings: Vec<String> = table.warning().into_iter().collect();
    warnings.extend(rows_of_genes.warnings);
    warnings.extend(knockdowns_as_knockouts(file, &knockdowns));
    let passed: Vec<&str> = (1..text.len())
        .filter(|&at| text[at])
        .map(|at| table.header()[at].as_str())
        .collect();
    warnings.extend(if_any(&passed, |count, some| {
        format!("{file}: {count} column(s) hold no levels and are left out: {some}")
    }));
    let mut states = SteadyTable {
        genes,
        samples,
        values,
        notes: vec![table.note()],
        warnings,
    };
    if let SteadyRows::Changed { level } = rows {
        let warning = blank_labels(&table, &columns, level).check(&states)?;
        states.warnings.extend(warning);
    }
    Ok(states)
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
fn genes_of(table: &Table) -> Result<Genes, ReadError> {
    for (name, &line) in table.text(0).iter().zip(table.lines()) {
        check_gene_name(name, || table.place(line, 0))?;
    }
    if table.is_empty() {
        return Err(no_genes(table.file()));
    }
    repeated(table)?;
    Genes::new(table.text(0).iter().cloned())
        .map_err(|source| ReadError::invalid(Place::file(table.file()), source))
}

/// Refuses a gene that has two rows.
fn repeated(table: &Table) -> Result<(), ReadError> {
    let mut lines = std::collections::HashMap::new();
    for (name, &line) in table.text(0).iter().zip(table.lines()) {
        if let Some(first) = lines.insert(name, line) {
            return Err(repeated_gene(
                table.place(line, 0),
                name,
                &format!("row {first}"),
            ));
        }
    }
    Ok(())
}

/// The row of every gene, and what does not fit.
struct GeneRows {
    positions: Vec<Option<usize>>,
    warnings: Vec<String>,
}

fn gene_rows(table: &Table, genes: &Genes) -> Result<GeneRows, ReadError> {
    repeated(table)?;
    let mut positions = vec![None; genes.len()];
    let mut others = Vec::new();
    for (row, name) in table.text(0).iter().enumerate() {
        match genes.find(name) {
            Some(gene) => positions[gene.index()] = Some(row),
            None => others.push(name.as_str()),
        }
    }
    let absent = genes
        .iter()
        .filter(|gene| positions[gene.index()].is_none());
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
