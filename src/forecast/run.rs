//! One series, and what is said about its course.

use faer::Mat;

use crate::dynamics::{Course, Method};
use crate::expression::{Expression, TimeSeries};
use crate::field::{SparseField, WithCovariates};
use crate::segments::Segments;

/// The linear part of all targets, and the model.
pub(super) struct Models {
    pub(super) linear: SparseField,
    pub(super) model: SparseField,
    /// How the model is run; its linear part takes the increments that were fitted.
    pub(super) method: Method,
}

/// The series, and what the others say about where it may go.
pub(super) struct CourseForecast<'a> {
    series: &'a TimeSeries,
    others: Vec<&'a TimeSeries>,
    /// The sample that the prediction starts from.
    from: usize,
    /// Its levels, gaps filled.
    start: Vec<f64>,
    /// Mean value of every covariate in every interval, intercept left out.
    covariates: Vec<Vec<f64>>,
    /// Interval that one step of the fit stands for.
    interval: f64,
    /// Least and largest level that a prediction may take.
    bounds: Vec<(f64, f64)>,
}

impl<'a> CourseForecast<'a> {
    /// A series that was left out.
    ///
    /// * `interval`: the typical sampling interval
    /// * `held`, `from`: the series, and the sample that the prediction starts from
    pub(super) fn new(
        expression: &'a Expression,
        rows: &Segments,
        interval: f64,
        held: usize,
        from: usize,
    ) -> Self {
        let run = Self::with_offsets(
            expression,
            rows,
            interval,
            from,
            held,
            RandomOffsets::AsInOthers,
        );
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
        Self::with_offsets(expression, rows, interval, 0, number, RandomOffsets::Own)
    }

    fn with_offsets(
        expression: &'a Expression,
        rows: &Segments,
        interval: f64,
        from: usize,
        held: usize,
        random_offsets: RandomOffsets,
    ) -> Self {
        let all = expression.series();
        let first: usize = all[..held].iter().map(TimeSeries::len).sum();
        let others: Vec<&TimeSeries> = (0..all.len())
            .filter(|&s| s != held)
            .map(|s| &all[s])
            .collect();
        let genes = expression.genes().len();
        Self {
            start: (0..genes)
                .map(|j| rows.nodes()[(first + from, j)])
                .collect(),
            from,
            covariates: covariates(rows, held, &all[held], random_offsets),
            bounds: vec![(f64::NEG_INFINITY, f64::INFINITY); genes],
            series: &all[held],
            others,
            interval,
        }
    }

    /// What is to be predicted, `n × p`: NaN where it is missing, or held by an intervention.
    pub(super) fn asked(&self) -> Mat<f64> {
        let (series, mut values) = (self.series, self.series.values().clone());
        for (k, time) in series.times().iter().enumerate() {
            let before = series.times()[k.saturating_sub(1)];
            for gene in series.changed_between(before, *time) {
                values[(k, gene.index())] = f64::NAN;
            }
        }
        values
    }

    /// All predictors: no change, mean of the others, linear part, model.
    pub(super) fn all(&self, models: &Models) -> [Mat<f64>; 4] {
        let interval = self.interval;
        let linear = self.predict(&models.linear, Method::Increments { interval });
        let model = self.predict(&models.model, models.method);
        [self.no_change(), self.mean_of_others(), linear, model]
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

    /// The course of a field from that sample on, `n × p`, by
    /// [`course`](crate::dynamics::course) in every interval.
    ///
    /// Genes that an intervention acts on are held or scaled while it lasts. With bounded units no
    /// course can leave for infinity; what still leaves the range of the other series by more than
    /// its width is taken back to that.
    ///
    /// * `method`: one of equal steps or increments
    pub(super) fn predict(&self, field: &SparseField, method: Method) -> Mat<f64> {
        let times = self.series.times();
        let mut x = self.start.clone();
        let mut out = self.no_change();
        let course = Course::new(self.series.interventions(), field.scale(), method);
        for k in self.from + 1..times.len() {
            let driven = WithCovariates::new(field, &self.covariates[k - 1]);
            let path = course.run(&driven, &x, &times[k - 1..=k]);
            let path =
                path.expect("interventions of a series are checked, equal steps do not fail");
            for (j, (low, high)) in self.bounds.iter().enumerate() {
                x[j] = path[(1, j)].clamp(*low, *high);
                out[(k, j)] = x[j];
            }
        }
        out
    }
}

/// The first sample of a series after which no offset of its own acts; none if there is none.
pub(super) fn known_from(rows: &Segments, held: usize, series: &TimeSeries) -> Option<usize> {
    let has_random_offset = |row: usize| {
        let pairs = rows.design(row).iter().zip(rows.covariates());
        pairs
            .filter(|(_, one)| one.standard_deviation.is_finite())
            .any(|(u, _)| *u != 0.0)
    };
    let spans = rows.spans().iter().enumerate();
    let ends = spans
        .filter(|(row, span)| span.series == held && has_random_offset(*row))
        .map(|(_, span)| span.end);
    let last = ends.fold(f64::NEG_INFINITY, f64::max);
    let from = series.times().partition_point(|&t| t < last);
    (from + 1 < series.len()).then_some(from)
}

/// How random offsets of single series act in one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RandomOffsets {
    /// As they do in the others on average: a new series may have any of theirs.
    AsInOthers,
    /// As they were found for it.
    Own,
}

/// Mean value of every covariate in every interval of a series; that of the interval before
/// where a condition changes inside.
fn covariates(
    rows: &Segments,
    held: usize,
    series: &TimeSeries,
    random_offsets: RandomOffsets,
) -> Vec<Vec<f64>> {
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
            if one.standard_deviation.is_finite() && random_offsets == RandomOffsets::AsInOthers {
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
