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
    pub fn complexity(self) -> usize {
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
        let all = || expression.series().iter().flat_map(TimeSeries::conditions);
        let mut labels: Vec<&str> = Vec::new();
        for label in all().filter(|label| !label.is_empty()) {
            if !labels.contains(&label.as_str()) {
                labels.push(label);
            }
        }
        if !labels.is_empty() && all().all(|label| !label.is_empty()) {
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
        let free = |name: String| Covariate {
            name,
            standard_deviation: f64::INFINITY,
        };
        let random = |name: String| Covariate {
            name,
            standard_deviation: OFFSET_VARIANCE.sqrt() / interval,
        };
        let series = |at: usize| expression.series()[at].name();
        let mut out = vec![free("intercept".to_owned())];
        match self.conditions.offsets {
            Offsets::Sides(_) => {
                for at in 0..self.series {
                    out.push(random(format!("series {} before", series(at))));
                    out.push(random(format!("series {} after", series(at))));
                }
            }
            Offsets::None => {}
            Offsets::Step(t) => out.push(free(format!("before {t}"))),
            _ => out.extend((0..self.series).map(|at| random(format!("series {}", series(at))))),
        }
        out.extend(
            self.conditions
                .windows
                .iter()
                .map(|w| free(format!("window {}", w.name))),
        );
        out.extend(
            self.labels
                .iter()
                .map(|label| free(format!("condition {label}"))),
        );
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
        let at = |t: f64| t > one.times()[k - 1] && t <= one.times()[k];
        self.conditions.offsets.shift().is_some_and(at)
            || one.conditions()[k] != one.conditions()[k - 1]
            || edges(one).any(at)
            || self
                .conditions
                .windows
                .iter()
                .any(|window| concerns(window, one) && (at(window.start) || at(window.end)))
    }

    /// Whether a condition changes strictly inside the segment.
    pub(super) fn change_inside(&self, one: &TimeSeries, a: usize, b: usize) -> bool {
        let (start, end) = (one.times()[a], one.times()[b]);
        let inside = |t: f64| t > start && t < end;
        let labels = &one.conditions()[a..=b];
        self.conditions.offsets.shift().is_some_and(inside)
            || labels.iter().any(|label| *label != labels[0])
            || edges(one).any(inside)
            || self
                .conditions
                .windows
                .iter()
                .any(|window| concerns(window, one) && (inside(window.start) || inside(window.end)))
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
        let ends = |one: &TimeSeries| Some((*one.times().first()?, *one.times().last()?));
        if let Some(time) = self.offsets.shift() {
            let meets = |(first, last): (f64, f64)| first < time && time < last;
            if !all.iter().filter_map(ends).any(meets) {
                let times = || all.iter().flat_map(|one| one.times().iter().copied());
                return Err(ConditionError::ShiftOutside {
                    time,
                    first: times().fold(f64::INFINITY, f64::min),
                    last: times().fold(f64::NEG_INFINITY, f64::max),
                });
            }
        }
        self.windows
            .iter()
            .try_for_each(|window| check_window(window, all))
    }
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
    let holds = |one: &TimeSeries| {
        let within = |t: &&f64| **t >= window.start && **t <= window.end;
        concerns(window, one) && one.times().iter().filter(within).count() >= 2
    };
    if all.iter().any(holds) {
        Ok(())
    } else {
        Err(ConditionError::EmptyWindow {
            window: window.name.clone(),
            start: window.start,
            end: window.end,
        })
    }
}
