//! Edge lists: our own, regulator–target–score, and the dialects of other programs, with or
//! without a header.

use std::collections::HashMap;
use std::io::Read;

use super::gene_index::GeneIndex;
use crate::evaluate::{EdgeList, EdgeListError, PredictedEdge};
use cistron::genes::Gene;
use cistron::io::read::pairs::{PairColumns, position, too_few_columns};
use cistron::io::text::{Interaction, Rows, TableRow, is_sif, read_sif};
use cistron::io::{Fault, Place, ReadError, Reading};
use cistron::network::Sign;

/// Header names of a third column that holds scores, in small letters.
const SCORE: [&str; 9] = [
    "score",
    "weight",
    "edgeweight",
    "importance",
    "confidence",
    "evidence",
    "value",
    "probability",
    "coef_mean",
];

/// Of these, the names of weights that may have a sign.
const SIGNED: [&str; 3] = ["weight", "edgeweight", "coef_mean"];

/// How to make the first row a header.
pub(super) const HEADER: &str = "a header is known by the names regulator and target, source and \
    target, TF and target, or Gene1 and Gene2";

/// Reads an edge list: regulator, target, score and perhaps sign, tab-, comma- or
/// blank-separated, plain or gzipped.
///
/// EdgeColumns `regulator`/`source`/`TF`/`Gene1` and `target`/`Gene2` are found by name, otherwise
/// they are the first two. The score is the column `evidence` if there is one (in our own lists
/// `weight` is a signed slope), then `coef_abs` (CellOracle), otherwise the column after the pair.
/// The sign is the column `sign`; without one, it is the column after the score if every cell
/// there is a sign.
///
/// A score called `weight`, `EdgeWeight` or `coef_mean` in which some are below 0 is a weight with
/// a sign (decoupler): its size is the score, and its sign the sign if there is no other. Beside
/// `coef_abs`, `coef_mean` gives the sign. In other columns, and without a header, a score below 0
/// ranks below 0.
///
/// A file called `.sif` is a list of interactions: all of them tie.
///
/// * `file`: what messages call the file
///
/// # Errors   [`ReadError`] with row and column: no table, no number, a pair that occurs twice.
/// # Cost     one pass, `O(n log n)` for the search for repeated pairs.
pub fn read_edge_list(input: impl Read, file: &str) -> Result<EdgeList, ReadError> {
    Ok(read_scored_edges(input, file)?.value)
}

/// The same, with a note if weights below 0 were taken for repression: what ranks the edges is then
/// not what stands in the file.
///
/// # Errors   as [`read_edge_list`].
pub fn read_scored_edges(input: impl Read, file: &str) -> Result<Reading<EdgeList>, ReadError> {
    if is_sif(file) {
        return Ok(Reading::new(of_interactions(read_sif(input, file)?, file)?));
    }
    let mut rows = Rows::open(input, file)?;
    let mut columns = EdgeColumns::find(&mut rows)?;
    let mut list = Scored::default();
    while let Some(row) = rows.advance()? {
        list.take(row, &mut columns)?;
    }
    let negative = list.settle(&columns);
    let count = list.edges.len();
    let mut reading = Reading::new(list.finish(file)?);
    if negative > 0 {
        let name = &rows.header()[columns.score];
        reading.notes.push(format!(
            "{file}: {negative} of {count} values in the column `{name}` are below 0 and were read as \
             repression: edges rank by their size; if a value below 0 is only a low score, call the \
             column `score`"
        ));
    }
    Ok(reading)
}

/// Interactions as edges; two words about one pair are one edge, of unknown sign if they differ.
fn of_interactions(interactions: Vec<Interaction>, file: &str) -> Result<EdgeList, ReadError> {
    let mut list = Scored::default();
    let mut seen: HashMap<(Gene, Gene), usize> = HashMap::new();
    for Interaction {
        row,
        source,
        target,
        sign,
    } in interactions
    {
        let (regulator, target) = (list.genes.number(&source), list.genes.number(&target));
        let position = *seen.entry((regulator, target)).or_insert(list.edges.len());
        match list.edges.get_mut(position) {
            Some(edge) if edge.sign != sign => edge.sign = Sign::Unknown,
            Some(_) => {}
            None => {
                list.edges.push(PredictedEdge {
                    regulator,
                    target,
                    score: 1.0,
                    sign,
                });
                list.rows.push(row);
            }
        }
    }
    list.finish(file)
}

/// Where the parts of an edge stand.
struct EdgeColumns {
    pair: PairColumns,
    score: usize,
    sign: SignColumn,
    /// Whether scores below 0 mean repression.
    signed: bool,
}

