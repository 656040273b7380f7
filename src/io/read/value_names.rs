//! The scale of levels by the name of their column: `log2_expression`, `log10(TPM + 1)`, `Cq`.

use super::columns::plain;
use crate::expression::Stored;

/// Cycles of a polymerase chain reaction at which a threshold is reached: one fewer for twice the level.
const CYCLES: [&str; 12] = [
    "cq",
    "ct",
    "cp",
    "dct",
    "dcq",
    "ddct",
    "ddcq",
    "delta_ct",
    "delta_cq",
    "delta_delta_ct",
    "cycle_threshold",
    "threshold_cycle",
];
/// Levels relative to those of another sample.
const RATIOS: [&str; 6] = [
    "fold_change",
    "foldchange",
    "fc",
    "rq",
    "ratio",
    "relative_quantity",
];

/// Whether a name is that of cycles, which fall as the level rises.
pub(super) fn falls_with_level(name: &str) -> bool {
    CYCLES.contains(&plain(name).as_str())
}

/// The scale that the name of a column of values says; none if it says none.
pub(super) fn scale_of_name(name: &str) -> Option<Stored> {
    let lower = name.to_lowercase();
    let plain = plain(name);
    if falls_with_level(name) {
        return Some(Stored::Log2Ratio);
    }
    if RATIOS.contains(&plain.as_str()) {
        return Some(Stored::Ratio);
    }
    let one = lower.replace(' ', "").contains("+1");
    let words: Vec<&str> = plain.split('_').collect();
    let ratio = ["fc", "ratio", "foldchange", "change"]
        .iter()
        .any(|end| words.iter().any(|word| word.ends_with(end)));
    words.iter().find_map(|word| {
        Some(match *word {
            "logcounts" | "log2p1" | "log2p" | "log2plus1" => Stored::Log2p1,
            "log1p" => Stored::Log1p,
            "vst" | "rlog" | "rma" => Stored::Log2,
            word if word.starts_with("log2") && ratio => Stored::Log2Ratio,
            word if word.starts_with("log2") && one => Stored::Log2p1,
            word if word.starts_with("log2") => Stored::Log2,
            word if word.starts_with("log10") && !one && !ratio => Stored::Log10,
            "ln" if one => Stored::Log1p,
            "ln" if !ratio => Stored::Ln,
            word if word.starts_with("log") && is_log(word) => match (ratio, one) {
                (true, _) => Stored::LogRatio,
                (_, true) => Stored::LogPlusOne,
                _ => Stored::Log,
            },
            _ => return None,
        })
    })
}

/// Whether a word begins with a logarithm and not with `logistic` or `login`.
fn is_log(word: &str) -> bool {
    let rest = word.trim_start_matches("log").trim_start_matches("10");
    let quantities = [
        "",
        "fc",
        "ratio",
        "foldchange",
        "expr",
        "expression",
        "level",
        "tpm",
        "fpkm",
        "rpkm",
        "cpm",
        "counts",
    ];
    quantities.contains(&rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_values_say_their_scale() {
        for (names, scale) in [
            (
                &["log2", "log2_expression", "Log2 TPM", "log2(CPM)", "vst"][..],
                Stored::Log2,
            ),
            (&["log2(TPM + 1)", "logcounts", "log2p1"], Stored::Log2p1),
            (&["log1p", "ln(x+1)"], Stored::Log1p),
            (&["log10", "log10_level"], Stored::Log10),
            (
                &["log2_ratio", "log2FC", "Cq", "ddCt", "delta_Ct"],
                Stored::Log2Ratio,
            ),
            (&["fold_change", "RQ"], Stored::Ratio),
            (&["log_expression", "logTPM"], Stored::Log),
        ] {
            for name in names {
                assert_eq!(scale_of_name(name), Some(scale), "{name}");
            }
        }
        for name in [
            "value",
            "TPM",
            "expression",
            "logistic",
            "login",
            "quantity",
            "counts",
        ] {
            assert_eq!(scale_of_name(name), None, "{name}");
        }
    }
}
