//! Do drawn wirings follow the laws that were asked for?

use super::*;
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
                    if edge.regulator != edge.target {
                        touched[edge.regulator.index()] = true;
                        touched[edge.target.index()] = true;
                    }
                }
                assert!(touched.iter().all(|&one| one), "{law:?} {genes} {seed}");
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
        let near = |found: f64, wanted: f64, by: f64| {
            assert!((found - wanted).abs() < by, "{law:?}: {found} for {wanted}");
        };
        near(shape.regulators, settings.regulators, 0.002);
        near(shape.mean_in_degree, settings.mean_in_degree, 0.1);
        near(shape.out_exponent, settings.out_exponent, 0.1);
        near(shape.activators, settings.activators, 0.05);
        near(shape.autoregulated, settings.autoregulation, 0.06);
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
    let mean = |settings: &WiringSettings| {
        let z = |seed| {
            let wiring = wire(settings, Seed(seed)).expect("in range");
            feed_forward_enrichment(&wiring, 20, Seed(1)).z()
        };
        (1..=5).map(z).sum::<f64>() / 5.0
    };
    assert!(mean(&settings) < 2.5, "{}", mean(&settings));
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

#[test]
fn genes_that_share_one_local_regulator_share_more_of_them_where_there_are_modules() {
    // of the pairs of genes with a common local regulator, the part with two or more
    let shared = |crosstalk| {
        let settings = WiringSettings {
            crosstalk,
            feed_forward: 0.0,
            ..WiringSettings::of(Law::Yeast, 400)
        };
        let wiring = wire(&settings, Seed(1)).expect("in range");
        let mut targets = vec![0; 400];
        for edge in wiring.edges() {
            targets[edge.regulator.index()] += 1;
        }
        let local =
            |edge: &&WiredEdge| targets[edge.regulator.index()] as f64 <= settings.module_size;
        let genes = wiring.names();
        let (mut one, mut more) = (0.0, 0.0);
        for a in genes.iter() {
            let of_a: Vec<&WiredEdge> = wiring.inputs(a).iter().filter(local).collect();
            for b in genes.iter().filter(|&b| b > a) {
                let of_b = wiring.inputs(b);
                let both =
                    |one: &&&WiredEdge| of_b.iter().any(|two| two.regulator == one.regulator);
                let common = of_a.iter().filter(both).count();
                one += f64::from(u8::from(common >= 1));
                more += f64::from(u8::from(common >= 2));
            }
        }
        more / one
    };
    // ten modules of 40: at 0.9, modules make no difference
    let (with, without) = (shared(0.1), shared(0.9));
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
    assert_eq!(error.field, "genes");
}

#[test]
fn a_loop_is_counted_once_and_by_its_type() {
    use cistron::genes::Gene;
    use cistron::network::Sign::{Activation, Repression};
    let edge = |from, to, sign| WiredEdge {
        regulator: Gene(from),
        target: Gene(to),
        sign,
    };
    let wiring = Wiring::new(
        4,
        vec![
            edge(0, 1, Activation),
            edge(1, 2, Repression),
            edge(0, 2, Activation),
            edge(2, 0, Activation),
            edge(3, 3, Repression),
        ],
    );
    let shape = WiringShape::of(&wiring);
    // 2 → 0 → 1 and 2 → 1 is missing: only the one loop
    assert_eq!((shape.loops.all, shape.loops.incoherent[0]), (1, 1));
    assert_eq!((shape.mutual, shape.on_cycles, shape.edges), (1, 1.0, 4));
    assert_eq!(shape.components, 2);
}
