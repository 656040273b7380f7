//! The tables and records of a run's folder, read back.

use std::io::{self, Read};

use crate::genes::{Gene, Genes};
use crate::io::text::{ReadError, Rows, TableRow, name_some, shorten};
use crate::network::NetworkError;

/// Why a file of a run's folder cannot be used. Rows are lines, counted from 1.
#[derive(Debug, thiserror::Error)]
pub enum RunFileError {
    /// It is no table.
    #[error(transparent)]
    Text(#[from] ReadError),
    /// It has other columns.
    #[error(
        "{file}: found the columns {found}, expected {expected}; give the folder of one run as it \
         was written, or run `cistron infer` again"
    )]
    Columns {
        /// Name of the file.
        file: String,
        /// The first names found.
        found: String,
        /// The names that belong there.
        expected: String,
    },
    /// A cell does not hold what its column asks for.
    #[error(
        "{file}: row {row}, column {column} (`{name}`): found `{found}`, expected {expected}; \
         restore the file, or run `cistron infer` again"
    )]
    Cell {
        /// Name of the file.
        file: String,
        /// Row, counted from 1.
        row: usize,
        /// Column, counted from 1.
        column: usize,
        /// Its name.
        name: String,
        /// What the cell holds.
        found: String,
        /// What it should hold.
        expected: &'static str,
    },
    /// Edges that make no network.
    #[error("{file}: {source}; restore the file, or run `cistron infer` again")]
    Network {
        /// Name of the file.
        file: String,
        /// What is wrong with them.
        source: NetworkError,
    },
    /// The system gave up.
    #[error("{file}: cannot be read ({source}); check that the file is complete and not damaged")]
    Unreadable {
        /// Name of the file.
        file: String,
        /// What the system said.
        source: io::Error,
    },
    /// No JSON, or not that of a run.
    #[error(
        "{file}: line {line}, column {column}: {found}; give the complete file of a run, or run \
         `cistron infer` again"
    )]
    Json {
        /// Name of the file.
        file: String,
        /// Line, counted from 1.
        line: usize,
        /// Column, counted from 1.
        column: usize,
        /// What the parser says.
        found: String,
    },
}

impl RunFileError {
    /// The columns are not those of the genes of the model.
    pub(super) fn other_genes(file: &str, found: &[String], genes: &Genes) -> Self {
        Self::Columns {
            file: file.to_owned(),
            found: name_some(found),
            expected: format!("the genes of the model ({})", name_some(genes.names())),
        }
    }
}

/// JSON as a value of `T`.
pub(crate) fn read_json<T: serde::de::DeserializeOwned>(
    mut input: impl Read,
    file: &str,
) -> Result<T, RunFileError> {
    let mut text = Vec::new();
    let read = input.read_to_end(&mut text);
    read.map_err(|source| RunFileError::Unreadable {
        file: file.to_owned(),
        source,
    })?;
    serde_json::from_slice(&text).map_err(|error| {
        let found = error.to_string();
        let found = found.rsplit_once(" at line ").map_or(&*found, |(it, _)| it);
        RunFileError::Json {
            file: file.to_owned(),
            line: error.line(),
            column: error.column(),
            found: found.to_owned(),
        }
    })
}

/// Rows of a table that we wrote ourselves, under a header that is known.
pub(super) struct RunTable<'a>(Rows<'a>);

/// One row of such a table.
pub(super) struct RunRow<'r> {
    row: TableRow<'r>,
}

impl<'a> RunTable<'a> {
    /// Reads the header, which has to begin with `expected`.
    pub(super) fn open(
        input: impl Read + 'a,
        file: &str,
        expected: &[&str],
    ) -> Result<Self, RunFileError> {
        let rows = Rows::open(input, file)?;
        let header = rows.header();
        let begins = header.len() >= expected.len() && header[..expected.len()] == *expected;
        if !begins {
            return Err(RunFileError::Columns {
                file: file.to_owned(),
                found: name_some(header),
                expected: format!("`{}`", expected.join("`, `")),
            });
        }
        Ok(Self(rows))
    }

    /// Names of the columns.
    pub(super) fn header(&self) -> &[String] {
        self.0.header()
    }

    /// The next row; none after the last.
    pub(super) fn next(&mut self) -> Result<Option<RunRow<'_>>, RunFileError> {
        let row = self.0.advance()?;
        Ok(row.map(|row| RunRow { row }))
    }
}

impl RunRow<'_> {
    /// The text of a column, counted from 0.
    pub(super) fn text(&self, column: usize) -> &str {
        self.row.cell(column)
    }

    /// A finite number, or NaN where it is empty or says so.
    pub(super) fn number(&self, column: usize) -> Result<f64, RunFileError> {
        match self.text(column) {
            "" => Ok(f64::NAN),
            cell => cell
                .parse()
                .map_err(|_| self.wrong(column, "a number, or nothing")),
        }
    }

    /// A count.
    pub(super) fn count(&self, column: usize) -> Result<usize, RunFileError> {
        let cell = self.text(column);
        cell.parse().map_err(|_| self.wrong(column, "a count"))
    }

    /// A gene of the model.
    pub(super) fn gene(&self, column: usize, genes: &Genes) -> Result<Gene, RunFileError> {
        let found = genes.find(self.text(column));
        found.ok_or_else(|| self.wrong(column, "a gene of the model"))
    }

    /// What is wrong with a cell.
    pub(super) fn wrong(&self, column: usize, expected: &'static str) -> RunFileError {
        let place = self.row.place(column);
        RunFileError::Cell {
            file: place.file.into(),
            row: self.row.line(),
            column: column + 1,
            name: place.name.unwrap_or_default().into(),
            found: shorten(self.text(column)),
            expected,
        }
    }
}
