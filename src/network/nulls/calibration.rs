//! Expected false edges from edges that are known.
//!
//! A share `c` of the true edges is known, at random. Among the best `r` pairs that can be judged,
//! `n(r)`, the known ones, `h(r)`, say how many are true:
//!
//! ```text
//! h ~ Binomial(n, c·p)^(1/φ)        p(r): share of true edges among the best r
//! p ~ Beta(κ(1 − e₀/r), κe₀/r)      e₀(r): expected false edges by the nulls, κ = 2
//! e(r) = r (1 − E[p | h])           and the same with quantiles .95 and .05 of p
//! ```
//!
//! A pair can be judged if its regulator has *another* known edge: then its own being known has not
//! brought it in, and it is known with probability `c` if true. All targets count, for known edges
//! among the tenth of a genome-wide list say little about which targets are studied; targets that
//! nobody studied make the estimate too large. `φ ≥ 1` is the overdispersion of hits between
//! regulators (Pearson's `χ²` over its degrees of freedom), for knowledge comes by regulators.
//!
//! Without `c` only the product `c·p` can be seen. It bounds `c` from below, since `p ≤ 1`; nothing in
//! the known edges bounds it from above. What is left comes from the nulls: at the first rank with ten
//! hits, `p` is given the same prior with `κ = 5`, `c` one that is flat in `ln c` between .001 and 1,
//! and the posterior of `c` is averaged over at all ranks.
//!
//! *B. subtilis*, 60 random tenths of the known edges, the evidence of a prototype: 270 ± 43 expected
//! among the best 500 of the protocol's pairs, 199 there are not known to be true, always within a
//! factor of 2; at 100 the interval contains their 57 in .93 of them. Without `c` (.1): 348 ± 21,
//! `c` = .26 [.05, .75].
//!
//! Source: Gelman et al., Bayesian Data Analysis, section 2.4, for the conjugate case; Elkan & Noto
//! (2008), KDD, for known edges as a random share of the true ones.

use std::collections::BTreeSet;

use crate::genes::Gene;

/// What the prior of `p` is worth, in edges with known truth: as little as a prior can be that still
/// has one mode, so that 10 hits outweigh the nulls. With 1 and 5, the interval at rank 100 covers in
/// .82 and .99 of the tenths, with 2 in .92.
const PRIOR_EDGES: f64 = 2.0;

/// The same where `c` is estimated, for which the nulls are the only source.
const PRIOR_EDGES_FOR_SHARE: f64 = 5.0;

/// Error of the nulls in `p`: the mean of the prior keeps this distance from 0 and 1. Among the top 100 their error
/// is .06, .07, .11 and .36 on the four real sets; with .02 the interval of yeast (Eisen) covers in .45 of the tenths.
const NULL_ERROR: f64 = 0.1;

/// Hits at the rank where `c` is estimated: their number is known within a third.
const HITS_FOR_SHARE: usize = 10;

/// Smallest `c` considered.
const SMALLEST_SHARE: f64 = 1e-3;

/// Values of `p`, midpoints of equal parts of 0 to 1.
const GRID: usize = 200;

/// Values of an unknown `c`.
const SHARES: usize = 60;

/// Growth of the ranks at which the posterior is taken; between them it is interpolated.
const RANK_GROWTH: f64 = 1.15;

/// Edges that are known to be true: regulator and target, each once, none from a gene to itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownEdges {
    pairs: BTreeSet<(Gene, Gene)>,
    /// Number of known edges of every gene as regulator.
    of_regulator: Vec<usize>,
}

impl KnownEdges {
    /// The distinct pairs of two genes; the rest is passed over.
    pub fn new(pairs: impl IntoIterator<Item = (Gene, Gene)>) -> Self {
        let pairs: BTreeSet<(Gene, Gene)> = pairs
            .into_iter()
            .filter(|(regulator, target)| regulator != target)
            .collect();
        let genes = pairs
            .last()
            .map_or(0, |(regulator, _)| regulator.index() + 1);
        let mut of_regulator = vec![0; genes];
        for (regulator, _) in &pairs {
            of_regulator[regulator.index()] += 1;
        }
        Self {
            pairs,
            of_regulator,
        }
    }

    /// Whether the regulator has a known edge besides this pair.
    fn can_judge(&self, pair: (Gene, Gene)) -> bool {
        let known = self.of_regulator.get(pair.0.index()).copied().unwrap_or(0);
        known > usize::from(self.pairs.contains(&pair))
    }
}

/// The share of the true edges that is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShareKnown {
    /// Quantile .05; the share itself where it was given.
    pub low: f64,
    /// Mean.
    pub mean: f64,
    /// Quantile .95.
    pub high: f64,
}

