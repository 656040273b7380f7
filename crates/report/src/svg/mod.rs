//! Drawings: a scene of lines, shapes and texts that is written as SVG or painted as PNG.
//!
//! A [`Scene`] holds what is drawn, in pixels; both formats are made of it, so they show the same.
//! In SVG a text stays text, to be searched and copied, in the sans-serif font of the reader; in
//! PNG it is drawn in the embedded font. Widths of texts come from that font in both cases.
//!
//! Above the scene are [`Axes`] with their [`Axis`] scales, [`legend_row`] and [`legend_column`],
//! and the geometry of boxes with names ([`NameBox`]).

mod axes;
mod axis;
mod colour;
mod elements;
mod font;
mod legend;
mod lettering;
mod name_box;
mod paint;
pub mod palette;
mod scene;
mod style;

#[cfg(test)]
mod tests;

pub use axes::{Axes, Frame};
pub use axis::{Axis, label};
pub use colour::{Colour, diverging};
pub use font::width;
pub use legend::{Sample, legend_column, legend_row};
pub use lettering::{shortened, spaced, wrapped};
pub use name_box::{NameBox, push_apart};
pub use paint::PngError;
pub use scene::{Point, Scene};
pub use style::{Anchor, Fill, Stroke, TextStyle};

/// Width of most pictures: readable where a page is 600 pixels wide.
pub const WIDTH: f64 = 640.0;
/// Size of most text.
pub const TEXT: f64 = 12.5;
/// Size of ticks and remarks.
pub const SMALL: f64 = 11.0;
/// Size of titles.
pub const TITLE: f64 = 15.0;
