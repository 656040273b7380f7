//! Evidence of targets when other courses replace those of all regulators: the comparison of null models.
//!
//! Slow targets are fitted on half-samples along the same path as in the network (`stability`), fast ones by the
//! same ridge regression (`dense`); nothing is chosen, no model is kept. The target itself, its decay and
//! the covariates are those of the data.

use faer::{Mat, MatRef};
use rayon::prelude::*;

use crate::genes::Gene;
use crate::penalty::{Penalty, with_penalty};
use crate::prior::Prior;

use super::dense::{DenseFit, dense_fits};
use super::moments::{Integrated, RowMoments, Standardised};
use super::quadratic::DescentPoint;
use super::stability::Tally;
use super::subsample::complementary_halves;
use super::sweep::{Sweep, by_regime, known_groups};
use super::target::Choice;

/// Weight and correlation of every regulator's substitute for one target, as evidence is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct SubstituteFit {
    /// The target.
    pub target: Gene,
    /// Size of the mean weight over half-samples and `λ`, or of the ridge weight.
    pub weights: Vec<f64>,
    /// Correlation with increments or levels; 0 where the pair is not a candidate.
    pub correlations: Vec<f64>,
}

impl Sweep<'_> {
    /// Fits some targets with other courses of the regulators.
    ///
    /// * `courses`: levels `m × q` in all samples, series before steady states
    /// * `pairs`: complementary pairs of half-samples of slow targets
    ///
    /// # Cost   as the half-samples of [`Sweep::run`], for these targets and pairs.
    #[must_use]
    pub fn with_other_courses(
        &self,
        targets: &[Gene],
        courses: MatRef<'_, f64>,
        pairs: usize,
    ) -> Vec<SubstituteFit> {
        let [slow, fast] = by_regime(self.fast, targets);
        let mut fits = with_penalty!(
            self.settings.penalty,
            penalty => self.slow_substitutes(&slow, courses, pairs, penalty)
        );
        fits.extend(self.fast_substitutes(&fast, courses));
        fits
    }

    fn fast_substitutes(&self, targets: &[Gene], courses: MatRef<'_, f64>) -> Vec<SubstituteFit> {
        let Some(fast) = self.fast else {
            return Vec::new();
        };
        let data = Integrated::new(fast.rows, self.regulators);
        let columns = (0..courses.ncols()).map(|j| (j, column(courses, j)));
        let columns: Vec<(usize, &[f64])> = columns.collect();
        let all: Vec<usize> = (0..fast.rows.len()).collect();
        let flat = Prior::default();
        let mut fits = Vec::with_capacity(targets.len());
        for (rows, targets) in known_groups(fast.rows, &all, targets) {
            let moments = RowMoments::with_columns(&data, &rows, &targets, &columns);
            let ridge = fast.regimes.ridge;
            let found = dense_fits(&moments, &targets, self.regulators, &flat, ridge);
            fits.extend(targets.iter().zip(found).map(|(&target, mut found)| {
                if let Some(known) = fast.activities {
                    known.raise(self.regulators, target, &mut found.weights);
                }
                SubstituteFit::of_dense(target, found)
            }));
        }
        fits
    }

    fn slow_substitutes<P: Penalty>(
        &self,
        targets: &[Gene],
        courses: MatRef<'_, f64>,
        pairs: usize,
        penalty: P,
    ) -> Vec<SubstituteFit> {
        if targets.is_empty() {
            return Vec::new();
        }
        let data = Integrated::new(self.segments, self.regulators);
        let nodes = courses.subrows(0, self.segments.nodes().nrows());
        let integrals = self.segments.quadrature().integrate(nodes, 0);
        let (path, flat) = (self.settings.replicate_path(), Prior::default());
        let choice = Choice {
            data: &data,
            prior: &flat,
            penalty,
            path: &path,
            stop: self.settings.stop(),
            nonlinear: false,
        };
        let all: Vec<usize> = (0..self.segments.len()).collect();
        let groups = known_groups(self.segments, &all, targets);
        let fits = groups.iter().flat_map(|(rows, targets)| {
            let group = SubstituteGroup {
                choice: &choice,
                rows,
                targets,
                integrals: &integrals,
            };
            group.fits(pairs, self)
        });
        fits.collect()
    }
}

