//! The published circuits.

use super::{Cases, Label, SuiteError, data_seed};
use crate::simulate::{KnownNetwork, LIBRARY};

use super::super::Case;

/// One replicate of every circuit that has a plan of time series.
pub(super) fn cases(replicate: u32) -> Cases<'static> {
    Box::new(LIBRARY.iter().filter_map(move |one| case(one, replicate)))
}

fn case(network: &KnownNetwork, replicate: u32) -> Option<Result<Case, SuiteError>> {
    let model = network.read();
    let label = Label {
        suite: "small".to_owned(),
        name: network.name.to_owned(),
        replicate,
    };
    match model.time_series(data_seed(1, replicate)) {
        Ok(None) => None,
        Ok(Some(data)) => Some(label.case(data, &model.kinetics.edges())),
        Err(source) => Some(Err(SuiteError::Rest {
            name: label.name,
            source,
        })),
    }
}
