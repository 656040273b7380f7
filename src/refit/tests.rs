//! The gradient against differences, and parameters that come back.

use std::sync::Arc;

use super::descent::{DescentLimit, Outcome, descend};
use super::layout::Layout;
use super::objective::{Objective, Ridge};
use super::states::{Compared, Condition};
use super::windows::{Interval, ShotWindow, Windows};
use crate::dynamics::SteadySolver;
use crate::expression::{Change, Intervention, Scale};
use crate::field::{Clamps, Component, Intervened, SparseField, Unit, VectorField};
use crate::genes::{Gene, Genes};

const REFERENCE: [f64; 4] = [0.4, 0.3, 0.2, 0.1];

/// Four genes in a feedback loop with a self-regulation, units of both kinds, two covariates.
fn looped() -> SparseField {
    let genes = Genes::new(["a", "b", "c", "d"]).expect("distinct");
    let component = |regulators: &[usize], weights: &[f64], decay: f64| Component {
        regulators: regulators.iter().map(|&g| Gene(g)).collect(),
        units: vec![
            Unit {
                range: 0.4,
                bias: 0.1,
                weights: weights.to_vec(),
            },
            Unit {
                range: 3.0,
                bias: -0.2,
                weights: weights.iter().map(|w| 0.3 * w).collect(),
            },
        ],
        intercept: 0.3,
        decay,
        covariates: vec![0.1, -0.2],
    };
    let components = vec![
        component(&[3], &[-0.6], 0.5),
        component(&[0, 1], &[0.7, 0.2], 0.8),
        component(&[0, 1], &[-0.4, 0.5], 1.5),
        component(&[2], &[0.9], 4.0),
    ];
    let names = vec!["x".to_owned(), "y".to_owned()];
    SparseField::new(genes, Scale::SQRT, names, components).expect("sound")
}

/// Genes held at levels of the model, and genes scaled.
fn clamps(held: &[(usize, f64)], scaled: &[(usize, f64)]) -> Clamps {
    let set = |(gene, level): &(usize, f64)| {
        Intervention::always(Gene(*gene), Change::Set(Scale::SQRT.backward(*level)))
    };
    let multiplied =
        |(gene, factor): &(usize, f64)| Intervention::always(Gene(*gene), Change::Scaled(*factor));
    let held = held.iter().map(set);
    let done: Vec<Intervention> = held.chain(scaled.iter().map(multiplied)).collect();
    Clamps::new(&done, Scale::SQRT)
}

fn windows() -> Windows {
    let level = |k: usize, j: usize| 0.5 + 0.4 * ((k * 7 + j * 3) as f64).sin();
    let filled: Vec<Vec<f64>> = (0..6)
        .map(|k| (0..4).map(|j| level(k, j)).collect())
        .collect();
    let mut observed = filled.clone();
    observed[2][1] = f64::NAN;
    let interval = |k: usize| Interval {
        u: vec![1.0, k as f64 * 0.3],
        length: k % 2,
        clamps: usize::from(k >= 3),
    };
    let clamps = clamps(&[(2, 0.3)], &[(1, 0.4), (0, 1.7)]);
    Windows {
        intervals: (0..6).map(|k| (k != 5).then(|| interval(k))).collect(),
        filled,
        observed,
        lengths: vec![0.7, 1.3],
        clamps: vec![Clamps::default(), clamps],
        windows: vec![(0, 3), (1, 2), (3, 2)]
            .into_iter()
            .map(|(first, intervals)| ShotWindow { first, intervals })
            .collect(),
    }
}

fn conditions() -> Vec<Condition> {
    let held = |held: &[(usize, f64)], scaled: &[(usize, f64)]| Condition {
        clamps: clamps(held, scaled),
        weight: (0..4)
            .map(|i| {
                let changed = held.iter().chain(scaled).any(|(g, _)| *g == i);
                if changed { 0.0 } else { 2.0 + i as f64 }
            })
            .collect(),
        mean: vec![0.4, 0.6, 0.2, 0.5],
        seen: vec![0.5, 0.7, 0.3, 0.6],
    };
    vec![
        held(&[], &[]),
        held(&[(0, 0.0)], &[]),
        held(&[(3, 0.9)], &[]),
        held(&[], &[(1, 0.5)]),
        held(&[(2, 0.0)], &[(0, 2.0), (3, 0.3)]),
    ]
}

