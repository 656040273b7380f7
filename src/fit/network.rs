//! The networks with several units, fitted by a proximal Levenberg–Marquardt method.
//!
//! For one target, with `h` units of fixed ranges `s_k`, biases `b` and a group of `h` weights
//! `w_j` for every candidate `j`, the objective is
//!
//! ```text
//! F(w, b) = ½ ‖y − Ω g(X w + b)‖² + λ Σ_j c_j Ω(w_j),   g(z) = Σ_k σ_{s_k}(z_k)
//! ```
//!
//! * `y`: weighted increments, what is unpenalised projected out, of length one
//! * `Ω g`: the drive at the nodes `X`, integrated over the rows and projected in the same way
//! * `λ c_j Ω(w_j)`: the penalty of the group, with the prior's factor `c_j`; biases go free
//!
//! Each step linearises the units at the point, solves the penalised quadratic of that
//! linearisation with a damped diagonal (see `quadratic`) and keeps the result if `F` falls. With
//! the wide unit alone the linearisation is exact and one undamped step is the linear part.

use faer::{Mat, MatRef};

use crate::numeric::{dot, gram, saturate, saturate_slope, squared_norm};
use crate::penalty::Penalty;

use super::quadratic::{DescentPoint, DescentStop, Quadratic};
use super::target_rows::TargetRows;

/// Units over candidate regulators; parameters in groups of `h`: the biases first, then the
/// column of each candidate.
#[derive(Clone, Debug)]
pub(crate) struct TargetNetwork {
    /// Standardised, centred candidates at the nodes, `m × c`.
    pub(crate) inputs: Mat<f64>,
    /// Range of every unit; infinite for the wide one, which is number 0.
    pub(crate) ranges: Vec<f64>,
    /// `(1 + c)·h` parameters.
    pub(crate) v: Vec<f64>,
}

/// `λ`, penalty factors of the candidates, and when to stop.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NetworkTask<'a, P> {
    pub(crate) penalty: P,
    pub(crate) lambda: f64,
    pub(crate) factors: &'a [f64],
    pub(crate) stop: DescentStop,
}

/// How a fit ended.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct NetworkReport {
    pub(crate) steps: usize,
    pub(crate) objective: f64,
    pub(crate) violation: f64,
}

/// Mean slope of a drive along one candidate.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct MeanSlope {
    /// Of the slope's absolute value.
    pub(crate) size: f64,
    /// Of the slope itself.
    pub(crate) signed: f64,
}

struct Gradient {
    residual: Vec<f64>,
    /// Slope of every unit at every node, `m × h`.
    slopes: Mat<f64>,
    /// One number per parameter.
    gradient: Vec<f64>,
}

/// The linearisation over the groups that a step moves.
struct Local {
    groups: Vec<usize>,
    factors: Vec<f64>,
    jacobian: Mat<f64>,
    residual: Vec<f64>,
    violation: f64,
}

impl TargetNetwork {
    pub(crate) fn units(&self) -> usize {
        self.ranges.len()
    }

    /// Weights of candidate number `c`, one per unit.
    pub(crate) fn column(&self, c: usize) -> &[f64] {
        let h = self.units();
        &self.v[(1 + c) * h..(2 + c) * h]
    }

    /// Pre-activations of every unit at every node, `m × h`.
    pub(crate) fn inputs_of_units(&self) -> Mat<f64> {
        let h = self.units();
        Mat::from_fn(self.inputs.nrows(), h, |_, k| self.v[k]) + {
            let weights = Mat::from_fn(self.inputs.ncols(), h, |j, k| self.v[(1 + j) * h + k]);
            let mut z = Mat::zeros(self.inputs.nrows(), h);
            faer::linalg::matmul::matmul(
                z.as_mut(),
                faer::Accum::Replace,
                self.inputs.as_ref(),
                weights.as_ref(),
                1.0,
                faer::Par::Seq,
            );
            z
        }
    }

    /// The drive at every node, `m × 1`, in standardised units.
    pub(crate) fn drive(&self) -> Mat<f64> {
        self.drive_from(self.inputs_of_units().as_ref())
    }

    fn drive_from(&self, z: MatRef<'_, f64>) -> Mat<f64> {
        let units = self.ranges.iter().enumerate();
        let mut drive = Mat::zeros(z.nrows(), 1);
        for (k, &range) in units {
            let column = drive.col_as_slice_mut(0);
            for (to, z) in column.iter_mut().zip(z.col(k).iter()) {
                *to += saturate(*z, range);
            }
        }
        drive
    }

