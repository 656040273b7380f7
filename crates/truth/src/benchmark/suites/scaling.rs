//! Random systems of growing size.

use super::generated::{self, RandomNetwork};
use super::labelled_case::{Cases, Label, SuiteError};
use crate::benchmark::Case;
use crate::simulate::random::Law;
use crate::simulate::{LinearSettings, LinearSystem};
use cistron::seed::Seed;

/// Densities of the linear systems.
const DENSITIES: [f64; 2] = [0.05, 0.2];

/// A linear system of every density and a Hill system, each another one in every replicate.
pub(super) fn cases(genes: usize, law: Law, replicate: u32) -> Cases<'static> {
    let linear = DENSITIES
        .into_iter()
        .map(move |density| linear_case(&LinearSettings::new(genes, density), replicate));
    let hill = std::iter::once_with(move || {
        let label = Label {
            suite: "Hill".to_owned(),
            name: hill_name(genes, replicate),
            replicate,
        };
        let network = RandomNetwork {
            law,
            genes,
            number: u64::from(replicate),
        };
        generated::series(label, network, 1)
    });
    Box::new(linear.chain(hill))
}

/// The names of [`cases`]: each replicate is another network.
pub(super) fn names(genes: usize, replicate: u32) -> impl Iterator<Item = String> {
    let linear = DENSITIES.map(|density| linear_name(genes, density, replicate));
    linear.into_iter().chain([hill_name(genes, replicate)])
}

fn hill_name(genes: usize, replicate: u32) -> String {
    format!("hill_{genes}_{replicate}")
}

fn linear_name(genes: usize, density: f64, replicate: u32) -> String {
    format!("linear_{genes}_{}_{replicate}", percent(density))
}

fn percent(density: f64) -> f64 {
    (100.0 * density).round()
}

fn linear_case(settings: &LinearSettings, replicate: u32) -> Result<Case, SuiteError> {
    let seed = Seed(u64::from(replicate));
    let system = LinearSystem::draw(settings, seed);
    let label = Label {
        suite: format!("linear, {} %", percent(settings.density)),
        name: linear_name(settings.genes, settings.density, replicate),
        replicate,
    };
    label.case(system.simulate(seed), &system.edges())
}
