//! Lists of regulators and prior networks.

use std::io::Read;

use crate::genes::{Gene, Genes};
use crate::io::text::delimited::DelimitedError;
use crate::io::text::error::{Place, ReadError};
use crate::io::text::lines::Lines;
use crate::io::text::number::{Cell, parse_cell};
use crate::io::text::reading::{Reading, name_some, shorten};
use crate::io::text::separator::Separator;
use crate::io::text::sif_list::{is_sif, read_sif};
use crate::io::text::table::{Kind, Table};
use crate::prior::{KnownPair, Prior, PriorMode, Regulators, Statement};

/// Reads names: one a line, or the first column of a table. A header stays among them, as only
/// the genes can tell it from a name; see [`choose_regulators`].
///
/// # Errors   [`ReadError::Empty`], [`ReadError::NotText`].
pub fn read_names(input: impl Read, file: &str) -> Result<Vec<String>, ReadError> {
    let mut lines = Lines::open(input, file)?;
    let mut names = Vec::new();
    let mut separator = None;
    while let Some((_, line)) = lines.next()? {
        let separator = *separator.get_or_insert_with(|| Separator::guess(line));
        let first = separator.cells(line).into_iter().next();
        names.extend(first.filter(|name| !name.is_empty()));
    }
    if names.is_empty() {
        return Err(ReadError::Empty {
            file: file.to_owned(),
        });
    }
    Ok(names)
}

/// The genes that a list of names allows to regulate. A first name that is no gene is taken
/// for a header if others match.
///
/// # Errors   [`ReadError::Unmatched`] if no name is a gene, with examples of both.
pub fn choose_regulators(
    names: &[String],
    file: &str,
    genes: &Genes,
) -> Result<Reading<Regulators>, ReadError> {
    let found: Vec<Gene> = names.iter().filter_map(|name| genes.find(name)).collect();
    if found.is_empty() {
        return Err(unmatched(file, "regulator", names, genes));
    }
    let regulators = Regulators::only(genes, found);
    let mut reading = Reading::new(regulators);
    let mut list = names;
    if let Some((first, rest)) = names.split_first()
        && genes.find(first).is_none()
    {
        reading.notes.push(format!(
            "{file}: the first line (`{}`) is taken for a header",
            shorten(first)
        ));
        list = rest;
    }
    let lost: Vec<&String> = list
        .iter()
        .filter(|name| genes.find(name).is_none())
        .collect();
    if !lost.is_empty() {
        let (count, all, some) = (lost.len(), list.len(), name_some(&lost));
        reading.warnings.push(format!(
            "{file}: {count} of {all} regulators are no genes of the table: {some}"
        ));
    }
    let count = reading.value.len();
    reading.notes.push(format!(
        "{file}: {count} of {} genes may regulate",
        genes.len()
    ));
    Ok(reading)
}

fn unmatched(file: &str, what: &str, names: &[String], genes: &Genes) -> ReadError {
    ReadError::Unmatched {
        file: file.to_owned(),
        found: format!(
            "found no {what} that is a gene of the expression table: {}",
            name_some(names)
        ),
        expected: format!("names such as {}", name_some(genes.names())),
        cure: "spell the names alike, capitals too",
    }
}

/// The columns of a prior network, from 0.
struct PriorColumns {
    regulator: usize,
    target: usize,
    statement: Option<usize>,
}

/// One line of a prior network.
struct PriorRow<'a> {
    line: usize,
    regulator: &'a str,
    target: &'a str,
    /// Position of the third column, and its cell.
    said: Option<(usize, &'a str)>,
}

