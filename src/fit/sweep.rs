//! The loop over targets: watched while it runs, and resumed where an earlier one stopped.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::genes::Gene;
use crate::penalty::{Penalty, with_penalty};
use crate::prior::Prior;
use crate::regime::Regimes;
use crate::seed::Seed;
use crate::segments::{RowKind, Segments};

use super::dense::{KnownActivities, dense_fits, dense_fits_with_activities};
use super::fit_settings::FitSettings;
use super::held_out::folds;
use super::model::TargetModel;
use super::moments::{Integrated, RowMoments};
use super::stability::{Tally, TargetGroup, tallies};
use super::target::Choice;

/// Everything that was found about one target.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TargetFit {
    /// The target.
    pub target: Gene,
    /// What the replicates selected.
    pub tally: Tally,
    /// The model on all rows.
    pub model: TargetModel,
}

/// Whether a sweep goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Continue {
    /// It does.
    Yes,
    /// It stops, for this reason in words.
    No(String),
}

/// What watches a sweep over targets: progress, checkpoints, a wish to cancel.
pub trait Watch {
    /// Called after every block of targets, with all fits so far in the order of the genes.
    fn finished(&mut self, fits: &[TargetFit]) -> Continue;
}

/// Watches nothing: the sweep runs to its end.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unwatched;

impl Watch for Unwatched {
    fn finished(&mut self, _fits: &[TargetFit]) -> Continue {
        Continue::Yes
    }
}

/// A fit that could not be done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FitError {
    /// No rows.
    #[error("no segment is left to learn from; every series needs two samples in one condition")]
    NoRows,
    /// No regulators.
    #[error("no regulator is left; check the regulator list and the prior")]
    NoRegulators,
    /// The watch wished so.
    #[error("the fit stopped: {0}")]
    Stopped(String),
}

/// Genes that are fitted to levels instead of increments.
#[derive(Clone, Copy, Debug)]
pub struct FastTargets<'a> {
    /// Rows of levels, with the covariates of the other rows.
    pub rows: &'a Segments,
    /// Which genes are fast, and their rates.
    pub regimes: &'a Regimes,
    /// Activities of regulators in the place of their mRNA; none if nothing is known.
    pub activities: Option<&'a KnownActivities<'a>>,
}

impl FastTargets<'_> {
    /// Rate of a fast gene; none if it is slow.
    pub(super) fn rate(&self, target: Gene) -> Option<f64> {
        let regime = &self.regimes.targets[target.index()];
        regime.fast.then_some(regime.decay.rate)
    }
}

/// Parts the genes into slow and fast ones.
pub(super) fn by_regime(fast: Option<FastTargets<'_>>, genes: &[Gene]) -> [Vec<Gene>; 2] {
    let is_slow = |gene: &&Gene| fast.is_none_or(|fast| fast.rate(**gene).is_none());
    let (slow, fast): (Vec<Gene>, Vec<Gene>) = genes.iter().partition(is_slow);
    [slow, fast]
}

/// All that the fit of the targets depends on.
#[derive(Clone, Copy, Debug)]
pub struct Sweep<'a> {
    /// Rows of the weak form.
    pub segments: &'a Segments,
    /// Genes that may act; their order is that of all per-regulator results.
    pub regulators: &'a [Gene],
    /// What is known about pairs.
    pub prior: &'a Prior,
    /// Settings of the fit.
    pub settings: &'a FitSettings,
    /// Where all randomness comes from.
    pub seed: Seed,
    /// Genes that are fitted to other rows; none if all are slow.
    pub fast: Option<FastTargets<'a>>,
}

/// Pairs of half-samples of slow genes for one of fast genes. The evidence of fast genes does not rest on
/// half-samples, which took more than half of the time (yeast of Eisen: 295 s of processor, 164 s now); they give frequencies, and the model's number of
/// false edges.
const LEVEL_PAIRS: usize = 5;

/// Least number of targets that are fitted between two checkpoints.
const BLOCK: usize = 32;

/// Targets of a block: the moments of the regulators are made again for each, so blocks grow with
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

