//! The tables and records of a run's folder, read back.

use std::io::Read;

use crate::genes::{Gene, Genes};
use crate::io::text::{Fault, Place, ReadError, Rows, TableRow, name_some};

/// What to do about a file of another run.
const ONE_RUN: &str = "give the folder of one run as it was written, or run `cistron infer` again";

/// The columns are not those of the table.
///
/// * `found`: their names, as a list
pub(super) fn other_columns(file: &str, found: &str, expected: impl Into<String>) -> ReadError {
    let found = format!("found the columns {found}");
    ReadError::new(Fault::Shape, Place::file(file), found)
        .expecting(expected)
        .in_run()
}

/// The columns are not those of the genes of the model.
pub(super) fn other_genes(file: &str, found: &[String], genes: &Genes) -> ReadError {
    let expected = format!("the genes of the model ({})", name_some(genes.names()));
    let found = format!("found the columns {}", name_some(found));
    ReadError::new(Fault::Mismatch, Place::file(file), found)
        .expecting(expected)
        .cured_by(ONE_RUN)
}

/// JSON as a value of `T`.
///
/// # Errors   [`Fault::Unreadable`], and [`Fault::Format`] with line and column.
pub(crate) fn read_json<T: serde::de::DeserializeOwned>(
    mut input: impl Read,
    file: &str,
) -> Result<T, ReadError> {
    let mut text = Vec::new();
    let read = input.read_to_end(&mut text);
    read.map_err(|source| ReadError::unreadable(file, source))?;
    serde_json::from_slice(&text).map_err(|error| {
        ReadError::new(
            Fault::Format,
            json_place(file, &error),
            without_place(&error),
        )
        .cured_by("give the complete file of a run, or run `cistron infer` again")
    })
}

/// Where a parser of JSON stopped.
pub(super) fn json_place(file: &str, error: &serde_json::Error) -> Place {
    Place {
        column: Some(error.column()),
        ..Place::row(file, error.line())
    }
}

/// The parser's message without the place, which ours says first.
pub(super) fn without_place(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rsplit_once(" at line ") {
        Some((what, _)) => what.to_owned(),
        None => text,
    }
}

/// The message about an object without what to do, which is said of its file.
pub(super) fn without_cure(error: &impl std::error::Error) -> String {
    let text = error.to_string();
    match text.rsplit_once("; ") {
        Some((what, _)) => what.to_owned(),
        None => text,
    }
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
    ) -> Result<Self, ReadError> {
        let rows = Rows::open(input, file).map_err(ReadError::in_run)?;
        let header = rows.header();
        let begins = header.len() >= expected.len() && header[..expected.len()] == *expected;
        if !begins {
            let expected = format!("`{}`", expected.join("`, `"));
            return Err(other_columns(file, &name_some(header), expected));
        }
        Ok(Self(rows))
    }

    /// Names of the columns.
    pub(super) fn header(&self) -> &[String] {
        self.0.header()
    }

    /// The next row; none after the last.
    pub(super) fn next(&mut self) -> Result<Option<RunRow<'_>>, ReadError> {
        let row = self.0.advance().map_err(ReadError::in_run)?;
        Ok(row.map(|row| RunRow { row }))
    }
}

impl RunRow<'_> {
    /// The text of a column, counted from 0.
    pub(super) fn text(&self, column: usize) -> &str {
        self.row.cell(column)
    }

    /// A finite number, or NaN where it is empty or says so.
    pub(super) fn number(&self, column: usize) -> Result<f64, ReadError> {
        match self.text(column) {
            "" => Ok(f64::NAN),
            cell => cell
                .parse()
                .map_err(|_| self.wrong(column, "a number, or nothing")),
        }
    }

    /// A count.
    pub(super) fn count(&self, column: usize) -> Result<usize, ReadError> {
        let cell = self.text(column);
        cell.parse().map_err(|_| self.wrong(column, "a count"))
    }

    /// A gene of the model.
    pub(super) fn gene(&self, column: usize, genes: &Genes) -> Result<Gene, ReadError> {
        let found = genes.find(self.text(column));
        found.ok_or_else(|| self.wrong(column, "a gene of the model"))
    }

    /// What is wrong with a cell.
    pub(super) fn wrong(&self, column: usize, expected: &'static str) -> ReadError {
        self.row.refuse(column, expected).in_run()
    }
}
