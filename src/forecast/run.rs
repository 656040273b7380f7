//! One series, and what is said about its course.

use faer::Mat;

use crate::expression::{Expression, TimeSeries};
use crate::field::Component;
use crate::segments::Segments;

/// Skeletons of all targets, and their models.
pub(super) enum Models {
    /// Both step from sample to sample, as they were fitted.
    Stepped(Vec<Component>, Vec<Component>),
    /// The models were fitted through their differential equations.
    Flowing(Vec<Component>, Vec<Component>),
}

/// The series, and what the others say about where it may go.
pub(super) struct Run<'a> {
    series: &'a TimeSeries,
    others: Vec<&'a TimeSeries>,
    /// The sample that the prediction starts from.
    from: usize,
    /// Its levels, gaps filled.
    start: Vec<f64>,
    /// Genes that an intervention acts on at every sample, with their levels there.
    given: Vec<Vec<(usize, f64)>>,
    /// Mean value of every covariate in every interval, intercept left out.
    covariates: Vec<Vec<f64>>,
    /// Interval that one step of the fit stands for.
    interval: f64,
    /// Least and largest level that a prediction may take.
    bounds: Vec<(f64, f64)>,
}

impl<'a> Run<'a> {
    /// A series that was left out.
    ///
    /// * `interval`: the typical sampling interval
    /// * `held`, `from`: the series, and the sample that the prediction starts from
    pub(super) fn new(
        expression: &'a Expression,
        rows: &Segments,
        interval: f64,
        (held, from): (usize, usize),
    ) -> Self {
        let run = Self::with_offsets(expression, rows, (interval, from), held, Drawn::AsInOthers);
        let others = &run.others;
        let bounds = (0..run.start.len()).map(|j| bounds(others, j)).collect();
        Self { bounds, ..run }
    }

    /// A series that the model was fitted to: its own offsets act in it, from its first sample on.
    pub(super) fn known(
        expression: &'a Expression,
        rows: &Segments,
        interval: f64,
        number: usize,
    ) -> Self {
        Self::with_offsets(expression, rows, (interval, 0), number, Drawn::Own)
    }

    fn with_offsets(
        expression: &'a Expression,
        rows: &Segments,
        (interval, from): (f64, usize),
        held: usize,
        drawn: Drawn,
    ) -> Self {
        let all = expression.series();
        let first: usize = all[..held].iter().map(TimeSeries::len).sum();
        let others: Vec<&TimeSeries> = (0..all.len())
            .filter(|&s| s != held)
            .map(|s| &all[s])
            .collect();
        let genes = expression.genes().len();
        let level = |k: usize, j: usize| rows.nodes()[(first + k, j)];
        let given = |k: usize| {
            let before = all[held].times()[k.saturating_sub(1)];
            let changed = all[held].changed_between(before, all[held].times()[k]);
            let genes = changed.into_iter().map(|gene| gene.index());
            genes.map(|j| (j, level(k, j))).collect()
        };
        Self {
            given: (0..all[held].len()).map(given).collect(),
            start: (0..genes).map(|j| level(from, j)).collect(),
            from,
            covariates: covariates(rows, held, &all[held], drawn),
            bounds: vec![(f64::NEG_INFINITY, f64::INFINITY); genes],
            series: &all[held],
            others,
            interval,
        }
    }

    /// What is to be predicted, `n × p`: NaN where it is missing, or held by an intervention.
    pub(super) fn asked(&self) -> Mat<f64> {
        let mut values = self.series.values().clone();
        for (k, given) in self.given.iter().enumerate() {
            given.iter().for_each(|&(j, _)| values[(k, j)] = f64::NAN);
        }
        values
    }

    /// All predictors: no change, mean of the others, skeletons, models.
    pub(super) fn all(&self, models: &Models) -> [Mat<f64>; 4] {
        let (linear, model) = match models {
            Models::Stepped(linear, model) => (linear, self.predict(model, STEPPED)),
            Models::Flowing(linear, model) => (linear, self.predict(model, FLOWING)),
        };
        let linear = self.predict(linear, STEPPED);
        [self.no_change(), self.mean_of_others(), linear, model]
    }

