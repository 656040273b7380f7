//! The one optimisation problem of the fit: a quadratic with a penalty on groups.
//!
//! ```text
//! min over v   ½ vᵀ H v − bᵀ v + λ Σ_j c_j Ω(v_j),   v_j ∈ ℝʰ
//! ```
//!
//! * `H = ZᵀZ`, `b = Zᵀy` of standardised columns, so that `b_j` is the correlation of column `j`
//!   with the increments and `λ` is on the scale of a correlation
//! * `c_j`: the prior's penalty factor; infinite keeps the group out
//! * `Ω`: the penalty of a group (`penalty`), by default its Euclidean norm
//!
//! With one wide unit this is the linear part exactly; with more units it is the Gauss–Newton model
//! of the networks. `v` is optimal when `−(H v − b)_j ∈ λ c_j ∂Ω(v_j)` for every group; the largest
//! distance from that, the violation, is what the descent stops on. At and above `λ_max` the minimum
//! is `v = 0`.
//!
//! Source: block coordinate descent with sequential strong rules, Tibshirani et al. (2012), J. R.
//! Stat. Soc. B 74:245; each group is moved by a proximal step with a bound on its block's
//! curvature, as the proximal map has a closed form and the exact block minimum has not.

use faer::Mat;

use crate::numeric::axpy;
use crate::penalty::Penalty;

/// `H`, `b`, the size of a group and the penalty factors `c` (infinite: the group stays out).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Quadratic<'a> {
    pub(crate) hessian: &'a Mat<f64>,
    pub(crate) linear: &'a [f64],
    pub(crate) group: usize,
    pub(crate) factors: &'a [f64],
}

impl Quadratic<'_> {
    fn range(&self, j: usize) -> std::ops::Range<usize> {
        j * self.group..(j + 1) * self.group
    }

    /// Whether a group may enter: not forbidden, and with some curvature.
    fn open(&self, j: usize) -> bool {
        self.factors[j].is_finite() && self.range(j).any(|k| self.hessian[(k, k)] > 0.0)
    }

    /// Where a path starts: the smallest `λ` at which nothing is selected if no group is
    /// favoured. A group with a factor below one may be in already; were the path to start where
    /// it enters, a strongly favoured group would keep all others out.
    pub(crate) fn lambda_max<P: Penalty>(&self, penalty: P) -> f64 {
        self.largest_entry(penalty, |factor| factor.max(1.0))
    }

    /// The largest `λ` at which a group enters, if its factor is what `factor` makes of it.
    fn largest_entry<P: Penalty>(&self, penalty: P, factor: fn(f64) -> f64) -> f64 {
        let open = (0..self.factors.len()).filter(|&j| self.open(j));
        open.map(|j| penalty.at(1.0).entry(&self.linear[self.range(j)]) / factor(self.factors[j]))
            .fold(0.0, f64::max)
    }

    /// The smallest `λ` at which nothing is selected.
    #[cfg(test)]
    pub(crate) fn first_empty_lambda<P: Penalty>(&self, penalty: P) -> f64 {
        self.largest_entry(penalty, |factor| factor)
    }
}

/// How an optimisation ended.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct DescentReport {
    pub(crate) sweeps: usize,
    pub(crate) violation: f64,
}

/// When to stop.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DescentStop {
    /// Largest violation of the optimality condition over the groups.
    pub(crate) violation: f64,
    pub(crate) sweeps: usize,
}

/// The point, its gradient, and room for the working set; moves along a path of `λ`.
#[derive(Debug, Default)]
pub(crate) struct DescentPoint {
    pub(crate) v: Vec<f64>,
    gradient: Vec<f64>,
    lambda: f64,
    compact: Compact,
}

impl DescentPoint {
    /// Starts at zero, where the gradient is `−b`.
    pub(crate) fn reset(&mut self, problem: &Quadratic<'_>) {
        self.v.clear();
        self.v.resize(problem.linear.len(), 0.0);
        self.gradient.clear();
        self.gradient.extend(problem.linear.iter().map(|b| -b));
        self.lambda = f64::INFINITY;
    }

