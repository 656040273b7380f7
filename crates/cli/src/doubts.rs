//! What to distrust in the answer of a model.

use cistron::field::Fitted;
use cistron::genes::{Gene, Genes};
use cistron::perturb::Response;

/// Names that are spelled out.
const SHOWN: usize = 5;

/// Genes that were held because they have shown no decay, and members that do not come to rest.
///
/// * `from_sample`: whether it starts from a measured state; its path holds no gene then
pub(crate) fn of_answer((model, response): (&Fitted, &Response), from_sample: bool) -> Vec<String> {
    let steady = response.times().is_empty();
    let drift = match steady || !from_sample {
        true => of_drift(response.genes(), response.drifting()),
        false => None,
    };
    let fitted = model.members.len();
    let lost = fitted - response.members();
    let lost = (lost > 0).then(|| {
        format!(
            "{lost} of {fitted} members of the ensemble do not come to rest; the bands are \
             without them"
        )
    });
    drift.into_iter().chain(lost).collect()
}

/// Genes that were held because they have shown no decay; none if there are none.
pub(crate) fn of_drift(genes: &Genes, drifting: &[Gene]) -> Option<String> {
    if drifting.is_empty() {
        return None;
    }
    let names = drifting.iter().map(|gene| genes.name(*gene));
    let names: Vec<&str> = names.take(SHOWN).collect();
    let more = match drifting.len() - names.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    Some(format!(
        "{} gene(s) have shown no decay, so where they come to rest is not known; in states at \
         rest they are held at the wild type's level of the data: {}{more}",
        drifting.len(),
        names.join(", ")
    ))
}
