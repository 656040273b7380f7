//! Words of labels: what was done to a gene, and samples in which nothing was changed.

use crate::io::text::{Cell, is_dash, parse_cell};

/// What a label says was done to a gene.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Nothing of the gene is left.
    Knockout,
    /// Some of it is left.
    Knockdown,
    /// There is more of it.
    Overexpression,
}

/// A word beside the name of a gene, in small letters, and what it says.
pub(super) struct LabelWord {
    pub(super) text: &'static str,
    pub(super) act: Option<Act>,
    /// Where it may touch the name, as in `siTP53`.
    pub(super) touches: Touch,
}

/// Where a word may touch the name of a gene.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Touch {
    /// Nowhere: a mark is between them.
    No,
    /// On both sides.
    Both,
    /// Before a name in its own capitals only: `dTP53`.
    Before,
    /// On both sides of a name in its own capitals only: `delTP53`, `TP53mut`.
    Capitals,
    /// Behind a name in its own capitals only: `TP53i`.
    Behind,
}

const fn word(text: &'static str, act: Option<Act>) -> LabelWord {
    LabelWord {
        text,
        act,
        touches: Touch::No,
    }
}

const fn touching(text: &'static str, act: Option<Act>) -> LabelWord {
    LabelWord {
        text,
        act,
        touches: Touch::Both,
    }
}

const OUT: Option<Act> = Some(Act::Knockout);
const DOWN: Option<Act> = Some(Act::Knockdown);
const OVER: Option<Act> = Some(Act::Overexpression);

/// Words beside names; a guide RNA alone may knock out or down, so that it says nothing.
pub(super) const WORDS: [LabelWord; 56] = [
    word("knockout", OUT),
    word("knock-out", OUT),
    word("knock_out", OUT),
    word("knock out", OUT),
    word("knockdown", DOWN),
    word("knock-down", DOWN),
    word("knock_down", DOWN),
    word("knock down", DOWN),
    word("overexpression", OVER),
    word("overexpressed", OVER),
    word("overexpressing", OVER),
    word("over-expression", OVER),
    word("overexpr", OVER),
    word("deletion", OUT),
    word("deleted", OUT),
    word("disrupted", OUT),
    word("disruption", OUT),
    word("crispri", DOWN),
    word("crispra", OVER),
    word("crisprko", OUT),
    word("crispr", None),
    word("cas9", None),
    word("morpholino", DOWN),
    word("mo", DOWN),
    word("aso", DOWN),
    word("sirna", DOWN),
    word("shrna", DOWN),
    word("sgrna", None),
    word("grna", None),
    word("rnai", DOWN),
    word("mutant", None),
    LabelWord {
        text: "mut",
        act: None,
        touches: Touch::Capitals,
    },
    word("null", OUT),
    touching("delta", OUT),
    LabelWord {
        text: "del",
        act: OUT,
        touches: Touch::Capitals,
    },
    word("lof", OUT),
    word("gof", OVER),
    word("over", OVER),
    word("ox", OVER),
    word("het", DOWN),
    word("degron", DOWN),
    word("dtag", DOWN),
    word("depletion", DOWN),
    word("depleted", DOWN),
    word("silencing", DOWN),
    word("silenced", DOWN),
    touching("ko", OUT),
    touching("kd", DOWN),
    touching("oe", OVER),
    touching("si", DOWN),
    touching("sh", DOWN),
    touching("sg", None),
    touching("\u{3b4}", OUT),
    touching("-", OUT),
    LabelWord {
        text: "d",
        act: OUT,
        touches: Touch::Before,
    },
    LabelWord {
        text: "i",
        act: DOWN,
        touches: Touch::Behind,
    },
];

/// Words that may stand beside any of them.
pub(super) const NEUTRAL: [&str; 11] = [
    "strain",
    "cells",
    "cell",
    "line",
    "clone",
    "guide",
    "rep",
    "replicate",
    "gene",
    "perturbed",
    "perturbation",
];

