//! Networks as matrices: one side names regulators, the other targets.

use super::listed_pairs::{ListedPair, NameIndex, PairList};
use super::pair_facts::ListFacts;
use super::pair_words::{SOURCE, TARGET, plain};
use super::pairs::PairOptions;
use super::series_options::Orientation;
use crate::genes::Genes;
use crate::io::text::{Cell, Fault, Place, ReadError, Reading, Rows, name_some, parse_cell};
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
    let is = |words: &[&str]| names.iter().any(|name| words.contains(&name.as_str()));
    if names.len() < 3 || facts.rows < 2 || is(SOURCE) && is(TARGET) {
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

/// The names of both sides and the cells between them.
struct NameMatrix {
    corner: String,
    rows: Vec<String>,
    lines: Vec<usize>,
    columns: Vec<String>,
    cells: Vec<Vec<f64>>,
}

impl NameMatrix {
    fn read(bytes: &[u8], file: &str, shape: MatrixShape) -> Result<Self, ReadError> {
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
        };
        while let Some(row) = rows.advance()? {
            let name = match shape {
                MatrixShape::Named => row.cell(0).to_owned(),
                MatrixShape::Square => header[matrix.rows.len()].clone(),
            };
            let mut cells = Vec::with_capacity(matrix.columns.len());
            for column in first..header.len() {
                cells.push(match parse_cell(row.cell(column), true) {
                    Cell::Number(x) | Cell::Comma(x) => x,
                    Cell::Missing => f64::NAN,
                    Cell::Text | Cell::Infinite => {
                        let error = row.refuse(column, "a finite number");
                        return Err(error.cured_by("correct it, or leave the cell empty"));
                    }
                });
            }
            matrix.rows.push(name);
            matrix.lines.push(row.line());
            matrix.cells.push(cells);
        }
        Ok(matrix)
    }

    /// Whether regulators are in rows, and why; none if nothing says so.
    fn regulators_in_rows(&self, genes: Option<&[String]>) -> Option<(bool, String)> {
        let corner = |words: &[&str]| words.contains(&self.corner.as_str());
        if corner(SOURCE) || corner(TARGET) {
            return Some((
                corner(SOURCE),
                format!("as the first column is called `{}`", self.corner),
            ));
        }
        let inside = |names: &[String], others: &[String]| {
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
        let symmetric = self.rows == self.columns
            && (0..rows).all(|i| (0..i).all(|j| self.cells[i][j] == self.cells[j][i]));
        if symmetric {
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

/// Reads a matrix; every cell is a pair, 0 is no edge.
///
/// # Errors   [`Fault::Mismatch`] where neither names nor shape say which side regulates.
pub(super) fn read_matrix(
    bytes: &[u8],
    file: &str,
    shape: MatrixShape,
    options: &PairOptions,
    genes: Option<&Genes>,
) -> Result<Reading<PairList>, ReadError> {
    let matrix = NameMatrix::read(bytes, file, shape)?;
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
    let negative = matrix.cells.iter().flatten().any(|&x| x < 0.0);
    let mut names = NameIndex::default();
    let mut pairs = Vec::new();
    let known = |name: &str| genes.is_none_or(|genes| genes.find(name).is_some());
    for (row, cells) in matrix.cells.iter().enumerate() {
        for (column, &x) in cells.iter().enumerate() {
            if x.is_nan() {
                continue;
            }
            let (down, across) = (&matrix.rows[row], &matrix.columns[column]);
            let (regulator, target) = if in_rows {
                (down, across)
            } else {
                (across, down)
            };
            if x == 0.0 && !(known(regulator) && known(target)) {
                continue;
            }
            pairs.push(ListedPair {
                regulator: names.number(regulator),
                target: names.number(target),
                value: if negative { x.abs() } else { x },
                edge: x != 0.0,
                sign: if negative { sign(x) } else { Sign::Unknown },
                allowed: None,
                row: matrix.lines[row],
            });
        }
    }
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
