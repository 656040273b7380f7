//! Two axes and the field between them.

use super::axis::{Axis, label};
use super::font::width;
use super::scene::{Point, Scene};
use super::style::{Stroke, TextStyle};
use super::{SMALL, palette};

/// A rectangle in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// The smallest x.
    pub left: f64,
    /// The smallest y: heights grow downwards.
    pub top: f64,
    /// The largest x.
    pub right: f64,
    /// The largest y.
    pub bottom: f64,
}

/// A field with two axes.
#[derive(Clone, Debug, PartialEq)]
pub struct Axes {
    /// The field.
    pub frame: Frame,
    /// From left to right; from right to left if `x_falls`.
    pub x: Axis,
    /// From below to above.
    pub y: Axis,
    /// Whether the numbers below fall from left to right.
    pub x_falls: bool,
    /// Whether the first and the last number below stay within the field, as another field is
    /// beside it.
    pub ends_inside: bool,
}

/// Distance between an axis and its numbers.
const TO_NUMBERS: f64 = 6.0;
/// Distance between two numbers below.
const BETWEEN_NUMBERS: f64 = 4.0;
const GRID: Stroke = Stroke {
    colour: palette::PALE,
    ..AXIS
};
const AXIS: Stroke = Stroke {
    colour: palette::GREY,
    width: 1.0,
    dashed: false,
    opacity: 1.0,
};

impl Axes {
    /// A field with numbers that rise from left to right and from below to above.
    #[must_use]
    pub fn new(frame: Frame, x: Axis, y: Axis) -> Self {
        Self {
            frame,
            x,
            y,
            x_falls: false,
            ends_inside: false,
        }
    }

    /// Where a point of the data is; not finite if a coordinate is not.
    #[must_use]
    pub fn at(&self, x: f64, y: f64) -> Point {
        (self.x_at(x), self.y_at(y))
    }

    /// Where a number of the axis below is, from the left.
    #[must_use]
    pub fn x_at(&self, x: f64) -> f64 {
        if !x.is_finite() {
            return f64::NAN;
        }
        let position = self.x.position(x);
        let position = if self.x_falls {
            1.0 - position
        } else {
            position
        };
        self.frame.left + (self.frame.right - self.frame.left) * position
    }

    /// Where a number of the axis at the left is, from the top.
    #[must_use]
    pub fn y_at(&self, y: f64) -> f64 {
        if !y.is_finite() {
            return f64::NAN;
        }
        self.frame.bottom - (self.frame.bottom - self.frame.top) * self.y.position(y)
    }

    /// Grid, numbers and titles of both axes; an empty title takes no room.
    pub fn draw(&self, scene: &mut Scene, x_title: &str, y_title: &str) {
        self.y_axis(scene, y_title);
        self.x_axis(scene, x_title);
    }

    /// Grid, numbers and title of the axis below, and its line.
    pub fn x_axis(&self, scene: &mut Scene, title: &str) {
        let frame = self.frame;
        let texts = tick_texts(&self.x.ticks);
        let ticks = self.x.ticks.iter().map(|tick| self.x_at(*tick));
        let mut marks: Vec<(f64, &String)> = ticks.zip(&texts).collect();
        marks.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut free_from = f64::NEG_INFINITY;
        for (x, text) in marks {
            scene.line(&[(x, frame.top), (x, frame.bottom)], GRID);
            let half = width(text, SMALL) / 2.0;
            let middle = if self.ends_inside {
                let (first, last) = (frame.left + half, frame.right - half);
                x.clamp(first, last.max(first))
            } else {
                x
            };
            // a number that would run into the one before is left out, its line is not
            if middle - half > free_from {
                let below = frame.bottom + TO_NUMBERS + SMALL / 2.0;
                scene.text((middle, below), text, TextStyle::small().middle());
                free_from = middle + half + BETWEEN_NUMBERS;
            }
        }
        let ends = [(frame.left, frame.bottom), (frame.right, frame.bottom)];
        scene.line(&ends, AXIS);
        if !title.is_empty() {
            let middle = f64::midpoint(frame.left, frame.right);
            let style = TextStyle::text().middle();
            scene.text((middle, frame.bottom + 31.0), title, style);
        }
    }

    /// Grid, numbers and title of the axis at the left, and its line.
    pub fn y_axis(&self, scene: &mut Scene, title: &str) {
        self.y_grid(scene);
        let frame = self.frame;
        let texts = tick_texts(&self.y.ticks);
        let mut free_below = f64::INFINITY;
        for (tick, text) in self.y.ticks.iter().zip(&texts) {
            let y = self.y_at(*tick);
            if y < free_below {
                let style = TextStyle::small().end();
                scene.text((frame.left - TO_NUMBERS, y), text, style);
                free_below = y - SMALL * 1.1;
            }
        }
        if !title.is_empty() {
            let widths = texts.iter().map(|text| width(text, SMALL));
            let x = frame.left - TO_NUMBERS - widths.fold(0.0, f64::max) - 14.0;
            let middle = f64::midpoint(frame.top, frame.bottom);
            let style = TextStyle::text().middle().upwards();
            scene.text((x, middle), title, style);
        }
    }

    /// Grid and line of the axis at the left, whose numbers are at a field beside this one.
    pub fn y_grid(&self, scene: &mut Scene) {
        let frame = self.frame;
        for tick in &self.y.ticks {
            let y = self.y_at(*tick);
            scene.line(&[(frame.left, y), (frame.right, y)], GRID);
        }
        let ends = [(frame.left, frame.top), (frame.left, frame.bottom)];
        scene.line(&ends, AXIS);
    }
}

/// The numbers at ticks: all written out, or all with a power of ten.
pub(super) fn tick_texts(ticks: &[f64]) -> Vec<String> {
    let largest = ticks.iter().map(|tick| tick.abs()).fold(0.0, f64::max);
    let steps = ticks.windows(2).map(|pair| (pair[1] - pair[0]).abs());
    let step = steps.fold(f64::INFINITY, f64::min);
    if (1e-3..1e6).contains(&largest) && step > 1e-7 || largest == 0.0 {
        return ticks.iter().map(|tick| label(*tick)).collect();
    }
    let digits = (largest.log10().floor() - step.log10().floor()).clamp(0.0, 6.0) as usize;
    ticks
        .iter()
        .map(|tick| match *tick {
            0.0 => "0".to_owned(),
            tick => format!("{tick:.digits$e}").replace('-', "−"),
        })
        .collect()
}
