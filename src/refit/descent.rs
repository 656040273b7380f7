//! Descent by a limited-memory quasi-Newton method that starts from the decoupled curvature.
//!
//! Wanted is `argmin_θ F(θ)` of the objective. A step goes along `d = −B g` with `g = ∇F` and `B`
//! the inverse curvature that L-BFGS builds from the last steps on top of `H⁻¹`, the inverse
//! Gauss–Newton blocks of the decoupled targets; it is halved until `F(θ + s d) ≤ F(θ) + 10⁻⁴ s gᵀd`.
//! The descent stops where the expected fall `½ gᵀH⁻¹g` is small. The loop, its limit of iterations
//! and its observer are those of argmin, of which nothing is seen outside.
//!
//! Source: Nocedal, Wright (2006), Numerical Optimization, algorithm 7.4.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use argmin::core::observers::{Observe, ObserverMode};
use argmin::core::{
    Error, Executor, IterState, KV, Problem, Solver, State, TerminationReason, TerminationStatus,
};

use serde::{Deserialize, Serialize};

use crate::numeric::{dot, squared_norm};

use super::blocks::Blocks;
use super::objective::{Evaluation, Objective};

/// When a descent stops.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct DescentLimit {
    /// Maximum number of iterations.
    pub(super) iterations: usize,
    /// Expected fall of the objective, `½ gᵀH⁻¹g`, at which it stops, in units of half a squared
    /// standard error.
    pub(super) fall: f64,
    /// Iterations after which the decoupled curvature is taken again.
    pub(super) renewal: u64,
}

/// How a descent ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Outcome {
    /// A step would no longer lower the objective by anything that matters.
    #[default]
    Converged,
    /// The most iterations were taken.
    IterationLimit,
    /// No step along the direction of descent lowers the objective.
    NoStep,
}

/// Where a descent went.
#[derive(Clone, Debug)]
pub(super) struct Descent {
    pub(super) theta: Vec<f64>,
    pub(super) end: Evaluation,
    pub(super) outcome: Outcome,
    /// The objective at the start and after every iteration.
    pub(super) costs: Vec<f64>,
    pub(super) velocities: usize,
    /// `√(gᵀH⁻¹g)` at the end: the gradient in units of standard errors.
    pub(super) gradient: f64,
}

/// Steps that are remembered.
const MEMORY: usize = 20;
/// Share of the expected fall that a step must reach.
const ARMIJO: f64 = 1e-4;
/// Maximum number of halvings of a step.
const HALVINGS: usize = 25;
/// Largest change of a logarithm in one step.
const LONGEST: f64 = 1.0;

struct CurvaturePair {
    step: Vec<f64>,
    change: Vec<f64>,
    inner: f64,
}

/// Lowers the objective from `theta`, whose evaluation is `now`.
pub(super) fn descend(
    objective: &Objective<'_>,
    theta: Vec<f64>,
    now: Evaluation,
    stop: DescentLimit,
) -> Descent {
    let (velocities, cost) = (now.velocities, now.value);
    let solver = QuasiNewton {
        blocks: Blocks::new(objective, &theta, &now.states),
        memory: VecDeque::new(),
        now,
        stop,
        velocities,
    };
    let trace = Trace::default();
    let start = |state: DescentState| {
        let state = state.param(theta).cost(cost);
        state.max_iters(stop.iterations as u64)
    };
    let run = Executor::new(objective, solver)
        .configure(start)
        .timer(false)
        .add_observer(trace.clone(), ObserverMode::Always)
        .run()
        .expect("neither the solver nor its observer fails");
    let QuasiNewton {
        blocks,
        now,
        velocities,
        ..
    } = run.solver;
    Descent {
        outcome: match run.state.get_termination_reason() {
            Some(TerminationReason::SolverConverged) => Outcome::Converged,
            Some(TerminationReason::SolverExit(_)) => Outcome::NoStep,
            _ => Outcome::IterationLimit,
        },
        theta: run.state.param.expect("every iteration leaves its point"),
        gradient: decrement(&blocks, &now.gradient).sqrt(),
        end: now,
        costs: trace.costs(),
        velocities,
    }
}

/// The parameters and the objective, as argmin keeps them.
type DescentState = IterState<Vec<f64>, (), (), (), (), f64>;

/// The method, as argmin's solver.
struct QuasiNewton {
    blocks: Blocks,
    memory: VecDeque<CurvaturePair>,
    /// The objective at the current point.
    now: Evaluation,
    stop: DescentLimit,
    velocities: usize,
}

impl<'o> Solver<&'o Objective<'o>, DescentState> for QuasiNewton {
    fn name(&self) -> &str {
        "quasi-Newton descent from the decoupled curvature"
    }

    fn next_iter(
        &mut self,
        problem: &mut Problem<&'o Objective<'o>>,
        mut state: DescentState,
    ) -> Result<(DescentState, Option<KV>), Error> {
        let objective = *problem.problem.as_ref().expect("the executor has it");
        let theta = state
            .take_param()
            .expect("every iteration leaves its point");
        let Some((moved, there)) = self.step(objective, &theta) else {
            let reason = TerminationReason::SolverExit("no step lowers the objective".to_owned());
            return Ok((state.param(theta).terminate_with(reason), None));
        };
        self.velocities += there.velocities;
        self.remember(&theta, &moved, &there.gradient);
        self.now = there;
        let done = state.get_iter() + 1;
        if done.is_multiple_of(self.stop.renewal) && done < state.get_max_iters() {
            self.blocks = Blocks::new(objective, &moved, &self.now.states);
        }
        Ok((state.param(moved).cost(self.now.value), None))
    }

    fn terminate(&mut self, _: &DescentState) -> TerminationStatus {
        if 0.5 * decrement(&self.blocks, &self.now.gradient) <= self.stop.fall {
            TerminationStatus::Terminated(TerminationReason::SolverConverged)
        } else {
            TerminationStatus::NotTerminated
        }
    }
}

