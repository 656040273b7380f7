//! Two axes and what lies between them.

use super::canvas::{Canvas, Pixel, Stands, colour};
use super::scale::{Scale, label};

/// A field with two axes, in pixels.
pub(super) struct Plot {
    /// Left, upper, right and lower edge.
    pub(super) edges: (i32, i32, i32, i32),
    /// Axis from left to right.
    pub(super) x: Scale,
    /// Axis from below to above.
    pub(super) y: Scale,
}

/// Grey of the lines behind the data.
const GRID: plotters::style::RGBColor = plotters::style::RGBColor(225, 225, 225);

impl Plot {
    /// Where a point of the data lies.
    pub(super) fn at(&self, x: f64, y: f64) -> Pixel {
        let (left, top, right, bottom) = self.edges;
        let along =
            |from: i32, to: i32, part: f64| from + (f64::from(to - from) * part).round() as i32;
        (
            along(left, right, self.x.place(x)),
            along(bottom, top, self.y.place(y)),
        )
    }

    /// Grid, ticks and titles of both axes.
    pub(super) fn axes(&self, canvas: &Canvas<'_>, x_title: &str, y_title: &str) {
        self.x_axis(canvas, x_title);
        let (left, top, right, bottom) = self.edges;
        for &tick in &self.y.ticks {
            let (_, y) = self.at(0.0, tick);
            canvas.line(&[(left, y), (right, y)], GRID, 1);
            canvas.text((left - 7, y), &label(tick), Stands::Left, colour::BLACK);
        }
        self.frame(canvas);
        let middle = (left - 58, i32::midpoint(top, bottom));
        canvas.text(middle, y_title, Stands::Upwards, colour::BLACK);
    }

    /// Grid, ticks and title of the axis below.
    pub(super) fn x_axis(&self, canvas: &Canvas<'_>, title: &str) {
        let (left, top, right, bottom) = self.edges;
        for &tick in &self.x.ticks {
            let (x, _) = self.at(tick, 0.0);
            canvas.line(&[(x, top), (x, bottom)], GRID, 1);
            canvas.text((x, bottom + 7), &label(tick), Stands::Below, colour::BLACK);
        }
        let middle = (i32::midpoint(left, right), bottom + 29);
        canvas.text(middle, title, Stands::Below, colour::BLACK);
    }

    /// The left and the lower edge.
    pub(super) fn frame(&self, canvas: &Canvas<'_>) {
        let (left, top, right, bottom) = self.edges;
        let edges = [(left, top), (left, bottom), (right, bottom)];
        canvas.line(&edges, colour::GREY, 1);
    }
}
