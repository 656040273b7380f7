//! The way of an edge between two boxes, and what it ends in.

use super::boxes::Box;
use crate::run::stability::sign_colour;
use crate::sheet::{Colour, Fill, Point, Sheet, Stroke};
use cistron::network::Sign;

/// How far edges may be bent, as shares of their length, in the order in which it is tried.
const BENDS: [f64; 7] = [0.0, 0.16, -0.16, 0.3, -0.3, 0.45, -0.45];
/// Those of edges that go both ways: each to its own right-hand side.
const MUTUAL: [f64; 3] = [0.14, 0.26, 0.4];
/// How far those go aside at least, in pixels: their ends do not touch.
const ASIDE: f64 = 34.0;
/// Points of an edge at which it is looked whether it runs below a box.
const LOOKS: usize = 24;
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
    pub(super) fn new(boxes: &[Box], (from, to): (usize, usize), mutual: bool) -> Self {
        if from == to {
            return Self::around(&boxes[from]);
        }
        let bends: &[f64] = if mutual { &MUTUAL } else { &BENDS };
        let mut best: Option<(usize, Self)> = None;
        for bend in bends {
            let bend = if mutual {
                let (a, b) = (boxes[from].middle, boxes[to].middle);
                bend.max(ASIDE / (a.0 - b.0).hypot(a.1 - b.1).max(1.0))
            } else {
                *bend
            };
            let route = Self::bent(&boxes[from], &boxes[to], bend);
            let others = (0..boxes.len()).filter(|at| *at != from && *at != to);
            let crossed = others.filter(|at| route.runs_below(&boxes[*at])).count();
            if best.as_ref().is_none_or(|(least, _)| crossed < *least) {
                best = Some((crossed, route));
            }
        }
        best.expect("there are bends").1
    }

    fn bent(from: &Box, to: &Box, bend: f64) -> Self {
        let (dx, dy) = (to.middle.0 - from.middle.0, to.middle.1 - from.middle.1);
        let by = (
            f64::midpoint(from.middle.0, to.middle.0) - bend * dy,
            f64::midpoint(from.middle.1, to.middle.1) + bend * dx,
        );
        let leave = (by.0 - from.middle.0, by.1 - from.middle.1);
        let arrive = (by.0 - to.middle.0, by.1 - to.middle.1);
        Self {
            points: [from.border(leave, 0.0), by, to.border(arrive, GAP)],
        }
    }

    /// From a box back to itself, above it.
    fn around(own: &Box) -> Self {
        let (x, y) = own.middle;
        let top = y - own.half.1;
        Self {
            points: [(x - 9.0, top), (x + 4.0, top - 34.0), (x + 9.0, top - GAP)],
        }
    }

    fn runs_below(&self, other: &Box) -> bool {
        let [a, b, c] = self.points;
        let at = |k: usize| {
            let t = k as f64 / LOOKS as f64;
            let mix = |a: f64, b: f64, c: f64| {
                (1.0 - t).powi(2) * a + 2.0 * t * (1.0 - t) * b + t * t * c
            };
            (mix(a.0, b.0, c.0), mix(a.1, b.1, c.1))
        };
        (0..=LOOKS).any(|k| other.holds(at(k)))
    }

    pub(super) fn draw(&self, sheet: &mut Sheet, sign: Sign, wide: f64) {
        let [from, by, tip] = self.points;
        let look = (sign_colour(sign), wide);
        let (dx, dy) = (tip.0 - by.0, tip.1 - by.1);
        let length = dx.hypot(dy).max(1e-9);
        let direction = (dx / length, dy / length);
        // the line ends where the head begins
        let back = match sign {
            Sign::Activation => 5.0 + wide,
            Sign::Repression => wide / 2.0,
            Sign::Unknown => 5.0,
        };
        let end = (tip.0 - back * direction.0, tip.1 - back * direction.1);
        sheet.bend([from, by, end], Stroke::new(look.0, wide));
        match sign {
            Sign::Activation => arrow(sheet, tip, direction, look),
            Sign::Repression => bar(sheet, tip, direction, look),
            Sign::Unknown => ring(sheet, tip, direction, look),
        }
    }
}

/// Colour and width of a line.
type Line = (Colour, f64);

/// A head with its tip at a point.
pub(super) fn arrow(sheet: &mut Sheet, tip: Point, (dx, dy): Point, (colour, wide): Line) {
    let (long, half) = (7.0 + 1.6 * wide, 2.8 + 1.1 * wide);
    let back = (tip.0 - long * dx, tip.1 - long * dy);
    let corners = [
        tip,
        (back.0 - half * dy, back.1 + half * dx),
        (back.0 + half * dy, back.1 - half * dx),
    ];
    sheet.polygon(&corners, Fill::new(colour));
}

/// A bar across the end.
pub(super) fn bar(sheet: &mut Sheet, tip: Point, (dx, dy): Point, (colour, wide): Line) {
    let half = 5.0 + 1.2 * wide;
    let ends = [
        (tip.0 - half * dy, tip.1 + half * dx),
        (tip.0 + half * dy, tip.1 - half * dx),
    ];
    sheet.line(&ends, Stroke::new(colour, 1.2 + wide));
}

/// A ring before the end.
pub(super) fn ring(sheet: &mut Sheet, tip: Point, (dx, dy): Point, (colour, _): Line) {
    let middle = (tip.0 - 3.0 * dx, tip.1 - 3.0 * dy);
    let white = Fill::new(crate::sheet::palette::WHITE).edge(colour);
    sheet.dot(middle, 3.0, white);
}
