//! Genes of a list of pairs, numbered as they come.

use std::collections::HashMap;

use cistron::genes::{Gene, Genes};
use cistron::io::ReadError;
use cistron::io::text::{TableRow, header_only};

/// Numbers names in the order of their first appearance.
#[derive(Default)]
pub(super) struct GeneIndex {
    names: Vec<String>,
    index: HashMap<String, Gene>,
}

impl GeneIndex {
    /// The gene in a cell, new or known.
    ///
    /// # Errors   for an empty cell.
    pub(super) fn gene(&mut self, row: TableRow<'_>, column: usize) -> Result<Gene, ReadError> {
        match row.cell(column) {
            "" => Err(row
                .refuse(column, "the name of a gene")
                .cured_by("fill the cell")),
            name => Ok(self.number(name)),
        }
    }

    /// The gene of this name, new or known.
    pub(super) fn number(&mut self, name: &str) -> Gene {
        if let Some(&gene) = self.index.get(name) {
            return gene;
        }
        let gene = Gene(self.names.len());
        self.names.push(name.to_owned());
        self.index.insert(name.to_owned(), gene);
        gene
    }

    /// The genes seen.
    ///
    /// # Errors   if there are none.
    pub(super) fn into_genes(self, file: &str) -> Result<Genes, ReadError> {
        Genes::new(self.names).map_err(|_| header_only(file))
    }
}
