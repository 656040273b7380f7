//! The same models again on some of the rows.

use rayon::prelude::*;

use crate::field::Component;
use crate::genes::Gene;
use crate::penalty::{Penalty, with_penalty};
use crate::prior::Prior;
use crate::segments::Segments;

use super::fit_settings::FitSettings;
use super::moments::{Integrated, RowMoments};
use super::quadratic::DescentStop;
use super::sweep::{TargetFit, block_size, known_groups};
use super::target::{Choice, TargetSample};

/// One target fitted on some of the rows.
#[derive(Clone, Debug, PartialEq)]
pub struct RowsFit {
    /// The target.
    pub target: Gene,
    /// The linear part: one wide unit.
    pub linear: Component,
    /// The model: networks where the fit on all rows chose them, the linear part elsewhere.
    pub model: Component,
}

/// Fits every target on `rows` as `fits` were: each at the share of `λ_max` that
/// was chosen for it, with networks where they were chosen. Nothing is chosen anew, and no
/// half-sample is drawn.
///
/// * `fits`: one for each gene, in their order, of [`super::fit`] on the same segments
///
/// # Panics   if there is not one fit a gene (a bug in the caller).
/// # Cost     `n·q²` flops a block of targets, and one path a target.
#[must_use]
pub fn fit_rows(
    segments: &Segments,
    regulators: &[Gene],
    prior: &Prior,
    settings: &FitSettings,
    (fits, rows): (&[TargetFit], &[usize]),
) -> Vec<RowsFit> {
    assert_eq!(fits.len(), segments.genes().len(), "one fit a gene");
    let data = Integrated::new(segments, regulators);
    let path = settings.choice_path();
    let stop = DescentStop {
        violation: settings.tolerance,
        sweeps: settings.sweeps,
    };
    let genes: Vec<Gene> = segments.genes().iter().collect();
    let mut out = with_penalty!(settings.penalty, penalty => {
        let choice = Choice { data: &data, prior, penalty, path: &path, stop, nonlinear: false };
        let blocks = genes.chunks(block_size(regulators.len()));
        let groups = blocks.flat_map(|block| known_groups(segments, rows, block));
        groups
            .flat_map(|(known, targets)| of_group(&choice, fits, &known, &targets))
            .collect::<Vec<_>>()
    });
    out.sort_by_key(|fit| fit.target);
    out
}

fn of_group<P: Penalty>(
    choice: &Choice<'_, P>,
    fits: &[TargetFit],
    rows: &[usize],
    targets: &[Gene],
) -> Vec<RowsFit> {
    let moments = RowMoments::new(choice.data, rows, targets);
    let one = |(t, &target): (usize, &Gene)| {
        let model = &fits[target.index()].model;
        let at = TargetSample {
            target,
            t,
            rows,
            moments: &moments,
            level: level(choice.path, model.lambda_ratio),
            own: true,
        };
        let (linear, model) = choice.at_known_lambda(&at, model.nonlinear);
        RowsFit {
            target,
            linear,
            model,
        }
    };
    targets.par_iter().enumerate().map(one).collect()
}

/// The place of a share on the path that it was chosen from.
fn level(path: &[f64], share: f64) -> usize {
    let distance = |level: &usize| (path[*level] - share).abs();
    let levels = 0..path.len();
    levels
        .min_by(|a, b| distance(a).total_cmp(&distance(b)))
        .unwrap_or(0)
}
