//! All samples of a data set under one another.

use std::ops::Range;

use faer::Mat;

use crate::expression::{Expression, SteadyStates, TimeSeries};
use crate::genes::Gene;
use crate::numeric::{mean, median};

use super::gaps::filled;
use super::sample_conditions::SampleConditions;
use super::steady_rows;

/// Levels in all samples, series before steady states, and the intervals between them.
#[derive(Clone, Debug)]
pub struct AllSamples {
    /// Levels `m × p`, gaps filled.
    pub levels: Mat<f64>,
    /// The intervals of all series, one after another.
    pub intervals: Vec<SampleInterval>,
    /// First samples of the series, with the number of the series.
    pub first: Vec<(usize, usize)>,
    /// Steady states in which no gene was changed on purpose.
    pub steady: Vec<usize>,
    /// Number of samples in series: steady states come after them.
    pub in_series: usize,
    /// Time of every sample in a series.
    pub times: Vec<f64>,
    /// Genes that were changed in every steady state.
    pub changed: Vec<Vec<Gene>>,
    /// What is of one condition.
    pub conditions: SampleConditions,
}

/// One sampling interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SampleInterval {
    /// Sample at its start.
    pub start: usize,
    /// Sample at its end.
    pub end: usize,
    /// Its length.
    pub length: f64,
    /// Number of the series.
    pub series: usize,
}

impl AllSamples {
    /// * both on the model's scale
    ///
    /// # Panics   if the states are about other genes (a bug in the caller).
    /// # Cost     `O(m·p)`.
    #[must_use]
    pub fn new(expression: &Expression, steady_states: Option<&SteadyStates>) -> Self {
        let (mut intervals, mut first, mut node) = (Vec::new(), Vec::new(), 0);
        for (series, one) in expression.series().iter().enumerate() {
            if !one.is_empty() {
                first.push((node, series));
            }
            intervals.extend(
                one.times()
                    .windows(2)
                    .enumerate()
                    .map(|(k, pair)| SampleInterval {
                        start: node + k,
                        end: node + k + 1,
                        length: pair[1] - pair[0],
                        series,
                    }),
            );
            node += one.len();
        }
        let states = steady_states.map_or(&[][..], SteadyStates::samples);
        let unchanged = states.iter().enumerate();
        let unchanged = unchanged.filter(|(_, state)| state.interventions().is_empty());
        let levels = stacked(expression, steady_states);
        let times = expression.series().iter().flat_map(TimeSeries::times);
        Self {
            conditions: SampleConditions::new(expression, steady_states, levels.as_ref()),
            changed: states
                .iter()
                .map(|state| state.changed().collect())
                .collect(),
            times: times.copied().collect(),
            levels,
            intervals,
            first,
            steady: unchanged.map(|(at, _)| node + at).collect(),
            in_series: node,
        }
    }

    /// Whether a gene was changed on purpose in a sample, so that its own equation does not hold there.
    #[must_use]
    pub fn is_changed(&self, sample: usize, gene: Gene) -> bool {
        let state = sample.checked_sub(self.in_series);
        state.is_some_and(|state| self.changed[state].contains(&gene))
    }

    /// Samples of every series.
    #[must_use]
    pub fn series(&self) -> Vec<Range<usize>> {
        let starts = self.first.iter().map(|(start, _)| *start);
        let ends = starts.clone().skip(1).chain([self.in_series]);
        starts.zip(ends).map(|(start, end)| start..end).collect()
    }

    /// Median length of the intervals; NaN without any.
    #[must_use]
    pub fn typical_interval(&self) -> f64 {
        let lengths: Vec<f64> = self.intervals.iter().map(|one| one.length).collect();
        median(&lengths)
    }

    /// Correlation of a level with the one an interval before, around the mean over all samples;
    /// median over genes, at least 0.
    ///
    /// # Cost   `O(m·p)`.
    #[must_use]
    pub fn autocorrelation(&self) -> f64 {
        let lags: Vec<f64> = (self.levels.col_iter())
            .filter_map(|column| {
                let column: Vec<f64> = column.iter().copied().collect();
                let center = mean(&column);
                let ends = self.intervals.iter();
                let [mut lagged, mut before, mut after] = [0.0; 3];
                for (a, b) in ends.map(|one| (column[one.start] - center, column[one.end] - center))
                {
                    lagged += a * b;
                    before += a * a;
                    after += b * b;
                }
                let square = before * after;
                (square > 0.0).then(|| lagged / square.sqrt())
            })
            .collect();
        if lags.is_empty() {
            0.0
        } else {
            median(&lags).max(0.0)
        }
    }
}

/// All samples of all series under one another, steady states below them, gaps filled.
pub(super) fn stacked(expression: &Expression, steady_states: Option<&SteadyStates>) -> Mat<f64> {
    let means = gene_means(expression);
    let mut parts: Vec<Mat<f64>> = expression
        .series()
        .iter()
        .map(|one| filled(one, &means))
        .collect();
    parts.extend(steady_states.map(|states| steady_rows::levels(states, &means)));
    let samples = parts.iter().map(Mat::nrows).sum();
    let mut out = Mat::zeros(samples, expression.genes().len());
    let mut row = 0;
    for part in &parts {
        out.as_mut().subrows_mut(row, part.nrows()).copy_from(part);
        row += part.nrows();
    }
    out
}

fn gene_means(expression: &Expression) -> Vec<f64> {
    (0..expression.genes().len())
        .map(|j| {
            let known: Vec<f64> = expression
                .series()
                .iter()
                .flat_map(|one| one.values().col(j).iter().copied())
                .filter(|x| !x.is_nan())
                .collect();
            // without any value in series a gene has its level in the steady states
            if known.is_empty() { 0.0 } else { mean(&known) }
        })
        .collect()
}
