//! What XML cannot hold.

/// Whether it is a character of XML 1.0.
fn is_xml(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => true,
        '\u{fffe}' | '\u{ffff}' => false,
        c => c >= ' ',
    }
}

/// The text with `U+FFFD` for what is no character of XML 1.0, escaped or not.
pub(crate) fn xml_text(text: &str) -> String {
    let text = text.chars();
    text.map(|c| if is_xml(c) { c } else { '\u{fffd}' })
        .collect()
}

/// The same for what a page or a picture shows: no control characters but the blank ones.
#[doc(hidden)]
pub fn shown_text(text: &str) -> String {
    let shown = |c: char| match c {
        '\t' | '\n' => c,
        c if c.is_control() || !is_xml(c) => '\u{fffd}',
        c => c,
    };
    text.chars().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_marked_and_control_characters_are_not_shown() {
        let text = "a\tb\nc\rd\u{0}e\u{85}f\u{fffe}g\u{ffff}<é";
        let (mark, next) = ("\u{fffd}", "\u{85}");
        let xml = format!("a\tb\nc\rd{mark}e{next}f{mark}g{mark}<é");
        assert_eq!(xml_text(text), xml);
        let shown = format!("a\tb\nc{mark}d{mark}e{mark}f{mark}g{mark}<é");
        assert_eq!(shown_text(text), shown);
    }
}
