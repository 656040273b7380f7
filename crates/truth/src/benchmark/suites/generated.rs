//! Random networks with the experiments of DREAM4.

use super::{Label, SuiteError, data_seed};
use crate::simulate::random::{Law, NetworkSettings, model};
use cistron::seed::Seed;

use super::super::Case;

/// Network number `number`, with the data of a replicate.
pub(super) fn case(design: (Law, usize), number: u64, replicate: u32) -> Result<Case, SuiteError> {
    let label = Label {
        suite: format!("generated, {} genes", design.1),
        name: name(design.1, number),
        replicate,
    };
    series(label, design, number, replicate)
}

/// The name of network number `number`.
pub(super) fn name(genes: usize, number: u64) -> String {
    format!("random_{genes}_{number}")
}

/// A random network under this label.
pub(super) fn series(
    label: Label,
    (law, genes): (Law, usize),
    number: u64,
    replicate: u32,
) -> Result<Case, SuiteError> {
    let drawn = model(&NetworkSettings::dream4(law, genes), Seed(number));
    let drawn = drawn.map_err(|source| SuiteError::Network {
        name: label.name.clone(),
        source,
    })?;
    let data = drawn.time_series(data_seed(number, replicate));
    let data = data.map_err(|source| SuiteError::Rest {
        name: label.name.clone(),
        source,
    })?;
    let data = data.expect("DREAM4's design has time series");
    label.case(data, &drawn.kinetics.edges())
}
