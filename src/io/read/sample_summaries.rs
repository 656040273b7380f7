//! Rows and columns beside the samples of a table that sum them up: their total, mean or standard deviation.

use super::columns::plain;
use crate::io::text::if_any;

/// Names of rows and columns that sum up samples.
const SUMMARIES: [&str; 24] = [
    "total",
    "totals",
    "grand_total",
    "row_total",
    "sum",
    "sums",
    "row_sum",
    "mean",
    "means",
    "grand_mean",
    "row_mean",
    "average",
    "avg",
    "median",
    "sd",
    "std",
    "stdev",
    "std_dev",
    "standard_deviation",
    "sem",
    "standard_error",
    "variance",
    "min",
    "max",
];

/// Positions of the samples that were measured, and a note about those whose names say that they sum up others. Where
/// all names say so, one sample is what its name says of samples that are not there.
///
/// * `is_gene`: such a name is the label of a mutant
pub(super) fn measured_samples<S: AsRef<str>>(
    names: &[S],
    file: &str,
    is_gene: impl Fn(&str) -> bool,
) -> (Vec<usize>, Option<String>) {
    let sums = |name: &str| SUMMARIES.contains(&plain(name).as_str()) && !is_gene(name);
    let (others, measured): (Vec<usize>, Vec<usize>) =
        (0..names.len()).partition(|&at| sums(names[at].as_ref()));
    if measured.is_empty() {
        return (others, None);
    }
    let others: Vec<&str> = others.into_iter().map(|at| names[at].as_ref()).collect();
    let note = if_any(&others, |_, some| {
        format!("{file}: left out, as they sum up samples: {some}")
    });
    (measured, note)
}
