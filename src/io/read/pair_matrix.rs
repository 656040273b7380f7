//! Networks as matrices: one side names regulators, the other targets.

use std::collections::HashSet;

use super::listed_pairs::{ListedPair, NameIndex, PairList};
use super::pair_facts::{ColumnFacts, ListFacts};
use super::pair_words::{PairSide, is_side, plain};
use super::pairs::{PairOptions, PairUse};
use super::series_options::Orientation;
use crate::genes::Genes;
use crate::io::text::{
    Cell, ColumnMarks, Fault, NumberMarks, Place, ReadError, Reading, Rows, TableRow, name_some,
    parse_cell, shorten,
};
use crate::network::Sign;

/// Whether the rows of a matrix have names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MatrixShape {
    /// The first column names them.
    Named,
    /// They are in the order of the columns.
    Square,
}

/// The shape of a matrix; none if the table is a list.
pub(super) fn is_matrix(facts: &ListFacts) -> Option<MatrixShape> {
    let names: Vec<String> = facts.first.iter().map(|name| plain(name)).collect();
    let is = |side: PairSide| names.iter().any(|name| is_side(name, side));
    if names.len() < 3 || facts.rows < 2 || is(PairSide::Source) && is(PairSide::Target) {
        return None;
    }
    let words = |names: &[String]| {
        names
            .iter()
            .all(|name| !name.is_empty() && !matches!(parse_cell(name, true), Cell::Number(_)))
    };
    let numbers = |from: usize| {
        facts.columns[from..]
            .iter()
            .all(|column| column.is_numeric())
    };
    let all_names = facts.columns[0].is_words();
    if all_names && numbers(1) && words(&facts.first[1..]) {
        return Some(MatrixShape::Named);
    }
    (numbers(0) && words(&facts.first) && facts.rows == names.len()).then_some(MatrixShape::Square)
}

/// What a matrix is for, and what is known about it.
pub(super) struct MatrixSettings<'s> {
    pub(super) purpose: PairUse,
    pub(super) options: &'s PairOptions,
    /// Names that occur in it, if they are known.
    pub(super) genes: Option<&'s Genes>,
}

/// A cell of a matrix; positions of its row and column from 0.
#[derive(Clone, Copy)]
struct MatrixCell {
    row: usize,
    column: usize,
    value: f64,
}

/// The names of both sides and the cells between them: those that are not 0, and zeros that matter.
struct NameMatrix {
    corner: String,
    rows: Vec<String>,
    lines: Vec<usize>,
    columns: Vec<String>,
    /// Row by row.
    cells: Vec<MatrixCell>,
    marks: NumberMarks,
}

impl NameMatrix {
    fn read(
        bytes: &[u8],
        file: &str,
        shape: MatrixShape,
        facts: &ListFacts,
        settings: &MatrixSettings<'_>,
    ) -> Result<Self, ReadError> {
        let mut rows = Rows::open(bytes, file)?;
        rows.complete_header();
        let header = rows.header().to_vec();
        let first = usize::from(shape == MatrixShape::Named);
        let mut matrix = Self {
            corner: if first == 1 {
                plain(&header[0])
            } else {
                String::new()
            },
            rows: Vec::new(),
            lines: Vec::new(),
            columns: header[first..].to_vec(),
            cells: Vec::new(),
            marks: marks_of(&facts.columns[first..], settings)?,
        };
        // a pair that is not listed is no edge, unless the others are known
        let known = |name: &String| {
            settings
                .genes
                .is_none_or(|genes| genes.find(name).is_some())
        };
        let listed: Vec<bool> = match settings.purpose {
            PairUse::Known => matrix.columns.iter().map(known).collect(),
            PairUse::Ranked | PairUse::Prior => vec![false; matrix.columns.len()],
        };
        while let Some(row) = rows.advance()? {
            let name = match shape {
                MatrixShape::Named => row.cell(0).to_owned(),
                MatrixShape::Square => header[matrix.rows.len()].clone(),
            };
            let zeros = settings.purpose == PairUse::Known && known(&name);
            for (column, cell) in row.cells().skip(first).enumerate() {
                let value = match cell {
                    "0" => 0.0,
                    _ => matrix.value(row, first + column)?,
                };
                if value != 0.0 && !value.is_nan() || value == 0.0 && zeros && listed[column] {
                    matrix.cells.push(MatrixCell {
                        row: matrix.rows.len(),
                        column,
                        value,
                    });
                }
            }
            matrix.rows.push(name);
            matrix.lines.push(row.line());
        }
        matrix.refuse_measurements(file, settings.genes)?;
        Ok(matrix)
    }

