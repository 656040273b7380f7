//! Gold standards: DREAM's 0/1 lists, signed true edges, BEELINE's reference networks.

use std::io::Read;

use crate::evaluate::{GoldError, GoldPair, GoldStandard};
use cistron::genes::Gene;
use cistron::io::delimited::{Row, Rows};
use cistron::io::pair_file::{GeneIndex, PairColumns, PairFileError, cell_error, position};
use cistron::network::Sign;

/// What a cell of the column `edge` should hold.
const AN_EDGE: (&str, &str) = ("0 or 1", "write 1 for an edge, 0 for none");

/// What a cell of a column of signs should hold.
const A_SIGN: (&str, &str) = ("a sign", "write one of + - 1 -1 0 activation repression");

/// What the third cell of a file without header should hold.
const EDGE_OR_SIGN: (&str, &str) = (
    "0 or 1 for an edge, or a sign",
    "correct the cell (a header is known by the names regulator and target, source and target, \
     TF and target, or Gene1 and Gene2)",
);

/// Reads a gold standard, tab-, comma- or blank-separated, plain or gzipped.
///
/// * with a column `edge` of 0 and 1: edges and non-edges, with signs in the column `sign`
/// * otherwise every row is a true edge, signed by the column `sign` or `Type`, or by the third
///   column if every cell there is a sign
/// * without a header: a third column of 0 and 1 only is `edge`, otherwise it holds signs
/// * `file`: what messages call the file
///
/// # Errors   [`PairFileError`] with row and column: no table, no 0 or 1, no sign, no true edge,
/// two answers for one pair.
/// # Cost     one pass and one sort.
pub fn read_gold(input: impl Read, file: &str) -> Result<GoldStandard, PairFileError> {
    let mut rows = Rows::new(input, file)?;
    let file = rows.file().to_owned();
    let mut reading = Reading::default();
    let mut columns = None;
    while let Some(row) = rows.advance()? {
        let columns = match &mut columns {
            Some(columns) => columns,
            none => {
                let (found, is_header) = Columns::of(&file, row)?;
                let columns = none.insert(found);
                if is_header {
                    continue;
                }
                columns
            }
        };
        reading.take(&file, row, columns)?;
    }
    if let Some(columns) = columns {
        reading.settle(&file, columns)?;
    }
    reading.finish(&file)
}

/// Where the parts of a known pair stand.
struct Columns {
    pair: PairColumns,
    answer: Answer,
}

/// What the file says about a pair, and where.
enum Answer {
    /// Every row is an edge of unknown sign.
    Edges,
    /// Every row is an edge with a sign.
    Signs(usize),
    /// 0 or 1, and perhaps a sign.
    Labels(usize, Option<usize>),
    /// No header: labels if all are 0 or 1, otherwise signs.
    Unnamed { all_labels: bool },
    /// A third column of another name: signs if all are signs, otherwise nothing.
    Other(Other),
}

/// A third column whose name says nothing.
struct Other {
    column: usize,
    name: String,
    all_signs: bool,
    all_labels: bool,
    some_zero: bool,
}

impl Columns {
    /// Reads the first row: a header or already data?
    fn of(file: &str, row: Row<'_>) -> Result<(Self, bool), PairFileError> {
        if row.cells.len() < 2 {
            return Err(PairFileError::TooFewColumns {
                file: file.to_owned(),
                row: row.number,
                found: row.cells.len(),
                expected: "two: regulator, target",
            });
        }
        let header = PairColumns::from_header(row.cells);
        let pair = header.unwrap_or(PairColumns::FIRST);
        let answer = match header {
            Some(pair) => Answer::from_header(row.cells, pair.next()),
            None if row.cells.len() == 2 => Answer::Edges,
            None => Answer::Unnamed { all_labels: true },
        };
        Ok((Self { pair, answer }, header.is_some()))
    }
}

impl Answer {
    fn from_header(names: &[String], third: usize) -> Self {
        let sign = position(names, &["sign", "type"]);
        match (position(names, &["edge"]), sign) {
            (Some(edge), sign) => Self::Labels(edge, sign),
            (None, Some(sign)) => Self::Signs(sign),
            (None, None) if third < names.len() => Self::Other(Other {
                column: third,
                name: names[third].clone(),
                all_signs: true,
                all_labels: true,
                some_zero: false,
            }),
            (None, None) => Self::Edges,
        }
    }

    /// Is there an edge, and what sign has it? Signs of doubtful columns are settled at the end.
    fn read(&mut self, file: &str, row: Row<'_>) -> Result<(bool, Sign), PairFileError> {
        match self {
            Self::Edges => Ok((true, Sign::Unknown)),
            Self::Signs(at) => Ok((true, sign(file, row, *at)?)),
            Self::Labels(at, signs) => {
                let edge =
                    label(&row.cells[*at]).ok_or_else(|| cell_error(file, row, *at, AN_EDGE))?;
                let sign = signs.map_or(Ok(Sign::Unknown), |at| sign(file, row, at))?;
                Ok((edge, sign))
            }
            Self::Unnamed { all_labels } => {
                *all_labels &= label(&row.cells[2]).is_some();
                let sign = Sign::parse(&row.cells[2]);
                Ok((
                    true,
                    sign.ok_or_else(|| cell_error(file, row, 2, EDGE_OR_SIGN))?,
                ))
            }
            Self::Other(other) => Ok((true, other.read(&row.cells[other.column]))),
        }
    }
}

impl Other {
    fn read(&mut self, cell: &str) -> Sign {
        let (label, sign) = (label(cell), Sign::parse(cell));
        self.all_labels &= label.is_some();
        self.some_zero |= label == Some(false);
        self.all_signs &= sign.is_some();
        sign.unwrap_or_default()
    }
}

