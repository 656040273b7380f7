//! The two models of an interval, as rows that are linear in the regulators.

use crate::segments::ExponentialWeights;
use crate::trajectory::{AllSamples, SampleInterval};

/// `δΔ` over a typical interval.
const RATES: [f64; 11] = [0.03, 0.06, 0.12, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 1e3];

/// `ρ`.
const PERSISTENCES: [f64; 4] = [0.3, 0.5, 0.7, 0.85];

/// A model of how a level comes out of the one before.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum LevelModel {
    /// It forgets at this rate, per unit of time.
    Slow { decay: f64 },
    /// It follows at once, and what is unexplained persists by this share.
    Fast { persistence: f64 },
}

/// `y = x_b − kept·x_a` against `start·f(x_a) + end·f(x_b)`.
#[derive(Clone, Copy, Debug)]
pub(super) struct RowWeights {
    /// First sample.
    pub(super) a: usize,
    /// Last sample.
    pub(super) b: usize,
    pub(super) kept: f64,
    pub(super) start: f64,
    pub(super) end: f64,
    /// Factor of the level `x_b`.
    pub(super) level: f64,
}

impl LevelModel {
    /// All candidates for data of this typical interval.
    pub(super) fn all(interval: f64) -> Vec<Self> {
        let slow = RATES.map(|rate| Self::Slow {
            decay: rate / interval,
        });
        let fast = PERSISTENCES.map(|persistence| Self::Fast { persistence });
        slow.into_iter().chain(fast).collect()
    }

    /// The row of an interval.
    pub(super) fn interval(self, one: SampleInterval) -> RowWeights {
        let weights = match self {
            Self::Slow { decay } => ExponentialWeights::new(decay, one.length),
            Self::Fast { persistence } => ExponentialWeights {
                kept: persistence,
                start: -persistence,
                end: 1.0,
            },
        };
        RowWeights {
            a: one.start,
            b: one.end,
            kept: weights.kept,
            start: weights.start,
            end: weights.end,
            level: 1.0,
        }
    }

    /// The row of a sample at a steady state, of the variance of a row of an interval.
    pub(super) fn steady(self, sample: usize) -> RowWeights {
        let (level, end) = match self {
            Self::Slow { decay } => (1.0, 1.0 / decay),
            Self::Fast { persistence } => {
                let scale = (1.0 - persistence * persistence).sqrt();
                (scale, scale)
            }
        };
        RowWeights {
            a: sample,
            b: sample,
            kept: 0.0,
            start: 0.0,
            end,
            level,
        }
    }
}

/// A row, and the fold that it is held out in.
#[derive(Clone, Copy, Debug)]
pub(super) struct FoldRow {
    pub(super) weights: RowWeights,
    pub(super) fold: usize,
    /// Whether it is an interval, which is predicted.
    pub(super) interval: bool,
}

/// Folds.
pub(super) const FOLDS: usize = 5;

/// Series from which on whole series are left out.
const ENOUGH_SERIES: usize = 4;

/// All rows of a candidate: intervals, first samples of the series and other steady states.
pub(super) fn rows(samples: &AllSamples, candidate: LevelModel) -> Vec<FoldRow> {
    let whole = samples.first.len() >= ENOUGH_SERIES;
    let mut counts = vec![0; samples.first.last().map_or(0, |(_, series)| series + 1)];
    for one in &samples.intervals {
        counts[one.series] += 1;
    }
    let mut seen = vec![0; counts.len()];
    let intervals = samples.intervals.iter().map(|one| {
        let at = seen[one.series];
        seen[one.series] += 1;
        let fold = if whole {
            one.series % FOLDS
        } else {
            at * FOLDS / counts[one.series]
        };
        FoldRow {
            weights: candidate.interval(*one),
            fold,
            interval: true,
        }
    });
    let mut all: Vec<FoldRow> = intervals.collect();
    let steady = |sample: usize, fold: usize| FoldRow {
        weights: candidate.steady(sample),
        fold,
        interval: false,
    };
    let first = samples.first.iter();
    all.extend(
        first.map(|&(sample, series)| steady(sample, if whole { series % FOLDS } else { 0 })),
    );
    let single = samples.steady.iter().enumerate();
    all.extend(single.map(|(at, &sample)| steady(sample, at % FOLDS)));
    all
}

/// Rows to learn from when a fold is held out: those of other folds that share no sample with it.
pub(super) fn apart(rows: &[FoldRow], fold: usize) -> Vec<usize> {
    let most = rows.iter().map(|row| row.weights.b).max().unwrap_or(0);
    let mut touched = vec![false; most + 1];
    for row in rows.iter().filter(|row| row.fold == fold && row.interval) {
        touched[row.weights.a] = true;
        touched[row.weights.b] = true;
    }
    let numbered = rows.iter().enumerate();
    let kept = numbered
        .filter(|(_, row)| row.fold != fold && !(touched[row.weights.a] || touched[row.weights.b]));
    kept.map(|(at, _)| at).collect()
}
