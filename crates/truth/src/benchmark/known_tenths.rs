//! What a tenth of the known edges says of the expected number of false edges.

use rand::seq::SliceRandom;
use serde::{Deserialize, Serialize};

use super::Case;
use super::half_priors::known_edges;
use cistron::genes::Gene;
use cistron::network::Edge;
use cistron::network::nulls::{Calibration as KnownCalibration, KnownEdges};
use cistron::seed::{Purpose, Seed};

/// Random tenths of the known edges.
const DRAWS: u64 = 20;

/// The share that is given.
const SHARE: f64 = 0.1;

/// Ranks of the judged pairs at which numbers and intervals are compared with what is known.
const RANK: usize = 500;
const RANK_OF_INTERVAL: usize = 100;

/// How well the expected number of false edges is calibrated by random tenths of the known edges, with
/// their share given.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct TenthScores {
    /// Of the best 500 judged pairs, those that are not known to be true.
    pub not_known: usize,
    /// As they are expected without known edges.
    pub expected_without: f64,
    /// As they are expected with a tenth, mean over the tenths.
    pub expected: f64,
    /// Share of the tenths whose number is within a factor of 2.
    pub within_two: f64,
    /// Share of the tenths whose interval at rank 100 holds the number that is not known to be true there.
    pub covered: f64,
}

/// None if the list is shorter than 500 judged pairs, a prior was given, or a tenth calibrates nothing.
///
/// Numbers are sums over judged pairs, as in [`calibration`](super::benchmark_method::calibration).
///
/// * `edges`: best first
/// * `outcomes`: for every edge whether it is known to be true; none for pairs that are not judged
pub(super) fn tenth_scores(
    case: &Case,
    edges: &[Edge],
    outcomes: &[Option<bool>],
) -> Option<TenthScores> {
    // given edges rank high because they are given
    if !case.prior.is_empty() {
        return None;
    }
    let judged: Vec<usize> = (0..edges.len())
        .filter(|&at| outcomes[at].is_some())
        .collect();
    let best = judged.get(..RANK)?;
    let not_known = |ranks: &[usize]| {
        let wrong = ranks.iter().filter(|&&at| outcomes[at] == Some(false));
        wrong.count()
    };
    let (wrong, wrong_of_interval) = (not_known(best), not_known(&best[..RANK_OF_INTERVAL]));
    let ranked: Vec<(Gene, Gene)> = edges.iter().map(|e| (e.source, e.target)).collect();
    let null: Vec<f64> = edges.iter().map(|edge| edge.expected_false).collect();
    let known: Vec<(Gene, Gene)> = known_edges(case).map(|e| (e.regulator, e.target)).collect();
    let (mut sum, mut within, mut covered) = (0.0, 0.0, 0.0);
    for draw in 0..DRAWS {
        let mut tenth = known.clone();
        tenth.shuffle(&mut Seed::default().stream(Purpose::KnownTenth, draw));
        tenth.truncate(known.len().div_ceil(10));
        let tenth = KnownEdges::new(tenth);
        let found = KnownCalibration::new(&ranked, &tenth, &null, Some(SHARE)).ok()?;
        let expected = over(&found.expected_false, best);
        let interval = &best[..RANK_OF_INTERVAL];
        let (low, high) = (over(&found.low, interval), over(&found.high, interval));
        sum += expected;
        let ratio = expected / wrong.max(1) as f64;
        within += f64::from(u8::from((0.5..=2.0).contains(&ratio)));
        covered += f64::from(u8::from((low..=high).contains(&(wrong_of_interval as f64))));
    }
    let draws = DRAWS as f64;
    Some(TenthScores {
        not_known: wrong,
        expected_without: over(&null, best),
        expected: sum / draws,
        within_two: within / draws,
        covered: covered / draws,
    })
}

/// Sum of the steps, between 0 and 1, of a running number at some ranks, counted from 0.
fn over(running: &[f64], ranks: &[usize]) -> f64 {
    let step = |&at: &usize| {
        let before = at.checked_sub(1).map_or(0.0, |before| running[before]);
        (running[at] - before).clamp(0.0, 1.0)
    };
    ranks.iter().map(step).sum()
}
