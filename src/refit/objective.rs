//! The objective: windows, steady states and a prior, with the exact gradient.

use std::sync::Arc;

use rayon::prelude::*;

use crate::dynamics::{Confirm, EqualSteps, Method, Pattern, SteadySettings, SteadySolver};
use crate::expression::Scale;
use crate::field::Intervened;
use crate::numeric::median;

use super::layout::Layout;
use super::shots::Shots;
use super::states::{Compared, Condition};
use super::trial::{Sight, TrialField};
use super::windows::{ShotWindow, Windows};

/// A Gaussian prior around given centres, one precision a parameter; 0 is no prior.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ridge {
    pub(super) center: Vec<f64>,
    pub(super) precision: Vec<f64>,
}

/// `½ Σ (windows) + ½ Σ (steady states) + ½ Σ (prior)`, all in units of the noise.
pub(super) struct Objective<'a> {
    pub(super) layout: &'a Layout,
    pub(super) scale: Scale,
    pub(super) windows: &'a Windows,
    /// The windows that count.
    pub(super) chosen: Vec<ShotWindow>,
    /// Steps in an interval of each length.
    pub(super) steps: &'a [usize],
    /// `1/τ²` of every number of intervals and gene.
    pub(super) precision: &'a [Vec<f64>],
    pub(super) conditions: Vec<Condition>,
    pub(super) compared: Compared,
    /// Places of the Jacobian's entries.
    pub(super) pattern: &'a Arc<Pattern>,
    pub(super) ridge: Ridge,
    /// Share of what a gene sees in a steady state that is the model's state and not what was
    /// measured: at 0 every target is fitted by itself, at 1 all together.
    pub(super) coupling: f64,
}

/// The objective at one point.
#[derive(Clone, Debug)]
pub(super) struct Evaluation {
    pub(super) value: f64,
    /// Shares of windows, steady states, prior.
    pub(super) parts: [f64; 3],
    pub(super) gradient: Vec<f64>,
    /// Steady states of all conditions.
    pub(super) states: Vec<Vec<f64>>,
    /// Velocities of the whole field that were taken.
    pub(super) velocities: usize,
}

/// Velocity in a steady state as a share of the flow: far below what a line search can tell.
const STEADY_TOLERANCE: f64 = 1e-11;
/// Newton steps at most from a near start.
const ITERATIONS: usize = 30;
/// Products at most: beyond, a factorisation is cheaper.
const PRODUCTS: usize = 60;
/// Step along a path to a steady state, and the longest path, in lifetimes of a typical gene. The
/// exponential steps are exact for constant drives, so that half a lifetime is short enough; two
/// hundred are ten times what most conditions of DREAM4 take.
const STEP: f64 = 0.5;
const LONGEST: f64 = 200.0;

/// Sums are taken in this many blocks, whatever the number of threads: the same bytes.
const BLOCKS: usize = 32;

struct Part {
    value: f64,
    gradient: Vec<f64>,
    states: Vec<Vec<f64>>,
    velocities: usize,
}

