//! One target's network over candidates, from its linear part.
//!
//! The linear part is the minimum over `v ∈ ℝ^q` of
//!
//! ```text
//! ½ ‖y − Z v‖² + λ Σ_j c_j Ω(v_j)
//! ```
//!
//! with `Z` the integrated regulators and `y` the increments, both weighted, free of what is
//! unpenalised, and scaled to length one; `c_j` is the prior's penalty factor. The network has one
//! wide unit, which starts as the linear part, and pairs of narrow ones along the strongest
//! second-order terms that the linear part leaves (`second_order`). It is fitted at the same `λ` by
//! `network`, over the candidates only: the regulators of the linear part and of those terms.

use faer::{ColRef, Mat};

use crate::field::{Component, Unit};
use crate::genes::Gene;
use crate::numeric::mean;
use crate::penalty::Penalty;

use super::moments::{Integrated, Standardised};
use super::network::{NetworkReport, NetworkTask, TargetNetwork};
use super::quadratic::DescentStop;
use super::second_order::{
    Direction, SecondOrderTerm, parabola_correlations, second_order_terms, start_nonlinear,
};
use super::target_rows::{TargetRows, Unpenalised};

/// Candidates that the linear part may hand to the networks, those of the largest weights.
///
/// It bounds the cost of a step, which grows with its square: 24 candidates and 5 units are 125
/// parameters. Neighbouring values were not measured.
const MOST_CANDIDATES: usize = 24;

/// How large networks are, and when they stop.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NetworkLimits {
    /// Pairs of narrow units beside the wide one.
    pub(crate) pairs: usize,
    /// Violation of the optimality condition, as a share of `λ`.
    pub(crate) violation: f64,
    /// Levenberg–Marquardt steps.
    pub(crate) steps: usize,
}

/// A linear part on some rows: the standardised weights at one `λ`.
#[derive(Clone, Copy)]
pub(crate) struct LinearPart<'a> {
    pub(crate) data: &'a Integrated<'a>,
    pub(crate) rows: &'a TargetRows<'a>,
    pub(crate) standard: &'a Standardised,
    pub(crate) v: &'a [f64],
    pub(crate) lambda: f64,
    pub(crate) freedom: usize,
}

/// A fitted network and the regulators its columns belong to.
pub(crate) struct NonlinearFit {
    pub(crate) candidates: Vec<usize>,
    pub(crate) network: TargetNetwork,
    pub(crate) report: NetworkReport,
}

