//! Ridge regression of all targets on all regulators, for genes whose level follows many of them.
//!
//! In units in which regulators and targets have length one, `H = ZᵀZ` and `r_i = Zᵀy_i`,
//!
//! ```text
//! min over v   ½ ‖y_i − Z v‖² + ½ λ Σ_j c_ij v_j²      v_i = (H + λ)⁻¹ r_i
//! ```
//!
//! `c_ij` is the prior's factor. Where it is one for all regulators a single factorisation serves all targets; a
//! target that is itself a regulator `k` is left out by the rank-one correction
//!
//! ```text
//! v ← v − h_k v_k/h_kk,   h_k: column k of (H + λ)⁻¹
//! ```
//!
//! Why not the sparse weights of the half-samples: where genes are fast, many regulators carry the signal of one, and
//! sparse models predict levels clearly worse than ridge (.21–.25 against .19 of the variance on *B. subtilis*,
//! `benches/README.md`, *Real data*).

use std::collections::BTreeMap;

use faer::linalg::solvers::{Llt, Solve};
use faer::{Mat, MatRef, Side};
use rayon::prelude::*;

use crate::activity::Activities;
use crate::genes::Gene;
use crate::loci::Loci;
use crate::prior::Prior;

use super::moments::{Integrated, RowMoments, Standardised};

/// What a fast target's level says of every regulator.
#[derive(Clone, Debug, Default)]
pub(super) struct DenseFit {
    /// Standardised weight in the ridge regression.
    pub(super) weights: Vec<f64>,
    /// Correlation with the level.
    pub(super) correlations: Vec<f64>,
}

/// The ridge regressions of all targets of the moments; 0 for the target itself and for regulators
/// that the prior forbids or that cannot be told from what is projected out.
///
/// # Cost   `q³/3 + 2q²t` flops for `t` targets, and `q³/3` for each target with known pairs.
pub(super) fn dense_fits(
    moments: &RowMoments,
    targets: &[Gene],
    regulators: &[Gene],
    prior: &Prior,
    ridge: f64,
) -> Vec<DenseFit> {
    let q = regulators.len();
    let (mut standard, mut shared) = (Standardised::default(), None);
    let mut fits = Vec::with_capacity(targets.len());
    for (t, &target) in targets.iter().enumerate() {
        moments.problem_into(t, regulators, prior, false, &mut standard);
        let own = regulators.iter().position(|&one| one == target);
        let open = |j: usize| standard.factors[j] == 1.0 || Some(j) == own;
        let alike = (0..q).all(|j| open(j) || !moments.distinct(j));
        let problem = standard.problem();
        let mut v = if alike {
            let factor = shared.get_or_insert_with(|| SharedInverse::new(moments, q, ridge));
            factor.solve(problem.linear, own)
        } else {
            with_factors(problem.hessian, problem.linear, &standard.factors, ridge)
        };
        for (v, factor) in v.iter_mut().zip(&standard.factors) {
            if !factor.is_finite() {
                *v = 0.0;
            }
        }
        fits.push(DenseFit {
            weights: v,
            correlations: standard.correlations(),
        });
    }
    fits
}

/// The same with activities of regulators instead of their mRNA, each target without its own level.
///
/// A regulator with many known targets has more of those that are not known, too: its weights are multiplied by
/// `(1 + k)^⅓`, `k` its known targets besides the one at hand, which is `(1 + k)^¼` in the evidence. Average precision
/// on targets of which no edge was given, without and with it: *B. subtilis* .478 and .570, *E. coli* .119 and
/// .208, yeast (Eisen) .289 and .331; by the number and nothing else: .084, .151, .132. Part of it is how much a regulator was
/// studied.
///
/// # Cost   `n·q²` flops for each target that took part in the activities, and what leaving it out takes.
pub(super) fn dense_fits_with_activities(
    data: &Integrated<'_>,
    rows: &[usize],
    targets: &[Gene],
    prior: &Prior,
    known: &KnownActivities<'_>,
    ridge: f64,
) -> Vec<DenseFit> {
    let fit = |matrix: MatRef<'_, f64>, targets: &[Gene]| {
        let columns = known.columns(data.regulators, matrix);
        let columns: Vec<(usize, &[f64])> = columns
            .iter()
            .map(|(j, column)| (*j, column.as_slice()))
            .collect();
        let moments = RowMoments::with_columns(data, rows, targets, &columns);
        dense_fits(&moments, targets, data.regulators, prior, ridge)
    };
    let activities = known.activities;
    let left_out: Vec<Vec<Gene>> = targets.iter().map(|&gene| known.left_out(gene)).collect();
    let numbered = targets.iter().zip(&left_out);
    let apart: Vec<Gene> = numbered
        .filter(|(_, left_out)| left_out.is_empty())
        .map(|(&gene, _)| gene)
        .collect();
    let shared = (!apart.is_empty()).then(|| fit(activities.matrix(), &apart));
    let mut shared = shared.into_iter().flatten();
    let of: Vec<Option<DenseFit>> = left_out
        .iter()
        .map(|left_out| {
            let is_apart = left_out.is_empty();
            is_apart.then(|| shared.next()).flatten()
        })
        .collect();
    let targets = targets.par_iter().zip(left_out);
    let fits = targets.zip(of).map(|((&target, left_out), found)| {
        let without = || activities.without(&left_out);
        let found = found.or_else(|| fit(without().as_ref(), &[target]).pop());
        let mut found = found.unwrap_or_default();
        known.raise(data.regulators, target, &mut found.weights);
        found
    });
    fits.collect()
}

