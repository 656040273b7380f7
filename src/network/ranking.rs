//! The network: every candidate edge once, best first.
//!
//! Edges are ordered by their evidence (`evidence`; with interventions `joined`). What is written of
//! them besides: the mean weight over half-samples and levels, the sign and how many half-samples
//! agree with it, the selection frequency (`fit::stability`), the influence in the fitted model
//! (`influence`), and the expected number of false edges up to each rank (`false_edges`).

use std::cmp::Ordering;
use std::collections::HashSet;

use crate::direct_effects::Responses;
use crate::fit::{SubstituteFit, TargetFit};
use crate::genes::{Gene, Genes};
use crate::influence::SparseInfluence;
use crate::prior::Prior;

use super::Sign;
use super::evidence::{direction, evidence, levels};
use super::false_edges::{convex_minorant, probabilities};
use super::joined::Joined;
use super::nulls::expected_false_from_null;

/// An edge with what is known about it; `weight[target, source] = ∂(dx_target/dt)/∂x_source`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Edge {
    /// The regulator.
    pub source: Gene,
    /// The target.
    pub target: Gene,
    /// Mean slope over half-samples and `λ`, on the model's scale per unit of time;
    /// 0 if no half-sample selected the edge. Not a number where it contradicts the sign: then it is
    /// not the slope of this edge.
    pub weight: f64,
    /// Sign by all evidence: that of the half-samples, of the correlation where none selected the
    /// edge; with interventions, the likelier one by time courses and responses together.
    pub sign: Sign,
    /// Rank, counted from 1.
    pub rank: usize,
    /// Probability that the edge is true: with interventions that of the posterior, without them what
    /// the bound on false selections leaves (see `Network::new`), and no more than a null leaves.
    pub probability: f64,
    /// Evidence, as a share of the best edge's.
    pub evidence: f64,
    /// Evidence of the time courses alone, as a share of the largest.
    pub dynamic: f64,
    /// Evidence of the responses to interventions alone, as a share of the largest; 0 if the
    /// regulator was never changed.
    pub interventional: f64,
    /// Share of half-samples and `λ` that selected the edge.
    pub frequency: f64,
    /// Share of the half-samples selecting it at the smallest `λ` that agree with the sign.
    pub sign_agreement: f64,
    /// Expected number of false edges up to this rank, the larger of the model's and a null's: the sum of
    /// `1 − probability` so far.
    pub expected_false: f64,
    /// The same by the model alone.
    pub expected_false_model: f64,
    /// Integrated slope of the fitted model's field, signed; 0 if the model does without it.
    pub influence: f64,
    /// Whether a prior gave the pair support.
    pub in_prior: bool,
}

impl Edge {
    /// An edge of which nothing is known: numbers are 0 and the sign is unknown.
    #[must_use]
    pub fn new(source: Gene, target: Gene) -> Self {
        Self {
            source,
            target,
            weight: 0.0,
            sign: Sign::Unknown,
            rank: 0,
            probability: 0.0,
            evidence: 0.0,
            dynamic: 0.0,
            interventional: 0.0,
            frequency: 0.0,
            sign_agreement: 0.0,
            expected_false: 0.0,
            expected_false_model: 0.0,
            influence: 0.0,
            in_prior: false,
        }
    }
}

/// What is wrong with edges that should make a network.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum NetworkError {
    /// The evidence ranks nothing.
    #[error(
        "edge {position}, {regulator} → {target}: the evidence is {evidence}, expected a finite \
         number of 0 or more; correct it or leave the edge out"
    )]
    Evidence {
        /// Position in the list, counted from 1.
        position: usize,
        /// Name of the regulator.
        regulator: String,
        /// Name of the target.
        target: String,
        /// The evidence found.
        evidence: f64,
    },
    /// A pair stands twice.
    #[error("the pair {regulator} → {target} occurs twice; keep one of its edges")]
    Duplicate {
        /// Name of the regulator.
        regulator: String,
        /// Name of the target.
        target: String,
    },
}

/// All candidate edges, best first.
#[derive(Clone, Debug, PartialEq)]
pub struct Network {
    genes: Genes,
    edges: Vec<Edge>,
}

