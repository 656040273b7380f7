//! A column beside a column of genes that says which samples are mutants of the gene, and which are their controls.

use super::perturbation_words::{Act, WORDS, is_blank, is_wild_type};
use crate::io::text::{Keep, Table};

/// What a cell says was done to the gene of its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DoneToGene {
    /// Nothing: the sample is a control.
    Nothing,
    /// This, or something that is not named.
    Something(Option<Act>),
}

/// What a cell of such a column says; none if it says neither.
pub(super) fn done_to_gene(cell: &str) -> Option<DoneToGene> {
    let lower = cell.trim().to_lowercase();
    let known = WORDS
        .iter()
        .find(|word| word.text == lower && lower.len() > 1);
    match known {
        Some(word) => Some(DoneToGene::Something(word.act)),
        None if is_wild_type(cell) && !is_blank(cell) => Some(DoneToGene::Nothing),
        None => None,
    }
}

/// The column of which every cell is a word such as `KO` or one for controls, if both occur.
///
/// * `taken`: columns of which it is known what else they are
pub(super) fn act_column(table: &Table, taken: &[usize]) -> Option<usize> {
    let text = table.columns(Keep::Text).into_iter();
    let mut text = text.filter(|column| !taken.contains(column));
    text.find(|&column| {
        let said = table.text(column).iter().map(|cell| done_to_gene(cell));
        let Some(said) = said.collect::<Option<Vec<DoneToGene>>>() else {
            return false;
        };
        let controls = said.iter().filter(|done| **done == DoneToGene::Nothing);
        (1..said.len()).contains(&controls.count())
    })
}
