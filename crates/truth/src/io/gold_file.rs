//! Gold standards: DREAM's 0/1 lists, signed true edges, BEELINE's reference networks, matrices, and lists of databases.

use std::collections::HashMap;
use std::io::Read;

use crate::evaluate::{GoldError, GoldPair, GoldStandard};
use cistron::genes::{Gene, Genes};
use cistron::io::read::listed_pairs::PairList;
use cistron::io::read::pair_list::read_pairs;
use cistron::io::read::pairs::{PairOptions, PairUse};
use cistron::io::text::header_only;
use cistron::io::{Fault, Place, ReadError, Reading};
use cistron::network::Sign;

/// Reads a gold standard, tab-, comma- or blank-separated, plain or gzipped.
///
/// * with a column `edge` of 0 and 1, a column of weights, or one of two words of which one is `no`, `FALSE` or
///   `no interaction`: 0 and such words are not an edge
/// * otherwise every row is a true edge
/// * signs are those of a column of signs, of truths such as `is_stimulation`, or of weights below 0
/// * a matrix of regulators and targets says all of its pairs
/// * `file`: what messages call the file
///
/// # Errors   [`ReadError`] with row and column: no table, no 0 or 1, no sign, no true edge,
/// two answers for one pair.
/// # Cost     two passes and one sort.
pub fn read_gold(input: impl Read, file: &str) -> Result<GoldStandard, ReadError> {
    Ok(read_known_network(input, file, &PairOptions::default(), None)?.value)
}

/// The same, with notes on how the file was read.
///
/// * `genes`: names that are expected, such as those of the list that is judged
///
/// # Errors   as [`read_gold`].
pub fn read_known_network(
    input: impl Read,
    file: &str,
    options: &PairOptions,
    genes: Option<&Genes>,
) -> Result<Reading<GoldStandard>, ReadError> {
    let read = read_pairs(input, file, PairUse::Known, options, genes)?;
    let PairList {
        names,
        pairs,
        says_edges,
    } = read.value;
    let genes = Genes::new(names).map_err(|_| header_only(file))?;
    let mut known: Vec<GoldPair> = pairs
        .iter()
        .map(|pair| GoldPair {
            regulator: Gene(pair.regulator),
            target: Gene(pair.target),
            edge: pair.edge,
            sign: pair.sign,
        })
        .collect();
    let both = forget_contradicted_signs(&mut known);
    let gold = GoldStandard::new(genes, &known).map_err(|error| match error {
        GoldError::Contradiction {
            regulator,
            target,
            first,
            second,
        } => {
            let (first, second) = (pairs[first - 1].row, pairs[second - 1].row);
            let found = format!(
                "rows {first} and {second} give different answers for {regulator} → {target}"
            );
            ReadError::new(Fault::Invalid, Place::file(file), found).cured_by("keep the right one")
        }
        GoldError::NoEdge { pairs } => {
            let found = format!("none of the {pairs} pairs of different genes is a true edge");
            ReadError::new(Fault::Invalid, Place::file(file), found)
                .expecting("at least one, marked by 1 in the column `edge`")
        }
    })?;
    let mut reading = Reading::new(gold);
    reading.notes = read.notes;
    let (edges, listed) = (reading.value.edge_count(), pairs.len());
    reading.notes.push(if says_edges {
        format!("{file}: {edges} true edges among {listed} pairs")
    } else {
        format!("{file}: {edges} true edges")
    });
    if both > 0 {
        reading.notes.push(format!(
            "{file}: {both} pair(s) are listed with both signs, which counts as unknown"
        ));
    }
    Ok(reading)
}

/// Gives an unknown sign to pairs that are listed with both, as in databases; returns their number.
fn forget_contradicted_signs(pairs: &mut [GoldPair]) -> usize {
    let mut signs: HashMap<(Gene, Gene), (Sign, bool)> = HashMap::new();
    for pair in pairs.iter().filter(|pair| pair.edge) {
        let known = signs
            .entry((pair.regulator, pair.target))
            .or_insert((pair.sign, false));
        match (known.0, pair.sign) {
            (Sign::Unknown, sign) => known.0 = sign,
            (sign, other) => known.1 |= other != Sign::Unknown && sign != other,
        }
    }
    for pair in pairs.iter_mut().filter(|pair| pair.edge) {
        let (sign, both) = signs[&(pair.regulator, pair.target)];
        pair.sign = if both { Sign::Unknown } else { sign };
    }
    signs.values().filter(|(_, both)| *both).count()
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
    fn a_header_without_letters_stays_a_header() {
        let known = pairs("-\naa\ta\n");
        assert_eq!((known.len(), known[0].0.as_str()), (1, "aa"));
    }

    #[test]
    fn zeros_are_no_edges_unless_a_column_of_signs_has_some() {
        let label = pairs("TF,target,label\na,b,1\nb,a,0\n");
        assert_eq!((label[0].2, label[1].2), (true, false));
        assert_eq!(
            message("TF,target,sign\na,b,1\nb,a,-1\nb,c,0\n"),
            "gold.tsv, column 3 (`sign`): 1 of 3 signs are 0: these pairs may be no edges, or edges of \
             unknown sign, expected one of the two; call the column `weight` if 0 is no edge, or write \
             `?` for an unknown sign"
        );
    }

    #[test]
    fn wrong_cells_are_refused_with_row_and_column() {
        assert_eq!(
            message("TF,target,edge\na,b,maybe\n"),
            "gold.tsv, row 2, column 3 (`edge`): found `maybe`, expected 0 or 1; \
             write 1 for an edge, 0 for none"
        );
        assert!(
            message("x1 x2 kind\na b +\n")
                .starts_with("gold.tsv, row 1, column 3: found `kind`, expected a sign")
        );
        assert_eq!(
            message("TF,target,edge\na,b,0\n"),
            "gold.tsv: none of the 1 pairs of different genes is a true edge, \
             expected at least one, marked by 1 in the column `edge`"
        );
        assert_eq!(
            message("TF,target,edge\na,b,1\nb,a,1\na,b,0\n"),
            "gold.tsv: rows 2 and 4 give different answers for a → b; keep the right one"
        );
    }
}
