//! How wide texts are, and how they find room.

use std::sync::OnceLock;

use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

/// Width of a text in pixels, in the font of the PNG pictures.
///
/// Browsers draw the SVG in the sans-serif font of the reader; hardly any is wider than this one.
/// Characters that the font does not have count as wide as they are high.
pub(crate) fn width(text: &str, size: f64) -> f64 {
    static FONT: OnceLock<FontRef<'static>> = OnceLock::new();
    let font = FONT
        .get_or_init(|| FontRef::new(dejavu::sans::regular()).expect("the embedded font is sound"));
    let glyphs = font.glyph_metrics(Size::new(size as f32), LocationRef::default());
    let characters = font.charmap();
    let wide = |c: char| {
        let advance = characters
            .map(c)
            .and_then(|glyph| glyphs.advance_width(glyph));
        advance.map_or(size, f64::from)
    };
    text.chars().map(wide).sum()
}

/// A text that fits; its middle is left out where it is too long.
pub(crate) fn shortened(text: &str, size: f64, room: f64) -> String {
    let text = super::printable(text);
    if width(&text, size) <= room {
        return text;
    }
    let letters: Vec<char> = text.chars().collect();
    let cut = |kept: usize| -> String {
        let (head, tail) = (kept.div_ceil(2), kept / 2);
        let head = letters[..head].iter();
        head.chain(&['…'])
            .chain(&letters[letters.len() - tail..])
            .collect()
    };
    // wider with every letter that is kept: halve the range
    let (mut fits, mut too_wide) = (0, letters.len());
    while too_wide - fits > 1 {
        let kept = usize::midpoint(fits, too_wide);
        if width(&cut(kept), size) <= room {
            fits = kept;
        } else {
            too_wide = kept;
        }
    }
    cut(fits)
}

/// Places as near as can be to those wanted, `gap` apart and between two ends where there is room.
///
/// The least squares solution: runs of places that would be too near stand around their mean.
///
/// * `wanted`: in any order
/// * returns the places in the same order
pub(crate) fn spaced(wanted: &[f64], gap: f64, (low, high): (f64, f64)) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].total_cmp(&wanted[*b]));
    // runs of (sum of what is wanted less its gaps, count), with rising means
    let mut runs: Vec<(f64, usize)> = Vec::new();
    for (at, &one) in order.iter().enumerate() {
        let mut run = (wanted[one] - gap * at as f64, 1);
        while let Some(&(sum, count)) = runs.last()
            && sum / count as f64 >= run.0 / run.1 as f64
        {
            run = (run.0 + sum, run.1 + count);
            runs.pop();
        }
        runs.push(run);
    }
    let last = (high - gap * wanted.len().saturating_sub(1) as f64).max(low);
    let means = runs
        .iter()
        .flat_map(|(sum, count)| std::iter::repeat_n(sum / *count as f64, *count));
    let mut places = vec![0.0; wanted.len()];
    for (at, (one, mean)) in order.iter().zip(means).enumerate() {
        places[*one] = mean.clamp(low, last) + gap * at as f64;
    }
    places
}
