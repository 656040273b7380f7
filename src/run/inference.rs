//! The whole way on one screen: data and settings in, a run out.

use std::borrow::Cow;
use std::time::Instant;

use super::activity_levels::{activities, add_activities};
use super::calibration::KnownTruth;
use super::checkpoint::{Checkpoint, CheckpointError, CheckpointedWatch, Discarded};
use super::fingerprint::{Fingerprint, Knowledge};
use super::fit_rows::{FitRows, ScaledData};
use super::fitted_targets::FittedTargets;
use super::memory_need::MemoryNeed;
use super::model_scale::on_scale;
use super::rankable::check_rankable;
use super::record::LociRecord;
use super::{InferError, ResultFolder, Run, Settings};
use crate::expression::{Data, Expression, Scale, ScaleChoice, SteadyStates};
use crate::fit::{FastTargets, KnownActivities, OffsetChoice, Sweep, TargetFit, Unwatched, Watch};
use crate::genes::{Gene, Genes};
use crate::loci::Loci;
use crate::prior::Prior;
use crate::trajectory::Offsets;

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
    loci: Option<&'a Loci>,
    half_lives: Option<&'a [Option<f64>]>,
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
            loci: None,
            half_lives: None,
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

    /// The same with positions of genes on their chromosomes: a target's neighbours have no part in the
    /// activities that explain it, and have no part in its null. Without them positions are taken from
    /// systematic names where the data bear them out ([`Loci::from_names`]), for the null only.
    #[doc(hidden)]
    #[must_use]
    pub fn with_loci(self, loci: &'a Loci) -> Self {
        let loci = Some(loci);
        Self { loci, ..self }
    }

    /// The same with measured half-lives of the genes, in the unit of time of the data: none where they are
    /// not known. They say how fast a gene forgets, and, where they are far from the sampling interval,
    /// whether it is fast.
    ///
    /// # Panics   when it runs, if there is not one entry per gene (a bug in the caller).
    #[doc(hidden)]
    #[must_use]
    pub fn with_half_lives(self, half_lives: &'a [Option<f64>]) -> Self {
        let half_lives = Some(half_lives);
        Self { half_lives, ..self }
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
        folder: &ResultFolder,
    ) -> Result<(Resumed<'a>, Resumption), CheckpointError> {
        let fingerprint = Fingerprint::new(self.data, self.knowledge(), self.settings);
        let file = Checkpoint::in_folder(folder.path(), fingerprint);
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
    ///   of [`forecast`](crate::forecast).
    pub fn run(self, watch: &mut dyn Watch) -> Result<Run, InferError> {
        self.run_from(Vec::new(), watch)
    }

    /// Refuses what [`Inference::run`] would refuse before its first fit.
    ///
    /// # Errors   [`InferError`].
    /// # Cost     `O(n p log np)`.
    #[doc(hidden)]
    pub fn check(&self) -> Result<(), InferError> {
        self.checked().map(|_| ())
    }

    /// Estimated memory at the peak, in bytes, and a warning where that may be more than the machine has.
    #[doc(hidden)]
    #[must_use]
    pub fn memory(&self) -> (u64, Option<String>) {
        let need = self.memory_need();
        (need.peak, need.warning())
    }

    fn memory_need(&self) -> MemoryNeed {
        let genes = self.data.genes();
        let regulators = self.prior.regulators().map_or(genes.len(), |r| r.len());
        let (nonlinear, refit) = (self.settings.fit.nonlinear, self.settings.refit.is_some());
        MemoryNeed::new(genes.len(), regulators, nonlinear, refit)
    }

    fn checked(&self) -> Result<Checked, InferError> {
        self.settings.check()?;
        self.memory_need().check()?;
        let (data, prior) = (self.data, &*self.prior);
        KnownTruth::check(self.known, prior, data.genes())?;
        let ScaleChoice { scale, .. } = self.settings.scale(data)?;
        let (expression, steady_states) = on_scale(data, scale)?;
        let regulators = regulators(prior, expression.genes());
        check_rankable(&expression, steady_states.as_ref(), &regulators)?;
        Ok(Checked {
            scale,
            expression,
            steady_states,
            regulators,
        })
    }

    /// What is known besides the data, as far as the fits depend on it.
    fn knowledge(&self) -> Knowledge<'_> {
        Knowledge {
            prior: &self.prior,
            loci: self.loci,
            half_lives: self.half_lives,
        }
    }

    fn run_from(self, finished: Vec<TargetFit>, watch: &mut dyn Watch) -> Result<Run, InferError> {
        let start = Instant::now();
        let (data, settings, prior) = (self.data, self.settings, &*self.prior);
        let Checked {
            scale,
            expression,
            steady_states,
            regulators,
        } = self.checked()?;
        let choice = settings.offset_choice(data, &expression);
        let conditions = settings.conditions(choice.as_ref());
        let scaled = ScaledData {
            data,
            expression: &expression,
            steady_states: steady_states.as_ref(),
            conditions: &conditions,
            half_lives: self.half_lives,
        };
        let tables = FitRows::new(scaled, settings, &regulators)?;
        let (rows, levels) = (&tables.rows, tables.levels());
        let activities = levels.and_then(|rows| activities(settings, prior, rows));
        let used = activities.as_ref().filter(|found| found.list_follows());
        let given = self.loci.map(|loci| loci.of(expression.genes()));
        let known = used.map(|found| KnownActivities::new(found, prior, given.as_ref()));
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
        let loci = given.clone().or_else(|| tables.loci_by_name());
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
            loci: loci.as_ref(),
        };
        let mut run = fitted.finish()?;
        run.record.loci = loci.map(|loci| LociRecord::new(&loci, self.loci.is_none()));
        if let Some(found) = &activities {
            add_activities(found, data, &mut run);
        }
        if let Some(choice) = choice {
            run.record.offset_candidates = candidates(&choice);
        }
        run.record.seconds = start.elapsed().as_secs_f64();
        Ok(run)
    }
}

/// Data on the scale of the model, in which something can be ranked.
struct Checked {
    scale: Scale,
    expression: Expression,
    steady_states: Option<SteadyStates>,
    regulators: Vec<Gene>,
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