    /// Mean slope of the drive along every candidate over the nodes.
    pub(crate) fn slopes(&self) -> Vec<MeanSlope> {
        let (h, z) = (self.units(), self.inputs_of_units());
        let share = 1.0 / z.nrows() as f64;
        let gains = Mat::from_fn(h, z.nrows(), |k, i| {
            saturate_slope(z[(i, k)], self.ranges[k])
        });
        let mut slopes = vec![MeanSlope::default(); self.inputs.ncols()];
        for (mean, weights) in slopes.iter_mut().zip(self.v[h..].chunks_exact(h)) {
            for gains in gains.col_iter() {
                let slope: f64 = gains.iter().zip(weights).map(|(g, w)| g * w).sum();
                mean.size += share * slope.abs();
                mean.signed += share * slope;
            }
        }
        slopes
    }

    fn residual(&self, rows: &TargetRows<'_>, z: MatRef<'_, f64>) -> Vec<f64> {
        let fitted = rows.projected(self.drive_from(z).as_ref());
        let pairs = rows.response.iter().zip(fitted.col(0).iter());
        pairs.map(|(y, f)| y - f).collect()
    }

    /// Residual, and the gradient of every group: `−Xᵀ` of what the residual scatters to the
    /// nodes, without the Jacobian's columns.
    fn gradient(&self, rows: &TargetRows<'_>) -> Gradient {
        let (h, z) = (self.units(), self.inputs_of_units());
        let slopes = Mat::from_fn(z.nrows(), h, |i, k| {
            saturate_slope(z[(i, k)], self.ranges[k])
        });
        let residual = self.residual(rows, z.as_ref());
        let at_nodes = rows.scattered(&residual);
        let pulls = Mat::from_fn(z.nrows(), h, |i, k| -slopes[(i, k)] * at_nodes[i]);
        let columns = crate::numeric::product(pulls.as_ref(), self.inputs.as_ref());
        let mut gradient: Vec<f64> = pulls.col_iter().map(|c| c.iter().sum()).collect();
        columns
            .col_iter()
            .for_each(|column| gradient.extend(column.iter()));
        Gradient {
            residual,
            slopes,
            gradient,
        }
    }

    /// Weighted, projected derivatives of the rows along the parameters of some groups.
    fn jacobian(&self, rows: &TargetRows<'_>, slopes: &Mat<f64>, groups: &[usize]) -> Mat<f64> {
        let h = self.units();
        let mut columns = Mat::zeros(slopes.nrows(), groups.len() * h);
        for (at, &group) in groups.iter().enumerate() {
            for k in 0..h {
                let to = columns.col_as_slice_mut(at * h + k);
                let slope = slopes.col_as_slice(k);
                match group.checked_sub(1) {
                    None => to.copy_from_slice(slope),
                    Some(j) => {
                        let pairs = slope.iter().zip(self.inputs.col_as_slice(j));
                        to.iter_mut()
                            .zip(pairs)
                            .for_each(|(to, (s, x))| *to = s * x);
                    }
                }
            }
        }
        rows.projected(columns.as_ref())
    }

    fn penalty_value<P: Penalty>(&self, target: &NetworkTask<'_, P>) -> f64 {
        let groups = self
            .v
            .chunks_exact(self.units())
            .skip(1)
            .zip(target.factors);
        groups
            .filter(|(v, _)| v.iter().any(|x| *x != 0.0))
            .map(|(v, factor)| target.penalty.at(target.lambda * factor).value(v))
            .sum()
    }

    fn objective<P: Penalty>(&self, rows: &TargetRows<'_>, target: &NetworkTask<'_, P>) -> f64 {
        let residual = self.residual(rows, self.inputs_of_units().as_ref());
        0.5 * squared_norm(&residual) + self.penalty_value(target)
    }

    /// Moves to a stationary point of `½‖y − Ω f‖² + Σ_j λ c_j Ω(v_j)`.
    ///
    /// A step works on the groups that are not zero and those that their gradient lets in.
    ///
    /// # Cost   a step takes `O(n·(ah)²)` for `a` such groups and `h` units.
    /// # Source Lee, Sun & Saunders (2014), SIAM J. Optim. 24:1420 (proximal Newton methods),
    ///   with Levenberg's damping in the place of a line search.
    pub(crate) fn fit<P: Penalty>(
        &mut self,
        rows: &TargetRows<'_>,
        target: &NetworkTask<'_, P>,
    ) -> NetworkReport {
        let mut factors = vec![0.0];
        factors.extend_from_slice(target.factors);
        let mut report = NetworkReport {
            objective: self.objective(rows, target),
            ..NetworkReport::default()
        };
        let mut damping = FIRST_DAMPING;
        while report.steps < target.stop.sweeps {
            report.steps += 1;
            let gradient = self.gradient(rows);
            let (violation, active) = self.active(&gradient.gradient, target, &factors);
            report.violation = violation;
            if report.violation <= target.stop.violation {
                break;
            }
            let before = report.objective;
            let local = Local {
                jacobian: self.jacobian(rows, &gradient.slopes, &active),
                factors: active.iter().map(|&g| factors[g]).collect(),
                groups: active,
                residual: gradient.residual,
                violation,
            };
            if !self.step(rows, target, &local, &mut damping, &mut report.objective) {
                break;
            }
            if before - report.objective < FLAT * before {
                break;
            }
        }
        let end = self.gradient(rows).gradient;
        report.violation = self.active(&end, target, &factors).0;
        report
    }

