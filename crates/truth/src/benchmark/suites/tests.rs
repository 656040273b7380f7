//! Suites are what they are said to be, and the same every time.

use super::Suite;
use super::labelled_case::data_seed;
use crate::benchmark::Case;
use crate::simulate::random::Law;
use cistron::seed::Seed;

fn cases(suite: &Suite, replicates: u32) -> Vec<Case> {
    let made: Result<_, _> = suite.cases(replicates).collect();
    made.expect("every network gives a case")
}

fn first_value(case: &Case) -> f64 {
    let data = case.data.series().expect("suites have time series");
    data.series()[0].values()[(1, 0)]
}

#[test]
fn a_replicate_has_new_data_of_the_same_network() {
    let generated = Suite::Generated {
        first: 3,
        networks: 2,
        genes: 10,
        law: Law::Bacterial,
    };
    let all = cases(&generated, 2);
    assert_eq!(all.len(), 4);
    let names: Vec<_> = all
        .iter()
        .map(|case| (&*case.name, case.replicate))
        .collect();
    assert_eq!(names[1], ("random_10_4", 1));
    assert_eq!(names[2], ("random_10_3", 2));
    assert_eq!(all[0].truth, all[2].truth);
    assert_ne!(all[0].truth, all[1].truth);
    assert_ne!(first_value(&all[0]), first_value(&all[2]));
}

#[test]
fn replicates_of_neighbouring_networks_have_seeds_of_their_own() {
    assert_eq!(data_seed(7, 1), Seed(7));
    assert_ne!(data_seed(7, 2), data_seed(8, 1));
}

#[test]
fn only_pairs_into_the_target_are_judged_in_logic() {
    let all = cases(&Suite::Logic, 1);
    let edges: Vec<_> = all.iter().map(|case| case.truth.edge_count()).collect();
    assert_eq!(edges, [2, 1]);
    let into = all.iter().flat_map(|case| case.truth.pairs());
    assert!(
        into.map(|pair| pair.target.index())
            .all(|target| target == 0)
    );
}

#[test]
fn scaling_has_every_density_and_hill_kinetics_at_every_size() {
    let scaling = Suite::Scaling {
        sizes: vec![5, 12],
        law: Law::Yeast,
    };
    let names = cases(&scaling, 1);
    let names: Vec<_> = names.iter().map(|case| case.name.as_str()).collect();
    let expected = [
        "linear_5_5_1",
        "linear_5_20_1",
        "hill_5_1",
        "linear_12_5_1",
        "linear_12_20_1",
        "hill_12_1",
    ];
    assert_eq!(names, expected);
}

#[test]
fn every_published_circuit_with_a_plan_of_series_and_a_pair_that_is_no_edge_is_in_small() {
    let mut expected = Vec::new();
    for network in crate::simulate::LIBRARY {
        if network.read().plan.series.is_some() && network.name != "toggle_switch" {
            expected.push(network.name);
        }
    }
    let cases = cases(&Suite::Small, 1);
    let names: Vec<&str> = cases.iter().map(|case| case.name.as_str()).collect();
    assert_eq!(names, expected);
}

#[test]
fn names_are_those_of_the_cases() {
    let scaling = Suite::Scaling {
        sizes: vec![5],
        law: Law::Bacterial,
    };
    let generated = Suite::Generated {
        first: 7,
        networks: 2,
        genes: 10,
        law: Law::Bacterial,
    };
    for suite in [Suite::Small, generated, scaling, Suite::Logic] {
        let all = cases(&suite, 2);
        let made: Vec<&str> = all.iter().map(|case| case.name.as_str()).collect();
        assert_eq!(made, [suite.names(1), suite.names(2)].concat());
    }
}
