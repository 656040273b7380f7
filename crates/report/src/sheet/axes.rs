//! Two axes and the field between them.

use super::look::{Look, Stroke};
use super::{Point, SMALL, Sheet, palette, width};
use crate::scale::{Scale, label};

/// A rectangle in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Frame {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) bottom: f64,
}

/// A field with two axes.
pub(crate) struct Axes {
    pub(crate) frame: Frame,
    /// From left to right; from right to left if `x_falls`.
    pub(crate) x: Scale,
    /// From below to above.
    pub(crate) y: Scale,
    pub(crate) x_falls: bool,
    /// The first and the last number of the axis below stand inside: another field is beside.
    pub(crate) ends_inside: bool,
}

/// Length of the room between an axis and its numbers.
const NUMBERS: f64 = 6.0;

impl Axes {
    pub(crate) fn new(frame: Frame, x: Scale, y: Scale) -> Self {
        Self {
            frame,
            x,
            y,
            x_falls: false,
            ends_inside: false,
        }
    }

    /// Where a point of the data lies; what is no number stays none.
    pub(crate) fn at(&self, x: f64, y: f64) -> Point {
        let Frame {
            left,
            top,
            right,
            bottom,
        } = self.frame;
        let number = |x: f64| if x.is_finite() { x } else { f64::NAN };
        let (x, y) = (number(x), number(y));
        let part = self.x.place(x);
        let part = if self.x_falls { 1.0 - part } else { part };
        (
            left + (right - left) * part,
            bottom - (bottom - top) * self.y.place(y),
        )
    }

    /// Grid, numbers and titles of both axes; a title that is empty takes no room.
    pub(crate) fn draw(&self, sheet: &mut Sheet, x_title: &str, y_title: &str) {
        self.y_axis(sheet, y_title);
        self.x_axis(sheet, x_title);
    }

    /// Grid, numbers and title of the axis below, and the line itself.
    pub(crate) fn x_axis(&self, sheet: &mut Sheet, title: &str) {
        let frame = self.frame;
        let texts = tick_texts(&self.x.ticks);
        let mut free_from = f64::NEG_INFINITY;
        let mut marks: Vec<(f64, &String)> = self
            .x
            .ticks
            .iter()
            .zip(&texts)
            .map(|(tick, text)| (self.at(*tick, 0.0).0, text))
            .collect();
        marks.sort_by(|a, b| a.0.total_cmp(&b.0));
        for (x, text) in marks {
            sheet.line(&[(x, frame.top), (x, frame.bottom)], grid());
            let half = width(text, SMALL) / 2.0;
            let middle = if self.ends_inside {
                x.clamp(
                    frame.left + half,
                    (frame.right - half).max(frame.left + half),
                )
            } else {
                x
            };
            // a number that would run into the one before is left out, its line is not
            if middle - half > free_from {
                let at = (middle, frame.bottom + NUMBERS + SMALL / 2.0);
                sheet.text(at, text, Look::small().middle());
                free_from = middle + half + 4.0;
            }
        }
        let ends = [(frame.left, frame.bottom), (frame.right, frame.bottom)];
        sheet.line(&ends, Stroke::new(palette::GREY, 1.0));
        if !title.is_empty() {
            let middle = f64::midpoint(frame.left, frame.right);
            let look = Look::text().middle();
            sheet.text((middle, frame.bottom + 31.0), title, look);
        }
    }

    /// Grid, numbers and title of the axis at the left, and the line itself.
    pub(crate) fn y_axis(&self, sheet: &mut Sheet, title: &str) {
        let frame = self.frame;
        let texts = tick_texts(&self.y.ticks);
        let mut free_below = f64::INFINITY;
        for (tick, text) in self.y.ticks.iter().zip(&texts) {
            let (_, y) = self.at(0.0, *tick);
            sheet.line(&[(frame.left, y), (frame.right, y)], grid());
            if y < free_below {
                sheet.text((frame.left - NUMBERS, y), text, Look::small().end());
                free_below = y - SMALL * 1.1;
            }
        }
        let ends = [(frame.left, frame.top), (frame.left, frame.bottom)];
        sheet.line(&ends, Stroke::new(palette::GREY, 1.0));
        if !title.is_empty() {
            let x = frame.left - NUMBERS - self.y_numbers() - 14.0;
            let middle = f64::midpoint(frame.top, frame.bottom);
            sheet.text((x, middle), title, Look::text().middle().upwards());
        }
    }

    /// Grid and line of the axis at the left, its numbers being those of a field beside.
    pub(crate) fn y_grid(&self, sheet: &mut Sheet) {
        let frame = self.frame;
        for tick in &self.y.ticks {
            let (_, y) = self.at(0.0, *tick);
            sheet.line(&[(frame.left, y), (frame.right, y)], grid());
        }
        let ends = [(frame.left, frame.top), (frame.left, frame.bottom)];
        sheet.line(&ends, Stroke::new(palette::GREY, 1.0));
    }

    /// Width of the longest number at the left axis.
    pub(crate) fn y_numbers(&self) -> f64 {
        let texts = tick_texts(&self.y.ticks);
        texts
            .iter()
            .map(|text| width(text, SMALL))
            .fold(0.0, f64::max)
    }
}

fn grid() -> Stroke {
    Stroke::new(palette::PALE, 1.0)
}

/// The numbers at ticks: all written out, or all with a power of ten.
pub(crate) fn tick_texts(ticks: &[f64]) -> Vec<String> {
    let most = ticks
        .iter()
        .fold(0.0, |most: f64, tick| most.max(tick.abs()));
    let steps = ticks.windows(2).map(|pair| (pair[1] - pair[0]).abs());
    let step = steps.fold(f64::INFINITY, f64::min);
    if (1e-3..1e6).contains(&most) && step > 1e-7 || most == 0.0 {
        return ticks.iter().map(|tick| label(*tick)).collect();
    }
    let digits = most.log10().floor() - step.log10().floor();
    let digits = digits.clamp(0.0, 6.0) as usize;
    let text = |tick: &f64| match *tick {
        0.0 => "0".to_owned(),
        tick => format!("{tick:.digits$e}").replace('-', "−"),
    };
    ticks.iter().map(text).collect()
}
