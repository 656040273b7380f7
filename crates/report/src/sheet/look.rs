//! How lines, shapes and texts look.

use super::colour::{Colour, palette};
use super::{SMALL, TEXT, TITLE};

/// A line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::report) struct Stroke {
    pub(in crate::report) colour: Colour,
    pub(in crate::report) width: f64,
    pub(in crate::report) dashed: bool,
    pub(in crate::report) opacity: f64,
}

impl Stroke {
    pub(in crate::report) fn new(colour: Colour, width: f64) -> Self {
        Self {
            colour,
            width,
            dashed: false,
            opacity: 1.0,
        }
    }

    pub(in crate::report) fn dashed(self) -> Self {
        Self {
            dashed: true,
            ..self
        }
    }

    pub(in crate::report) fn opacity(self, opacity: f64) -> Self {
        Self { opacity, ..self }
    }
}

/// A shape.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::report) struct Fill {
    pub(in crate::report) colour: Colour,
    pub(in crate::report) opacity: f64,
    pub(in crate::report) edge: Option<Colour>,
}

impl Fill {
    pub(in crate::report) fn new(colour: Colour) -> Self {
        Self {
            colour,
            opacity: 1.0,
            edge: None,
        }
    }

    pub(in crate::report) fn opacity(self, opacity: f64) -> Self {
        Self { opacity, ..self }
    }

    pub(in crate::report) fn edge(self, edge: Colour) -> Self {
        Self {
            edge: Some(edge),
            ..self
        }
    }
}

/// How a text lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum Turn {
    /// From left to right.
    Level,
    /// From below to above.
    Upwards,
}

/// A text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::report) struct Look {
    pub(in crate::report) size: f64,
    pub(in crate::report) colour: Colour,
    /// `start`, `middle` or `end`: what of the text is at its point.
    pub(in crate::report) anchor: &'static str,
    pub(in crate::report) turn: Turn,
    /// White around the letters, where lines pass behind them.
    pub(in crate::report) halo: bool,
}

impl Look {
    pub(in crate::report) fn text() -> Self {
        Self {
            size: TEXT,
            colour: palette::BLACK,
            anchor: "start",
            turn: Turn::Level,
            halo: false,
        }
    }

    pub(in crate::report) fn title() -> Self {
        Self {
            size: TITLE,
            ..Self::text()
        }
    }

    pub(in crate::report) fn small() -> Self {
        Self {
            size: SMALL,
            ..Self::text()
        }
    }

    pub(in crate::report) fn colour(self, colour: Colour) -> Self {
        Self { colour, ..self }
    }

    /// Ends at its point.
    pub(in crate::report) fn end(self) -> Self {
        Self {
            anchor: "end",
            ..self
        }
    }

    /// Is centred on its point.
    pub(in crate::report) fn middle(self) -> Self {
        Self {
            anchor: "middle",
            ..self
        }
    }

    pub(in crate::report) fn upwards(self) -> Self {
        Self {
            turn: Turn::Upwards,
            ..self
        }
    }

    pub(in crate::report) fn halo(self) -> Self {
        Self { halo: true, ..self }
    }
}