impl PriorColumns {
    /// Every pair of the table, the header too if it is one.
    fn rows<'a>(
        &'a self,
        table: &'a Table,
        headless: bool,
    ) -> impl Iterator<Item = PriorRow<'a>> + 'a {
        let first = headless.then_some(None).into_iter();
        let rows = first.chain((0..table.len()).map(Some));
        rows.map(move |row: Option<usize>| {
            let cell = |column: usize| match row {
                None => table.header()[column].as_str(),
                Some(row) => table.text(column)[row].as_str(),
            };
            PriorRow {
                line: row.map_or(table.header_line(), |row| table.lines()[row]),
                regulator: cell(self.regulator),
                target: cell(self.target),
                said: self.statement.map(|column| (column, cell(column))),
            }
        })
    }
}

impl PriorRow<'_> {
    fn statement(&self, table: &Table, mode: PriorMode) -> Result<Option<Statement>, ReadError> {
        let Some((column, cell)) = self.said else {
            return Ok(Some(Statement::of_weight(mode, 1.0)));
        };
        state(cell, mode).map_err(|found| ReadError::PriorWord {
            at: table.place(self.line, column),
            found,
        })
    }
}

/// Reads a prior network: `regulator`, `target`, and perhaps a third column with a weight or
/// the words `allowed` and `forbidden`.
///
/// A pair of weight 0 counts as not listed. A word holds whatever the mode; a pair without
/// weight has weight 1. Columns are known by name (`regulator`, `source`, `tf`, `gene1`;
/// `target`, `gene2`; `weight`, `edge`, …) or else by their order; a header is not needed. Of our
/// own lists the weight is `evidence`, of CellOracle's `coef_abs`. A file called `.sif` is a list of
/// interactions, each of weight 1.
///
/// # Errors   [`ReadError`] with the place, or with examples if no pair matches.
pub fn read_prior(
    input: impl Read,
    file: &str,
    mode: PriorMode,
    regulators: Regulators,
    genes: &Genes,
) -> Result<Reading<Prior>, ReadError> {
    if is_sif(file) {
        return of_interactions(input, file, mode, (regulators, genes));
    }
    let table = Table::read(input, file, |_, _| Kind::Text)?;
    let (columns, headless) = prior_columns(&table, genes)?;
    let mut pairs = Vec::new();
    let mut lost = Vec::new();
    let mut negative = 0;
    for row in columns.rows(&table, headless) {
        let Some(statement) = row.statement(&table, mode)? else {
            continue;
        };
        negative += usize::from(matches!(statement, Statement::Support(w) if w < 0.0));
        match (genes.find(row.regulator), genes.find(row.target)) {
            (Some(regulator), Some(target)) => pairs.push(KnownPair {
                target,
                regulator,
                statement,
            }),
            (None, _) => lost.push(row.regulator.to_owned()),
            (Some(_), None) => lost.push(row.target.to_owned()),
        }
    }
    if pairs.is_empty() {
        return Err(unmatched(file, "pair", &lost, genes));
    }
    let mut reading = Reading::new(Prior::new(regulators, mode, pairs));
    reading.notes = prior_notes(&table, &reading.value, headless);
    reading.warnings = prior_warnings(file, &mut lost, negative);
    Ok(reading)
}

/// A prior of interactions, whatever they are called.
fn of_interactions(
    input: impl Read,
    file: &str,
    mode: PriorMode,
    (regulators, genes): (Regulators, &Genes),
) -> Result<Reading<Prior>, ReadError> {
    let interactions = read_sif(input, file).map_err(|error| not_sif(error, file))?;
    let (mut pairs, mut lost) = (Vec::new(), Vec::new());
    for one in interactions {
        match (genes.find(&one.source), genes.find(&one.target)) {
            (Some(regulator), Some(target)) => pairs.push(KnownPair {
                target,
                regulator,
                statement: Statement::of_weight(mode, 1.0),
            }),
            (None, _) => lost.push(one.source),
            (Some(_), None) => lost.push(one.target),
        }
    }
    if pairs.is_empty() {
        return Err(unmatched(file, "pair", &lost, genes));
    }
    let mut reading = Reading::new(Prior::new(regulators, mode, pairs));
    let count = reading.value.len();
    reading
        .notes
        .push(format!("{file}: {count} pairs, read as interactions"));
    reading.warnings = prior_warnings(file, &mut lost, 0);
    Ok(reading)
}

