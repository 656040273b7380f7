//! A scene in pixels, as PNG, for documents that take no SVG.

use tiny_skia::{
    FillRule, LineJoin, Paint, Path, PathBuilder, Pixmap, Rect, StrokeDash, Transform,
};

use super::font::{outline, width};
use super::scene::{Mark, Point, Scene};
use super::style::{Anchor, Fill, Stroke, TextStyle};
use super::{Colour, palette};

/// Pixels of the PNG for one of the SVG, in both directions: sharp on paper.
const SCALE: f32 = 2.0;
/// Most pixels of a PNG on a side; larger pictures are drawn smaller.
const LARGEST: f32 = 16_000.0;
/// Height of the middle of capital letters above the base line, as a share of the size of the
/// text: `dy="0.35em"` of the SVG.
const MIDDLE: f64 = 0.35;
/// Distance of the control points of a quarter of a circle from its ends, as a share of its
/// radius, `4/3·(√2 − 1)`: the Bézier curve is off by less than 0.03 %.
const QUARTER: f32 = 0.552_284_8;

/// Why there is no PNG of a picture.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the picture cannot be drawn as PNG ({0}); the SVG shows the same")]
pub struct PngError(String);

impl Scene {
    /// The scene as PNG, at twice its size.
    ///
    /// Texts are in DejaVu Sans, which is embedded: all machines draw the same. A letter that it
    /// does not have, such as a Chinese one, is an empty box.
    ///
    /// # Errors   [`PngError`] if the scene has no size or more pixels than memory holds.
    /// # Cost     `O(pixels)`; about 50 ms for a picture of this crate.
    pub fn png(&self) -> Result<Vec<u8>, PngError> {
        let (width, height) = (self.size.0 as f32, self.size.1 as f32);
        let scale = SCALE.min(LARGEST / width.max(height));
        let [width, height] = [width, height].map(|side| (side * scale).round().max(1.0) as u32);
        let Some(mut pixels) = Pixmap::new(width, height) else {
            return Err(PngError(format!("its size would be {width} × {height}")));
        };
        pixels.fill(tiny_skia::Color::WHITE);
        let mut painter = Painter {
            pixels,
            scale: Transform::from_scale(scale, scale),
        };
        painter.paint(&self.marks);
        let encoded = painter.pixels.encode_png();
        encoded.map_err(|error| PngError(error.to_string()))
    }
}

struct Painter {
    pixels: Pixmap,
    scale: Transform,
}

impl Painter {
    fn paint(&mut self, marks: &[Mark]) {
        for mark in marks {
            match mark {
                Mark::Line { points, stroke } => self.stroke(line(points, false), *stroke),
                Mark::Curve { points, stroke } => self.stroke(curve(*points), *stroke),
                Mark::Polygon { corners, fill } => self.fill(line(corners, true), *fill),
                Mark::Rect {
                    corner,
                    size,
                    round,
                    fill,
                } => self.fill(rect(*corner, *size, *round), *fill),
                Mark::Circle {
                    middle,
                    radius,
                    fill,
                } => {
                    let [x, y, radius] = [middle.0, middle.1, *radius].map(|x| x as f32);
                    self.fill(PathBuilder::from_circle(x, y, radius), *fill);
                }
                Mark::Text { at, text, style } => self.text(*at, text, *style),
                Mark::Named { marks, .. } => self.paint(marks),
            }
        }
    }

    fn stroke(&mut self, path: Option<Path>, stroke: Stroke) {
        let (dash, gap) = Stroke::DASH;
        let line = tiny_skia::Stroke {
            width: stroke.width as f32,
            line_join: LineJoin::Round,
            dash: StrokeDash::new(vec![dash, gap], 0.0).filter(|_| stroke.dashed),
            ..tiny_skia::Stroke::default()
        };
        if let Some(path) = path {
            let paint = paint(stroke.colour, stroke.opacity);
            self.pixels
                .stroke_path(&path, &paint, &line, self.scale, None);
        }
    }