    /// The trajectory of these components from the first sample on, `n × p`.
    pub(super) fn trajectory(&self, components: &[Component], through_ode: bool) -> Mat<f64> {
        self.predict(components, if through_ode { FLOWING } else { STEPPED })
    }

    /// The sample that it starts from again and again, `n × p`.
    fn no_change(&self) -> Mat<f64> {
        Mat::from_fn(self.series.len(), self.start.len(), |_, j| self.start[j])
    }

    /// Mean of the other series at every time, `n × p`; between samples on a straight line, before
    /// and after a series its first and last sample.
    fn mean_of_others(&self) -> Mat<f64> {
        let times = self.series.times();
        Mat::from_fn(times.len(), self.start.len(), |k, j| {
            let levels = self
                .others
                .iter()
                .filter_map(|other| level_at(other, j, times[k]));
            let (sum, count) = levels.fold((0.0, 0_usize), |(sum, n), x| (sum + x, n + 1));
            if count > 0 {
                sum / count as f64
            } else {
                self.start[j]
            }
        })
    }

    /// The trajectory of a field from that sample on, `n × p`.
    ///
    /// Every interval is crossed in steps `x ← x + h·s(δh)·(f(x) + βu − δx)` with `x` at their
    /// start; where an interval is much longer than is usual, in as many more, up to
    /// [`MOST_STEPS`]. With bounded `f` no trajectory can leave for infinity, see [`Stride`]. Genes
    /// that an intervention acts on have the levels that it gave them. What still leaves the range
    /// of the other series by more than its width stops there.
    fn predict(&self, components: &[Component], stride: Stride) -> Mat<f64> {
        let times = self.series.times();
        let mut x = self.start.clone();
        let mut out = self.no_change();
        for k in self.from + 1..times.len() {
            let length = times[k] - times[k - 1];
            let intervals = (length / self.interval).round().max(1.0);
            let steps = (stride.steps * intervals).min(MOST_STEPS);
            for _ in 0..steps as usize {
                x = self.step(&x, components, k - 1, (length / steps, stride.share));
            }
            self.given[k].iter().for_each(|&(j, level)| x[j] = level);
            (0..x.len()).for_each(|j| out[(k, j)] = x[j]);
        }
        out
    }

    fn step(
        &self,
        x: &[f64],
        components: &[Component],
        at: usize,
        (h, share): (f64, fn(f64) -> f64),
    ) -> Vec<f64> {
        let given = &self.covariates[at];
        let one = |(j, component): (usize, &Component)| {
            let known = component.covariates.iter().zip(given);
            let known: f64 = known.map(|(b, u)| b * u).sum();
            let (low, high) = self.bounds[j];
            let velocity = component.velocity(x, x[j]) + known;
            (x[j] + h * share(component.decay * h) * velocity).clamp(low, high)
        };
        components.iter().enumerate().map(one).collect()
    }
}

/// How a field crosses a sampling interval.
#[derive(Clone, Copy)]
struct Stride {
    /// Steps in it.
    steps: f64,
    /// Share `s(δh)` of a step that is taken.
    share: fn(f64) -> f64,
}

/// The step that was fitted: a whole interval, or for `δh > 1` up to where decay would have led.
const STEPPED: Stride = Stride {
    steps: 1.0,
    share: |decayed| if decayed > 1.0 { 1.0 / decayed } else { 1.0 },
};

/// The exact solution of `dx/dt = F − δx` with `F` at the start of a step.
const FLOWING: Stride = Stride {
    steps: 5.0,
    share: |decayed| {
        if decayed > 0.0 {
            -(-decayed).exp_m1() / decayed
        } else {
            1.0
        }
    },
};

/// Steps of a forecast within one interval, however long: by then it is at rest.
const MOST_STEPS: f64 = 200.0;