impl Network {
    /// Ranks the pairs of all fits.
    ///
    /// * `influence`: that of the fitted field
    /// * `responses`: to interventions, about the same genes; without any, the evidence is that of
    ///   the time courses
    ///
    /// Pairs that the prior forbids, and regulators that the data cannot tell from the conditions
    /// or the target itself, are no candidates.
    ///
    /// With responses, the evidence is `−ln(1 − P)` with `P` the probability of an edge by both
    /// (see [`posterior`](crate::direct_effects::posterior)), and the probability of an edge is `P`, a
    /// twentieth of it kept back for what the model cannot see. Without them, the edge of rank `r`
    /// is true with probability `1 − (E(r) − E(r − 1))`, where `E(r)` bounds the number of false
    /// edges among the best `r` by how often half-samples agree. Either way the expected number of
    /// false edges is the running sum of `1 − probability`.
    ///
    /// # Panics   if `responses` are about other genes (a bug in the caller).
    /// # Cost     `O(pq log pq)`, and that of [`posterior`](crate::direct_effects::posterior).
    #[must_use]
    pub(crate) fn new(
        genes: Genes,
        regulators: &[Gene],
        fits: &[TargetFit],
        influence: &SparseInfluence,
        responses: Option<&Responses>,
    ) -> Self {
        let dynamic = evidence(fits, regulators).pairs;
        let joined = responses.map(|responses| {
            assert_eq!(responses.genes(), &genes, "responses of the same genes");
            Joined::new(&dynamic, fits, regulators, responses)
        });
        let mut edges = Vec::with_capacity(fits.len() * regulators.len());
        for (i, fit) in fits.iter().enumerate() {
            for (j, &source) in regulators.iter().enumerate() {
                if dynamic[(i, j)] > 0.0 {
                    let (evidence, by_joined) = (dynamic[(i, j)], joined.as_ref());
                    let sign = by_joined.and_then(|joined| joined.sign(i, j));
                    let sign = sign.unwrap_or_else(|| Sign::of_slope(direction(fit, j)));
                    let mut edge = Edge {
                        evidence,
                        dynamic: evidence,
                        influence: influence.of(fit.target, source),
                        ..edge(fit, j, source, sign)
                    };
                    if let Some(joined) = by_joined {
                        edge.evidence = joined.evidence(i, j);
                        edge.interventional = joined.interventional(i, j);
                    }
                    edges.push(edge);
                }
            }
        }
        edges.sort_by(best_first);
        match joined {
            Some(_) => edges
                .iter_mut()
                .for_each(|edge| edge.probability = Joined::probability(edge.evidence)),
            None => {
                let probabilities = probabilities(fits, regulators, edges.len());
                for (edge, probability) in edges.iter_mut().zip(probabilities) {
                    edge.probability = probability;
                }
            }
        }
        count(&mut edges);
        as_shares(&mut edges, |edge| &mut edge.evidence);
        as_shares(&mut edges, |edge| &mut edge.dynamic);
        as_shares(&mut edges, |edge| &mut edge.interventional);
        Self { genes, edges }
    }

    /// Ranks edges that are known already, by their evidence as it is given.
    ///
    /// Ranks are set again; all else stays as it is, the expected false edges included.
    ///
    /// # Errors   [`NetworkError`] for an evidence that is not a number of 0 or more, or a pair that
    ///   occurs twice.
    /// # Panics   if an edge names a gene that is not in `genes` (a bug in the caller).
    /// # Cost     `O(n log n)` for `n` edges.
    pub fn from_edges(genes: Genes, mut edges: Vec<Edge>) -> Result<Self, NetworkError> {
        let mut seen = HashSet::with_capacity(edges.len());
        for (index, edge) in edges.iter().enumerate() {
            let regulator = genes.name(edge.source).to_owned();
            let target = genes.name(edge.target).to_owned();
            if !(edge.evidence >= 0.0 && edge.evidence.is_finite()) {
                return Err(NetworkError::Evidence {
                    position: index + 1,
                    regulator,
                    target,
                    evidence: edge.evidence,
                });
            }
            if !seen.insert((edge.source, edge.target)) {
                return Err(NetworkError::Duplicate { regulator, target });
            }
        }
        edges.sort_by(best_first);
        (1..).zip(&mut edges).for_each(|(rank, e)| e.rank = rank);
        Ok(Self { genes, edges })
    }

    /// The same edges with the larger of the model's expected number of false edges and a null's.
    ///
    /// Both are convex, and so is the larger: edges further down are no surer than those above.
    ///
    /// * `expected`: by the null, for every rank; its convex minorant is taken
    ///
    /// # Panics   if there is not one number a rank (a bug in the caller).
    /// # Cost     `O(n)` for `n` edges.
    #[must_use]
    pub(crate) fn with_null(mut self, expected: Vec<f64>) -> Self {
        assert_eq!(expected.len(), self.edges.len(), "one number a rank");
        let mut before = 0.0;
        for (edge, null) in self.edges.iter_mut().zip(convex_minorant(expected)) {
            edge.expected_false = edge.expected_false_model.max(null);
            edge.probability = (1.0 - (edge.expected_false - before)).clamp(0.0, 1.0);
            before = edge.expected_false;
        }
        self
    }

