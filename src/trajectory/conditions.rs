//! What acts on the system besides its genes, and when.

use serde::{Deserialize, Serialize};

use crate::expression::{Expression, TimeSeries, Window};
use crate::segments::Covariate;

/// Offsets that every series may have of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Offsets {
    /// One common intercept.
    #[default]
    None,
    /// One offset a series, all the time.
    Series,
    /// One common step at this time.
    Step(f64),
    /// One offset a series before this time, a common intercept after it.
    Before(f64),
    /// A common intercept before this time, one offset a series after it.
    After(f64),
    /// One offset a series and side of this time.
    Sides(f64),
}

/// All covariates that get an unpenalised coefficient for each target.
#[derive(Clone, Debug, Default)]
pub struct Conditions {
    /// Offsets of the series.
    pub offsets: Offsets,
    /// Named windows of time.
    pub windows: Vec<Window>,
}

/// A condition that the data do not know.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ConditionError {
    /// The shift lies outside every series.
    #[error(
        "--shift-at {time}: no series has samples on both sides of it (the times go from {first} \
         to {last}); give a time between them"
    )]
    ShiftOutside {
        /// The shift.
        time: f64,
        /// First time of all series.
        first: f64,
        /// Last time of all series.
        last: f64,
    },
    /// A window names a series that is not there.
    #[error("--window {window}: there is no series `{series}`; the series are {known}")]
    UnknownSeries {
        /// Name of the window.
        window: String,
        /// The unknown series.
        series: String,
        /// Some of the known ones.
        known: String,
    },
    /// A window holds no sample.
    #[error("--window {window}: no segment between two samples lies inside {start} … {end}")]
    EmptyWindow {
        /// Name of the window.
        window: String,
        /// Its start.
        start: f64,
        /// Its end.
        end: f64,
    },
}

impl Offsets {
    /// The time at which something changes, if there is one.
    #[must_use]
    pub fn shift(self) -> Option<f64> {
        match self {
            Self::Step(t) | Self::Before(t) | Self::After(t) | Self::Sides(t) => Some(t),
            Self::None | Self::Series => None,
        }
    }

    /// In the reader's words, for the summary and `run.json`.
    #[must_use]
    pub fn describe(self) -> String {
        match self {
            Self::None => "no offsets of single series".to_owned(),
            Self::Series => "one offset for each series".to_owned(),
            Self::Step(t) => format!("one common step at time {t}"),
            Self::Before(t) => format!("one offset for each series before time {t}"),
            Self::After(t) => format!("one offset for each series after time {t}"),
            Self::Sides(t) => format!("one offset for each series before and after time {t}"),
        }
    }

    /// Order of simplicity, for choices between equals.
    #[must_use]
    pub(crate) fn complexity(self) -> usize {
        match self {
            Self::None => 0,
            Self::Step(_) => 1,
            Self::Series | Self::Before(_) | Self::After(_) => 2,
            Self::Sides(_) => 3,
        }
    }

    fn columns(self, series: usize) -> usize {
        match self {
            Self::None => 0,
            Self::Step(_) => 1,
            Self::Series | Self::Before(_) | Self::After(_) => series,
            Self::Sides(_) => 2 * series,
        }
    }

    fn column(self, series: usize, start: f64, end: f64) -> Option<usize> {
        match self {
            Self::None => None,
            Self::Step(t) => (end <= t).then_some(0),
            Self::Series => Some(series),
            Self::Before(t) => (end <= t).then_some(series),
            Self::After(t) => (start >= t).then_some(series),
            Self::Sides(t) => Some(2 * series + usize::from(start >= t)),
        }
    }
}

/// Variance of the offset of a single series over that of the noise of a one-interval row.
///
/// Offsets of series are random, not free: a free offset would take the whole mean of a short
/// stretch away from the regulators. The results are flat between half and twice this value.
const OFFSET_VARIANCE: f64 = 1.25;

/// A segment: its first and last sample and the length its integrals are taken over.
#[derive(Clone, Copy, Debug)]
pub(super) struct Segment {
    pub(super) a: usize,
    pub(super) b: usize,
    pub(super) length: f64,
}

/// The unpenalised columns of one data set: intercept, offsets, windows, labels.
pub(super) struct CovariateColumns<'a> {
    conditions: &'a Conditions,
    series: usize,
    labels: Vec<&'a str>,
}

impl<'a> CovariateColumns<'a> {
    pub(super) fn new(expression: &'a Expression, conditions: &'a Conditions) -> Self {
        // the first label is the reference that the intercept stands for, unless some samples
        // have none: then those are
        let mut labels: Vec<&str> = Vec::new();
        let mut some_empty = false;
        for label in expression.series().iter().flat_map(TimeSeries::conditions) {
            some_empty |= label.is_empty();
            if !label.is_empty() && !labels.contains(&label.as_str()) {
                labels.push(label);
            }
        }
        if !labels.is_empty() && !some_empty {
            labels.remove(0);
        }
        Self {
            conditions,
            series: expression.series().len(),
            labels,
        }
    }

