//! Edge lists: our own, regulator–target–score, BEELINE, arboreto, with or without a header.

use std::io::Read;

use super::delimited::{Row, Rows};
use super::pair_file::{GeneIndex, PairColumns, PairFileError, cell_error, position};
use crate::evaluate::{EdgeList, EdgeListError, PredictedEdge};
use crate::network::Sign;

/// Header names of a third column that holds scores, in small letters.
const SCORE: [&str; 8] = [
    "score",
    "weight",
    "edgeweight",
    "importance",
    "confidence",
    "evidence",
    "value",
    "probability",
];

/// What a cell of the score column should hold, and what to do if it does not.
const A_SCORE: (&str, &str) = (
    "a finite number",
    "correct the score or remove the row (a header is known by the names \
     regulator and target, source and target, TF and target, or Gene1 and Gene2)",
);

/// What a cell of a column called `sign` should hold.
const A_SIGN: (&str, &str) = ("a sign", "write one of + - 1 -1 0 activation repression");

/// Reads an edge list: regulator, target, score and perhaps sign, tab-, comma- or
/// blank-separated, plain or gzipped.
///
/// Columns `regulator`/`source`/`TF`/`Gene1` and `target`/`Gene2` are found by name, otherwise
/// they are the first two. The score is the column `evidence` if there is one (in our own lists
/// `weight` is a signed slope), otherwise the column after the pair. The sign is the column
/// `sign`; without one, it is the column after the score if every cell there is a sign.
///
/// * `file`: what messages call the file
///
/// # Errors   [`PairFileError`] with row and column: no table, no number, a pair that occurs twice.
/// # Cost     one pass, `O(n log n)` for the search for repeated pairs.
pub fn read_edge_list(input: impl Read, file: &str) -> Result<EdgeList, PairFileError> {
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
    let has_signs = columns.is_some_and(|columns| columns.sign != SignColumn::None);
    reading.finish(&file, has_signs)
}

/// Where the parts of an edge stand.
struct Columns {
    pair: PairColumns,
    score: usize,
    sign: SignColumn,
}

/// Where the sign stands, and how much the file promises about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SignColumn {
    None,
    Named(usize),
    Likely(usize),
}

impl Columns {
    /// Reads the first row: a header or already data?
    fn of(file: &str, row: Row<'_>) -> Result<(Self, bool), PairFileError> {
        let header = PairColumns::from_header(row.cells);
        let pair = header.unwrap_or(PairColumns::FIRST);
        let evidence = header.and_then(|_| position(row.cells, &["evidence"]));
        let score = evidence.unwrap_or(pair.next());
        if score >= row.cells.len() {
            return Err(PairFileError::TooFewColumns {
                file: file.to_owned(),
                row: row.number,
                found: row.cells.len(),
                expected: "three: regulator, target, score",
            });
        }
        let is_header = header.is_some() || position(&row.cells[score..=score], &SCORE).is_some();
        let named = position(row.cells, &["sign"]).filter(|_| is_header);
        let sign = match named {
            Some(column) => SignColumn::Named(column),
            None if evidence.is_none() && score + 1 < row.cells.len() => {
                SignColumn::Likely(score + 1)
            }
            None => SignColumn::None,
        };
        Ok((Self { pair, score, sign }, is_header))
    }
}

/// The edges so far and the rows they came from.
#[derive(Default)]
struct Reading {
    genes: GeneIndex,
    edges: Vec<PredictedEdge>,
    rows: Vec<usize>,
}

impl Reading {
    fn take(
        &mut self,
        file: &str,
        row: Row<'_>,
        columns: &mut Columns,
    ) -> Result<(), PairFileError> {
        let regulator = self.genes.gene(file, row, columns.pair.regulator)?;
        let target = self.genes.gene(file, row, columns.pair.target)?;
        let score = row.cells[columns.score].parse().ok();
        let score = score
            .filter(|score: &f64| score.is_finite())
            .ok_or_else(|| cell_error(file, row, columns.score, A_SCORE))?;
        self.edges.push(PredictedEdge {
            regulator,
            target,
            score,
            sign: sign(file, row, columns)?,
        });
        self.rows.push(row.number);
        Ok(())
    }

    fn finish(mut self, file: &str, has_signs: bool) -> Result<EdgeList, PairFileError> {
        if !has_signs {
            let forget = |edge: &mut PredictedEdge| edge.sign = Sign::Unknown;
            self.edges.iter_mut().for_each(forget);
        }
        let genes = self.genes.into_genes(file)?;
        EdgeList::new(genes, self.edges).map_err(|error| match error {
            EdgeListError::Duplicate {
                regulator,
                target,
                first,
                second,
            } => PairFileError::Duplicate {
                file: file.to_owned(),
                regulator,
                target,
                first: self.rows[first - 1],
                second: self.rows[second - 1],
            },
            EdgeListError::NotFinite { .. } => unreachable!("every score was checked when read"),
        })
    }
}

