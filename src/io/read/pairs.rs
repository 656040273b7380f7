//! Rows that name a regulator and a target: prior networks, edge lists, gold standards.

use crate::io::text::{Cell, Fault, Place, ReadError, Rows, parse_cell};

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

/// The columns of regulator and target, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PairColumns {
    /// The gene that acts.
    pub regulator: usize,
    /// The gene that is acted on.
    pub target: usize,
}

impl PairColumns {
    /// The first two columns.
    pub const FIRST: Self = Self {
        regulator: 0,
        target: 1,
    };

    /// Finds both by their names in the header; none if the first row is not a header of pairs.
    pub fn find(rows: &mut Rows<'_>) -> Option<Self> {
        Self::named(rows.header())?;
        rows.complete_header();
        Self::named(rows.header())
    }

    fn named(header: &[String]) -> Option<Self> {
        Some(Self {
            regulator: position(header, &REGULATOR)?,
            target: position(header, &TARGET)?,
        })
    }

    /// The column after both of them.
    #[must_use]
    pub fn next(self) -> usize {
        self.regulator.max(self.target) + 1
    }
}

/// The first column whose name, in small letters, is one of `wanted`.
#[must_use]
pub fn position(names: &[String], wanted: &[&str]) -> Option<usize> {
    names
        .iter()
        .position(|name| wanted.contains(&name.to_ascii_lowercase().as_str()))
}

/// Columns by their names, in small letters, or else the first ones in their order; the first row is no
/// header if its last cell there is a number.
///
/// * `expected`: what the columns should hold, and how many there are
///
/// # Errors   [`ReadError`] for a first row that is too short.
pub(super) fn named_or_first<const N: usize>(
    rows: &mut Rows<'_>,
    names: [&[&str]; N],
    expected: &str,
) -> Result<[usize; N], ReadError> {
    if rows.header().len() < N {
        return Err(too_few_columns(rows, expected));
    }
    let named = names.map(|names| position(rows.header(), names));
    if named.iter().all(Option::is_some) {
        return Ok(named.map(|column| column.expect("all were found")));
    }
    if matches!(parse_cell(&rows.header()[N - 1], true), Cell::Number(_)) {
        rows.without_header();
    }
    Ok(std::array::from_fn(|at| at))
}

/// The error about a first row that is too short.
///
/// * `expected`: what the columns should hold
#[must_use]
pub fn too_few_columns(rows: &Rows<'_>, expected: &str) -> ReadError {
    let count = rows.header().len();
    let place = Place::row(rows.file(), rows.header_line());
    ReadError::new(Fault::Shape, place, format!("found {count} column(s)"))
        .expecting(format!("at least {expected}"))
        .cured_by("add what is missing, or check what separates the columns")
}
