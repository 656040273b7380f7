//! Components side by side.

/// Room between two components.
const GAP: f64 = 1.0;
/// Width of the whole to its height, about.
const SHAPE: f64 = 1.4;

/// The members of a component, and where each stands within it.
pub(super) type Drawn = (Vec<usize>, Vec<(f64, f64)>);

/// The smallest upright rectangle around a component.
struct Frame {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
}

/// Puts components into rows from left to right, in their order, and writes where each node is.
pub(super) fn pack(drawn: &[Drawn], places: &mut [(f64, f64)]) {
    let frames: Vec<Frame> = drawn.iter().map(|(_, points)| frame(points)).collect();
    let area: f64 = frames
        .iter()
        .map(|f| (f.width + GAP) * (f.height + GAP))
        .sum();
    let widest = frames.iter().map(|f| f.width).fold(0.0, f64::max);
    let width = (area * SHAPE).sqrt().max(widest + GAP);
    let (mut x, mut y, mut row_height) = (0.0, 0.0, 0.0_f64);
    for ((members, points), frame) in drawn.iter().zip(&frames) {
        if x > 0.0 && x + frame.width > width {
            (x, y) = (0.0, y + row_height + GAP);
            row_height = 0.0;
        }
        for (&node, point) in members.iter().zip(points) {
            places[node] = (x + point.0 - frame.left, y + point.1 - frame.top);
        }
        x += frame.width + GAP;
        row_height = row_height.max(frame.height);
    }
}

fn frame(points: &[(f64, f64)]) -> Frame {
    let fold = |of: fn(&(f64, f64)) -> f64, pick: fn(f64, f64) -> f64, start| {
        points.iter().map(of).fold(start, pick)
    };
    let (left, top) = (
        fold(|p| p.0, f64::min, f64::INFINITY),
        fold(|p| p.1, f64::min, f64::INFINITY),
    );
    Frame {
        left,
        top,
        width: fold(|p| p.0, f64::max, left) - left,
        height: fold(|p| p.1, f64::max, top) - top,
    }
}