impl Objective<'_> {
    /// Value and gradient at `theta`; none where a condition has no steady state.
    ///
    /// * `starts`: where each steady state is looked for
    ///
    /// # Cost   two velocities and their transposes a step of every window, and for every
    ///   condition a few sparse factorisations.
    pub(super) fn at(&self, theta: &[f64], starts: &[Vec<f64>]) -> Option<Evaluation> {
        let natural = self.layout.natural(theta);
        let shots = self.shots(&natural);
        let windows = self.chosen.chunks(chunk(self.chosen.len()));
        let windows: Vec<Part> = windows
            .collect::<Vec<_>>()
            .into_par_iter()
            .map(|block| self.windows_part(&shots, block))
            .collect();
        let size = chunk(self.conditions.len());
        let blocks: Vec<_> = self
            .conditions
            .chunks(size)
            .zip(starts.chunks(size))
            .collect();
        let steady_states: Option<Vec<Part>> = blocks
            .into_par_iter()
            .map(|(block, starts)| self.steady_part(&natural, block, starts))
            .collect();
        Some(self.joined(theta, &natural, windows, steady_states?))
    }

    pub(super) fn shots<'s>(&'s self, natural: &'s [f64]) -> Shots<'s> {
        Shots {
            layout: self.layout,
            scale: self.scale,
            windows: self.windows,
            natural,
            steps: self.steps,
            relaxations: Shots::relaxations(self.layout, self.windows, self.steps, natural),
            precision: self.precision,
        }
    }

    fn windows_part(&self, shots: &Shots<'_>, block: &[ShotWindow]) -> Part {
        let mut gradient = vec![0.0; self.layout.len()];
        let add = |window: &ShotWindow| shots.add(*window, &mut gradient);
        let value = block.iter().map(add).sum();
        let intervals = |window: &ShotWindow| {
            let inside = &self.windows.intervals[window.first..window.first + window.intervals];
            let steps = inside.iter().flatten().map(|one| self.steps[one.length]);
            2 * steps.sum::<usize>()
        };
        Part {
            value,
            gradient,
            states: Vec::new(),
            velocities: block.iter().map(intervals).sum(),
        }
    }

    fn steady_part(
        &self,
        natural: &[f64],
        block: &[Condition],
        starts: &[Vec<f64>],
    ) -> Option<Part> {
        let mut solver = self.solver();
        let settings = self.steady(natural);
        let mut part = Part {
            value: 0.0,
            gradient: vec![0.0; self.layout.len()],
            states: Vec::with_capacity(block.len()),
            velocities: 0,
        };
        for (condition, start) in block.iter().zip(starts) {
            let trial = self.trial(natural, condition);
            let under = Intervened::under(&trial, self.scale, condition.clamps.clone());
            let state = solver.find(&under, start, &settings).ok()?;
            part.velocities += 1 + state.newton;
            let mut pull = self.compare(condition, &state.levels, &mut part.value);
            // what a held gene's level is does not depend on any parameter
            condition.clamps.release(&mut pull);
            // with v(x(θ), θ) = 0 the gradient is −J⁻ᵀ pull · ∂v/∂θ
            solver.adjoint(&under, &state.levels, &mut pull)?;
            pull.iter_mut().for_each(|w| *w = -*w);
            TrialField::add_gradient(&under, &state.levels, &pull, &mut part.gradient);
            part.states.push(state.levels);
        }
        Some(part)
    }

    fn solver(&self) -> SteadySolver {
        SteadySolver::shaped(Arc::clone(self.pattern), self.layout.genes())
    }

    /// The field as a condition meets it, without its interventions.
    pub(super) fn trial<'s>(
        &'s self,
        natural: &'s [f64],
        condition: &'s Condition,
    ) -> TrialField<'s> {
        TrialField {
            layout: self.layout,
            natural,
            covariates: &[],
            sight: (self.coupling < 1.0).then_some(Sight {
                coupling: self.coupling,
                measured: &condition.seen,
            }),
        }
    }

    /// How steady states are looked for: near those of the parameters before, and stable.
    fn steady(&self, natural: &[f64]) -> SteadySettings {
        let targets = self.layout.targets.iter();
        let decays: Vec<f64> = targets.map(|t| t.decay(natural)).collect();
        let lifetime = 1.0 / median(&decays);
        SteadySettings {
            tolerance: STEADY_TOLERANCE,
            iterations: ITERATIONS,
            confirm: Confirm::Stable,
            most_time: Some(LONGEST * lifetime),
            most_steps: None,
            following: Method::Equal(EqualSteps {
                longest: STEP * lifetime,
                most: 1,
            }),
            products: Some(PRODUCTS),
        }
    }

    /// Adds `½ Σ w (x − mean)²` of a condition with the steady state `z`; returns its gradient by `z`.
    fn compare(&self, condition: &Condition, z: &[f64], value: &mut f64) -> Vec<f64> {
        let terms = condition.weight.iter().zip(&condition.mean);
        let pull = |(z, (weight, mean)): (&f64, (&f64, &f64))| {
            let (x, slope) = self.compared.value(self.scale, *z);
            *value += 0.5 * weight * (x - mean).powi(2);
            weight * (x - mean) * slope
        };
        z.iter().zip(terms).map(pull).collect()
    }

    fn joined(
        &self,
        theta: &[f64],
        natural: &[f64],
        windows: Vec<Part>,
        steady_states: Vec<Part>,
    ) -> Evaluation {
        let mut out = Evaluation {
            value: 0.0,
            parts: [0.0; 3],
            gradient: vec![0.0; theta.len()],
            states: Vec::with_capacity(self.conditions.len()),
            velocities: 0,
        };
        for (which, parts) in [windows, steady_states].into_iter().enumerate() {
            for part in parts {
                out.parts[which] += part.value;
                out.velocities += part.velocities;
                out.states.extend(part.states);
                let pairs = out.gradient.iter_mut().zip(&part.gradient);
                pairs.for_each(|(to, from)| *to += from);
            }
        }
        self.layout.by_logarithms(natural, &mut out.gradient);
        for (k, gradient) in out.gradient.iter_mut().enumerate() {
            let off = theta[k] - self.ridge.center[k];
            out.parts[2] += 0.5 * self.ridge.precision[k] * off * off;
            *gradient += self.ridge.precision[k] * off;
        }
        out.value = out.parts.iter().sum();
        out
    }
}

