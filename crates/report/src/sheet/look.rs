//! How lines, shapes and texts look.

use super::colour::{Colour, palette};
use super::{SMALL, TEXT, TITLE};

/// A line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Stroke {
    pub(crate) colour: Colour,
    pub(crate) width: f64,
    pub(crate) dashed: bool,
    pub(crate) opacity: f64,
}

impl Stroke {
    pub(crate) fn new(colour: Colour, width: f64) -> Self {
        Self {
            colour,
            width,
            dashed: false,
            opacity: 1.0,
        }
    }

    pub(crate) fn dashed(self) -> Self {
        Self {
            dashed: true,
            ..self
        }
    }

    pub(crate) fn opacity(self, opacity: f64) -> Self {
        Self { opacity, ..self }
    }
}

/// A shape.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Fill {
    pub(crate) colour: Colour,
    pub(crate) opacity: f64,
    pub(crate) edge: Option<Colour>,
}

impl Fill {
    pub(crate) fn new(colour: Colour) -> Self {
        Self {
            colour,
            opacity: 1.0,
            edge: None,
        }
    }

    pub(crate) fn opacity(self, opacity: f64) -> Self {
        Self { opacity, ..self }
    }

    pub(crate) fn edge(self, edge: Colour) -> Self {
        Self {
            edge: Some(edge),
            ..self
        }
    }
}

/// How a text lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    /// From left to right.
    Level,
    /// From below to above.
    Upwards,
}

/// A text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Look {
    pub(crate) size: f64,
    pub(crate) colour: Colour,
    /// `start`, `middle` or `end`: what of the text is at its point.
    pub(crate) anchor: &'static str,
    pub(crate) turn: Turn,
    /// White around the letters, where lines pass behind them.
    pub(crate) halo: bool,
}

impl Look {
    pub(crate) fn text() -> Self {
        Self {
            size: TEXT,
            colour: palette::BLACK,
            anchor: "start",
            turn: Turn::Level,
            halo: false,
        }
    }

    pub(crate) fn title() -> Self {
        Self {
            size: TITLE,
            ..Self::text()
        }
    }

    pub(crate) fn small() -> Self {
        Self {
            size: SMALL,
            ..Self::text()
        }
    }

    pub(crate) fn colour(self, colour: Colour) -> Self {
        Self { colour, ..self }
    }

    /// Ends at its point.
    pub(crate) fn end(self) -> Self {
        Self {
            anchor: "end",
            ..self
        }
    }

    /// Is centred on its point.
    pub(crate) fn middle(self) -> Self {
        Self {
            anchor: "middle",
            ..self
        }
    }

    pub(crate) fn upwards(self) -> Self {
        Self {
            turn: Turn::Upwards,
            ..self
        }
    }

    pub(crate) fn halo(self) -> Self {
        Self { halo: true, ..self }
    }
}
