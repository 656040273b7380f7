//! What the name of a column of scores says about their direction: of p-values, ranks and distances the smallest come
//! first.

use super::pair_words::SCORE;

/// What a name says about a column of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ScoreName {
    /// A score of a known name: the largest first.
    Score,
    /// An error probability.
    PValue,
    /// Its logarithm, of which the values tell whether it is the negative one.
    LogP,
    /// What grows with the certainty though its words are those of a p-value: `-log10(p)`, `1-p`.
    NegativeP,
    /// A rank, of which 1 is the surest.
    Rank,
    /// A distance, an error or a loss: the smallest first.
    Distance,
    /// The words of the name contradict each other.
    Uncertain,
    /// Nothing is known.
    Unknown,
}

/// Words for error probabilities.
const P_VALUES: [&str; 21] = [
    "evalue",
    "evalues",
    "pv",
    "qv",
    "qvals",
    "fdrs",
    "lfdr",
    "lfsr",
    "svalue",
    "svalues",
    "fwer",
    "bonf",
    "bonferroni",
    "holm",
    "hochberg",
    "bh",
    "pep",
    "pbh",
    "pbonf",
    "adjp",
    "padjust",
];

/// Words beside `p` or `q` that leave it a probability.
const QUALIFIERS: [&str; 36] = [
    "val",
    "vals",
    "value",
    "values",
    "adj",
    "adjust",
    "adjusted",
    "corr",
    "corrected",
    "correction",
    "raw",
    "nominal",
    "bh",
    "by",
    "holm",
    "hochberg",
    "bonf",
    "bonferroni",
    "fdr",
    "perm",
    "permutation",
    "emp",
    "empirical",
    "combined",
    "fisher",
    "wald",
    "lrt",
    "min",
    "max",
    "mean",
    "median",
    "edge",
    "two",
    "sided",
    "tailed",
    "one",
];

/// Words for what is the smaller the better.
const DISTANCES: [&str; 28] = [
    "distance",
    "distances",
    "dist",
    "error",
    "errors",
    "err",
    "loss",
    "losses",
    "mse",
    "rmse",
    "nrmse",
    "mae",
    "sse",
    "rss",
    "cost",
    "divergence",
    "dissimilarity",
    "discrepancy",
    "deviance",
    "residual",
    "residuals",
    "aic",
    "aicc",
    "bic",
    "nll",
    "perplexity",
    "uncertainty",
    "penalty",
];

/// Words that turn a distance into what it grows or shrinks by without or with the regulator.
const CHANGES: [&str; 12] = [
    "increase",
    "increased",
    "inc",
    "reduction",
    "reduced",
    "decrease",
    "decreased",
    "drop",
    "gain",
    "improvement",
    "explained",
    "importance",
];

/// Words that leave open which end is the surest.
const OPEN: [&str; 18] = [
    "score",
    "scores",
    "percentile",
    "percent",
    "pct",
    "quantile",
    "norm",
    "normalized",
    "normalised",
    "scaled",
    "delta",
    "diff",
    "difference",
    "change",
    "ratio",
    "std",
    "standard",
    "stat",
];

/// Words that turn a direction round.
const REVERSED: [&str; 7] = [
    "neg",
    "negative",
    "minus",
    "inverse",
    "inv",
    "reciprocal",
    "complement",
];

/// Words for what is the larger the better, unless they are turned round: `negative_log_likelihood`.
const CERTAINTIES: [&str; 7] = [
    "likelihood",
    "loglikelihood",
    "loglik",
    "probability",
    "prob",
    "posterior",
    "confidence",
];

/// Words beside `p` with which it is the probability of an edge, or an error probability.
const OF_EDGES: [&str; 8] = [
    "edge",
    "edges",
    "link",
    "true",
    "present",
    "interaction",
    "regulation",
    "inclusion",
];

/// What the plain name of a column says.
pub(super) fn score_name(name: &str) -> ScoreName {
    if SCORE.contains(&name) {
        return ScoreName::Score;
    }
    let words: Vec<&str> = name.split('_').flat_map(parts).collect();
    let has = |list: &[&str]| words.iter().any(|word| list.contains(word));
    let (reversed, open) = (has(&REVERSED) || words[0] == "1", has(&OPEN));
    let rank = words.iter().any(|word| is_rank(word));
    let of_edge = |pair: [&str; 2]| pair[0] == "p" && OF_EDGES.contains(&pair[1]);
    if let [a, b] = words[..]
        && (of_edge([a, b]) || of_edge([b, a]))
    {
        return ScoreName::Uncertain;
    }
    if reversed && has(&CERTAINTIES) {
        return ScoreName::Distance;
    }
    // transfer entropy is a score
    if has(&["entropy"]) && !has(&["transfer"]) {
        return ScoreName::Uncertain;
    }
    if is_p(&words) {
        return match (reversed, has(&["log"])) {
            _ if open => ScoreName::Uncertain,
            _ if rank => ScoreName::Rank,
            (true, _) => ScoreName::NegativeP,
            (false, true) => ScoreName::LogP,
            (false, false) => ScoreName::PValue,
        };
    }
    // `score_rank` is a rank, `rank_score` may be anything
    let ends = words.last().is_some_and(|word| is_rank(word)) && !has(&OPEN[2..]);
    match () {
        () if rank && open && !ends => ScoreName::Uncertain,
        () if rank && reversed => ScoreName::Score,
        () if rank => ScoreName::Rank,
        () if has(&DISTANCES) && (reversed || has(&CHANGES)) => ScoreName::Score,
        () if has(&DISTANCES) && open => ScoreName::Uncertain,
        () if has(&DISTANCES) => ScoreName::Distance,
        () if has(&["significance", "sig"]) => ScoreName::Uncertain,
        () => ScoreName::Unknown,
    }
}

