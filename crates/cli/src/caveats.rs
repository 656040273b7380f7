//! Caveats of a simulated response: what limits its interpretation.

use cistron::field::{Fitted, VectorField};
use cistron::genes::{Gene, Genes};
use cistron::perturb::{InitialState, Response};
use cistron_report::count;

/// Names that are spelled out.
const SHOWN: usize = 5;

/// Doubts about the start, genes that were held because their decay rate is zero, and members without a steady state.
pub(crate) fn of_response(model: &Fitted, response: &Response) -> Vec<String> {
    let genes = response.genes();
    let start = of_start(model, response.start());
    let held = of_held_genes(genes, response.drifting());
    let fitted = model.members.len();
    let lost = fitted - response.members();
    let lost = (lost > 0).then(|| {
        let members = count(fitted, "member");
        let verb = if lost == 1 { "does" } else { "do" };
        format!(
            "{lost} of {members} of the ensemble {verb} not reach a steady state, and {} left out of the bands",
            if lost == 1 { "is" } else { "are" }
        )
    });
    let levels = model.is_static().then(|| LEVELS_ONLY.to_owned());
    let all = levels.into_iter().chain(start);
    all.chain(held).chain(lost).collect()
}

/// What is to be said of the state that simulations start from, and what to do; none if all is well.
pub(crate) fn of_start(model: &Fitted, start: &InitialState) -> Option<String> {
    start.needs_caveat().then(|| {
        let what = start.describe(model.field.genes());
        match model.is_static() {
            true => format!("simulations start from {what}"),
            false => format!(
                "simulations start from {what}; to start from a measured state, give `--from` with its name in states.tsv"
            ),
        }
    })
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
    let (has, its, is) = match held.len() {
        1 => ("has", "its steady state is", "it is"),
        _ => ("have", "their steady states are", "they are"),
    };
    Some(format!(
        "{} {has} no measurable decay, so {its} not determined; in steady states {is} held at the wild type's level of \
         the data: {}{more}",
        count(held.len(), "gene"),
        names.join(", ")
    ))
}
