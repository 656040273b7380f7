//! SIF, the simple interaction format, as a list of edges.

use std::io::Read;

use super::arrow::{Arrow, ArrowPair};
use super::lines::{Lines, without_end};
use super::preface::empty;
use super::read_error::{Fault, Place, ReadError};
use crate::network::Sign;

/// One edge of a SIF file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interaction {
    /// Line, counted from 1.
    pub row: usize,
    /// The gene that acts.
    pub source: String,
    /// The gene that is acted on.
    pub target: String,
    /// What the word between them says; unknown for most words.
    pub sign: Sign,
}

/// Whether a file is called `.sif`, gzipped or not: nothing inside it says so.
pub fn is_sif(file: &str) -> bool {
    let name = file.to_ascii_lowercase();
    name.strip_suffix(".gz").unwrap_or(&name).ends_with(".sif")
}

/// Reads `source interaction target…` a line; lines of one name are genes without an edge.
///
/// Tabs stand between names if there is one anywhere in the file, as Cytoscape takes it, blanks
/// otherwise. SIF knows neither quotes nor comments.
///
/// # Errors   [`ReadError`] if it is no text or empty, or a line has two names.
/// # Cost     the lines are in memory, as the last one may decide how the first is read.
/// # Source   Cytoscape manual, "Supported Network File Formats".
pub fn read_sif(input: impl Read, file: &str) -> Result<Vec<Interaction>, ReadError> {
    let mut text = Lines::open(input, file)?;
    let (mut lines, mut line) = (Vec::new(), String::new());
    while text.append_to(&mut line)? {
        if !line.trim().is_empty() {
            lines.push((text.number(), without_end(&line).to_owned()));
        }
        line.clear();
    }
    if lines.is_empty() {
        return Err(empty(file));
    }
    let tabs = lines.iter().any(|(_, line)| line.contains('\t'));
    let mut edges = Vec::new();
    let only_directions = lines.iter().all(|(_, line)| {
        let cells = cells(line, tabs);
        cells
            .get(1)
            .is_none_or(|word| Sign::of_arrow(word) == Some(Sign::Activation))
    });
    for (row, line) in &lines {
        let (row, cells) = (*row, cells(line, tabs));
        let [source, word, targets @ ..] = cells.as_slice() else {
            continue;
        };
        if targets.is_empty() {
            let place = Place::row(file, row);
            return Err(ReadError::new(Fault::Shape, place, "found two names")
                .expecting("a source, an interaction and at least one target")
                .cured_by("add what is missing, or leave one name for a gene without an edge"));
        }
        if Arrow::parse(word) == Some(Arrow::Backward) {
            let found = format!("found `{word}`, an arrow to the first name");
            return Err(ReadError::new(Fault::Shape, Place::row(file, row), found)
                .expecting("a source, an interaction and at least one target")
                .cured_by("write the regulator first, as in `A -> B`"));
        }
        let sign = Sign::parse(word).filter(|_| !only_directions);
        edges.extend(targets.iter().map(|target| Interaction {
            row,
            source: (*source).to_owned(),
            target: (*target).to_owned(),
            sign: sign.unwrap_or_default(),
        }));
    }
    Ok(edges)
}

fn cells(line: &str, tabs: bool) -> Vec<&str> {
    let cells: Vec<&str> = if tabs {
        let cells = line.split('\t').map(str::trim);
        cells.filter(|cell| !cell.is_empty()).collect()
    } else {
        line.split_whitespace().collect()
    };
    // an edge without blanks or tabs: `A->B`
    match cells[..] {
        [only] => match ArrowPair::parse(only).filter(|pair| !pair.has_bar()) {
            Some(pair) => {
                let mark = only[pair.first.len()..only.len() - pair.second.len()].trim();
                vec![pair.first, mark, pair.second]
            }
            None => cells,
        },
        _ => cells,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<(String, String, Sign)>, ReadError> {
        let edges = read_sif(text.as_bytes(), "net.sif")?;
        Ok(edges
            .into_iter()
            .map(|edge| (edge.source, edge.target, edge.sign))
            .collect())
    }

    #[test]
    fn a_line_may_have_many_targets_or_be_a_gene_alone() {
        let edge = |a: &str, b: &str, sign| (a.to_owned(), b.to_owned(), sign);
        let expected = vec![
            edge("a x", "#1", Sign::Activation),
            edge("b", "c", Sign::Unknown),
            edge("b", "d", Sign::Unknown),
        ];
        let text = "a x\tactivates\t#1\nb\tpd\tc\td\n\nalone\n";
        assert_eq!(read(text).expect("a list"), expected);
        let blanks = read("alone\na inhibits b\n").expect("a list");
        assert_eq!(blanks, vec![edge("a", "b", Sign::Repression)]);
    }

    #[test]
    fn arrows_are_interactions_and_say_signs_where_they_differ() {
        let edge = |a: &str, b: &str, sign| (a.to_owned(), b.to_owned(), sign);
        let signed = vec![
            edge("a", "b", Sign::Activation),
            edge("b", "c", Sign::Repression),
        ];
        for text in [
            "a -> b\nb -| c\n",
            "a->b\nb-|c\n",
            "a\t\u{2192}\tb\nb\t\u{22a3}\tc\n",
        ] {
            assert_eq!(read(text).expect("a list"), signed, "{text}");
        }
        let directed = read("a -> b\nalone\n").expect("a list");
        assert_eq!(directed, vec![edge("a", "b", Sign::Unknown)]);
        let error = read("a <- b\n").expect_err("to the first name").to_string();
        assert!(
            error.contains("row 1: found `<-`, an arrow to the first name"),
            "{error}"
        );
    }

    #[test]
    fn a_tab_anywhere_makes_blanks_a_part_of_names() {
        let edge = vec![("a b".to_owned(), "c".to_owned(), Sign::Unknown)];
        assert_eq!(read("alone\na b\tpd\tc\n").expect("a list"), edge);
        assert_eq!(read("x y z\na b\tpd\tc\n").expect("a list"), edge);
        assert_eq!(read("a b\tpd\tc\nx y z\n").expect("a list"), edge);
    }

    #[test]
    fn a_line_of_two_names_is_refused_and_the_name_of_a_file_tells_the_format() {
        let error = read("a pd b\n\nb pd\n").expect_err("no target");
        assert!(
            error
                .to_string()
                .starts_with("net.sif, row 3: found two names, expected a source")
        );
        assert_eq!(read("\n").expect_err("empty").fault(), Fault::Empty);
        assert!(is_sif("a/NET.sif") && is_sif("net.SIF.gz") && !is_sif("sif.tsv"));
    }
}
