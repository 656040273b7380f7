//! Small networks, for tests.

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

/// Genes `g0`, `g1`, … of full level 1 and decay 1, each with its rule.
pub(super) fn with_unit_rates<const P: usize>(rules: [Rule; P]) -> Kinetics {
    let rates = rules.map(|rule| GeneKinetics {
        basal: 0.0,
        maximal: 1.0,
        splicing: None,
        mrna_decay: 1.0,
        protein: None,
        rule,
    });
    let names = Genes::new((0..P).map(|i| format!("g{i}"))).expect("distinct");
    Kinetics::new(names, rates.to_vec()).expect("valid")
}
