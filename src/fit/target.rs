//! The model of one target: its `λ`, its linear part, and whether nonlinear units pay.

use faer::{Mat, MatRef};
use serde::{Deserialize, Serialize};

use crate::field::Component;
use crate::genes::Gene;
use crate::numeric::{mean, standard_deviation};
use crate::penalty::Penalty;
use crate::prior::Prior;

use super::held_out::{Fold, HeldOut};
use super::lambda_path::RegularisationPath;
use super::moments::{Integrated, RowMoments, Standardised};
use super::nonlinear::{LinearPart, StoppingRule};
use super::quadratic::{DescentStop, Point};
use super::second_order::threshold;
use super::target_rows::TargetRows;

/// How a target's model is chosen.
#[derive(Clone, Debug)]
pub(crate) struct Choice<'a, P> {
    pub(crate) data: &'a Integrated<'a>,
    pub(crate) prior: &'a Prior,
    pub(crate) penalty: P,
    /// `λ` as shares of `λ_max`, falling.
    pub(crate) path: &'a [f64],
    pub(crate) stop: DescentStop,
    /// Whether networks with several units are tried at all.
    pub(crate) nonlinear: bool,
}

/// The model of one target and how it was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TargetModel {
    /// The fitted component.
    pub component: Component,
    /// Prediction of held-out segments.
    pub held_out: HeldOut,
    /// Chosen `λ` as a share of `λ_max`.
    pub lambda_ratio: f64,
    /// The linear part at all `λ` among which it was chosen.
    pub path: RegularisationPath,
    /// Whether networks with several units predicted held-out segments better.
    pub nonlinear: bool,
    /// Strongest second-order term that the linear part left unexplained, in standard deviations.
    pub curvature: f64,
    /// Correlation of every regulator with the increments, all else unpenalised projected out;
    /// where nonlinear units pay, of its best parabola, with the sign of the line's; 0 for regulators
    /// that the prior forbids or that cannot be told from what is projected out.
    pub correlation: Vec<f64>,
    /// Weight per unit of expression of a standardised weight, for every regulator.
    pub natural: Vec<f64>,
    /// Violation of the optimality condition at the end.
    pub violation: f64,
    /// Sweeps and steps that it took.
    pub iterations: usize,
    /// Whether the violation fell below the tolerance.
    pub converged: bool,
}

/// A target on some rows at one level of the path.
#[derive(Clone, Copy)]
pub(crate) struct TargetSample<'a> {
    pub(crate) target: Gene,
    /// Number of the target in the moments.
    pub(crate) t: usize,
    pub(crate) rows: &'a [usize],
    pub(crate) moments: &'a RowMoments,
    pub(crate) level: usize,
    /// Whether the target decays.
    pub(crate) own: bool,
}

/// Predictions of held-out rows by linear parts at every level of the path.
struct Validation {
    errors: Vec<f64>,
    held_out: HeldOut,
}

