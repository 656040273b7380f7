//! The networks with several units, fitted by a proximal Levenberg–Marquardt method.
//!
//! Each step linearises the units, solves the penalised quadratic of that linearisation exactly
//! (see `quadratic`) and keeps the point if the true objective falls. With the wide unit alone
//! the linearisation is exact and one step is the skeleton.

use faer::{Mat, MatRef};

use crate::numeric::{dot, gram, saturate, saturate_slope, squared_norm};
use crate::penalty::Penalty;

use super::quadratic::{Point, Quadratic, Stop};
use super::target_rows::TargetRows;

/// Units over candidate regulators; parameters in groups of `h`: the biases first, then the
/// column of each candidate.
#[derive(Clone, Debug)]
pub(crate) struct Network {
    /// Standardised, centred candidates at the nodes, `m × c`.
    pub(crate) inputs: Mat<f64>,
    /// Range of every unit; infinite for the wide one, which is number 0.
    pub(crate) ranges: Vec<f64>,
    /// `(1 + c)·h` parameters.
    pub(crate) v: Vec<f64>,
}

/// Strength, penalty factors of the candidates, and when to stop.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Target<'a, P> {
    pub(crate) penalty: P,
    pub(crate) strength: f64,
    pub(crate) factors: &'a [f64],
    pub(crate) stop: Stop,
}

/// How a fit ended.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct NetworkReport {
    pub(crate) steps: usize,
    pub(crate) objective: f64,
    pub(crate) violation: f64,
}

struct Linearised {
    residual: Vec<f64>,
    jacobian: Mat<f64>,
}

