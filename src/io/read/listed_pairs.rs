//! Pairs of a regulator and a target, as files list them.

use std::collections::HashMap;

use crate::network::Sign;

/// A pair as a file lists it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ListedPair {
    /// The gene that acts, among the names of the list.
    pub regulator: usize,
    /// The gene that is acted on.
    pub target: usize,
    /// Its score, the larger the surer, or its weight; NaN if the cell is empty.
    pub value: f64,
    /// Whether it is an edge.
    pub edge: bool,
    /// Its sign.
    pub sign: Sign,
    /// What a word says about it: allowed, or forbidden.
    pub allowed: Option<bool>,
    /// Line of the file.
    pub row: usize,
}

/// The pairs of a file.
#[derive(Clone, Debug, Default)]
pub struct PairList {
    /// Names of genes, in the order of their first appearance.
    pub names: Vec<String>,
    /// Pairs in the order of the file.
    pub pairs: Vec<ListedPair>,
    /// Whether the file says of each pair whether it is an edge.
    pub says_edges: bool,
}

/// Numbers names as they come.
#[derive(Default)]
pub(super) struct NameIndex {
    pub(super) names: Vec<String>,
    index: HashMap<String, usize>,
}

impl NameIndex {
    pub(super) fn number(&mut self, name: &str) -> usize {
        if let Some(&number) = self.index.get(name) {
            return number;
        }
        self.names.push(name.to_owned());
        self.index.insert(name.to_owned(), self.names.len() - 1);
        self.names.len() - 1
    }
}
