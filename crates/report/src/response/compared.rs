//! Predicted against measured changes.

use super::LevelTitles;
use crate::Picture;
use crate::picture::Drawing;
use crate::svg::{Axes, Axis, Fill, Frame, Scene, Stroke, TextStyle, palette};

/// A change that was measured, and what was predicted of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ComparedChange {
    /// By the measurement.
    pub measured: f64,
    /// By the model.
    pub predicted: f64,
}

/// The name of the picture.
const FILE: &str = "measured.svg";
/// Both axes are as long, so that what is predicted exactly lies on the diagonal.
const SIDE: f64 = 420.0;
const TOP: f64 = 66.0;
const LEFT: f64 = 150.0;

/// A dot per change, measured to the right and predicted upwards: `measured.svg`.
///
/// * `titles`: `x` says what is compared
/// * `scores`: a line below the title
#[must_use]
pub fn compared_changes(
    titles: LevelTitles<'_>,
    changes: &[ComparedChange],
    scores: &str,
) -> Picture {
    let LevelTitles { title, x, unit } = titles;
    let ends = changes
        .iter()
        .flat_map(|pair| [pair.measured, pair.predicted]);
    let ends = ends.filter(|x| x.is_finite());
    let (least, most) = ends.fold((0.0, 0.0), |(low, high): (f64, f64), x| {
        (low.min(x), high.max(x))
    });
    let frame = Frame {
        left: LEFT,
        top: TOP,
        right: LEFT + SIDE,
        bottom: TOP + SIDE,
    };
    let axis = || Axis::linear_between(least, most, 6);
    let axes = Axes::new(frame, axis(), axis());
    let mut scene = Scene::titled(frame.bottom + 56.0, title);
    scene.text((14.0, TOP - 18.0), scores, TextStyle::small());
    let below = format!("measured {x} ({unit})");
    axes.draw(&mut scene, &below, &format!("predicted {x}"));
    let grey = Stroke::new(palette::GREY, 1.0);
    scene.line(&[axes.at(least, least), axes.at(most, most)], grey.dashed());
    for pair in changes {
        let dot = axes.at(pair.measured, pair.predicted);
        scene.dot(dot, 2.6, Fill::new(palette::BLUE).opacity(0.45));
    }
    let description = format!(
        "{} predicted against measured, one dot each; on the dashed line both are equal. {scores}",
        changes.len()
    );
    Drawing::new(scene, title, description).named(FILE)
}
