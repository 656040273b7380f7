//! Log odds of an edge before the responses, learned so that they fit them.

use faer::Mat;

use super::explanation::logistic;

/// `θ₀ + θ₁ s_ij + u_j`: base rate, worth of the other evidence, and how active the regulator is.
#[derive(Clone, Debug)]
pub(super) struct Odds {
    base: f64,
    slope: f64,
    hubs: Vec<f64>,
    start: (f64, f64),
}

/// Expected regulators of a gene, and the largest share of pairs that this may be.
const EXPECTED: (f64, f64) = (2.0, 0.15);
/// Worth of the other evidence to start from, in log odds a unit of its root.
const SLOPE: f64 = 2.0;
/// Precision of the two starts.
const PRECISION: (f64, f64) = (0.2, 10.0);
/// Steps in a round.
const STEPS: usize = 10;

/// First and second moments of what a step needs.
#[derive(Default)]
struct Moments {
    gradient: [f64; 2],
    hessian: [f64; 3],
}

impl Odds {
    /// What is expected of so many regulators and targets before any data.
    pub(super) fn new(regulators: usize, targets: usize) -> Self {
        let genes = regulators.max(targets).max(1) as f64;
        let rate = (EXPECTED.0 / genes).min(EXPECTED.1);
        let start = ((rate / (1.0 - rate)).ln(), SLOPE);
        Self {
            base: start.0,
            slope: start.1,
            hubs: vec![0.0; regulators],
            start,
        }
    }

    /// Log odds of a pair; `strength` is centred.
    pub(super) fn of(&self, regulator: usize, strength: f64) -> f64 {
        self.base + self.slope * strength + self.hubs[regulator]
    }

    /// Newton steps of expectation–maximisation, towards `Π (1 − π + π e^gain)` at its largest.
    ///
    /// * `strength`: targets × regulators, centred, NaN where a pair is no candidate; all 0 where
    ///   there is no other evidence
    /// * `gain`: of the responses
    /// * `perturbed`: regulators that were changed in some intervention; only their pairs say something
    /// * `spread`: standard deviation of the regulators' log odds
    pub(super) fn learn(
        &mut self,
        strength: &Mat<f64>,
        gain: &Mat<f64>,
        perturbed: &[bool],
        spread: f64,
    ) {
        for _ in 0..STEPS {
            self.common_step(strength, gain, perturbed);
            for j in (0..perturbed.len()).filter(|j| perturbed[*j]) {
                self.hub_step(strength, gain, j, spread);
            }
        }
    }

    fn common_step(&mut self, strength: &Mat<f64>, gain: &Mat<f64>, perturbed: &[bool]) {
        let mut all = Moments::default();
        for j in (0..perturbed.len()).filter(|j| perturbed[*j]) {
            let pairs = strength.col_as_slice(j).iter().zip(gain.col_as_slice(j));
            for (s, gain) in pairs.filter(|(s, _)| !s.is_nan()) {
                let (off, weight) = self.miss(j, *s, *gain);
                all.gradient[0] += off;
                all.gradient[1] += off * s;
                all.hessian[0] += weight;
                all.hessian[1] += weight * s;
                all.hessian[2] += weight * s * s;
            }
        }
        let [a, b, c] = all.hessian;
        let (a, c) = (a + PRECISION.0, c + PRECISION.1);
        let g0 = all.gradient[0] - PRECISION.0 * (self.base - self.start.0);
        let g1 = all.gradient[1] - PRECISION.1 * (self.slope - self.start.1);
        let det = a * c - b * b;
        self.base += (c * g0 - b * g1) / det;
        self.slope = (self.slope + (a * g1 - b * g0) / det).max(0.0);
    }

    fn hub_step(&mut self, strength: &Mat<f64>, gain: &Mat<f64>, j: usize, spread: f64) {
        let precision = 1.0 / (spread * spread);
        let (mut gradient, mut hessian) = (-precision * self.hubs[j], precision);
        let pairs = strength.col_as_slice(j).iter().zip(gain.col_as_slice(j));
        for (s, gain) in pairs.filter(|(s, _)| !s.is_nan()) {
            let (off, weight) = self.miss(j, *s, *gain);
            gradient += off;
            hessian += weight;
        }
        self.hubs[j] += gradient / hessian;
    }

    /// Posterior less prior probability, and the prior's variance.
    fn miss(&self, regulator: usize, strength: f64, gain: f64) -> (f64, f64) {
        let odds = self.of(regulator, strength);
        let before = logistic(odds);
        (logistic(odds + gain) - before, before * (1.0 - before))
    }
}
