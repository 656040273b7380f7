//! Random systems of growing size.

use super::{Cases, Label, SuiteError, generated};
use crate::seed::Seed;
use crate::simulate::random::Law;
use crate::simulate::{LinearSettings, LinearSystem};

use super::super::Case;

/// Densities of the linear systems.
pub const DENSITIES: [f64; 2] = [0.05, 0.2];

/// A linear system of every density and a Hill system, each another one in every replicate.
pub(super) fn cases(genes: usize, law: Law, replicate: u32) -> Cases<'static> {
    let linear = DENSITIES
        .into_iter()
        .map(move |density| linear_case(&LinearSettings::new(genes, density), replicate));
    let hill = std::iter::once_with(move || {
        let label = Label {
            suite: "Hill".to_owned(),
            name: format!("hill_{genes}"),
            replicate,
        };
        generated::series(label, (law, genes), u64::from(replicate), 1)
    });
    Box::new(linear.chain(hill))
}

fn linear_case(settings: &LinearSettings, replicate: u32) -> Result<Case, SuiteError> {
    let percent = (100.0 * settings.density).round();
    let seed = Seed(u64::from(replicate));
    let system = LinearSystem::draw(settings, seed);
    let label = Label {
        suite: format!("linear, {percent} %"),
        name: format!("linear_{}_{percent}", settings.genes),
        replicate,
    };
    label.case(system.simulate(seed), &system.edges())
}
