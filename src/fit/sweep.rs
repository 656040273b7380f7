//! The long loop over targets, as a solver of argmin's: observed, checkpointed, resumable.

use argmin::core::checkpointing::Checkpoint;
use argmin::core::observers::{Observe, ObserverMode};
use argmin::core::{
    Error, Executor, IterState, KV, Problem, Solver, State, TerminationReason, TerminationStatus,
};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::genes::Gene;
use crate::penalty::{Penalty, with_penalty};
use crate::prior::Prior;
use crate::segments::Segments;

use super::fit_settings::FitSettings;
use super::held_out::folds;
use super::moments::{Integrated, RowMoments};
use super::quadratic::DescentStop;
use super::stability::{Tally, TargetGroup, tallies};
use super::target::{Choice, TargetModel};

/// Everything that was found about one target.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TargetFit {
    /// The target.
    pub target: Gene,
    /// What the replicates selected.
    pub tally: Tally,
    /// The model on all rows.
    pub model: TargetModel,
}

/// Number of targets that are finished, as argmin's parameter.
pub type SweepState = IterState<usize, (), (), (), (), f64>;

/// The loop over blocks of targets; holds what is finished, which is what a checkpoint keeps.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sweep {
    /// Fits of the finished targets, in the order of the genes.
    pub finished: Vec<TargetFit>,
}

/// Who watches a fit, and where it keeps what is finished.
#[derive(Default)]
pub struct Watch {
    /// Called after every block of targets.
    pub observer: Option<Box<dyn Observe<SweepState>>>,
    /// Saves after blocks, loads at the start.
    pub checkpoint: Option<Box<dyn Checkpoint<Sweep, SweepState>>>,
}

/// A fit that could not be done.
#[derive(Debug, thiserror::Error)]
pub enum FitError {
    /// No rows.
    #[error("no segment is left to learn from; every series needs two samples in one condition")]
    NoRows,
    /// No regulators.
    #[error("no regulator is left; check the regulator list and the prior")]
    NoRegulators,
    /// The checkpoint or the observer failed.
    #[error("the fit stopped: {0}")]
    Stopped(String),
}

/// The data of a sweep, as argmin's problem.
struct Task<'a> {
    data: Integrated<'a>,
    prior: &'a Prior,
    settings: &'a FitSettings,
}

/// Least number of targets that are fitted between two checkpoints.
const BLOCK: usize = 32;

/// Targets of a block: the moments of the regulators are made anew for each, so blocks grow with
/// them and the targets' own work stays the larger part.
pub(super) fn block_size(regulators: usize) -> usize {
    BLOCK.max(regulators / 4)
}

/// Targets with the same known rows among `rows`, together with these.
pub(super) fn known_groups(
    segments: &Segments,
    rows: &[usize],
    targets: &[Gene],
) -> Vec<(Vec<usize>, Vec<Gene>)> {
    let mut groups: Vec<(Vec<usize>, Vec<Gene>)> = Vec::new();
    for &target in targets {
        let known = segments.known(rows, target);
        match groups.iter_mut().find(|(rows, _)| *rows == known) {
            Some((_, targets)) => targets.push(target),
            None => groups.push((known, vec![target])),
        }
    }
    groups
}

/// Fits every target of `segments`.
///
/// * `regulators`: genes that may act; the order is that of all per-regulator results
///
/// # Errors   [`FitError`] if there is nothing to fit or the checkpoint cannot be kept.
/// # Cost     for each of `2·pairs` half-samples `n·q²` flops a block of targets, and a path for
///   each target.
pub fn fit(
    segments: &Segments,
    regulators: &[Gene],
    prior: &Prior,
    settings: &FitSettings,
    watch: Watch,
) -> Result<Vec<TargetFit>, FitError> {
    if segments.is_empty() {
        return Err(FitError::NoRows);
    }
    if regulators.is_empty() {
        return Err(FitError::NoRegulators);
    }
    let task = Task {
        data: Integrated::new(segments, regulators),
        prior,
        settings,
    };
    let start = |state: SweepState| state.param(0);
    let mut executor = Executor::new(task, Sweep::default())
        .configure(start)
        .timer(false);
    if let Some(observer) = watch.observer {
        executor = executor.add_observer(Boxed(observer), ObserverMode::Always);
    }
    if let Some(checkpoint) = watch.checkpoint {
        executor = executor.checkpointing(BoxedCheckpoint(checkpoint));
    }
    let stopped = |error: Error| FitError::Stopped(error.to_string());
    Ok(executor.run().map_err(stopped)?.solver.finished)
}

