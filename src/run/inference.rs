//! The whole way on one screen: data and settings in, a run out.

use std::borrow::Cow;
use std::path::Path;
use std::time::Instant;

use super::activity_levels::activities;
use super::calibration::KnownTruth;
use super::checkpoint::{Checkpoint, CheckpointError, CheckpointedWatch, Discarded};
use super::fingerprint::Fingerprint;
use super::fit_rows::{FitRows, ScaledData};
use super::fitted_field::{along, as_fitted, field};
use super::model_scale::on_scale;
use super::null_models::NullModels;
use super::record::{ActivityRecord, RegimeRecord};
use super::warnings::{
    NOT_REFITTED, direction_is_a_guess, rests_on, warnings, worse_than_no_change,
};
use super::{InferError, Record, Run, Settings, curves, groups, metrics, paths};
use crate::direct_effects::Responses;
use crate::expression::{Data, Expression, Scale, States, SteadyStates};
use crate::fit::{FastTargets, KnownActivities, OffsetChoice, Sweep, TargetFit, Unwatched, Watch};
use crate::forecast::{Forecasts, NoForecast, Task, ThroughOde, fitted_courses, forecast};
use crate::genes::{Gene, Genes};
use crate::io::Metrics;
use crate::network::Network;
use crate::prior::Prior;
use crate::refit::{Observations, Refitted};
use crate::regime::Regimes;
use crate::segments::Segments;
use crate::trajectory::{AllSamples, Conditions, Offsets};

/// From expression to a network and a model, with nothing known before and nobody watching.
///
/// # Errors   [`InferError`] if the data do not suit the settings.
/// # Cost     as [`Inference::run`].
pub fn infer(data: &Data, settings: &Settings) -> Result<Run, InferError> {
    Inference::new(data, settings).run(&mut Unwatched)
}

/// An inference that has not run yet: data, settings, and what is known before.
///
/// ```
/// use cistron::expression::{Data, Expression, TimeSeries};
/// use cistron::fit::{Continue, TargetFit, Watch};
/// use cistron::genes::{Gene, Genes};
/// use cistron::prior::{Prior, Regulators};
/// use cistron::run::{Inference, Settings};
///
/// struct Progress(usize);
///
/// impl Watch for Progress {
///     fn finished(&mut self, fits: &[TargetFit]) -> Continue {
///         self.0 = fits.len();
///         Continue::Yes
///     }
/// }
///
/// // b follows a; c does as it likes
/// let genes = Genes::new(["a", "b", "c"])?;
/// let times: Vec<f64> = (0..30).map(|k| 0.5 * f64::from(k)).collect();
/// let values = faer::Mat::from_fn(30, 3, |k, j| {
///     let phase = [times[k], times[k] - 0.8, 1.7 * times[k]][j];
///     2.0 + phase.sin()
/// });
/// let data = Expression::new(genes.clone(), vec![TimeSeries::new("1", times, values)?])?;
/// let data = Data::from(data);
///
/// let mut settings = Settings::default();
/// settings.fit.pairs = 4; // of half-samples: enough for an example
/// settings.refit = None;
/// let prior = Prior::flat(Regulators::only(&genes, [Gene(0), Gene(2)]));
/// let mut progress = Progress(0);
/// let run = Inference::new(&data, &settings).with_prior(&prior).run(&mut progress)?;
/// assert_eq!(progress.0, 3); // one fit per target
/// assert!(run.network.edges().iter().all(|edge| edge.source != Gene(1)));
/// let into_b = run.network.edges().iter().find(|edge| edge.target == Gene(1));
/// assert_eq!(into_b.expect("candidates").source, Gene(0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Inference<'a> {
    data: &'a Data,
    settings: &'a Settings,
    prior: Cow<'a, Prior>,
    known: Option<KnownTruth<'a>>,
}

/// An inference that goes on from what an earlier one has finished.
#[derive(Debug)]
pub struct Resumed<'a> {
    inference: Inference<'a>,
    checkpoint: Checkpoint,
    finished: Vec<TargetFit>,
}

