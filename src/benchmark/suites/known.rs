//! The published circuits.

use super::{Cases, Label, SuiteError, data_seed};
use crate::simulate::{KnownNetwork, LIBRARY};

use super::super::Case;

/// One replicate of every circuit that has a plan of time series.
///
/// A circuit in which every gene acts on every other, as in the toggle switch, is left out: no
/// order of its edges is better than another.
pub(super) fn cases(replicate: u32) -> Cases<'static> {
    Box::new(LIBRARY.iter().filter_map(move |one| case(one, replicate)))
}

fn case(network: &KnownNetwork, replicate: u32) -> Option<Result<Case, SuiteError>> {
    let model = network.read();
    let genes = model.kinetics.genes().len();
    let edges = model.kinetics.edges();
    let apart = edges.iter().filter(|edge| edge.source != edge.target);
    if apart.count() == genes * (genes - 1) {
        return None;
    }
    let label = Label {
        suite: "small".to_owned(),
        name: network.name.to_owned(),
        replicate,
    };
    match model.time_series(data_seed(1, replicate)) {
        Ok(None) => None,
        Ok(Some(data)) => Some(label.case(data, &edges)),
        Err(source) => Some(Err(SuiteError::Rest {
            name: label.name,
            source,
        })),
    }
}
