//! The embedded font: widths of texts, and the outlines of their letters.
//!
//! DejaVu Sans has Latin, Greek and Cyrillic letters and signs of mathematics. Letters are set one
//! after the other by their widths, without kerning and without joining them, as a label in one of
//! these scripts needs.

use std::sync::OnceLock;

use tiny_skia::{Path, PathBuilder};
use ttf_parser::{Face, GlyphId, OutlineBuilder};

/// The box that the font draws for a letter that it does not have.
const MISSING: GlyphId = GlyphId(0);

fn face() -> &'static Face<'static> {
    static FACE: OnceLock<Face<'static>> = OnceLock::new();
    FACE.get_or_init(|| {
        Face::parse(dejavu::sans::regular(), 0).expect("the embedded font is sound")
    })
}

/// A letter of the font, and its width in units of the size of the text.
struct Letter {
    glyph: GlyphId,
    width: f64,
}

/// Letters that the font does not have count as wide as they are high, as Chinese ones are.
fn letters(text: &str) -> impl Iterator<Item = Letter> {
    let face = face();
    text.chars().map(move |letter| {
        let glyph = face.glyph_index(letter);
        let width = glyph.and_then(|glyph| face.glyph_hor_advance(glyph));
        Letter {
            glyph: glyph.unwrap_or(MISSING),
            width: width.map_or(1.0, |units| {
                f64::from(units) / f64::from(face.units_per_em())
            }),
        }
    })
}

/// Width of a text in pixels, in the font of the PNG pictures.
///
/// Browsers draw the SVG in the sans-serif font of the reader; hardly any is wider than this one.
#[must_use]
pub fn width(text: &str, size: f64) -> f64 {
    letters(text).map(|letter| letter.width * size).sum()
}

/// The outline of a text that begins at the origin, with the base line at height 0 and heights
/// growing downwards; none if there is nothing to draw, as in a blank.
pub(super) fn outline(text: &str, size: f64) -> Option<Path> {
    let mut pen = Pen {
        path: PathBuilder::new(),
        from: 0.0,
        scale: (size / f64::from(face().units_per_em())) as f32,
    };
    let mut from = 0.0;
    for letter in letters(text) {
        pen.from = from as f32;
        face().outline_glyph(letter.glyph, &mut pen);
        from += letter.width * size;
    }
    pen.path.finish()
}

/// Draws letters from units of the font into pixels.
struct Pen {
    path: PathBuilder,
    /// Where the letter begins.
    from: f32,
    scale: f32,
}

impl Pen {
    fn x(&self, x: f32) -> f32 {
        self.from + self.scale * x
    }

    fn y(&self, y: f32) -> f32 {
        -self.scale * y
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.path.move_to(self.x(x), self.y(y));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.path.line_to(self.x(x), self.y(y));
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.path
            .quad_to(self.x(x1), self.y(y1), self.x(x), self.y(y));
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let [x1, x2, x] = [x1, x2, x].map(|x| self.x(x));
        let [y1, y2, y] = [y1, y2, y].map(|y| self.y(y));
        self.path.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}