/// The first sample of a series after which no offset of its own acts; none if there is none.
pub(super) fn known_from(rows: &Segments, held: usize, series: &TimeSeries) -> Option<usize> {
    let drawn = |row: usize| {
        let pairs = rows.design(row).iter().zip(rows.covariates());
        pairs
            .filter(|(_, one)| one.standard_deviation.is_finite())
            .any(|(u, _)| *u != 0.0)
    };
    let spans = rows.spans().iter().enumerate();
    let ends = spans
        .filter(|(row, span)| span.series == held && drawn(*row))
        .map(|(_, span)| span.end);
    let last = ends.fold(f64::NEG_INFINITY, f64::max);
    let from = series.times().partition_point(|&t| t < last);
    (from + 1 < series.len()).then_some(from)
}

/// How offsets that are drawn for single series act in one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Drawn {
    /// As they do in the others on average: a new series may have any of theirs.
    AsInOthers,
    /// As they were found for it.
    Own,
}

/// Mean value of every covariate in every interval of a series; that of the interval before
/// where a condition changes inside.
fn covariates(rows: &Segments, held: usize, series: &TimeSeries, drawn: Drawn) -> Vec<Vec<f64>> {
    let named = &rows.covariates()[1..];
    let spans = || rows.spans().iter().enumerate();
    let over_time = || spans().filter(|(_, span)| span.horizon == 1);
    let others = rows.spans().iter().map(|span| span.series + 1).max();
    let others = others.unwrap_or(1).saturating_sub(1).max(1) as f64;
    let mut of: Vec<Option<Vec<f64>>> = vec![None; series.len() - 1];
    for (row, span) in over_time().filter(|(_, span)| span.series == held) {
        let middle = f64::midpoint(span.start, span.end);
        let in_others = |c: usize| {
            let there = over_time()
                .filter(|(_, other)| other.series != held)
                .filter(|(_, other)| other.start <= middle && middle < other.end);
            there
                .map(|(row, _)| covariate_value(rows, row, c))
                .sum::<f64>()
                / others
        };
        let values = named.iter().enumerate().map(|(c, one)| {
            if one.standard_deviation.is_finite() && drawn == Drawn::AsInOthers {
                in_others(c)
            } else {
                covariate_value(rows, row, c)
            }
        });
        let at = series.times().partition_point(|&t| t < span.start);
        of[at] = Some(values.collect());
    }
    let mut last = of
        .iter()
        .flatten()
        .next()
        .cloned()
        .unwrap_or_else(|| vec![0.0; named.len()]);
    of.into_iter()
        .map(|values| {
            last = values.unwrap_or_else(|| last.clone());
            last.clone()
        })
        .collect()
}

/// Mean value of a covariate, intercept left out, over a row.
fn covariate_value(rows: &Segments, row: usize, covariate: usize) -> f64 {
    rows.design(row)[1 + covariate] / rows.quadrature().length(row)
}

/// Range of a gene in some series, wider by its width on both sides.
fn bounds(series: &[&TimeSeries], gene: usize) -> (f64, f64) {
    let values = series
        .iter()
        .flat_map(|one| one.values().col(gene).iter().copied());
    let (low, high) = values
        .filter(|x| !x.is_nan())
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| {
            (low.min(x), high.max(x))
        });
    if low > high {
        return (f64::NEG_INFINITY, f64::INFINITY);
    }
    (low - (high - low), high + (high - low))
}

/// Level of a gene at a time, on a straight line between known samples.
fn level_at(series: &TimeSeries, gene: usize, time: f64) -> Option<f64> {
    let column = series.values().col(gene);
    let known = || {
        series
            .times()
            .iter()
            .zip(column.iter())
            .filter(|(_, x)| !x.is_nan())
    };
    let before = known().rfind(|(t, _)| **t <= time);
    let after = known().find(|(t, _)| **t >= time);
    match (before, after) {
        (Some((a, x)), Some((b, y))) if b > a => Some(x + (y - x) * (time - a) / (b - a)),
        (Some((_, x)), _) | (None, Some((_, x))) => Some(*x),
        (None, None) => None,
    }
}
