//! Names of columns in lists of pairs, as programs and databases write them, in small letters with `_` for blanks,
//! points and dashes.

use crate::io::text::plain_name;

/// The gene that acts.
const SOURCE: &[&str] = &[
    "regulator",
    "regulators",
    "regulatorname",
    "regulatorgenename",
    "regulatorid",
    "regulatory_gene",
    "regulatorygene",
    "source",
    "tf",
    "tfs",
    "tfname",
    "tfid",
    "transcription_factor",
    "transcriptionfactor",
    "gene1",
    "gene_1",
    "gene_a",
    "genea",
    "from",
    "fromnode",
    "node1",
    "parent",
    "cause",
];

/// The gene that is acted on.
const TARGET: &[&str] = &[
    "target",
    "targets",
    "targetgene",
    "targetid",
    "targetname",
    "tg",
    "tgs",
    "gene2",
    "gene_2",
    "gene_b",
    "geneb",
    "to",
    "tonode",
    "gene",
    "genes",
    "genename",
    "geneid",
    "genesymbol",
    "node2",
    "child",
    "regulated",
    "regulatedname",
    "regulatedid",
];

/// Words around the name of a side that say how it is named.
const SYMBOLS: &[&str] = &[
    "symbol",
    "symbols",
    "name",
    "names",
    "gene",
    "genes",
    "genesymbol",
    "genename",
];
const IDENTIFIERS: &[&str] = &[
    "id",
    "ids",
    "ensembl",
    "entrez",
    "hgnc",
    "uniprot",
    "refseq",
    "accession",
    "locus",
    "tag",
];

/// A side of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PairSide {
    /// The gene that acts.
    Source,
    /// The gene that is acted on.
    Target,
}

/// The side that a plain name says, and whether it holds identifiers: `tf_id`, `regulator_gene_symbol`.
pub(super) fn pair_side(name: &str) -> Option<(PairSide, bool)> {
    let (mut name, mut identifiers) = (name, false);
    loop {
        match () {
            () if SOURCE.contains(&name) => return Some((PairSide::Source, identifiers)),
            () if TARGET.contains(&name) => return Some((PairSide::Target, identifiers)),
            () => {}
        }
        let known = |word: &str| SYMBOLS.contains(&word) || IDENTIFIERS.contains(&word);
        let (rest, word) = match (name.rsplit_once('_'), name.split_once('_')) {
            (Some((rest, word)), _) if known(word) => (rest, word),
            (_, Some((word, rest))) if known(word) => (rest, word),
            _ => return None,
        };
        identifiers |= IDENTIFIERS.contains(&word);
        name = rest;
    }
}

/// Whether a plain name is that of this side.
pub(super) fn is_side(name: &str, side: PairSide) -> bool {
    pair_side(name).is_some_and(|(known, _)| known == side)
}

/// Whether the pair is an edge.
pub(super) const EDGE: &[&str] = &[
    "edge",
    "is_edge",
    "edges",
    "label",
    "truth",
    "is_true",
    "exists",
    "true_edge",
    "is_target",
    "is_interaction",
    "interaction",
    "interacts",
    "binding",
    "bound",
    "is_bound",
    "binds",
    "regulates",
    "validated",
    "is_validated",
    "verified",
    "confirmed",
    "gold",
    "gold_standard",
    "ground_truth",
    "class",
    "present",
    "connected",
];

/// Flags of databases that say where a pair comes from, not whether it is one.
const PROVENANCE: &[&str] = &[
    "is_evidence",
    "evidence_",
    "consensus",
    "dorothea",
    "collectri",
    "omnipath",
    "kinaseextra",
    "ligrecextra",
    "pathwayextra",
    "mirnatarget",
    "tf_target",
    "tf_mirna",
    "lncrna",
    "small_molecule",
];

/// Whether a plain name says where a pair comes from.
pub(super) fn is_provenance(name: &str) -> bool {
    PROVENANCE.iter().any(|start| name.starts_with(start))
}

/// The sign of the edge.
pub(super) const SIGN: &[&str] = &[
    "sign",
    "type",
    "mor",
    "mode",
    "mode_of_regulation",
    "effect",
    "regulation",
    "regulation_type",
    "direction",
    "interaction",
    "interaction_type",
    "function",
    "action",
    "relation",
    "moa",
    "sign_decision",
];

/// Whether the regulator activates.
pub(super) const STIMULATION: &[&str] = &[
    "is_stimulation",
    "stimulation",
    "is_activation",
    "activation",
    "consensus_stimulation",
    "activates",
    "is_activating",
    "activating",
    "activate",
    "stimulates",
    "stimulating",
    "upregulates",
    "activator",
    "is_activator",
    "positive",
    "is_positive",
];

/// Whether the regulator represses.
pub(super) const INHIBITION: &[&str] = &[
    "is_inhibition",
    "inhibition",
    "is_repression",
    "repression",
    "consensus_inhibition",
    "represses",
    "repressing",
    "inhibits",
    "inhibiting",
    "downregulates",
    "repressor",
    "is_repressor",
    "negative",
    "is_negative",
];

