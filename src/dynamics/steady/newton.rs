//! Newton's method for the steady state of one field.
//!
//! Wanted is `x` with `v(x) = 0`. A step solves `J d = v` and goes to `x − s d`, where `s` is the
//! first of `1, ½, ¼ …` for which the velocities shrink.

use super::flow::Flow;
use super::search::{Fastest, fastest};
use super::{Confirm, SteadySettings};
use crate::dynamics::course::{Method, follow};
use crate::dynamics::follower::Tolerance;
use crate::dynamics::linear::{Jacobian, SparseLu};
use crate::dynamics::stability::{StoppingRule, decays, slowest_lifetime};
use crate::field::VectorField;
use crate::numeric::{KrylovStop, krylov};

/// Shares of the velocities that an iterative step may leave: little where the steps before made
/// them much smaller, more where the field is nonlinear and an exact step would be of no use.
const FORCING: (f64, f64) = (1e-3, 1e-1);
/// Maximum number of columns of an iterative step with an anchor.
const COLUMNS: usize = 30;
/// Residual of a step by products alone: the next step takes care of what is left.
const BY_PRODUCTS: f64 = 1e-4;
/// Residual of the linear system of a gradient, and the products that it may take: beyond, a
/// factorisation is cheaper.
const ADJOINT: KrylovStop = KrylovStop {
    tolerance: 1e-12,
    columns: 60,
};
/// How paths are followed to confirm a steady state: only where they lead matters.
pub(super) const LOOSELY: Tolerance = Tolerance {
    relative: 1e-3,
    absolute: 1e-6,
    most_steps: 20_000,
};
/// Steps in which a state that is followed from one set of parameters to the next is tested: 15
/// lifetimes, twice as many as a change of the parameters takes to show.
const BRIEFLY: StoppingRule = StoppingRule { steps: 30 };

impl SteadySettings {
    pub(super) fn stopping_rule(&self) -> StoppingRule {
        match self.confirm {
            Confirm::Stable => BRIEFLY,
            Confirm::Always | Confirm::WhereUncertain => match self.most_steps {
                Some(most) => StoppingRule {
                    steps: (STABLE * most).min(StoppingRule::default().steps),
                },
                None => StoppingRule::default(),
            },
        }
    }

    /// A tolerance with the limit of these settings.
    pub(super) fn limited(&self, tolerance: Tolerance) -> Tolerance {
        let most = tolerance.most_steps;
        Tolerance {
            most_steps: self.most_steps.map_or(most, |limit| limit.min(most)),
            ..tolerance
        }
    }
}

/// Steps of a displacement for one step of a path that is limited: they cost a fifth of it.
const STABLE: usize = 5;

/// The least share of a Newton step that is tried.
const SHORTEST: f64 = 1.0 / 256.0;

pub(super) struct Newton<'s, 'f, F: VectorField + ?Sized> {
    pub(super) flow: Flow<'s, 'f, F>,
    pub(super) jacobian: Jacobian<'s>,
    pub(super) lu: &'s mut Option<SparseLu>,
    pub(super) anchor: Option<&'s mut SparseLu>,
    pub(super) settings: &'s SteadySettings,
    /// The middle of the rates of the genes.
    pub(super) rate: f64,
    pub(super) iterations: usize,
    /// Whether a step was shortened, or made the velocities little smaller.
    pub(super) hesitated: bool,
    /// What the last step left of the velocities.
    pub(super) gain: f64,
}

impl<F: VectorField + ?Sized> Newton<'_, '_, F> {
    pub(super) fn factor(&mut self) -> Option<()> {
        if self.lu.is_none() {
            *self.lu = SparseLu::new(self.jacobian.pattern());
        }
        self.lu.as_mut()?.factor(&self.jacobian)
    }

    /// Moves `x` to a steady state and gives its speed; none where the method does not converge.
    pub(super) fn run(&mut self, x: &mut Vec<f64>) -> Option<f64> {
        let mut dx = vec![0.0; x.len()];
        self.flow.velocity(x, &mut dx);
        let mut fastest = self.fastest(x, &dx);
        while fastest.speed > self.settings.tolerance {
            if self.iterations == self.settings.iterations {
                return None;
            }
            self.iterations += 1;
            let step = self.step(x, &dx)?;
            self.walk(x, &mut dx, &step)?;
            self.jacobian.update(&self.flow, 0.0, x);
            fastest = self.fastest(x, &dx);
        }
        self.polish(x, &mut dx, fastest.speed)
    }

    /// `J⁻¹ dx`.
    fn step(&mut self, x: &[f64], dx: &[f64]) -> Option<Vec<f64>> {
        if let Some(anchor) = &mut self.anchor {
            let stop = KrylovStop {
                tolerance: self.gain.powi(2).clamp(FORCING.0, FORCING.1),
                columns: COLUMNS,
            };
            let weights: Vec<f64> = scale(&self.jacobian, x)
                .iter()
                .map(|scale| 1.0 / scale)
                .collect();
            let multiply = |x: &[f64], y: &mut [f64]| self.jacobian.multiply_into(x, y);
            let precondition = |x: &mut [f64]| anchor.solve(x);
            let found = krylov(multiply, precondition, dx, &weights, stop);
            if found.is_some() {
                return found;
            }
        }
        if let Some(columns) = self.settings.products {
            let stop = KrylovStop {
                tolerance: BY_PRODUCTS,
                columns,
            };
            let rates = self.rates();
            let weights: Vec<f64> = rates.iter().map(|rate| 1.0 / rate).collect();
            let found = krylov(
                |x, y| self.jacobian.multiply_into(x, y),
                |x| divide(x, &rates),
                dx,
                &weights,
                stop,
            );
            if found.is_some() {
                return found;
            }
        }
        self.factor()?;
        let mut step = dx.to_vec();
        self.lu.as_mut()?.solve(&mut step)?;
        Some(step)
    }

