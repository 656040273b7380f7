//! What edges look like that cannot be true: the null models of `network::nulls`, run on the data.

use faer::Mat;
use rand::seq::SliceRandom;

use crate::fit::{SubstituteFit, Sweep, TargetFit};
use crate::genes::Gene;
use crate::loci::Loci;
use crate::network::expected_by_null;
use crate::network::nulls::{SampleOrder, at_least, knockoffs, matched_genes, surrogate};
use crate::seed::{Purpose, Seed};
use crate::trajectory::AllSamples;

/// Targets that are fitted again, at most.
const MOST_TARGETS: usize = 500;

/// Draws of the surrogates, each for a part of the targets.
const DRAWS: usize = 5;

/// Pairs of half-samples of slow targets: the mean weight of a null needs fewer than its frequency.
const PAIRS: usize = 5;

/// Expected number of false edges at every rank, the larger of the nulls'.
pub(super) struct NullModels<'a> {
    pub(super) samples: &'a AllSamples,
    pub(super) sweep: &'a Sweep<'a>,
    pub(super) fits: &'a [TargetFit],
    pub(super) seed: Seed,
    /// Where the genes are, if that is known.
    pub(super) loci: Option<&'a Loci>,
}

impl NullModels<'_> {
    /// # Cost   two further sweeps over at most 500 targets with a tenth of the half-samples.
    pub(super) fn expected_false(&self) -> Vec<f64> {
        let mut expected = self.compared(&self.surrogates());
        let other = match matched_genes(
            self.samples.levels.as_ref(),
            &self.order(),
            self.regulators(),
        ) {
            Some(matched) => self.compared(&self.matched(&matched)),
            None => self.compared(&self.knockoffs()),
        };
        at_least(&mut expected, &other);
        expected
    }

    fn compared(&self, nulls: &[SubstituteFit]) -> Vec<f64> {
        expected_by_null(self.fits, self.regulators(), nulls)
    }

    fn regulators(&self) -> &[Gene] {
        self.sweep.regulators
    }

    fn order(&self) -> SampleOrder {
        let samples = self.samples;
        SampleOrder {
            series: samples
                .series()
                .into_iter()
                .map(Iterator::collect)
                .collect(),
            singles: (samples.in_series..samples.levels.nrows()).collect(),
        }
    }

    /// At most 500 random genes, none of those that are left out.
    fn targets(&self, left_out: &[Gene]) -> Vec<Gene> {
        let fits = self.fits.iter().map(|fit| fit.target);
        let mut targets: Vec<Gene> = fits.filter(|gene| !left_out.contains(gene)).collect();
        targets.shuffle(&mut self.seed.stream(Purpose::NullTargets, 0));
        targets.truncate(MOST_TARGETS);
        targets.sort_unstable();
        targets
    }

    fn surrogates(&self) -> Vec<SubstituteFit> {
        let (targets, order) = (self.targets(&[]), self.order());
        let levels = self.levels(self.regulators());
        let parts = targets
            .chunks(targets.len().div_ceil(DRAWS).max(1))
            .enumerate();
        let fits = parts.flat_map(|(draw, targets)| {
            let courses = surrogate(levels.as_ref(), &order, self.seed, draw as u64);
            self.sweep
                .with_other_courses(targets, courses.as_ref(), PAIRS)
        });
        fits.collect()
    }

    fn matched(&self, genes: &[Gene]) -> Vec<SubstituteFit> {
        let targets = self.targets(genes);
        let levels = self.levels(genes);
        let mut fits = self
            .sweep
            .with_other_courses(&targets, levels.as_ref(), PAIRS);
        if let Some(loci) = self.loci {
            for fit in &mut fits {
                let target = fit.target;
                fit.leave_out(|j| loci.are_neighbours(genes[j], target));
            }
        }
        fits
    }

    fn knockoffs(&self) -> Vec<SubstituteFit> {
        let courses = knockoffs(self.levels(self.regulators()).as_ref(), self.seed, 0);
        self.sweep
            .with_other_courses(&self.targets(&[]), courses.as_ref(), PAIRS)
    }

    /// Levels of some genes in all samples.
    fn levels(&self, genes: &[Gene]) -> Mat<f64> {
        let levels = &self.samples.levels;
        Mat::from_fn(levels.nrows(), genes.len(), |i, j| {
            levels[(i, genes[j].index())]
        })
    }
}