/// Scores, the larger the surer.
pub(super) const SCORE: &[&str] = &[
    "score",
    "weight",
    "edgeweight",
    "edge_weight",
    "importance",
    "confidence",
    "evidence",
    "value",
    "probability",
    "prob",
    "coef_mean",
    "likelihood",
    "posterior",
    "pip",
    "frequency",
    "stability",
    "prior",
    "confidences",
    "combined_confidence",
    "combined_score",
    "combined_confidences",
];

/// Whether a value below 0 in a column of this plain name is repression, not a low score.
pub(super) fn is_signed(name: &str) -> bool {
    let squared = name.ends_with('2') || name.contains("sq") || name.contains("abs");
    SIGNED.contains(&name) || !squared && name.split('_').any(|word| SIGNED_WORDS.contains(&word))
}

/// What supports the pairs of a prior, the surest names first.
pub(super) const SUPPORT: &[&[&str]] = &[
    &["evidence"],
    &["coef_abs"],
    &[
        "weight",
        "edgeweight",
        "edge_weight",
        "importance",
        "coef_mean",
        "edge",
        "prior",
        "score",
        "confidence",
    ],
    &[
        "probability",
        "likelihood",
        "value",
        "mor",
        "mode",
        "type",
        "sign",
    ],
];

/// Words of names of columns whose sign is that of the regulation, `pearson_r` and `lasso_coef` among them.
const SIGNED_WORDS: &[&str] = &[
    "cor",
    "corr",
    "correlation",
    "pearson",
    "spearman",
    "kendall",
    "rho",
    "tau",
    "pcor",
    "beta",
    "coef",
    "coeff",
    "coefficient",
    "coefficients",
    "slope",
    "bicor",
];

/// Scores that are weights and may have a sign.
const SIGNED: &[&str] = &[
    "weight",
    "weights",
    "edgeweight",
    "edge_weight",
    "coef_mean",
    "r",
    "t",
    "z",
    "t_stat",
    "tstat",
    "t_value",
    "z_score",
    "zscore",
    "influence",
    "effect",
    "effect_size",
    "estimate",
];

/// Columns that name or count things beside the pair.
const OTHERS: &[&str] = &[
    "pmid",
    "pmids",
    "pubmed",
    "pubmed_id",
    "id",
    "index",
    "row",
    "n",
    "year",
    "count",
    "references",
    "n_references",
    "n_resources",
    "curation_effort",
    "resources",
    "sources",
    "is_directed",
    "unnamed_0",
    "database",
    "databases",
    "db",
    "source_db",
    "source_database",
    "method",
    "methods",
    "evidence_type",
    "species",
    "organism",
    "tissue",
    "cell_type",
    "celltype",
    "description",
    "comment",
    "comments",
    "note",
    "notes",
    "reference",
    "pathway",
    "taxon",
    "ncbi_tax_id",
    "consensus_direction",
    "strand",
    "lag",
    "lags",
    "best_lag",
    "time_lag",
    "delay",
    "chromosome",
    "chr",
];

/// Whether a plain name is that of a source, a target or a score.
pub(super) fn is_known(name: &str) -> bool {
    pair_side(name).is_some() || SCORE.contains(&name)
}

/// A name as the lists above spell it: RegulonDB numbers its columns (`1)riId`), and a minus before a logarithm turns
/// its direction round.
pub(super) fn plain(name: &str) -> String {
    let name = name.trim();
    let digits = name.trim_start_matches(|c: char| c.is_ascii_digit());
    let name = match digits.strip_prefix(')') {
        Some(rest) if digits.len() < name.len() => rest,
        _ => name,
    };
    match name.strip_prefix(['-', '\u{2212}']) {
        Some(rest) if rest.starts_with(char::is_alphabetic) => format!("neg_{}", plain_name(rest)),
        _ => plain_name(name),
    }
}

/// How the numbers of a column rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScoreOrder {
    /// The largest first.
    Descending,
    /// The smallest first: p-values, ranks.
    Ascending,
}

/// Whether a plain name says that the column holds neither scores nor signs.
pub(super) fn is_other(name: &str) -> bool {
    OTHERS.contains(&name) || name.ends_with("_id") || name.starts_with("n_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_are_known_with_the_kind_of_name_around_them() {
        for (name, side, identifiers) in [
            ("TF", PairSide::Source, false),
            ("tf_id", PairSide::Source, true),
            ("Regulator gene symbol", PairSide::Source, false),
            ("TF.ensembl.gene.id", PairSide::Source, true),
            ("source_genesymbol", PairSide::Source, false),
            ("gene_1", PairSide::Source, false),
            ("gene_source", PairSide::Source, false),
            ("gene", PairSide::Target, false),
            ("gene_id", PairSide::Target, true),
            ("target_gene_name", PairSide::Target, false),
            ("target_locus_tag", PairSide::Target, true),
            ("3)regulatedName", PairSide::Target, false),
        ] {
            assert_eq!(pair_side(&plain(name)), Some((side, identifiers)), "{name}");
        }
        for name in [
            "symbol",
            "id",
            "pmid",
            "tf_family",
            "source_db",
            "score",
            "",
            "locus_tag",
        ] {
            assert_eq!(pair_side(&plain(name)), None, "{name}");
        }
    }
}
