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
    /// Whether it is predicted: an interval; where there are none, a single sample.
    pub(super) predicted: bool,
    /// Condition of its series or sample.
    condition: usize,
}

/// Folds.
pub(super) const FOLDS: usize = 5;

/// Conditions of series from which on whole conditions are left out: as many as there are folds. With the four
/// of *E. coli* stress the question is how one kind of stress follows from the others: an eighth of the
/// genes count as slow, and average precision falls from .030 to .022.
pub(super) const ENOUGH_CONDITIONS: usize = FOLDS;

/// All rows of a candidate: intervals, first samples of the series and other steady states.
pub(super) fn rows(samples: &AllSamples, candidate: LevelModel) -> Vec<FoldRow> {
    let folds = SeriesFolds::new(samples);
    let of_series = &samples.conditions.of_series;
    let intervals = samples.intervals.iter().map(|one| FoldRow {
        weights: candidate.interval(*one),
        fold: folds.of(of_series[one.series], samples.times[one.start]),
        predicted: true,
        condition: of_series[one.series],
    });
    let first = samples.first.iter().map(|&(sample, series)| FoldRow {
        weights: candidate.steady(sample),
        fold: folds.of(of_series[series], samples.times[sample]),
        predicted: false,
        condition: of_series[series],
    });
    let is_static = samples.intervals.is_empty();
    let steady = if is_static {
        (samples.in_series..samples.levels.nrows()).collect()
    } else {
        samples.steady.clone()
    };
    let conditions = steady
        .iter()
        .map(|sample| samples.conditions.of_singles[sample - samples.in_series]);
    let conditions: Vec<usize> = conditions.collect();
    let mut numbers: Vec<usize> = Vec::new();
    let single = steady.iter().zip(&conditions).map(|(&sample, &condition)| {
        let known = numbers.iter().position(|other| *other == condition);
        let number = known.unwrap_or_else(|| {
            numbers.push(condition);
            numbers.len() - 1
        });
        FoldRow {
            weights: candidate.steady(sample),
            fold: number % FOLDS,
            predicted: is_static,
            condition,
        }
    });
    let single: Vec<FoldRow> = single.collect();
    intervals.chain(first).chain(single).collect()
}

/// Folds of series: whole conditions, or stretches of time that replicates share.
struct SeriesFolds {
    /// Starts of the intervals of every condition; none if whole conditions are left out.
    starts: Option<Vec<Vec<f64>>>,
}

impl SeriesFolds {
    fn new(samples: &AllSamples) -> Self {
        let conditions = &samples.conditions;
        if conditions.series() >= ENOUGH_CONDITIONS {
            return Self { starts: None };
        }
        let mut starts = vec![Vec::new(); conditions.all()];
        for one in &samples.intervals {
            starts[conditions.of_series[one.series]].push(samples.times[one.start]);
        }
        for times in &mut starts {
            times.sort_by(f64::total_cmp);
            times.dedup();
        }
        Self {
            starts: Some(starts),
        }
    }

    fn of(&self, condition: usize, time: f64) -> usize {
        match &self.starts {
            None => condition % FOLDS,
            Some(starts) => {
                let times = &starts[condition];
                let before = times.partition_point(|start| *start < time);
                (before * FOLDS / times.len().max(1)).min(FOLDS - 1)
            }
        }
    }
}

/// Rows to learn from when a fold is held out: those of other folds that share no sample with it, neither
/// itself nor a copy, and no time with its replicates.
pub(super) fn apart(samples: &AllSamples, rows: &[FoldRow], fold: usize) -> Vec<usize> {
    let copies = &samples.conditions.copies;
    let mut touched = vec![false; copies.len()];
    let mut spans = vec![(f64::INFINITY, f64::NEG_INFINITY); samples.conditions.all()];
    let time = |sample: usize| samples.times.get(sample).copied().unwrap_or(f64::NAN);
    for row in rows.iter().filter(|row| row.fold == fold && row.predicted) {
        let (a, b) = (row.weights.a, row.weights.b);
        touched[copies[a]] = true;
        touched[copies[b]] = true;
        let span = &mut spans[row.condition];
        *span = (span.0.min(time(a)), span.1.max(time(b)));
    }
    let is_apart = |row: &FoldRow| {
        let (a, b) = (row.weights.a, row.weights.b);
        let (start, end) = spans[row.condition];
        let meets = time(a) <= end && time(b) >= start;
        row.fold != fold && !touched[copies[a]] && !touched[copies[b]] && !meets
    };
    let numbered = rows.iter().enumerate();
    let kept = numbered.filter(|(_, row)| is_apart(row));
    kept.map(|(at, _)| at).collect()
}
