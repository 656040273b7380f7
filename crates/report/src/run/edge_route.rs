//! The way of an edge between two boxes, and its end.

use cistron::network::Sign;

use crate::svg::{Colour, Fill, NameBox, Point, Scene, Stroke, palette};

/// How far an edge may go aside, as shares of its length, in the order in which it is tried.
const CURVATURES: [f64; 7] = [0.0, 0.16, -0.16, 0.3, -0.3, 0.45, -0.45];
/// The same for edges that go both ways: each to its own right-hand side.
const MUTUAL: [f64; 3] = [0.14, 0.26, 0.4];
/// How far the latter go aside at least, in pixels: their ends do not touch.
const ASIDE: f64 = 34.0;
/// Points of an edge that are compared with the other boxes.
const SAMPLES: usize = 24;
/// Between a box and the tip of an edge.
const GAP: f64 = 3.0;

/// From where, towards where, to where.
pub(super) struct Route {
    points: [Point; 3],
}

impl Route {
    /// The straightest way that runs below the fewest other boxes.
    ///
    /// * `mutual`: there is an edge back, too
    pub(super) fn new(boxes: &[NameBox], from: usize, to: usize, mutual: bool) -> Self {
        if from == to {
            return Self::around(&boxes[from]);
        }
        let (start, end) = (&boxes[from], &boxes[to]);
        let length = (start.middle.0 - end.middle.0).hypot(start.middle.1 - end.middle.1);
        let curvatures: &[f64] = if mutual { &MUTUAL } else { &CURVATURES };
        let least = if mutual {
            ASIDE / length.max(1.0)
        } else {
            f64::NEG_INFINITY
        };
        let mut best: Option<(usize, Self)> = None;
        for curvature in curvatures {
            let route = Self::aside(start, end, curvature.max(least));
            let others = (0..boxes.len()).filter(|other| *other != from && *other != to);
            let crossed = others.filter(|other| route.runs_below(&boxes[*other]));
            let crossed = crossed.count();
            if best.as_ref().is_none_or(|(fewest, _)| crossed < *fewest) {
                best = Some((crossed, route));
            }
        }
        best.expect("there are curvatures").1
    }

    fn aside(from: &NameBox, to: &NameBox, curvature: f64) -> Self {
        let (dx, dy) = (to.middle.0 - from.middle.0, to.middle.1 - from.middle.1);
        let by = (
            f64::midpoint(from.middle.0, to.middle.0) - curvature * dy,
            f64::midpoint(from.middle.1, to.middle.1) + curvature * dx,
        );
        let leave = (by.0 - from.middle.0, by.1 - from.middle.1);
        let arrive = (by.0 - to.middle.0, by.1 - to.middle.1);
        Self {
            points: [from.border(leave, 0.0), by, to.border(arrive, GAP)],
        }
    }

    /// From a box back to itself, above it.
    fn around(own: &NameBox) -> Self {
        let (x, y) = own.middle;
        let top = y - own.half.1;
        Self {
            points: [(x - 9.0, top), (x + 4.0, top - 34.0), (x + 9.0, top - GAP)],
        }
    }

    fn runs_below(&self, other: &NameBox) -> bool {
        (0..=SAMPLES).any(|k| other.holds(self.point(k as f64 / SAMPLES as f64)))
    }

    /// The point of the Bézier curve at `t`, from 0 to 1.
    fn point(&self, t: f64) -> Point {
        let weights = [(1.0 - t).powi(2), 2.0 * t * (1.0 - t), t * t];
        let weighted = weights.iter().zip(&self.points);
        weighted.fold((0.0, 0.0), |(x, y), (weight, point)| {
            (x + weight * point.0, y + weight * point.1)
        })
    }

    pub(super) fn draw(&self, scene: &mut Scene, look: EdgeLook) {
        let [from, by, tip] = self.points;
        let (dx, dy) = (tip.0 - by.0, tip.1 - by.1);
        let length = dx.hypot(dy).max(1e-9);
        let head = EdgeHead {
            tip,
            direction: (dx / length, dy / length),
            look,
        };
        let stroke = Stroke::new(look.colour, look.width);
        scene.curve([from, by, head.back(head.length())], stroke);
        head.draw(scene);
    }
}

/// What an edge looks like.
#[derive(Clone, Copy)]
pub(super) struct EdgeLook {
    pub(super) sign: Sign,
    pub(super) colour: Colour,
    /// Width of the line.
    pub(super) width: f64,
}

/// The end of an edge: an arrow, a bar or a ring.
pub(super) struct EdgeHead {
    pub(super) tip: Point,
    /// Of length 1.
    pub(super) direction: Point,
    pub(super) look: EdgeLook,
}

impl EdgeHead {
    /// Length of the head on the line, which ends there.
    fn length(&self) -> f64 {
        match self.look.sign {
            Sign::Activation => 5.0 + self.look.width,
            Sign::Repression => self.look.width / 2.0,
            Sign::Unknown => 5.0,
        }
    }

    /// The point so far back from the tip.
    fn back(&self, length: f64) -> Point {
        let (dx, dy) = self.direction;
        (self.tip.0 - length * dx, self.tip.1 - length * dy)
    }

    /// The two points so far to the sides of a point.
    fn sides(&self, point: Point, half: f64) -> [Point; 2] {
        let (dx, dy) = self.direction;
        [
            (point.0 - half * dy, point.1 + half * dx),
            (point.0 + half * dy, point.1 - half * dx),
        ]
    }

    pub(super) fn draw(&self, scene: &mut Scene) {
        let EdgeLook {
            sign,
            colour,
            width,
        } = self.look;
        match sign {
            Sign::Activation => {
                let [left, right] = self.sides(self.back(7.0 + 1.6 * width), 2.8 + 1.1 * width);
                scene.polygon(&[self.tip, left, right], Fill::new(colour));
            }
            Sign::Repression => {
                let bar = self.sides(self.tip, 5.0 + 1.2 * width);
                scene.line(&bar, Stroke::new(colour, 1.2 + width));
            }
            Sign::Unknown => {
                let ring = Fill::new(palette::WHITE).edge(colour);
                scene.dot(self.back(3.0), 3.0, ring);
            }
        }
    }
}
