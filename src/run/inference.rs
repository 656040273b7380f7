//! The whole way on one screen: settings in, discovery out.

mod curves;
mod groups;
mod metrics;
mod paths;
mod range;
mod reference;
mod run;
mod settings;
mod warnings;

pub use metrics::{Metrics, NodeReport, RSquared};
pub use range::RangeError;
pub use run::{Curve, GroupInfluence, InputFile, Record, Run, TargetPath};
pub use settings::{OffsetSetting, Settings};

use std::time::{Duration, Instant};

use crate::expression::{
    Expression, Measured, Observed, RestingStates, Scale, SeriesError, TransformError,
};
use crate::field::{FieldError, Fitted, SparseField, VectorField};
use crate::fit::{FitError, OffsetChoice, Sweep, TargetFit, Unwatched, Watch, choose_offsets};
use crate::forecast::{Forecasts, NoForecast, Task, ThroughOde, fitted_courses, forecast};
use crate::genes::{Gene, Genes};
use crate::influence::SparseInfluence;
use crate::network::Network;
use crate::prior::Prior;
use crate::response::Responses;
use crate::segments::Segments;
use crate::shooting::{Observations, RefitReport, Refitted, learn_through_ode, refit_through_ode};
use crate::trajectory::{
    ConditionError, Conditions, Offsets, segments_with_rest, series_of_lineages,
};

/// All that a run finds.
#[derive(Clone, Debug)]
pub struct Discovery {
    /// The ranked network.
    pub network: Network,
    /// The fitted field, with the wild type's levels and the times of the data.
    pub fitted: Fitted,
    /// How the refit through the differential equations went; none if there was none.
    pub refit: Option<RefitReport>,
    /// What is known about every gene.
    pub nodes: Vec<NodeReport>,
    /// Prediction of held-out segments.
    pub metrics: Metrics,
    /// Offsets of single series, given or chosen.
    pub offsets: Offsets,
    /// The candidates among which they were chosen; none if they were given.
    pub offset_choice: Option<OffsetChoice>,
    /// What the reader should distrust, in plain words.
    pub warnings: Vec<String>,
    /// Observed and fitted courses.
    pub curves: Vec<Curve>,
    /// The skeleton along the strengths of the penalty.
    pub paths: Vec<TargetPath>,
    /// Where the edges of the model act.
    pub groups: Vec<GroupInfluence>,
    /// Rows of the weak form.
    pub segments: usize,
    /// Time that the forecast and its refits took, whether or not there is one.
    pub forecast_time: Duration,
}