impl Network {
    pub(crate) fn units(&self) -> usize {
        self.ranges.len()
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

    /// Mean slope of the drive along every candidate over the nodes: of its size, and signed.
    pub(crate) fn slopes(&self) -> Vec<(f64, f64)> {
        let (h, z) = (self.units(), self.inputs_of_units());
        let nodes = z.nrows() as f64;
        let mut slopes = vec![(0.0, 0.0); self.inputs.ncols()];
        for node in 0..z.nrows() {
            let gains: Vec<f64> = (0..h)
                .map(|k| saturate_slope(z[(node, k)], self.ranges[k]))
                .collect();
            for (j, (size, signed)) in slopes.iter_mut().enumerate() {
                let slope = dot(&gains, &self.v[(1 + j) * h..(2 + j) * h]);
                *size += slope.abs() / nodes;
                *signed += slope / nodes;
            }
        }
        slopes
    }

    fn residual(&self, rows: &TargetRows<'_>, z: MatRef<'_, f64>) -> Vec<f64> {
        let fitted = rows.projected(self.drive_from(z).as_ref());
        let pairs = rows.response.iter().zip(fitted.col(0).iter());
        pairs.map(|(y, f)| y - f).collect()
    }

    fn linearise(&self, rows: &TargetRows<'_>) -> Linearised {
        let (h, z) = (self.units(), self.inputs_of_units());
        let slopes = Mat::from_fn(z.nrows(), h, |i, k| {
            saturate_slope(z[(i, k)], self.ranges[k])
        });
        let mut columns = Mat::zeros(z.nrows(), (1 + self.inputs.ncols()) * h);
        for group in 0..=self.inputs.ncols() {
            for k in 0..h {
                let to = columns.col_as_slice_mut(group * h + k);
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
        Linearised {
            residual: self.residual(rows, z.as_ref()),
            jacobian: rows.projected(columns.as_ref()),
        }
    }

    fn penalty_value<P: Penalty>(&self, target: &Target<'_, P>) -> f64 {
        let groups = self
            .v
            .chunks_exact(self.units())
            .skip(1)
            .zip(target.factors);
        groups
            .filter(|(v, _)| v.iter().any(|x| *x != 0.0))
            .map(|(v, factor)| target.penalty.at(target.strength * factor).value(v))
            .sum()
    }

    fn objective<P: Penalty>(&self, rows: &TargetRows<'_>, target: &Target<'_, P>) -> f64 {
        let residual = self.residual(rows, self.inputs_of_units().as_ref());
        0.5 * squared_norm(&residual) + self.penalty_value(target)
    }

    /// Moves to a stationary point of `½‖y − Ω f‖² + Σ_j λ c_j Ω(v_j)`.
    ///
    /// # Cost   a step takes `O(n·(ch)²)` for `c` candidates and `h` units.
    /// # Source Lee, Sun & Saunders (2014), SIAM J. Optim. 24:1420 (proximal Newton methods),
    ///   with Levenberg's damping in the place of a line search.
    pub(crate) fn fit<P: Penalty>(
        &mut self,
        rows: &TargetRows<'_>,
        target: &Target<'_, P>,
    ) -> NetworkReport {
        let mut factors = vec![0.0];
        factors.extend_from_slice(target.factors);
        let mut report = NetworkReport {
            objective: self.objective(rows, target),
            ..NetworkReport::default()
        };
        let mut damping = 1e-3;
        while report.steps < target.stop.sweeps {
            report.steps += 1;
            let at = self.linearise(rows);
            report.violation = self.violation(&at, target, &factors);
            if report.violation <= target.stop.violation {
                break;
            }
            let before = report.objective;
            if !self.step(
                rows,
                target,
                &factors,
                &at,
                &mut damping,
                &mut report.objective,
            ) {
                break;
            }
            if before - report.objective < 1e-9 * before {
                break;
            }
        }
        report
    }

    fn violation<P: Penalty>(&self, at: &Linearised, target: &Target<'_, P>, c: &[f64]) -> f64 {
        let h = self.units();
        let gradient = |k: usize| -dot(at.jacobian.col_as_slice(k), &at.residual);
        let group = |g: usize| {
            let g_gradient: Vec<f64> = (g * h..(g + 1) * h).map(gradient).collect();
            let penalty = target.penalty.at(target.strength * c[g]);
            penalty.violation(&self.v[g * h..(g + 1) * h], &g_gradient)
        };
        (0..c.len())
            .filter(|&g| c[g].is_finite())
            .map(group)
            .fold(0.0, f64::max)
    }

    /// One damped step; raises the damping until the objective falls.
    fn step<P: Penalty>(
        &mut self,
        rows: &TargetRows<'_>,
        target: &Target<'_, P>,
        factors: &[f64],
        at: &Linearised,
        damping: &mut f64,
        objective: &mut f64,
    ) -> bool {
        let plain = gram(at.jacobian.as_ref());
        let size = plain.ncols();
        let mean = (0..size).map(|k| plain[(k, k)]).sum::<f64>() / size as f64;
        let old = self.v.clone();
        let mut point = Point::default();
        for _ in 0..8 {
            let mut hessian = plain.clone();
            (0..size).for_each(|k| hessian[(k, k)] += *damping * (plain[(k, k)] + 0.1 * mean));
            let linear: Vec<f64> = (0..size)
                .map(|k| {
                    let curved = dot(hessian.col_as_slice(k), &old);
                    curved + dot(at.jacobian.col_as_slice(k), &at.residual)
                })
                .collect();
            let problem = Quadratic {
                hessian: &hessian,
                linear: &linear,
                group: self.units(),
                factors,
            };
            point.start_at(&problem, &old);
            let stop = Stop {
                violation: 0.1 * target.stop.violation,
                sweeps: 300,
            };
            point.descend(&problem, target.penalty, target.strength, stop);
            self.v.copy_from_slice(&point.v);
            let reached = self.objective(rows, target);
            if reached < *objective {
                *objective = reached;
                *damping = (*damping / 3.0).max(1e-6);
                return true;
            }
            *damping *= 4.0;
        }
        self.v = old;
        false
    }
}
