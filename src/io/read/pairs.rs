//! Rows that name a regulator and a target: what the lists are for, and columns found by name.

use super::pair_words::ScoreOrder;
use super::series_options::Orientation;
use crate::io::text::{
    Cell, ColumnMarks, DecimalSign, Fault, NumberMarks, Place, ReadError, Rows, TextOptions,
    gene_word_rank, name_some, parse_cell,
};

/// What a list of pairs is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PairUse {
    /// Edges to be scored: a column ranks them.
    Ranked,
    /// A known network: which pairs are edges.
    Known,
    /// What supports pairs before the fit.
    Prior,
}

impl PairUse {
    /// How numbers are written that have this use.
    ///
    /// # Errors   as [`ColumnMarks::decide`], where the two readings have different consequences.
    pub(super) fn marks(
        self,
        marks: &ColumnMarks,
        decimal: Option<DecimalSign>,
    ) -> Result<NumberMarks, ReadError> {
        let alike = match self {
            Self::Ranked => marks.is_one_scale(),
            // only 0 matters
            Self::Known => true,
            Self::Prior => false,
        };
        match marks.decide(decimal) {
            Err(_) if alike => Ok(NumberMarks::default()),
            decided => decided,
        }
    }
}

/// What the user said about a list of pairs.
#[derive(Clone, Debug, Default)]
pub struct PairOptions {
    /// Name or number of the column of scores.
    pub score_column: Option<String>,
    /// Which of its numbers come first.
    pub direction: Option<ScoreOrder>,
    /// Name or number of the column which says whether a known pair is an edge; `none` if all pairs are.
    pub edge_column: Option<String>,
    /// How its numbers are to be read.
    pub text: TextOptions,
    /// Where a matrix has its regulators.
    pub matrix_regulators: Orientation,
    /// Names of regulators, if there is a list.
    pub regulators: Vec<String>,
}

/// A column that is known by its name.
#[derive(Clone, Copy)]
pub(super) struct NamedColumn {
    /// What messages call it.
    pub(super) called: &'static str,
    /// Whether a name is that of the column.
    pub(super) is_named: fn(&str) -> bool,
}

/// The column of genes in a table of one row per gene.
pub(super) const GENE_COLUMN: NamedColumn = NamedColumn {
    called: "gene, gene_id, symbol, locus_tag",
    is_named: |name| gene_word_rank(name).is_some(),
};

/// Columns by their names; the first ones in their order without a header, which is so
/// if the last cell of the first row there is a number.
///
/// * `expected`: what the columns should hold, and how many there are
///
/// # Errors   [`ReadError`] for a first row that is too short, and for a header without one of the names.
pub(super) fn named_or_first<const N: usize>(
    rows: &mut Rows<'_>,
    columns: [NamedColumn; N],
    expected: &str,
) -> Result<[usize; N], ReadError> {
    if rows.header().len() < N {
        let place = Place::row(rows.file(), rows.header_line());
        return Err(too_few_columns(place, rows.header().len(), expected));
    }
    let header = columns.map(|column| {
        rows.header()
            .iter()
            .position(|name| (column.is_named)(name))
    });
    if header.iter().all(Option::is_some) {
        return Ok(header.map(|column| column.expect("all were found")));
    }
    if matches!(
        parse_cell(&rows.header()[N - 1], true),
        Cell::Number(_) | Cell::Comma(_)
    ) {
        rows.without_header();
        return Ok(std::array::from_fn(|at| at));
    }
    let missing = (0..N).find(|at| header[*at].is_none()).unwrap_or_default();
    let found = format!(
        "found no column called {} (header: {})",
        columns[missing].called,
        name_some(rows.header())
    );
    let place = Place::row(rows.file(), rows.header_line());
    Err(ReadError::new(Fault::Shape, place, found)
        .expecting(format!("columns {expected}"))
        .cured_by("name the column so, or give the table without a header in this order"))
}

/// The error about a first row that is too short.
///
/// * `place`: the row
/// * `count`: number of its columns
/// * `expected`: what the columns should hold
pub(super) fn too_few_columns(place: Place, count: usize, expected: &str) -> ReadError {
    ReadError::new(Fault::Shape, place, format!("found {count} column(s)"))
        .expecting(format!("at least {expected}"))
        .cured_by("add what is missing, or check what separates the columns")
}