impl<P: Penalty> Choice<'_, P> {
    /// Fits target number `t` of `full`, whose known rows are `rows`.
    pub(crate) fn fit(
        &self,
        target: Gene,
        t: usize,
        rows: &[usize],
        full: &RowMoments,
        folds: &[Fold],
    ) -> TargetModel {
        let validation = self.validate(target, t, folds);
        let level = least(&validation.errors);
        let mut held_out = validation.held_out;
        held_out.linear = validation.errors[level];
        held_out.model = held_out.linear;
        let mut at = TargetSample {
            target,
            t,
            rows,
            moments: full,
            level,
            own: true,
        };
        let mut model = self.linear_model(&at);
        if model.component.decay <= 0.0 {
            at.own = false;
            model = self.linear_model(&at);
        }
        model.component.decay = model.component.decay.max(0.0);
        model.held_out = held_out;
        model.path = self.regularisation_path(&at);
        if self.nonlinear && model.curvature.abs() > threshold(self.data.regulators.len()) {
            self.try_nonlinear(&at, folds, &mut model);
        }
        model
    }

    /// Linear part and model at a `λ` that is known already; the two are the same unless
    /// `nonlinear`.
    pub(crate) fn at_known_lambda(
        &self,
        at: &TargetSample<'_>,
        nonlinear: bool,
    ) -> (Component, Component) {
        let mut at = *at;
        let linear_model = |at: &TargetSample<'_>| {
            self.with_linear_part(at, |linear, _, _| linear.finish(&linear.as_network()).0)
        };
        let mut linear = linear_model(&at);
        if linear.decay <= 0.0 {
            at.own = false;
            linear = linear_model(&at);
        }
        let networks = nonlinear.then(|| {
            self.with_linear_part(&at, |linear, _, _| {
                let networks =
                    linear.fit_nonlinear(&linear.second_order_terms(), self.penalty, IN_FOLDS);
                linear.finish(&networks).0
            })
        });
        // networks that want a negative decay are refused here as in the fit
        let model = networks.filter(|component| component.decay >= 0.0);
        (linear.clone(), model.unwrap_or(linear))
    }

    /// The tolerance is a share of `λ_max`.
    pub(crate) fn stop_at(&self, lambda_max: f64) -> DescentStop {
        DescentStop {
            violation: self.stop.violation * lambda_max.max(f64::MIN_POSITIVE),
            ..self.stop
        }
    }

    fn validate(&self, target: Gene, t: usize, folds: &[Fold]) -> Validation {
        let mut validation = Validation {
            errors: vec![0.0; self.path.len()],
            held_out: HeldOut::default(),
        };
        let (mut standard, mut point) = (Standardised::default(), Point::default());
        for fold in folds {
            let rows = TargetRows::new(self.data, &fold.train, target, true);
            let truth = self.increments(&fold.test, target);
            let flat = self.error(&rows, &fold.test, &truth, None);
            validation.held_out.decay_only += flat;
            let center = mean(&self.increments(&fold.train, target));
            validation.held_out.total += truth.iter().map(|y| (y - center).powi(2)).sum::<f64>();
            validation.held_out.no_change += truth.iter().map(|y| y * y).sum::<f64>();
            validation.held_out.segments += truth.len();
            fold.moments
                .problem_into(t, self.data.regulators, self.prior, true, &mut standard);
            let problem = standard.problem();
            let lambda_max = problem.lambda_max(self.penalty);
            point.reset(&problem);
            for (level, share) in self.path.iter().enumerate() {
                if lambda_max > 0.0 {
                    let stop = self.stop_at(lambda_max);
                    point.descend(&problem, self.penalty, share * lambda_max, stop);
                }
                let drive = self.natural_drive(&standard, &point.v);
                let error = self.error(&rows, &fold.test, &truth, Some(drive.as_ref()));
                validation.errors[level] += error;
            }
        }
        validation
    }

    fn increments(&self, rows: &[usize], target: Gene) -> Vec<f64> {
        rows.iter()
            .map(|&row| self.data.segments.increment(row, target))
            .collect()
    }

    /// The drive of the linear part at the nodes in the units of the increments, `m × 1`.
    fn natural_drive(&self, standard: &Standardised, v: &[f64]) -> Mat<f64> {
        let nodes = self.data.segments.nodes();
        let mut weights = vec![0.0; v.len()];
        standard.natural_into(v, &mut weights);
        let mut drive = Mat::zeros(nodes.nrows(), 1);
        for (gene, w) in self
            .data
            .regulators
            .iter()
            .zip(&weights)
            .filter(|(_, w)| **w != 0.0)
        {
            let column = nodes.col_as_slice(gene.index());
            crate::numeric::axpy(*w, column, drive.col_as_slice_mut(0));
        }
        drive
    }

    fn error(
        &self,
        rows: &TargetRows<'_>,
        test: &[usize],
        truth: &[f64],
        drive: Option<MatRef<'_, f64>>,
    ) -> f64 {
        let none = Mat::zeros(self.data.segments.nodes().nrows(), 1);
        let drive = drive.unwrap_or(none.as_ref());
        let predicted = rows.predict(test, drive, &rows.unpenalised(drive));
        truth
            .iter()
            .zip(&predicted)
            .map(|(y, f)| (y - f).powi(2))
            .sum()
    }

    /// Calls `then` with the linear part at one level, and the sweeps and violation of its path.
    pub(crate) fn with_linear_part<R>(
        &self,
        at: &TargetSample<'_>,
        then: impl FnOnce(&LinearPart<'_>, usize, f64) -> R,
    ) -> R {
        let (mut standard, mut point) = (Standardised::default(), Point::default());
        at.moments.problem_into(
            at.t,
            self.data.regulators,
            self.prior,
            at.own,
            &mut standard,
        );
        let problem = standard.problem();
        let lambda_max = problem.lambda_max(self.penalty);
        point.reset(&problem);
        let stop = self.stop_at(lambda_max);
        let (mut sweeps, mut violation) = (0, 0.0);
        for share in self.path[..=at.level].iter().filter(|_| lambda_max > 0.0) {
            let report = point.descend(&problem, self.penalty, share * lambda_max, stop);
            sweeps += report.sweeps;
            violation = report.violation / lambda_max;
        }
        let rows = TargetRows::new(self.data, at.rows, at.target, at.own);
        let linear = LinearPart {
            data: self.data,
            rows: &rows,
            standard: &standard,
            v: &point.v,
            lambda: lambda_max * self.path[at.level],
            freedom: at.moments.freedom,
        };
        then(&linear, sweeps, violation)
    }

    /// The linear part as a model, with the strongest second-order term it leaves.
    fn linear_model(&self, at: &TargetSample<'_>) -> TargetModel {
        self.with_linear_part(at, |linear, iterations, violation| {
            let (component, _) = linear.finish(&linear.as_network());
            let terms = if self.nonlinear {
                linear.second_order_terms()
            } else {
                Vec::new()
            };
            let mut natural = vec![0.0; linear.v.len()];
            linear
                .standard
                .natural_into(&vec![1.0; linear.v.len()], &mut natural);
            let products = linear.standard.problem().linear.iter();
            let candidates = products.zip(&linear.standard.factors);
            let known = |(r, factor): (&f64, &f64)| if factor.is_finite() { *r } else { 0.0 };
            TargetModel {
                component,
                held_out: HeldOut::default(),
                lambda_ratio: self.path[at.level],
                path: RegularisationPath::default(),
                nonlinear: false,
                curvature: terms.first().map_or(0.0, |term| term.score),
                correlation: candidates.map(known).collect(),
                natural,
                violation,
                iterations,
                converged: violation <= self.stop.violation,
            }
        })
    }

    /// Takes the networks if they predict held-out segments better by more than two standard
    /// errors of the difference, at the best of the linear part's `λ` and two weaker ones.
    fn try_nonlinear(&self, at: &TargetSample<'_>, folds: &[Fold], model: &mut TargetModel) {
        let linear = self.held_out_squares(at, folds, false);
        let levels = (0..3)
            .map(|step| at.level + 2 * step)
            .filter(|l| *l < self.path.len());
        let trial = |level: usize| {
            let at = TargetSample { level, ..*at };
            let nonlinear = self.held_out_squares(&at, folds, true);
            (level, nonlinear)
        };
        let sum = |squares: &[f64]| squares.iter().sum::<f64>();
        let best = levels
            .map(trial)
            .min_by(|a, b| sum(&a.1).total_cmp(&sum(&b.1)));
        let Some((level, nonlinear)) = best else {
            return;
        };
        let gains: Vec<f64> = linear.iter().zip(&nonlinear).map(|(a, b)| a - b).collect();
        let error = standard_deviation(&gains) / (gains.len() as f64).sqrt();
        if mean(&gains) > 2.0 * error && self.use_networks(&TargetSample { level, ..*at }, model) {
            model.held_out.model = sum(&nonlinear);
        }
    }

    /// Squared error of every held-out row, of the linear part or of the networks.
    fn held_out_squares(&self, at: &TargetSample<'_>, folds: &[Fold], nonlinear: bool) -> Vec<f64> {
        let of_fold = |fold: &Fold| {
            let here = TargetSample {
                rows: &fold.train,
                moments: &fold.moments,
                ..*at
            };
            let predicted = self.with_linear_part(&here, |linear, _, _| {
                let model = if nonlinear {
                    linear.fit_nonlinear(&linear.second_order_terms(), self.penalty, IN_FOLDS)
                } else {
                    linear.as_network()
                };
                let (_, drive) = linear.finish(&model);
                let rest = linear.rows.unpenalised(drive.as_ref());
                linear.rows.predict(&fold.test, drive.as_ref(), &rest)
            });
            let truth = self.increments(&fold.test, at.target);
            truth
                .iter()
                .zip(&predicted)
                .map(|(y, f)| (y - f).powi(2))
                .collect::<Vec<_>>()
        };
        folds.iter().flat_map(of_fold).collect()
    }

    /// Puts the networks on all rows in the linear part's place; refused if they want a negative
    /// decay.
    fn use_networks(&self, at: &TargetSample<'_>, model: &mut TargetModel) -> bool {
        self.with_linear_part(at, |linear, _, _| {
            let networks =
                linear.fit_nonlinear(&linear.second_order_terms(), self.penalty, ON_ALL_ROWS);
            let (component, _) = linear.finish(&networks);
            if component.decay < 0.0 {
                return false;
            }
            let curves = linear.parabola_correlations();
            let pairs = model.correlation.iter_mut().zip(curves);
            pairs
                .filter(|(line, _)| **line != 0.0)
                .for_each(|(line, curve)| *line = curve.copysign(*line));
            model.component = component;
            model.nonlinear = true;
            model.lambda_ratio = self.path[at.level];
            model.iterations += networks.report.steps;
            model.violation = networks.report.violation / linear.lambda;
            model.converged = model.violation <= NONLINEAR_VIOLATION;
            true
        })
    }
}

/// Violation, as a share of `λ`, above which networks count as not converged.
const NONLINEAR_VIOLATION: f64 = 5e-2;

/// How far the networks of a fold are taken.
const IN_FOLDS: StoppingRule = StoppingRule {
    pairs: 2,
    violation: 2e-2,
    steps: 12,
};

/// How far the networks on all rows are taken.
const ON_ALL_ROWS: StoppingRule = StoppingRule {
    pairs: 2,
    violation: 1e-3,
    steps: 40,
};

fn least(errors: &[f64]) -> usize {
    (0..errors.len())
        .min_by(|&a, &b| errors[a].total_cmp(&errors[b]))
        .unwrap_or(0)
}
