//! Which regulators a target may have, and what each of them costs.

use crate::expression::{Change, Origin, RestingStates, Scale};
use crate::genes::Gene;
use crate::network::Network;

use super::wild_type::WildType;

/// A regulator that a target may have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Candidate {
    pub(super) regulator: Gene,
    /// What taking it costs, in units of half a squared standard error.
    pub(super) price: f64,
}

/// Response of a target to a knockout, in standard deviations, beyond which the gene is a
/// candidate.
const RESPONDS: f64 = 2.5;
/// Response beyond which a gene is taken to be on a path of other responses.
const CLEAR: f64 = 4.0;
/// What a knockdown says, in knockouts.
const KNOCKDOWN: f64 = 0.5;

/// Robust responses of every target to the loss of every gene, `z[target][gene]`.
///
/// `Σ (level − wild type)/σ` over knockouts, knockdowns counted half, overexpression with the
/// opposite sign and half.
pub(super) fn responses(
    resting: &RestingStates,
    scale: Scale,
    wild_type: &WildType,
) -> Vec<Vec<f64>> {
    let p = resting.genes().len();
    let normal: Vec<f64> = wild_type.levels.iter().map(|x| scale.forward(*x)).collect();
    let noise: Vec<f64> = (0..p).map(|i| wild_type.deviation(scale, i)).collect();
    let mut z = vec![vec![0.0; p]; p];
    for (row, sample) in resting.samples().iter().enumerate() {
        let Origin::Interventions(all) = &sample.origin else {
            continue;
        };
        let [one] = all.as_slice() else { continue };
        let j = one.gene.index();
        let share = match one.change {
            Change::Knockout => 1.0,
            Change::Scaled(factor) if factor < 1.0 => 1.0 - factor,
            Change::Scaled(_) => -KNOCKDOWN,
            Change::Set(level) if level < wild_type.levels[j] => KNOCKDOWN,
            Change::Set(_) => -KNOCKDOWN,
        };
        for i in (0..p).filter(|&i| i != j) {
            let level = resting.values()[(row, i)];
            if !level.is_nan() {
                z[i][j] += share * (level - normal[i]) / noise[i];
            }
        }
    }
    z
}

/// Sizes of the responses that are direct: `|z|/√(1 + n)` with `n` the number of genes between,
/// which respond clearly to the one and act clearly on the other.
pub(super) fn direct(responses: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let p = responses.len();
    let clear: Vec<Vec<usize>> = responses
        .iter()
        .map(|row| (0..p).filter(|&j| row[j].abs() > CLEAR).collect())
        .collect();
    let mut out: Vec<Vec<f64>> = responses
        .iter()
        .map(|row| row.iter().map(|z| z.abs()).collect())
        .collect();
    for (i, row) in out.iter_mut().enumerate() {
        let mut between = vec![0.0; p];
        for &k in &clear[i] {
            clear[k].iter().for_each(|&j| between[j] += 1.0);
        }
        let pairs = row.iter_mut().zip(&between);
        pairs.for_each(|(z, n)| *z /= (1.0_f64 + n).sqrt());
    }
    out
}

/// Prices and numbers of candidates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Market {
    /// Best candidates of a target by joined evidence.
    pub(super) best: usize,
    /// What an edge of no special rank costs.
    pub(super) price: f64,
    /// How much the price falls for every factor of ten in rank.
    pub(super) discount: f64,
}

/// Share of all pairs at whose rank the price is the plain one.
const PLAIN_RANK: f64 = 0.02;
/// Least and highest price.
const PRICES: (f64, f64) = (0.3, 8.0);

/// The candidates of every target: those that respond to a knockout, and the best by the sum
/// `0.3 ln(1 + direct) + √evidence`.
///
/// # Cost   `O(p² log p)`.
pub(super) fn candidates(
    network: &Network,
    direct: Option<&[Vec<f64>]>,
    market: Market,
) -> Vec<Vec<Candidate>> {
    if network.edges().iter().any(|edge| edge.interventional > 0.0) {
        return of_probabilities(network, market);
    }
    let p = network.genes().len();
    let none = vec![vec![0.0; p]; p];
    let direct = direct.unwrap_or(&none);
    let mut joined: Vec<Vec<(f64, usize, f64)>> = (0..p)
        .map(|i| {
            let others = (0..p).filter(|&j| j != i);
            let unranked = |j: usize| (0.3 * direct[i][j].ln_1p(), j, 1.0);
            others.map(unranked).collect()
        })
        .collect();
    let pairs = (p * p) as f64;
    for edge in network.edges() {
        let (i, j) = (edge.target.index(), edge.source.index());
        if i != j {
            let at = &mut joined[i][if j < i { j } else { j - 1 }];
            at.0 += edge.evidence.max(0.0).sqrt();
            at.2 = (edge.rank - 1) as f64 / pairs;
        }
    }
    let chosen = |(i, list): (usize, &mut Vec<(f64, usize, f64)>)| {
        list.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let ranked = list.iter().enumerate();
        let kept = ranked
            .filter(|(at, one)| (*at < market.best && one.0 > 0.0) || direct[i][one.1] > RESPONDS);
        let mut out: Vec<Candidate> = kept.map(|(_, one)| priced(one, market)).collect();
        out.sort_by_key(|one| one.regulator);
        out
    };
    joined.iter_mut().enumerate().map(chosen).collect()
}

/// The candidates of a network whose evidence joins time courses and responses already: the best of
/// every target and those that may well be edges, at `price − ln(P/(1 − P))`.
///
/// `P` is what the network expects of each edge: the step in its expected number of false edges.
///
/// # Cost   `O(p²)`.
fn of_probabilities(network: &Network, market: Market) -> Vec<Vec<Candidate>> {
    let mut out = vec![Vec::new(); network.genes().len()];
    let mut before = 0.0;
    for edge in network.edges() {
        let wrong = edge.expected_false_edges - before;
        before = edge.expected_false_edges;
        let taken = &mut out[edge.target.index()];
        if edge.source == edge.target || (taken.len() >= market.best && wrong > DOUBTFUL) {
            continue;
        }
        let odds = (1.0 - wrong).max(1e-9) / wrong.max(1e-9);
        taken.push(Candidate {
            regulator: edge.source,
            price: (market.price - odds.ln()).clamp(PRICES.0, PRICES.1),
        });
    }
    out.iter_mut()
        .for_each(|list| list.sort_by_key(|one| one.regulator));
    out
}

/// Chance to be no edge beyond which only the best of a target are candidates.
const DOUBTFUL: f64 = 0.95;

fn priced(&(_, j, share): &(f64, usize, f64), market: Market) -> Candidate {
    let place = (share.max(1e-4) / PLAIN_RANK).log10();
    Candidate {
        regulator: Gene(j),
        price: (market.price + market.discount * place).clamp(PRICES.0, PRICES.1),
    }
}