    /// A table of measurements is not a network: it has rows of one name, or a side that names no gene.
    fn refuse_measurements(&self, file: &str, genes: Option<&Genes>) -> Result<(), ReadError> {
        let mut seen = HashSet::new();
        let repeated = self.rows.iter().find(|name| !seen.insert(name.as_str()));
        let strange = |names: &[String]| {
            genes.is_some_and(|genes| names.iter().all(|name| genes.find(name).is_none()))
        };
        let found = match repeated {
            Some(name) => format!("found several rows called `{}`", shorten(name)),
            None if strange(&self.rows) => format!("found rows {}", name_some(&self.rows)),
            None if strange(&self.columns) => format!("found columns {}", name_some(&self.columns)),
            None => return Ok(()),
        };
        let expected = match genes {
            Some(genes) => format!("a network of genes such as {}", name_some(genes.names())),
            None => "a network: each row and each column is one gene".to_owned(),
        };
        Err(ReadError::new(Fault::Mismatch, Place::file(file), found)
            .expecting(expected)
            .cured_by(
                "give a list of regulator, target and score, or a matrix of regulators and targets",
            ))
    }

    /// A cell; NaN if it is empty.
    fn value(&self, row: TableRow<'_>, column: usize) -> Result<f64, ReadError> {
        match self.marks.cell(row.cell(column)) {
            Cell::Number(x) => Ok(x),
            Cell::Missing => Ok(f64::NAN),
            Cell::Text | Cell::Infinite | Cell::Comma(_) => {
                let error = row.refuse(column, "a finite number");
                Err(error.cured_by("correct it, or leave the cell empty"))
            }
        }
    }

    /// The pairs that the cells are.
    ///
    /// * `signed`: whether some cells are below 0
    fn pairs(&self, in_rows: bool, signed: bool, names: &mut NameIndex) -> Vec<ListedPair> {
        let pairs = self.cells.iter().map(|&MatrixCell { row, column, value }| {
            let (down, across) = (&self.rows[row], &self.columns[column]);
            let (regulator, target) = if in_rows {
                (down, across)
            } else {
                (across, down)
            };
            ListedPair {
                regulator: names.number(regulator),
                target: names.number(target),
                value: if signed { value.abs() } else { value },
                edge: value != 0.0,
                sign: if signed { sign(value) } else { Sign::Unknown },
                allowed: None,
                row: self.lines[row],
            }
        });
        pairs.collect()
    }

    /// Whether the cells are the same after rows and columns have changed places.
    fn is_symmetric(&self) -> bool {
        let key = |cell: &MatrixCell| (cell.row, cell.column);
        let mut turned: Vec<MatrixCell> = self
            .cells
            .iter()
            .map(|cell| MatrixCell {
                row: cell.column,
                column: cell.row,
                ..*cell
            })
            .collect();
        turned.sort_by_key(key);
        let mut pairs = self.cells.iter().zip(&turned);
        self.rows == self.columns
            && pairs.all(|(one, other)| key(one) == key(other) && one.value == other.value)
    }

