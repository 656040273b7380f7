//! Components side by side.

/// Room between two components.
const GAP: f64 = 1.0;
/// Width of the whole to its height, about.
const SHAPE: f64 = 1.4;

/// A component with positions of its own.
pub(super) struct DrawnComponent {
    pub(super) members: Vec<usize>,
    /// One point per member.
    pub(super) points: Vec<(f64, f64)>,
}

/// The smallest upright rectangle around a component.
struct Frame {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
}

/// Puts components into rows from left to right, in their order, and writes where each node is.
pub(super) fn pack(drawn: &[DrawnComponent], positions: &mut [(f64, f64)]) {
    let frames: Vec<Frame> = drawn
        .iter()
        .map(|component| frame(&component.points))
        .collect();
    let area: f64 = frames
        .iter()
        .map(|f| (f.width + GAP) * (f.height + GAP))
        .sum();
    let widest = frames.iter().map(|f| f.width).fold(0.0, f64::max);
    let width = (area * SHAPE).sqrt().max(widest + GAP);
    let (mut x, mut y, mut row_height) = (0.0, 0.0, 0.0_f64);
    for (component, frame) in drawn.iter().zip(&frames) {
        if x > 0.0 && x + frame.width > width {
            (x, y) = (0.0, y + row_height + GAP);
            row_height = 0.0;
        }
        for (&node, point) in component.members.iter().zip(&component.points) {
            positions[node] = (x + point.0 - frame.left, y + point.1 - frame.top);
        }
        x += frame.width + GAP;
        row_height = row_height.max(frame.height);
    }
}

fn frame(points: &[(f64, f64)]) -> Frame {
    let (mut left, mut top) = (f64::INFINITY, f64::INFINITY);
    for (x, y) in points {
        (left, top) = (left.min(*x), top.min(*y));
    }
    let (mut right, mut bottom) = (left, top);
    for (x, y) in points {
        (right, bottom) = (right.max(*x), bottom.max(*y));
    }
    Frame {
        left,
        top,
        width: right - left,
        height: bottom - top,
    }
}
