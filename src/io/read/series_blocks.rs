//! Samples that are of one series.

use std::collections::HashMap;

/// Samples of one series, by position, in the order of their times.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SeriesBlock {
    pub(crate) name: String,
    pub(crate) members: Vec<usize>,
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
            });
            blocks.len() - 1
        });
        blocks[at].members.push(sample);
    }
    blocks
}
