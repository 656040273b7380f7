//! Context likelihood of relatedness: how far a score stands out among those of its target and
//! among those of its regulator.

use faer::Mat;

use cistron::numeric::{mean, standard_deviation};
use cistron::seed::Seed;

use super::{Baseline, BaselineData, Correlation, PairScores, Ridge};

/// `√(max(0, zᵢ)² + max(0, zⱼ)²)` of the scores of another baseline.
///
/// `zᵢ` is the score minus the mean of the scores of the target with all regulators, over their
/// standard deviation; `zⱼ` the same of the regulator with all targets. Pairs of a gene with itself
/// are in neither. Signs are those of the other baseline.
///
/// # Source   Faith et al. (2007), PLoS Biol. 5:e8, there of mutual information.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clr<B> {
    name: &'static str,
    of: B,
}

impl Clr<Correlation> {
    /// CLR of the absolute correlation.
    pub(crate) fn of_correlation() -> Self {
        Self {
            name: "CLR",
            of: Correlation,
        }
    }
}

impl Clr<Ridge> {
    /// CLR of the sizes of ridge coefficients.
    pub(crate) fn of_ridge() -> Self {
        Self {
            name: "CLR of ridge",
            of: Ridge::plain(),
        }
    }
}

impl<B: Baseline> Baseline for Clr<B> {
    fn name(&self) -> &'static str {
        self.name
    }

    fn rank(&self, data: &BaselineData, seed: Seed) -> PairScores {
        let scores = self.of.rank(data, seed);
        let sizes = Mat::from_fn(data.genes().len(), data.regulators().len(), |i, j| {
            scores.values()[(i, j)].abs()
        });
        let columns: Vec<usize> = data.regulators().iter().map(|gene| gene.index()).collect();
        PairScores::with_signs(
            data,
            standing_out(&sizes, &columns),
            scores.values().clone(),
        )
    }
}

/// Mean and standard deviation of some scores.
struct Background {
    mean: f64,
    deviation: f64,
}

impl Background {
    fn new(scores: impl Iterator<Item = f64>) -> Self {
        let scores: Vec<f64> = scores.collect();
        Self {
            mean: mean(&scores),
            deviation: standard_deviation(&scores),
        }
    }

    /// Deviations above the mean, 0 below it.
    fn above(&self, score: f64) -> f64 {
        if self.deviation > 0.0 {
            ((score - self.mean) / self.deviation).max(0.0)
        } else {
            0.0
        }
    }
}

/// The scores of all pairs among those of their target and their regulator.
///
/// * `regulators`: the row of every column's gene
fn standing_out(scores: &Mat<f64>, regulators: &[usize]) -> Mat<f64> {
    let (p, q) = scores.shape();
    let targets: Vec<Background> = (0..p)
        .map(|i| {
            let others = (0..q).filter(|&j| regulators[j] != i);
            Background::new(others.map(|j| scores[(i, j)]))
        })
        .collect();
    let columns: Vec<Background> = (0..q)
        .map(|j| {
            let others = (0..p).filter(|&i| regulators[j] != i);
            Background::new(others.map(|i| scores[(i, j)]))
        })
        .collect();
    Mat::from_fn(p, q, |i, j| {
        let score = scores[(i, j)];
        targets[i].above(score).hypot(columns[j].above(score))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;
    use faer::mat;

    #[test]
    fn a_small_matrix_is_the_one_by_hand() {
        // three targets, genes 0 and 1 regulate; the pairs of a gene with itself do not count
        let scores = mat![[9.0, 1.0], [2.0, 9.0], [4.0, 3.0]];
        let clr = standing_out(&scores, &[0, 1]);
        // target 2: mean 3.5, sd √.5; regulator 0: 2, 4, mean 3, sd √2; regulator 1: 1, 3
        let own = 0.5 / 0.5_f64.sqrt();
        let of_regulator = 1.0 / 2.0_f64.sqrt();
        assert_relative_eq!(clr[(2, 0)], own.hypot(of_regulator), epsilon = 1e-12);
        assert_relative_eq!(clr[(2, 1)], of_regulator, epsilon = 1e-12);
        // targets 0 and 1 have one regulator each, so that there is nothing to compare it with
        assert_eq!((clr[(0, 1)], clr[(1, 0)]), (0.0, 0.0));
    }
}
