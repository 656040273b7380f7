//! Single cells in BEELINE's layout: `ExpressionData.csv` and `PseudoTime.csv`.

use std::collections::HashMap;
use std::io::Read;
use std::path::Path;

use faer::Mat;

use super::faults::{all_missing, check_gene_name, mismatch, repeated_gene, repeated_sample};
use super::pseudotime_columns::PseudotimeColumns;
use super::samples::index_samples;
use super::timeseries::constant_warning;
use crate::expression::{Cells, Lineage};
use crate::genes::Genes;
use crate::io::text::{
    Fault, Keep, Place, ReadError, Reading, Table, TextOptions, if_any, name_some,
};

/// Reads cells and their pseudotimes; cells are matched by name, whatever their order.
///
/// * `expression`: genes × cells, gene names in the first column, cell names in the header
/// * `pseudotime`: cells × lineages, `NA` or `Inf` for a cell that is not on a lineage
/// * `expression_file`, `pseudotime_file`: names of the files for messages
///
/// # Errors   [`ReadError`] with file, row, column and cure.
/// # Source   Pratapa et al. (2020), Nature Methods 17:147, inputs of BEELINE.
pub fn read_beeline(
    expression: impl Read,
    expression_file: &str,
    pseudotime: impl Read,
    pseudotime_file: &str,
) -> Result<Reading<Cells>, ReadError> {
    let kind = |at: usize, _: &str| if at == 0 { Keep::Text } else { Keep::Number };
    let table = Table::read(expression, expression_file, kind)?;
    let text = TextOptions {
        infinite_is_missing: true,
        ..TextOptions::default()
    };
    let times = Table::read_as(pseudotime, pseudotime_file, text, |at, _| match at {
        0 => Keep::Text,
        _ => Keep::Guess,
    })?;
    let pseudotimes = PseudotimeColumns::find(&times)?;
    let rows = index_samples(&times, 0)?;
    let cells = &table.header()[1..];
    refuse_no_cells(&table)?;
    refuse_repeated_cells(&table)?;
    let names = gene_names(&table)?;
    let order = match_cells(&table, &times, &rows)?;
    let lineages = lineages(&times, &pseudotimes.columns, &order)?;
    let value = |cell: usize, gene: usize| table.value(gene, cell + 1);
    let constant = constant(names, cells.len(), value).map_err(|gene| {
        all_missing(
            Place::row(expression_file, table.lines()[gene]),
            &names[gene],
            "",
        )
    })?;
    let genes = Genes::new(names.iter().cloned())
        .map_err(|source| ReadError::invalid(Place::file(expression_file), source))?;
    let values = Mat::from_fn(cells.len(), genes.len(), value);
    let cells = Cells::new(genes, cells.to_vec(), values, lineages);
    let mut reading = Reading::new(
        cells.map_err(|source| ReadError::invalid(Place::file(expression_file), source))?,
    );
    reading.notes = vec![table.note(), times.note(), summary(&reading.value)];
    reading.notes.extend(pseudotimes.unreachable(&times));
    reading
        .warnings
        .extend(table.warning().into_iter().chain(times.warning()));
    reading.warnings.extend(pseudotimes.warnings);
    reading.warnings.extend(unused_cells(&times, &order));
    reading.warnings.extend(stray_cells(&reading.value));
    reading.warnings.extend(constant_warning(&constant));
    Ok(reading)
}

fn refuse_no_cells(table: &Table) -> Result<(), ReadError> {
    if table.header().len() < 2 {
        return Err(mismatch(
            table.file(),
            "found one column",
            "gene names and a column for every cell",
            "check the separator",
        ));
    }
    Ok(())
}

fn refuse_repeated_cells(table: &Table) -> Result<(), ReadError> {
    let mut seen = HashMap::with_capacity(table.header().len());
    for (at, name) in table.header().iter().enumerate().skip(1) {
        if let Some(first) = seen.insert(name, at) {
            return Err(repeated_sample(
                table.header_place(at),
                name,
                &format!("column {}", first + 1),
            ));
        }
    }
    Ok(())
}

fn gene_names(table: &Table) -> Result<&[String], ReadError> {
    let mut seen = HashMap::with_capacity(table.len());
    for (row, name) in table.text(0).iter().enumerate() {
        let at = || Place::row(table.file(), table.lines()[row]);
        check_gene_name(name, at)?;
        if let Some(first) = seen.insert(name, row) {
            return Err(repeated_gene(
                at(),
                name,
                &format!("row {}", table.lines()[first]),
            ));
        }
    }
    Ok(table.text(0))
}

