//! Names of replicates: what they have in common.

const SEPARATORS: [char; 6] = ['_', '-', '.', ' ', '/', ':'];

/// Words for a replicate, before its number; the short ones count as a part of their own only.
const WORDS: [&str; 9] = [
    "replicate",
    "repeat",
    "biorep",
    "techrep",
    "rep",
    "br",
    "tr",
    "r",
    "repl",
];

/// A name without the part that numbers a replicate, `heat` of `heat_rep2` and `rep2_heat`.
pub(crate) fn replicate_stem(name: &str) -> Option<String> {
    let parts: Vec<&str> = name.split(SEPARATORS).collect();
    let whole = |part: &str| {
        let lower = part.to_lowercase();
        let word = lower.trim_end_matches(|c: char| c.is_ascii_digit());
        WORDS.contains(&word) && word.len() < lower.len()
    };
    let word = |part: &str| WORDS[..5].contains(&part.to_lowercase().as_str());
    let number = |part: &str| {
        let letter = part.len() == 1 && part.chars().all(|c| c.is_ascii_alphabetic());
        letter || (!part.is_empty() && part.chars().all(|c| c.is_ascii_digit()))
    };
    let at = parts.iter().position(|part| whole(part));
    let pair = || {
        let pairs = parts.windows(2);
        let mut pairs = pairs.enumerate();
        pairs
            .find(|(_, pair)| word(pair[0]) && number(pair[1]))
            .map(|(at, _)| at)
    };
    let (first, length) = match at {
        Some(at) => (at, 1),
        None => (pair()?, 2),
    };
    let left = parts[..first].iter().chain(&parts[first + length..]);
    let stem = left.copied().collect::<Vec<_>>().join("_");
    (!stem.is_empty()).then_some(stem)
}

/// A name without its last number, `heat` of `heat_2`; the whole name where it has none.
pub(crate) fn numbered_stem(name: &str) -> Option<String> {
    if name.is_empty() {
        return None;
    }
    let stem = name.rsplit_once(SEPARATORS).filter(|(stem, number)| {
        let digits = number.chars().all(|c| c.is_ascii_digit());
        !stem.is_empty() && digits && (1..=2).contains(&number.len())
    });
    Some(stem.map_or(name, |(stem, _)| stem).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replicates_are_known_by_their_names() {
        for (name, stem) in [
            ("heat_rep1", Some("heat")),
            ("rep2_heat", Some("heat")),
            ("heat-R2", Some("heat")),
            ("heat.replicate.3", Some("heat")),
            ("heat replicate b", Some("heat")),
            ("heat_rep1_30min", Some("heat_30min")),
            ("rep1", None),
            ("heat_1", None),
            ("crp", None),
            ("super2", None),
        ] {
            assert_eq!(replicate_stem(name).as_deref(), stem, "{name}");
        }
        assert_eq!(numbered_stem("heat_12").as_deref(), Some("heat"));
        assert_eq!(numbered_stem("heat").as_deref(), Some("heat"));
        assert_eq!(numbered_stem("GM+120").as_deref(), Some("GM+120"));
    }
}
