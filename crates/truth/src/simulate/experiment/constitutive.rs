//! A network without regulation, for tests.

use crate::simulate::kinetics::{GeneKinetics, Kinetics, Rule};
use cistron::genes::Genes;

/// Unregulated genes of full level 2 that are at half of it.
pub(super) fn constitutive(genes: usize) -> Kinetics {
    let half_on = GeneKinetics {
        basal: 0.0,
        maximal: 1.0,
        splicing: None,
        mrna_decay: 0.5,
        protein: None,
        rule: Rule::Mix(vec![(0.5, Rule::On)]),
    };
    let names = Genes::new((0..genes).map(|i| format!("g{i}"))).expect("distinct");
    Kinetics::new(names, vec![half_on; genes]).expect("valid")
}
