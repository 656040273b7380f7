//! Names in boxes: where a line meets a box, and how boxes are kept apart.

use std::collections::BTreeSet;

use super::scene::Point;

/// Room between two boxes.
const ROOM: f64 = 9.0;
/// Room between two boxes with an edge: it has to be seen.
const EDGE: f64 = 26.0;
/// Maximum number of rounds; a thousand boxes with an edge each need about a hundred.
const ROUNDS: usize = 400;
/// Rounds after which all boxes move away from each other, too, and by how much in a round.
const LOCAL_ROUNDS: usize = 40;
const WIDER: f64 = 1.02;

/// A name in a box with half circles at its ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NameBox {
    /// Its middle.
    pub middle: Point,
    /// Half of its width and height.
    pub half: Point,
}

impl NameBox {
    /// By how much two boxes with room between them overlap, in both directions.
    fn overlap(&self, other: &Self, room: f64) -> Option<(f64, f64)> {
        let x = self.half.0 + other.half.0 + room - (self.middle.0 - other.middle.0).abs();
        let y = self.half.1 + other.half.1 + room - (self.middle.1 - other.middle.1).abs();
        (x > 0.01 && y > 0.01).then_some((x, y))
    }

    /// Whether a point is in it or close to its edge.
    #[must_use]
    pub fn holds(&self, point: Point) -> bool {
        (point.0 - self.middle.0).abs() < self.half.0 + 2.0
            && (point.1 - self.middle.1).abs() < self.half.1 + 2.0
    }

    /// Where the line from its middle in a direction leaves it, `gap` beyond its edge.
    #[must_use]
    pub fn border(&self, direction: Point, gap: f64) -> Point {
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
/// # Cost   `O(n log n)` per round where few are above one another; 50 edges need about ten
///   rounds.
pub fn push_apart(boxes: &mut [NameBox], edges: &BTreeSet<(usize, usize)>) {
    let widest = boxes.iter().map(|name| name.half.0).fold(0.0, f64::max);
    for round in 0..ROUNDS {
        // from left to right: boxes farther away than any box is wide cannot overlap
        let mut order: Vec<usize> = (0..boxes.len()).collect();
        order.sort_by(|a, b| boxes[*a].middle.0.total_cmp(&boxes[*b].middle.0));
        let mut moved = false;
        for (at, &a) in order.iter().enumerate() {
            for &b in &order[at + 1..] {
                let distance = boxes[b].middle.0 - boxes[a].middle.0;
                if distance > boxes[a].half.0 + widest + EDGE {
                    break;
                }
                let linked = edges.contains(&(a.min(b), a.max(b)));
                let room = if linked { EDGE } else { ROOM };
                if let Some(overlap) = boxes[a].overlap(&boxes[b], room) {
                    moved = true;
                    push(boxes, a, b, overlap);
                }
            }
        }
        if !moved {
            return;
        }
        if round >= LOCAL_ROUNDS {
            for name in boxes.iter_mut() {
                name.middle = (WIDER * name.middle.0, WIDER * name.middle.1);
            }
        }
    }
}

/// Moves both by half of the smaller overlap, away from each other.
fn push(boxes: &mut [NameBox], a: usize, b: usize, overlap: (f64, f64)) {
    let (x, y) = overlap;
    let (from, to) = (boxes[a].middle, boxes[b].middle);
    let shift = if x < y {
        (if from.0 <= to.0 { x } else { -x } / 2.0, 0.0)
    } else {
        (0.0, if from.1 <= to.1 { y } else { -y } / 2.0)
    };
    boxes[a].middle = (from.0 - shift.0, from.1 - shift.1);
    boxes[b].middle = (to.0 + shift.0, to.1 + shift.1);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_on_one_place_are_pushed_apart() {
        let mut boxes: Vec<NameBox> = (0..30)
            .map(|at| NameBox {
                middle: (f64::from(at), 0.0),
                half: (20.0 + f64::from(at), 10.0),
            })
            .collect();
        push_apart(&mut boxes, &BTreeSet::from([(0, 1)]));
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
        let name = NameBox {
            middle: (5.0, 5.0),
            half: (20.0, 10.0),
        };
        assert_eq!(name.border((1.0, 0.0), 0.0), (25.0, 5.0));
        assert_eq!(name.border((0.0, -2.0), 1.0), (5.0, -6.0));
        assert_eq!(name.border((0.0, 0.0), 1.0), (5.0, 5.0));
        // on the half circle around (15, 5)
        let (x, y) = name.border((3.0, 1.0), 2.0);
        assert!(((x - 15.0).hypot(y - 5.0) - 12.0).abs() < 1e-9);
    }
}
