//! Distances on the plane like those along the edges.
//!
//! With `d_ab` the length of the shortest path between nodes `a` and `b`, the stress of points
//! `x` is
//!
//! ```text
//! Σ_{a<b} (‖x_a − x_b‖ − d_ab)² / d_ab²
//! ```
//!
//! and is lowered pair by pair in random order, each step moving both points along their line by
//! `½ min(1, s/d_ab²)` of what is missing, with a step `s` that falls geometrically over the rounds.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rand::Rng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

use crate::seed::{Purpose, Seed};

/// Pairs of nodes that are held at their distance, at most; beyond it only pairs with a pivot.
const PAIRS: usize = 200_000;
/// Pivots, at least.
const PIVOTS: usize = 16;
/// Rounds over all pairs.
const ROUNDS: usize = 36;
/// Distances are counted in thousandths, so that their order leaves nothing to rounding.
const UNIT: f64 = 1_000.0;
/// Length of an edge to the root of the larger number of neighbours of its ends: around a
/// regulator of many targets there is room for them.
const LENGTH: f64 = 0.46;
/// Length of the step in the last round, for neighbours.
const LAST_STEP: f64 = 0.05;

/// A connected component; its nodes are counted from 0 within it.
pub(super) struct ConnectedComponent {
    neighbours: Vec<Vec<usize>>,
}

/// Two nodes and how far they should be apart.
struct Term {
    a: u32,
    b: u32,
    distance: f32,
}

impl Term {
    /// * `distance`: in thousandths
    fn new(a: usize, b: usize, distance: u64) -> Self {
        Self {
            a: a as u32,
            b: b as u32,
            distance: (distance as f64 / UNIT) as f32,
        }
    }
}

impl ConnectedComponent {
    /// * `members`: its nodes, rising
    /// * `neighbours`: of all nodes
    pub(super) fn new(members: &[usize], neighbours: &[Vec<usize>]) -> Self {
        let mut inside = Vec::with_capacity(members.len());
        for &member in members {
            let positions = neighbours[member].iter().map(|node| {
                let position = members.binary_search(node);
                position.expect("a neighbour is of the same component")
            });
            inside.push(positions.collect());
        }
        Self { neighbours: inside }
    }

    /// One point a node, in units of an edge.
    pub(super) fn by_stress(&self, seed: Seed, index: u64) -> Vec<(f64, f64)> {
        let n = self.neighbours.len();
        let mut rng = seed.stream(Purpose::Layout, index);
        let side = (n as f64).sqrt();
        let mut points: Vec<(f64, f64)> = (0..n)
            .map(|_| {
                (
                    rng.random_range(0.0..1.0) * side,
                    rng.random_range(0.0..1.0) * side,
                )
            })
            .collect();
        let mut terms = self.terms();
        let farthest = terms.iter().fold(1.0, |d: f32, term| d.max(term.distance));
        let first_step = f64::from(farthest).powi(2);
        for round in 0..ROUNDS {
            let part = round as f64 / (ROUNDS - 1) as f64;
            let step = first_step * (LAST_STEP / first_step).powf(part);
            descend(&mut points, &mut terms, step, &mut rng);
        }
        points
    }

    /// All pairs of a small component; neighbours and pairs with a pivot of a large one.
    fn terms(&self) -> Vec<Term> {
        let n = self.neighbours.len();
        let pivots = (PAIRS / n.max(1)).max(PIVOTS);
        let mut terms = Vec::new();
        if n * n / 2 <= PAIRS {
            for a in 0..n {
                let far = self.distances(a);
                terms.extend((a + 1..n).map(|b| Term::new(a, b, far[b])));
            }
            return terms;
        }
        let mut nearest = vec![u64::MAX; n];
        let mut is_pivot = vec![false; n];
        let mut pivot = 0;
        for _ in 0..pivots.min(n) {
            is_pivot[pivot] = true;
            let far = self.distances(pivot);
            for b in (0..n).filter(|b| !is_pivot[*b]) {
                if self.neighbours[pivot].binary_search(&b).is_err() {
                    terms.push(Term::new(pivot, b, far[b]));
                }
                nearest[b] = nearest[b].min(far[b]);
            }
            nearest[pivot] = 0;
            // the node that is farthest from all pivots so far, the first of equals
            pivot = (0..n).rev().max_by_key(|b| nearest[*b]).unwrap_or(0);
        }
        for (a, own) in self.neighbours.iter().enumerate() {
            let later = own.iter().filter(|b| **b > a);
            terms.extend(later.map(|b| Term::new(a, *b, self.length(a, *b))));
        }
        terms
    }

    /// How long an edge should be, in thousandths.
    fn length(&self, a: usize, b: usize) -> u64 {
        let most = self.neighbours[a].len().max(self.neighbours[b].len());
        ((LENGTH * (most as f64).sqrt()).max(1.0) * UNIT) as u64
    }

    /// Length of the shortest way from a node to every other, in thousandths.
    fn distances(&self, from: usize) -> Vec<u64> {
        let mut far = vec![u64::MAX; self.neighbours.len()];
        far[from] = 0;
        let mut next = BinaryHeap::from([Reverse((0, from))]);
        while let Some(Reverse((distance, node))) = next.pop() {
            if distance > far[node] {
                continue;
            }
            for &other in &self.neighbours[node] {
                let distance = distance + self.length(node, other);
                if distance < far[other] {
                    far[other] = distance;
                    next.push(Reverse((distance, other)));
                }
            }
        }
        far
    }
}

/// One step for every pair in random order: `½ min(1, s/d²)` of what is missing to `d`, each.
fn descend(points: &mut [(f64, f64)], terms: &mut [Term], step: f64, rng: &mut ChaCha8Rng) {
    terms.shuffle(rng);
    for term in terms {
        let (a, b) = (term.a as usize, term.b as usize);
        let distance = f64::from(term.distance);
        let (dx, dy) = (points[a].0 - points[b].0, points[a].1 - points[b].1);
        let found = dx.hypot(dy).max(1e-9);
        let share = (step / (distance * distance)).min(1.0);
        let move_by = share * (found - distance) / (2.0 * found);
        points[a].0 -= move_by * dx;
        points[a].1 -= move_by * dy;
        points[b].0 += move_by * dx;
        points[b].1 += move_by * dy;
    }
}