/// What stands for a sample in which nothing was changed: small letters, without marks and numbers.
const WILD_TYPE: [&str; 49] = [
    "wt",
    "wildtype",
    "wtcontrol",
    "control",
    "controls",
    "ctrl",
    "ctl",
    "ctr",
    "con",
    "none",
    "na",
    "nan",
    "noperturbation",
    "mock",
    "nt",
    "ntc",
    "ntctrl",
    "nontarget",
    "nontargeting",
    "nontargetingcontrol",
    "nontargetingctrl",
    "neg",
    "negctrl",
    "negcontrol",
    "negativecontrol",
    "negative",
    "nc",
    "scr",
    "scramble",
    "scrambled",
    "safe",
    "safetargeting",
    "safeharbor",
    "intergenic",
    "aavs",
    "rosa",
    "ev",
    "emptyvector",
    "vector",
    "empty",
    "untreated",
    "untransfected",
    "unperturbed",
    "parental",
    "dmso",
    "vehicle",
    "reference",
    "ref",
    "baseline",
];
/// Strains without a change, in small letters without marks: yeast, *E. coli*, the worm, the fly, the mouse, cress.
const STRAINS: [&str; 24] = [
    "by4741",
    "by4742",
    "by4743",
    "w303",
    "w3031a",
    "w3031b",
    "s288c",
    "mg1655",
    "k12mg1655",
    "ecolimg1655",
    "w3110",
    "bw25113",
    "mc4100",
    "n2",
    "n2bristol",
    "bristoln2",
    "w1118",
    "cantons",
    "oregonr",
    "c57bl6",
    "c57bl6j",
    "c57bl6n",
    "col0",
    "pao1",
];
/// What says beside the name of a gene that nothing was changed; treatments such as `DMSO` do not.
const BESIDE_GENES: [&str; 18] = [
    "wt",
    "wt/wt",
    "wild type",
    "wild-type",
    "wild_type",
    "wildtype",
    "control",
    "controls",
    "ctrl",
    "ctl",
    "mock",
    "scr",
    "scramble",
    "scrambled",
    "vector",
    "empty vector",
    "empty_vector",
    "ev",
];
/// Words of controls with which names of genes begin: `CTR9`, `REF2`.
const STARTS_OF_GENES: [&str; 2] = ["CTR", "REF"];
/// Targets of control guides and RNAs, after `si`, `sh` and `sg`.
const CONTROL_TARGETS: [&str; 7] = ["luc", "luciferase", "gfp", "egfp", "rfp", "lacz", "ns"];

/// Marks between the parts of a label.
pub(super) const MARKS: [char; 8] = ['_', '-', '.', ':', ' ', '#', '(', ')'];

/// Whether a label stands for a sample in which nothing was changed; an empty one does.
pub fn is_wild_type(cell: &str) -> bool {
    let lower = cell.trim().to_lowercase();
    if cell.split(MARKS).any(is_numbered_gene) {
        return false;
    }
    if is_strain(&lower) || is_control_of(&lower) {
        return true;
    }
    // the letter or number of a replicate, as in `WT_a`
    let whole = match lower.rsplit_once(['_', '-', '.', ' ']) {
        Some((before, last)) if last.chars().count() == 1 && !before.is_empty() => before,
        _ => &lower,
    };
    let mut bare: String = whole.chars().filter(|c| !MARKS.contains(c)).collect();
    if bare.ends_with("+/+") || bare == "*" {
        return true;
    }
    bare.truncate(bare.trim_end_matches(|c: char| c.is_ascii_digit()).len());
    let bare = [
        "replicate",
        "rep",
        "r",
        "cells",
        "strain",
        "guide",
        "sample",
    ]
    .iter()
    .find_map(|end| bare.strip_suffix(end).filter(|rest| is_word(rest)))
    .unwrap_or(&bare);
    bare.is_empty() && whole.chars().all(|c| MARKS.contains(&c)) || is_word(bare)
}

/// Whether a label is a strain in which nothing was changed: `BY4741`, `MG1655`, `C57BL/6`.
pub(super) fn is_strain(label: &str) -> bool {
    let bare = label.chars().filter(|c| !MARKS.contains(c) && *c != '/');
    STRAINS.contains(&bare.collect::<String>().to_lowercase().as_str())
}

