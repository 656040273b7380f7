//! Lists of regulators and prior networks.

use std::io::Read;

use super::faults::{match_hint, unmatched};
use super::pair_list::read_pairs;
use super::pairs::{PairOptions, PairUse};
use crate::genes::{Gene, Genes};
use crate::io::text::{ReadError, Reading, is_header_word, name_some, shorten};
use crate::prior::{KnownPair, Prior, PriorMode, Regulators, Statement};

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

/// The pairs of a prior network, and what was passed over.
#[derive(Default)]
struct Pairs {
    known: Vec<KnownPair>,
    /// Names that are not genes, once for every pair.
    lost: Vec<String>,
    /// Number of weights below 0.
    negative: usize,
    /// Number of pairs without a weight in a list of weights.
    empty: usize,
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
        if self.empty > 0 {
            let count = self.empty;
            warnings.push(format!(
                "{file}: {count} pairs have an empty weight and are left out: fill the cell, or write 0"
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

/// Reads a prior network: pairs of a regulator and a target, perhaps with a weight or the words `allowed` and
/// `forbidden`; a matrix of regulators and targets; or SIF.
///
/// A pair of weight 0 counts as not listed. A word holds whatever the mode; a pair without weight has weight 1. See
/// [`read_pairs`](super::pair_list::read_pairs) on how columns are found: lists of DoRothEA, CollecTRI, TRRUST,
/// OmniPath, SCENIC and CellOracle are read as they come.
///
/// # Errors   [`ReadError`] with the place, or with examples if no pair matches.
pub fn read_prior(
    input: impl Read,
    file: &str,
    mode: PriorMode,
    regulators: Regulators,
    genes: &Genes,
) -> Result<Reading<Prior>, ReadError> {
    read_prior_with(
        input,
        file,
        mode,
        regulators,
        genes,
        &PairOptions::default(),
    )
}

/// The same, where the user may have said which side of a matrix has the regulators, and how numbers are written.
///
/// # Errors   as [`read_prior`].
pub fn read_prior_with(
    input: impl Read,
    file: &str,
    mode: PriorMode,
    regulators: Regulators,
    genes: &Genes,
    asked: &PairOptions,
) -> Result<Reading<Prior>, ReadError> {
    let some = regulators.len() < genes.len();
    let names = regulators
        .iter()
        .filter(|_| some)
        .map(|gene| genes.name(gene).to_owned());
    let options = PairOptions {
        regulators: names.collect(),
        ..asked.clone()
    };
    let read = read_pairs(input, file, PairUse::Prior, &options, Some(genes))?;
    let list = &read.value;
    let mut pairs = Pairs {
        empty: list.pairs.iter().filter(|pair| pair.value.is_nan()).count(),
        ..Pairs::default()
    };
    for pair in list
        .pairs
        .iter()
        .filter(|pair| pair.value != 0.0 && !pair.value.is_nan())
    {
        let statement = match pair.allowed {
            Some(true) => Statement::Allowed,
            Some(false) => Statement::Forbidden,
            None => Statement::of_weight(mode, pair.value),
        };
        pairs.negative += usize::from(matches!(statement, Statement::Support(w) if w < 0.0));
        let (regulator, target) = (&list.names[pair.regulator], &list.names[pair.target]);
        pairs.push(genes, regulator, target, statement);
    }
    if pairs.known.is_empty() {
        return Err(unmatched(file, "pair", &pairs.lost, genes));
    }
    let known = std::mem::take(&mut pairs.known);
    let mut reading = Reading::new(Prior::new(regulators, mode, known));
    let count = reading.value.len();
    reading.notes = read.notes;
    reading
        .notes
        .push(format!("{file}: {count} pairs with a statement"));
    reading.warnings = read.warnings;
    reading.warnings.extend(pairs.warnings(file));
    Ok(reading)
}
