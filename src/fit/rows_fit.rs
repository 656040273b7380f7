//! The same models again on some of the rows, for forecasts of what is left out.
//!
//! Each target keeps its ratio `λ/λ_max` and its form (linear or nonlinear) from the fit on all rows;
//! the weights are those of the minimum on the given rows.

use rayon::prelude::*;

use crate::field::Component;
use crate::genes::Gene;
use crate::penalty::{Penalty, with_penalty};
use crate::prior::Prior;
use crate::segments::Segments;

use super::fit_settings::FitSettings;
use super::moments::{Integrated, RowMoments};
use super::sweep::{TargetFit, block_size, known_groups};
use super::target::{Choice, TargetSample};

/// A fit on all rows, to be repeated on some of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WholeFit<'a> {
    /// All rows.
    pub(crate) segments: &'a Segments,
    /// Genes that may act, in the order of the fit.
    pub(crate) regulators: &'a [Gene],
    /// The prior of the fit.
    pub(crate) prior: &'a Prior,
    /// The settings of the fit.
    pub(crate) settings: &'a FitSettings,
    /// What [`super::fit`] gave on these rows: one fit per gene, in their order.
    pub(crate) fits: &'a [TargetFit],
}

/// One target fitted on some of the rows.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RowsFit {
    /// The target.
    pub(crate) target: Gene,
    /// The linear part: one wide unit.
    pub(crate) linear: Component,
    /// The model: networks where the fit on all rows chose them, the linear part elsewhere.
    pub(crate) model: Component,
}

impl WholeFit<'_> {
    /// Fits every target on `rows`, each at the share of `λ_max` that was chosen for it, with networks
    /// where they were chosen. Nothing is chosen again, and no half-sample is drawn.
    ///
    /// # Panics   if there is not one fit per gene (a bug in the caller).
    /// # Cost     `n·q²` flops per block of targets, and one path per target.
    #[must_use]
    pub(crate) fn on_rows(&self, rows: &[usize]) -> Vec<RowsFit> {
        let genes: Vec<Gene> = self.segments.genes().iter().collect();
        assert_eq!(self.fits.len(), genes.len(), "one fit per gene");
        let data = Integrated::new(self.segments, self.regulators);
        let path = self.settings.choice_path();
        let mut out = with_penalty!(self.settings.penalty, penalty => {
            let choice = Choice {
                data: &data,
                prior: self.prior,
                penalty,
                path: &path,
                stop: self.settings.stop(),
                nonlinear: false,
            };
            let blocks = genes.chunks(block_size(self.regulators.len()));
            let groups = blocks.flat_map(|block| known_groups(self.segments, rows, block));
            groups
                .flat_map(|(known, targets)| self.group_on_rows(&choice, &known, &targets))
                .collect::<Vec<_>>()
        });
        out.sort_by_key(|fit| fit.target);
        out
    }

    /// The targets of a group, whose increments are known in `rows`.
    fn group_on_rows<P: Penalty>(
        &self,
        choice: &Choice<'_, P>,
        rows: &[usize],
        targets: &[Gene],
    ) -> Vec<RowsFit> {
        let moments = RowMoments::new(choice.data, rows, targets);
        let numbered = targets.par_iter().enumerate();
        numbered
            .map(|(t, &target)| {
                let model = &self.fits[target.index()].model;
                let sample = TargetSample {
                    target,
                    t,
                    rows,
                    moments: &moments,
                    level: nearest_level(choice.path, model.lambda_ratio),
                    own: true,
                };
                let (linear, model) = choice.at_known_lambda(&sample, model.nonlinear);
                RowsFit {
                    target,
                    linear,
                    model,
                }
            })
            .collect()
    }
}

/// Position of `λ/λ_max` on the path that it was chosen from.
fn nearest_level(path: &[f64], lambda_ratio: f64) -> usize {
    let levels = path.iter().enumerate().min_by(|(_, a), (_, b)| {
        let (a, b) = ((*a - lambda_ratio).abs(), (*b - lambda_ratio).abs());
        a.total_cmp(&b)
    });
    levels.map_or(0, |(level, _)| level)
}
