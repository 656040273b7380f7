//! What edge lists and gold standards have in common: rows about pairs of genes.

use std::collections::HashMap;

use crate::genes::{Gene, Genes};
use crate::io::text::delimited::{DelimitedError, Row};

/// What is wrong with an edge list or a gold standard. Rows are lines, counted from 1.
#[derive(Debug, thiserror::Error)]
pub enum PairFileError {
    /// It is no table.
    #[error(transparent)]
    Text(#[from] DelimitedError),
    /// A column is missing.
    #[error("{file}: row {row} has {found} columns, expected at least {expected}")]
    TooFewColumns {
        /// Name of the file.
        file: String,
        /// Row, counted from 1.
        row: usize,
        /// Columns found.
        found: usize,
        /// What they should hold.
        expected: &'static str,
    },
    /// A header is followed by nothing.
    #[error("{file}: there is a header and no row under it; expected one row for each pair")]
    NoRows {
        /// Name of the file.
        file: String,
    },
    /// A cell does not hold what its column asks for.
    #[error("{file}: row {row}, column {column}: found `{found}`, expected {expected}; {cure}")]
    Cell {
        /// Name of the file.
        file: String,
        /// Row, counted from 1.
        row: usize,
        /// Column, counted from 1.
        column: usize,
        /// What the cell holds.
        found: String,
        /// What it should hold.
        expected: &'static str,
        /// What to do.
        cure: &'static str,
    },
    /// A pair is scored twice.
    #[error(
        "{file}: the pair {regulator} → {target} occurs twice (rows {first} and {second}); \
         keep one of them"
    )]
    Duplicate {
        /// Name of the file.
        file: String,
        /// Name of the regulator.
        regulator: String,
        /// Name of the target.
        target: String,
        /// Its first row, counted from 1.
        first: usize,
        /// Its second row, counted from 1.
        second: usize,
    },
    /// A pair is listed twice with different answers.
    #[error(
        "{file}: rows {first} and {second} give different answers for {regulator} → {target}; \
         keep the right one"
    )]
    Contradiction {
        /// Name of the file.
        file: String,
        /// Name of the regulator.
        regulator: String,
        /// Name of the target.
        target: String,
        /// Its first row, counted from 1.
        first: usize,
        /// Its second row, counted from 1.
        second: usize,
    },
    /// A third column of zeros and ones says neither that it means edges nor signs.
    #[error(
        "{file}: column {column} (`{name}`) holds only 0 and 1; expected a known name; \
         call it `edge` if 0 means no edge, `sign` if 0 means an edge of unknown sign"
    )]
    Ambiguous {
        /// Name of the file.
        file: String,
        /// Column, counted from 1.
        column: usize,
        /// Its name in the header.
        name: String,
    },
    /// There is nothing to find.
    #[error(
        "{file}: none of the {pairs} pairs of different genes is a true edge; \
         expected at least one, marked by 1 in the column `edge`"
    )]
    NoEdge {
        /// Name of the file.
        file: String,
        /// Pairs listed.
        pairs: usize,
    },
}

/// Header names of the column that acts, in small letters.
const REGULATOR: [&str; 7] = [
    "regulator",
    "source",
    "tf",
    "gene1",
    "from",
    "node1",
    "gene_1",
];

/// Header names of the column that is acted on, in small letters.
const TARGET: [&str; 6] = ["target", "gene2", "to", "gene", "node2", "gene_2"];

/// Where regulator and target stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PairColumns {
    pub regulator: usize,
    pub target: usize,
}

impl PairColumns {
    /// The first two columns.
    pub const FIRST: Self = Self {
        regulator: 0,
        target: 1,
    };

    /// Finds both by their names; `None` if the row is no header.
    pub fn from_header(names: &[String]) -> Option<Self> {
        Some(Self {
            regulator: position(names, &REGULATOR)?,
            target: position(names, &TARGET)?,
        })
    }

    /// The column after both of them.
    pub fn next(self) -> usize {
        self.regulator.max(self.target) + 1
    }
}

/// The first column whose name, in small letters, is one of `wanted`.
pub fn position(names: &[String], wanted: &[&str]) -> Option<usize> {
    names
        .iter()
        .position(|name| wanted.contains(&name.to_ascii_lowercase().as_str()))
}

/// Numbers names in the order of their first appearance.
#[derive(Default)]
pub struct GeneIndex {
    names: Vec<String>,
    index: HashMap<String, Gene>,
}

impl GeneIndex {
    /// The gene in a cell, new or known; an empty cell is refused.
    pub fn gene(&mut self, file: &str, row: Row<'_>, column: usize) -> Result<Gene, PairFileError> {
        let name = row.cells[column].as_str();
        if name.is_empty() {
            return Err(cell_error(
                file,
                row,
                column,
                ("the name of a gene", "fill the cell"),
            ));
        }
        Ok(self.of(name))
    }

    /// The gene of this name, new or known.
    pub fn of(&mut self, name: &str) -> Gene {
        if let Some(&gene) = self.index.get(name) {
            return gene;
        }
        let gene = Gene(self.names.len());
        self.names.push(name.to_owned());
        self.index.insert(name.to_owned(), gene);
        gene
    }

    /// The genes seen.
    pub fn into_genes(self, file: &str) -> Result<Genes, PairFileError> {
        Genes::new(self.names).map_err(|_| PairFileError::NoRows {
            file: file.to_owned(),
        })
    }
}

/// A [`PairFileError::Cell`]; `column` is counted from 0 here.
pub fn cell_error(
    file: &str,
    row: Row<'_>,
    column: usize,
    (expected, cure): (&'static str, &'static str),
) -> PairFileError {
    PairFileError::Cell {
        file: file.to_owned(),
        row: row.number,
        column: column + 1,
        found: row.cells[column].clone(),
        expected,
        cure,
    }
}