/// What an inference found in the folder in which it is to be resumed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resumption {
    /// Nothing: it begins.
    New,
    /// Targets that are finished already.
    Finished {
        /// The file that has them.
        checkpoint: String,
        /// How many.
        targets: usize,
    },
    /// A file that is not used: all targets are fitted again.
    Discarded {
        /// The file.
        checkpoint: String,
        /// Why.
        reason: Discarded,
    },
}

impl<'a> Inference<'a> {
    /// * `data`: in the units of the file
    #[must_use]
    pub fn new(data: &'a Data, settings: &'a Settings) -> Self {
        Self {
            data,
            settings,
            prior: Cow::Owned(Prior::default()),
            known: None,
        }
    }

    /// The same with what is known about regulators and pairs of genes.
    #[must_use]
    pub fn with_prior(self, prior: &'a Prior) -> Self {
        Self {
            prior: Cow::Borrowed(prior),
            ..self
        }
    }

    /// The same with edges that are known to be true and have no part in the ranking: the expected
    /// number of false edges is calibrated with them.
    #[must_use]
    pub fn with_known(self, known: KnownTruth<'a>) -> Self {
        let known = Some(known);
        Self { known, ..self }
    }

    /// The same, which keeps its finished targets in a folder and goes on from those that an
    /// earlier one has left there: one from the same data, prior knowledge, settings and version;
    /// the refit and the output may have other settings. A file that is damaged or belongs to another
    /// inference is not used.
    ///
    /// The result has the same bytes as one without interruption.
    ///
    /// # Errors   [`CheckpointError`] if the system cannot read the file.
    /// # Cost     one pass over the data and the file.
    pub fn resumed_in(
        self,
        folder: impl AsRef<Path>,
    ) -> Result<(Resumed<'a>, Resumption), CheckpointError> {
        let fingerprint = Fingerprint::new(self.data, &self.prior, self.settings);
        let file = Checkpoint::in_folder(folder.as_ref(), fingerprint);
        let kept = file.load()?;
        let checkpoint = file.path().display().to_string();
        let resumption = match kept.discarded {
            Some(reason) => Resumption::Discarded { checkpoint, reason },
            None if kept.finished.is_empty() => Resumption::New,
            None => Resumption::Finished {
                checkpoint,
                targets: kept.finished.len(),
            },
        };
        let resumed = Resumed {
            inference: self,
            checkpoint: file,
            finished: kept.finished,
        };
        Ok((resumed, resumption))
    }

    /// From expression to a network and a model: transform, offsets, rows, fit, responses, ranking,
    /// refit, forecasts.
    ///
    /// # Errors   [`InferError`] if the data do not suit the settings, [`InferError::Fit`] if
    ///   `watch` wishes so or a checkpoint cannot be kept.
    /// # Cost     that of [`Sweep::run`], of the refit, of two Jacobians a sample and of the refits
    ///   of [`forecast`].
    pub fn run(self, watch: &mut dyn Watch) -> Result<Run, InferError> {
        self.run_from(Vec::new(), watch)
    }

