//! Labels of perturbed samples: which genes were changed, and how.
//!
//! People write `TP53`, `TP53_KO`, `KO-TP53`, `ΔlexA`, `lexA::kan`, `gcn4Δ`, `siTP53`, `sgTP53_2`, `TP53+ctrl`,
//! `TP53_MYC`, and `WT`, `NTC`, `non-targeting_00012` or `siCtrl` for samples in which nothing was changed.
//! A label is read from the outside in: words that say how, numbers of replicates and guides are taken off until
//! the name of a gene is left. Names of genes win: `WT1` is the gene if the table has it.

pub use super::perturbation_words::{Act, is_wild_type};
use super::perturbation_words::{
    LabelWord, MARKS, NEUTRAL, Touch, WORDS, beside_control, without_end, without_frame,
    without_start,
};
use crate::genes::{Gene, Genes};

/// A gene that a label names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LabelledGene {
    /// The gene.
    pub gene: Gene,
    /// How it was changed; none where the label does not say.
    pub act: Option<Act>,
}

/// How many words a label may have beside a name.
const MOST_WORDS: usize = 5;

/// The genes that a label names, in its order; none for the wild type.
///
/// # Errors   the part that is no gene.
/// # Cost     a few look-ups.
pub fn read_label<'a>(cell: &'a str, genes: &Genes) -> Result<Vec<LabelledGene>, &'a str> {
    let cell = cell.trim();
    if let Some(gene) = genes.find(cell) {
        return Ok(vec![LabelledGene { gene, act: None }]);
    }
    if is_wild_type(cell) || is_control_of_gene(cell, genes) {
        return Ok(Vec::new());
    }
    if let Some(rest) = without_frame(cell)
        && let Ok(found) = read_label(rest, genes)
    {
        return Ok(found);
    }
    let plain = plain(cell);
    if let Some(found) = single(&plain, genes) {
        return Ok(vec![found]);
    }
    // `TP53+` may be a wild type or more of the gene
    if plain.starts_with('+') || plain.ends_with('+') {
        return Err(cell);
    }
    for marks in [&['+', ';', ',', '|', '&'][..], &['_', ' ', '/']] {
        if let Some(found) = joined(&plain, marks, genes) {
            return Ok(found);
        }
    }
    let mut parts = cell.split(['+', ';', ',', '|', '&']).map(str::trim);
    let wrong = parts.find(|part| !part.is_empty() && read_part(part, genes).is_none());
    Err(wrong.unwrap_or(cell))
}

/// Whether a label is the wild type or the control beside the mutant of a gene: `MYC WT`, `MYC_ctrl_2`, `WT-MYC`.
///
/// `TP53+ctrl` is not: the second guide is one of controls.
pub(super) fn is_control_of_gene(cell: &str, genes: &Genes) -> bool {
    let cell = cell.trim();
    if genes.find(cell).is_some() || cell.contains(['+', ';', ',', '|', '&']) {
        return false;
    }
    let names = |label: &str| {
        let mut rests = beside_control(label);
        rests.any(|rest| {
            genes
                .find_any_case(rest)
                .or_else(|| genes.find(rest))
                .is_some()
        })
    };
    let number = without_number(cell).map(|(rest, _)| rest);
    let numbered = number.map(|rest| {
        let mut words = NEUTRAL.iter();
        let rest = words
            .find_map(|word| without_end(rest, word))
            .unwrap_or(rest);
        rest.trim_matches(MARKS)
    });
    names(cell) || numbered.is_some_and(names)
}

/// Whether a label says in words that a gene was changed: `MYC_KO`, and `sgMYC` or `MYCmut`, which leave open how.
pub(super) fn says_change(label: &str, genes: &Genes) -> bool {
    let Ok(found) = read_label(label, genes) else {
        return false;
    };
    let open = |one: &LabelledGene| {
        let name = genes.name(one.gene).to_lowercase();
        let rest = label.to_lowercase().replacen(&name, "", 1);
        let rest = rest.trim_matches(|c: char| MARKS.contains(&c) || c.is_ascii_digit());
        WORDS
            .iter()
            .any(|word| word.act.is_none() && word.text == rest)
    };
    found.iter().any(|one| one.act.is_some() || open(one))
}

