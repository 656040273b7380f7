//! The model of one target: its `λ`, its linear part, and whether nonlinear units pay.
//!
//! For target `i` with weighted increments `y` over the rows of the weak form,
//!
//! ```text
//! min over W, b, δ, β   ½ ‖y − ∫ (g(W x + b) − δ x_i + β u) dt‖² + λ Σ_j c_j Ω(W_j)
//! ```
//!
//! in which decay `δ` and covariates `β` carry no penalty and are projected out exactly
//! (`moments`, `target_rows`). Then
//!
//! 1. `g` is linear (one wide unit), and `λ` is the one of twelve between 0.9 and 0.03 `λ_max` with
//!    the smallest squared error on held-out rows over one interval;
//! 2. a decay below 0 is set to 0 and the linear part fitted again;
//! 3. if a second-order term of the residual is above its threshold (`second_order`), networks
//!    with narrow units are fitted at this `λ` and two smaller ones (`network`); they replace the
//!    linear part if they predict held-out rows better by two standard errors.

use faer::{Mat, MatRef};

use crate::field::Component;
use crate::genes::Gene;
use crate::numeric::{axpy, mean, squares_around, standard_deviation};
use crate::penalty::Penalty;
use crate::prior::Prior;
use crate::segments::RowKind;

use super::held_out::{Fold, HeldOut};
use super::model::{RegularisationPath, TargetModel};
use super::moments::{Integrated, RowMoments, Standardised};
use super::nonlinear::{LinearPart, NetworkLimits};
use super::quadratic::{DescentPoint, DescentReport, DescentStop};
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
        let mut sample = TargetSample {
            target,
            t,
            rows,
            moments: full,
            level,
            own: self.decays(),
        };
        let mut model = self.linear_model(&sample);
        if model.component.decay <= 0.0 {
            sample.own = false;
            model = self.linear_model(&sample);
        }
        model.component.decay = model.component.decay.max(0.0);
        model.held_out = held_out;
        model.path = self.regularisation_path(&sample);
        if self.nonlinear && model.curvature.abs() > threshold(self.data.regulators.len()) {
            self.try_nonlinear(&sample, folds, &mut model);
        }
        model
    }

    /// Linear part and model at a `λ` that is known already; the two are the same unless
    /// `nonlinear`.
    pub(crate) fn at_known_lambda(
        &self,
        sample: &TargetSample<'_>,
        nonlinear: bool,
    ) -> (Component, Component) {
        let mut sample = *sample;
        let mut linear = self.linear_component(&sample);
        if linear.decay <= 0.0 {
            sample.own = false;
            linear = self.linear_component(&sample);
        }
        let networks = nonlinear.then(|| {
            self.with_linear_part(&sample, |linear, _| {
                let terms = linear.second_order_terms();
                let networks = linear.fit_nonlinear(&terms, self.penalty, IN_FOLDS);
                linear.finish(&networks).0
            })
        });
        // networks that want a negative decay are refused here as in the fit
        let model = networks.filter(|component| component.decay >= 0.0);
        (linear.clone(), model.unwrap_or(linear))
    }

    fn linear_component(&self, sample: &TargetSample<'_>) -> Component {
        self.with_linear_part(sample, |linear, _| linear.finish(&linear.as_network()).0)
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
        let (mut standard, mut point) = (Standardised::default(), DescentPoint::default());
        for fold in folds {
            let own = self.decays();
            let rows = TargetRows::new(self.data, &fold.train, target, own);
            let truth = self.increments(&fold.test, target);
            let flat = self.error(&rows, &fold.test, &truth, None);
            validation.held_out.decay_only += flat;
            let center = mean(&self.increments(&fold.train, target));
            validation.held_out.total += squares_around(&truth, center);
            validation.held_out.no_change += self.no_change(&fold.test, target, center);
            validation.held_out.segments += truth.len();
            fold.moments
                .problem_into(t, self.data.regulators, self.prior, own, &mut standard);
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

    /// Whether the decay is one of the coefficients.
    pub(crate) fn decays(&self) -> bool {
        self.data.segments.kind() == RowKind::Increments
    }

    /// Squared error of "no change"; of a level without one before it, that of `center`.
    fn no_change(&self, rows: &[usize], target: Gene, center: f64) -> f64 {
        let segments = self.data.segments;
        let squares = rows.iter().map(|&row| {
            let predicted = segments.unchanged(row, target);
            let predicted = if predicted.is_nan() {
                center
            } else {
                predicted
            };
            (segments.increment(row, target) - predicted).powi(2)
        });
        squares.sum()
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
            axpy(*w, column, drive.col_as_slice_mut(0));
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

    /// Calls `then` with the linear part at one level, and how the descent along its path went:
    /// all its sweeps, and the last violation as a share of `λ_max`.
    pub(crate) fn with_linear_part<R>(
        &self,
        sample: &TargetSample<'_>,
        then: impl FnOnce(&LinearPart<'_>, DescentReport) -> R,
    ) -> R {
        let (mut standard, mut point) = (Standardised::default(), DescentPoint::default());
        sample.moments.problem_into(
            sample.t,
            self.data.regulators,
            self.prior,
            sample.own,
            &mut standard,
        );
        let problem = standard.problem();
        let lambda_max = problem.lambda_max(self.penalty);
        point.reset(&problem);
        let stop = self.stop_at(lambda_max);
        let mut descent = DescentReport::default();
        for share in self.path[..=sample.level]
            .iter()
            .filter(|_| lambda_max > 0.0)
        {
            let report = point.descend(&problem, self.penalty, share * lambda_max, stop);
            descent.sweeps += report.sweeps;
            descent.violation = report.violation / lambda_max;
        }
        let rows = TargetRows::new(self.data, sample.rows, sample.target, sample.own);
        let linear = LinearPart {
            data: self.data,
            rows: &rows,
            standard: &standard,
            v: &point.v,
            lambda: lambda_max * self.path[sample.level],
            freedom: sample.moments.freedom,
        };
        then(&linear, descent)
    }

    /// The linear part as a model, with the strongest second-order term it leaves.
    fn linear_model(&self, sample: &TargetSample<'_>) -> TargetModel {
        self.with_linear_part(sample, |linear, descent| {
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
            TargetModel {
                component,
                held_out: HeldOut::default(),
                lambda_ratio: self.path[sample.level],
                path: RegularisationPath::default(),
                nonlinear: false,
                curvature: terms.first().map_or(0.0, |term| term.score),
                correlation: linear.standard.correlations(),
                natural,
                dense: Vec::new(),
                violation: descent.violation,
                iterations: descent.sweeps,
                converged: descent.violation <= self.stop.violation,
            }
        })
    }

    /// Takes the networks if they predict held-out segments better by more than two standard
    /// errors of the difference, at the best of the linear part's `λ` and two smaller ones.
    fn try_nonlinear(&self, sample: &TargetSample<'_>, folds: &[Fold], model: &mut TargetModel) {
        let linear = self.held_out_squares(sample, folds, false);
        let mut best: Option<(usize, Vec<f64>)> = None;
        for level in (0..3).map(|step| sample.level + LEVELS_BETWEEN * step) {
            if level < self.path.len() {
                let sample = TargetSample { level, ..*sample };
                let squares = self.held_out_squares(&sample, folds, true);
                if best
                    .as_ref()
                    .is_none_or(|(_, least)| sum(&squares).total_cmp(&sum(least)).is_lt())
                {
                    best = Some((level, squares));
                }
            }
        }
        let Some((level, nonlinear)) = best else {
            return;
        };
        let gains: Vec<f64> = linear.iter().zip(&nonlinear).map(|(a, b)| a - b).collect();
        let error = standard_deviation(&gains) / (gains.len() as f64).sqrt();
        let better = mean(&gains) > STANDARD_ERRORS * error;
        if better && self.use_networks(&TargetSample { level, ..*sample }, model) {
            model.held_out.model = sum(&nonlinear);
        }
    }

    /// Squared error of every held-out row, of the linear part or of the networks.
    fn held_out_squares(
        &self,
        sample: &TargetSample<'_>,
        folds: &[Fold],
        nonlinear: bool,
    ) -> Vec<f64> {
        let mut squares = Vec::new();
        for fold in folds {
            let training = TargetSample {
                rows: &fold.train,
                moments: &fold.moments,
                ..*sample
            };
            let predicted = self.with_linear_part(&training, |linear, _| {
                let model = if nonlinear {
                    let terms = linear.second_order_terms();
                    linear.fit_nonlinear(&terms, self.penalty, IN_FOLDS)
                } else {
                    linear.as_network()
                };
                let (_, drive) = linear.finish(&model);
                let rest = linear.rows.unpenalised(drive.as_ref());
                linear.rows.predict(&fold.test, drive.as_ref(), &rest)
            });
            let truth = self.increments(&fold.test, sample.target);
            let pairs = truth.iter().zip(&predicted);
            squares.extend(pairs.map(|(y, f)| (y - f).powi(2)));
        }
        squares
    }

    /// Puts the networks on all rows in the linear part's place; refused if they want a negative
    /// decay.
    fn use_networks(&self, sample: &TargetSample<'_>, model: &mut TargetModel) -> bool {
        self.with_linear_part(sample, |linear, _| {
            let terms = linear.second_order_terms();
            let networks = linear.fit_nonlinear(&terms, self.penalty, ON_ALL_ROWS);
            let (component, _) = linear.finish(&networks);
            if component.decay < 0.0 {
                return false;
            }
            let parabolas = linear.parabola_correlations();
            for (line, parabola) in model.correlation.iter_mut().zip(parabolas) {
                if *line != 0.0 {
                    *line = parabola.copysign(*line);
                }
            }
            model.component = component;
            model.nonlinear = true;
            model.lambda_ratio = self.path[sample.level];
            model.iterations += networks.report.steps;
            model.violation = networks.report.violation / linear.lambda;
            model.converged = model.violation <= NONLINEAR_VIOLATION;
            true
        })
    }
}

/// Levels of the path between the values of `λ` that are tried for the networks. The groups of a
/// network have more weights, which the same `λ` shrinks more, so only smaller values are tried; two
/// levels of the twelve are about half of `λ`. Neighbouring values were not measured.
const LEVELS_BETWEEN: usize = 2;

/// Standard errors by which networks have to be better on held-out rows, so that chance does not
/// decide: where regulation is linear, no model is to be nonlinear (`tests/suite/logic.rs`).
/// Neighbouring values were not measured.
const STANDARD_ERRORS: f64 = 2.0;

/// Violation, as a share of `λ`, above which networks count as not converged, and the summary says
/// so. It is looser than the share at which they stop ([`ON_ALL_ROWS`]), since they also stop where
/// steps have become flat. Neighbouring values were not measured.
const NONLINEAR_VIOLATION: f64 = 5e-2;

/// How far the networks of a fold are taken: less far than on all rows, as there are fifteen such
/// fits (five folds, three `λ`) for one of those. Neighbouring values were not measured.
const IN_FOLDS: NetworkLimits = NetworkLimits {
    pairs: 2,
    violation: 2e-2,
    steps: 12,
};

/// How far the networks on all rows are taken. Two pairs of narrow units describe a hump or an AND;
/// neighbouring values were not measured.
const ON_ALL_ROWS: NetworkLimits = NetworkLimits {
    pairs: 2,
    violation: 1e-3,
    steps: 40,
};

fn sum(squares: &[f64]) -> f64 {
    squares.iter().sum()
}

fn least(errors: &[f64]) -> usize {
    (0..errors.len())
        .min_by(|&a, &b| errors[a].total_cmp(&errors[b]))
        .unwrap_or(0)
}