    fn run_from(self, finished: Vec<TargetFit>, watch: &mut dyn Watch) -> Result<Run, InferError> {
        let start = Instant::now();
        self.settings.check()?;
        let (data, settings) = (self.data, self.settings);
        let prior: &Prior = &self.prior;
        KnownTruth::check(self.known, prior, data.genes())?;
        let (expression, steady_states) = on_scale(data, settings)?;
        let scale = settings.scale(data)?;
        let choice = settings.offset_choice(data, &expression);
        let chosen = choice.as_ref().map(|choice| choice.chosen);
        let conditions = Conditions {
            offsets: chosen.unwrap_or(settings.offsets.fixed()),
            windows: settings.windows.clone(),
        };
        let regulators = regulators(prior, expression.genes());
        let scaled = ScaledData {
            data,
            expression: &expression,
            steady_states: steady_states.as_ref(),
            conditions: &conditions,
        };
        let tables = FitRows::new(scaled, settings, &regulators)?;
        let (rows, levels) = (&tables.rows, tables.levels());
        let activities = levels.and_then(|rows| activities(settings, prior, rows));
        let used = activities.as_ref().filter(|found| found.list_follows());
        let known = used.map(|found| KnownActivities::new(found, prior));
        let fast = levels.map(|rows| FastTargets {
            rows,
            regimes: &tables.regimes,
            activities: known.as_ref(),
        });
        let sweep = Sweep {
            segments: rows,
            regulators: &regulators,
            prior,
            settings: &settings.fit,
            seed: settings.seed,
            fast,
        };
        let fits = sweep.run_from(finished, watch)?;
        let fitted = FittedTargets {
            data,
            settings,
            prior,
            scale,
            expression: &expression,
            steady_states: steady_states.as_ref(),
            conditions: &conditions,
            rows,
            regulators: &regulators,
            fits: &fits,
            regimes: &tables.regimes,
            samples: &tables.samples,
            sweep: &sweep,
            known: self.known,
        };
        let mut run = fitted.finish()?;
        run.record.activities = activities.as_ref().map(ActivityRecord::new);
        if let Some(choice) = choice {
            run.record.offset_candidates = candidates(&choice);
        }
        run.record.seconds = start.elapsed().as_secs_f64();
        Ok(run)
    }
}

impl Resumed<'_> {
    /// As [`Inference::run`], from what is finished; keeps what is finished on the way.
    ///
    /// # Errors   as [`Inference::run`].
    /// # Cost     as [`Inference::run`], less the targets that are finished.
    pub fn run(self, watch: &mut dyn Watch) -> Result<Run, InferError> {
        let mut watch = CheckpointedWatch {
            checkpoint: self.checkpoint,
            watch,
        };
        self.inference.run_from(self.finished, &mut watch)
    }
}

/// The fits of all targets, with what they were made from.
struct FittedTargets<'a> {
    data: &'a Data,
    settings: &'a Settings,
    prior: &'a Prior,
    scale: Scale,
    expression: &'a Expression,
    steady_states: Option<&'a SteadyStates>,
    conditions: &'a Conditions,
    rows: &'a Segments,
    regulators: &'a [Gene],
    fits: &'a [TargetFit],
    regimes: &'a Regimes,
    samples: &'a AllSamples,
    sweep: &'a Sweep<'a>,
    known: Option<KnownTruth<'a>>,
}