/// The sign in a row. A column that only might hold signs is given up at its first other cell.
fn sign(file: &str, row: Row<'_>, columns: &mut Columns) -> Result<Sign, PairFileError> {
    match columns.sign {
        SignColumn::None => Ok(Sign::Unknown),
        SignColumn::Named(at) => {
            Sign::parse(&row.cells[at]).ok_or_else(|| cell_error(file, row, at, A_SIGN))
        }
        SignColumn::Likely(at) => Ok(Sign::parse(&row.cells[at]).unwrap_or_else(|| {
            columns.sign = SignColumn::None;
            Sign::Unknown
        })),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<EdgeList, PairFileError> {
        read_edge_list(text.as_bytes(), "edges.tsv")
    }

    fn edges(text: &str) -> Vec<(String, String, f64, Sign)> {
        let list = read(text).expect("an edge list");
        let name = |gene| list.genes().name(gene).to_owned();
        list.edges()
            .iter()
            .map(|edge| {
                (
                    name(edge.regulator),
                    name(edge.target),
                    edge.score,
                    edge.sign,
                )
            })
            .collect()
    }

    fn message(text: &str) -> String {
        read(text).expect_err("no edge list").to_string()
    }

    #[test]
    fn all_dialects_give_the_same_edges() {
        let edge = |score, sign| vec![("a".to_owned(), "b".to_owned(), score, sign)];
        for text in [
            "source\ttarget\tweight\tsign\trank\tevidence\na\tb\t-3\t-\t1\t0.5\n",
            "regulator\ttarget\tscore\tsign\na\tb\t0.5\t-1\n",
            "a b 0.5 -\n",
            "target,TF,importance,what\nb,a,0.5,-\n",
        ] {
            assert_eq!(edges(text), edge(0.5, Sign::Repression), "{text}");
        }
        for text in [
            "Gene1\tGene2\tEdgeWeight\na\tb\t0.5\n",
            "TF,target,importance\na,b,0.5\n",
            ",TF,target,importance\n0,a,b,0.5\n",
            "a\tb\t0.5\n",
            "from_gene,to_gene,score\na,b,5e-1\n",
        ] {
            assert_eq!(edges(text), edge(0.5, Sign::Unknown), "{text}");
        }
    }

    #[test]
    fn a_fourth_column_that_is_no_sign_is_left_alone() {
        let found = edges("TF,target,importance,rank\na,b,2,1\nb,a,1,2\n");
        assert!(found.iter().all(|edge| edge.3 == Sign::Unknown));
    }

    #[test]
    fn a_pair_that_occurs_twice_is_refused_with_both_rows() {
        assert_eq!(
            message("# list\nTF target score\na b 1\n\nb a 1\na b 2\n"),
            "edges.tsv: the pair a → b occurs twice (rows 3 and 6); keep one of them"
        );
    }

    #[test]
    fn text_in_a_number_cell_is_refused_with_row_and_column() {
        assert!(message("TF target score\na b 1\nb a high\n").starts_with(
            "edges.tsv: row 3, column 3: found `high`, expected a finite number; \
                 correct the score or remove the row"
        ));
        assert!(message("a b x\n").starts_with("edges.tsv: row 1, column 3: found `x`"));
        for bad in ["nan", "inf", "-inf", "", "0,5"] {
            let text = format!("TF\ttarget\tscore\na\tb\t{bad}\n");
            assert!(message(&text).contains(&format!("found `{bad}`, expected a finite number")));
        }
    }

    #[test]
    fn broken_names_signs_and_columns_are_refused() {
        assert_eq!(
            message("a\t\t1\n"),
            "edges.tsv: row 1, column 2: found ``, expected the name of a gene; fill the cell"
        );
        assert_eq!(
            message("TF,target,score,sign\na,b,1,up\n"),
            "edges.tsv: row 2, column 4: found `up`, expected a sign; \
             write one of + - 1 -1 0 activation repression"
        );
        assert_eq!(
            message("a b\n"),
            "edges.tsv: row 1 has 2 columns, expected at least three: regulator, target, score"
        );
        assert_eq!(
            message("TF target score\n"),
            "edges.tsv: there is a header and no row under it; expected one row for each pair"
        );
    }
}
