//! The curvature of the objective with every target by itself.

use faer::linalg::solvers::Llt;
use faer::prelude::Solve;
use faer::{ColMut, Mat, Side};
use rayon::prelude::*;

use super::layout::{At, TargetLayout};
use super::objective::Objective;
use super::shots::Shots;
use super::states::Condition;
use super::windows::ShotWindow;
use crate::dynamics::Step;
use crate::genes::Gene;

/// Gauss–Newton matrices of all targets, each with the levels of all other genes held at what the
/// model says: the blocks on the diagonal of a decoupled problem, factored.
///
/// The couplings that they leave out are what the optimiser learns from its steps.
pub(super) struct Blocks {
    factors: Vec<(usize, Llt<f64>)>,
}

/// Windows that the matrices are summed over at most, evenly spread.
const MOST_WINDOWS: usize = 400;
/// Share of every diagonal entry that is added to it: the parameters have units of their own.
const RIDGE: f64 = 1e-8;
/// The largest share that is tried: a matrix of finite numbers that is a sum of squares is definite by
/// then.
const MOST_RIDGE: f64 = 1e4;

impl Blocks {
    /// The matrices at `theta`, where `states` are the steady states of the conditions.
    ///
    /// # Cost   for every target `O(n w²)` with `w` its parameters, `n` windows and conditions.
    pub(super) fn new(objective: &Objective<'_>, theta: &[f64], states: &[Vec<f64>]) -> Self {
        let natural = objective.layout.natural(theta);
        let shots = objective.shots(&natural);
        let stride = objective.chosen.len().div_ceil(MOST_WINDOWS).max(1);
        let kept: Vec<ShotWindow> = objective.chosen.iter().copied().step_by(stride).collect();
        let paths: Vec<(ShotWindow, Vec<Step>)> = kept
            .into_par_iter()
            .map(|window| (window, shots.steps(window)))
            .collect();
        let targets = objective.layout.targets.par_iter();
        let factors = targets.map(|target| {
            let mut one = Block::new(objective, &shots, target);
            for (window, path) in &paths {
                one.add_window(*window, path, stride as f64);
            }
            for (condition, state) in objective.conditions.iter().zip(states) {
                one.add_state(condition, state);
            }
            (target.at, one.factored())
        });
        Self {
            factors: factors.collect(),
        }
    }

    /// `v ← H⁻¹ v`.
    pub(super) fn solve_in_place(&self, v: &mut [f64]) {
        for (at, factor) in &self.factors {
            let width = factor.L().nrows();
            let part = ColMut::from_slice_mut(&mut v[*at..at + width]);
            factor.solve_in_place(part.as_mat_mut());
        }
    }
}

/// The matrix of one target while it is summed.
struct Block<'a> {
    objective: &'a Objective<'a>,
    shots: &'a Shots<'a>,
    target: &'a TargetLayout,
    /// Factors that turn derivatives by natural parameters into those by `θ`.
    factors: Vec<f64>,
    hessian: Mat<f64>,
}

impl<'a> Block<'a> {
    fn new(objective: &'a Objective<'a>, shots: &'a Shots<'a>, target: &'a TargetLayout) -> Self {
        let mut factors = vec![1.0; objective.layout.len()];
        objective.layout.by_logarithms(shots.natural, &mut factors);
        let own = target.at..target.at + target.width();
        let width = target.width();
        let prior = &objective.ridge.precision[own.clone()];
        Self {
            objective,
            shots,
            target,
            factors: factors[own].to_vec(),
            hessian: Mat::from_fn(width, width, |i, j| if i == j { prior[i] } else { 0.0 }),
        }
    }

    /// `∂drive/∂θ` of the target.
    fn by_parameters(&self, y: &[f64], own: f64, u: &[f64]) -> Vec<f64> {
        let mut by = vec![0.0; self.target.width()];
        let at = At { y, own, u };
        self.target
            .add_gradient(self.shots.natural, &at, 1.0, &mut by);
        by.iter_mut()
            .zip(&self.factors)
            .for_each(|(by, f)| *by *= f);
        by
    }

