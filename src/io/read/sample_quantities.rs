//! Several quantities of the same sample side by side: a mean and its standard deviation, a fold change and its
//! p-value, counts and TPM. What says how sure a level is, is not a level.

use std::collections::HashMap;

use super::columns::plain;
use super::name_tokens::tokens;
use super::sample_origin::SampleOrigin;
use super::score_names::{ScoreName, score_name};
use crate::io::text::{Fault, ReadError, name_some, shorten};

/// Plain names of numbers that say how sure a value is.
const SPREAD: [&str; 21] = [
    "sd", "se", "sem", "std", "stdev", "std_dev", "stderr", "std_err", "error", "var", "variance",
    "cv", "rsd", "mad", "iqr", "n", "ci", "lower", "upper", "lfcse", "stat",
];
/// Words beside the word of a statistic.
const BESIDE: [&str; 10] = [
    "adj",
    "adjusted",
    "val",
    "value",
    "dev",
    "deviation",
    "err",
    "standard",
    "rate",
    "of",
];
/// Averages of the samples of one time.
const AVERAGE: [&str; 5] = ["mean", "median", "avg", "average", "ave"];
/// Words for what was measured, that no condition is called.
const QUANTITY: [&str; 17] = [
    "count",
    "counts",
    "tpm",
    "fpkm",
    "rpkm",
    "cpm",
    "log2fc",
    "logfc",
    "lfc",
    "log2foldchange",
    "foldchange",
    "raw",
    "norm",
    "normalized",
    "normalised",
    "intensity",
    "signal",
];

/// Whether a column of this plain name says how sure a value is: a spread, a number of samples, a p-value.
pub(super) fn is_statistic(name: &str) -> bool {
    let p_value = || {
        let said = score_name(name);
        matches!(
            said,
            ScoreName::PValue | ScoreName::LogP | ScoreName::NegativeP
        )
    };
    SPREAD.contains(&name) || !name.is_empty() && p_value()
}

/// The name of a sample in its parts.
struct QuantityName {
    /// Words for a quantity, joined.
    quantity: String,
    statistic: bool,
    average: bool,
    /// All other words.
    sample: Vec<String>,
    /// The same without that of a replicate.
    group: Vec<String>,
}

impl QuantityName {
    fn of(name: &str) -> Self {
        let marks = ['_', ' ', '.', '-', '(', ')', '|', '/', ':'];
        let parts = tokens(name, &marks);
        let words: Vec<String> = parts.iter().map(|part| plain(&part.text)).collect();
        let statistic: Vec<bool> = words.iter().map(|word| is_statistic(word)).collect();
        let any = statistic.contains(&true);
        let is_quantity = |at: usize| {
            let word = words[at].as_str();
            statistic[at]
                || AVERAGE.contains(&word)
                || QUANTITY.contains(&word)
                || any && BESIDE.contains(&word)
        };
        let (said, others): (Vec<usize>, Vec<usize>) =
            (0..words.len()).partition(|&at| is_quantity(at));
        let pick = |list: Vec<usize>| list.into_iter().map(|at| words[at].clone()).collect();
        Self {
            quantity: said.iter().map(|&at| words[at].as_str()).collect(),
            statistic: any,
            average: said.iter().any(|&at| AVERAGE.contains(&words[at].as_str())),
            group: pick(
                others
                    .iter()
                    .copied()
                    .filter(|at| !parts[*at].is_replicate())
                    .collect(),
            ),
            sample: pick(others),
        }
    }

    fn has_number(&self) -> bool {
        let number = |word: &String| word.contains(|c: char| c.is_ascii_digit());
        self.sample.iter().any(number)
    }
}

/// Which names are statistics of samples that other names are of, or averages of their replicates.
pub(super) fn statistics_of_samples(names: &[&str]) -> Vec<bool> {
    let parts: Vec<QuantityName> = names.iter().map(|name| QuantityName::of(name)).collect();
    let of_another = |one: &QuantityName| {
        let mut others = parts.iter().filter(|other| !other.statistic);
        match (one.statistic, one.average) {
            (true, _) => {
                others.any(|other| other.sample == one.sample || other.group == one.sample)
            }
            (false, true) => others.any(|other| {
                !other.average && other.group == one.sample && other.sample != one.sample
            }),
            (false, false) => false,
        }
    };
    parts
        .iter()
        .map(|one| one.has_number() && !one.quantity.is_empty() && of_another(one))
        .collect()
}

/// Which names of genes are those of another one and a statistic, `TP53_sd` beside `TP53` or `TP53_mean`, where most
/// genes have one: a gene may be called `ABC.N` beside `ABC`.
pub(super) fn statistics_of_genes(names: &[&str]) -> Vec<bool> {
    let parts: Vec<(&str, String)> = names.iter().map(|name| name_and_word(name)).collect();
    let is_beside = |&(gene, ref word): &(&str, String)| {
        let others = || {
            parts
                .iter()
                .filter(|(other, word)| *other == gene && AVERAGE.contains(&word.as_str()))
        };
        is_statistic(word) && (names.contains(&gene) || others().next().is_some())
    };
    let beside: Vec<bool> = parts.iter().map(is_beside).collect();
    let count = beside.iter().filter(|is| **is).count();
    let others = names.len() - count;
    if count > 1 && 2 * count > others {
        beside
    } else {
        vec![false; names.len()]
    }
}