/// A column of a matrix whose columns are contiguous.
fn column(of: MatRef<'_, f64>, j: usize) -> &[f64] {
    let column = of.col(j).try_as_col_major();
    column
        .expect("columns of a matrix are contiguous")
        .as_slice()
}

impl SubstituteFit {
    /// Takes substitutes, by number of their regulator, out of the candidates.
    pub fn leave_out(&mut self, is_out: impl Fn(usize) -> bool) {
        for j in 0..self.weights.len() {
            if is_out(j) {
                (self.weights[j], self.correlations[j]) = (0.0, 0.0);
            }
        }
    }

    fn of_dense(target: Gene, found: DenseFit) -> Self {
        Self {
            target,
            weights: found.weights.iter().map(|w| w.abs()).collect(),
            correlations: found.correlations.iter().map(|c| c.abs()).collect(),
        }
    }
}

/// Slow targets with the same known rows.
struct SubstituteGroup<'a, P> {
    choice: &'a Choice<'a, P>,
    rows: &'a [usize],
    targets: &'a [Gene],
    /// Courses of the substitutes, integrated over all rows.
    integrals: &'a Mat<f64>,
}

impl<P: Penalty> SubstituteGroup<'_, P> {
    fn moments(&self, rows: &[usize]) -> RowMoments {
        let columns: Vec<(usize, &[f64])> = (0..self.integrals.ncols())
            .map(|j| (j, self.integrals.col_as_slice(j)))
            .collect();
        RowMoments::with_columns(self.choice.data, rows, self.targets, &columns)
    }

    fn fits(&self, pairs: usize, sweep: &Sweep<'_>) -> Vec<SubstituteFit> {
        let halves: Vec<Vec<usize>> = (0..pairs as u64)
            .flat_map(|pair| complementary_halves(sweep.segments, sweep.seed, pair))
            .map(|half| {
                half.into_iter()
                    .filter(|row| self.rows.binary_search(row).is_ok())
                    .collect()
            })
            .collect();
        let cells = (halves.len() * self.choice.path.len()) as f64;
        let sizes: Vec<Vec<Vec<f64>>> = halves.par_iter().map(|rows| self.half(rows)).collect();
        let moments = self.moments(self.rows);
        let mut standard = Standardised::default();
        let fits = self.targets.iter().enumerate().map(|(t, &target)| {
            let (regulators, own) = (self.choice.data.regulators, self.choice.decays());
            moments.problem_into(t, regulators, self.choice.prior, own, &mut standard);
            let correlations = standard.correlations().iter().map(|c| c.abs()).collect();
            let mut weights = vec![0.0; regulators.len()];
            for half in &sizes {
                weights
                    .iter_mut()
                    .zip(&half[t])
                    .for_each(|(sum, size)| *sum += size / cells);
            }
            SubstituteFit {
                target,
                weights,
                correlations,
            }
        });
        fits.collect()
    }

    /// Sums of the sizes of the weights along the path on one half-sample, for every target.
    fn half(&self, rows: &[usize]) -> Vec<Vec<f64>> {
        let (regulators, own) = (self.choice.data.regulators, self.choice.decays());
        let moments = self.moments(rows);
        let (mut standard, mut point) = (Standardised::default(), DescentPoint::default());
        let sizes = (0..self.targets.len()).map(|t| {
            let mut tally = Tally::new(self.choice.path.len(), regulators.len());
            moments.problem_into(t, regulators, self.choice.prior, own, &mut standard);
            tally.add_path(self.choice, &standard, &mut point);
            tally.size
        });
        sizes.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn substitutes_that_are_left_out_explain_nothing() {
        let mut fit = SubstituteFit {
            target: Gene(0),
            weights: vec![1.0, 2.0, 3.0],
            correlations: vec![0.1, 0.2, 0.3],
        };
        fit.leave_out(|j| j == 1);
        assert_eq!(fit.weights, [1.0, 0.0, 3.0]);
        assert_eq!(fit.correlations, [0.1, 0.0, 0.3]);
    }
}
