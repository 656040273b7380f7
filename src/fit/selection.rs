//! Stability selection by the skeleton alone, without a model.

use crate::genes::Gene;
use crate::penalty::{Penalty, with_penalty};

use super::moments::{Integrated, Moments, Standardised};
use super::quadratic::Stop;
use super::stability::{Group, Tally, tallies};
use super::sweep::{Sweep, block_size, known_groups};
use super::target::Choice;

/// What half-samples selected for one target.
#[derive(Clone, Debug)]
pub struct Selection {
    /// The target.
    pub target: Gene,
    /// The selections, summed.
    pub tally: Tally,
    /// Correlation of every regulator with the increments of all rows, the unpenalised influences
    /// and the own decay projected out; 0 where it cannot be told from them.
    pub correlation: Vec<f64>,
}

impl Sweep<'_> {
    /// Selections of every target by linear fits on half-samples: the part of [`Sweep::run`] that a
    /// plain lasso has, for comparison. No strength is chosen and no model fitted.
    ///
    /// Of the settings, pairs, path, penalty and tolerance are used, the rest is not.
    ///
    /// # Cost   as the half-samples of [`Sweep::run`].
    #[must_use]
    pub fn selections(&self) -> Vec<Selection> {
        let (segments, settings, prior) = (self.segments, self.settings, self.prior);
        let data = Integrated::new(segments, self.regulators);
        let path = settings.replicate_path();
        let stop = Stop {
            violation: settings.tolerance,
            sweeps: settings.sweeps,
        };
        let rows: Vec<usize> = (0..segments.len()).collect();
        let genes: Vec<Gene> = segments.genes().iter().collect();
        let mut selections = with_penalty!(settings.penalty, penalty => {
            let choice = Choice { data: &data, prior, penalty, path: &path, stop, bends: false };
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
    ) -> Vec<Selection> {
        let group = Group {
            targets,
            bent: &vec![false; targets.len()],
            known: rows,
        };
        let tallies = tallies(choice, &group, self.settings.pairs, self.seed);
        let moments = Moments::new(choice.data, rows, targets);
        let mut standard = Standardised::default();
        let parts = targets.iter().zip(tallies).enumerate();
        parts
            .map(|(t, (&target, tally))| {
                moments.problem_into(t, choice.data.regulators, choice.prior, true, &mut standard);
                Selection {
                    target,
                    tally,
                    correlation: standard.problem().linear.to_vec(),
                }
            })
            .collect()
    }
}