fn label(cell: &str) -> Option<bool> {
    match cell {
        "1" | "1.0" => Some(true),
        "0" | "0.0" => Some(false),
        _ => None,
    }
}

fn sign(file: &str, row: Row<'_>, column: usize) -> Result<Sign, PairFileError> {
    Sign::parse(&row.cells[column]).ok_or_else(|| cell_error(file, row, column, A_SIGN))
}

/// The pairs so far and the rows they came from.
#[derive(Default)]
struct Reading {
    genes: GeneIndex,
    pairs: Vec<GoldPair>,
    rows: Vec<usize>,
}

impl Reading {
    fn take(
        &mut self,
        file: &str,
        row: Row<'_>,
        columns: &mut Columns,
    ) -> Result<(), PairFileError> {
        let regulator: Gene = self.genes.gene(file, row, columns.pair.regulator)?;
        let target = self.genes.gene(file, row, columns.pair.target)?;
        let (edge, sign) = columns.answer.read(file, row)?;
        self.pairs.push(GoldPair {
            regulator,
            target,
            edge,
            sign,
        });
        self.rows.push(row.number);
        Ok(())
    }

    /// Decides what a column of doubtful meaning meant, now that all of it was seen.
    fn settle(&mut self, file: &str, columns: Columns) -> Result<(), PairFileError> {
        match columns.answer {
            Answer::Unnamed { all_labels: true } => {
                for pair in &mut self.pairs {
                    pair.edge = pair.sign == Sign::Activation;
                    pair.sign = Sign::Unknown;
                }
            }
            Answer::Other(other) if other.all_labels && other.some_zero => {
                return Err(PairFileError::Ambiguous {
                    file: file.to_owned(),
                    column: other.column + 1,
                    name: other.name,
                });
            }
            Answer::Other(other) if !other.all_signs => {
                self.pairs
                    .iter_mut()
                    .for_each(|pair| pair.sign = Sign::Unknown);
            }
            _ => {}
        }
        Ok(())
    }

    fn finish(self, file: &str) -> Result<GoldStandard, PairFileError> {
        let genes = self.genes.into_genes(file)?;
        GoldStandard::new(genes, &self.pairs).map_err(|error| match error {
            GoldError::Contradiction {
                regulator,
                target,
                first,
                second,
            } => PairFileError::Contradiction {
                file: file.to_owned(),
                regulator,
                target,
                first: self.rows[first - 1],
                second: self.rows[second - 1],
            },
            GoldError::NoEdge { pairs } => PairFileError::NoEdge {
                file: file.to_owned(),
                pairs,
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<GoldStandard, PairFileError> {
        read_gold(text.as_bytes(), "gold.tsv")
    }

    fn pairs(text: &str) -> Vec<(String, String, bool, Sign)> {
        let gold = read(text).expect("a gold standard");
        let name = |gene| gold.genes().name(gene).to_owned();
        gold.pairs()
            .map(|pair| {
                (
                    name(pair.regulator),
                    name(pair.target),
                    pair.edge,
                    pair.sign,
                )
            })
            .collect()
    }

    fn message(text: &str) -> String {
        read(text).expect_err("no gold standard").to_string()
    }

    #[test]
    fn true_edges_are_read_in_all_dialects() {
        let edge = |sign| vec![("a".to_owned(), "b".to_owned(), true, sign)];
        for text in [
            "Gene1,Gene2,Type\na,b,-\n",
            "source,target,sign\na,b,-1\n",
            "regulator\ttarget\tsign\tweight\na\tb\t-1\t3.5\n",
            "a b -\n",
            "TF,target,mode\na,b,repression\n",
        ] {
            assert_eq!(pairs(text), edge(Sign::Repression), "{text}");
        }
        for text in [
            "a\tb\n",
            "TF,target\na,b\n",
            "TF,target,source_db\na,b,chip\n",
        ] {
            assert_eq!(pairs(text), edge(Sign::Unknown), "{text}");
        }
    }

    #[test]
    fn zeros_in_the_column_edge_are_non_edges() {
        let headed = pairs("regulator,target,edge,sign\na,b,1,-1\nb,a,0,0\n");
        assert!(headed[0].2);
        assert_eq!((headed[1].2, headed[0].3), (false, Sign::Repression));
        let bare = pairs("a b 1\nb a 0\n");
        assert_eq!((bare[0].2, bare[1].2), (true, false));
    }

    #[test]
    fn a_column_of_zeros_and_ones_must_say_what_it_means() {
        assert_eq!(
            message("TF,target,label\na,b,1\nb,a,0\n"),
            "gold.tsv: column 3 (`label`) holds only 0 and 1; expected a known name; \
             call it `edge` if 0 means no edge, `sign` if 0 means an edge of unknown sign"
        );
    }

    #[test]
    fn wrong_cells_are_refused_with_row_and_column() {
        assert_eq!(
            message("TF,target,edge\na,b,yes\n"),
            "gold.tsv: row 2, column 3: found `yes`, expected 0 or 1; \
             write 1 for an edge, 0 for none"
        );
        assert!(
            message("geneA geneB kind\na b +\n")
                .starts_with("gold.tsv: row 1, column 3: found `kind`, expected 0 or 1")
        );
        assert_eq!(
            message("TF,target,edge\na,b,0\n"),
            "gold.tsv: none of the 1 pairs of different genes is a true edge; \
             expected at least one, marked by 1 in the column `edge`"
        );
        assert_eq!(
            message("TF,target,sign\na,b,+\nb,a,+\na,b,-\n"),
            "gold.tsv: rows 2 and 4 give different answers for a → b; keep the right one"
        );
    }
}