/// Activities, and the known edges that they come from.
#[derive(Clone, Debug)]
pub struct KnownActivities<'a> {
    /// Activities over the samples, in the order of the rows of levels.
    pub activities: &'a Activities,
    /// Known targets of every gene.
    pub targets: BTreeMap<Gene, Vec<Gene>>,
    /// Where the genes are, if neighbours are to be left out as well.
    pub loci: Option<&'a Loci>,
}

impl<'a> KnownActivities<'a> {
    /// * `prior`: that of the activities
    /// * `loci`: positions of the genes, if neighbours of a target are left out with it
    #[must_use]
    pub fn new(activities: &'a Activities, prior: &Prior, loci: Option<&'a Loci>) -> Self {
        let mut targets: BTreeMap<Gene, Vec<Gene>> = BTreeMap::new();
        for (target, regulator, _) in prior.supported() {
            targets.entry(regulator).or_default().push(target);
        }
        Self {
            activities,
            targets,
            loci,
        }
    }

    /// Genes that took part in the activities and have to be left out when this target is fitted: itself,
    /// and its neighbours on the chromosome.
    fn left_out(&self, target: Gene) -> Vec<Gene> {
        let is_near = |gene: Gene| {
            let neighbours = self
                .loci
                .is_some_and(|loci| loci.are_neighbours(gene, target));
            gene == target || neighbours
        };
        let genes = self.activities.used().filter(|&gene| is_near(gene));
        genes.collect()
    }

    /// Raises the weights of regulators with known targets.
    pub(super) fn raise(&self, regulators: &[Gene], target: Gene, weights: &mut [f64]) {
        for (weight, regulator) in weights.iter_mut().zip(regulators) {
            *weight *= (1.0 + self.targets_besides(*regulator, target)).cbrt();
        }
    }

    /// Number of known targets of a regulator besides one.
    fn targets_besides(&self, regulator: Gene, target: Gene) -> f64 {
        let targets = self.targets.get(&regulator).into_iter().flatten();
        targets.filter(|&&other| other != target).count() as f64
    }

    /// Columns that replace mRNA, by number of the regulator.
    fn columns(&self, regulators: &[Gene], matrix: MatRef<'_, f64>) -> Vec<(usize, Vec<f64>)> {
        let numbered = regulators.iter().enumerate();
        let active = numbered.filter_map(|(j, &gene)| Some((j, self.activities.column(gene)?)));
        active
            .map(|(j, column)| (j, matrix.col(column).iter().copied().collect()))
            .collect()
    }
}

/// The factorisation that targets without known pairs share.
struct SharedInverse {
    inverse: Mat<f64>,
}

impl SharedInverse {
    fn new(moments: &RowMoments, q: usize, ridge: f64) -> Self {
        let cross = moments.cross();
        let scale = |j: usize| {
            if moments.distinct(j) {
                1.0 / cross[(j, j)].sqrt()
            } else {
                0.0
            }
        };
        let normal = Mat::from_fn(q, q, |i, j| {
            let correlation = scale(i) * scale(j) * cross[(i, j)];
            correlation + if i == j { ridge } else { 0.0 }
        });
        let factor = Llt::new(normal.as_ref(), Side::Lower);
        let factor = factor.expect("a Gram matrix with a ridge is positive definite");
        Self {
            inverse: factor.solve(Mat::<f64>::identity(q, q)),
        }
    }

    fn solve(&self, linear: &[f64], own: Option<usize>) -> Vec<f64> {
        let mut v = vec![0.0; linear.len()];
        for (j, r) in linear.iter().enumerate().filter(|(_, r)| **r != 0.0) {
            crate::numeric::axpy(*r, self.inverse.col_as_slice(j), &mut v);
        }
        if let Some(k) = own {
            let column = self.inverse.col_as_slice(k);
            let share = v[k] / column[k];
            crate::numeric::axpy(-share, column, &mut v);
        }
        v
    }
}

/// The weights of a target whose regulators have factors of their own.
fn with_factors(hessian: &Mat<f64>, linear: &[f64], factors: &[f64], ridge: f64) -> Vec<f64> {
    let open: Vec<usize> = (0..linear.len())
        .filter(|&j| factors[j].is_finite())
        .collect();
    let normal = Mat::from_fn(open.len(), open.len(), |a, b| {
        let penalty = if a == b {
            ridge * factors[open[a]]
        } else {
            0.0
        };
        hessian[(open[a], open[b])] + penalty
    });
    let mut v = vec![0.0; linear.len()];
    // a factor of 0 leaves its regulator without a penalty, which may be dependent on others
    if let Ok(factor) = Llt::new(normal.as_ref(), Side::Lower) {
        let right = Mat::from_fn(open.len(), 1, |a, _| linear[open[a]]);
        let solved = factor.solve(&right);
        open.iter()
            .enumerate()
            .for_each(|(a, &j)| v[j] = solved[(a, 0)]);
    }
    v
}
