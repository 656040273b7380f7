//! Which steady states are replicates: the same known interventions, or one condition by their names.

use std::collections::HashMap;

use super::replicate_names::replicate_stem;
use super::{Intervention, Origin, SteadyStates};

/// Known interventions, sorted by gene, with the rows in which they were done, in the order of their first row;
/// the wild type has none of them.
///
/// # Cost   `O(n g)` comparisons for `n` samples of `g` groups.
pub(crate) fn by_interventions(states: &SteadyStates) -> Vec<(Vec<Intervention>, Vec<usize>)> {
    let mut groups: Vec<(Vec<Intervention>, Vec<usize>)> = Vec::new();
    for (row, sample) in states.samples().iter().enumerate() {
        let Origin::Interventions(done) = &sample.origin else {
            continue;
        };
        let mut done = done.clone();
        done.sort_by_key(|one| one.gene);
        match groups.iter_mut().find(|(other, _)| *other == done) {
            Some((_, rows)) => rows.push(row),
            None => groups.push((done, vec![row])),
        }
    }
    groups
}

/// Rows of every group of replicates: by interventions where they are known, else by a name that differs in the
/// number of a replicate only, or that several samples share.
pub(crate) fn replicate_groups(states: &SteadyStates) -> Vec<Vec<usize>> {
    let known = by_interventions(states).into_iter().map(|(_, rows)| rows);
    let mut groups: Vec<Vec<usize>> = known.collect();
    let mut by_name: HashMap<String, usize> = HashMap::new();
    for (row, sample) in states.samples().iter().enumerate() {
        if sample.origin != Origin::Multifactorial || sample.label.is_empty() {
            continue;
        }
        let name = replicate_stem(&sample.label).unwrap_or_else(|| sample.label.clone());
        let number = *by_name.entry(name).or_insert(groups.len());
        match groups.get_mut(number) {
            Some(rows) => rows.push(row),
            None => groups.push(vec![row]),
        }
    }
    groups
}
