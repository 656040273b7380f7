//! Random networks with the experiments of DREAM4.

use super::labelled_case::{Label, SuiteError, data_seed};
use crate::benchmark::Case;
use crate::simulate::random::{Law, NetworkSettings, draw_model};
use cistron::seed::Seed;

/// One network of a law and a size; each number is another network.
#[derive(Clone, Copy)]
pub(super) struct RandomNetwork {
    pub(super) law: Law,
    pub(super) genes: usize,
    pub(super) number: u64,
}

/// A random network with the data of a replicate.
pub(super) fn case(network: RandomNetwork, replicate: u32) -> Result<Case, SuiteError> {
    let label = Label {
        suite: format!("generated, {} genes", network.genes),
        name: name(network.genes, network.number),
        replicate,
    };
    series(label, network, replicate)
}

/// The name of network number `number`.
pub(super) fn name(genes: usize, number: u64) -> String {
    format!("random_{genes}_{number}")
}

/// A random network under this label.
///
/// * `replicate`: of the data
pub(super) fn series(
    label: Label,
    network: RandomNetwork,
    replicate: u32,
) -> Result<Case, SuiteError> {
    let settings = NetworkSettings::dream4(network.law, network.genes);
    let drawn = draw_model(&settings, Seed(network.number));
    let drawn = drawn.map_err(|source| SuiteError::Network {
        name: label.name.clone(),
        source,
    })?;
    let data = drawn.time_series(data_seed(network.number, replicate));
    let data = data.map_err(|source| SuiteError::SteadyState {
        name: label.name.clone(),
        source,
    })?;
    let data = data.expect("DREAM4's design has time series");
    label.case(data, &drawn.kinetics.edges())
}