    /// Starts at a given point.
    pub(crate) fn start_at(&mut self, problem: &Quadratic<'_>, v: &[f64]) {
        self.reset(problem);
        self.v.copy_from_slice(v);
        for (k, &value) in v.iter().enumerate() {
            if value != 0.0 {
                axpy(value, problem.hessian.col_as_slice(k), &mut self.gradient);
            }
        }
    }

    /// Groups that are not zero.
    #[cfg(test)]
    pub(crate) fn support(&self, group: usize) -> impl Iterator<Item = usize> + '_ {
        self.v
            .chunks_exact(group)
            .enumerate()
            .filter(|(_, w)| w.iter().any(|x| *x != 0.0))
            .map(|(j, _)| j)
    }

    /// Minimises at a `λ`, warm from where the point is.
    ///
    /// Groups are screened by the sequential strong rule; what it leaves out is checked against
    /// the optimality condition and taken in where it was wrong, so the result is exact.
    ///
    /// # Cost   a sweep takes `O(w·a)` for `w` groups in the working set of which `a` move.
    /// # Source Tibshirani et al. (2012), J. R. Stat. Soc. B 74:245 (strong rules).
    pub(crate) fn descend<P: Penalty>(
        &mut self,
        problem: &Quadratic<'_>,
        penalty: P,
        lambda: f64,
        stop: DescentStop,
    ) -> DescentReport {
        let penalty = penalty.at(lambda);
        let mut working = self.screened(problem, penalty, lambda);
        self.lambda = lambda;
        let mut report = DescentReport::default();
        loop {
            self.compact
                .load(problem, &working, &self.v, &self.gradient);
            let left = DescentStop {
                sweeps: stop.sweeps - report.sweeps,
                ..stop
            };
            let inner = self.compact.descend(penalty, lambda, left);
            report.sweeps += inner.sweeps;
            self.take_over(problem, &working);
            let before = working.len();
            report.violation = self.add_violators(problem, penalty, &mut working, stop.violation);
            report.violation = report.violation.max(inner.violation);
            if working.len() == before || report.sweeps >= stop.sweeps {
                return report;
            }
        }
    }

    fn screened<P: Penalty>(&self, problem: &Quadratic<'_>, penalty: P, lambda: f64) -> Vec<usize> {
        let bound = if self.lambda.is_finite() {
            2.0 * lambda - self.lambda
        } else {
            lambda
        };
        let mut working = Vec::new();
        for j in (0..problem.factors.len()).filter(|&j| problem.open(j)) {
            let range = problem.range(j);
            if self.v[range.clone()].iter().any(|x| *x != 0.0)
                || penalty.entry(&self.gradient[range]) >= bound * problem.factors[j]
            {
                working.push(j);
            }
        }
        working
    }

    fn take_over(&mut self, problem: &Quadratic<'_>, working: &[usize]) {
        for (at, &j) in working.iter().enumerate() {
            for (k, inner) in problem.range(j).enumerate() {
                let new = self.compact.v[at * problem.group + k];
                let change = new - self.v[inner];
                if change != 0.0 {
                    axpy(
                        change,
                        problem.hessian.col_as_slice(inner),
                        &mut self.gradient,
                    );
                    self.v[inner] = new;
                }
            }
        }
    }

    fn add_violators<P: Penalty>(
        &self,
        problem: &Quadratic<'_>,
        penalty: P,
        working: &mut Vec<usize>,
        tolerance: f64,
    ) -> f64 {
        let mut worst: f64 = 0.0;
        let inside = working.len();
        for j in 0..problem.factors.len() {
            if working[..inside].binary_search(&j).is_ok() || !problem.open(j) {
                continue;
            }
            let range = problem.range(j);
            let group = penalty.at(self.lambda * problem.factors[j]);
            let violation = group.violation(&self.v[range.clone()], &self.gradient[range]);
            worst = worst.max(violation);
            if violation > tolerance {
                working.push(j);
            }
        }
        working.sort_unstable();
        worst
    }
}

