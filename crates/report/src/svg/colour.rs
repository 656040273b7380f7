//! Colours that people with any colour vision tell apart.

use std::fmt;

/// A colour of the screen: red, green, blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(
    /// Red.
    pub u8,
    /// Green.
    pub u8,
    /// Blue.
    pub u8,
);

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

/// Ends and middle of the map of signed numbers in Oklab (lightness, green to red, blue to yellow):
/// as light on both sides, so that equal sizes look equally strong whatever their sign.
const LOW: [f64; 3] = [0.52, 0.115, 0.105];
const MIDDLE: [f64; 3] = [0.98, 0.0, 0.0];
const HIGH: [f64; 3] = [0.52, -0.035, -0.13];

/// From the axes of Oklab to the responses of the three kinds of cones, before the cube.
const CONES: [[f64; 3]; 3] = [
    [1.0, 0.396_337_777_4, 0.215_803_757_3],
    [1.0, -0.105_561_345_8, -0.063_854_172_8],
    [1.0, -0.089_484_177_5, -1.291_485_548],
];
/// From the responses of the cones to linear red, green and blue.
const SCREEN: [[f64; 3]; 3] = [
    [4.076_741_662_1, -3.307_711_591_3, 0.230_969_929_2],
    [-1.268_438_004_6, 2.609_757_401_1, -0.341_319_396_5],
    [-0.004_196_086_3, -0.703_418_614_7, 1.707_614_701],
];

/// The colour of a signed number: orange below 0, white at 0, blue above.
///
/// * `x`: from −1 to 1; numbers outside have the colour of the end
///
/// # Source   Ottosson (2020), A perceptual color space for image processing (Oklab).
#[must_use]
pub fn diverging(x: f64) -> Colour {
    let (end, part) = if x < 0.0 { (LOW, -x) } else { (HIGH, x) };
    let part = if part.is_finite() { part.min(1.0) } else { 0.0 };
    let oklab = [0, 1, 2].map(|k| MIDDLE[k] + part * (end[k] - MIDDLE[k]));
    let cones = CONES.map(|row| product(row, oklab).powi(3));
    let [red, green, blue] = SCREEN.map(|row| eight_bits(product(row, cones)));
    Colour(red, green, blue)
}

fn product(a: [f64; 3], b: [f64; 3]) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

/// From linear light to the number of a screen.
///
/// # Source   IEC 61966-2-1 (sRGB).
fn eight_bits(light: f64) -> u8 {
    let level = if light <= 0.003_130_8 {
        12.92 * light
    } else {
        1.055 * light.powf(1.0 / 2.4) - 0.055
    };
    (level.clamp(0.0, 1.0) * 255.0).round() as u8
}