    fn add_outer(&mut self, s: &[f64], weight: f64) {
        for j in 0..s.len() {
            let w = weight * s[j];
            if w != 0.0 {
                let column = self.hessian.col_as_slice_mut(j);
                column.iter_mut().zip(s).for_each(|(h, s)| *h += w * s);
            }
        }
    }

    fn add_window(&mut self, window: ShotWindow, path: &[Step], weight: f64) {
        let (i, clamps) = (self.target.gene, self.shots.clamps(window));
        if clamps.changes(Gene(i)) {
            return;
        }
        let mut s = vec![0.0; self.target.width()];
        let mut steps = path.iter();
        for h in 0..window.intervals {
            let interval = self.shots.interval(window, h);
            let relaxation = &self.shots.relaxations[interval.length][i];
            let ([e, a, b], [by_e, by_a, by_b]) = (relaxation.now, relaxation.by_decay);
            for step in steps.by_ref().take(self.shots.steps[interval.length]) {
                let first = self.by_parameters(&step.x, step.x[i], &interval.u);
                let second = self.by_parameters(&step.middle, step.middle[i], &interval.u);
                let pairs = first.iter().zip(&second);
                for (s, (first, second)) in s.iter_mut().zip(pairs) {
                    *s = e * *s + a * first + b * second;
                }
                let own = by_e * step.x[i] + by_a * step.drive[i] + by_b * step.drive_at_middle[i];
                s[1] += own * self.factors[1];
            }
            let observed = self.objective.windows.observed[window.first + h + 1][i];
            if !observed.is_nan() {
                self.add_outer(&s, weight * self.shots.precision[h][i]);
            }
        }
    }

    fn add_state(&mut self, condition: &Condition, z: &[f64]) {
        let (i, weight) = (self.target.gene, condition.weight[self.target.gene]);
        if weight == 0.0 {
            return;
        }
        let y = self.objective.trial(self.shots.natural, condition).seen(z);
        let decay = self.target.decay(self.shots.natural);
        let mut s = self.by_parameters(&y, z[i], &[]);
        s.iter_mut().for_each(|s| *s /= decay);
        // the level is drive/δ, and the parameter is ln δ
        let level = self.target.drive(self.shots.natural, &y, z[i], &[]) / decay;
        s[1] -= level;
        let (_, slope) = self.objective.compared.value(self.objective.scale, level);
        self.add_outer(&s, weight * slope * slope);
    }

    /// The matrix with the first multiple of its diagonal that makes it definite; that of plain gradient
    /// steps where none does, since it is not finite.
    fn factored(self) -> Llt<f64> {
        factored(self.hessian)
    }
}

fn factored(mut hessian: Mat<f64>) -> Llt<f64> {
    let width = hessian.nrows();
    let mut share = RIDGE;
    while share <= MOST_RIDGE {
        for k in 0..width {
            hessian[(k, k)] += share * hessian[(k, k)] + f64::MIN_POSITIVE.sqrt();
        }
        if let Ok(factor) = Llt::new(hessian.as_ref(), Side::Lower) {
            return factor;
        }
        share *= 10.0;
    }
    Llt::new(Mat::<f64>::identity(width, width).as_ref(), Side::Lower)
        .expect("the identity is definite")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_matrix_that_is_not_finite_ends_in_gradient_steps() {
        for bad in [f64::NAN, f64::INFINITY, -f64::INFINITY, 5e-324, f64::MAX] {
            let factor = factored(Mat::from_fn(2, 2, |i, j| if i == j { 1.0 } else { bad }));
            let mut v = Mat::from_fn(2, 1, |_, _| 1.0);
            factor.solve_in_place(v.as_mut());
            assert!(v[(0, 0)] > 0.0 && v[(1, 0)] > 0.0, "{bad}: {v:?}");
        }
        let diagonal = factored(Mat::from_fn(2, 2, |i, j| if i == j { 4.0 } else { 0.0 }));
        let mut v = Mat::from_fn(2, 1, |_, _| 1.0);
        diagonal.solve_in_place(v.as_mut());
        assert!((v[(0, 0)] - 0.25).abs() < 1e-6);
    }
}
