//! Edge lists: our own, regulator–target–score, and the dialects of other programs, with or
//! without a header.

use std::io::Read;

use crate::evaluate::{EdgeList, EdgeListError, PredictedEdge};
use cistron::genes::{Gene, Genes};
use cistron::io::read::pair_list::read_pairs;
use cistron::io::read::pairs::{PairOptions, PairUse};
use cistron::io::text::header_only;
use cistron::io::{Fault, Place, ReadError, Reading};

/// Reads an edge list: regulator, target, score and perhaps sign, tab-, comma- or
/// blank-separated, plain or gzipped; a matrix of regulators and targets; or SIF, of which all edges tie.
///
/// Regulator and target are found by name, otherwise they are the first two columns of names. The score is the column
/// `evidence` if there is one (in our own lists `weight` is a signed slope), then `coef_abs` (CellOracle), then a column
/// called `score`, `weight`, `importance` or the like, else error probabilities (the smallest first), else the only
/// column of numbers. Of ranks and distances the smallest come first, too; where neither the words of a name nor its
/// numbers tell the direction, the list is refused. The sign is the column `sign`, or another column of signs and nothing else.
///
/// A score called `weight`, `EdgeWeight` or `coef_mean` in which some are below 0 is a weight with
/// a sign (decoupler): its size is the score, and its sign the sign if there is no other. Beside
/// `coef_abs`, `coef_mean` gives the sign. In other columns, and without a header, a score below 0
/// ranks below 0.
///
/// * `file`: what messages call the file
///
/// # Errors   [`ReadError`] with row and column: no table, no number, a pair that occurs twice, two columns that may
///   rank.
/// # Cost     two passes, `O(n log n)` for the search for repeated pairs.
pub fn read_edge_list(input: impl Read, file: &str) -> Result<EdgeList, ReadError> {
    Ok(read_scored_edges(input, file, &PairOptions::default())?.value)
}

/// The same, with notes on how the file was read.
///
/// # Errors   as [`read_edge_list`].
pub fn read_scored_edges(
    input: impl Read,
    file: &str,
    options: &PairOptions,
) -> Result<Reading<EdgeList>, ReadError> {
    let read = read_pairs(input, file, PairUse::Ranked, options, None)?;
    // a zero of a matrix is a pair that is not listed
    let listed = |edge: &bool| *edge || !read.value.says_edges;
    let pairs: Vec<_> = read
        .value
        .pairs
        .iter()
        .filter(|pair| listed(&pair.edge))
        .collect();
    let edges = pairs.iter().map(|pair| PredictedEdge {
        regulator: Gene(pair.regulator),
        target: Gene(pair.target),
        score: pair.value,
        sign: pair.sign,
    });
    let genes = Genes::new(read.value.names.clone()).map_err(|_| header_only(file))?;
    let list = EdgeList::new(genes, edges.collect()).map_err(|error| match error {
        EdgeListError::Duplicate {
            regulator,
            target,
            first,
            second,
        } => {
            let (first, second) = (pairs[first - 1].row, pairs[second - 1].row);
            let found =
                format!("the pair {regulator} → {target} occurs twice (rows {first} and {second})");
            ReadError::new(Fault::Invalid, Place::file(file), found).cured_by("keep one of them")
        }
        EdgeListError::NotFinite { .. } => unreachable!("every score was checked when read"),
    })?;
    let mut reading = Reading::new(list);
    reading.notes = read.notes;
    Ok(reading)
}

#[cfg(test)]
mod tests {
    use super::*;
    use cistron::network::Sign;

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
            let read = read_scored_edges(text.as_bytes(), "edges.tsv", &PairOptions::default());
            let mut notes = read.expect("an edge list").notes;
            notes.retain(|note| note.contains("below 0"));
            notes
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
        for bad in ["nan", "inf", "-inf", "", "0,5,1"] {
            let text = format!("TF\ttarget\tscore\na\tb\t{bad}\n");
            assert!(message(&text).contains(&format!("found `{bad}`, expected a finite number")));
        }
    }

    #[test]
    fn a_decimal_comma_is_read() {
        let list = edges("TF\ttarget\tscore\na\tb\t0,5\nb\ta\t2,25\n");
        assert_eq!((list[0].2, list[1].2), (0.5, 2.25));
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