/// Whether a label says in words that something was changed of which it is not known whether it is a gene: `TP63_KO`,
/// `p53KO`.
pub(super) fn may_say_change(label: &str) -> bool {
    let label = label.trim();
    let marked = label.split(MARKS).any(|part| {
        let part = part.to_lowercase();
        let mut words = WORDS.iter().filter(|word| word.act.is_some());
        part.len() > 2 && words.any(|word| word.text == part) || part == "ko" || part == "kd"
    });
    let touched = ["KO", "KD", "\u{394}", "\u{3b4}"].iter().any(|word| {
        let rest = label.strip_suffix(word);
        rest.is_some_and(|rest| rest.ends_with(char::is_alphanumeric))
    });
    marked || touched
}

/// The names in a label, when it is not known which genes there are.
///
/// * `genes`: those that are known, though a changed gene need not be among them
pub fn names_in_label(cell: &str, genes: &Genes) -> Vec<String> {
    if let Ok(found) = read_label(cell, genes) {
        let name = |one: &LabelledGene| genes.name(one.gene).to_owned();
        return found.iter().map(name).collect();
    }
    let plain = plain(cell);
    let parts = plain.split(['+', ';']).map(str::trim);
    let named = parts.filter(|part| !is_wild_type(part));
    named
        .map(|part| match read_part(part, genes) {
            Some(Some(found)) => genes.name(found.gene).to_owned(),
            _ => without_words(part).to_owned(),
        })
        .collect()
}

/// A label with one spelling of the marks of alleles.
fn plain(cell: &str) -> String {
    let cell = cell.replace(['\u{2212}', '\u{2013}'], "-");
    let cell = cell.replace("(-/-)", "\u{394}").replace("-/-", "\u{394}");
    let cell = cell.replace("(+/-)", " het").replace("+/-", " het");
    let cell = cell.replace(['\u{2206}', '\u{394}'], "\u{3b4}");
    match cell.split_once("::") {
        // an insertion: `lexA::kan`
        Some((gene, _)) => format!("{gene} ko"),
        None => cell,
    }
}

/// The genes of parts that are all known; none if there is one part only.
fn joined(plain: &str, marks: &[char], genes: &Genes) -> Option<Vec<LabelledGene>> {
    let parts = plain.split(marks).map(str::trim);
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    if parts.len() < 2 {
        return None;
    }
    let mut found = Vec::new();
    for part in &parts {
        found.extend(read_part(part, genes)?);
    }
    Some(found)
}

/// One part of a label: a gene, or the wild type; none if it is neither.
fn read_part(part: &str, genes: &Genes) -> Option<Option<LabelledGene>> {
    match genes.find(part) {
        Some(gene) => Some(Some(LabelledGene { gene, act: None })),
        None if is_wild_type(part) => Some(None),
        None => single(&plain(part), genes).map(Some),
    }
}

/// The gene of a label that names one.
fn single(plain: &str, genes: &Genes) -> Option<LabelledGene> {
    let exact = |name: &str| genes.find(name);
    // yeast writes deleted genes in small letters
    let other_case = |name: &str| genes.find_any_case(name);
    let exact = GeneSearch {
        find: &exact,
        exact: true,
    };
    let other_case = GeneSearch {
        find: &other_case,
        exact: false,
    };
    strip(plain, None, MOST_WORDS, &exact).or_else(|| {
        let found = strip(plain, None, MOST_WORDS, &other_case)?;
        found.act.map(|_| found)
    })
}

/// How genes are looked up.
struct GeneSearch<'a> {
    find: &'a dyn Fn(&str) -> Option<Gene>,
    /// Whether capitals count.
    exact: bool,
}