    /// One more step with the last factors: it costs little, and takes the state to the accuracy of
    /// its numbers.
    ///
    /// None where a solver has no factors yet, so that the first state of it is that to which the path
    /// leads. Without this the refit of DREAM4-100 predicts double knockouts worse (means of .0058 to
    /// .0086 for three tolerances of a step, in place of .0054), since Newton's method may change to
    /// another branch of states.
    fn polish(&mut self, x: &mut Vec<f64>, dx: &mut [f64], speed: f64) -> Option<f64> {
        if self.iterations == 0 || self.anchor.is_some() {
            return Some(speed);
        }
        let mut step = dx.to_vec();
        self.lu.as_mut()?.solve(&mut step)?;
        let next: Vec<f64> = x.iter().zip(&step).map(|(x, step)| x - step).collect();
        self.flow.velocity(&next, dx);
        let after = self.fastest(&next, dx).speed;
        if after < speed {
            *x = next;
            self.jacobian.update(&self.flow, 0.0, x);
            return Some(after);
        }
        Some(speed)
    }

    /// `J⁻ᵀ g`; none where products are not enough.
    pub(super) fn solve_transposed_by_products(&self, g: &[f64]) -> Option<Vec<f64>> {
        let (rates, ones) = (self.rates(), vec![1.0; g.len()]);
        krylov(
            |x, y| self.jacobian.multiply_transposed_into(x, y),
            |x| divide(x, &rates),
            g,
            &ones,
            ADJOINT,
        )
    }

    /// The rate at which each gene returns, by its own slope; the typical one where it does not.
    fn rates(&self) -> Vec<f64> {
        let slopes = self.jacobian.diagonal().into_iter();
        slopes
            .map(|slope| if slope < 0.0 { -slope } else { self.rate })
            .collect()
    }

    /// Goes the step, or the first half, quarter … of it that makes the velocities smaller.
    fn walk(&mut self, x: &mut [f64], dx: &mut [f64], step: &[f64]) -> Option<()> {
        let scale = scale(&self.jacobian, x);
        let size = |dx: &[f64]| {
            let shares = dx.iter().zip(&scale).map(|(v, scale)| (v / scale).powi(2));
            shares.sum::<f64>().sqrt()
        };
        let before = size(dx);
        let from = x.to_vec();
        let mut share = 1.0;
        while share >= SHORTEST {
            for ((x, from), step) in x.iter_mut().zip(&from).zip(step) {
                *x = from - share * step;
            }
            self.flow.velocity(x, dx);
            let after = size(dx);
            if after <= (1.0 - 1e-3 * share) * before {
                self.gain = after / before;
                self.hesitated |= share < 1.0 || self.gain > 0.5;
                return Some(());
            }
            share /= 2.0;
        }
        None
    }

    fn fastest(&self, x: &[f64], dx: &[f64]) -> Fastest {
        fastest(&self.jacobian, x, dx, Tolerance::default().absolute)
    }

    /// Whether small displacements from the state at which the Jacobian was taken decay.
    pub(super) fn is_stable(&self, x: &[f64]) -> bool {
        decays(&self.jacobian, &sizes(x), self.settings.stopping_rule())
    }

    /// True if the path from the start comes ten times nearer to `goal`, or near it; where it
    /// starts near, if small displacements from the goal decay. The Jacobian is that at `goal`.
    pub(super) fn leads_to(&self, start: &[f64], goal: &[f64]) -> bool {
        let sizes = sizes(goal);
        let distance = |x: &[f64]| {
            let shares = x.iter().zip(goal).zip(&sizes);
            shares
                .map(|((x, goal), size)| (x - goal).abs() / size)
                .fold(0.0, f64::max)
        };
        let lifetime = slowest_lifetime(&self.jacobian.diagonal());
        let most_time = self.settings.most_time.unwrap_or(500.0 * lifetime);
        let first = distance(start);
        let near = (0.1 * first).max(10.0 * LOOSELY.relative);
        if first <= near {
            return decays(&self.jacobian, &sizes, self.settings.stopping_rule());
        }
        // no path ends there, and this is seen sooner than that the path goes on
        let limited = self.settings.most_steps.is_some();
        if limited && !decays(&self.jacobian, &sizes, self.settings.stopping_rule()) {
            return false;
        }
        let mut came = false;
        let method = Method::Adaptive(self.settings.limited(LOOSELY));
        let followed = follow(self.flow.field(), start, most_time, method, &mut |_, x| {
            came = distance(x) <= near;
            !came
        });
        followed.is_ok() && came
    }
}

/// Size of every gene, for what counts as near.
fn sizes(x: &[f64]) -> Vec<f64> {
    x.iter().map(|x| x.abs() + LOOSELY.size()).collect()
}

/// `x ← −x/δ`.
fn divide(x: &mut [f64], rates: &[f64]) -> Option<()> {
    x.iter_mut().zip(rates).for_each(|(x, rate)| *x /= -rate);
    Some(())
}

/// What flows through each gene, with the mean level in the place of levels that are small.
fn scale(jacobian: &Jacobian<'_>, x: &[f64]) -> Vec<f64> {
    let mean = x.iter().map(|x| x.abs()).sum::<f64>() / x.len() as f64;
    let least = 0.1 * mean.max(LOOSELY.absolute);
    let sizes: Vec<f64> = x.iter().map(|x| x.abs().max(least)).collect();
    let mut flows = vec![0.0; x.len()];
    jacobian.flows_into(&sizes, &mut flows);
    flows
        .iter()
        .map(|flow| flow.max(f64::MIN_POSITIVE))
        .collect()
}
