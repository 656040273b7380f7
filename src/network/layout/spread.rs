//! No two nodes on one place.

use std::collections::BTreeMap;

/// Least distance of two nodes.
const APART: f64 = 0.8;
/// Rounds, at most.
const ROUNDS: usize = 200;
/// Longest push of a round: pushes from all sides do not throw a point out of its surroundings.
const LONGEST: f64 = 0.25;
/// Share of points too near to another above which all points move apart.
const CROWDED: f64 = 0.2;
/// By how much.
const WIDER: f64 = 1.04;

/// Pushes points apart that stand nearer than [`APART`], a little in each round; where many do,
/// the whole is made larger, which keeps its shape.
///
/// # Cost   `O(n log n)` a round, as long as few points share a place.
pub(super) fn spread(points: &mut [(f64, f64)]) {
    separate_equal(points);
    for _ in 0..ROUNDS {
        let shifts = shifts(points);
        let pushed = shifts.iter().filter(|shift| **shift != (0.0, 0.0)).count();
        if pushed == 0 {
            break;
        }
        let crowded = pushed as f64 > CROWDED * points.len() as f64;
        let factor = if crowded { WIDER } else { 1.0 };
        for (point, (dx, dy)) in points.iter_mut().zip(shifts) {
            let shorter = (LONGEST / dx.hypot(dy)).min(1.0);
            point.0 = factor * (point.0 + shorter * dx);
            point.1 = factor * (point.1 + shorter * dy);
        }
    }
    separate_equal(points);
}

/// Where each point is pushed by those too near to it, by half of what is missing.
fn shifts(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let cell = |&(x, y): &(f64, f64)| ((x / APART).floor() as i64, (y / APART).floor() as i64);
    let mut cells: BTreeMap<(i64, i64), Vec<usize>> = BTreeMap::new();
    for (at, point) in points.iter().enumerate() {
        cells.entry(cell(point)).or_default().push(at);
    }
    let mut shifts = vec![(0.0, 0.0); points.len()];
    for (at, point) in points.iter().enumerate() {
        let (column, row) = cell(point);
        let around = (column - 1..=column + 1)
            .flat_map(|column| (row - 1..=row + 1).map(move |row| (column, row)));
        for &other in around.filter_map(|key| cells.get(&key)).flatten() {
            let (dx, dy) = (point.0 - points[other].0, point.1 - points[other].1);
            let distance = dx.hypot(dy);
            // a thousandth too near is near enough to the aim
            if other != at && distance > 0.0 && distance < APART * 0.999 {
                let push = 0.5 * (APART - distance) / distance;
                shifts[at].0 += push * dx;
                shifts[at].1 += push * dy;
            }
        }
    }
    shifts
}

/// Moves points that are exactly equal along a spiral of their own.
fn separate_equal(points: &mut [(f64, f64)]) {
    let mut order: Vec<usize> = (0..points.len()).collect();
    let key = |p: (f64, f64)| (p.0.to_bits(), p.1.to_bits());
    order.sort_by_key(|at| key(points[*at]));
    for pair in 1..order.len() {
        let (before, at) = (order[pair - 1], order[pair]);
        if points[before] == points[at] {
            let turn = at as f64 * 2.4;
            points[at].0 += 1e-3 * (1.0 + at as f64) * turn.cos();
            points[at].1 += 1e-3 * (1.0 + at as f64) * turn.sin();
        }
    }
}
