//! Does the model predict a series that it has not seen, from its first point?
//!
//! Every series is left out once (a few of them where there are many), the models are fitted on
//! the others, and the series is predicted from its first sample alone. The question is harder
//! than the one of held-out increments: errors add up along the way, and what an experiment does
//! to one series only cannot be known from the others.

mod errors;
mod run;

#[cfg(test)]
mod tests;

pub use errors::{Forecast, ForecastErrors, ForecastSkill, Predicted};

use crate::expression::Expression;
use crate::field::Component;
use crate::fit::{FitSettings, TargetFit, refit};
use crate::genes::Gene;
use crate::numeric::median;
use crate::prior::Prior;
use crate::segments::Segments;

use errors::Sums;
use run::{Run, known_from};

/// Series that are left out at most, evenly spread over the data.
const MOST_FOLDS: usize = 10;
/// Series below which leaving one out says nothing.
const LEAST_SERIES: usize = 3;

/// Data, rows and fits of a run: what is fitted again without one series.
#[derive(Clone, Copy, Debug)]
pub struct Task<'a> {
    /// Series on the model's scale.
    pub expression: &'a Expression,
    /// Their rows.
    pub rows: &'a Segments,
    /// Genes that may act.
    pub regulators: &'a [Gene],
    /// What is known about pairs.
    pub prior: &'a Prior,
    /// Settings of the fit.
    pub settings: &'a FitSettings,
    /// The fits on all rows.
    pub fits: &'a [TargetFit],
}

/// Why there is no forecast.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoForecast {
    /// Nothing would be left to learn from, or to compare with.
    #[error("fewer than three series: none can be left out")]
    FewSeries,
    /// Cells of several lineages are no repetitions of one experiment.
    #[error("lineages of cells are no repeated series: they share their cells")]
    Cells,
    /// No gene changes.
    #[error("no gene varies in the series that are left out")]
    Constant,
}

/// Leaves series out one after another and predicts each from its first sample.
///
/// * The models are those of the run, fitted again on the one-interval rows of the other series and
///   on states at rest that are rows;
///   the strengths, the genes that bend and the form of the offsets are those chosen on all data.
/// * "Linear" is the skeleton, one wide unit a target, at the same strength.
/// * Offsets that single series have of their own are unknown for a new one and are 0, their
///   mean; steps, windows and labels act in it as they are given, and so do interventions: their
///   genes have the levels that they were given, and are not judged.
/// * Each sampling interval is one step of the kind that was fitted, so no trajectory can
///   leave for infinity.
///
/// Where offsets of single series end before their series do, the rest of the series is also
/// predicted by itself, from the sample at which they end.
///
/// # Errors   [`NoForecast`], as data: a result without a forecast is a result.
/// # Cost     at most ten paths a target, without half-samples.
pub fn forecast(task: &Task<'_>) -> Result<Forecast, NoForecast> {
    let series = task.expression.series();
    let usable: Vec<usize> = (0..series.len())
        .filter(|&s| series[s].len() >= 2)
        .collect();
    if usable.len() < LEAST_SERIES {
        return Err(NoForecast::FewSeries);
    }
    let folds = usable.len().min(MOST_FOLDS);
    let interval = typical_interval(task);
    let (mut whole, mut later) = (Sums::new(task.expression), Sums::new(task.expression));
    let mut changes = 0;
    for fold in 0..folds {
        let held = usable[fold * usable.len() / folds];
        let components = without(task, held);
        let add = |sums: &mut Sums, from: usize| {
            let run = Run::new(task.expression, task.rows, interval, (held, from));
            sums.add(&run.asked(), from, &run.all(&components));
        };
        add(&mut whole, 0);
        if let Some(from) = known_from(task.rows, held, &series[held]).filter(|from| *from > 0) {
            add(&mut later, from);
            changes += 1;
        }
    }
    Ok(Forecast {
        whole: whole.predicted(folds).ok_or(NoForecast::Constant)?,
        after_change: later.predicted(changes),
    })
}

/// Skeletons and models of all targets, fitted without one series.
fn without(task: &Task<'_>, held: usize) -> (Vec<Component>, Vec<Component>) {
    let spans = task.rows.spans().iter().enumerate();
    let kept = spans.filter(|(_, span)| span.series != held && span.horizon <= 1);
    let rows: Vec<usize> = kept.map(|(row, _)| row).collect();
    let (fits, all) = (task.fits, task.rows);
    let refits = refit(
        all,
        task.regulators,
        task.prior,
        task.settings,
        (fits, &rows),
    );
    refits
        .into_iter()
        .map(|one| (one.linear, one.model))
        .unzip()
}

fn typical_interval(task: &Task<'_>) -> f64 {
    let single = task.rows.spans().iter().filter(|span| span.horizon == 1);
    let lengths: Vec<f64> = single.map(|span| span.end - span.start).collect();
    median(&lengths)
}