    /// Largest violation over the groups, and the groups that are or want to be away from zero.
    fn active<P: Penalty>(
        &self,
        gradient: &[f64],
        target: &NetworkTask<'_, P>,
        factors: &[f64],
    ) -> (f64, Vec<usize>) {
        let h = self.units();
        let mut worst: f64 = 0.0;
        let mut active = Vec::new();
        for (g, factor) in factors
            .iter()
            .enumerate()
            .filter(|(_, factor)| factor.is_finite())
        {
            let v = &self.v[g * h..(g + 1) * h];
            let penalty = target.penalty.at(target.lambda * factor);
            let violation = penalty.violation(v, &gradient[g * h..(g + 1) * h]);
            worst = worst.max(violation);
            if g == 0 || violation > 0.0 || v.iter().any(|x| *x != 0.0) {
                active.push(g);
            }
        }
        (worst, active)
    }

    /// One damped step; raises the damping until the objective falls.
    fn step<P: Penalty>(
        &mut self,
        rows: &TargetRows<'_>,
        target: &NetworkTask<'_, P>,
        local: &Local,
        damping: &mut f64,
        objective: &mut f64,
    ) -> bool {
        let h = self.units();
        let plain = gram(local.jacobian.as_ref());
        let size = plain.ncols();
        let mean = (0..size).map(|k| plain[(k, k)]).sum::<f64>() / size as f64;
        let old = self.v.clone();
        let start: Vec<f64> = local
            .groups
            .iter()
            .flat_map(|&g| old[g * h..(g + 1) * h].iter().copied())
            .collect();
        let mut point = DescentPoint::default();
        for _ in 0..ATTEMPTS {
            let mut hessian = plain.clone();
            (0..size).for_each(|k| hessian[(k, k)] += *damping * (plain[(k, k)] + FLOOR * mean));
            let linear: Vec<f64> = (0..size)
                .map(|k| {
                    let quadratic = dot(hessian.col_as_slice(k), &start);
                    quadratic + dot(local.jacobian.col_as_slice(k), &local.residual)
                })
                .collect();
            let problem = Quadratic {
                hessian: &hessian,
                linear: &linear,
                group: h,
                factors: &local.factors,
            };
            point.start_at(&problem, &start);
            let stop = DescentStop {
                violation: INNER_VIOLATION * local.violation,
                sweeps: INNER_SWEEPS,
            };
            point.descend(&problem, target.penalty, target.lambda, stop);
            for (at, &g) in local.groups.iter().enumerate() {
                self.v[g * h..(g + 1) * h].copy_from_slice(&point.v[at * h..(at + 1) * h]);
            }
            let reached = self.objective(rows, target);
            if reached < *objective {
                *objective = reached;
                *damping = (*damping / 3.0).max(LEAST_DAMPING);
                return true;
            }
            *damping *= 4.0;
        }
        self.v = old;
        false
    }
}

/// Share of the objective by which a step has to lower it to be followed by another: where steps
/// stop short of the violation that is asked for, more of them gain nothing. Neighbouring values
/// were not measured.
const FLAT: f64 = 1e-5;

/// Damping of the first step, relative to the diagonal of the Gram matrix: little, as the start is
/// near the minimum along the wide unit. It is divided by 3 after a step that lowers the objective
/// and multiplied by 4 after one that does not. Neighbouring values were not measured.
const FIRST_DAMPING: f64 = 1e-3;

/// Least damping: after a run of good steps it grows back within a few attempts.
const LEAST_DAMPING: f64 = 1e-6;

/// Attempts to lower the objective; the last one damps by `4⁷ ≈ 16,000` times as much as the first.
const ATTEMPTS: usize = 8;

/// Share of the mean diagonal that is added to each entry before it is damped, so that a parameter
/// on which the drive hardly depends (a unit that saturates everywhere) is damped too.
const FLOOR: f64 = 0.1;

/// Violation at which the quadratic of a step counts as solved, as a share of the violation at its
/// start, and the sweeps it may take. Inexact steps are enough, since the next linearisation moves the
/// minimum anyway; neighbouring values were not measured.
const INNER_VIOLATION: f64 = 0.1;
const INNER_SWEEPS: usize = 50;
