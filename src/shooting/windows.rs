//! Short stretches of the series that the model is shot over.

use crate::expression::{Expression, Scale};
use crate::segments::Segments;

use super::clamps::Clamps;

/// One sampling interval: what acts in it, and in how many steps it is crossed.
#[derive(Clone, Debug)]
pub(super) struct Interval {
    /// Strength of every influence besides the genes, intercept left out.
    pub(super) u: Vec<f64>,
    /// Its length, as a place in [`Windows::lengths`].
    pub(super) length: usize,
    /// What is done to genes, as a place in [`Windows::clamps`].
    pub(super) clamps: usize,
}

/// A window: it starts at a sample and spans some intervals.
#[derive(Clone, Copy, Debug)]
pub(super) struct Window {
    /// The sample, counted over all series.
    pub(super) first: usize,
    /// Number of intervals.
    pub(super) intervals: usize,
}

/// All windows over the series.
#[derive(Clone, Debug)]
pub(super) struct Windows {
    /// States at the samples, gaps filled.
    pub(super) filled: Vec<Vec<f64>>,
    /// The same with NaN where nothing was measured.
    pub(super) observed: Vec<Vec<f64>>,
    /// The interval after each sample; none at the end of a series, or where a condition changes
    /// inside.
    pub(super) intervals: Vec<Option<Interval>>,
    /// Distinct lengths of intervals.
    pub(super) lengths: Vec<f64>,
    /// Distinct interventions; the first is none.
    pub(super) clamps: Vec<Clamps>,
    pub(super) windows: Vec<Window>,
}

impl Windows {
    /// Windows of up to `horizon` intervals from every sample on.
    ///
    /// A window ends where an interval is missing, or where interventions change.
    pub(super) fn new(
        expression: &Expression,
        rows: &Segments,
        scale: Scale,
        horizon: usize,
    ) -> Self {
        let mut windows = Self::intervals(expression, rows, scale);
        let samples = windows.filled.len();
        for first in 0..samples {
            let Some(start) = windows.intervals[first].as_ref() else {
                continue;
            };
            let joined = windows.intervals[first..samples.min(first + horizon)].iter();
            let clamps = start.clamps;
            let same =
                joined.take_while(|one| one.as_ref().is_some_and(|one| one.clamps == clamps));
            let intervals = same.count();
            windows.windows.push(Window { first, intervals });
        }
        windows
    }

    fn intervals(expression: &Expression, rows: &Segments, _scale: Scale) -> Self {
        let mut out = Self {
            filled: Vec::new(),
            observed: Vec::new(),
            intervals: vec![None; expression.samples()],
            lengths: Vec::new(),
            clamps: vec![Clamps::default()],
            windows: Vec::new(),
        };
        let mut starts = Vec::new();
        for one in expression.series() {
            starts.push(out.filled.len());
            for k in 0..one.len() {
                let node = out.filled.len();
                let p = expression.genes().len();
                out.filled
                    .push((0..p).map(|j| rows.nodes()[(node, j)]).collect());
                out.observed
                    .push((0..p).map(|j| one.values()[(k, j)]).collect());
            }
        }
        for (row, span) in rows.spans().iter().enumerate() {
            let length = span.end - span.start;
            let over_time = span.horizon == 1 && span.series < starts.len() && length > 0.0;
            if !over_time {
                continue;
            }
            let one = &expression.series()[span.series];
            let k = one.times().partition_point(|&t| t < span.start);
            let integral = rows.quadrature().length(row);
            let interval = Interval {
                u: rows.design(row)[1..].iter().map(|u| u / integral).collect(),
                length: place(&mut out.lengths, length),
                clamps: 0,
            };
            out.intervals[starts[span.series] + k] = Some(interval);
        }
        out
    }

    /// Number of samples that windows say something about, for every number of intervals.
    pub(super) fn horizon(&self) -> usize {
        let spans = self.windows.iter().map(|window| window.intervals);
        spans.max().unwrap_or(0)
    }
}

/// The place of a number in a list of distinct ones, to which it is added if it is new.
fn place(list: &mut Vec<f64>, number: f64) -> usize {
    list.iter()
        .position(|other| *other == number)
        .unwrap_or_else(|| {
            list.push(number);
            list.len() - 1
        })
}
