//! Colour bar of a map of signed numbers.

use crate::number::significant;
use crate::svg::{Fill, Point, Scene, Stroke, TextStyle, diverging, palette};

/// * `corner`: left and top
/// * `end`: size that has the full colour
/// * `texts`: two lines beside the bar
pub(super) fn draw_colour_bar(scene: &mut Scene, corner: Point, end: f64, texts: [&str; 2]) {
    let (left, top) = corner;
    let steps = 40;
    let (length, height) = (205.0, 12.0);
    for step in 0..=steps {
        let x = 2.0 * f64::from(step) / f64::from(steps) - 1.0;
        let width = length / f64::from(steps + 1);
        let corner = (left + width * f64::from(step), top);
        // reaching below the next one, so that no line shows between two
        let width = if step < steps { width + 1.0 } else { width };
        scene.rect(corner, (width, height), 0.0, Fill::new(diverging(x)));
    }
    let number = significant(end, 2);
    let marks = [
        (0.0, format!("≤ −{number}")),
        (0.5, "0".to_owned()),
        (1.0, format!("≥ {number}")),
    ];
    for (part, text) in marks {
        let (x, below) = (left + part * length, top + height);
        let tick = [(x, below), (x, below + 4.0)];
        scene.line(&tick, Stroke::new(palette::GREY, 1.0));
        scene.text((x, below + 12.0), &text, TextStyle::small().middle());
    }
    for (row, text) in texts.into_iter().enumerate() {
        let beside = (left + length + 34.0, top + 3.0 + 15.0 * row as f64);
        scene.text(beside, text, TextStyle::small());
    }
}