impl Solver<Task<'_>, SweepState> for Sweep {
    fn name(&self) -> &str {
        "targets"
    }

    fn next_iter(
        &mut self,
        problem: &mut Problem<Task<'_>>,
        state: SweepState,
    ) -> Result<(SweepState, Option<KV>), Error> {
        let task = problem
            .problem
            .as_ref()
            .ok_or_else(|| Error::msg("no data"))?;
        let genes = task.data.segments.genes();
        let first = self.finished.len();
        let block: Vec<Gene> = genes
            .iter()
            .skip(first)
            .take(block_size(task.data.regulators.len()))
            .collect();
        let fits = with_penalty!(task.settings.penalty, penalty => task.fit_block(&block, penalty));
        self.finished.extend(fits);
        let finished = self.finished.len();
        let left = genes.len() - finished;
        let state = state.param(finished).cost(left as f64);
        let done = TerminationReason::SolverConverged;
        Ok((
            if left == 0 {
                state.terminate_with(done)
            } else {
                state
            },
            None,
        ))
    }

    fn terminate(&mut self, state: &SweepState) -> TerminationStatus {
        state.get_termination_status().clone()
    }
}

impl Task<'_> {
    /// All fits of a block, targets with the same known rows together.
    fn fit_block<P: Penalty>(&self, block: &[Gene], penalty: P) -> Vec<TargetFit> {
        let all: Vec<usize> = (0..self.data.segments.len()).collect();
        let groups = known_groups(self.data.segments, &all, block);
        let fit =
            |(rows, targets): &(Vec<usize>, Vec<Gene>)| self.fit_group(rows, targets, penalty);
        let mut fits: Vec<TargetFit> = groups.iter().flat_map(fit).collect();
        fits.sort_by_key(|fit| fit.target);
        fits
    }

    fn fit_group<P: Penalty>(&self, rows: &[usize], targets: &[Gene], p: P) -> Vec<TargetFit> {
        let settings = self.settings;
        let (choice_path, replicate_path) = (settings.choice_path(), settings.replicate_path());
        let choice = Choice {
            data: &self.data,
            prior: self.prior,
            penalty: p,
            path: &choice_path,
            stop: DescentStop {
                violation: settings.tolerance,
                sweeps: settings.sweeps,
            },
            nonlinear: settings.nonlinear,
        };
        let full = RowMoments::new(&self.data, rows, targets);
        let folds = folds(&self.data, rows, targets, settings.seed, settings.folds);
        let model = |(t, &target): (usize, &Gene)| choice.fit(target, t, rows, &full, &folds);
        let models: Vec<TargetModel> = targets.par_iter().enumerate().map(model).collect();
        let nonlinear: Vec<bool> = models.iter().map(|model| model.nonlinear).collect();
        let group = TargetGroup {
            targets,
            nonlinear: &nonlinear,
            known: rows,
        };
        let replicate = Choice {
            path: &replicate_path,
            ..choice
        };
        let tallies = tallies(&replicate, &group, settings.pairs, settings.seed);
        let parts = targets.iter().zip(tallies).zip(models);
        parts
            .map(|((&target, tally), model)| TargetFit {
                target,
                tally,
                model,
            })
            .collect()
    }
}

struct Boxed(Box<dyn Observe<SweepState>>);

impl Observe<SweepState> for Boxed {
    fn observe_init(&mut self, name: &str, state: &SweepState, kv: &KV) -> Result<(), Error> {
        self.0.observe_init(name, state, kv)
    }

    fn observe_iter(&mut self, state: &SweepState, kv: &KV) -> Result<(), Error> {
        self.0.observe_iter(state, kv)
    }

    fn observe_final(&mut self, state: &SweepState) -> Result<(), Error> {
        self.0.observe_final(state)
    }
}

struct BoxedCheckpoint(Box<dyn Checkpoint<Sweep, SweepState>>);

impl Checkpoint<Sweep, SweepState> for BoxedCheckpoint {
    fn save(&self, solver: &Sweep, state: &SweepState) -> Result<(), Error> {
        self.0.save(solver, state)
    }

    fn save_cond(&self, solver: &Sweep, state: &SweepState, iter: u64) -> Result<(), Error> {
        self.0.save_cond(solver, state, iter)
    }

    fn load(&self) -> Result<Option<(Sweep, SweepState)>, Error> {
        self.0.load()
    }

    fn frequency(&self) -> argmin::core::checkpointing::CheckpointingFrequency {
        self.0.frequency()
    }
}