impl Sweep<'_> {
    /// Fits every target.
    ///
    /// # Errors   [`FitError`] if there is nothing to fit.
    /// # Cost     for each of `2·pairs` half-samples `n·q²` flops a block of targets, and a path for
    ///   each target.
    pub fn run(&self) -> Result<Vec<TargetFit>, FitError> {
        self.run_from(Vec::new(), &mut Unwatched)
    }

    /// Fits the targets that are left.
    ///
    /// * `finished`: fits by the same sweep, of the first genes in their order
    ///
    /// # Errors   [`FitError`] if there is nothing to fit or `watch` stops it.
    /// # Cost     as [`run`](Self::run), for the targets that are left.
    pub fn run_from(
        &self,
        mut finished: Vec<TargetFit>,
        watch: &mut dyn Watch,
    ) -> Result<Vec<TargetFit>, FitError> {
        let fast = self.fast.map_or(0, |fast| fast.regimes.fast());
        if self.segments.is_empty() && fast < self.segments.genes().len() {
            return Err(FitError::NoRows);
        }
        if self.regulators.is_empty() {
            return Err(FitError::NoRegulators);
        }
        let data = Integrated::new(self.segments, self.regulators);
        let levels = self
            .fast
            .map(|fast| Integrated::new(fast.rows, self.regulators));
        let genes: Vec<Gene> = self.segments.genes().iter().collect();
        let left = genes.get(finished.len()..).unwrap_or_default();
        for block in left.chunks(block_size(self.regulators.len())) {
            let fits = with_penalty!(
                self.settings.penalty,
                penalty => self.fit_block(&data, levels.as_ref(), block, penalty)
            );
            finished.extend(fits);
            if let Continue::No(reason) = watch.finished(&finished) {
                return Err(FitError::Stopped(reason));
            }
        }
        Ok(finished)
    }

    /// All fits of a block, targets with the same known rows together.
    fn fit_block<P: Penalty>(
        &self,
        data: &Integrated<'_>,
        levels: Option<&Integrated<'_>>,
        block: &[Gene],
        penalty: P,
    ) -> Vec<TargetFit> {
        let [slow, fast] = by_regime(self.fast, block);
        let mut fits = Vec::with_capacity(block.len());
        for (data, targets) in [(Some(data), slow), (levels, fast)] {
            let Some(data) = data else { continue };
            let all: Vec<usize> = (0..data.segments.len()).collect();
            for (rows, targets) in known_groups(data.segments, &all, &targets) {
                fits.extend(self.fit_group(data, &rows, &targets, penalty));
            }
        }
        fits.sort_by_key(|fit| fit.target);
        fits
    }

    fn fit_group<P: Penalty>(
        &self,
        data: &Integrated<'_>,
        rows: &[usize],
        targets: &[Gene],
        penalty: P,
    ) -> Vec<TargetFit> {
        let settings = self.settings;
        let (choice_path, replicate_path) = (settings.choice_path(), settings.replicate_path());
        let choice = Choice {
            data,
            prior: self.prior,
            penalty,
            path: &choice_path,
            stop: settings.stop(),
            // levels of fast genes are fitted linearly: networks predict no better there (R² .77 and .77 of the
            // levels of *B. subtilis*) and take most of the time (467 s of processor with two pairs of half-samples;
            // 220 s without networks, with ten)
            nonlinear: settings.nonlinear && data.segments.kind() == RowKind::Increments,
        };
        let full = RowMoments::new(data, rows, targets);
        let folds = folds(data, rows, targets, self.seed, settings.folds);
        let mut models: Vec<TargetModel> = targets
            .par_iter()
            .enumerate()
            .map(|(t, &target)| choice.fit(target, t, rows, &full, &folds))
            .collect();
        let nonlinear: Vec<bool> = models.iter().map(|model| model.nonlinear).collect();
        self.bring_to_rates(data, &full, rows, targets, &mut models);
        let group = TargetGroup {
            targets,
            nonlinear: &nonlinear,
            known: rows,
        };
        let replicate = Choice {
            path: &replicate_path,
            ..choice
        };
        let pairs = match data.segments.kind() {
            RowKind::Increments => settings.pairs,
            RowKind::Levels => settings.pairs.div_ceil(LEVEL_PAIRS),
        };
        let tallies = tallies(&replicate, &group, pairs, self.seed);
        let parts = targets.iter().zip(tallies).zip(models);
        parts
            .map(|((&target, tally), model)| TargetFit {
                target,
                tally,
                model,
            })
            .collect()
    }

    /// Fast genes get their dense weights, and their models the unit of time.
    fn bring_to_rates(
        &self,
        data: &Integrated<'_>,
        moments: &RowMoments,
        rows: &[usize],
        targets: &[Gene],
        models: &mut [TargetModel],
    ) {
        let Some(fast) = self.fast.filter(|fast| fast.rate(targets[0]).is_some()) else {
            return;
        };
        let ridge = fast.regimes.ridge;
        let dense = match fast.activities {
            None => dense_fits(moments, targets, self.regulators, self.prior, ridge),
            Some(known) => {
                dense_fits_with_activities(data, rows, targets, self.prior, known, ridge)
            }
        };
        for ((&target, model), found) in targets.iter().zip(models).zip(dense) {
            model.dense = found.weights;
            model.correlation = found.correlations;
            model.at_rate(fast.rate(target).unwrap_or(1.0));
        }
    }
}
