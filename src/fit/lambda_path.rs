//! The linear part's weights along the path of `λ`.

use crate::penalty::Penalty;

use super::moments::Standardised;
use super::quadratic::Point;
use super::target::{Choice, TargetSample};
use super::target_model::RegularisationPath;

impl<P: Penalty> Choice<'_, P> {
    /// The whole path on the rows of `sample`, whatever its level.
    ///
    /// # Cost   one descent per `λ`, each from where the one before ended.
    pub(crate) fn regularisation_path(&self, sample: &TargetSample<'_>) -> RegularisationPath {
        let (mut standard, mut point) = (Standardised::default(), Point::default());
        let regulators = self.data.regulators;
        sample
            .moments
            .problem_into(sample.t, regulators, self.prior, sample.own, &mut standard);
        let problem = standard.problem();
        let lambda_max = problem.lambda_max(self.penalty);
        point.reset(&problem);
        let stop = self.stop_at(lambda_max);
        let mut weights = vec![Vec::new(); regulators.len()];
        for (level, share) in self.path.iter().enumerate().filter(|_| lambda_max > 0.0) {
            point.descend(&problem, self.penalty, share * lambda_max, stop);
            for (j, &v) in point.v.iter().enumerate().filter(|(_, v)| **v != 0.0) {
                weights[j].resize(self.path.len(), 0.0);
                weights[j][level] = v;
            }
        }
        let came_in = weights.into_iter().enumerate();
        RegularisationPath {
            lambda_ratios: self.path.to_vec(),
            weights: came_in.filter(|(_, path)| !path.is_empty()).collect(),
        }
    }
}