impl FittedTargets<'_> {
    /// Responses, ranking, refit and forecasts.
    fn finish(&self) -> Result<Run, InferError> {
        let (expression, rows, fits) = (self.expression, self.rows, self.fits);
        let field = field(expression.genes(), self.scale, rows, fits)?;
        let steady_states = self.steady_states;
        let responses = steady_states.and_then(|states| Responses::new(states, self.scale));
        let genes = expression.genes().clone();
        let before = along(&field, rows);
        let network = Network::new(genes, self.regulators, fits, &before, responses.as_ref());
        let network = match responses {
            Some(_) => network,
            None => network.with_null(self.expected_false()),
        };
        let (network, calibration) = match self.known {
            Some(known) => known.calibrate(network)?,
            None => (network, None),
        };
        let observations = Observations {
            expression,
            rows,
            steady_states: self.steady_states,
        };
        let refitted = self
            .settings
            .refitted(&field, &network, &observations, self.regimes)?;
        let start = Instant::now();
        let predicted = self.predict(refitted.as_ref());
        let forecast_seconds = start.elapsed().as_secs_f64();
        let (model, refit) = match refitted {
            Some(refitted) => (refitted.fitted, Some(refitted.report)),
            None => (as_fitted(field, expression, self.steady_states), None),
        };
        let courses = fitted_courses(
            expression,
            rows,
            &model.field,
            refit.map(|refit| refit.steps),
        );
        let forecasts = predicted.as_ref().map_or(&[][..], |found| &found.courses);
        let curves = curves::curves(expression, self.scale, &courses, forecasts);
        let metrics = metrics::metrics(fits, predicted.map(|found| found.errors));
        let record = Record {
            calibration,
            warnings: self.warnings(&metrics),
            edges_ranked: network.edges().len(),
            targets_not_converged: fits.len() - metrics.converged_genes,
            refit,
            forecast_seconds,
            ..self.record()
        };
        Ok(Run {
            curves,
            paths: paths::paths(fits, self.regulators),
            groups: groups::groups(expression, rows, &model.field),
            nodes: metrics::nodes(&network, &model.field, fits, self.regimes),
            network: network.with_influence(&along(&model.field, rows)),
            states: States::of(self.data),
            metrics,
            model,
            record,
        })
    }

    /// Expected number of false edges by nulls that know nothing of the model, for every rank.
    fn expected_false(&self) -> Vec<f64> {
        let nulls = NullModels {
            samples: self.samples,
            sweep: self.sweep,
            fits: self.fits,
            seed: self.settings.seed,
        };
        nulls.expected_false()
    }

    /// Series that are left out, predicted by models of the others.
    fn predict(&self, refitted: Option<&Refitted>) -> Result<Forecasts, NoForecast> {
        if self.data.series().is_none() {
            return Err(match self.data.is_static() {
                true => NoForecast::Static,
                false => NoForecast::Cells,
            });
        }
        let refit = refitted.zip(self.settings.refit.as_ref());
        forecast(&Task {
            expression: self.expression,
            scale: self.scale,
            rows: self.rows,
            regulators: self.regulators,
            prior: self.prior,
            settings: &self.settings.fit,
            fits: self.fits,
            fast: self.sweep.fast,
            through_ode: refit.map(|(refitted, settings)| ThroughOde {
                field: &refitted.fitted.field,
                steady_states: self.steady_states,
                settings,
                steps: refitted.report.steps,
            }),
        })
    }

    /// What is recorded before the refit.
    fn record(&self) -> Record {
        let read = Record::of(self.data);
        let notes = read.notes.iter().cloned();
        let direction = self.data.is_static().then(|| rests_on(self.data));
        Record {
            notes: notes.chain(direction).collect(),
            regulators: self.regulators.len(),
            known_pairs: self.prior.len(),
            settings: self.settings.clone(),
            transform: self.scale.name().to_owned(),
            regimes: RegimeRecord::new(self.regimes),
            offsets: self.conditions.offsets,
            segments: self.rows.len(),
            ..read
        }
    }

    /// Those of the data, of the fit and of its predictions.
    fn warnings(&self, metrics: &Metrics) -> Vec<String> {
        let mut all = Record::of(self.data).warnings;
        all.extend(warnings(
            self.expression,
            self.conditions,
            self.rows,
            self.regulators,
            self.fits,
        ));
        all.extend(worse_than_no_change(metrics));
        if self.data.is_static() {
            all.extend(direction_is_a_guess(self.data, self.regulators));
        } else if self.settings.refit.is_some() && self.regimes.mostly_fast() {
            all.push(NOT_REFITTED.to_owned());
        }
        all
    }
}

/// Candidate offsets that are recorded besides the chosen one and no offsets.
const CANDIDATES: usize = 10;

/// The best candidates first.
fn candidates(choice: &OffsetChoice) -> Vec<(String, Option<f64>)> {
    let kept = [choice.chosen, Offsets::None];
    let errors = choice.errors.iter().enumerate();
    errors
        .filter(|(rank, (offsets, _))| *rank < CANDIDATES || kept.contains(offsets))
        .map(|(_, (offsets, error))| (offsets.describe(), error.is_finite().then_some(*error)))
        .collect()
}

fn regulators(prior: &Prior, genes: &Genes) -> Vec<Gene> {
    match prior.regulators() {
        Some(regulators) => regulators.iter().collect(),
        None => genes.iter().collect(),
    }
}
