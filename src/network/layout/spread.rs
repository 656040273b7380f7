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
    let mut cells: BTreeMap<(i64, i64), Vec<usize>> = BTreeMap::new();
    for (index, point) in points.iter().enumerate() {
        cells.entry(cell(*point)).or_default().push(index);
    }
    let mut shifts = vec![(0.0, 0.0); points.len()];
    for (at, point) in points.iter().enumerate() {
        let (column, row) = cell(*point);
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

/// The square of the grid that a point is in; points that are too near are in neighbouring ones.
fn cell(point: (f64, f64)) -> (i64, i64) {
    (
        (point.0 / APART).floor() as i64,
        (point.1 / APART).floor() as i64,
    )
}

/// Moves points that are exactly equal apart, on a spiral around where they are.
fn separate_equal(points: &mut [(f64, f64)]) {
    let mut order: Vec<usize> = (0..points.len()).collect();
    order.sort_by_key(|index| bits(points[*index]));
    let mut moved: Vec<(usize, (f64, f64))> = Vec::new();
    for equal in order.chunk_by(|a, b| bits(points[*a]) == bits(points[*b])) {
        for (&at, step) in equal.iter().zip(0..).skip(1) {
            let (turn, far) = (f64::from(step) * 2.4, 1e-3 * f64::from(step));
            moved.push((at, (far * turn.cos(), far * turn.sin())));
        }
    }
    for (at, (dx, dy)) in moved {
        points[at].0 += dx;
        points[at].1 += dy;
    }
}

fn bits(point: (f64, f64)) -> (u64, u64) {
    (point.0.to_bits(), point.1.to_bits())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn however_many_points_are_equal_none_of_them_stay_so_and_none_goes_far() {
        let mut points = vec![(1.0, 2.0); 40];
        points.extend([(5.0, 5.0), (7.0, 5.0)]);
        separate_equal(&mut points);
        assert_eq!(points[40..], [(5.0, 5.0), (7.0, 5.0)]);
        for (at, a) in points[..40].iter().enumerate() {
            assert!((a.0 - 1.0).hypot(a.1 - 2.0) < 0.05, "{a:?}");
            assert!(points[..at].iter().all(|b| a != b), "{at}");
        }
    }
}
