//! Names in boxes that do not overlap.

use std::collections::BTreeSet;

use crate::sheet::Point;

/// Room between two boxes.
const ROOM: f64 = 9.0;
/// Room between two boxes with an edge: it has to be seen.
const EDGE: f64 = 26.0;
/// Rounds, at most.
const ROUNDS: usize = 400;
/// Rounds after which all boxes move away from each other, too, and by how much in a round.
const PATIENCE: usize = 40;
const WIDER: f64 = 1.02;

/// The box of a node.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Box {
    pub(super) middle: Point,
    /// Half of its width and height.
    pub(super) half: Point,
}

impl Box {
    /// By how much two boxes with room between them overlap, in both directions.
    fn overlap(&self, other: &Self, room: f64) -> Option<(f64, f64)> {
        let along = |a: f64, b: f64, halves: f64| halves + room - (a - b).abs();
        let x = along(self.middle.0, other.middle.0, self.half.0 + other.half.0);
        let y = along(self.middle.1, other.middle.1, self.half.1 + other.half.1);
        (x > 0.01 && y > 0.01).then_some((x, y))
    }

    /// Does a point lie in it, or near its edge?
    pub(super) fn holds(&self, point: Point) -> bool {
        (point.0 - self.middle.0).abs() < self.half.0 + 2.0
            && (point.1 - self.middle.1).abs() < self.half.1 + 2.0
    }

    /// Where the line from its middle in a direction leaves it, `gap` beyond its edge: the box has
    /// half circles at its ends.
    pub(super) fn border(&self, direction: Point, gap: f64) -> Point {
        let length = direction.0.hypot(direction.1);
        if length == 0.0 {
            return self.middle;
        }
        let (dx, dy) = (direction.0 / length, direction.1 / length);
        let radius = self.half.1 + gap;
        let straight = (self.half.0 - self.half.1).max(0.0);
        let to_flat = radius / dy.abs();
        let steps = if to_flat * dx.abs() <= straight {
            to_flat
        } else {
            // |steps·d − (straight, 0)| = radius, the farther solution
            let along = straight * dx.abs();
            along
                + (along * along + radius * radius - straight * straight)
                    .max(0.0)
                    .sqrt()
        };
        (self.middle.0 + steps * dx, self.middle.1 + steps * dy)
    }
}

/// Pushes boxes apart that overlap, in the direction in which they overlap less.
///
/// * `edges`: pairs of boxes with an edge, the smaller position first
///
/// # Cost   `O(n log n)` a round where few stand above one another; 50 edges need some ten rounds.
pub(super) fn apart(boxes: &mut [Box], edges: &BTreeSet<(usize, usize)>) {
    let widest = boxes.iter().map(|one| one.half.0).fold(0.0, f64::max);
    for round in 0..ROUNDS {
        // from left to right: those farther away than any box is wide need no look
        let mut order: Vec<usize> = (0..boxes.len()).collect();
        order.sort_by(|a, b| boxes[*a].middle.0.total_cmp(&boxes[*b].middle.0));
        let mut still = true;
        for (at, &a) in order.iter().enumerate() {
            for &b in &order[at + 1..] {
                let distance = boxes[b].middle.0 - boxes[a].middle.0;
                if distance > boxes[a].half.0 + widest + EDGE {
                    break;
                }
                let linked = edges.contains(&(a.min(b), a.max(b)));
                let room = if linked { EDGE } else { ROOM };
                if let Some(overlap) = boxes[a].overlap(&boxes[b], room) {
                    still = false;
                    push(boxes, (a, b), overlap);
                }
            }
        }
        if still {
            return;
        }
        if round >= PATIENCE {
            for one in boxes.iter_mut() {
                one.middle = (WIDER * one.middle.0, WIDER * one.middle.1);
            }
        }
    }
}

/// Each by half of the smaller overlap, away from the other.
fn push(boxes: &mut [Box], (a, b): (usize, usize), (x, y): (f64, f64)) {
    let (d, first) = if x < y {
        ((x / 2.0, 0.0), boxes[a].middle.0 <= boxes[b].middle.0)
    } else {
        ((0.0, y / 2.0), boxes[a].middle.1 <= boxes[b].middle.1)
    };
    let sign = if first { 1.0 } else { -1.0 };
    boxes[a].middle.0 -= sign * d.0;
    boxes[a].middle.1 -= sign * d.1;
    boxes[b].middle.0 += sign * d.0;
    boxes[b].middle.1 += sign * d.1;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_on_one_place_are_pushed_apart() {
        let one = |at: usize| Box {
            middle: (at as f64, 0.0),
            half: (20.0 + at as f64, 10.0),
        };
        let mut boxes: Vec<Box> = (0..30).map(one).collect();
        apart(&mut boxes, &BTreeSet::from([(0, 1)]));
        assert!(boxes[0].overlap(&boxes[1], EDGE).is_none());
        for (at, a) in boxes.iter().enumerate() {
            assert!(
                boxes[..at].iter().all(|b| a.overlap(b, ROOM).is_none()),
                "{at}"
            );
        }
    }

    #[test]
    fn a_line_leaves_a_box_at_its_border() {
        let one = Box {
            middle: (5.0, 5.0),
            half: (20.0, 10.0),
        };
        assert_eq!(one.border((1.0, 0.0), 0.0), (25.0, 5.0));
        assert_eq!(one.border((0.0, -2.0), 1.0), (5.0, -6.0));
        assert_eq!(one.border((0.0, 0.0), 1.0), (5.0, 5.0));
        // on the half circle around (15, 5)
        let (x, y) = one.border((3.0, 1.0), 2.0);
        assert!(((x - 15.0).hypot(y - 5.0) - 12.0).abs() < 1e-9);
    }
}