fn not_sif(error: DelimitedError, file: &str) -> ReadError {
    let file = file.to_owned();
    match error {
        DelimitedError::Unreadable { source, .. } => ReadError::Unreadable { file, source },
        DelimitedError::Ragged { row, found, .. } => ReadError::Ragged {
            at: Place::row(&file, row),
            found,
            expected: 3,
            separator: "source, interaction, target",
        },
        DelimitedError::NotText { row, .. } | DelimitedError::OpenQuote { row, .. } => {
            ReadError::NotText {
                at: Place::row(&file, row),
                found: "other bytes".to_owned(),
                cure: "export the interactions as text",
            }
        }
        DelimitedError::Empty { .. } | DelimitedError::NoNames { .. } => ReadError::Empty { file },
    }
}

/// What a third cell says; nothing for a weight of 0 or an empty cell; the cell if it is unknown.
fn state(cell: &str, mode: PriorMode) -> Result<Option<Statement>, String> {
    match parse_cell(cell, true) {
        Cell::Number(w) | Cell::Comma(w) => Ok((w != 0.0).then(|| Statement::of_weight(mode, w))),
        Cell::Missing => Ok(None),
        Cell::Infinite => Err(shorten(cell)),
        Cell::Text => match cell.to_lowercase().as_str() {
            "allowed" => Ok(Some(Statement::Allowed)),
            "forbidden" => Ok(Some(Statement::Forbidden)),
            "+" | "-" => Ok(Some(Statement::of_weight(mode, 1.0))),
            _ => Err(shorten(cell)),
        },
    }
}

/// Which column is what, and whether the header is a pair itself.
fn prior_columns(table: &Table, genes: &Genes) -> Result<(PriorColumns, bool), ReadError> {
    let header = table.header();
    if header.len() < 2 {
        return Err(ReadError::PriorColumns {
            file: table.file().to_owned(),
            found: header.len(),
        });
    }
    let find = |names: &[&str]| {
        let known = |name: &String| names.contains(&name.to_lowercase().as_str());
        header.iter().position(known)
    };
    let regulator = find(&["regulator", "source", "tf", "gene1", "from"]);
    let target = find(&["target", "gene2", "gene", "to"]);
    let statement = find(&["evidence"]).or_else(|| find(&["coef_abs"]));
    let weights = [
        "weight",
        "edgeweight",
        "importance",
        "coef_mean",
        "edge",
        "prior",
        "score",
        "confidence",
        "mode",
        "type",
        "sign",
    ];
    let statement = statement.or_else(|| find(&weights));
    Ok(match (regulator, target) {
        (Some(regulator), Some(target)) => (
            PriorColumns {
                regulator,
                target,
                statement,
            },
            false,
        ),
        _ => (
            PriorColumns {
                regulator: 0,
                target: 1,
                statement: (header.len() > 2).then_some(2),
            },
            genes.find(&header[0]).is_some() && genes.find(&header[1]).is_some(),
        ),
    })
}

fn prior_notes(table: &Table, prior: &Prior, headless: bool) -> Vec<String> {
    let file = table.file();
    let header = headless.then(|| format!("{file}: the first line is a pair, not a header"));
    let count = format!("{file}: {} pairs with a statement", prior.len());
    [table.note()]
        .into_iter()
        .chain(header)
        .chain([count])
        .collect()
}

fn prior_warnings(file: &str, lost: &mut Vec<String>, negative: usize) -> Vec<String> {
    let pairs = lost.len();
    lost.sort();
    lost.dedup();
    let some = name_some(&*lost);
    let outside = (pairs > 0)
        .then(|| format!("{file}: {pairs} pairs name genes that the table does not have: {some}"));
    let below = (negative > 0)
        .then(|| format!("{file}: {negative} weights below 0 count by their size, not their sign"));
    outside.into_iter().chain(below).collect()
}