    /// The columns with their prior standard deviations; `interval` is the typical length of a row.
    pub(super) fn covariates(&self, expression: &Expression, interval: f64) -> Vec<Covariate> {
        let deviation = OFFSET_VARIANCE.sqrt() / interval;
        let names = expression.series().iter().map(TimeSeries::name);
        let mut out = vec![Covariate::free("intercept")];
        match self.conditions.offsets {
            Offsets::Sides(_) => {
                for name in names {
                    for side in ["before", "after"] {
                        let name = format!("series {name} {side}");
                        out.push(Covariate::random(name, deviation));
                    }
                }
            }
            Offsets::None => {}
            Offsets::Step(t) => out.push(Covariate::free(format!("before {t}"))),
            _ => {
                out.extend(names.map(|name| Covariate::random(format!("series {name}"), deviation)))
            }
        }
        let windows = self.conditions.windows.iter();
        out.extend(windows.map(|window| Covariate::free(format!("window {}", window.name))));
        let labels = self.labels.iter();
        out.extend(labels.map(|label| Covariate::free(format!("condition {label}"))));
        out
    }

    /// `∫ u_c dt` for every column over one segment of one series.
    pub(super) fn integrals(&self, at: usize, one: &TimeSeries, cut: Segment) -> Vec<f64> {
        let Segment { a, b, length } = cut;
        let (start, end) = (one.times()[a], one.times()[b]);
        let offsets = self.conditions.offsets;
        let mut row = vec![0.0; 1 + offsets.columns(self.series)];
        row[0] = length;
        if let Some(column) = offsets.column(at, start, end) {
            row[1 + column] = length;
        }
        for window in &self.conditions.windows {
            let inside = concerns(window, one) && start >= window.start && end <= window.end;
            row.push(if inside { length } else { 0.0 });
        }
        let label = &one.conditions()[a];
        row.extend(
            self.labels
                .iter()
                .map(|l| if l == label { length } else { 0.0 }),
        );
        row
    }

    /// Whether a condition changes at sample `k ≥ 1` or between it and the one before.
    pub(super) fn changes_at(&self, one: &TimeSeries, k: usize) -> bool {
        let (before, at) = (one.times()[k - 1], one.times()[k]);
        one.conditions()[k] != one.conditions()[k - 1]
            || self.changes(one).any(|time| time > before && time <= at)
    }

    /// Whether a condition changes strictly inside the segment.
    pub(super) fn change_inside(&self, one: &TimeSeries, a: usize, b: usize) -> bool {
        let (start, end) = (one.times()[a], one.times()[b]);
        let labels = &one.conditions()[a..=b];
        labels.iter().any(|label| *label != labels[0])
            || self.changes(one).any(|time| time > start && time < end)
    }

    /// Times at which something changes in a series: the shift of the offsets, starts and ends of
    /// interventions and of the windows that concern it.
    fn changes<'b>(&'b self, one: &'b TimeSeries) -> impl Iterator<Item = f64> + 'b {
        let windows = self.conditions.windows.iter();
        let windows = windows.filter(|window| concerns(window, one));
        let shift = self.conditions.offsets.shift().into_iter();
        shift
            .chain(edges(one))
            .chain(windows.flat_map(|window| [window.start, window.end]))
    }
}

/// Times at which an intervention of a series starts or ends.
fn edges(one: &TimeSeries) -> impl Iterator<Item = f64> + '_ {
    let windows = one.interventions().iter().filter_map(|done| done.window);
    windows.flat_map(|span| [span.start, span.end])
}

fn concerns(window: &Window, series: &TimeSeries) -> bool {
    window
        .series
        .as_deref()
        .is_none_or(|name| name == series.name())
}

impl Conditions {
    /// Checks that every shift and window meets the data.
    ///
    /// # Errors   [`ConditionError`] with the option, what was found and the times there are.
    pub fn check(&self, expression: &Expression) -> Result<(), ConditionError> {
        let all = expression.series();
        if let Some(time) = self.offsets.shift()
            && !all.iter().any(|series| lies_inside(time, series))
        {
            let times = all.iter().flat_map(|series| series.times().iter().copied());
            return Err(ConditionError::ShiftOutside {
                time,
                first: times.clone().fold(f64::INFINITY, f64::min),
                last: times.fold(f64::NEG_INFINITY, f64::max),
            });
        }
        self.windows
            .iter()
            .try_for_each(|window| check_window(window, all))
    }
}

/// Whether a series has samples on both sides of a time.
fn lies_inside(time: f64, series: &TimeSeries) -> bool {
    let (first, last) = (series.times().first(), series.times().last());
    first.is_some_and(|first| *first < time) && last.is_some_and(|last| time < *last)
}

fn check_window(window: &Window, all: &[TimeSeries]) -> Result<(), ConditionError> {
    if let Some(name) = &window.series
        && !all.iter().any(|one| one.name() == name)
    {
        let known: Vec<&str> = all.iter().take(5).map(TimeSeries::name).collect();
        return Err(ConditionError::UnknownSeries {
            window: window.name.clone(),
            series: name.clone(),
            known: known.join(", "),
        });
    }
    let holds_a_segment = all.iter().any(|series| {
        let times = series.times().iter();
        let within = times.filter(|t| **t >= window.start && **t <= window.end);
        concerns(window, series) && within.count() >= 2
    });
    if holds_a_segment {
        Ok(())
    } else {
        Err(ConditionError::EmptyWindow {
            window: window.name.clone(),
            start: window.start,
            end: window.end,
        })
    }
}
