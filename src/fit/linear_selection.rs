//! Stability selection by the linear part alone, without a model: the selection frequencies of a
//! lasso over half-samples (see `stability`), as other programs rank edges by.

use crate::genes::Gene;
use crate::penalty::{Penalty, with_penalty};

use super::moments::{Integrated, RowMoments, Standardised};
use super::stability::{Tally, TargetGroup, tallies};
use super::sweep::{Sweep, block_size, known_groups};
use super::target::Choice;

/// What half-samples selected for one target.
#[derive(Clone, Debug)]
pub struct TargetSelection {
    /// The target.
    pub target: Gene,
    /// The selections, summed.
    pub tally: Tally,
    /// Correlation of every regulator with the increments of all rows, the unpenalised covariates
    /// and the own decay projected out; 0 where it cannot be told from them.
    pub correlation: Vec<f64>,
}

impl Sweep<'_> {
    /// Selections of every target by linear fits on half-samples: the part of [`Sweep::run`] that a
    /// plain lasso has, for comparison. No `λ` is chosen and no model fitted.
    ///
    /// Of the settings, pairs, path, penalty and tolerance are used, the rest is not.
    ///
    /// # Cost   as the half-samples of [`Sweep::run`].
    #[must_use]
    pub fn selections(&self) -> Vec<TargetSelection> {
        let (segments, settings, prior) = (self.segments, self.settings, self.prior);
        let data = Integrated::new(segments, self.regulators);
        let path = settings.replicate_path();
        let stop = settings.stop();
        let rows: Vec<usize> = (0..segments.len()).collect();
        let genes: Vec<Gene> = segments.genes().iter().collect();
        let mut selections = with_penalty!(settings.penalty, penalty => {
            let choice = Choice { data: &data, prior, penalty, path: &path, stop, nonlinear: false };
            let blocks = genes.chunks(block_size(self.regulators.len()));
            blocks
                .flat_map(|block| known_groups(segments, &rows, block))
                .flat_map(|(rows, targets)| self.select_group(&choice, &rows, &targets))
                .collect::<Vec<_>>()
        });
        selections.sort_by_key(|selection| selection.target);
        selections
    }

    fn select_group<P: Penalty>(
        &self,
        choice: &Choice<'_, P>,
        rows: &[usize],
        targets: &[Gene],
    ) -> Vec<TargetSelection> {
        let group = TargetGroup {
            targets,
            nonlinear: &vec![false; targets.len()],
            known: rows,
        };
        let tallies = tallies(choice, &group, self.settings.pairs, self.seed);
        let moments = RowMoments::new(choice.data, rows, targets);
        let mut standard = Standardised::default();
        let parts = targets.iter().zip(tallies).enumerate();
        parts
            .map(|(t, (&target, tally))| {
                let own = choice.decays();
                moments.problem_into(t, choice.data.regulators, choice.prior, own, &mut standard);
                TargetSelection {
                    target,
                    tally,
                    correlation: standard.problem().linear.to_vec(),
                }
            })
            .collect()
    }
}
