//! Numbers of samples in their names, which are no conditions.

use super::name_tokens::NameToken;

/// Numbers of samples among the parts of names: accessions and what a sequencer adds.
pub(super) struct Serials {
    /// Positions in every name.
    pub(super) at: Vec<usize>,
    /// A part that differs in most names, so that it may be one or a condition.
    pub(super) uncertain: Option<usize>,
}

/// Finds the parts that number samples, where all names have as many: `GSM1000`, `S1_L001`.
pub(super) fn serials_in(names: &[Vec<NameToken>], time: &[usize]) -> Serials {
    let mut found = Serials {
        at: Vec::new(),
        uncertain: None,
    };
    let width = names[0].len();
    let aligned =
        names.iter().all(|tokens| tokens.len() == width) && time.iter().all(|&at| at == time[0]);
    if !aligned || names.len() < 3 {
        return found;
    }
    let stem = |at: usize| {
        let first = names[0][at].stem()?;
        names
            .iter()
            .all(|tokens| tokens[at].stem() == Some(first))
            .then_some(first)
    };
    let lane = |at: usize| {
        at < width && names.iter().all(|tokens| tokens[at].text.len() == 4) && stem(at) == Some("L")
    };
    for at in (0..width).filter(|&at| at != time[0]) {
        if stem(at) == Some("S") && lane(at + 1) {
            found.at.extend([at, at + 1]);
            continue;
        }
        let replicates = names.iter().all(|tokens| tokens[at].is_replicate());
        if stem(at).is_none() || replicates {
            continue;
        }
        let mut different: Vec<&str> = names
            .iter()
            .map(|tokens| tokens[at].text.as_str())
            .collect();
        different.sort_unstable();
        different.dedup();
        if different.len() == names.len() {
            found.at.push(at);
        } else if names.len() > 4 && 2 * different.len() > names.len() {
            found.uncertain = Some(at);
        }
    }
    found.at.sort_unstable();
    found.at.dedup();
    found
}