/// The working set by itself: its part of `H`, contiguous.
#[derive(Debug, Default)]
struct Compact {
    hessian: Vec<f64>,
    v: Vec<f64>,
    gradient: Vec<f64>,
    curvature: Vec<f64>,
    factors: Vec<f64>,
    group: usize,
    step: Vec<f64>,
}

impl Compact {
    fn load(&mut self, problem: &Quadratic<'_>, working: &[usize], v: &[f64], gradient: &[f64]) {
        let indices = || working.iter().flat_map(|&j| problem.range(j));
        self.group = problem.group;
        self.hessian.clear();
        for k in indices() {
            let column = problem.hessian.col_as_slice(k);
            self.hessian.extend(indices().map(|i| column[i]));
        }
        self.v.clear();
        self.v.extend(indices().map(|k| v[k]));
        self.gradient.clear();
        self.gradient.extend(indices().map(|k| gradient[k]));
        self.factors.clear();
        self.factors
            .extend(working.iter().map(|&j| problem.factors[j]));
        self.curvature.clear();
        let blocks = working.iter().map(|&j| curvature_bound(problem, j));
        self.curvature.extend(blocks);
        self.step.resize(problem.group, 0.0);
    }

    /// Cyclic block descent: all groups, then those that are not zero until they no longer move.
    fn descend<P: Penalty>(&mut self, penalty: P, lambda: f64, stop: DescentStop) -> DescentReport {
        let mut report = DescentReport::default();
        loop {
            self.sweep(penalty, lambda, false);
            report.sweeps += 1;
            report.violation = self.violation(penalty, lambda, false);
            if report.violation <= stop.violation || report.sweeps >= stop.sweeps {
                return report;
            }
            while self.violation(penalty, lambda, true) > stop.violation
                && report.sweeps < stop.sweeps
            {
                self.sweep(penalty, lambda, true);
                report.sweeps += 1;
            }
        }
    }

    fn sweep<P: Penalty>(&mut self, penalty: P, lambda: f64, only_support: bool) {
        let (h, size) = (self.group, self.v.len());
        for j in 0..self.factors.len() {
            let range = j * h..(j + 1) * h;
            if only_support && self.v[range.clone()].iter().all(|x| *x == 0.0) {
                continue;
            }
            let step = 1.0 / self.curvature[j];
            let moved = &mut self.step[..h];
            for (k, at) in range.clone().enumerate() {
                moved[k] = self.v[at] - step * self.gradient[at];
            }
            penalty.at(lambda * self.factors[j]).prox(moved, step);
            for (k, at) in range.enumerate() {
                let change = moved[k] - self.v[at];
                if change != 0.0 {
                    let column = &self.hessian[at * size..(at + 1) * size];
                    axpy(change, column, &mut self.gradient);
                    self.v[at] = moved[k];
                }
            }
        }
    }

    fn violation<P: Penalty>(&self, penalty: P, lambda: f64, only_support: bool) -> f64 {
        let h = self.group;
        let groups = self.v.chunks_exact(h).zip(self.gradient.chunks_exact(h));
        groups
            .zip(&self.factors)
            .filter(|((v, _), _)| !only_support || v.iter().any(|x| *x != 0.0))
            .map(|((v, g), factor)| penalty.at(lambda * factor).violation(v, g))
            .fold(0.0, f64::max)
    }
}

