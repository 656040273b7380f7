//! Messages that a terminal can show whatever the files hold.

use crate::genes::is_hidden;
use crate::numeric::exact;

/// Digits and points in a row from which on a number is written as `1.5e-308`.
const MOST_DIGITS: usize = 40;
/// Characters of a word from which on it is cut, and what is left of it then. Longer paths stay.
const LONGEST_WORD: usize = 200;
const SHORT_WORD: usize = 60;

/// A message as a terminal may show it: characters that would act on the terminal are written as
/// `\u{1b}`, numbers of very many digits as `1.5e-308`, and words of hundreds of letters are cut.
///
/// Names of files, genes and series in messages are text from outside; everything that is printed for
/// people goes through here.
///
/// ```
/// use cistron::io::text::legible;
///
/// assert_eq!(legible("gene `\u{1b}[31mX`\n"), "gene `\\u{1b}[31mX`\n");
/// ```
#[must_use]
pub fn legible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for part in text.split_inclusive(char::is_whitespace) {
        let word = part.trim_end_matches(char::is_whitespace);
        push_word(word, &mut out);
        for c in part[word.len()..].chars() {
            push_visible(c, &mut out);
        }
    }
    out
}

/// A name on one line: spaces in the place of line breaks, tabs and other characters that are not shown,
/// which quoted cells and names of files may hold. Tables with such names could not be read again.
pub(crate) fn one_line(name: &str) -> String {
    let shown = |c: char| if is_hidden(c) { ' ' } else { c };
    let name: String = name.chars().map(shown).collect();
    name.trim().to_owned()
}

fn push_visible(c: char, out: &mut String) {
    if is_hidden(c) && c != '\n' && c != '\t' {
        out.extend(c.escape_unicode());
    } else {
        out.push(c);
    }
}

fn push_word(word: &str, out: &mut String) {
    let is_path = word.contains(['/', '\\']);
    if word.len() <= MOST_DIGITS {
        word.chars().for_each(|c| push_visible(c, out));
        return;
    }
    let start = out.len();
    let mut rest = word;
    while !rest.is_empty() {
        let digits = rest.len() - rest.trim_start_matches(is_of_number).len();
        let number = rest[..digits].parse::<f64>();
        if let (Ok(x), true) = (number, digits > MOST_DIGITS) {
            *out += &exact(x);
        } else {
            out.push_str(&rest[..digits]);
        }
        let other = rest[digits..].find(is_of_number);
        let end = other.map_or(rest.len(), |other| digits + other);
        rest[digits..end].chars().for_each(|c| push_visible(c, out));
        rest = &rest[end..];
    }
    let written = &out[start..];
    if !is_path && let Some((cut, _)) = written.char_indices().nth(LONGEST_WORD) {
        let kept = written.char_indices().nth(SHORT_WORD);
        let kept = start + kept.map_or(cut, |(kept, _)| kept);
        let quoted = written.starts_with('`');
        out.truncate(kept);
        out.push_str(if quoted { "…`" } else { "…" });
    }
}

fn is_of_number(c: char) -> bool {
    c.is_ascii_digit() || c == '.'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_on_a_terminal_is_written_out() {
        let title = "\u{1b}]0;pwned\u{7}\u{1b}[31mX";
        assert_eq!(legible(title), "\\u{1b}]0;pwned\\u{7}\\u{1b}[31mX");
        assert_eq!(legible("a\u{9b}2J\u{7f}"), "a\\u{9b}2J\\u{7f}");
        assert_eq!(legible("\u{202e}cba\u{2069} x"), "\\u{202e}cba\\u{2069} x");
        assert_eq!(legible("a\rb\n\tc"), "a\\u{d}b\n\tc");
        let plain = "gene `NKX2-5` (µ = 0.5)\n  column 2\n";
        assert_eq!(legible(plain), plain);
    }

    #[test]
    fn names_have_one_line() {
        assert_eq!(one_line("a\tb\r\nc\u{1}"), "a b  c");
        assert_eq!(one_line("ΔA (2)"), "ΔA (2)");
    }

    #[test]
    fn numbers_and_words_without_end_are_short() {
        let text = format!("values from {} to {}, wide", 3.5e-308, 1.5e300);
        assert_eq!(legible(&text), "values from 3.5e-308 to 1.5e300, wide");
        let name = format!("gene `{}` occurs twice", "x".repeat(500));
        let short = legible(&name);
        assert!(short.starts_with("gene `xxx") && short.ends_with("x…` occurs twice"));
        assert!(short.chars().count() < 100);
        let path = format!("/{}/t.tsv: cannot be read", "x".repeat(500));
        assert_eq!(legible(&path), path);
    }
}
