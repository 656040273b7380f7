//! The published circuits.

use super::labelled_case::{Cases, Label, SuiteError, data_seed};
use crate::benchmark::Case;
use crate::simulate::{KnownNetwork, LIBRARY};

/// One replicate of every circuit that has a plan of time series.
///
/// A circuit in which every gene acts on every other, as in the toggle switch, is left out: no
/// order of its edges is better than another.
pub(super) fn cases(replicate: u32) -> Cases<'static> {
    Box::new(chosen().filter_map(move |network| case(network, replicate)))
}

/// The names of [`cases`].
pub(super) fn names() -> impl Iterator<Item = String> {
    chosen().map(|network| network.name.to_owned())
}

fn chosen() -> impl Iterator<Item = &'static KnownNetwork> {
    LIBRARY.iter().filter(|network| {
        let model = network.read();
        let (genes, edges) = (model.kinetics.genes().len(), model.kinetics.edges());
        let apart = edges.iter().filter(|edge| edge.source != edge.target);
        model.plan.series.is_some() && apart.count() < genes * (genes - 1)
    })
}

fn case(network: &KnownNetwork, replicate: u32) -> Option<Result<Case, SuiteError>> {
    let model = network.read();
    let edges = model.kinetics.edges();
    let label = Label {
        suite: "small".to_owned(),
        name: network.name.to_owned(),
        replicate,
    };
    match model.time_series(data_seed(1, replicate)) {
        Ok(None) => None,
        Ok(Some(data)) => Some(label.case(data, &edges)),
        Err(source) => Some(Err(SuiteError::SteadyState {
            name: label.name,
            source,
        })),
    }
}
