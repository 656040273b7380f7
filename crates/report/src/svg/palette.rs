//! The colours of Okabe and Ito, and greys.
//!
//! # Source   Okabe & Ito (2008), Color universal design.

use super::colour::Colour;

/// Activation, and the first of several lines.
pub const BLUE: Colour = Colour(0, 114, 178);
/// Sky.
pub const SKY: Colour = Colour(86, 180, 233);
/// Orange.
pub const ORANGE: Colour = Colour(230, 159, 0);
/// Repression, and the second of several lines.
pub const VERMILION: Colour = Colour(213, 94, 0);
/// Green.
pub const GREEN: Colour = Colour(0, 158, 115);
/// Purple.
pub const PURPLE: Colour = Colour(204, 121, 167);
/// Black.
pub const BLACK: Colour = Colour(0, 0, 0);
/// White.
pub const WHITE: Colour = Colour(255, 255, 255);
/// For edges without a sign, frames and remarks; its contrast with white is 4.5.
pub const GREY: Colour = Colour(118, 118, 118);
/// For lines behind the data.
pub const PALE: Colour = Colour(225, 225, 225);
/// For several lines, in this order.
pub const SERIES: [Colour; 7] = [BLUE, VERMILION, GREEN, PURPLE, ORANGE, SKY, BLACK];