/// A name before its last word, and that word in small letters.
fn name_and_word(name: &str) -> (&str, String) {
    let split = name.trim().rsplit_once(['_', ' ', '.']);
    split.map_or((name, String::new()), |(gene, word)| {
        (gene, plain(word.trim_matches(|c| "()[]".contains(c))))
    })
}

/// Refuses two quantities of one sample, of which only one can be its levels.
///
/// # Errors   [`Fault::Shape`] with both, and what to leave out.
pub(super) fn refuse_two_quantities(
    names: &[String],
    origin: &SampleOrigin,
) -> Result<(), ReadError> {
    let parts: Vec<QuantityName> = names.iter().map(|name| QuantityName::of(name)).collect();
    let mut known: HashMap<&[String], usize> = HashMap::new();
    let mut pairs = (0..names.len()).filter_map(|at| {
        let first = *known.entry(&parts[at].sample).or_insert(at);
        (parts[first].quantity != parts[at].quantity).then_some((first, at))
    });
    let Some((first, second)) = pairs.next().filter(|&(_, at)| parts[at].has_number()) else {
        return Ok(());
    };
    let out: Vec<&str> = (names.iter().zip(&parts))
        .filter(|(_, one)| one.quantity == parts[second].quantity)
        .map(|(name, _)| name.as_str())
        .collect();
    let found = format!(
        "found two quantities of one sample: `{}` and `{}`",
        shorten(&names[first]),
        shorten(&names[second])
    );
    let cure = match origin {
        SampleOrigin::Columns { .. } => format!(
            "leave one of the two out: `--ignore {}` keeps the other",
            quoted(&out.join(","))
        ),
        SampleOrigin::Rows { .. } => {
            format!("remove the rows of one of the two: {}", name_some(&out))
        }
    };
    Err(ReadError::new(Fault::Shape, origin.place(second), found)
        .expecting("one quantity in one unit")
        .cured_by(cure))
}

/// The text as one argument of a shell.
fn quoted(text: &str) -> String {
    if text.contains(|c: char| c.is_whitespace() || "()|;&$*?".contains(c)) {
        format!("\"{text}\"")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn statistics<'n>(names: &[&'n str]) -> Vec<&'n str> {
        let are = statistics_of_samples(names);
        let pairs = names.iter().zip(are);
        pairs.filter(|(_, is)| *is).map(|(name, _)| *name).collect()
    }

    #[test]
    fn spreads_and_p_values_beside_their_samples_are_statistics() {
        for (names, expected) in [
            (
                &["0h_mean", "0h_SD", "2h_mean", "2h_SD"][..],
                &["0h_SD", "2h_SD"][..],
            ),
            (
                &["0h mean", "0h sem", "2h mean", "2h sem"],
                &["0h sem", "2h sem"],
            ),
            (
                &["0h", "2h", "0h_pval", "2h_adj.P.Val"],
                &["0h_pval", "2h_adj.P.Val"],
            ),
            (&["log2FC_2h", "padj_2h"], &["padj_2h"]),
            (
                &["WT_0h_rep1", "WT_0h_rep2", "WT_0h_mean", "WT_0h_SD"],
                &["WT_0h_mean", "WT_0h_SD"],
            ),
            // a diet, and numbers of replicates
            (&["SD_0h", "HFD_0h"], &[]),
            (&["0h_n1", "0h_n2"], &[]),
            (&["SD_0h", "SD_2h"], &[]),
        ] {
            assert_eq!(statistics(names), expected, "{names:?}");
        }
    }

    #[test]
    fn spreads_beside_most_genes_are_statistics() {
        for (names, expected) in [
            (&["TP53", "TP53_sd", "MYC", "MYC_sd"][..], &[1, 3][..]),
            (
                &["TP53_mean", "TP53 SEM", "MYC.mean", "MYC.sem", "SPI1_mean"],
                &[1, 3],
            ),
            (&["TP53", "TP53 n", "MYC", "MYC n", "GATA1"], &[1, 3]),
            (&["ABC", "ABC.N", "MYC", "SPI1", "SOX2"], &[]),
            (&["MYC", "SD", "SPI1"], &[]),
        ] {
            let are = statistics_of_genes(names);
            let found: Vec<usize> = (0..names.len()).filter(|at| are[*at]).collect();
            assert_eq!(found, expected, "{names:?}");
        }
    }

    #[test]
    fn two_quantities_of_one_sample_are_refused_with_the_columns_to_leave_out() {
        let refused = |names: &[&str]| {
            let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
            let columns = (2..).zip(&names).map(|(at, name)| (at, name.clone()));
            let origin = SampleOrigin::Columns {
                file: "d".to_owned(),
                columns: columns.collect(),
            };
            refuse_two_quantities(&names, &origin).map_err(|error| error.to_string())
        };
        let error = refused(&["0h_counts", "0h_TPM", "2h_counts", "2h_TPM"]).expect_err("two");
        assert!(error.contains("`--ignore 0h_TPM,2h_TPM`"), "{error}");
        let error = refused(&["0h counts", "0h TPM"]).expect_err("two");
        assert!(error.contains("`--ignore \"0h TPM\"`"), "{error}");
        for names in [
            &["WT_0h_rep1", "WT_0h_rep2", "KO_0h_rep1"][..],
            &["0h_TPM", "2h_TPM"],
            &["raw_0h", "cooked_0h"],
            &["0h", "0h.1", "2h"],
        ] {
            assert_eq!(refused(names), Ok(()), "{names:?}");
        }
    }
}
