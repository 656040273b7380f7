//! Descent by a limited-memory quasi-Newton method that starts from the decoupled curvature.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use crate::numeric::{dot, squared_norm};

use super::blocks::Blocks;
use super::objective::{Evaluation, Objective};

/// When a descent stops.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Patience {
    /// Most iterations.
    pub(super) iterations: usize,
    /// Expected fall of the objective, `½ gᵀH⁻¹g`, at which it stops, in units of half a squared
    /// standard error.
    pub(super) fall: f64,
}

/// How a descent ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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
    pub(super) iterations: usize,
    pub(super) velocities: usize,
    /// `√(gᵀH⁻¹g)` at the end: the gradient in units of standard errors.
    pub(super) gradient: f64,
}

/// Steps that are remembered.
const MEMORY: usize = 20;
/// Share of the expected fall that a step must reach.
const ARMIJO: f64 = 1e-4;
/// Halvings of a step at most.
const HALVINGS: usize = 25;
/// Iterations after which the decoupled curvature is taken anew.
const PERIOD: usize = 15;
/// Largest change of a logarithm in one step.
const LONGEST: f64 = 1.0;

struct Pair {
    step: Vec<f64>,
    change: Vec<f64>,
    inner: f64,
}

/// Lowers the objective from `theta`, whose evaluation is `now`.
///
/// L-BFGS with the decoupled Gauss–Newton blocks as its first curvature, which are taken anew
/// every few iterations; steps are halved until the objective falls enough.
///
/// # Source   Nocedal, Wright (2006), Numerical Optimization, algorithm 7.4.
pub(super) fn descend(
    objective: &Objective<'_>,
    mut theta: Vec<f64>,
    mut now: Evaluation,
    patience: Patience,
) -> Descent {
    let mut velocities = now.velocities;
    let mut blocks = Blocks::new(objective, &theta, &now.states);
    let mut memory: VecDeque<Pair> = VecDeque::new();
    let mut outcome = Outcome::IterationLimit;
    let mut iterations = 0;
    while iterations < patience.iterations {
        if iterations > 0 && iterations % PERIOD == 0 {
            blocks = Blocks::new(objective, &theta, &now.states);
        }
        if 0.5 * decrement(&blocks, &now.gradient) <= patience.fall {
            outcome = Outcome::Converged;
            break;
        }
        let direction = direction(&blocks, &memory, &now.gradient);
        let slope = dot(&direction, &now.gradient);
        let (direction, slope) = if slope < 0.0 {
            (direction, slope)
        } else {
            memory.clear();
            let mut plain: Vec<f64> = now.gradient.iter().map(|g| -g).collect();
            blocks.solve_in_place(&mut plain);
            let slope = dot(&plain, &now.gradient);
            (plain, slope)
        };
        let longest = longest(objective, &direction);
        let Some((moved, there)) = search(objective, (&theta, &now), &direction, (slope, longest))
        else {
            if memory.is_empty() {
                outcome = Outcome::NoStep;
                break;
            }
            // the memory may be of another valley
            memory.clear();
            continue;
        };
        iterations += 1;
        velocities += there.velocities;
        remember(
            &mut memory,
            (&theta, &now.gradient),
            (&moved, &there.gradient),
        );
        (theta, now) = (moved, there);
    }
    let gradient = decrement(&blocks, &now.gradient).sqrt();
    Descent {
        theta,
        end: now,
        outcome,
        iterations,
        velocities,
        gradient,
    }
}

/// `gᵀH⁻¹g`.
fn decrement(blocks: &Blocks, gradient: &[f64]) -> f64 {
    let mut solved = gradient.to_vec();
    blocks.solve_in_place(&mut solved);
    dot(&solved, gradient).max(0.0)
}

/// The two loops.
fn direction(blocks: &Blocks, memory: &VecDeque<Pair>, gradient: &[f64]) -> Vec<f64> {
    let mut q: Vec<f64> = gradient.iter().map(|g| -g).collect();
    let mut shares = Vec::with_capacity(memory.len());
    for pair in memory.iter().rev() {
        let share = dot(&pair.step, &q) / pair.inner;
        add(&mut q, -share, &pair.change);
        shares.push(share);
    }
    blocks.solve_in_place(&mut q);
    if let Some(last) = memory.back() {
        let mut solved = last.change.clone();
        blocks.solve_in_place(&mut solved);
        let scale = last.inner / dot(&solved, &last.change);
        q.iter_mut().for_each(|q| *q *= scale);
    }
    for (pair, share) in memory.iter().zip(shares.into_iter().rev()) {
        let other = dot(&pair.change, &q) / pair.inner;
        add(&mut q, share - other, &pair.step);
    }
    q
}

/// The longest share of a direction that moves no logarithm too far.
fn longest(objective: &Objective<'_>, direction: &[f64]) -> f64 {
    let targets = objective.layout.targets.iter();
    let moves = targets.flat_map(|t| t.logarithms().map(|at| direction[at].abs()));
    let most = moves.fold(0.0, f64::max);
    if most > LONGEST { LONGEST / most } else { 1.0 }
}

fn search(
    objective: &Objective<'_>,
    (theta, now): (&[f64], &Evaluation),
    direction: &[f64],
    (slope, longest): (f64, f64),
) -> Option<(Vec<f64>, Evaluation)> {
    let mut share = longest;
    for _ in 0..HALVINGS {
        let mut moved = theta.to_vec();
        add(&mut moved, share, direction);
        let there = objective.at(&moved, &now.states);
        if let Some(there) = there
            && there.value <= now.value + ARMIJO * share * slope
        {
            return Some((moved, there));
        }
        share *= 0.5;
    }
    None
}

fn remember(
    memory: &mut VecDeque<Pair>,
    (theta, gradient): (&[f64], &[f64]),
    (moved, there): (&[f64], &[f64]),
) {
    let minus =
        |a: &[f64], b: &[f64]| -> Vec<f64> { a.iter().zip(b).map(|(a, b)| a - b).collect() };
    let (step, change) = (minus(moved, theta), minus(there, gradient));
    let inner = dot(&step, &change);
    // a step over concave ground says nothing about a minimum
    if inner > 1e-10 * (squared_norm(&step) * squared_norm(&change)).sqrt() {
        memory.push_back(Pair {
            step,
            change,
            inner,
        });
        if memory.len() > MEMORY {
            memory.pop_front();
        }
    }
}

fn add(to: &mut [f64], share: f64, from: &[f64]) {
    to.iter_mut()
        .zip(from)
        .for_each(|(to, from)| *to += share * from);
}
