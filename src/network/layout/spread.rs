//! No two nodes on one place.

use std::collections::BTreeMap;

/// Least distance of two nodes.
const APART: f64 = 0.8;
/// Rounds, at most.
const ROUNDS: usize = 120;

/// Pushes points apart that stand nearer than [`APART`], a little in each round.
///
/// # Cost   `O(n log n)` a round, as long as few points share a place.
pub(super) fn spread(points: &mut [(f64, f64)]) {
    separate_equal(points);
    for _ in 0..ROUNDS {
        let shifts = shifts(points);
        let mut still = true;
        for (point, (dx, dy)) in points.iter_mut().zip(shifts) {
            still &= dx == 0.0 && dy == 0.0;
            point.0 += dx;
            point.1 += dy;
        }
        if still {
            break;
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

/// Moves points that are exactly equal, or no numbers, along a spiral of their own.
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
