//! Rates at which genes forget, from the errors of the slow candidates.

use crate::trajectory::AllSamples;

use super::held_out::FoldErrors;
use super::models::LevelModel;
use super::{PENALTIES, sum};

/// How an estimate of a rate is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecayBound {
    /// As the rate.
    Estimate,
    /// The rate is this or smaller: the intervals are too short to tell.
    AtMost,
    /// The rate is this or larger: the intervals are too long to tell.
    AtLeast,
    /// Nothing is known; the rate stands for the unit of time.
    Unknown,
}

impl DecayBound {
    /// As tables have it.
    #[must_use]
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Estimate => "=",
            Self::AtMost => "<=",
            Self::AtLeast => ">=",
            Self::Unknown => "?",
        }
    }
}

/// Rate at which a gene forgets.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct DecayEstimate {
    /// Per unit of time.
    pub rate: f64,
    /// How it is to be read.
    pub bound: DecayBound,
}

/// `δΔ` outside of which only a bound is known.
pub(super) const TELLABLE: (f64, f64) = (0.15, 4.0);

/// Iterations of the prior over the grid.
const ITERATIONS: usize = 50;

impl DecayEstimate {
    /// No estimate: one per typical interval, or per unit of time without any.
    pub(super) fn unknown(interval: f64) -> Self {
        Self {
            rate: if interval > 0.0 {
                interval.recip()
            } else {
                1.0
            },
            bound: DecayBound::Unknown,
        }
    }

    /// A half-life that was measured.
    pub(super) fn measured(half_life: f64) -> Self {
        Self {
            rate: std::f64::consts::LN_2 / half_life,
            bound: DecayBound::Estimate,
        }
    }

    fn new(rate: f64, interval: f64) -> Self {
        let (least, most) = (TELLABLE.0 / interval, TELLABLE.1 / interval);
        let bound = if rate < least {
            DecayBound::AtMost
        } else if rate > most {
            DecayBound::AtLeast
        } else {
            DecayBound::Estimate
        };
        Self {
            rate: rate.clamp(least, most),
            bound,
        }
    }
}

/// The rate of every gene: the mean of its logarithm by the likelihood `E^{−n/2}` of the held-out error `E` of
/// `n` intervals, and a prior over the grid that all genes share, found by EM.
pub(super) fn estimates(
    slow: &[(&LevelModel, &FoldErrors)],
    samples: &AllSamples,
) -> Vec<DecayEstimate> {
    let rates: Vec<f64> = slow
        .iter()
        .filter_map(|(candidate, _)| match candidate {
            LevelModel::Slow { decay } => Some(*decay),
            LevelModel::Fast { .. } => None,
        })
        .collect();
    let genes = slow.first().map_or(0, |(_, errors)| errors.genes());
    let half = samples.intervals.len() as f64 / 2.0;
    let logs: Vec<Vec<f64>> = (0..genes)
        .map(|gene| {
            slow.iter()
                .map(|(_, errors)| -half * least(errors, gene).ln())
                .collect()
        })
        .collect();
    let mut prior = vec![1.0 / rates.len() as f64; rates.len()];
    for _ in 0..ITERATIONS {
        let mut next = vec![0.0; rates.len()];
        for logs in &logs {
            let shares = posterior(logs, &prior);
            next.iter_mut()
                .zip(shares)
                .for_each(|(sum, share)| *sum += share);
        }
        // one gene more, spread evenly, so that no rate is ruled out
        let total = genes as f64 + 1.0;
        let even = 1.0 / rates.len() as f64;
        prior = next.iter().map(|sum| (sum + even) / total).collect();
    }
    let interval = samples.typical_interval();
    let of = |logs: &Vec<f64>| {
        let shares = posterior(logs, &prior);
        let log: f64 = shares
            .iter()
            .zip(&rates)
            .map(|(share, rate)| share * rate.ln())
            .sum();
        DecayEstimate::new(log.exp(), interval)
    };
    logs.iter().map(of).collect()
}

/// Smallest error of a gene over penalties.
fn least(errors: &FoldErrors, gene: usize) -> f64 {
    let all = (0..PENALTIES.len()).map(|penalty| sum(errors.of(penalty, gene)));
    all.fold(f64::INFINITY, f64::min).max(f64::MIN_POSITIVE)
}

/// Shares of the grid that sum to one.
fn posterior(logs: &[f64], prior: &[f64]) -> Vec<f64> {
    let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut shares: Vec<f64> = logs
        .iter()
        .zip(prior)
        .map(|(l, p)| (l - most).exp() * p)
        .collect();
    let total: f64 = shares.iter().sum();
    shares.iter_mut().for_each(|share| *share /= total);
    shares
}
