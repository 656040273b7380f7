//! What can be wrong with a file that is read, with the place and the cure.

use std::error::Error;
use std::fmt;

use super::reading::shorten;

/// A place in a file, counted from 1 as editors and spreadsheets count.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Place {
    /// Name of the file, as it was given.
    pub file: Box<str>,
    /// Line of the file, with comments and blank lines counted.
    pub row: Option<usize>,
    /// Number of the column.
    pub column: Option<usize>,
    /// Name of the column in the header, if there is a header.
    pub name: Option<Box<str>>,
}

impl Place {
    /// A whole file.
    #[doc(hidden)]
    #[must_use]
    pub fn file(file: &str) -> Self {
        Self {
            file: file.into(),
            row: None,
            column: None,
            name: None,
        }
    }

    /// A whole row.
    #[doc(hidden)]
    #[must_use]
    pub fn row(file: &str, row: usize) -> Self {
        Self {
            row: Some(row),
            ..Self::file(file)
        }
    }

    /// A whole column.
    #[doc(hidden)]
    #[must_use]
    pub fn column(file: &str, number: usize, name: &str) -> Self {
        Self {
            column: Some(number),
            name: Some(name.into()),
            ..Self::file(file)
        }
    }

    /// One cell.
    #[doc(hidden)]
    #[must_use]
    pub fn cell(file: &str, row: usize, number: usize, name: &str) -> Self {
        Self {
            row: Some(row),
            ..Self::column(file, number, name)
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(row) = self.row {
            write!(f, ", row {row}")?;
        }
        if let Some(column) = self.column {
            write!(f, ", column {column}")?;
        }
        match self.name.as_deref() {
            Some("") => f.write_str(" (no name)"),
            Some(name) => write!(f, " (`{name}`)"),
            None => Ok(()),
        }
    }
}

/// The kind of a fault in a file, for programs that react to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The system cannot open or read it, or the gzip stream is damaged.
    Unreadable,
    /// The bytes are not text, or not that of the format.
    Format,
    /// There is nothing in it, or nothing below its header.
    Empty,
    /// Rows, columns or quotes do not form a table, or a column is missing.
    Shape,
    /// A cell does not hold what its column asks for.
    Cell,
    /// A name is missing, occurs twice or is not known.
    Name,
    /// Times are missing, repeat, or do not increase.
    Time,
    /// Two files, or a file and the options given with it, do not fit together.
    Mismatch,
    /// All cells are well formed, but together they make no sound data.
    Invalid,
}

/// What is wrong with a file: where, what was found, what was expected, and the cure.
///
/// One type for every reader: a message is `place: found, expected …; cure`.
#[derive(Debug)]
pub struct ReadError(Box<Details>);

#[derive(Debug)]
struct Details {
    fault: Fault,
    place: Place,
    found: String,
    expected: String,
    cure: String,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl ReadError {
    /// A fault at a place.
    ///
    /// * `found`: what is wrong, a phrase such as "found 2 cells"
    #[doc(hidden)]
    #[must_use]
    pub fn new(fault: Fault, place: Place, found: impl Into<String>) -> Self {
        Self(Box::new(Details {
            fault,
            place,
            found: found.into(),
            expected: String::new(),
            cure: String::new(),
            source: None,
        }))
    }

    /// What belongs there instead.
    #[doc(hidden)]
    #[must_use]
    pub fn expecting(mut self, expected: impl Into<String>) -> Self {
        self.0.expected = expected.into();
        self
    }

    /// What to do.
    #[doc(hidden)]
    #[must_use]
    pub fn cured_by(mut self, cure: impl Into<String>) -> Self {
        self.0.cure = cure.into();
        self
    }

    /// The same about a file that a run wrote: nobody corrects it by hand.
    #[doc(hidden)]
    #[must_use]
    pub fn in_run(self) -> Self {
        self.cured_by("restore the file, or run `cistron infer` again")
    }

    /// The same, with the error that caused it.
    #[doc(hidden)]
    #[must_use]
    pub fn caused_by(mut self, source: impl Error + Send + Sync + 'static) -> Self {
        self.0.source = Some(Box::new(source));
        self
    }

    /// A file that the system or the gzip decoder cannot read.
    #[doc(hidden)]
    #[must_use]
    pub fn unreadable(file: &str, source: std::io::Error) -> Self {
        let found = format!("cannot be read ({source})");
        Self::new(Fault::Unreadable, Place::file(file), found)
            .cured_by("check that the file is complete and not damaged")
            .caused_by(source)
    }

    /// Cells that are well formed and make no sound data; the source says why, and the cure.
    #[doc(hidden)]
    #[must_use]
    pub fn invalid(place: Place, source: impl Error + Send + Sync + 'static) -> Self {
        Self::new(Fault::Invalid, place, source.to_string()).caused_by(source)
    }

    /// The kind of the fault.
    #[must_use]
    pub fn fault(&self) -> Fault {
        self.0.fault
    }

    /// Where it is.
    #[must_use]
    pub fn place(&self) -> &Place {
        &self.0.place
    }

    /// What was found there.
    #[must_use]
    pub fn found(&self) -> &str {
        &self.0.found
    }

    /// What belongs there; empty where `found` says all.
    #[must_use]
    pub fn expected(&self) -> &str {
        &self.0.expected
    }

    /// What to do.
    #[must_use]
    pub fn cure(&self) -> &str {
        &self.0.cure
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let details = &*self.0;
        write!(f, "{}: {}", details.place, details.found)?;
        if !details.expected.is_empty() {
            write!(f, ", expected {}", details.expected)?;
        }
        if !details.cure.is_empty() {
            write!(f, "; {}", details.cure)?;
        }
        Ok(())
    }
}

impl Error for ReadError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        let source = self.0.source.as_deref()?;
        Some(source)
    }
}

/// The error about an infinite number.
pub(super) fn infinite(place: Place, cell: &str) -> ReadError {
    ReadError::new(Fault::Cell, place, format!("found `{}`", shorten(cell)))
        .expecting("a finite number")
        .cured_by("correct it or leave the cell empty if the value is missing")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_has_the_place_what_was_found_and_expected_and_the_cure() {
        let place = Place::cell("t.tsv", 3, 2, "A");
        let error = ReadError::new(Fault::Cell, place, "found `x`")
            .expecting("a number")
            .cured_by("correct it");
        assert_eq!(
            error.to_string(),
            "t.tsv, row 3, column 2 (`A`): found `x`, expected a number; correct it"
        );
        let short = ReadError::new(Fault::Empty, Place::file("t.tsv"), "the file is empty");
        assert_eq!(short.to_string(), "t.tsv: the file is empty");
        assert!(short.source().is_none());
    }

    #[test]
    fn the_cause_stays_with_the_error() {
        let error = ReadError::unreadable("t.gz", std::io::Error::other("corrupt"));
        assert_eq!(error.fault(), Fault::Unreadable);
        assert_eq!(error.source().expect("a cause").to_string(), "corrupt");
        assert!(
            error
                .to_string()
                .starts_with("t.gz: cannot be read (corrupt); check")
        );
    }
}