/// Keeps the objective of every iteration.
#[derive(Clone, Default)]
struct Trace(Arc<Mutex<Vec<f64>>>);

impl Trace {
    fn note(&self, state: &DescentState) {
        let mut costs = self.0.lock().unwrap_or_else(|broken| broken.into_inner());
        costs.push(state.get_cost());
    }

    fn costs(&self) -> Vec<f64> {
        let costs = self.0.lock().unwrap_or_else(|broken| broken.into_inner());
        costs.clone()
    }
}

impl Observe<DescentState> for Trace {
    fn observe_init(&mut self, _: &str, state: &DescentState, _: &KV) -> Result<(), Error> {
        self.note(state);
        Ok(())
    }

    fn observe_iter(&mut self, state: &DescentState, _: &KV) -> Result<(), Error> {
        if state.get_termination_reason().is_none() {
            self.note(state);
        }
        Ok(())
    }
}

impl QuasiNewton {
    /// A step that lowers the objective, and the objective there; none where no step does.
    fn step(&mut self, objective: &Objective<'_>, theta: &[f64]) -> Option<(Vec<f64>, Evaluation)> {
        loop {
            let mut direction = self.direction();
            if dot(&direction, &self.now.gradient) >= 0.0 {
                self.memory.clear();
                direction = self.direction();
            }
            let found = self.search(objective, theta, &direction);
            if found.is_some() || self.memory.is_empty() {
                return found;
            }
            // the memory may be of another valley
            self.memory.clear();
        }
    }

    /// The two loops.
    fn direction(&self) -> Vec<f64> {
        let mut q: Vec<f64> = self.now.gradient.iter().map(|g| -g).collect();
        let mut shares = Vec::with_capacity(self.memory.len());
        for pair in self.memory.iter().rev() {
            let share = dot(&pair.step, &q) / pair.inner;
            add(&mut q, -share, &pair.change);
            shares.push(share);
        }
        self.blocks.solve_in_place(&mut q);
        if let Some(last) = self.memory.back() {
            let mut solved = last.change.clone();
            self.blocks.solve_in_place(&mut solved);
            let scale = last.inner / dot(&solved, &last.change);
            q.iter_mut().for_each(|q| *q *= scale);
        }
        for (pair, share) in self.memory.iter().zip(shares.into_iter().rev()) {
            let other = dot(&pair.change, &q) / pair.inner;
            add(&mut q, share - other, &pair.step);
        }
        q
    }

    /// Goes along a direction, as far as the objective falls enough.
    fn search(
        &self,
        objective: &Objective<'_>,
        theta: &[f64],
        direction: &[f64],
    ) -> Option<(Vec<f64>, Evaluation)> {
        let slope = dot(direction, &self.now.gradient);
        let mut share = longest(objective, direction);
        for _ in 0..HALVINGS {
            let mut moved = theta.to_vec();
            add(&mut moved, share, direction);
            let there = objective.at(&moved, &self.now.states);
            if let Some(there) = there
                && there.value <= self.now.value + ARMIJO * share * slope
            {
                return Some((moved, there));
            }
            share *= 0.5;
        }
        None
    }

    /// * `gradient`: at `moved`
    fn remember(&mut self, theta: &[f64], moved: &[f64], gradient: &[f64]) {
        let step = difference(moved, theta);
        let change = difference(gradient, &self.now.gradient);
        let inner = dot(&step, &change);
        // a step over concave ground says nothing about a minimum
        if inner > 1e-10 * (squared_norm(&step) * squared_norm(&change)).sqrt() {
            self.memory.push_back(CurvaturePair {
                step,
                change,
                inner,
            });
            if self.memory.len() > MEMORY {
                self.memory.pop_front();
            }
        }
    }
}

/// `gᵀH⁻¹g`.
fn decrement(blocks: &Blocks, gradient: &[f64]) -> f64 {
    let mut solved = gradient.to_vec();
    blocks.solve_in_place(&mut solved);
    dot(&solved, gradient).max(0.0)
}

/// The longest share of a direction that moves no logarithm too far.
fn longest(objective: &Objective<'_>, direction: &[f64]) -> f64 {
    let targets = objective.layout.targets.iter();
    let moves = targets.flat_map(|t| t.logarithms().map(|at| direction[at].abs()));
    let most = moves.fold(0.0, f64::max);
    if most > LONGEST { LONGEST / most } else { 1.0 }
}

fn difference(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a - b).collect()
}

fn add(to: &mut [f64], share: f64, from: &[f64]) {
    to.iter_mut()
        .zip(from)
        .for_each(|(to, from)| *to += share * from);
}
