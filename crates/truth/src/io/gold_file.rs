//! Gold standards: DREAM's 0/1 lists, signed true edges, BEELINE's reference networks.

use std::io::Read;

use super::gene_index::GeneIndex;
use super::scored_edges::{HEADER, parse_sign};
use crate::evaluate::{GoldError, GoldPair, GoldStandard};
use cistron::io::read::pairs::{PairColumns, position, too_few_columns};
use cistron::io::text::{Rows, TableRow};
use cistron::io::{Fault, Place, ReadError};
use cistron::network::Sign;

/// Reads a gold standard, tab-, comma- or blank-separated, plain or gzipped.
///
/// * with a column `edge` of 0 and 1: edges and non-edges, with signs in the column `sign`
/// * otherwise every row is a true edge, signed by the column `sign` or `Type`, or by the third
///   column if every cell there is a sign
/// * without a header: a third column of 0 and 1 only is `edge`, otherwise it holds signs
/// * `file`: what messages call the file
///
/// # Errors   [`ReadError`] with row and column: no table, no 0 or 1, no sign, no true edge,
/// two answers for one pair.
/// # Cost     one pass and one sort.
pub fn read_gold(input: impl Read, file: &str) -> Result<GoldStandard, ReadError> {
    let mut rows = Rows::open(input, file)?;
    let mut columns = GoldColumns::find(&mut rows)?;
    let mut list = KnownPairs::default();
    while let Some(row) = rows.advance()? {
        list.take(row, &mut columns)?;
    }
    list.settle(file, columns)?;
    list.finish(file)
}

/// Where the parts of a known pair stand.
struct GoldColumns {
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

impl GoldColumns {
    /// Reads the first row: a header, or already a pair.
    fn find(rows: &mut Rows<'_>) -> Result<Self, ReadError> {
        if rows.header().len() < 2 {
            return Err(too_few_columns(rows, "two: regulator, target"));
        }
        let named = PairColumns::find(rows);
        let answer = match named {
            Some(pair) => Answer::from_header(rows.header(), pair.next()),
            None if rows.header().len() == 2 => Answer::Edges,
            None => Answer::Unnamed { all_labels: true },
        };
        if named.is_none() {
            rows.without_header();
        }
        let pair = named.unwrap_or(PairColumns::FIRST);
        Ok(Self { pair, answer })
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
    fn read(&mut self, row: TableRow<'_>) -> Result<(bool, Sign), ReadError> {
        match self {
            Self::Edges => Ok((true, Sign::Unknown)),
            Self::Signs(column) => Ok((true, parse_sign(row, *column)?)),
            Self::Labels(column, signs) => {
                let edge = label(row.cell(*column)).ok_or_else(|| {
                    row.refuse(*column, "0 or 1")
                        .cured_by("write 1 for an edge, 0 for none")
                })?;
                let sign = signs.map_or(Ok(Sign::Unknown), |column| parse_sign(row, column))?;
                Ok((edge, sign))
            }
            Self::Unnamed { all_labels } => {
                *all_labels &= label(row.cell(2)).is_some();
                let sign = Sign::parse(row.cell(2)).ok_or_else(|| {
                    row.refuse(2, "0 or 1 for an edge, or a sign")
                        .cured_by(format!("correct the cell ({HEADER})"))
                })?;
                Ok((true, sign))
            }
            Self::Other(other) => Ok((true, other.read(row.cell(other.column)))),
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

/// The pairs so far and the rows they came from.
#[derive(Default)]
struct KnownPairs {
    genes: GeneIndex,
    pairs: Vec<GoldPair>,
    rows: Vec<usize>,
}

impl KnownPairs {
    fn take(&mut self, row: TableRow<'_>, columns: &mut GoldColumns) -> Result<(), ReadError> {
        let regulator = self.genes.gene(row, columns.pair.regulator)?;
        let target = self.genes.gene(row, columns.pair.target)?;
        let (edge, sign) = columns.answer.read(row)?;
        self.pairs.push(GoldPair {
            regulator,
            target,
            edge,
            sign,
        });
        self.rows.push(row.line());
        Ok(())
    }

    /// Decides what a column of doubtful meaning meant, now that all of it was seen.
    fn settle(&mut self, file: &str, columns: GoldColumns) -> Result<(), ReadError> {
        match columns.answer {
            Answer::Unnamed { all_labels: true } => {
                for pair in &mut self.pairs {
                    pair.edge = pair.sign == Sign::Activation;
                    pair.sign = Sign::Unknown;
                }
            }
            Answer::Other(other) if other.all_labels && other.some_zero => {
                let place = Place::column(file, other.column + 1, &other.name);
                return Err(ReadError::new(Fault::Shape, place, "found only 0 and 1")
                    .expecting("a known name of the column")
                    .cured_by(
                        "call it `edge` if 0 means no edge, `sign` if 0 means an edge of unknown \
                         sign",
                    ));
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

    fn finish(self, file: &str) -> Result<GoldStandard, ReadError> {
        let genes = self.genes.into_genes(file)?;
        GoldStandard::new(genes, &self.pairs).map_err(|error| match error {
            GoldError::Contradiction {
                regulator,
                target,
                first,
                second,
            } => {
                let (first, second) = (self.rows[first - 1], self.rows[second - 1]);
                let found = format!(
                    "rows {first} and {second} give different answers for {regulator} → {target}"
                );
                ReadError::new(Fault::Invalid, Place::file(file), found)
                    .cured_by("keep the right one")
            }
            GoldError::NoEdge { pairs } => {
                let found = format!("none of the {pairs} pairs of different genes is a true edge");
                ReadError::new(Fault::Invalid, Place::file(file), found)
                    .expecting("at least one, marked by 1 in the column `edge`")
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<GoldStandard, ReadError> {
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
            "gold.tsv, column 3 (`label`): found only 0 and 1, expected a known name of the column; \
             call it `edge` if 0 means no edge, `sign` if 0 means an edge of unknown sign"
        );
    }

    #[test]
    fn wrong_cells_are_refused_with_row_and_column() {
        assert_eq!(
            message("TF,target,edge\na,b,yes\n"),
            "gold.tsv, row 2, column 3 (`edge`): found `yes`, expected 0 or 1; \
             write 1 for an edge, 0 for none"
        );
        assert!(
            message("geneA geneB kind\na b +\n")
                .starts_with("gold.tsv, row 1, column 3: found `kind`, expected 0 or 1")
        );
        assert_eq!(
            message("TF,target,edge\na,b,0\n"),
            "gold.tsv: none of the 1 pairs of different genes is a true edge, \
             expected at least one, marked by 1 in the column `edge`"
        );
        assert_eq!(
            message("TF,target,sign\na,b,+\nb,a,+\na,b,-\n"),
            "gold.tsv: rows 2 and 4 give different answers for a → b; keep the right one"
        );
    }
}
