//! Caveats of a simulated response: what limits its interpretation.

use cistron::field::Fitted;
use cistron::genes::{Gene, Genes};
use cistron::perturb::Response;

/// Names that are spelled out.
const SHOWN: usize = 5;

/// Genes that were held because their decay rate is zero, and members without a steady state.
///
/// * `from_sample`: whether it starts from a measured state; over time, no gene is held then
pub(crate) fn of_response(model: &Fitted, response: &Response, from_sample: bool) -> Vec<String> {
    let steady = response.times().is_empty();
    let held = match steady || !from_sample {
        true => of_held_genes(response.genes(), response.drifting()),
        false => None,
    };
    let fitted = model.members.len();
    let lost = fitted - response.members();
    let lost = (lost > 0).then(|| {
        format!(
            "{lost} of {fitted} members of the ensemble do not reach a steady state; they are \
             left out of the bands"
        )
    });
    let levels = model.is_static().then(|| LEVELS_ONLY.to_owned());
    levels.into_iter().chain(held).chain(lost).collect()
}

/// Said of a model without rates.
const LEVELS_ONLY: &str = "the model was fitted to steady states without any series: which gene acts on which \
                           is not in them, except by a regulator list or interventions: predicted effects may go the other way round";

/// Genes that were held because their decay rate is zero; none if there are none.
pub(crate) fn of_held_genes(genes: &Genes, held: &[Gene]) -> Option<String> {
    if held.is_empty() {
        return None;
    }
    let names = held.iter().map(|gene| genes.name(*gene));
    let names: Vec<&str> = names.take(SHOWN).collect();
    let more = match held.len() - names.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    Some(format!(
        "{} gene(s) have no measurable decay, so their steady state is not determined; in steady \
         states they are held at the wild type's level of the data: {}{more}",
        held.len(),
        names.join(", ")
    ))
}
