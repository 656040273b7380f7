//! Does the model predict a series that it has not seen, from its first point? And how does it run
//! through those that it has seen?
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

use faer::Mat;

use crate::dynamics::{EqualSteps, Method};
use crate::expression::{Expression, Scale, SteadyStates};
use crate::field::{Component, FieldError, SparseField};
use crate::fit::{FastTargets, FitSettings, TargetFit, WholeFit};
use crate::genes::Gene;
use crate::numeric::median;
use crate::prior::Prior;
use crate::refit::{Observations, RefitSettings, SeriesLeftOut, Support, refit_leaving_one_out};
use crate::segments::Segments;

use errors::Sums;
use run::{CourseForecast, Models, known_from};

/// Series that are left out at most, evenly spread over the data.
const MOST_FOLDS: usize = 10;
/// Series below which leaving one out says nothing.
const LEAST_SERIES: usize = 3;

/// Data, rows and fits of a run: what is fitted again without one series.
#[derive(Clone, Copy, Debug)]
pub struct Task<'a> {
    /// Series on the model's scale.
    pub expression: &'a Expression,
    /// That scale.
    pub scale: Scale,
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
    /// Genes that were fitted to rows of levels.
    pub fast: Option<FastTargets<'a>>,
    /// The field refitted through its differential equations; none if the fits are the models.
    pub through_ode: Option<ThroughOde<'a>>,
}

/// A field that was refitted on all data, and what is needed to do that again.
#[derive(Clone, Copy, Debug)]
pub struct ThroughOde<'a> {
    /// The field.
    pub field: &'a SparseField,
    /// Where its edges come from.
    #[doc(hidden)]
    pub support: Support,
    /// Steady states on the model's scale.
    pub steady_states: Option<&'a SteadyStates>,
    /// Settings of the refit.
    pub settings: &'a RefitSettings,
    /// How the refit ran the field from sample to sample.
    pub steps: EqualSteps,
}

/// Predictions of series that were left out.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecasts {
    /// How far they are off.
    pub errors: Forecast,
    /// Numbers of the series, with the course that the model predicts from the first sample on,
    /// `n × p` on the model's scale.
    pub courses: Vec<(usize, Mat<f64>)>,
}

/// Why there is no forecast.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum NoForecast {
    /// Nothing would be left to learn from, or to compare with.
    #[error("fewer than three series: none can be left out")]
    FewSeries,
    /// Cells of several lineages are no repetitions of one experiment.
    #[error("lineages of cells are no repeated series: they share their cells")]
    Cells,
    /// Nothing was measured over time.
    #[error("the data are steady states without any series")]
    Static,
    /// No gene changes.
    #[error("no gene varies in the series that are left out")]
    Constant,
    /// The model without a series could not be refitted.
    #[error("the refit without a series failed: {0}")]
    Refit(FieldError),
}

/// Leaves series out one after another and predicts each from its first sample.
///
/// * The models are those of the run, fitted again on the one-interval rows of the other series and
///   on steady states that are rows;
///   the lambdas, the nonlinear genes and the form of the offsets are those chosen on all data.
///   Where a field was refitted through its differential equations, so are these models, with the
///   noise found on all data. If that refit chose its own support, the support is that of all data, and
///   decays and ranges are drawn, weakly, towards those found on all data, from where its refits start.
/// * "Linear" is the linear part, one wide unit per target, at the same lambda.
/// * Offsets that single series have of their own are unknown for a new one: it has the mean of
///   those of the others. Steps, windows and labels act in it as they are given, and so do
///   interventions: their genes are held or scaled, and are not judged.
/// * Each sampling interval is one step of the kind that was fitted, so no trajectory can
///   leave for infinity. A field that was refitted through its differential equations is followed
///   in the steps of the refit.
///
/// Where offsets of single series end before their series do, the rest of the series is also
/// predicted by itself, from the sample at which they end.
///
/// # Errors   [`NoForecast`], as data: a result without a forecast is a result.
/// # Cost     at most ten paths a target, without half-samples, and as many refits.
pub fn forecast(task: &Task<'_>) -> Result<Forecasts, NoForecast> {
    let series = task.expression.series();
    let usable: Vec<usize> = (0..series.len())
        .filter(|&s| series[s].len() >= 2)
        .collect();
    if usable.len() < LEAST_SERIES {
        return Err(NoForecast::FewSeries);
    }
    let folds = usable.len().min(MOST_FOLDS);
    let held: Vec<usize> = (0..folds)
        .map(|fold| usable[fold * usable.len() / folds])
        .collect();
    let mut all_models: Vec<Models> = held.iter().map(|&held| models(task, held)).collect();
    refit(task, &held, &mut all_models)?;
    let interval = typical_interval(task.rows);
    let (mut whole, mut later) = (Sums::new(task.expression), Sums::new(task.expression));
    let (mut changes, mut courses) = (0, Vec::with_capacity(folds));
    for (&held, models) in held.iter().zip(&all_models) {
        let add = |sums: &mut Sums, from: usize| {
            let run = CourseForecast::new(task.expression, task.rows, interval, held, from);
            let all = run.all(models);
            sums.add(&run.asked(), from, &all);
            let [.., model] = all;
            model
        };
        courses.push((held, add(&mut whole, 0)));
        if let Some(from) = known_from(task.rows, held, &series[held]).filter(|from| *from > 0) {
            add(&mut later, from);
            changes += 1;
        }
    }
    let errors = Forecast {
        whole: whole.predicted(folds).ok_or(NoForecast::Constant)?,
        after_change: later.predicted(changes),
    };
    Ok(Forecasts { errors, courses })
}