/// A word, with a logarithm as a word of its own: `neglog10pval` is `neg`, `log`, `pval`.
fn parts(word: &str) -> Vec<&str> {
    let (neg, rest) = ["neg", "minus", "n", "m"]
        .iter()
        .find_map(|start| Some(("neg", word.strip_prefix(start)?)))
        .filter(|(_, rest)| rest.starts_with("log"))
        .unwrap_or(("", word));
    let log = ["log10", "log2", "log", "ln"]
        .iter()
        .find_map(|start| rest.strip_prefix(start));
    let rest = match log {
        Some(rest) if rest.is_empty() || is_p(&[rest]) => rest,
        _ => return vec![word],
    };
    let parts = [neg, "log", rest].into_iter();
    parts.filter(|part| !part.is_empty()).collect()
}

fn is_rank(word: &str) -> bool {
    ["ranks", "ranking", "rankings", "rk"].contains(&word)
        || word.ends_with("rank") && word != "pagerank"
}

fn beside_value(word: &str) -> bool {
    ["val", "vals", "value", "values"].contains(&word)
}

/// Whether words are those of an error probability.
fn is_p(words: &[&str]) -> bool {
    let known = |word: &&str| {
        P_VALUES.contains(word)
            || ["pval", "qval", "padj"]
                .iter()
                .any(|part| word.contains(part))
            || word.starts_with("fdr")
            || word.ends_with("fdr")
    };
    let beside = |word: &&str| {
        ["p", "q", "log", "1"].contains(word)
            || QUALIFIERS.contains(word)
            || REVERSED.contains(word)
    };
    // R writes `Pr(>|t|)`
    let of_r =
        words.len() == 2 && words[0] == "pr" && ["t", "f", "z", "chi", "chisq"].contains(&words[1]);
    let bare = words.iter().any(|word| ["p", "q"].contains(word)) && words.iter().all(beside);
    // `granger_p`, `p_granger`: a method beside it, no single letters
    let ends = [words.first(), words.last()];
    let of_method = ends.contains(&Some(&"p"))
        && words
            .iter()
            .all(|word| *word == "p" || word.len() > 2 && !OPEN.contains(word));
    let expect = words
        .windows(2)
        .any(|pair| pair[0] == "e" && beside_value(pair[1]));
    bare || of_r
        || of_method && words.len() == 2
        || expect
        || words.iter().any(known)
        || words.starts_with(&["false", "discovery"])
}

#[cfg(test)]
mod tests {
    use super::super::pair_words::plain;
    use super::*;

    fn all_say(expected: ScoreName, names: &[&str]) {
        for name in names {
            assert_eq!(score_name(&plain(name)), expected, "{name}");
        }
    }

    #[test]
    fn words_of_p_values_stay_p_values_among_others() {
        let names = "granger_p;E-value;p_granger;p;P.Value;pval_bonf;P.Value.adjusted;adj.P.Val;q-value;FDR;fdr_bh;padj;p_adj_bonf;adjPval;\
            Pr(>|t|);p.raw;bonferroni_p;false_discovery_rate;one-sided p;BH;edge_pvalue;q";
        let names: Vec<&str> = names.split(';').collect();
        all_say(ScoreName::PValue, &names);
        all_say(
            ScoreName::NegativeP,
            &[
                "-log10p",
                "-log10(p)",
                "neglog10_pvalue",
                "neglogp",
                "1-p",
                "minus_log_fdr",
                "mlog10p",
            ],
        );
        all_say(ScoreName::LogP, &["log10_pvalue", "log10p", "logP", "ln_p"]);
    }

    #[test]
    fn ranks_and_distances_are_the_smaller_the_better_unless_turned_round() {
        all_say(
            ScoreName::Rank,
            &[
                "rank",
                "rank_importance",
                "pos_rank",
                "mean rank",
                "Ranking",
                "score_rank",
                "avgrank",
                "p_rank",
            ],
        );
        all_say(
            ScoreName::Distance,
            &[
                "distance",
                "correlation_distance",
                "pred_error",
                "loss",
                "test.mse",
                "AIC",
            ],
        );
        all_say(
            ScoreName::Score,
            &[
                "importance",
                "weight",
                "inverse_rank",
                "error_increase",
                "loss reduction",
                "negative_loss",
            ],
        );
        all_say(
            ScoreName::Uncertain,
            &[
                "rank_score",
                "percentile_rank",
                "std_error",
                "delta_loss",
                "fdr_score",
            ],
        );
        all_say(
            ScoreName::Unknown,
            &[
                "unknown", "beta", "logFC", "pip_mean", "strength", "p_score", "pagerank", "",
            ],
        );
    }
}
