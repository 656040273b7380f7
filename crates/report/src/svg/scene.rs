//! What is drawn, before it has a format.

use super::lettering::printable;
use super::style::{Fill, Stroke, TextStyle};
use super::{TITLE, WIDTH, palette, shortened};

/// A point in pixels, from the upper left corner.
pub type Point = (f64, f64);

/// A picture that is being drawn, on a white ground, in pixels with a tenth.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    pub(super) size: (f64, f64),
    pub(super) marks: Vec<Mark>,
}

/// A part of a scene; later parts cover earlier ones.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Mark {
    Line {
        points: Vec<Point>,
        stroke: Stroke,
    },
    /// From the first to the last point, drawn towards the one between (a quadratic Bézier curve).
    Curve {
        points: [Point; 3],
        stroke: Stroke,
    },
    Polygon {
        corners: Vec<Point>,
        fill: Fill,
    },
    Rect {
        corner: Point,
        size: Point,
        /// Radius of the corners.
        round: f64,
        fill: Fill,
    },
    Circle {
        middle: Point,
        radius: f64,
        fill: Fill,
    },
    Text {
        at: Point,
        text: String,
        style: TextStyle,
    },
    /// Marks with a name, which SVG shows where the pointer is.
    Named {
        name: String,
        marks: Vec<Mark>,
    },
}

fn is_finite(point: &Point) -> bool {
    point.0.is_finite() && point.1.is_finite()
}

impl Scene {
    /// An empty scene.
    #[must_use]
    pub fn new(width: f64, height: f64) -> Self {
        Self {
            size: (width.ceil(), height.ceil()),
            marks: Vec::new(),
        }
    }

    /// A scene of the usual width with its title at the top, shortened where it is too long.
    #[must_use]
    pub fn titled(height: f64, title: &str) -> Self {
        let mut scene = Self::new(WIDTH, height);
        let title = shortened(title, TITLE, WIDTH - 28.0);
        scene.text((14.0, 22.0), &title, TextStyle::title());
        scene
    }

    /// A remark below the title.
    pub fn remark(&mut self, text: &str) {
        let style = TextStyle::small().colour(palette::GREY);
        self.text((14.0, 44.0), text, style);
    }

    /// A line through points; it is interrupted where a coordinate is not finite.
    pub fn line(&mut self, points: &[Point], stroke: Stroke) {
        for part in points.split(|point| !is_finite(point)) {
            if part.len() > 1 {
                self.marks.push(Mark::Line {
                    points: part.to_vec(),
                    stroke,
                });
            }
        }
    }

    /// A curve from the first to the last point, drawn towards the one between.
    pub fn curve(&mut self, points: [Point; 3], stroke: Stroke) {
        if points.iter().all(is_finite) {
            self.marks.push(Mark::Curve { points, stroke });
        }
    }

    /// A closed shape; corners with a coordinate that is not finite are left out.
    pub fn polygon(&mut self, corners: &[Point], fill: Fill) {
        let corners: Vec<Point> = corners.iter().copied().filter(is_finite).collect();
        if corners.len() > 2 {
            self.marks.push(Mark::Polygon { corners, fill });
        }
    }

    /// A rectangle with round corners of a radius, from its upper left corner; not drawn if a
    /// number is not finite.
    pub fn rect(&mut self, corner: Point, size: Point, round: f64, fill: Fill) {
        if is_finite(&corner) && is_finite(&size) {
            self.marks.push(Mark::Rect {
                corner,
                size,
                round,
                fill,
            });
        }
    }

    /// A circle; not drawn if a coordinate is not finite.
    pub fn dot(&mut self, middle: Point, radius: f64, fill: Fill) {
        if is_finite(&middle) {
            self.marks.push(Mark::Circle {
                middle,
                radius,
                fill,
            });
        }
    }

    /// A text on one line; half of its height is above its point.
    pub fn text(&mut self, at: Point, text: &str, style: TextStyle) {
        if is_finite(&at) {
            self.marks.push(Mark::Text {
                at,
                text: printable(text),
                style,
            });
        }
    }

    /// Gives what `draw` draws a name, which SVG shows where the pointer is.
    pub fn named(&mut self, name: &str, draw: impl FnOnce(&mut Self)) {
        let outside = std::mem::take(&mut self.marks);
        draw(self);
        let marks = std::mem::replace(&mut self.marks, outside);
        self.marks.push(Mark::Named {
            name: printable(name),
            marks,
        });
    }
}