impl LinearPart<'_> {
    /// Regulators at the nodes, centred and in units in which their weights are standardised.
    fn inputs(&self, which: &[usize]) -> Mat<f64> {
        let nodes = self.data.segments.nodes();
        let mut out = Mat::zeros(nodes.nrows(), which.len());
        for (column, &j) in which.iter().enumerate() {
            let from = nodes.col_as_slice(self.data.regulators[j].index());
            let (center, scale) = (mean(from), self.standard.scales[j]);
            let to = out.col_as_slice_mut(column);
            to.iter_mut()
                .zip(from)
                .for_each(|(to, x)| *to = (x - center) * scale);
        }
        out
    }

    fn support(&self) -> Vec<usize> {
        (0..self.v.len()).filter(|&j| self.v[j] != 0.0).collect()
    }

    /// The drive of the linear part at the nodes, standardised, `m × 1`.
    pub(crate) fn drive(&self) -> Mat<f64> {
        let support = self.support();
        let weights = Mat::from_fn(support.len(), 1, |k, _| self.v[support[k]]);
        self.inputs(&support) * weights
    }

    /// Second-order terms of all open regulators that the linear part leaves unexplained.
    pub(crate) fn second_order_terms(&self) -> Vec<SecondOrderTerm> {
        let open: Vec<usize> = (0..self.v.len())
            .filter(|&j| self.standard.factors[j].is_finite())
            .collect();
        let support = self.support().len();
        let freedom = self.freedom.saturating_sub(support + 1) as f64;
        let inputs = self.inputs(&open);
        let mut terms =
            second_order_terms(self.rows, inputs.as_ref(), self.drive().as_ref(), freedom);
        for term in &mut terms {
            term.regulator = term.regulator.map(|k| open[k]);
        }
        terms
    }

    /// The networks, started along the strongest of `terms` and fitted at the linear part's `λ`.
    pub(crate) fn fit_nonlinear<P: Penalty>(
        &self,
        terms: &[SecondOrderTerm],
        penalty: P,
        stop: NetworkLimits,
    ) -> NonlinearFit {
        let terms = &terms[..terms.len().min(stop.pairs)];
        let candidates = self.candidates(terms);
        let weights: Vec<f64> = candidates.iter().map(|&j| self.v[j]).collect();
        let directions: Vec<Direction> = terms
            .iter()
            .map(|term| term.direction(&candidates, &weights))
            .collect();
        let mut network = start_nonlinear(self.inputs(&candidates), &weights, &directions);
        let factors: Vec<f64> = candidates
            .iter()
            .map(|&j| self.standard.factors[j])
            .collect();
        let target = NetworkTask {
            penalty,
            lambda: self.lambda,
            factors: &factors,
            stop: DescentStop {
                violation: stop.violation * self.lambda,
                sweeps: stop.steps,
            },
        };
        let report = network.fit(self.rows, &target);
        NonlinearFit {
            candidates,
            network,
            report,
        }
    }

    fn candidates(&self, terms: &[SecondOrderTerm]) -> Vec<usize> {
        let mut candidates = self.support();
        candidates.sort_by(|&a, &b| self.v[b].abs().total_cmp(&self.v[a].abs()));
        candidates.truncate(MOST_CANDIDATES);
        candidates.extend(terms.iter().filter_map(|term| term.regulator));
        candidates.sort_unstable();
        candidates.dedup();
        candidates
    }

    /// The linear part itself as a network with one wide unit.
    pub(crate) fn as_network(&self) -> NonlinearFit {
        let candidates = self.support();
        let mut v = vec![0.0];
        v.extend(candidates.iter().map(|&j| self.v[j]));
        let network = TargetNetwork {
            inputs: self.inputs(&candidates),
            ranges: vec![f64::INFINITY],
            v,
        };
        NonlinearFit {
            candidates,
            network,
            report: NetworkReport::default(),
        }
    }

    /// Correlation of every regulator's best second-order curve with the increments.
    pub(crate) fn parabola_correlations(&self) -> Vec<f64> {
        let regulators: Vec<usize> = (0..self.v.len()).collect();
        parabola_correlations(self.rows, self.inputs(&regulators).as_ref())
    }

    /// The component of a network, and its drive at the nodes in the units of the increments.
    pub(crate) fn finish(&self, fit: &NonlinearFit) -> (Component, Mat<f64>) {
        let drive = fit.network.drive() * faer::Scale(self.natural_unit());
        let rest = self.rows.unpenalised(drive.as_ref());
        (self.component(fit, &rest), drive)
    }

    /// Increments per standardised one; 0 where there is nothing to explain.
    fn natural_unit(&self) -> f64 {
        if self.rows.unit > 0.0 {
            1.0 / self.rows.unit
        } else {
            0.0
        }
    }

    /// The component in the units of the expression, with what goes with it unpenalised.
    fn component(&self, fit: &NonlinearFit, rest: &Unpenalised) -> Component {
        let h = fit.network.units();
        let kept: Vec<usize> = (0..fit.candidates.len())
            .filter(|&c| fit.network.column(c).iter().any(|w| *w != 0.0))
            .collect();
        let inputs = fit.network.inputs_of_units();
        let units = (0..h).filter(|_| !kept.is_empty());
        Component {
            regulators: kept.iter().map(|&c| self.regulator(fit, c)).collect(),
            units: units
                .map(|k| self.unit(fit, &kept, k, inputs.col(k)))
                .collect(),
            intercept: rest.covariates.first().copied().unwrap_or(0.0),
            decay: rest.decay,
            covariates: rest.covariates.iter().skip(1).copied().collect(),
        }
    }

    /// Unit `k` over the candidates that are kept; `inputs` are its pre-activations at the nodes.
    fn unit(&self, fit: &NonlinearFit, kept: &[usize], k: usize, inputs: ColRef<'_, f64>) -> Unit {
        let (network, natural) = (&fit.network, self.natural_unit());
        let reach = inputs.iter().fold(0.0, |most: f64, z| most.max(z.abs()));
        let range = network.ranges[k].min(WIDE * reach).max(f64::MIN_POSITIVE);
        let weights: Vec<f64> = kept
            .iter()
            .map(|&c| network.column(c)[k] * self.standard.scales[fit.candidates[c]] * natural)
            .collect();
        let shift: f64 = kept
            .iter()
            .zip(&weights)
            .map(|(&c, w)| w * self.center(fit, c))
            .sum();
        Unit {
            range: range * natural,
            bias: network.v[k] * natural - shift,
            weights,
        }
    }

    fn regulator(&self, fit: &NonlinearFit, candidate: usize) -> Gene {
        self.data.regulators[fit.candidates[candidate]]
    }

    /// Mean of a candidate over the nodes.
    fn center(&self, fit: &NonlinearFit, candidate: usize) -> f64 {
        let column = self.regulator(fit, candidate).index();
        mean(self.data.segments.nodes().col_as_slice(column))
    }
}

/// Range of the wide unit over the largest input that the data give it: linear on the data and
/// some way beyond, yet bounded, so that no trajectory of the model can run away. It changes
/// nothing on the data; how far the model extrapolates with other values was not measured.
const WIDE: f64 = 4.0;
