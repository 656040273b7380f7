//! How edges look, the same in every format that can say so.
//!
//! The colours are those of Okabe & Ito, which the colour-blind can tell apart.

use super::view::NetworkView;
use crate::network::Sign;

/// What an interaction looks like.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    /// The sign; its verb stands in the column `interaction`.
    pub(super) sign: Sign,
    /// Colour of the line and its head.
    pub(super) colour: &'static str,
    /// Name of the head in Cytoscape's formats.
    pub(super) head: &'static str,
    /// Name of the head in DOT.
    pub(super) dot_head: &'static str,
}

const ACTIVATES: Look = Look {
    sign: Sign::Activation,
    colour: "#0072B2",
    head: "triangle",
    dot_head: "normal",
};
const REPRESSES: Look = Look {
    sign: Sign::Repression,
    colour: "#D55E00",
    head: "tee",
    dot_head: "tee",
};
pub(super) const REGULATES: Look = Look {
    sign: Sign::Unknown,
    colour: "#787878",
    head: "circle",
    dot_head: "dot",
};

/// Width of the weakest and the strongest edge, in pixels.
pub(super) const WIDTHS: (f64, f64) = (1.0, 6.0);

/// Distance of two nodes in pixels, for positions that are about 1 apart.
pub(super) const SPACING: f64 = 90.0;

/// Fill and outline of a node.
pub(super) const NODE_FILL: &str = "#F2F2F2";
pub(super) const NODE_LINE: &str = "#5A5A5A";

impl NetworkView<'_> {
    /// What edges of this sign look like: grey where no edge stands out.
    pub(super) fn look(&self, sign: Sign) -> Look {
        let look = match sign {
            Sign::Activation => ACTIVATES,
            Sign::Repression => REPRESSES,
            Sign::Unknown => REGULATES,
        };
        match self.caution() {
            Some(_) => Look {
                colour: REGULATES.colour,
                ..look
            },
            None => look,
        }
    }

    /// The looks of all signs.
    pub(super) fn looks(&self) -> [Look; 3] {
        [Sign::Activation, Sign::Repression, Sign::Unknown].map(|sign| self.look(sign))
    }
}

/// Width of an edge of this strength, from 0 to 1.
pub(super) fn width(strength: f64) -> f64 {
    WIDTHS.0 + (WIDTHS.1 - WIDTHS.0) * strength.clamp(0.0, 1.0)
}

/// Red, green and blue of `#RRGGBB`.
pub(super) fn rgb(colour: &str) -> [u8; 3] {
    let part = |at: usize| u8::from_str_radix(&colour[at..at + 2], 16);
    [1, 3, 5].map(|at| part(at).expect("a colour of this file"))
}
