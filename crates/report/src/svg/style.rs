//! How lines, shapes and texts look.

use super::colour::Colour;
use super::palette;
use super::{SMALL, TEXT, TITLE};

/// A line: colour, width in pixels, dashes, opacity from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    pub(super) colour: Colour,
    pub(super) width: f64,
    pub(super) dashed: bool,
    pub(super) opacity: f64,
}

impl Stroke {
    /// Lengths of a dash and of the gap after it.
    pub(super) const DASH: (f32, f32) = (6.0, 4.0);

    /// A solid line.
    #[must_use]
    pub fn new(colour: Colour, width: f64) -> Self {
        Self {
            colour,
            width,
            dashed: false,
            opacity: 1.0,
        }
    }

    /// The line in dashes.
    #[must_use]
    pub fn dashed(self) -> Self {
        Self {
            dashed: true,
            ..self
        }
    }

    /// The line, transparent.
    #[must_use]
    pub fn opacity(self, opacity: f64) -> Self {
        Self { opacity, ..self }
    }
}

/// The inside of a shape, and its edge of one pixel if it has one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fill {
    pub(super) colour: Colour,
    pub(super) opacity: f64,
    pub(super) edge: Option<Colour>,
}

impl Fill {
    /// An opaque inside without an edge.
    #[must_use]
    pub fn new(colour: Colour) -> Self {
        Self {
            colour,
            opacity: 1.0,
            edge: None,
        }
    }

    /// The inside, transparent.
    #[must_use]
    pub fn opacity(self, opacity: f64) -> Self {
        Self { opacity, ..self }
    }

    /// The shape with an edge.
    #[must_use]
    pub fn edge(self, edge: Colour) -> Self {
        Self {
            edge: Some(edge),
            ..self
        }
    }
}

/// Which part of a text is at its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Its first letter.
    Start,
    /// Its middle.
    Middle,
    /// Its last letter.
    End,
}

/// How a text looks and lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextStyle {
    pub(super) size: f64,
    pub(super) colour: Colour,
    pub(super) anchor: Anchor,
    /// Read from below to above.
    pub(super) upwards: bool,
    /// White around the letters, where lines pass behind them.
    pub(super) halo: bool,
}

impl TextStyle {
    /// Width of the white line around letters with a halo; half of it is seen.
    pub(super) const HALO: f64 = 3.0;

    /// Black text of the usual size, from its point to the right.
    #[must_use]
    pub fn text() -> Self {
        Self {
            size: TEXT,
            colour: palette::BLACK,
            anchor: Anchor::Start,
            upwards: false,
            halo: false,
        }
    }

    /// The text of a title.
    #[must_use]
    pub fn title() -> Self {
        Self {
            size: TITLE,
            ..Self::text()
        }
    }

    /// The text of ticks and remarks.
    #[must_use]
    pub fn small() -> Self {
        Self {
            size: SMALL,
            ..Self::text()
        }
    }

    /// The text in a colour.
    #[must_use]
    pub fn colour(self, colour: Colour) -> Self {
        Self { colour, ..self }
    }

    /// The text up to its point.
    #[must_use]
    pub fn end(self) -> Self {
        Self {
            anchor: Anchor::End,
            ..self
        }
    }

    /// The text around its point.
    #[must_use]
    pub fn middle(self) -> Self {
        Self {
            anchor: Anchor::Middle,
            ..self
        }
    }

    /// The text from below to above.
    #[must_use]
    pub fn upwards(self) -> Self {
        Self {
            upwards: true,
            ..self
        }
    }

    /// The text with white around its letters.
    #[must_use]
    pub fn halo(self) -> Self {
        Self { halo: true, ..self }
    }
}
