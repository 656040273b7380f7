//! What lines, dots and areas of a picture mean.

use super::font::width;
use super::scene::{Point, Scene};
use super::style::{Fill, Stroke, TextStyle};
use super::{SMALL, palette};

/// What a legend shows before its words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sample {
    /// A line.
    Line(Stroke),
    /// A line with a dot in its middle, of this radius.
    LineWithDot(Stroke, f64),
    /// Three dots of this radius.
    Dots(Fill, f64),
    /// An area.
    Area(Fill),
}

/// Width of a sample.
const LENGTH: f64 = 26.0;
/// Distance from a sample to its words.
const TO_WORDS: f64 = 6.0;
/// Distance from words to the next sample in a row.
const BETWEEN: f64 = 20.0;
/// Half the height of an area.
const HALF: f64 = 6.0;

impl Sample {
    fn draw(self, scene: &mut Scene, from: Point) {
        let (x, y) = from;
        let line = [(x, y), (x + LENGTH, y)];
        match self {
            Self::Line(stroke) => scene.line(&line, stroke),
            Self::LineWithDot(stroke, radius) => {
                scene.line(&line, stroke);
                scene.dot((x + LENGTH / 2.0, y), radius, Fill::new(stroke.colour));
            }
            Self::Dots(fill, radius) => {
                for part in [4.0, 13.0, 22.0] {
                    scene.dot((x + part, y), radius, fill);
                }
            }
            Self::Area(fill) => scene.rect((x, y - HALF), (LENGTH, 2.0 * HALF), 0.0, fill),
        }
    }
}

/// Samples with their words, one beside the other.
pub fn legend_row(scene: &mut Scene, from: Point, entries: &[(Sample, &str)]) {
    let (mut x, y) = from;
    for (sample, words) in entries {
        sample.draw(scene, (x, y));
        scene.text((x + LENGTH + TO_WORDS, y), words, TextStyle::small());
        x += LENGTH + TO_WORDS + width(words, SMALL) + BETWEEN;
    }
}

/// Samples with their words, one below the other on a white ground.
pub fn legend_column(scene: &mut Scene, from: Point, entries: &[(Sample, &str)]) {
    let (x, top) = from;
    let row = SMALL + 7.0;
    let widths = entries.iter().map(|(_, words)| width(words, SMALL));
    let size = (
        LENGTH + TO_WORDS + widths.fold(0.0, f64::max) + 8.0,
        row * entries.len() as f64,
    );
    let ground = Fill::new(palette::WHITE).opacity(0.85);
    scene.rect((x - 4.0, top - row / 2.0), size, 0.0, ground);
    for (at, (sample, words)) in entries.iter().enumerate() {
        let y = top + row * at as f64;
        sample.draw(scene, (x, y));
        scene.text((x + LENGTH + TO_WORDS, y), words, TextStyle::small());
    }
}
