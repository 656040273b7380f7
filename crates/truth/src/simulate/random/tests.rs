//! Do drawn wirings follow the laws that were asked for?

use super::*;
use crate::simulate::TrueEdge;
use cistron::genes::Gene;
use cistron::seed::Seed;

const LAWS: [Law; 2] = [Law::Bacterial, Law::Yeast];

fn drawn(law: Law, genes: usize, seed: u64) -> Wiring {
    wire(&WiringSettings::of(law, genes), Seed(seed)).expect("settings of a law")
}

#[test]
fn every_size_gives_one_connected_network_in_which_every_gene_has_an_edge() {
    for law in LAWS {
        for genes in (5..40).chain([50, 100, 333, 1_000]) {
            for seed in 1..=3 {
                let wiring = drawn(law, genes, seed);
                let shape = WiringShape::of(&wiring);
                assert_eq!(shape.components, 1, "{law:?} {genes} {seed}");
                let mut touched = vec![false; genes];
                for edge in wiring.edges() {
                    if edge.source != edge.target {
                        touched[edge.source.index()] = true;
                        touched[edge.target.index()] = true;
                    }
                }
                assert!(!touched.contains(&false), "{law:?} {genes} {seed}");
            }
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_network_and_another_seed_another() {
    assert_eq!(drawn(Law::Yeast, 200, 1), drawn(Law::Yeast, 200, 1));
    assert_ne!(drawn(Law::Yeast, 200, 1), drawn(Law::Yeast, 200, 2));
}

#[test]
fn degrees_follow_the_laws_that_were_asked_for() {
    for law in LAWS {
        let settings = WiringSettings::of(law, 3_000);
        let shape = WiringShape::of(&drawn(law, 3_000, 1));
        for (found, wanted, by) in [
            (shape.regulators, settings.regulators, 0.002),
            (shape.mean_in_degree, settings.mean_in_degree, 0.1),
            (shape.out_exponent, settings.out_exponent, 0.1),
            (shape.activators, settings.activators, 0.05),
            (shape.autoregulated, settings.autoregulation, 0.06),
        ] {
            assert!((found - wanted).abs() < by, "{law:?}: {found} for {wanted}");
        }
        // inputs fall off exponentially: e^−λ between one half and two thirds
        assert!((0.4..0.75).contains(&shape.in_rate), "{}", shape.in_rate);
        assert!(shape.most_inputs < 40, "{}", shape.most_inputs);
        assert!(shape.most_targets > 100, "{}", shape.most_targets);
    }
}

#[test]
fn feed_forward_loops_are_more_than_the_degrees_explain() {
    for law in LAWS {
        let mut scores: Vec<f64> = (1..=5)
            .map(|seed| feed_forward_enrichment(&drawn(law, 300, seed), 20, Seed(1)).z())
            .collect();
        scores.sort_by(f64::total_cmp);
        assert!(scores[2] > 3.0, "{law:?}: {scores:?}");
    }
}

#[test]
fn without_closing_there_are_as_many_loops_as_the_degrees_explain() {
    // one module and no closing: what is left is the hierarchy
    let settings = WiringSettings {
        feed_forward: 0.0,
        module_size: 300.0,
        ..WiringSettings::of(Law::Yeast, 300)
    };
    let scores = (1..=5).map(|seed| {
        let wiring = wire(&settings, Seed(seed)).expect("in range");
        feed_forward_enrichment(&wiring, 20, Seed(1)).z()
    });
    let mean = scores.sum::<f64>() / 5.0;
    assert!(mean < 2.5, "{mean}");
}

#[test]
fn the_two_types_one_are_the_most_frequent_loops() {
    for law in LAWS {
        let mut sums = FeedForwardLoops::default();
        for seed in 1..=10 {
            let loops = FeedForwardLoops::count(&drawn(law, 300, seed));
            for kind in 0..4 {
                sums.coherent[kind] += loops.coherent[kind];
                sums.incoherent[kind] += loops.incoherent[kind];
            }
        }
        let others = sums.coherent[1..].iter().chain(&sums.incoherent[1..]);
        let most = *others.max().expect("six types");
        assert!(sums.coherent[0] > most, "{sums:?}");
        assert!(sums.incoherent[0] > most, "{sums:?}");
    }
}

#[test]
fn no_feedback_means_no_cycle() {
    let settings = WiringSettings {
        feedback: 0.0,
        ..WiringSettings::of(Law::Yeast, 200)
    };
    for seed in 1..=5 {
        let wiring = wire(&settings, Seed(seed)).expect("in range");
        assert_eq!(WiringShape::of(&wiring).on_cycles, 0.0);
    }
}

/// Of the pairs of genes with a common local regulator, the part with two or more.
fn shared_regulators(crosstalk: f64) -> f64 {
    let settings = WiringSettings {
        crosstalk,
        feed_forward: 0.0,
        ..WiringSettings::of(Law::Yeast, 400)
    };
    let wiring = wire(&settings, Seed(1)).expect("in range");
    let mut targets = vec![0; 400];
    for edge in wiring.edges() {
        targets[edge.source.index()] += 1;
    }
    let genes = wiring.names();
    let (mut sharing, mut more) = (0.0, 0.0);
    for a in genes.iter() {
        let mut local: Vec<Gene> = wiring.inputs(a).iter().map(|edge| edge.source).collect();
        local.retain(|regulator| targets[regulator.index()] as f64 <= settings.module_size);
        for b in genes.iter().filter(|&b| b > a) {
            let inputs = wiring.inputs(b).iter();
            let common = inputs.filter(|edge| local.contains(&edge.source)).count();
            sharing += f64::from(u8::from(common >= 1));
            more += f64::from(u8::from(common >= 2));
        }
    }
    more / sharing
}

#[test]
fn genes_that_share_one_local_regulator_share_more_of_them_where_there_are_modules() {
    // ten modules of 40: at 0.9, modules make no difference
    let (with, without) = (shared_regulators(0.1), shared_regulators(0.9));
    assert!(with > 1.5 * without, "{with} and {without}");
}

#[test]
fn a_setting_out_of_range_is_named_with_what_it_has_to_be() {
    let settings = WiringSettings {
        feedback: 1.5,
        ..WiringSettings::of(Law::Bacterial, 100)
    };
    let error = wire(&settings, Seed(1)).expect_err("above 1");
    let message = "`feedback` of the random network is 1.5; it must be from 0 to 1";
    assert_eq!(error.to_string(), message);
    let error = wire(&WiringSettings::of(Law::Bacterial, 4), Seed(1)).expect_err("too few");
    assert_eq!(error.0.field, "genes");
}

#[test]
fn a_loop_is_counted_once_and_by_its_type() {
    use cistron::network::Sign::{Activation, Repression};
    let edges = [
        (0, 1, Activation),
        (1, 2, Repression),
        (0, 2, Activation),
        (2, 0, Activation),
        (3, 3, Repression),
    ];
    let edges = edges.map(|(source, target, sign)| TrueEdge {
        source: Gene(source),
        target: Gene(target),
        sign,
    });
    let wiring = Wiring::new(4, edges.to_vec());
    let shape = WiringShape::of(&wiring);
    // 2 → 0 → 1 and 2 → 1 is missing: only the one loop
    assert_eq!((shape.loops.all, shape.loops.incoherent[0]), (1, 1));
    assert_eq!((shape.mutual, shape.on_cycles, shape.edges), (1, 1.0, 4));
    assert_eq!(shape.components, 2);
}