/// The row of every cell in the table of pseudotimes.
fn match_cells(
    table: &Table,
    times: &Table,
    rows: &HashMap<String, usize>,
) -> Result<Vec<usize>, ReadError> {
    let cells = &table.header()[1..];
    let order: Vec<usize> = cells
        .iter()
        .filter_map(|cell| rows.get(cell).copied())
        .collect();
    if order.len() == cells.len() {
        return Ok(order);
    }
    let lost = cells.iter().filter(|cell| !rows.contains_key(*cell));
    let down = table
        .text(0)
        .iter()
        .filter(|name| rows.contains_key(*name))
        .count();
    Err(mismatch(
        table.file(),
        format!("found cells without a pseudotime: {}", name_some(lost)),
        format!("cells as in {}: {}", times.file(), name_some(times.text(0))),
        if down > 0 {
            "the cells seem to be in rows: transpose the table to genes × cells"
        } else {
            "give every cell its line in the table of pseudotimes, spelled alike"
        },
    ))
}

fn lineages(times: &Table, columns: &[usize], order: &[usize]) -> Result<Vec<Lineage>, ReadError> {
    let lineage = |&column: &usize| {
        let pseudotime: Vec<f64> = order.iter().map(|&row| times.value(row, column)).collect();
        let cells = pseudotime.iter().filter(|t| !t.is_nan()).count();
        if cells < 3 {
            let place = Place::column(times.file(), column + 1, &times.header()[column]);
            let found = format!("found {cells} cell(s) with a pseudotime");
            return Err(ReadError::new(Fault::Time, place, found)
                .expecting("at least 3")
                .cured_by("remove the lineage or add cells"));
        }
        Ok(Lineage {
            name: times.header()[column].clone(),
            pseudotime,
        })
    };
    columns.iter().map(lineage).collect()
}

/// Genes that never change, or the first gene without any value.
fn constant(
    names: &[String],
    cells: usize,
    value: impl Fn(usize, usize) -> f64,
) -> Result<Vec<&str>, usize> {
    let mut constant = Vec::new();
    for (gene, name) in names.iter().enumerate() {
        let mut seen = (0..cells)
            .map(|cell| value(cell, gene))
            .filter(|x| !x.is_nan());
        let first = seen.next().ok_or(gene)?;
        if seen.all(|x| x == first) {
            constant.push(name.as_str());
        }
    }
    Ok(constant)
}

fn unused_cells(times: &Table, order: &[usize]) -> Option<String> {
    let mut used = vec![false; times.len()];
    order.iter().for_each(|&row| used[row] = true);
    let unused = times.text(0).iter().zip(&used).filter(|&(_, &used)| !used);
    let names: Vec<&String> = unused.map(|(name, _)| name).collect();
    if_any(&names, |_, some| {
        format!("{}: cells without expression: {some}", times.file())
    })
}

fn stray_cells(cells: &Cells) -> Option<String> {
    let stray = (0..cells.names().len()).filter(|&cell| {
        let mut lineages = cells.lineages().iter();
        lineages.all(|lineage| lineage.pseudotime[cell].is_nan())
    });
    let names: Vec<&String> = stray.map(|cell| &cells.names()[cell]).collect();
    if_any(&names, |count, some| {
        format!("{count} cell(s) lie on no lineage: {some}")
    })
}

fn summary(cells: &Cells) -> String {
    let lineages = cells.lineages().iter().map(|lineage| {
        let count = lineage.pseudotime.iter().filter(|t| !t.is_nan()).count();
        format!("`{}` {count} cells", lineage.name)
    });
    let counts: Vec<String> = lineages.collect();
    format!(
        "{} genes, {} cells, {} lineage(s): {}",
        cells.genes().len(),
        cells.names().len(),
        counts.len(),
        counts.join(", ")
    )
}
/// The error about a folder that holds neither the tables of a data set by their names nor cells, which names its tables.
pub(super) fn no_beeline(folder: &Path, missing: &str) -> ReadError {
    let tables = tables_of(folder);
    let (found, cure) = match tables.first() {
        Some(first) => (
            format!(
                "found a folder without {missing}, with {}",
                name_some(&tables)
            ),
            format!(
                "give the table of levels itself, such as `{}`",
                folder.join(first).display()
            ),
        ),
        None => (
            format!("found a folder without {missing}"),
            "give the path of the table".to_owned(),
        ),
    };
    ReadError::new(
        Fault::Mismatch,
        Place::file(&folder.display().to_string()),
        found,
    )
    .expecting(
        "a table, or a folder with timeseries.tsv, or with ExpressionData.csv and PseudoTime.csv",
    )
    .cured_by(cure)
}

/// The names of the tables in a folder, in alphabetical order, lists of known edges last.
pub(super) fn tables_of(folder: &Path) -> Vec<String> {
    const ENDINGS: [&str; 4] = ["tsv", "csv", "txt", "tab"];
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let is_table = |name: &String| {
        let plain = name.strip_suffix(".gz").unwrap_or(name);
        ENDINGS
            .iter()
            .any(|end| plain.ends_with(&format!(".{end}")))
    };
    let mut names: Vec<String> = names.filter(is_table).collect();
    let other = |name: &String| {
        ["gold", "regulators", "meta", "README"]
            .iter()
            .any(|word| name.starts_with(word))
    };
    names.sort_by_key(|name| (other(name), name.clone()));
    names
}
