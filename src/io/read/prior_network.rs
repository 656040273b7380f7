//! Lists of regulators and prior networks.

use std::io::Read;

use super::faults::{match_hint, unmatched};
use super::pairs::{PairColumns, position, too_few_columns};
use crate::genes::{Gene, Genes};
use crate::io::text::{
    Cell, ReadError, Reading, Rows, TableRow, header_only, is_header_word, is_sif, name_some,
    parse_cell, read_sif, shorten,
};
use crate::prior::{KnownPair, Prior, PriorMode, Regulators, Statement};

/// Names of the column that says something about a pair, the surest first.
const STATEMENTS: [&[&str]; 3] = [
    &["evidence"],
    &["coef_abs"],
    &[
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
    ],
];

/// The genes that a list of names allows to regulate. A first name that is no gene but a word
/// such as `TF` or `gene` is taken for a header if others match.
///
/// # Errors   [`Fault::Mismatch`](crate::io::Fault) if no name is a gene, with examples of both.
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
        && is_header_word(first)
    {
        reading.notes.push(format!(
            "{file}: the first name (`{}`) is taken for a header",
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
            "{file}: {count} of {all} regulators are not genes of the table: {some}{}",
            match_hint(&lost, genes).map_or_else(String::new, |hint| format!("; {hint}"))
        ));
    }
    let count = reading.value.len();
    reading.notes.push(format!(
        "{file}: {count} of {} genes may regulate",
        genes.len()
    ));
    Ok(reading)
}

/// The columns of a prior network, from 0.
struct PriorColumns {
    pair: PairColumns,
    statement: Option<usize>,
}

impl PriorColumns {
    fn find(rows: &mut Rows<'_>, genes: &Genes) -> Result<Self, ReadError> {
        if rows.header().len() < 2 {
            return Err(too_few_columns(rows, "two: `regulator`, `target`"));
        }
        let named = PairColumns::find(rows);
        let header = rows.header();
        let Some(pair) = named else {
            let statement = (header.len() > 2).then_some(2);
            if header[..2].iter().all(|name| genes.find(name).is_some()) {
                rows.without_header();
            }
            let pair = PairColumns::FIRST;
            return Ok(Self { pair, statement });
        };
        let mut names = STATEMENTS.iter();
        let statement = names.find_map(|names| position(header, names));
        Ok(Self { pair, statement })
    }

    fn statement(
        &self,
        row: TableRow<'_>,
        mode: PriorMode,
    ) -> Result<Option<Statement>, ReadError> {
        let Some(column) = self.statement else {
            return Ok(Some(Statement::of_weight(mode, 1.0)));
        };
        state(row.cell(column), mode).ok_or_else(|| {
            row.refuse(column, "a number, `allowed` or `forbidden`")
                .cured_by("correct it")
        })
    }
}

/// The pairs of a prior network, and what was passed over.
#[derive(Default)]
struct Pairs {
    known: Vec<KnownPair>,
    /// Names that are not genes, once for every pair.
    lost: Vec<String>,
    /// Number of weights below 0.
    negative: usize,
}

impl Pairs {
    fn push(&mut self, genes: &Genes, regulator: &str, target: &str, statement: Statement) {
        match (genes.find(regulator), genes.find(target)) {
            (Some(regulator), Some(target)) => self.known.push(KnownPair {
                target,
                regulator,
                statement,
            }),
            (None, _) => self.lost.push(regulator.to_owned()),
            (Some(_), None) => self.lost.push(target.to_owned()),
        }
    }

    fn warnings(mut self, file: &str) -> Vec<String> {
        let pairs = self.lost.len();
        self.lost.sort();
        self.lost.dedup();
        let mut warnings = Vec::new();
        if pairs > 0 {
            let some = name_some(&self.lost);
            warnings.push(format!(
                "{file}: {pairs} pairs name genes that the table does not have: {some}"
            ));
        }
        if self.negative > 0 {
            let count = self.negative;
            warnings.push(format!(
                "{file}: {count} weights below 0 count by their size, not their sign"
            ));
        }
        warnings
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
    let mut pairs = Pairs::default();
    let mut notes = if is_sif(file) {
        for edge in read_sif(input, file)? {
            let statement = Statement::of_weight(mode, 1.0);
            pairs.push(genes, &edge.source, &edge.target, statement);
        }
        vec![format!("{file}: read as interactions")]
    } else {
        pairs_of_table(input, file, mode, genes, &mut pairs)?
    };
    if pairs.known.is_empty() {
        return Err(unmatched(file, "pair", &pairs.lost, genes));
    }
    let known = std::mem::take(&mut pairs.known);
    let mut reading = Reading::new(Prior::new(regulators, mode, known));
    let count = reading.value.len();
    notes.push(format!("{file}: {count} pairs with a statement"));
    reading.notes = notes;
    reading.warnings = pairs.warnings(file);
    Ok(reading)
}

/// Adds the pairs of a table; gives what was decided about it.
fn pairs_of_table(
    input: impl Read,
    file: &str,
    mode: PriorMode,
    genes: &Genes,
    pairs: &mut Pairs,
) -> Result<Vec<String>, ReadError> {
    let mut rows = Rows::open(input, file)?;
    let columns = PriorColumns::find(&mut rows, genes)?;
    let PairColumns { regulator, target } = columns.pair;
    let mut count = 0;
    while let Some(row) = rows.advance()? {
        count += 1;
        let Some(statement) = columns.statement(row, mode)? else {
            continue;
        };
        pairs.negative += usize::from(matches!(statement, Statement::Support(w) if w < 0.0));
        pairs.push(genes, row.cell(regulator), row.cell(target), statement);
    }
    if count == 0 {
        return Err(header_only(file));
    }
    let mut notes = vec![rows.note(count)];
    if rows.is_headless() {
        notes.push(format!("{file}: the first line is a pair, not a header"));
    }
    Ok(notes)
}

/// What a third cell says: nothing for a weight of 0 or an empty cell; none if it is unknown.
fn state(cell: &str, mode: PriorMode) -> Option<Option<Statement>> {
    match parse_cell(cell, true) {
        Cell::Number(w) | Cell::Comma(w) => Some((w != 0.0).then(|| Statement::of_weight(mode, w))),
        Cell::Missing => Some(None),
        Cell::Infinite => None,
        Cell::Text => match cell.to_lowercase().as_str() {
            "allowed" => Some(Some(Statement::Allowed)),
            "forbidden" => Some(Some(Statement::Forbidden)),
            "+" | "-" => Some(Some(Statement::of_weight(mode, 1.0))),
            _ => None,
        },
    }
}
