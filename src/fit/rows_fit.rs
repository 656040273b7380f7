//! The same models again on some of the rows, for forecasts of what is left out.
//!
//! Each target keeps its ratio `λ/λ_max` and its form (linear or nonlinear) from the fit on all rows;
//! the weights are those of the minimum on the given rows.

use rayon::prelude::*;

use crate::field::Component;
use crate::genes::Gene;
use crate::penalty::{Penalty, with_penalty};
use crate::prior::Prior;
use crate::segments::{RowSpan, Segments};

use super::fit_settings::FitSettings;
use super::moments::{Integrated, RowMoments};
use super::sweep::{FastTargets, TargetFit, block_size, by_regime, known_groups};
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
    /// Genes that were fitted to other rows.
    pub(crate) fast: Option<FastTargets<'a>>,
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
    /// Fits every target on the rows that are kept, each at the share of `λ_max` that was chosen for it, with networks
    /// where they were chosen. Nothing is chosen again, and no half-sample is drawn.
    ///
    /// # Panics   if there is not one fit per gene (a bug in the caller).
    /// # Cost     `n·q²` flops per block of targets, and one path per target.
    #[must_use]
    pub(crate) fn on_rows(&self, kept: impl Fn(RowSpan) -> bool) -> Vec<RowsFit> {
        let genes: Vec<Gene> = self.segments.genes().iter().collect();
        assert_eq!(self.fits.len(), genes.len(), "one fit per gene");
        let [slow, fast] = by_regime(self.fast, &genes);
        let mut out = self.on_table(self.segments, &slow, &kept);
        if let Some(levels) = self.fast {
            let mut fits = self.on_table(levels.rows, &fast, &kept);
            for fit in &mut fits {
                let rate = levels.rate(fit.target).unwrap_or(1.0);
                fit.linear = fit.linear.at_rate(rate);
                fit.model = fit.model.at_rate(rate);
            }
            out.extend(fits);
        }
        out.sort_by_key(|fit| fit.target);
        out
    }

    /// Some targets on the rows of a table that are kept.
    fn on_table(
        &self,
        segments: &Segments,
        targets: &[Gene],
        kept: &impl Fn(RowSpan) -> bool,
    ) -> Vec<RowsFit> {
        let spans = segments.spans().iter().enumerate();
        let rows: Vec<usize> = spans
            .filter(|(_, span)| kept(**span))
            .map(|(row, _)| row)
            .collect();
        let data = Integrated::new(segments, self.regulators);
        let path = self.settings.choice_path();
        with_penalty!(self.settings.penalty, penalty => {
            let choice = Choice {
                data: &data,
                prior: self.prior,
                penalty,
                path: &path,
                stop: self.settings.stop(),
                nonlinear: false,
            };
            let blocks = targets.chunks(block_size(self.regulators.len()));
            let groups = blocks.flat_map(|block| known_groups(segments, &rows, block));
            groups
                .flat_map(|(known, targets)| self.group_on_rows(&choice, &known, &targets))
                .collect::<Vec<_>>()
        })
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
                    own: choice.decays(),
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
