//! Names of columns in lists of pairs, as programs and databases write them, in small letters with `_` for blanks,
//! points and dashes.

/// The gene that acts.
pub(super) const SOURCE: &[&str] = &[
    "regulator",
    "regulators",
    "regulator_gene",
    "regulator_name",
    "regulator_symbol",
    "regulatorname",
    "source",
    "source_gene",
    "source_genesymbol",
    "source_name",
    "source_symbol",
    "tf",
    "tfs",
    "tf_name",
    "tf_symbol",
    "tf_gene",
    "tfname",
    "transcription_factor",
    "transcriptionfactor",
    "gene1",
    "gene_1",
    "gene_a",
    "genea",
    "from",
    "from_gene",
    "fromnode",
    "node1",
    "parent",
    "cause",
    "regulatorgenename",
    "regulatorid",
    "tfid",
];

/// The gene that is acted on.
pub(super) const TARGET: &[&str] = &[
    "target",
    "targets",
    "target_gene",
    "target_genes",
    "target_name",
    "target_symbol",
    "target_genesymbol",
    "targetgene",
    "tg",
    "tgs",
    "gene2",
    "gene_2",
    "gene_b",
    "geneb",
    "to",
    "to_gene",
    "tonode",
    "gene",
    "genes",
    "gene_name",
    "gene_symbol",
    "gene_id",
    "genename",
    "node2",
    "child",
    "regulated",
    "regulated_gene",
    "regulatedname",
    "regulatedid",
    "geneid",
];

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
];

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
    "inhibits",
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
];

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

/// Scores that are weights and may have a sign.
pub(super) const SIGNED: &[&str] = &["weight", "edgeweight", "edge_weight", "coef_mean"];

/// Error probabilities: the smaller the surer.
const P_VALUES: &[&str] = &[
    "p",
    "pv",
    "pval",
    "pvals",
    "pvalue",
    "pvalues",
    "p_val",
    "p_value",
    "p_values",
    "padj",
    "p_adj",
    "p_adjust",
    "p_adjusted",
    "pval_adj",
    "pvals_adj",
    "p_val_adj",
    "pvalue_adj",
    "p_value_adj",
    "adj_p",
    "adj_p_val",
    "adj_pval",
    "adj_p_value",
    "adjusted_p",
    "adjusted_pvalue",
    "adjusted_p_value",
    "q",
    "qv",
    "qval",
    "qvalue",
    "q_val",
    "q_value",
    "fdr",
    "fdr_q",
    "bh",
    "bonferroni",
    "fwer",
    "false_discovery_rate",
    "local_fdr",
    "lfdr",
    "pep",
];

/// Ranks, of which 1 is the surest.
pub(super) const RANKS: &[&str] = &["rank", "ranking"];

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
    "unnamed:_0",
    "taxon",
    "ncbi_tax_id",
    "consensus_direction",
    "strand",
    "chromosome",
    "chr",
];

/// Whether a plain name is that of a source, a target or a score.
pub(super) fn is_known(name: &str) -> bool {
    [SOURCE, TARGET, SCORE]
        .iter()
        .any(|words| words.contains(&name))
}

/// A name as the lists above spell it: RegulonDB numbers its columns (`1)riId`).
pub(super) fn plain(name: &str) -> String {
    let name = name.trim_start_matches('#').trim();
    let digits = name.trim_start_matches(|c: char| c.is_ascii_digit());
    let name = match digits.strip_prefix(')') {
        Some(rest) if digits.len() < name.len() => rest,
        _ => name,
    };
    name.to_lowercase().replace([' ', '.', '-'], "_")
}

/// How the numbers of a column rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScoreOrder {
    /// The largest first.
    Descending,
    /// The smallest first: p-values, ranks.
    Ascending,
}

/// Whether a plain name is that of an error probability.
pub(super) fn is_p_value(name: &str) -> bool {
    P_VALUES.contains(&name)
}

/// Whether a plain name is that of a negative logarithm of one: `-log10p`, `neg_log_pvalue`, `minus_log10_fdr`.
pub(super) fn is_negative_log_p(name: &str) -> bool {
    let starts = [
        "_log10",
        "_log",
        "neglog10",
        "neglog",
        "neg_log10",
        "neg_log",
        "nlog10",
        "nlog",
        "minus_log10",
        "minus_log",
        "mlog10",
        "mlog",
    ];
    let rest = starts.iter().find_map(|start| name.strip_prefix(start));
    rest.is_some_and(is_p_in_brackets)
}

/// Whether a plain name is that of a logarithm of one.
pub(super) fn is_log_p(name: &str) -> bool {
    let rest = ["log10", "log", "ln"]
        .iter()
        .find_map(|start| name.strip_prefix(start));
    rest.is_some_and(is_p_in_brackets)
}

fn is_p_in_brackets(rest: &str) -> bool {
    let rest = rest.trim_matches(['(', ')', '_', '[', ']']);
    is_p_value(rest)
}

/// Whether a plain name says that the column holds neither scores nor signs.
pub(super) fn is_other(name: &str) -> bool {
    OTHERS.contains(&name) || name.ends_with("_id") || name.starts_with("n_")
}