    fn fill(&mut self, path: Option<Path>, fill: Fill) {
        let Some(path) = path else { return };
        let inside = paint(fill.colour, fill.opacity);
        self.pixels
            .fill_path(&path, &inside, FillRule::Winding, self.scale, None);
        if let Some(edge) = fill.edge {
            let line = tiny_skia::Stroke::default();
            self.pixels
                .stroke_path(&path, &paint(edge, 1.0), &line, self.scale, None);
        }
    }

    fn text(&mut self, at: Point, text: &str, style: TextStyle) {
        let Some(path) = outline(text, style.size) else {
            return;
        };
        let before = match style.anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => width(text, style.size) / 2.0,
            Anchor::End => width(text, style.size),
        };
        let turn = if style.upwards { -90.0 } else { 0.0 };
        let placed = self
            .scale
            .pre_translate(at.0 as f32, at.1 as f32)
            .pre_concat(Transform::from_rotate(turn))
            .pre_translate(-before as f32, (MIDDLE * style.size) as f32);
        if style.halo {
            let halo = tiny_skia::Stroke {
                width: TextStyle::HALO as f32,
                line_join: LineJoin::Round,
                ..tiny_skia::Stroke::default()
            };
            let white = paint(palette::WHITE, 1.0);
            self.pixels.stroke_path(&path, &white, &halo, placed, None);
        }
        let letters = paint(style.colour, 1.0);
        self.pixels
            .fill_path(&path, &letters, FillRule::Winding, placed, None);
    }
}

fn paint(colour: Colour, opacity: f64) -> Paint<'static> {
    let mut paint = Paint::default();
    let alpha = (opacity.clamp(0.0, 1.0) * 255.0).round() as u8;
    paint.set_color_rgba8(colour.0, colour.1, colour.2, alpha);
    paint
}

fn line(points: &[Point], closed: bool) -> Option<Path> {
    let mut path = PathBuilder::new();
    for (at, (x, y)) in points.iter().enumerate() {
        let (x, y) = (*x as f32, *y as f32);
        if at == 0 {
            path.move_to(x, y);
        } else {
            path.line_to(x, y);
        }
    }
    if closed {
        path.close();
    }
    path.finish()
}

fn curve(points: [Point; 3]) -> Option<Path> {
    let [from, by, to] = points.map(|(x, y)| (x as f32, y as f32));
    let mut path = PathBuilder::new();
    path.move_to(from.0, from.1);
    path.quad_to(by.0, by.1, to.0, to.1);
    path.finish()
}

fn rect(corner: Point, size: Point, round: f64) -> Option<Path> {
    let [x, y, width, height] = [corner.0, corner.1, size.0, size.1].map(|x| x as f32);
    let rect = Rect::from_xywh(x, y, width, height)?;
    // no more than half of a side, as in SVG
    let round = (round as f32).min(width / 2.0).min(height / 2.0);
    if round <= 0.0 {
        return Some(PathBuilder::from_rect(rect));
    }
    let (left, top, right, bottom) = (rect.left(), rect.top(), rect.right(), rect.bottom());
    let handle = round * (1.0 - QUARTER);
    let mut path = PathBuilder::new();
    path.move_to(left + round, top);
    path.line_to(right - round, top);
    path.cubic_to(right - handle, top, right, top + handle, right, top + round);
    path.line_to(right, bottom - round);
    path.cubic_to(
        right,
        bottom - handle,
        right - handle,
        bottom,
        right - round,
        bottom,
    );
    path.line_to(left + round, bottom);
    path.cubic_to(
        left + handle,
        bottom,
        left,
        bottom - handle,
        left,
        bottom - round,
    );
    path.line_to(left, top + round);
    path.cubic_to(left, top + handle, left + handle, top, left + round, top);
    path.close();
    path.finish()
}