/// Where the sign stands, and how much the file promises about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SignColumn {
    None,
    Named(usize),
    Likely(usize),
    /// A weight: its sign is the sign.
    Weight(usize),
}

impl EdgeColumns {
    /// Reads the first row: a header, or already an edge.
    fn find(rows: &mut Rows<'_>) -> Result<Self, ReadError> {
        let named = PairColumns::find(rows);
        let header = rows.header();
        let pair = named.unwrap_or(PairColumns::FIRST);
        let known = |name: &str| named.and_then(|_| position(header, &[name]));
        let evidence = known("evidence");
        let size = known("coef_abs").filter(|_| evidence.is_none());
        let score = evidence.or(size).unwrap_or(pair.next());
        if score >= header.len() {
            return Err(too_few_columns(rows, "three: regulator, target, score"));
        }
        let called = |names: &[&str]| position(&header[score..=score], names).is_some();
        let is_header = named.is_some() || called(&SCORE);
        let weight = known("coef_mean").filter(|_| size.is_some());
        let sign = match (position(header, &["sign"]), weight) {
            (Some(column), _) if is_header => SignColumn::Named(column),
            (_, Some(column)) => SignColumn::Weight(column),
            _ if evidence.or(size).is_none() && score + 1 < header.len() => {
                SignColumn::Likely(score + 1)
            }
            _ => SignColumn::None,
        };
        let signed = is_header && called(&SIGNED);
        if !is_header {
            rows.without_header();
        }
        Ok(Self {
            pair,
            score,
            sign,
            signed,
        })
    }
}

/// The edges so far and the rows they came from.
#[derive(Default)]
struct Scored {
    genes: GeneIndex,
    edges: Vec<PredictedEdge>,
    rows: Vec<usize>,
}

impl Scored {
    fn take(&mut self, row: TableRow<'_>, columns: &mut EdgeColumns) -> Result<(), ReadError> {
        let regulator = self.genes.gene(row, columns.pair.regulator)?;
        let target = self.genes.gene(row, columns.pair.target)?;
        let score = number(row, columns.score)?;
        self.edges.push(PredictedEdge {
            regulator,
            target,
            score,
            sign: sign(row, columns)?,
        });
        self.rows.push(row.line());
        Ok(())
    }

    /// Decides what signs and scores meant, now that all of them were seen; returns how many
    /// scores below 0 became sizes.
    fn settle(&mut self, columns: &EdgeColumns) -> usize {
        if columns.sign == SignColumn::None {
            for edge in &mut self.edges {
                edge.sign = Sign::Unknown;
            }
        }
        let negative = self.edges.iter().filter(|edge| edge.score < 0.0).count();
        if !columns.signed || negative == 0 {
            return 0;
        }
        for edge in &mut self.edges {
            if columns.sign == SignColumn::None {
                edge.sign = of_weight(edge.score);
            }
            edge.score = edge.score.abs();
        }
        negative
    }

    fn finish(self, file: &str) -> Result<EdgeList, ReadError> {
        let genes = self.genes.into_genes(file)?;
        EdgeList::new(genes, self.edges).map_err(|error| match error {
            EdgeListError::Duplicate {
                regulator,
                target,
                first,
                second,
            } => {
                let (first, second) = (self.rows[first - 1], self.rows[second - 1]);
                let found = format!(
                    "the pair {regulator} → {target} occurs twice (rows {first} and {second})"
                );
                ReadError::new(Fault::Invalid, Place::file(file), found)
                    .cured_by("keep one of them")
            }
            EdgeListError::NotFinite { .. } => unreachable!("every score was checked when read"),
        })
    }
}

/// The sign in a row. A column that only might hold signs is given up at its first other cell.
fn sign(row: TableRow<'_>, columns: &mut EdgeColumns) -> Result<Sign, ReadError> {
    match columns.sign {
        SignColumn::None => Ok(Sign::Unknown),
        SignColumn::Named(column) => parse_sign(row, column),
        SignColumn::Likely(column) => Ok(Sign::parse(row.cell(column)).unwrap_or_else(|| {
            columns.sign = SignColumn::None;
            Sign::Unknown
        })),
        SignColumn::Weight(column) => Ok(of_weight(number(row, column)?)),
    }
}

/// The sign in a cell of a column called `sign`.
pub(super) fn parse_sign(row: TableRow<'_>, column: usize) -> Result<Sign, ReadError> {
    Sign::parse(row.cell(column)).ok_or_else(|| {
        row.refuse(column, "a sign")
            .cured_by("write one of + - 1 -1 0 activation repression")
    })
}

