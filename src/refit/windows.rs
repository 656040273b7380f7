//! Short stretches of the series that the model is shot over.

use crate::expression::{Expression, Scale};
use crate::segments::Segments;

use crate::field::Clamps;

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
pub(super) struct ShotWindow {
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
    pub(super) windows: Vec<ShotWindow>,
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
            windows.windows.push(ShotWindow { first, intervals });
        }
        windows
    }

    fn intervals(expression: &Expression, rows: &Segments, scale: Scale) -> Self {
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
                // a sample at which an intervention starts may already show it
                let done = |j: usize| {
                    let mut all = one.interventions().iter();
                    all.any(|done| done.gene.index() == j && done.acts_at(one.times()[k]))
                };
                let level = |j: usize| {
                    if done(j) {
                        f64::NAN
                    } else {
                        one.values()[(k, j)]
                    }
                };
                out.observed.push((0..p).map(level).collect());
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
            // rows are cut where an intervention starts or ends: what acts at the start acts all along
            let acting = one
                .interventions()
                .iter()
                .filter(|done| done.acts_at(span.start));
            let interval = Interval {
                u: rows.design(row)[1..].iter().map(|u| u / integral).collect(),
                length: place(&mut out.lengths, length),
                clamps: place(&mut out.clamps, Clamps::new(acting, scale)),
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

/// The place of an item in a list of distinct ones, to which it is added if it is new.
fn place<T: PartialEq>(list: &mut Vec<T>, item: T) -> usize {
    let known = list.iter().position(|other| *other == item);
    known.unwrap_or_else(|| {
        list.push(item);
        list.len() - 1
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::{Change, Intervention, Span, TimeSeries};
    use crate::genes::{Gene, Genes};
    use crate::trajectory::{Conditions, RowSettings, segments};
    use faer::Mat;

    #[test]
    fn a_gene_is_held_in_the_windows_in_which_it_was_changed() {
        let values = Mat::from_fn(6, 2, |i, j| (i + j) as f64);
        let times = (0..6).map(f64::from).collect();
        let done = Intervention {
            gene: Gene(1),
            change: Change::Set(4.0),
            window: Some(Span {
                start: 2.0,
                end: 4.0,
            }),
        };
        let series = TimeSeries::new("s", times, values).expect("increasing");
        let series = series.with_interventions(vec![done]);
        let genes = Genes::new(["a", "b"]).expect("distinct");
        let expression = Expression::new(genes, vec![series]).expect("sound");
        let rows = segments(&expression, &Conditions::default(), RowSettings::default());
        let rows = rows.expect("sound");
        let found = Windows::new(&expression, &rows, Scale::SQRT, 3);
        let held = |window: &ShotWindow| {
            let interval = found.intervals[window.first].as_ref();
            let interval = interval.expect("windows hold whole intervals");
            found.clamps[interval.clamps].holds(Gene(1))
        };
        let all: Vec<(usize, usize, bool)> = found
            .windows
            .iter()
            .map(|window| (window.first, window.intervals, held(window)))
            .collect();
        let free = |first, intervals| (first, intervals, false);
        let windows = [
            free(0, 2),
            free(1, 1),
            (2, 2, true),
            (3, 1, true),
            free(4, 1),
        ];
        assert_eq!(all, windows);
    }
}
