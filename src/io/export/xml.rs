//! What XML cannot hold.

/// The text with `U+FFFD` for what is no character of XML 1.0, escaped or not.
pub(super) fn xml_text(text: &str) -> String {
    let allowed = |c: char| match c {
        '\t' | '\n' | '\r' => true,
        '\u{fffe}' | '\u{ffff}' => false,
        c => c >= ' ',
    };
    let or_mark = |c| if allowed(c) { c } else { '\u{fffd}' };
    text.chars().map(or_mark).collect()
}
