//! How texts find room.

use cistron::io::shown_text;

use super::font::width;

/// A text as lines that are at most so wide; a word that is wider has a line to itself.
#[must_use]
pub fn wrapped(text: &str, size: f64, room: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(line, size) + width(" ", size) + width(word, size) <= room => {
                *line += " ";
                *line += word;
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// A text on one line: blanks for line ends and tabs, `U+FFFD` for what is no character of XML.
pub(super) fn printable(text: &str) -> String {
    shown_text(&text.replace(['\t', '\n', '\r'], " "))
}

/// A text that fits into a width; letters in its middle are left out where it is too long.
#[must_use]
pub fn shortened(text: &str, size: f64, room: f64) -> String {
    let text = printable(text);
    if width(&text, size) <= room {
        return text;
    }
    let letters: Vec<char> = text.chars().collect();
    // wider with every letter that is kept: halve the range
    let (mut fits, mut too_wide) = (0, letters.len());
    while too_wide - fits > 1 {
        let kept = usize::midpoint(fits, too_wide);
        if width(&without_middle(&letters, kept), size) <= room {
            fits = kept;
        } else {
            too_wide = kept;
        }
    }
    without_middle(&letters, fits)
}

fn without_middle(letters: &[char], kept: usize) -> String {
    let head = &letters[..kept.div_ceil(2)];
    let tail = &letters[letters.len() - kept / 2..];
    head.iter().chain(&['…']).chain(tail).collect()
}

/// Positions as close as possible to the wanted ones, `gap` apart and between two ends where there
/// is room.
///
/// The least squares solution: runs of positions that would be too close are around their mean.
///
/// * `wanted`: in any order
/// * returns the positions in the same order
#[must_use]
pub fn spaced(wanted: &[f64], gap: f64, ends: (f64, f64)) -> Vec<f64> {
    let (low, high) = ends;
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].total_cmp(&wanted[*b]));
    // runs of (sum of the wanted positions minus their gaps, count), with rising means
    let mut runs: Vec<(f64, usize)> = Vec::new();
    for (at, &item) in order.iter().enumerate() {
        let mut run = (wanted[item] - gap * at as f64, 1);
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
    let mut positions = vec![0.0; wanted.len()];
    for (at, (item, mean)) in order.iter().zip(means).enumerate() {
        positions[*item] = mean.clamp(low, last) + gap * at as f64;
    }
    positions
}
