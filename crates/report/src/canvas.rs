//! Lines, dots and text on a white ground.

use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// The colours of Okabe and Ito.
///
/// # Source   Okabe & Ito (2008), Color universal design.
pub(super) mod colour {
    use plotters::style::RGBColor;

    use crate::sheet::{Colour, palette};

    const fn of(colour: Colour) -> RGBColor {
        RGBColor(colour.0, colour.1, colour.2)
    }

    pub(crate) const BLUE: RGBColor = of(palette::BLUE);
    pub(crate) const SKY: RGBColor = of(palette::SKY);
    pub(crate) const ORANGE: RGBColor = of(palette::ORANGE);
    pub(crate) const VERMILION: RGBColor = of(palette::VERMILION);
    pub(crate) const GREEN: RGBColor = of(palette::GREEN);
    pub(crate) const PURPLE: RGBColor = of(palette::PURPLE);
    pub(crate) const BLACK: RGBColor = of(palette::BLACK);
    /// Not of the eight: for frames and for what is no method.
    pub(crate) const GREY: RGBColor = RGBColor(120, 120, 120);
}

/// Size of all text but titles, in pixels.
pub(super) const TEXT: i32 = 15;
/// Size of titles, in pixels.
pub(super) const TITLE: i32 = 18;

/// A point in pixels, from the left upper corner.
pub(super) type Pixel = (i32, i32);

/// A picture that is being drawn.
pub(super) struct Canvas<'a> {
    area: DrawingArea<SVGBackend<'a>, Shift>,
}

/// Where a text stands from its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stands {
    /// To the right of it.
    Right,
    /// To the left of it.
    Left,
    /// Centred below it.
    Below,
    /// Centred on it, read from below to above.
    Upwards,
}

/// Draws a picture of this size.
pub(super) fn draw(size: (u32, u32), what: impl FnOnce(&Canvas<'_>)) -> String {
    let mut svg = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, size).into_drawing_area();
        area.fill(&WHITE).expect(TAKES_ALL);
        let canvas = Canvas { area };
        what(&canvas);
        canvas.area.present().expect(TAKES_ALL);
    }
    svg
}

const TAKES_ALL: &str = "a picture in memory takes everything";

impl Canvas<'_> {
    pub(super) fn line(&self, points: &[Pixel], colour: RGBColor, width: u32) {
        let style = colour.stroke_width(width);
        let line = PathElement::new(points.to_vec(), style);
        self.area.draw(&line).expect(TAKES_ALL);
    }

    /// A line of dashes through these points.
    pub(super) fn dashes(&self, points: &[Pixel], colour: RGBColor) {
        const DASH: f64 = 6.0;
        const GAP: f64 = 4.0;
        let mut walked = 0.0;
        let mut dash: Vec<Pixel> = Vec::new();
        for pair in points.windows(2) {
            let (dx, dy) = (pair[1].0 - pair[0].0, pair[1].1 - pair[0].1);
            let length = f64::from(dx).hypot(f64::from(dy));
            for step in 0..length.ceil() as usize {
                let part = step as f64 / length;
                let shift = |x: i32, d: i32| (f64::from(x) + part * f64::from(d)).round() as i32;
                let at = (shift(pair[0].0, dx), shift(pair[0].1, dy));
                if (walked + step as f64) % (DASH + GAP) < DASH {
                    dash.push(at);
                } else if dash.len() > 1 {
                    self.line(&[dash[0], dash[dash.len() - 1]], colour, 1);
                    dash.clear();
                }
            }
            walked += length;
        }
    }

    pub(super) fn dot(&self, at: Pixel, radius: i32, colour: RGBColor, opacity: f64) {
        let dot = Circle::new(at, radius, colour.mix(opacity).filled());
        self.area.draw(&dot).expect(TAKES_ALL);
    }

    pub(super) fn polygon(&self, corners: &[Pixel], colour: RGBColor, opacity: f64) {
        let polygon = Polygon::new(corners.to_vec(), colour.mix(opacity));
        self.area.draw(&polygon).expect(TAKES_ALL);
    }

    pub(super) fn text(&self, at: Pixel, text: &str, stands: Stands, colour: RGBColor) {
        self.sized_text(at, text, stands, (colour, TEXT));
    }

    pub(super) fn title(&self, at: Pixel, text: &str) {
        self.sized_text(at, text, Stands::Right, (colour::BLACK, TITLE));
    }

    fn sized_text(&self, at: Pixel, text: &str, stands: Stands, look: (RGBColor, i32)) {
        let pos = match stands {
            Stands::Right => Pos::new(HPos::Left, VPos::Center),
            Stands::Left => Pos::new(HPos::Right, VPos::Center),
            Stands::Below => Pos::new(HPos::Center, VPos::Top),
            Stands::Upwards => Pos::new(HPos::Center, VPos::Center),
        };
        let (colour, size) = look;
        let mut font = ("sans-serif", size).into_font();
        if stands == Stands::Upwards {
            font = font.transform(FontTransform::Rotate270);
        }
        let style = TextStyle::from(font).color(&colour).pos(pos);
        let text = Text::new(text.to_owned(), at, style);
        self.area.draw(&text).expect(TAKES_ALL);
    }
}
