//! What the columns of metadata say of every sample, as text.

use super::columns::is_replicate;
use super::metadata_columns::{Metadata, joined};
use super::samples::Genotypes;
use crate::io::text::{Cell, Fault, Place, ReadError, Table, parse_cell, shorten};

impl Metadata {
    /// The name of the series of every row: the series columns, joined by `/`.
    ///
    /// # Errors   [`Fault::Cell`] for an empty cell or a number with decimals.
    pub(super) fn series_names(&self, table: &Table) -> Result<Option<Vec<String>>, ReadError> {
        for &column in &self.series {
            for (cell, &row) in table.text(column).iter().zip(table.lines()) {
                let decimals = match parse_cell(cell, true) {
                    Cell::Number(x) | Cell::Comma(x) => x.fract() != 0.0,
                    _ => false,
                };
                if cell.is_empty() || decimals {
                    return Err(no_series_name(table.place(row, column), cell));
                }
            }
        }
        Ok(joined(table, &self.series))
    }

    /// What tells the samples of one time apart, for people.
    pub(super) fn replicates(&self, table: &Table) -> Option<Vec<String>> {
        let named = self.series.iter().copied();
        let named = named.filter(|&column| is_replicate(&table.header()[column]));
        joined(table, &named.collect::<Vec<_>>())
    }

    /// The condition of every row.
    pub(super) fn conditions(&self, table: &Table) -> Option<Vec<String>> {
        joined(table, &self.condition)
    }

    /// The mutant of every row, as people write it.
    pub(super) fn genotypes(&self, table: &Table) -> Option<Genotypes> {
        self.genotype.map(|column| Genotypes {
            column: table.header()[column].clone(),
            labels: table.text(column).to_vec(),
        })
    }

    /// What was done to genes in every row.
    pub(super) fn interventions(&self, table: &Table) -> Option<Vec<String>> {
        self.intervention.map(|column| table.text(column).to_vec())
    }
}

fn no_series_name(place: Place, cell: &str) -> ReadError {
    ReadError::new(Fault::Cell, place, format!("found `{}`", shorten(cell)))
        .expecting("the name or whole number of a series")
        .cured_by("correct it, rename the column if it is a gene, or leave it out with `--ignore`")
}