/// Whether a label in small letters is the control of a method: `CRISPR-NTC`, `KO_none`, `ctrl MO`, `GFP RNAi`.
///
/// `WT KO` is not: a wild type in which something was knocked out.
fn is_control_of(lower: &str) -> bool {
    let parts = lower.split(MARKS).filter(|part| !part.is_empty());
    let method = |part: &&str| WORDS.iter().any(|word| word.text == *part && *part != "-");
    let (methods, others): (Vec<&str>, Vec<&str>) = parts.partition(method);
    let of_genotype = ["wt", "wildtype", "parental", "reference", "ref"];
    let bare = others.concat();
    let bare = bare.trim_end_matches(|c: char| c.is_ascii_digit());
    !methods.is_empty()
        && !of_genotype.contains(&bare)
        && (is_word(bare) || CONTROL_TARGETS.contains(&bare))
}

/// Whether a part of a label is rather a gene than the number of a control: `CTR9`, but not `ctrl9` or `ref_2`.
fn is_numbered_gene(part: &str) -> bool {
    let mut rests = STARTS_OF_GENES
        .iter()
        .filter_map(|start| part.strip_prefix(start));
    rests.any(|rest| !rest.is_empty() && rest.bytes().all(|c| c.is_ascii_digit()))
}

/// A label without a word before or behind it which says that nothing was changed: `MYC` of `MYC_WT`, `ctrl MYC`,
/// `MYCWT`.
pub(super) fn beside_control(label: &str) -> impl Iterator<Item = &str> {
    let label = label.trim().trim_end_matches(')');
    BESIDE_GENES.iter().flat_map(move |word| {
        let behind = without_end(label, word)
            .filter(|rest| rest.ends_with(MARKS) || *word == "wt" && label.ends_with("WT"));
        let before = without_start(label, word).filter(|rest| rest.starts_with(MARKS));
        let rests = behind.into_iter().chain(before);
        rests.map(|rest| rest.trim_matches(MARKS))
    })
}

/// What stands before a word, whatever its capitals.
pub(super) fn without_end<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let start = text.len().checked_sub(word.len())?;
    let end = text.get(start..)?;
    (end.to_lowercase() == word).then(|| &text[..start])
}

/// What stands after a word, whatever its capitals.
pub(super) fn without_start<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let start = text.get(..word.len())?;
    (start.to_lowercase() == word).then(|| &text[word.len()..])
}

fn is_word(bare: &str) -> bool {
    let guide = ["sirna", "shrna", "sgrna", "grna", "si", "sh", "sg"];
    let mut guided = guide.iter().filter_map(|start| bare.strip_prefix(start));
    WILD_TYPE.contains(&bare)
        || guided.any(|rest| WILD_TYPE.contains(&rest) || CONTROL_TARGETS.contains(&rest))
}

/// Whether a label says nothing at all: it is empty, or a word for a missing value.
pub(super) fn is_blank(cell: &str) -> bool {
    let none = cell.trim().eq_ignore_ascii_case("none");
    !none && (parse_cell(cell, true) == Cell::Missing || is_dash(cell))
}

/// A label without an accession or a strain before it, a strain behind it, or what it was compared with:
/// `GSM1_TP53_KO`, `W303 gata1::KanMX`, `ΔlexA (MG1655)`, `TP53_vs_WT`.
pub(super) fn without_frame(cell: &str) -> Option<&str> {
    const ACCESSIONS: [&str; 8] = ["GSM", "SRR", "SRX", "SRS", "ERR", "ERX", "DRR", "SAMN"];
    for against in ["_vs_", " vs ", " vs. ", "-vs-", ".vs.", " versus "] {
        if let Some((before, behind)) = cell.split_once(against) {
            return is_wild_type(behind).then_some(before);
        }
    }
    let mark = |c: char| MARKS.contains(&c);
    let accession = |part: &str| {
        let mut numbers = ACCESSIONS.iter().filter_map(|word| part.strip_prefix(word));
        numbers.any(|rest| !rest.is_empty() && rest.bytes().all(|c| c.is_ascii_digit()))
    };
    let (first, rest) = cell.split_once(mark)?;
    let rest = rest.trim_matches(|c: char| c != '-' && mark(c));
    if (accession(first) || is_strain(first)) && !rest.is_empty() {
        return Some(rest);
    }
    let (rest, last) = cell.trim_end_matches(')').rsplit_once([' ', '(', '_'])?;
    let rest = rest.trim_end_matches(|c: char| c != '-' && mark(c));
    (is_strain(last) && !rest.is_empty()).then_some(rest)
}
