//! Samples that are of one series.

use std::collections::HashMap;

/// Samples of one series, by position, in the order of their times.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SeriesBlock {
    pub(crate) name: String,
    pub(crate) members: Vec<usize>,
    /// Samples whose mean stands for each member; empty where every member stands for itself.
    pub(crate) pooled: Vec<Vec<usize>>,
}

impl SeriesBlock {
    /// Samples in the order of their times; those of one time are averaged.
    pub(super) fn averaged(name: String, mut members: Vec<usize>, times: &[f64]) -> Self {
        members.sort_by(|&a, &b| times[a].total_cmp(&times[b]));
        let same = members.chunk_by(|&a, &b| times[a] == times[b]);
        let groups: Vec<Vec<usize>> = same.map(<[usize]>::to_vec).collect();
        if groups.len() == members.len() {
            return Self {
                name,
                members,
                pooled: Vec::new(),
            };
        }
        Self {
            name,
            members: groups.iter().map(|group| group[0]).collect(),
            pooled: groups,
        }
    }

    /// All samples, each with its number among those of its time, from 1.
    pub(super) fn numbered_samples(&self) -> impl Iterator<Item = (usize, usize)> {
        let single = self.members.iter().filter(|_| self.pooled.is_empty());
        let single = single.map(|&sample| (sample, 1));
        let pooled = self.pooled.iter();
        single.chain(pooled.flat_map(|group| group.iter().copied().zip(1..)))
    }
}

/// Positions of equal names together, in the order in which the names first occur.
pub(super) fn gather(names: &[String]) -> Vec<SeriesBlock> {
    let mut blocks: Vec<SeriesBlock> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for (sample, name) in names.iter().enumerate() {
        let at = *known.entry(name).or_insert_with(|| {
            blocks.push(SeriesBlock {
                name: name.clone(),
                members: Vec::new(),
                pooled: Vec::new(),
            });
            blocks.len() - 1
        });
        blocks[at].members.push(sample);
    }
    blocks
}

/// Sorts series by their names, numbers within names by their value: what follows draws subsamples and folds
/// by position, and must not depend on the order of the series in a file.
pub(super) fn sort_by_name(blocks: &mut [SeriesBlock]) {
    blocks.sort_by(|a, b| natural_parts(&a.name).cmp(&natural_parts(&b.name)));
}

/// Part of a name; numbers are compared by their length and digits without leading zeros, so that any length works.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum NamePart<'a> {
    Number(usize, &'a str),
    Text(&'a str),
}

fn natural_parts(name: &str) -> (Vec<NamePart<'_>>, &str) {
    let digit = |c: char| c.is_ascii_digit();
    let mut parts = Vec::new();
    let mut rest = name;
    while let Some(first) = rest.chars().next() {
        let number = digit(first);
        let end = rest.find(|c| digit(c) != number).unwrap_or(rest.len());
        let (part, tail) = rest.split_at(end);
        let digits = part.trim_start_matches('0');
        parts.push(if number {
            NamePart::Number(digits.len(), digits)
        } else {
            NamePart::Text(part)
        });
        rest = tail;
    }
    // names that differ in leading zeros alone
    (parts, name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_with_numbers_by_value() {
        let names = ["s10", "s2", "heat_1", "s01", "s1", "control"].map(str::to_owned);
        let mut blocks = gather(&names);
        sort_by_name(&mut blocks);
        let sorted: Vec<&str> = blocks.iter().map(|block| block.name.as_str()).collect();
        assert_eq!(sorted, ["control", "heat_1", "s01", "s1", "s2", "s10"]);
    }
}
