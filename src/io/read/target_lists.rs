//! Lists with several targets per line: gene sets (GMT), `TP53: MYC, SOX2`, and cells such as `MYC;SOX2`.

use std::collections::HashSet;

use crate::genes::Genes;
use crate::io::text::{Lines, ReadError, without_end};

/// Marks between the targets of a cell.
const MARKS: [char; 3] = [',', ';', '|'];
/// Marks between the targets behind a colon.
const BLANKS: [char; 5] = [' ', '\t', ',', ';', '|'];

/// Puts a list of one pair per line in the place of gene sets; returns what to say about it, or none if the file is
/// another one.
///
/// A line of GMT is the name of the regulator, a description, and the targets, perhaps with a weight behind a comma.
/// The name may have words behind the regulator, as in ChEA: `TP53 20130101 ChIP-Seq`.
///
/// # Errors   [`ReadError`] if the bytes are no text.
pub(super) fn take_apart(
    bytes: &mut Vec<u8>,
    file: &str,
    genes: Option<&Genes>,
) -> Result<Option<String>, ReadError> {
    let name = file.trim_end_matches(".gz").to_lowercase();
    let is_gmt = name.ends_with(".gmt");
    let mut lines = Lines::open(&bytes[..], file)?;
    let (mut sets, mut line) = (Vec::new(), String::new());
    while lines.append_to(&mut line)? {
        let text = without_end(&line).trim_end();
        if !text.trim().is_empty() && !text.starts_with('#') {
            let set = if is_gmt {
                Some(gene_set(text, genes))
            } else {
                behind_colon(text)
            };
            let Some((regulator, targets)) = set else {
                return Ok(None);
            };
            let targets = targets.into_iter().map(str::to_owned);
            sets.push((regulator.to_owned(), targets.collect::<Vec<String>>()));
        }
        line.clear();
    }
    drop(lines);
    if sets.is_empty() {
        return Ok(None);
    }
    let mut seen = HashSet::new();
    let mut list = String::from("regulator\ttarget\n");
    for (regulator, targets) in &sets {
        for target in targets {
            if seen.insert((regulator, target)) {
                list.push_str(&format!("{regulator}\t{target}\n"));
            }
        }
    }
    let (regulator, targets) = &sets[0];
    let note = format!(
        "{file}: {} lines of a regulator and its targets are {} pairs, as `{regulator}` and `{}`",
        sets.len(),
        seen.len(),
        targets.first().map_or("", String::as_str)
    );
    *bytes = list.into_bytes();
    Ok(Some(note))
}

/// A line of GMT.
fn gene_set<'t>(line: &'t str, genes: Option<&Genes>) -> (&'t str, Vec<&'t str>) {
    let mut cells = line.split('\t').map(str::trim);
    let name = cells.next().unwrap_or("");
    let known = genes.is_some_and(|genes| genes.find(name).is_some());
    let first = name.split([' ', '_']).next().unwrap_or(name);
    let first_known = genes.is_none_or(|genes| genes.find(first).is_some());
    let regulator = if !known && first_known { first } else { name };
    let targets = cells
        .skip(1)
        .map(|cell| cell.split_once(',').map_or(cell, |(gene, _)| gene.trim()));
    (regulator, targets.filter(|cell| !cell.is_empty()).collect())
}

/// A line `TP53: MYC, SOX2`.
fn behind_colon(line: &str) -> Option<(&str, Vec<&str>)> {
    let (regulator, targets) = line.trim().split_once(':')?;
    let one = !regulator.is_empty() && !regulator.contains(char::is_whitespace);
    let apart = targets.starts_with(char::is_whitespace) && !targets.contains(':');
    let targets = targets.split(BLANKS).filter(|name| !name.is_empty());
    (one && apart).then(|| (regulator, targets.collect()))
}

/// The targets of a cell: several where it is no gene itself and its parts are some.
pub(super) fn targets_in<'c>(cell: &'c str, genes: Option<&Genes>) -> Vec<&'c str> {
    let is_gene = |name: &str| genes.is_some_and(|genes| genes.find(name).is_some());
    if !cell.contains(MARKS) || is_gene(cell) {
        return vec![cell];
    }
    let parts = cell.split(MARKS).map(str::trim);
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    if parts.iter().any(|part| is_gene(part)) {
        parts
    } else {
        vec![cell]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(text: &str, file: &str) -> Option<String> {
        let genes = Genes::new(["TP53", "MYC", "SOX2", "ab_c"]).expect("distinct");
        let mut bytes = text.as_bytes().to_vec();
        take_apart(&mut bytes, file, Some(&genes)).expect("text")?;
        Some(String::from_utf8(bytes).expect("text"))
    }

    #[test]
    fn every_target_of_a_gene_set_is_a_pair() {
        let expected = Some("regulator\ttarget\nTP53\tMYC\nTP53\tSOX2\nab_c\tMYC\n".to_owned());
        let gmt = "TP53\tx\tMYC\tSOX2\nab_c\tx\tMYC,1.0\n";
        assert_eq!(pairs(gmt, "sets.gmt"), expected);
        let chea = "TP53 2013 ChIP-Seq\t\tMYC\nTP53_hg19\t\tSOX2\tMYC\nab_c\t\tMYC\n";
        assert_eq!(pairs(chea, "chea.gmt"), expected);
        assert_eq!(pairs("TP53: MYC, SOX2\nab_c: MYC\n", "list.txt"), expected);
        assert_eq!(pairs("TP53\tMYC\nSOX2\tMYC\n", "list.txt"), None);
    }

    #[test]
    fn targets_in_one_cell_are_told_apart_where_they_are_genes() {
        let genes = Genes::new(["A", "B", "HLA,1"]).expect("distinct");
        assert_eq!(targets_in("A;B", Some(&genes)), ["A", "B"]);
        assert_eq!(targets_in("HLA,1", Some(&genes)), ["HLA,1"]);
        assert_eq!(targets_in("X;Y", Some(&genes)), ["X;Y"]);
    }
}
