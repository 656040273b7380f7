//! What a reader hands back besides the value: decisions and warnings.

use crate::genes::is_hidden;

/// A value read from a file, what was decided on the way, and what the user should look at.
#[derive(Clone, Debug)]
pub struct Reading<T> {
    /// The value.
    pub value: T,
    /// Decisions: separator, orientation, where series begin. One sentence each.
    pub notes: Vec<String>,
    /// Warnings after which the run can go on, each naming the thing concerned.
    pub warnings: Vec<String>,
}

impl<T> Reading<T> {
    /// A value without anything to say about it.
    #[must_use]
    pub fn new(value: T) -> Self {
        Self {
            value,
            notes: Vec::new(),
            warnings: Vec::new(),
        }
    }

    /// The same notes and warnings about another value.
    #[must_use]
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Reading<U> {
        Reading {
            value: change(self.value),
            notes: self.notes,
            warnings: self.warnings,
        }
    }
}

/// Up to five names in backticks, and how many more there are: "`a`, `b` and 3 more".
pub fn name_some<S: AsRef<str>>(names: impl IntoIterator<Item = S>) -> String {
    const SHOWN: usize = 5;
    let mut text = String::new();
    let mut count = 0;
    for name in names {
        if count < SHOWN {
            let comma = if count == 0 { "" } else { ", " };
            text.push_str(&format!("{comma}`{}`", shorten(name.as_ref())));
        }
        count += 1;
    }
    match count {
        0 => "none".to_owned(),
        1..=SHOWN => text,
        _ => format!("{text} and {} more", count - SHOWN),
    }
}

/// A sentence about some names, from their number and [`name_some`] of them; none without names.
pub fn if_any<S: AsRef<str>>(
    names: &[S],
    sentence: impl FnOnce(usize, String) -> String,
) -> Option<String> {
    (!names.is_empty()).then(|| sentence(names.len(), name_some(names)))
}

/// The first 40 characters, those that cannot be seen written out, so that a message stays readable
/// whatever the file holds.
pub fn shorten(text: &str) -> String {
    const LONGEST: usize = 40;
    let start = text.chars().take(LONGEST);
    let mut short = String::new();
    for c in start {
        match c {
            _ if c.is_whitespace() => short.push(' '),
            _ if is_hidden(c) => short.extend(c.escape_unicode()),
            _ => short.push(c),
        }
    }
    if text.chars().nth(LONGEST).is_some() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_names_are_shown_and_the_rest_counted() {
        assert_eq!(name_some(["a", "b"]), "`a`, `b`");
        assert_eq!(shorten("a\tb\u{1b}[31m"), "a b\\u{1b}[31m");
        let many = ["a", "b", "c", "d", "e", "f", "g"];
        assert_eq!(name_some(many), "`a`, `b`, `c`, `d`, `e` and 2 more");
    }
}