/// A bound on the largest eigenvalue of a diagonal block: its Frobenius norm.
fn curvature_bound(problem: &Quadratic<'_>, j: usize) -> f64 {
    let entries = problem.range(j).flat_map(|a| {
        problem
            .range(j)
            .map(move |b| problem.hessian[(a, b)].powi(2))
    });
    entries.sum::<f64>().sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::gram;
    use crate::penalty::{GroupLasso, Lasso, Mcp, SparseGroup};
    use crate::seed::{Purpose, Seed};
    use rand::Rng;

    const STOP: DescentStop = DescentStop {
        violation: 1e-9,
        sweeps: 20_000,
    };

    struct RandomProblem {
        hessian: Mat<f64>,
        linear: Vec<f64>,
        factors: Vec<f64>,
        group: usize,
    }

    fn random_problem(groups: usize, group: usize, seed: u64) -> RandomProblem {
        let mut rng = Seed(seed).stream(Purpose::Synthetic, 1);
        let size = groups * group;
        let x = Mat::from_fn(3 * size, size, |_, _| rng.random_range(-1.0..1.0));
        let mut hessian = gram(x.as_ref());
        hessian *= faer::Scale(1.0 / (size as f64));
        let linear = (0..size).map(|_| rng.random_range(-2.0..2.0)).collect();
        let factors = (0..groups).map(|_| rng.random_range(0.5..2.0)).collect();
        RandomProblem {
            hessian,
            linear,
            factors,
            group,
        }
    }

    impl RandomProblem {
        fn problem(&self) -> Quadratic<'_> {
            Quadratic {
                hessian: &self.hessian,
                linear: &self.linear,
                group: self.group,
                factors: &self.factors,
            }
        }
    }

    fn whole_violation<P: Penalty>(problem: &Quadratic<'_>, v: &[f64], penalty: P, s: f64) -> f64 {
        let mut gradient: Vec<f64> = problem.linear.iter().map(|b| -b).collect();
        for (k, &value) in v.iter().enumerate() {
            axpy(value, problem.hessian.col_as_slice(k), &mut gradient);
        }
        let mut worst: f64 = 0.0;
        for (j, factor) in problem.factors.iter().enumerate() {
            let range = problem.range(j);
            let violation = penalty
                .at(s * factor)
                .violation(&v[range.clone()], &gradient[range]);
            worst = worst.max(violation);
        }
        worst
    }

    fn the_whole_path_is_stationary<P: Penalty>(penalty: P) {
        for (groups, group) in [(12, 1), (9, 4)] {
            let drawn = random_problem(groups, group, 11);
            let problem = drawn.problem();
            let top = problem.first_empty_lambda(penalty);
            let mut point = DescentPoint::default();
            point.reset(&problem);
            for step in 0..12 {
                let lambda = top * 0.75_f64.powi(step);
                point.descend(&problem, penalty, lambda, STOP);
                assert!(whole_violation(&problem, &point.v, penalty, lambda) < 1e-8);
                assert!(step > 0 || point.support(group).next().is_none());
            }
            assert!(point.support(group).count() > groups / 2);
        }
    }

    #[test]
    fn every_penalty_ends_at_its_optimality_condition() {
        the_whole_path_is_stationary(GroupLasso { lambda: 0.0 });
        the_whole_path_is_stationary(Lasso { lambda: 0.0 });
        the_whole_path_is_stationary(SparseGroup {
            lambda: 0.0,
            mix: 0.5,
        });
        the_whole_path_is_stationary(Mcp {
            lambda: 0.0,
            gamma: 3.0,
        });
    }

    #[test]
    fn a_forbidden_group_stays_out_and_the_rest_is_optimal() {
        let mut drawn = random_problem(8, 2, 5);
        drawn.factors[3] = f64::INFINITY;
        let problem = drawn.problem();
        let mut point = DescentPoint::default();
        point.reset(&problem);
        point.descend(&problem, GroupLasso { lambda: 0.0 }, 1e-3, STOP);
        assert!(point.support(2).all(|j| j != 3));
        assert_eq!(point.support(2).count(), 7);
    }

    #[test]
    fn a_warm_start_ends_where_a_cold_one_does() {
        let drawn = random_problem(10, 3, 8);
        let problem = drawn.problem();
        let penalty = GroupLasso { lambda: 0.0 };
        let (mut cold, mut warm) = (DescentPoint::default(), DescentPoint::default());
        cold.reset(&problem);
        cold.descend(&problem, penalty, 0.2, STOP);
        warm.start_at(&problem, &vec![0.7; 30]);
        warm.descend(&problem, penalty, 0.2, STOP);
        for (a, b) in cold.v.iter().zip(&warm.v) {
            assert!((a - b).abs() < 1e-6);
        }
    }
}
