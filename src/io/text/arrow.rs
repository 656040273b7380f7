//! Arrows and words between the names of a pair: `A -> B`, `A -| B`, `A|B`, `A regulates B`.

use super::gene_words::plain_name;
use crate::network::Sign;

/// What stands between two names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Arrow {
    /// From the first name to the second; the sign is unknown for a bar: `A|B`.
    Forward(Sign),
    /// From the second name to the first.
    Backward,
    /// Without a direction.
    Undirected,
}

/// Arrows that are no signs, the longer before the shorter.
const OTHERS: [(&str, Arrow); 13] = [
    ("<-->", Arrow::Undirected),
    ("<->", Arrow::Undirected),
    ("<=>", Arrow::Undirected),
    ("---", Arrow::Undirected),
    ("<--", Arrow::Backward),
    ("|--", Arrow::Backward),
    ("--", Arrow::Undirected),
    ("<-", Arrow::Backward),
    ("|-", Arrow::Backward),
    ("\u{2194}", Arrow::Undirected),
    ("\u{2190}", Arrow::Backward),
    ("\u{22a2}", Arrow::Backward),
    ("|", Arrow::Forward(Sign::Unknown)),
];

impl Arrow {
    /// The arrow that a text is; none for anything else.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        Sign::of_arrow(text).map(Self::Forward).or_else(|| {
            let other = OTHERS.iter().find(|(word, _)| *word == text);
            other.map(|&(_, arrow)| arrow)
        })
    }

    /// Whether it says a direction as a bar does not.
    fn is_bar(self) -> bool {
        self == Self::Forward(Sign::Unknown)
    }
}

/// Two names in one cell, and what joins them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ArrowPair<'c> {
    pub(crate) first: &'c str,
    pub(crate) arrow: Arrow,
    pub(crate) second: &'c str,
}

impl<'c> ArrowPair<'c> {
    /// Takes a cell apart; none if it is not two names with one arrow between them.
    pub(crate) fn parse(cell: &'c str) -> Option<Self> {
        let is_mark = |c: char| "-=~<>|\u{2013}\u{2014}".contains(c) || is_single(c);
        // the first run of marks with an arrow in it: names have hyphens
        let mut at = 0;
        while let Some(start) = cell[at..].find(is_mark) {
            let start = at + start;
            let run = cell[start..]
                .find(|c| !is_mark(c))
                .unwrap_or(cell.len() - start);
            let mark = &cell[start..start + run];
            at = start + run;
            let Some(arrow) = Arrow::parse(mark) else {
                continue;
            };
            let (first, second) = (cell[..start].trim(), cell[at..].trim());
            let named = |name: &str| name.contains(char::is_alphanumeric);
            let more = second.contains(['<', '>', '|']) || second.contains(is_single);
            // `A--B` may be a name
            let clear =
                arrow != Arrow::Undirected || mark.contains('<') || mark.contains(is_single);
            return (named(first) && named(second) && !more && clear).then_some(Self {
                first,
                arrow,
                second,
            });
        }
        None
    }

    /// Whether a bar joins the names, which may as well join a name and its number.
    pub(crate) fn has_bar(&self) -> bool {
        self.arrow.is_bar()
    }
}

/// Whether a character is an arrow of its own.
fn is_single(c: char) -> bool {
    !c.is_ascii() && Arrow::parse(c.encode_utf8(&mut [0; 4])).is_some()
}

/// Words between both names of a pair.
const RELATIONS: &[&str] = &[
    "regulates",
    "regulate",
    "regulation",
    "binds",
    "bind",
    "binding",
    "targets",
    "controls",
    "affects",
    "influences",
    "interacts",
    "interacts_with",
    "pd",
    "pp",
    "to",
];

/// Whether a cell says that the gene before it acts on the gene behind it.
pub(crate) fn is_relation(cell: &str) -> bool {
    RELATIONS.contains(&plain_name(cell).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_is_taken_apart_at_its_arrow_and_not_at_hyphens() {
        let forward =
            |cell| ArrowPair::parse(cell).map(|pair| (pair.first, pair.arrow, pair.second));
        let up = Arrow::Forward(Sign::Activation);
        let down = Arrow::Forward(Sign::Repression);
        for (cell, first, arrow, second) in [
            ("A -> B", "A", up, "B"),
            ("NKX2-5->MYH6", "NKX2-5", up, "MYH6"),
            ("A-->HLA-A", "A", up, "HLA-A"),
            ("A\u{2192}B", "A", up, "B"),
            ("A -| B", "A", down, "B"),
            ("A \u{22a3} B", "A", down, "B"),
            ("A|B", "A", Arrow::Forward(Sign::Unknown), "B"),
            ("A <- B", "A", Arrow::Backward, "B"),
            ("A<->B", "A", Arrow::Undirected, "B"),
        ] {
            assert_eq!(forward(cell), Some((first, arrow, second)), "{cell}");
        }
        for cell in [
            "A", "NKX2-5", "A--B", "->", "A ->", "A|B|C", "A->B->C", "-1", "1e-5",
        ] {
            assert_eq!(forward(cell), None, "{cell}");
        }
    }
}
