//! Single cells placed on lineages by pseudotime.

use faer::Mat;

use crate::genes::Genes;

use super::Scale;

/// What is wrong with a set of cells.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum CellsError {
    /// Sizes do not match.
    #[error("{what}: found {found}, expected {expected}; the tables must name the same cells")]
    Sizes {
        /// What was counted.
        what: String,
        /// The number found.
        found: usize,
        /// The number expected.
        expected: usize,
    },
    /// A lineage is too short.
    #[error("lineage `{lineage}` has {cells} cells with a pseudotime; at least 3 are needed")]
    TooFew {
        /// Name of the lineage.
        lineage: String,
        /// Its cells.
        cells: usize,
    },
}

/// A path through the cells: the pseudotime of every cell on it.
#[derive(Clone, Debug)]
pub struct Lineage {
    /// Name, as in the header of the pseudotime table.
    pub name: String,
    /// One number a cell; NaN for cells that are not on this lineage.
    pub pseudotime: Vec<f64>,
}

/// Expression of single cells and the lineages they lie on.
#[derive(Clone, Debug)]
pub struct Cells {
    genes: Genes,
    names: Vec<String>,
    values: Mat<f64>,
    lineages: Vec<Lineage>,
}

impl Cells {
    /// Cells `n × p` with at least one lineage.
    ///
    /// # Errors   [`CellsError`] if sizes do not match or a lineage has fewer than 3 cells.
    pub fn new(
        genes: Genes,
        names: Vec<String>,
        values: Mat<f64>,
        lineages: Vec<Lineage>,
    ) -> Result<Self, CellsError> {
        check_size("genes of the matrix", values.ncols(), genes.len())?;
        check_size("cells of the matrix", values.nrows(), names.len())?;
        for lineage in &lineages {
            let pseudotime = &lineage.pseudotime;
            check_size("cells with pseudotime", pseudotime.len(), names.len())?;
            let cells = pseudotime.iter().filter(|t| t.is_finite()).count();
            if cells < 3 {
                return Err(CellsError::TooFew {
                    lineage: lineage.name.clone(),
                    cells,
                });
            }
        }
        Ok(Self {
            genes,
            names,
            values,
            lineages,
        })
    }

    /// The genes, in the order of the columns.
    #[must_use]
    pub fn genes(&self) -> &Genes {
        &self.genes
    }

    /// Names of the cells, in the order of the rows.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Values `n × p`; NaN where missing.
    #[must_use]
    pub fn values(&self) -> &Mat<f64> {
        &self.values
    }

    /// The lineages.
    #[must_use]
    pub fn lineages(&self) -> &[Lineage] {
        &self.lineages
    }
}

impl Cells {
    /// The same cells on another scale.
    #[must_use]
    pub fn on_scale(&self, scale: Scale) -> Self {
        let values = Mat::from_fn(self.values.nrows(), self.values.ncols(), |i, j| {
            scale.forward(self.values[(i, j)])
        });
        Self {
            values,
            ..self.clone()
        }
    }
}

fn check_size(what: &str, found: usize, expected: usize) -> Result<(), CellsError> {
    if found == expected {
        return Ok(());
    }
    Err(CellsError::Sizes {
        what: what.to_owned(),
        found,
        expected,
    })
}