/// The field run forwards through every series from its first sample, `n × p` on the model's scale,
/// under the offsets that were found for the series.
///
/// Genes that an intervention acts on are held or scaled while it lasts. For a refitted field this
/// is the course that the refit minimised.
///
/// * `rows`: those that the field was fitted to
/// * `steps`: those of the refit; none if the field was fitted to the increments over whole
///   intervals
///
/// # Panics   if the rows are those of other series (a bug in the caller).
/// # Cost     a few velocities a sample.
#[must_use]
pub fn fitted_courses(
    expression: &Expression,
    rows: &Segments,
    field: &SparseField,
    steps: Option<EqualSteps>,
) -> Vec<Mat<f64>> {
    let interval = typical_interval(rows);
    let method = steps.map_or(Method::Increments { interval }, Method::Equal);
    let course = |number: usize| {
        let series = &expression.series()[number];
        if series.len() < 2 {
            return series.values().clone();
        }
        CourseForecast::known(expression, rows, interval, number).predict(field, method)
    };
    (0..expression.series().len()).map(course).collect()
}

/// Refits the models through their differential equations, each without its series.
fn refit(task: &Task<'_>, held: &[usize], models: &mut [Models]) -> Result<(), NoForecast> {
    let Some(known) = task.through_ode else {
        return Ok(());
    };
    let data = Observations {
        expression: task.expression,
        rows: task.rows,
        steady_states: known.steady_states,
    };
    let fitted = known.support == Support::Fitted;
    let left_out = held
        .iter()
        .zip(&*models)
        .map(|(&series, models)| SeriesLeftOut {
            series,
            fit: fitted.then_some(&models.model),
        });
    let left_out: Vec<SeriesLeftOut<'_>> = left_out.collect();
    let fields = refit_leaving_one_out(known.field, &data, known.settings, &left_out);
    let fields = fields.map_err(NoForecast::Refit)?;
    for (models, field) in models.iter_mut().zip(fields) {
        models.model = field;
    }
    Ok(())
}

/// Linear parts and models of all targets, fitted without one series.
fn models(task: &Task<'_>, held: usize) -> Models {
    let whole = WholeFit {
        segments: task.rows,
        regulators: task.regulators,
        prior: task.prior,
        settings: task.settings,
        fits: task.fits,
        fast: task.fast,
    };
    let refits = whole.on_rows(|span| span.series != held && span.horizon <= 1);
    let (linear, model): (Vec<Component>, Vec<Component>) = refits
        .into_iter()
        .map(|found| (found.linear, found.model))
        .unzip();
    let interval = typical_interval(task.rows);
    let steps = task.through_ode.map(|known| known.steps);
    Models {
        linear: task.field(linear),
        model: task.field(model),
        method: steps.map_or(Method::Increments { interval }, Method::Equal),
    }
}

impl Task<'_> {
    /// The field of components that were fitted to the rows, on the model's scale.
    fn field(&self, components: Vec<Component>) -> SparseField {
        let named = self.rows.covariates()[1..].iter();
        let names = named.map(|covariate| covariate.name.clone()).collect();
        let genes = self.expression.genes().clone();
        let field = SparseField::new(genes, self.scale, names, components);
        field.expect("a fit gives sound components")
    }
}

fn typical_interval(rows: &Segments) -> f64 {
    let single = rows.spans().iter().filter(|span| span.horizon == 1);
    let lengths: Vec<f64> = single.map(|span| span.end - span.start).collect();
    median(&lengths)
}