fn of_weight(weight: f64) -> Sign {
    match weight {
        w if w > 0.0 => Sign::Activation,
        w if w < 0.0 => Sign::Repression,
        _ => Sign::Unknown,
    }
}

fn number(row: TableRow<'_>, column: usize) -> Result<f64, ReadError> {
    let number = row.cell(column).parse().ok();
    number
        .filter(|number: &f64| number.is_finite())
        .ok_or_else(|| {
            row.refuse(column, "a finite number")
                .cured_by(format!("correct the score or remove the row ({HEADER})"))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<EdgeList, ReadError> {
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
    fn a_weight_below_0_is_a_sign_and_its_size_the_score() {
        let expected = |second| {
            vec![
                ("a".to_owned(), "b".to_owned(), 0.5, Sign::Repression),
                ("b".to_owned(), "a".to_owned(), 0.25, second),
            ]
        };
        for text in [
            "source,target,weight\na,b,-0.5\nb,a,0.25\n",
            "Gene1\tGene2\tEdgeWeight\na\tb\t-0.5\nb\ta\t0.25\n",
            ",source,target,coef_mean,coef_abs,p,-logp\n0,a,b,-0.5,0.5,1,0\n1,b,a,0.25,0.25,1,0\n",
            "source,target,coef_mean\na,b,-0.5\nb,a,0.25\n",
        ] {
            assert_eq!(edges(text), expected(Sign::Activation), "{text}");
        }
        // a column of signs says more than the weights
        let text = "source,target,weight,sign\na,b,-0.5,-\nb,a,0.25,?\n";
        assert_eq!(edges(text), expected(Sign::Unknown));
        // nothing is below 0: these weights need not have signs
        let unsigned = edges("source,target,weight\na,b,0.5\nb,a,0.25\n");
        assert!(unsigned.iter().all(|edge| edge.3 == Sign::Unknown));
        // other scores have no sign
        let ranked = edges("source,target,score\na,b,-0.5\nb,a,0.25\n");
        assert_eq!((ranked[0].2, ranked[0].3), (-0.5, Sign::Unknown));
    }

    #[test]
    fn weights_below_0_that_become_sizes_are_noted_and_scores_are_not() {
        let notes = |text: &str| {
            let read = read_scored_edges(text.as_bytes(), "edges.tsv");
            read.expect("an edge list").notes
        };
        let warnings = notes("source,target,Weight\na,b,-0.5\nb,a,0.25\n");
        assert_eq!(warnings.len(), 1);
        assert!(
            warnings[0].starts_with("edges.tsv: 1 of 2 values in the column `Weight` are below 0")
                && warnings[0].ends_with("call the column `score`"),
            "{warnings:?}"
        );
        assert!(notes("source,target,score\na,b,-0.5\nb,a,0.25\n").is_empty());
        assert!(notes("source,target,weight\na,b,0.5\nb,a,0.25\n").is_empty());
    }

    #[test]
    fn interactions_tie_and_two_signs_of_a_pair_are_none() {
        let text = "a\tactivates\tb\nb\trepresses\ta\na\trepresses\tb\n";
        let list = read_edge_list(text.as_bytes(), "net.sif").expect("a list");
        let found: Vec<_> = list.edges().iter().map(|e| (e.score, e.sign)).collect();
        assert_eq!(found, [(1.0, Sign::Unknown), (1.0, Sign::Repression)]);
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
            "edges.tsv, row 3, column 3 (`score`): found `high`, expected a finite number; \
                 correct the score or remove the row"
        ));
        assert!(message("a b x\n").starts_with("edges.tsv, row 1, column 3: found `x`"));
        for bad in ["nan", "inf", "-inf", "", "0,5"] {
            let text = format!("TF\ttarget\tscore\na\tb\t{bad}\n");
            assert!(message(&text).contains(&format!("found `{bad}`, expected a finite number")));
        }
    }

    #[test]
    fn broken_names_signs_and_columns_are_refused() {
        assert_eq!(
            message("a\t\t1\n"),
            "edges.tsv, row 1, column 2: found ``, expected the name of a gene; fill the cell"
        );
        assert_eq!(
            message("TF,target,score,sign\na,b,1,up\n"),
            "edges.tsv, row 2, column 4 (`sign`): found `up`, expected a sign; \
             write one of + - 1 -1 0 activation repression"
        );
        assert_eq!(
            message("a b\n"),
            "edges.tsv, row 1: found 2 column(s), expected at least three: regulator, target, score; \
             add what is missing, or check what separates the columns"
        );
        assert_eq!(
            message("TF target score\n"),
            "edges.tsv: found a header and no rows, expected at least one row below the header"
        );
    }
}