/// What known edges say of a ranked list.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibration {
    /// Expected number of false edges among the best `r`, not decreasing.
    pub expected_false: Vec<f64>,
    /// The same, lower end of an interval with probability .9.
    pub low: Vec<f64>,
    /// The same, upper end.
    pub high: Vec<f64>,
    /// The share of the true edges that is known.
    pub share: ShareKnown,
}

/// Why known edges say nothing.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum CalibrationError {
    /// A share that is none.
    #[error("the share of known edges is {0}; give a number above 0 and up to 1")]
    Share(f64),
    /// Every known edge is alone with its regulator, or no candidate.
    #[error(
        "no regulator has two known edges among the candidate pairs; recalibration needs known edges \
         of regulators and targets of this network, a few for each regulator"
    )]
    NothingJudged,
}

impl Calibration {
    /// Calibrates a ranked list.
    ///
    /// * `ranked`: regulator and target of every candidate pair, best first
    /// * `known`: edges that had no part in the ranking
    /// * `null`: expected false edges by the nulls at every rank
    /// * `share`: of the true edges among the candidates that is known; estimated where it is not given
    ///
    /// # Errors   [`CalibrationError`] for a share outside of (0, 1], or if no regulator has two known
    ///   edges among the candidates.
    /// # Panics   if `null` has another length than `ranked` (a bug in the caller).
    /// # Cost     `O(n log k)` for `n` pairs and `k` known edges.
    pub fn new(
        ranked: &[(Gene, Gene)],
        known: &KnownEdges,
        null: &[f64],
        share: Option<f64>,
    ) -> Result<Self, CalibrationError> {
        assert_eq!(ranked.len(), null.len(), "one number per rank");
        if let Some(share) = share.filter(|share| !(*share > 0.0 && *share <= 1.0)) {
            return Err(CalibrationError::Share(share));
        }
        let counts = counts(ranked, known);
        if counts.last().is_none_or(|last| last.hits == 0) {
            return Err(CalibrationError::NothingJudged);
        }
        let precision: Vec<f64> = counts
            .iter()
            .map(|count| 1.0 - null[count.rank - 1] / count.rank as f64)
            .collect();
        let shares = match share {
            Some(share) => WeightedGrid::single(share),
            None => shares(&counts, &precision),
        };
        let posteriors: Vec<WeightedGrid> = counts
            .iter()
            .zip(&precision)
            .map(|(count, precision)| posterior(count, *precision, &shares))
            .collect();
        let curve = |share_true: &dyn Fn(&WeightedGrid) -> f64| {
            let values = counts.iter().zip(&posteriors);
            let false_edges = |(count, posterior): (&HitCount, &WeightedGrid)| {
                (
                    count.rank,
                    count.rank as f64 * (1.0 - share_true(posterior)),
                )
            };
            interpolated(values.map(false_edges))
        };
        Ok(Self {
            expected_false: curve(&WeightedGrid::mean),
            low: curve(&|p| p.quantile(0.95)),
            high: curve(&|p| p.quantile(0.05)),
            share: ShareKnown {
                low: shares.quantile(0.05),
                mean: shares.mean(),
                high: shares.quantile(0.95),
            },
        })
    }
}

/// What was seen among the best `rank` pairs.
#[derive(Clone, Copy, Debug)]
struct HitCount {
    rank: usize,
    judged: usize,
    hits: usize,
    overdispersion: f64,
}

/// Counts at ranks that grow geometrically, the last one included.
fn counts(ranked: &[(Gene, Gene)], known: &KnownEdges) -> Vec<HitCount> {
    let mut of_regulator = vec![(0_usize, 0_usize); known.of_regulator.len()];
    let (mut judged, mut hits, mut next) = (0, 0, 1);
    let mut counts = Vec::new();
    for (at, pair) in ranked.iter().enumerate() {
        let rank = at + 1;
        if known.can_judge(*pair) {
            let hit = usize::from(known.pairs.contains(pair));
            let regulator = &mut of_regulator[pair.0.index()];
            regulator.0 += 1;
            regulator.1 += hit;
            judged += 1;
            hits += hit;
        }
        if rank == next || rank == ranked.len() {
            counts.push(HitCount {
                rank,
                judged,
                hits,
                overdispersion: overdispersion(&of_regulator, judged, hits),
            });
            next = (rank + 1).max((rank as f64 * RANK_GROWTH) as usize);
        }
    }
    counts
}

/// Pearson's `χ²` of the hits of the regulators over its degrees of freedom, at least 1.
fn overdispersion(of_regulator: &[(usize, usize)], judged: usize, hits: usize) -> f64 {
    let rate = (hits as f64).max(0.5) / judged.max(1) as f64;
    let seen = of_regulator.iter().filter(|regulator| regulator.0 > 0);
    let (mut chi_square, mut regulators) = (0.0, 0);
    for (judged, hits) in seen {
        let expected = *judged as f64 * rate;
        chi_square += (*hits as f64 - expected).powi(2) / (expected * (1.0 - rate));
        regulators += 1;
    }
    if rate < 1.0 && regulators > 1 {
        (chi_square / f64::from(regulators - 1)).max(1.0)
    } else {
        1.0
    }
}