/// Calls `ask` with an objective made of the chosen parts: windows, states, prior.
fn with_objective(
    parts: [bool; 3],
    coupling: f64,
    compared: Compared,
    ask: impl FnOnce(&Objective<'_>, &[f64]),
) {
    let field = looped();
    let layout = Layout::new(&field, &REFERENCE);
    let theta = layout.vector(&field, 0.0);
    let windows = windows();
    let pattern = Arc::clone(SteadySolver::new(&field).pattern());
    let precision: Vec<Vec<f64>> = (0..3)
        .map(|h| (0..4).map(|i| 1.0 + (h + i) as f64).collect())
        .collect();
    let prior = if parts[2] { 0.7 } else { 0.0 };
    let objective = Objective {
        layout: &layout,
        scale: Scale::SQRT,
        windows: &windows,
        chosen: if parts[0] {
            windows.windows.clone()
        } else {
            Vec::new()
        },
        steps: &[2, 3],
        precision: &precision,
        conditions: if parts[1] { conditions() } else { Vec::new() },
        compared,
        pattern: &pattern,
        ridge: Ridge {
            center: vec![0.1; layout.len()],
            precision: vec![prior; layout.len()],
        },
        coupling,
    };
    ask(&objective, &theta);
}

fn gradient_agrees(parts: [bool; 3], compared: Compared) {
    gradient_of(parts, 1.0, compared);
}

fn gradient_of(parts: [bool; 3], coupling: f64, compared: Compared) {
    with_objective(parts, coupling, compared, |objective, theta| {
        let starts = vec![vec![0.5; 4]; objective.conditions.len()];
        let at = |theta: &[f64]| objective.at(theta, &starts).expect("a steady state");
        let found = at(theta).gradient;
        let size = found.iter().fold(0.0, |most: f64, g| most.max(g.abs()));
        for k in 0..theta.len() {
            // fourth order, so that rounding and curvature are both far below the bound
            let moved = |by: f64| {
                let mut theta = theta.to_vec();
                theta[k] += by;
                at(&theta).value
            };
            let h = 1e-3;
            let near = (moved(h) - moved(-h)) / (2.0 * h);
            let far = (moved(2.0 * h) - moved(-2.0 * h)) / (4.0 * h);
            let difference = (4.0 * near - far) / 3.0;
            let off = (found[k] - difference).abs();
            assert!(off < 1e-6 * size, "{k}: {} and {difference}", found[k]);
        }
    });
}

#[test]
fn the_gradient_of_the_windows_agrees_with_differences() {
    gradient_agrees([true, false, false], Compared::Model);
}

#[test]
fn the_gradient_of_steady_states_agrees_with_differences_on_both_scales() {
    gradient_agrees([false, true, false], Compared::Model);
    gradient_agrees([false, true, false], Compared::File);
    gradient_of([false, true, false], 0.0, Compared::File);
    gradient_of([false, true, false], 0.6, Compared::File);
}

#[test]
fn the_gradient_of_the_prior_and_of_all_parts_together_agrees_with_differences() {
    gradient_agrees([false, false, true], Compared::Model);
    gradient_agrees([true, true, true], Compared::File);
}

#[test]
fn a_steady_state_is_one_of_the_field_with_its_clamps() {
    with_objective(
        [false, true, false],
        1.0,
        Compared::Model,
        |objective, theta| {
            let starts = vec![vec![0.5; 4]; 5];
            let found = objective.at(theta, &starts).expect("a steady state");
            let field = objective.layout.field(theta).expect("sound");
            for (condition, x) in objective.conditions.iter().zip(&found.states) {
                let clamps = condition.clamps.clone();
                let under = Intervened::under(&field, Scale::SQRT, clamps);
                let mut velocity = vec![f64::NAN; 4];
                under.velocity_into(x, &mut velocity);
                assert!(velocity.iter().all(|v| v.abs() < 1e-10), "{velocity:?}");
            }
        },
    );
}

#[test]
fn every_iteration_of_a_descent_lowers_the_objective_until_nothing_is_left_to_gain() {
    with_objective(
        [true, true, true],
        1.0,
        Compared::File,
        |objective, theta| {
            let starts = vec![vec![0.5; 4]; objective.conditions.len()];
            let now = objective.at(theta, &starts).expect("steady states");
            let stop = DescentLimit {
                iterations: 100,
                fall: 1e-6,
                renewal: 15,
            };
            let few = DescentLimit {
                iterations: 2,
                ..stop
            };
            let descent = descend(objective, theta.to_vec(), now.clone(), stop);
            assert_eq!(descent.outcome, Outcome::Converged);
            assert!(descent.costs.len() > 3 && descent.costs.is_sorted_by(|a, b| a > b));
            assert_eq!(descent.costs[0], now.value);
            assert_eq!(descent.costs.last(), Some(&descent.end.value));
            assert!(0.5 * descent.gradient.powi(2) <= 1e-6);
            let short = descend(objective, theta.to_vec(), now, few);
            assert_eq!(short.outcome, Outcome::IterationLimit);
            assert_eq!(short.costs, descent.costs[..3]);
        },
    );
}