    /// The same edges with another expected number of false edges at every rank, in steps between 0 and 1.
    ///
    /// # Panics   if there is not one number a rank (a bug in the caller).
    #[must_use]
    pub(crate) fn with_calibration(mut self, expected: &[f64]) -> Self {
        assert_eq!(expected.len(), self.edges.len(), "one number a rank");
        let mut before = 0.0;
        for (edge, &expected) in self.edges.iter_mut().zip(expected) {
            edge.expected_false = expected;
            edge.probability = (1.0 - (expected - before)).clamp(0.0, 1.0);
            before = expected;
        }
        self
    }

    /// The same edges with the influence of another field.
    #[must_use]
    pub(crate) fn with_influence(mut self, influence: &SparseInfluence) -> Self {
        for edge in &mut self.edges {
            edge.influence = influence.of(edge.target, edge.source);
        }
        self
    }

    /// The same edges, with those marked that a prior gives support.
    #[must_use]
    pub(crate) fn with_prior(mut self, prior: &Prior) -> Self {
        let known: HashSet<(Gene, Gene)> = prior
            .supported()
            .map(|(target, regulator, _)| (regulator, target))
            .collect();
        for edge in &mut self.edges {
            edge.in_prior = known.contains(&(edge.source, edge.target));
        }
        self
    }

    /// The genes.
    #[must_use]
    pub fn genes(&self) -> &Genes {
        &self.genes
    }

    /// The edges, best first.
    #[must_use]
    pub fn edges(&self) -> &[Edge] {
        &self.edges
    }

    /// The longest list of best edges of which at most `share` are expected to be false.
    #[must_use]
    pub fn confident(&self, share: f64) -> &[Edge] {
        let last = self
            .edges
            .iter()
            .rposition(|edge| edge.expected_false <= share * edge.rank as f64);
        &self.edges[..last.map_or(0, |index| index + 1)]
    }
}

/// Expected number of false edges among the best `r` of the network of these fits, by a null in which other
/// courses stood in the place of the regulators.
///
/// # Cost   `O(pq log pq)`.
pub(crate) fn expected_by_null(
    fits: &[TargetFit],
    regulators: &[Gene],
    nulls: &[SubstituteFit],
) -> Vec<f64> {
    let evidence = evidence(fits, regulators);
    let positive = |x: &f64| *x > 0.0;
    let mut scores: Vec<f64> = Vec::with_capacity(fits.len() * regulators.len());
    for column in evidence.pairs.col_iter() {
        scores.extend(column.iter().copied().filter(positive));
    }
    scores.sort_unstable_by(|a, b| b.total_cmp(a));
    let null = nulls.iter().flat_map(|fit| {
        let i = fits.partition_point(|one| one.target < fit.target);
        evidence.of_substitutes(i, fit)
    });
    let null: Vec<f64> = null.filter(positive).collect();
    let ratio = scores.len() as f64 / null.len().max(1) as f64;
    expected_false_from_null(&scores, null, ratio)
}

/// By evidence; equal ones in the order of the genes.
fn best_first(a: &Edge, b: &Edge) -> Ordering {
    let surer = b.evidence.total_cmp(&a.evidence);
    surer.then((a.target, a.source).cmp(&(b.target, b.source)))
}

/// Divides by the largest, if that is above 0.
fn as_shares(edges: &mut [Edge], part: fn(&mut Edge) -> &mut f64) {
    let largest = edges.iter_mut().map(|edge| *part(edge)).fold(0.0, f64::max);
    if largest > 0.0 {
        edges.iter_mut().for_each(|edge| *part(edge) /= largest);
    }
}

/// Ranks, and expected false edges as the running sum of `1 − probability`, of edges in their order.
fn count(edges: &mut [Edge]) {
    let mut expected = 0.0;
    for (rank, edge) in (1..).zip(edges) {
        expected += 1.0 - edge.probability;
        edge.rank = rank;
        edge.expected_false = expected;
        edge.expected_false_model = expected;
    }
}

/// What the half-samples say of an edge of this sign.
fn edge(fit: &TargetFit, j: usize, source: Gene, sign: Sign) -> Edge {
    let (tally, levels) = (&fit.tally, levels(fit));
    let q = tally.size.len();
    let samples = f64::from(tally.samples.max(1));
    let cells = samples * levels as f64;
    let selected: u32 = (0..levels).map(|level| tally.selected[level * q + j]).sum();
    let last = tally.selected[(levels - 1) * q + j];
    let weight = tally.signed[j] / cells * fit.model.natural[j];
    let balance = match sign {
        Sign::Repression => -tally.balance[j],
        Sign::Activation | Sign::Unknown => tally.balance[j],
    };
    let agreeing = (f64::from(last) + f64::from(balance)) / 2.0;
    Edge {
        weight: match Sign::of_slope(weight).agreement(sign) {
            Some(false) => f64::NAN,
            Some(true) | None => weight,
        },
        sign,
        frequency: f64::from(selected) / cells,
        sign_agreement: if last > 0 {
            agreeing / f64::from(last)
        } else {
            0.0
        },
        ..Edge::new(source, fit.target)
    }
}
