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
    /// Whether it may touch the name, as in `siTP53`.
    pub(super) touches: bool,
}

const fn word(text: &'static str, act: Option<Act>) -> LabelWord {
    LabelWord {
        text,
        act,
        touches: false,
    }
}

const fn touching(text: &'static str, act: Option<Act>) -> LabelWord {
    LabelWord {
        text,
        act,
        touches: true,
    }
}

const OUT: Option<Act> = Some(Act::Knockout);
const DOWN: Option<Act> = Some(Act::Knockdown);
const OVER: Option<Act> = Some(Act::Overexpression);

/// Words beside names; a guide RNA alone may knock out or down, so that it says nothing.
pub(super) const WORDS: [LabelWord; 48] = [
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
    word("del", OUT),
    word("lof", OUT),
    word("gof", OVER),
    word("over", OVER),
    word("ox", OVER),
    word("het", DOWN),
    touching("ko", OUT),
    touching("kd", DOWN),
    touching("oe", OVER),
    touching("si", DOWN),
    touching("sh", DOWN),
    touching("sg", None),
    touching("\u{3b4}", OUT),
    touching("-", OUT),
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
/// Targets of control guides and RNAs, after `si`, `sh` and `sg`.
const CONTROL_TARGETS: [&str; 7] = ["luc", "luciferase", "gfp", "egfp", "rfp", "lacz", "ns"];

/// Marks between the parts of a label.
pub(super) const MARKS: [char; 8] = ['_', '-', '.', ':', ' ', '#', '(', ')'];

/// Whether a label stands for a sample in which nothing was changed; an empty one does.
pub fn is_wild_type(cell: &str) -> bool {
    let lower = cell.trim().to_lowercase();
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
    /// Cells, which may be called after the changed gene; in series they rather are not.
    Line,
}

/// Plain names of columns with labels, the surest first.
pub(super) const LABEL_COLUMNS: [(&str, LabelColumn); 47] = [
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
    ("", LabelColumn::Line),
];

/// What a column of this name is about; none if its name says nothing about mutants.
pub(super) fn label_column(name: &str) -> Option<LabelColumn> {
    let name = plain(name);
    let known = LABEL_COLUMNS.iter().find(|(own, _)| *own == name);
    known.map(|&(_, about)| about)
}