/// Takes one word or number off after the other, until a gene is left.
fn strip(
    text: &str,
    act: Option<Act>,
    words: usize,
    genes: &GeneSearch<'_>,
) -> Option<LabelledGene> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    if let Some(gene) = (genes.find)(text) {
        return Some(LabelledGene { gene, act });
    }
    if words == 0 {
        return None;
    }
    // `TP53 (KO)`
    let text = text.trim_end_matches(')');
    for LabelWord {
        text: word,
        act: said,
        touches: may_touch,
    } in &WORDS
    {
        if act.is_some() && said.is_some() && act != *said {
            continue;
        }
        let rests = [without_end(text, word), without_start(text, word)];
        for (rest, side) in rests.into_iter().zip([Touch::Behind, Touch::Before]) {
            let Some(rest) = rest else { continue };
            let inner = rest.trim_matches(MARKS);
            let touching = touches(word, *may_touch, side, text, genes)
                && (*may_touch == Touch::Both || inner.len() > 2);
            // `d_TP53` says nothing
            let letter = matches!(*word, "d" | "i");
            let marked = inner.len() < rest.len() && !letter;
            if !(touching || marked) {
                continue;
            }
            // the number of a guide, even behind a hyphen: `sgTP53-1`
            let guide = ["sg", "sgrna", "grna", "si", "sirna", "sh", "shrna"].contains(word);
            let numbered = guide.then(|| without_number(inner)).flatten();
            let act = act.or(*said);
            let found = strip(inner, act, words - 1, genes)
                .or_else(|| strip(numbered?.0, act, words - 1, genes));
            if found.is_some() {
                return found;
            }
        }
    }
    for word in NEUTRAL {
        let rests = [without_end(text, word), without_start(text, word)];
        for rest in rests.into_iter().flatten() {
            let inner = rest.trim_matches(MARKS);
            if inner.len() < rest.len()
                && let Some(found) = strip(inner, act, words - 1, genes)
            {
                return Some(found);
            }
        }
    }
    let (inner, dash) = without_number(text)?;
    // `NKX2-5` is a gene of its own, not guide 5 of `NKX2`
    let found = strip(inner, act, words - 1, genes).filter(|found| !dash || found.act.is_some());
    found.filter(|_| !dash || act.is_none())
}

/// Whether a word may touch the name on this side of the word.
fn touches(word: &str, may: Touch, side: Touch, text: &str, genes: &GeneSearch<'_>) -> bool {
    match may {
        Touch::No => false,
        // `siTP53`, but not `SIX1`
        Touch::Both => !word.starts_with('s') || text.contains(word),
        one => (one == side || one == Touch::Capitals) && genes.exact && text.contains(word),
    }
}

/// A label without the number of a replicate or guide, and whether a dash stood before it.
fn without_number(text: &str) -> Option<(&str, bool)> {
    let bare = text.trim_end_matches(|c: char| c.is_ascii_digit());
    if bare.len() == text.len() {
        return None;
    }
    let counted = NEUTRAL.iter().chain(&["sg", "sgrna", "grna"]);
    let mut before = counted.filter_map(|word| without_end(bare, word));
    if before.any(|before| before.ends_with(MARKS)) {
        return Some((bare, false));
    }
    let letters = bare.trim_end_matches(['r', 'g', 'c', 'R', 'G', 'C', '#']);
    let before = if letters.ends_with(['_', '.', ' ', '-']) {
        letters
    } else {
        bare
    };
    let mark = before.chars().next_back()?;
    matches!(mark, '_' | '.' | ' ' | '#' | '-')
        .then(|| (before.trim_end_matches(MARKS), mark == '-'))
}

/// A name without the words around it, where it is not known which genes there are.
fn without_words(part: &str) -> &str {
    let part = part.trim();
    let mark = |c: char| MARKS.contains(&c);
    for LabelWord { text: word, .. } in &WORDS {
        if let Some(rest) = without_end(part, word).filter(|rest| rest.ends_with(mark)) {
            return rest.trim_end_matches(mark);
        }
        if let Some(rest) = without_start(part, word).filter(|rest| rest.starts_with(mark)) {
            return rest.trim_start_matches(mark);
        }
    }
    part.trim_matches('\u{3b4}')
}