    /// Whether regulators are in rows, and why; none if nothing says so.
    fn regulators_in_rows(&self, genes: Option<&[String]>) -> Option<(bool, String)> {
        let corner = |side: PairSide| is_side(&self.corner, side);
        if corner(PairSide::Source) || corner(PairSide::Target) {
            return Some((
                corner(PairSide::Source),
                format!("as the first column is called `{}`", self.corner),
            ));
        }
        let inside = |names: &[String], others: &[String]| {
            let others: HashSet<&String> = others.iter().collect();
            names.iter().filter(|name| others.contains(name)).count()
        };
        if let Some(regulators) = genes {
            let (down, across) = (
                inside(&self.rows, regulators),
                inside(&self.columns, regulators),
            );
            let all = |count: usize, names: &[String]| count == names.len();
            match (all(down, &self.rows), all(across, &self.columns)) {
                (true, false) => return Some((true, "as all rows are regulators".to_owned())),
                (false, true) => return Some((false, "as all columns are regulators".to_owned())),
                _ => {}
            }
        }
        let (rows, columns) = (self.rows.len(), self.columns.len());
        let shared = inside(&self.rows, &self.columns);
        if shared == rows && rows < columns {
            return Some((true, "as rows are a part of the columns".to_owned()));
        }
        if shared == columns && columns < rows {
            return Some((false, "as columns are a part of the rows".to_owned()));
        }
        if self.is_symmetric() {
            return Some((true, "as the matrix is symmetric".to_owned()));
        }
        // few regulate many
        match () {
            () if shared == 0 && 2 * rows <= columns => {
                Some((true, "as rows are fewer".to_owned()))
            }
            () if shared == 0 && 2 * columns <= rows => {
                Some((false, "as columns are fewer".to_owned()))
            }
            () => None,
        }
    }
}

/// How the numbers of a matrix are written: all of its columns alike.
fn marks_of(
    columns: &[ColumnFacts],
    settings: &MatrixSettings<'_>,
) -> Result<NumberMarks, ReadError> {
    let mut marks = ColumnMarks::default();
    columns.iter().for_each(|column| marks.join(&column.marks));
    let decimal = settings.options.text.decimal;
    settings.purpose.marks(&marks, decimal)
}

/// Reads a matrix; every cell is a pair, 0 is no edge.
///
/// # Errors   [`Fault::Mismatch`] where neither names nor shape say which side regulates.
/// # Cost     memory for the cells that are not 0, and for zeros between known genes of a known network.
pub(super) fn read_matrix(
    bytes: &[u8],
    file: &str,
    shape: MatrixShape,
    facts: &ListFacts,
    settings: &MatrixSettings<'_>,
) -> Result<Reading<PairList>, ReadError> {
    let matrix = NameMatrix::read(bytes, file, shape, facts, settings)?;
    let options = settings.options;
    let (in_rows, why) = match options.matrix_regulators {
        Orientation::Rows => (true, "as asked".to_owned()),
        Orientation::Columns => (false, "as asked".to_owned()),
        Orientation::Auto => {
            let regulators = (!options.regulators.is_empty()).then_some(&options.regulators[..]);
            matrix
                .regulators_in_rows(regulators)
                .ok_or_else(|| two_sides(file, &matrix))?
        }
    };
    let negative = matrix.cells.iter().any(|cell| cell.value < 0.0);
    let mut names = NameIndex::default();
    if settings.genes.is_none() {
        // genes without any edge are genes, too
        let sides = [&matrix.rows, &matrix.columns];
        sides.into_iter().flatten().for_each(|name| {
            names.number(name);
        });
    }
    let pairs = matrix.pairs(in_rows, negative, &mut names);
    let (side, other) = if in_rows {
        ("rows", "columns")
    } else {
        ("columns", "rows")
    };
    let signs = if negative {
        "sign of the cell"
    } else {
        "no sign"
    };
    let mut reading = Reading::new(PairList {
        names: names.names,
        pairs,
        says_edges: true,
    });
    reading.notes.push(format!(
        "{file}: a matrix of {} rows and {} columns: source in {side}, target in {other}, {why}; score: the size of \
         the cell, 0 is no edge; {signs}",
        matrix.rows.len(),
        matrix.columns.len()
    ));
    reading.notes.extend(matrix.marks.notes);
    Ok(reading)
}

/// The sign of a cell of a matrix with numbers below 0.
fn sign(x: f64) -> Sign {
    match x {
        x if x > 0.0 => Sign::Activation,
        x if x < 0.0 => Sign::Repression,
        _ => Sign::Unknown,
    }
}

fn two_sides(file: &str, matrix: &NameMatrix) -> ReadError {
    let found = format!(
        "found a matrix with rows {} and columns {}: either may be the regulators",
        name_some(&matrix.rows),
        name_some(&matrix.columns)
    );
    ReadError::new(Fault::Mismatch, Place::file(file), found)
        .expecting("a first cell `regulator` or `target`, which says what the first column names")
        .cured_by("write it, or say `--matrix-regulators rows` or `--matrix-regulators columns`")
}