/// Why there is no discovery.
#[derive(Debug, thiserror::Error)]
pub enum DiscoveryError {
    /// The transform does not suit the data.
    #[error(transparent)]
    Transform(#[from] TransformError),
    /// Lineages that make no series.
    #[error(transparent)]
    Series(#[from] SeriesError),
    /// Numbers that would overflow.
    #[error(transparent)]
    Range(#[from] RangeError),
    /// Conditions that do not meet the data.
    #[error(transparent)]
    Conditions(#[from] ConditionError),
    /// The fit.
    #[error(transparent)]
    Fit(#[from] FitError),
    /// The fitted field is not sound (a bug).
    #[error(transparent)]
    Field(#[from] FieldError),
}

/// From expression to a network and a model: transform, offsets, rows, fit, responses, ranking,
/// refit, forecasts.
///
/// * `observed`: in the units of the file
/// * `prior`: which regulators may act on which targets
///
/// # Errors   [`DiscoveryError`] if the data do not suit the settings.
/// # Panics   if the states at rest are about other genes (a bug in the caller).
/// # Cost     that of [`Sweep::run`], of the refit, of two Jacobians a sample and of the refits of
///   [`forecast`].
pub fn discover(
    observed: &Observed<'_>,
    prior: &Prior,
    settings: &Settings,
) -> Result<Discovery, DiscoveryError> {
    discover_from(observed, prior, settings, Vec::new(), &mut Unwatched)
}

/// The same, watched, from where an earlier one stopped.
///
/// * `finished`: fits of the first targets, by an inference from the same data and settings
///
/// # Errors   as [`discover`], and [`FitError::Stopped`] if `watch` wishes so.
/// # Panics   as [`discover`].
pub fn discover_from(
    observed: &Observed<'_>,
    prior: &Prior,
    settings: &Settings,
    finished: Vec<TargetFit>,
    watch: &mut dyn Watch,
) -> Result<Discovery, DiscoveryError> {
    let (expression, resting) = on_scale(observed, settings)?;
    let (measured, scale) = (observed.measured, settings.scale(observed)?);
    let choice = settings.offset_choice(measured, &expression);
    let conditions = Conditions {
        offsets: choice
            .as_ref()
            .map_or(settings.offsets.fixed(), |choice| choice.chosen),
        windows: settings.windows.clone(),
    };
    let rows = segments_with_rest(&expression, resting.as_ref(), &conditions, settings.rows)?;
    let regulators = regulators(prior, expression.genes());
    let sweep = Sweep {
        segments: &rows,
        regulators: &regulators,
        prior,
        settings: &settings.fit,
        seed: settings.seed,
    };
    let fits = sweep.run_from(finished, watch)?;
    let field = field(expression.genes(), scale, &rows, &fits)?;
    let responses = resting.as_ref().and_then(Responses::new);
    let genes = expression.genes().clone();
    let along = |field: &SparseField| {
        SparseInfluence::new(field, rows.nodes().as_ref(), &rows.node_times())
    };
    let before = along(&field);
    let network = Network::new(genes, &regulators, &fits, &before, responses.as_ref());
    let data = Observations {
        expression: &expression,
        rows: &rows,
        resting: resting.as_ref(),
    };
    let refitted = settings.refitted(&field, &network, &data)?;
    let start = Instant::now();
    let task = Task {
        expression: &expression,
        rows: &rows,
        regulators: &regulators,
        prior,
        settings: &settings.fit,
        fits: &fits,
        through_ode: refitted.as_ref().map(|refitted| ThroughOde {
            field: &refitted.fitted.field,
            resting: resting.as_ref(),
            settings: &settings.shooting,
        }),
    };
    let predicted = predict(measured, &task);
    let forecast_time = start.elapsed();
    let (fitted, refit) = match refitted {
        Some(refitted) => (refitted.fitted, Some(refitted.report)),
        None => (as_fitted(field, &expression), None),
    };
    let courses = fitted_courses(&expression, &rows, &fitted.field, refit.is_some());
    let forecasts = predicted.as_ref().map_or(&[][..], |found| &found.courses);
    Ok(Discovery {
        curves: curves::curves(&expression, scale, &courses, forecasts),
        paths: paths::paths(&fits, &regulators),
        groups: groups::groups(&expression, &rows, &fitted.field),
        warnings: warnings::warnings(&expression, &conditions, &rows, &regulators, &fits),
        nodes: metrics::nodes(&network, &fitted.field, &fits),
        metrics: Metrics::new(&fits, predicted.map(|found| found.errors)),
        network: network.with_influence(&along(&fitted.field)),
        fitted,
        refit,
        offsets: conditions.offsets,
        offset_choice: choice,
        segments: rows.len(),
        forecast_time,
    })
}

/// Series, and states at rest, on the model's scale; numbers in a range that will not overflow.
fn on_scale(
    observed: &Observed<'_>,
    settings: &Settings,
) -> Result<(Expression, Option<RestingStates>), DiscoveryError> {
    let scale = settings.scale(observed)?;
    let resting = observed.resting.map(|states| states.on_scale(scale));
    if let Some(states) = &resting {
        assert_eq!(states.genes(), observed.genes(), "the same genes at rest");
        range::check_resting(states)?;
    }
    let expression = match observed.measured {
        Measured::Series(expression) => expression.on_scale(scale),
        Measured::Cells(cells) => series_of_lineages(&cells.on_scale(scale))?,
    };
    range::check_range(&expression)?;
    Ok((expression, resting))
}

fn regulators(prior: &Prior, genes: &Genes) -> Vec<Gene> {
    match prior.regulators() {
        Some(regulators) => regulators.iter().collect(),
        None => genes.iter().collect(),
    }
}

/// A field as the fit left it.
fn as_fitted(field: SparseField, expression: &Expression) -> Fitted {
    Fitted {
        reference: reference::first_levels(expression),
        times: reference::times(expression),
        members: Vec::new(),
        field,
    }
}

fn predict(measured: &Measured, task: &Task<'_>) -> Result<Forecasts, NoForecast> {
    match measured {
        Measured::Series(_) => forecast(task),
        Measured::Cells(_) => Err(NoForecast::Cells),
    }
}

fn field(
    genes: &Genes,
    scale: Scale,
    rows: &Segments,
    fits: &[TargetFit],
) -> Result<SparseField, FieldError> {
    let names = rows
        .influences()
        .iter()
        .skip(1)
        .map(|influence| influence.name.clone());
    let components = fits.iter().map(|fit| fit.model.component.clone());
    SparseField::new(genes.clone(), scale, names.collect(), components.collect())
}

impl Settings {
    fn scale(&self, observed: &Observed<'_>) -> Result<Scale, TransformError> {
        self.transform.resolve(observed.least())
    }

    /// The field through its differential equations: on a support of its own where states at rest
    /// say what interventions do, on that of the fit elsewhere.
    fn refitted(
        &self,
        field: &SparseField,
        network: &Network,
        data: &Observations<'_>,
    ) -> Result<Option<Refitted>, FieldError> {
        let changed = |states: &RestingStates| {
            let mut samples = states.samples().iter();
            samples.any(|sample| sample.changed().next().is_some())
        };
        match data.resting {
            _ if !self.refit => Ok(None),
            Some(states) if changed(states) => {
                learn_through_ode(field, network, data, &self.shooting, self.seed).map(Some)
            }
            _ => refit_through_ode(field, data, &self.shooting, self.seed).map(Some),
        }
    }

    /// Offsets by held-out prediction, unless they were given or conditions say it all.
    fn offset_choice(&self, measured: &Measured, expression: &Expression) -> Option<OffsetChoice> {
        let choose = |shift| Some(choose_offsets(expression, shift, self.seed));
        let labelled = expression
            .series()
            .iter()
            .any(|one| one.conditions().iter().any(|label| !label.is_empty()));
        let known = labelled || !self.windows.is_empty();
        let lineages = matches!(measured, Measured::Cells(_));
        match self.offsets {
            OffsetSetting::Fixed(_) => None,
            OffsetSetting::ShiftAt(time) => choose(Some(time)),
            OffsetSetting::Auto if known || lineages => None,
            OffsetSetting::Auto => choose(None),
        }
    }
}

impl Discovery {
    /// The genes.
    #[must_use]
    pub fn genes(&self) -> &Genes {
        self.fitted.field.genes()
    }

    /// The fitted field.
    #[must_use]
    pub fn field(&self) -> &SparseField {
        &self.fitted.field
    }
}
