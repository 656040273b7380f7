//! Words of labels: what was done to a gene, samples in which nothing was changed, and names of columns with labels.

use super::columns::plain;
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
    /// Before a name in its own capitals only: `dTP53`, `delTP53`.
    Before,
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
    word("mut", None),
    word("null", OUT),
    touching("delta", OUT),
    LabelWord {
        text: "del",
        act: OUT,
        touches: Touch::Before,
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
/// Targets of control guides and RNAs, after `si`, `sh` and `sg`.
const CONTROL_TARGETS: [&str; 7] = ["luc", "luciferase", "gfp", "egfp", "rfp", "lacz", "ns"];

/// Marks between the parts of a label.
pub(super) const MARKS: [char; 8] = ['_', '-', '.', ':', ' ', '#', '(', ')'];

/// Whether a label stands for a sample in which nothing was changed; an empty one does.
pub fn is_wild_type(cell: &str) -> bool {
    let lower = cell.trim().to_lowercase();
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

/// What a column with labels is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LabelColumn {
    /// Which genes were changed.
    Mutant,
    /// The same in tables of steady states and of interventions; elsewhere it names the gene of a row.
    Gene,
    /// The organism, which may be called after the changed gene.
    Strain,
    /// Cells, or what was brought into them, which may be called after the changed gene; in series they rather are not.
    Line,
}

/// Plain names of columns with labels, the surest first.
pub(super) const LABEL_COLUMNS: [(&str, LabelColumn); 57] = [
    ("perturbed", LabelColumn::Mutant),
    ("perturbed_gene", LabelColumn::Mutant),
    ("perturbed_genes", LabelColumn::Mutant),
    ("perturbation", LabelColumn::Mutant),
    ("perturbations", LabelColumn::Mutant),
    ("perturbation_name", LabelColumn::Mutant),
    ("knockout", LabelColumn::Mutant),
    ("knockouts", LabelColumn::Mutant),
    ("knocked_out", LabelColumn::Mutant),
    ("ko", LabelColumn::Mutant),
    ("knockdown", LabelColumn::Mutant),
    ("knockdowns", LabelColumn::Mutant),
    ("kd", LabelColumn::Mutant),
    ("overexpression", LabelColumn::Mutant),
    ("overexpressed", LabelColumn::Mutant),
    ("oe", LabelColumn::Mutant),
    ("mutant", LabelColumn::Mutant),
    ("mutation", LabelColumn::Mutant),
    ("mutated_gene", LabelColumn::Mutant),
    ("deletion", LabelColumn::Mutant),
    ("deleted", LabelColumn::Mutant),
    ("deleted_gene", LabelColumn::Mutant),
    ("ko_gene", LabelColumn::Mutant),
    ("gene_ko", LabelColumn::Mutant),
    ("guide", LabelColumn::Mutant),
    ("guide_identity", LabelColumn::Mutant),
    ("sgrna", LabelColumn::Mutant),
    ("grna", LabelColumn::Mutant),
    ("sirna", LabelColumn::Mutant),
    ("shrna", LabelColumn::Mutant),
    ("crispr", LabelColumn::Mutant),
    ("target_gene", LabelColumn::Mutant),
    ("gene", LabelColumn::Gene),
    ("target", LabelColumn::Gene),
    ("genotype", LabelColumn::Strain),
    ("genotypes", LabelColumn::Strain),
    ("strain", LabelColumn::Strain),
    ("strains", LabelColumn::Strain),
    ("background", LabelColumn::Strain),
    ("allele", LabelColumn::Strain),
    ("alleles", LabelColumn::Strain),
    ("mutant_name", LabelColumn::Strain),
    ("mutant_id", LabelColumn::Strain),
    ("line", LabelColumn::Line),
    ("cell_line", LabelColumn::Line),
    ("line_name", LabelColumn::Line),
    ("lines", LabelColumn::Line),
    ("construct", LabelColumn::Line),
    ("constructs", LabelColumn::Line),
    ("construct_name", LabelColumn::Line),
    ("plasmid", LabelColumn::Line),
    ("plasmids", LabelColumn::Line),
    ("plasmid_name", LabelColumn::Line),
    ("vector", LabelColumn::Line),
    ("vectors", LabelColumn::Line),
    ("transgene", LabelColumn::Line),
    ("", LabelColumn::Line),
];

/// What a column of this name is about; none if its name says nothing about mutants.
pub(super) fn label_column(name: &str) -> Option<LabelColumn> {
    let name = plain(name);
    let known = LABEL_COLUMNS.iter().find(|(own, _)| *own == name);
    known.map(|&(_, about)| about)
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