fn chunk(items: usize) -> usize {
    items.div_ceil(BLOCKS).max(1)
}

impl Objective<'_> {
    /// The objective at `theta` with steady states to which the paths from `reference` lead, or that
    /// Newton's method finds from there where a path is too long; and which conditions have one.
    pub(super) fn begin(&self, theta: Vec<f64>, reference: &[f64]) -> Begin {
        let natural = self.layout.natural(&theta);
        let settings = self.steady(&natural);
        let states: Vec<Option<Vec<f64>>> = self
            .conditions
            .par_iter()
            .map(|condition| self.begin_condition(&natural, condition, reference, &settings))
            .collect();
        let pairs = self.conditions.iter().zip(&states);
        let found = pairs.filter_map(|(one, z)| Some((one.clone(), z.clone()?)));
        let (conditions, starts): (Vec<Condition>, Vec<Vec<f64>>) = found.unzip();
        let (kept, now) = match self.with(conditions).at(&theta, &starts) {
            Some(now) => (states.iter().map(Option::is_some).collect(), now),
            // a Jacobian that is singular somewhere: begin with the windows alone
            None => {
                let now = self.with(Vec::new()).at(&theta, &[]);
                let now = now.expect("windows need no steady state");
                (vec![false; states.len()], now)
            }
        };
        Begin { theta, kept, now }
    }

    /// The steady state with which a condition begins; none where neither the path from `reference`
    /// nor Newton's method has one.
    ///
    /// With a solver of its own, so that it does not depend on the conditions before it.
    fn begin_condition(
        &self,
        natural: &[f64],
        condition: &Condition,
        reference: &[f64],
        settings: &SteadySettings,
    ) -> Option<Vec<f64>> {
        let mut solver = self.solver();
        let trial = self.trial(natural, condition);
        let under = Intervened::under(&trial, self.scale, condition.clamps.clone());
        let mut start = reference.to_vec();
        under.place(&mut start);
        if let Ok(state) = solver.follow(&under, &start, settings) {
            return Some(state.levels);
        }
        solver.factor(&under, &start)?;
        let (state, _) = solver.find_near(&under, &start, settings);
        Some(state?.levels)
    }

    /// The same about other conditions.
    fn with(&self, conditions: Vec<Condition>) -> Objective<'_> {
        Objective {
            chosen: self.chosen.clone(),
            conditions,
            ridge: self.ridge.clone(),
            ..*self
        }
    }
}

/// Where a descent begins.
pub(super) struct Begin {
    pub(super) theta: Vec<f64>,
    /// Which conditions have a steady state there.
    pub(super) kept: Vec<bool>,
    pub(super) now: Evaluation,
}
