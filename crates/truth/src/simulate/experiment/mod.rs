//! What is done to a known network, and how it is measured.

mod cells;
mod noise;
mod rest;
mod series;
mod steady;

pub use cells::{CellData, CellPlan, SimulatedCell, Splicing};
pub use noise::{Measurement, Noise};
pub use rest::NeverAtRest;
pub use series::{Design, SeriesPlan};
pub use steady::{SteadyPlan, SteadyStates, SteadyTable};

/// A setting outside of its range.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("`{field}` is {value}; it must be {rule}")]
pub struct ExperimentError {
    /// Name of the setting.
    pub field: &'static str,
    /// Its value.
    pub value: f64,
    /// What it has to be.
    pub rule: &'static str,
}

fn need(
    field: &'static str,
    value: f64,
    holds: bool,
    rule: &'static str,
) -> Result<(), ExperimentError> {
    if holds && value.is_finite() {
        Ok(())
    } else {
        Err(ExperimentError { field, value, rule })
    }
}

fn positive(field: &'static str, value: f64) -> Result<(), ExperimentError> {
    need(field, value, value > 0.0, "above 0")
}

fn no_less(field: &'static str, value: f64) -> Result<(), ExperimentError> {
    need(field, value, value >= 0.0, "0 or more")
}

/// 0 or more, and small enough for levels to stay numbers.
fn moderate(field: &'static str, value: f64) -> Result<(), ExperimentError> {
    let inside = (0.0..=1e3).contains(&value);
    need(field, value, inside, "between 0 and 1000")
}

/// Unregulated genes of full level 2 that are at half of it, for tests.
#[cfg(test)]
fn constitutive(genes: usize) -> super::kinetics::Kinetics {
    use super::kinetics::{GeneKinetics, Kinetics, Rule};
    let one = GeneKinetics {
        basal: 0.0,
        maximal: 1.0,
        splicing: None,
        mrna_decay: 0.5,
        protein: None,
        rule: Rule::Mix(vec![(0.5, Rule::On)]),
    };
    let names = cistron::genes::Genes::new((0..genes).map(|i| format!("g{i}"))).expect("distinct");
    Kinetics::new(names, vec![one; genes]).expect("valid")
}
