//! Which regulators a target may have, and what each of them costs.

use crate::genes::Gene;
use crate::network::Network;

/// A regulator that a target may have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Candidate {
    pub(super) regulator: Gene,
    /// What taking it costs, in units of half a squared standard error.
    pub(super) cost: f64,
}

/// Prior odds of an edge and number of candidates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct PriorOdds {
    /// Best candidates of a target by joined evidence.
    pub(super) best: usize,
    /// Cost of an edge that is as likely as not, the prior log-odds against edges.
    pub(super) cost: f64,
}

/// Least and highest cost.
const COSTS: (f64, f64) = (0.3, 8.0);
/// Chance to be no edge beyond which only the best of a target are candidates.
const IMPROBABLE: f64 = 0.95;

/// The candidates of a network whose evidence joins time courses and responses: the best of every
/// target and those that may well be edges, at `cost − ln(P/(1 − P))`. What is no edge of the
/// network, since the prior forbids it or the regulator is none, is no candidate.
///
/// `P` is the probability of the edge in the network.
///
/// # Cost   `O(p²)`.
pub(super) fn candidates(network: &Network, prior_odds: PriorOdds) -> Vec<Vec<Candidate>> {
    let mut out = vec![Vec::new(); network.genes().len()];
    for edge in network.edges() {
        let wrong = 1.0 - edge.probability;
        let taken = &mut out[edge.target.index()];
        if edge.source == edge.target || (taken.len() >= prior_odds.best && wrong > IMPROBABLE) {
            continue;
        }
        let odds = edge.probability.max(1e-9) / wrong.max(1e-9);
        taken.push(Candidate {
            regulator: edge.source,
            cost: (prior_odds.cost - odds.ln()).clamp(COSTS.0, COSTS.1),
        });
    }
    out.iter_mut()
        .for_each(|list| list.sort_by_key(|one| one.regulator));
    out
}