/// Values in ascending order with weights that sum to 1.
struct WeightedGrid {
    values: Vec<f64>,
    weights: Vec<f64>,
}

impl WeightedGrid {
    fn new(values: Vec<f64>, mut weights: Vec<f64>) -> Self {
        let sum: f64 = weights.iter().sum();
        weights.iter_mut().for_each(|weight| *weight /= sum);
        Self { values, weights }
    }

    fn single(value: f64) -> Self {
        Self::new(vec![value], vec![1.0])
    }

    fn mean(&self) -> f64 {
        self.values
            .iter()
            .zip(&self.weights)
            .map(|(x, w)| x * w)
            .sum()
    }

    fn quantile(&self, q: f64) -> f64 {
        let mut sum = 0.0;
        let pairs = self.values.iter().zip(&self.weights);
        let mut above = pairs.skip_while(|(_, weight)| {
            sum += **weight;
            sum < q
        });
        // rounding may leave the sum below q
        let last = self.values.last().expect("there are values");
        *above.next().map_or(last, |(value, _)| value)
    }
}

fn grid() -> Vec<f64> {
    (0..GRID)
        .map(|at| (at as f64 + 0.5) / GRID as f64)
        .collect()
}

/// `ln P(p) + ln P(hits | c·p)` on the grid.
fn log_posterior(count: &HitCount, precision: f64, edges: f64, share: f64) -> Vec<f64> {
    let mean = precision.clamp(NULL_ERROR, 1.0 - NULL_ERROR);
    let (a, b) = (edges * mean - 1.0, edges * (1.0 - mean) - 1.0);
    let misses = (count.judged - count.hits) as f64;
    let at = |p: f64| {
        let known = (share * p).min(1.0 - 1e-12);
        let likelihood = count.hits as f64 * known.ln() + misses * (-known).ln_1p();
        a * p.ln() + b * (-p).ln_1p() + likelihood / count.overdispersion
    };
    grid().into_iter().map(at).collect()
}

/// The posterior of `p`, averaged over `c`.
fn posterior(count: &HitCount, precision: f64, shares: &WeightedGrid) -> WeightedGrid {
    let mut sum = vec![0.0; GRID];
    for (share, weight) in shares.values.iter().zip(&shares.weights) {
        let given = exponentials(&log_posterior(count, precision, PRIOR_EDGES, *share), None);
        let total: f64 = given.iter().sum();
        sum.iter_mut()
            .zip(given)
            .for_each(|(sum, w)| *sum += weight * w / total);
    }
    WeightedGrid::new(grid(), sum)
}

/// The posterior of `c` at the first rank with enough hits, or at the last one.
fn shares(counts: &[HitCount], precision: &[f64]) -> WeightedGrid {
    let enough = counts.iter().position(|count| count.hits >= HITS_FOR_SHARE);
    let at = enough.unwrap_or(counts.len() - 1);
    let value = |k: usize| SMALLEST_SHARE.powf(1.0 - (k as f64 / (SHARES - 1) as f64));
    let values: Vec<f64> = (0..SHARES).map(value).collect();
    let logs: Vec<Vec<f64>> = values
        .iter()
        .map(|share| log_posterior(&counts[at], precision[at], PRIOR_EDGES_FOR_SHARE, *share))
        .collect();
    let largest = logs
        .iter()
        .flatten()
        .copied()
        .fold(f64::NEG_INFINITY, f64::max);
    let weights = logs
        .iter()
        .map(|logs| exponentials(logs, Some(largest)).iter().sum());
    let weights = weights.collect();
    WeightedGrid::new(values, weights)
}

/// `e^{x − largest}`, by default of the largest value itself.
fn exponentials(logs: &[f64], largest: Option<f64>) -> Vec<f64> {
    let largest = largest.unwrap_or_else(|| logs.iter().copied().fold(f64::NEG_INFINITY, f64::max));
    logs.iter().map(|log| (log - largest).exp()).collect()
}

/// A value per rank from values at some, starting from 0 at 0: each edge adds none to one false edge.
fn interpolated(points: impl Iterator<Item = (usize, f64)>) -> Vec<f64> {
    let mut values: Vec<f64> = Vec::new();
    let (mut rank_before, mut value_before) = (0, 0.0);
    for (rank, value) in points {
        let slope = (value - value_before) / (rank - rank_before) as f64;
        for step in 1..=rank - rank_before {
            let last = values.last().copied().unwrap_or(0.0);
            let next: f64 = value_before + slope * step as f64;
            values.push(next.clamp(last, last + 1.0));
        }
        (rank_before, value_before) = (rank, value);
    }
    values
}

#[cfg(test)]
mod tests;
