//! Whether a list of pairs has a header.

use super::pair_facts::ListFacts;
use super::pair_words::{PairSide, SCORE, is_side};
use crate::genes::Genes;
use crate::io::text::{Cell, parse_cell};
use crate::network::Sign;

/// Whether the first row names the columns: by known words, a word over numbers, or unknown words over known genes.
///
/// * `names`: its plain names
/// * `genes`: names that occur in the list, if they are known
pub(super) fn has_header(facts: &ListFacts, names: &[String], genes: Option<&Genes>) -> bool {
    if facts.completed {
        return true;
    }
    let gene = |at: usize| genes.is_some_and(|genes| genes.find(&facts.first[at]).is_some());
    let side = |side: PairSide| names.iter().position(|name| is_side(name, side));
    match (side(PairSide::Source), side(PairSide::Target)) {
        (Some(source), Some(target)) => return !(gene(source) && gene(target)),
        // `TF` is a gene too
        (Some(at), None) | (None, Some(at)) if genes.is_some() && !gene(at) => return true,
        _ => {}
    }
    // a word over numbers
    let over_numbers = (0..names.len()).any(|at| {
        let cell = &facts.first[at];
        // not the identifiers of several papers, `123;45`
        let word = parse_cell(cell, true) == Cell::Text && cell.contains(char::is_alphabetic);
        word && Sign::parse(cell).is_none() && facts.columns[at].is_numeric()
    });
    let score = names
        .iter()
        .skip(2)
        .any(|name| SCORE.contains(&name.as_str()));
    let first = names.len() > 1 && (gene(0) || gene(1));
    over_numbers || score || facts.known_pairs > 0 && !first && genes.is_some()
}
