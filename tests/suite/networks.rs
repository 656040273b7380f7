//! The known networks that ship with the project do what is written about them.

use std::fs;
use std::path::{Path, PathBuf};

use cistron::expression::Expression;
use cistron::genes::Gene;
use cistron::network::Sign;
use cistron::simulate::{Kinetics, Model, Perturbation, Span};
use cistron::simulate::{rk4, sample, write_timeseries, write_truth};

const NETWORKS: [&str; 3] = ["ecoli_motility", "irma", "repressilator"];

fn folder(network: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("networks")
        .join(network)
}

fn text(network: &str, file: &str) -> String {
    fs::read_to_string(folder(network).join(file)).expect("the file is part of the repository")
}

fn model(network: &str) -> Model {
    Model::read("model.toml", &text(network, "model.toml")).expect("a valid model")
}

fn series(model: &Model) -> Expression {
    let series = model.time_series(model.seed).expect("at rest");
    series.expect("a plan of series")
}

fn gene(kinetics: &Kinetics, name: &str) -> Gene {
    kinetics.genes().find(name).expect("a gene of the network")
}

/// Levels of all mRNA at rest, with the basal transcription of some genes shifted.
fn at_rest(kinetics: &Kinetics, shifts: &[(&str, f64)]) -> impl Fn(&str) -> f64 {
    let none = Perturbation::none(kinetics.genes().len());
    let shift = shifts.iter().fold(none, |done, &(name, size)| {
        done.shifted(gene(kinetics, name), size)
    });
    let mut x = vec![0.0; kinetics.size()];
    rk4(
        kinetics.velocity(&shift),
        Span::covering(0.0, 4000.0, 0.5),
        &mut x,
    );
    move |name| x[gene(kinetics, name).index()]
}

#[test]
fn the_committed_tables_are_what_the_models_give_byte_for_byte() {
    for network in NETWORKS {
        let model = model(network);
        let (mut table, mut truth) = (Vec::new(), Vec::new());
        write_timeseries(&series(&model), &mut table).expect("memory takes all");
        write_truth(model.kinetics.genes(), &model.kinetics.edges(), &mut truth)
            .expect("memory takes all");
        let same = |file, bytes: Vec<u8>| text(network, file).into_bytes() == bytes;
        let cure = "run `cargo run --release --example simulate_networks`";
        assert!(same("timeseries.tsv", table), "{network}: {cure}");
        assert!(same("truth.tsv", truth), "{network}: {cure}");
    }
}

#[test]
fn every_folder_of_networks_is_tested() {
    let mut found: Vec<String> = fs::read_dir(folder(""))
        .expect("the folder is part of the repository")
        .map(|entry| {
            entry
                .expect("readable")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    found.sort();
    assert_eq!(found, NETWORKS);
}

#[test]
fn no_gene_of_the_data_is_dead() {
    for network in NETWORKS {
        let simulated = series(&model(network));
        let genes = simulated.genes();
        for gene in genes.iter() {
            let values: Vec<f64> = simulated
                .series()
                .iter()
                .flat_map(|series| (0..series.len()).map(|i| series.values()[(i, gene.index())]))
                .collect();
            let n = values.len() as f64;
            let mean = values.iter().sum::<f64>() / n;
            let sd = (values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n).sqrt();
            let zeros = values.iter().filter(|x| **x == 0.0).count() as f64 / n;
            assert!(
                sd > 0.1 * mean,
                "{network}: {} hardly varies",
                genes.name(gene)
            );
            assert!(
                zeros < 0.1,
                "{network}: {} is off too often",
                genes.name(gene)
            );
        }
    }
}

#[test]
fn the_repressilator_oscillates_with_the_period_of_the_paper() {
    let kinetics = model("repressilator").kinetics;
    let times: Vec<f64> = (0..2000).map(f64::from).collect();
    let start = [10.0, 0.0, 0.0, 100.0, 0.0, 0.0];
    let x = sample(
        kinetics.velocity(&Perturbation::none(3)),
        &times,
        0.1,
        &start,
    );
    let peaks: Vec<usize> = (1001..1999)
        .filter(|&i| x[(i, 3)] > x[(i - 1, 3)] && x[(i, 3)] >= x[(i + 1, 3)])
        .collect();
    let span = peaks[peaks.len() - 1] - peaks[0];
    let period = span as f64 / (peaks.len() - 1) as f64;
    assert!((120.0..=200.0).contains(&period), "period {period}");
    let heights: Vec<f64> = peaks.iter().map(|&i| x[(i, 3)]).collect();
    assert!(
        heights.iter().all(|h| (h / heights[0] - 1.0).abs() < 0.01),
        "{heights:?}"
    );
}

#[test]
fn without_swi5_all_its_targets_in_irma_are_low() {
    let kinetics = model("irma").kinetics;
    let (wild, without) = (
        at_rest(&kinetics, &[]),
        at_rest(&kinetics, &[("SWI5", -1.0)]),
    );
    for target in ["CBF1", "GAL80", "ASH1"] {
        assert!(without(target) < 0.3 * wild(target), "{target}");
    }
}

#[test]
fn raised_flhdc_switches_motility_on_and_curli_off() {
    let kinetics = model("ecoli_motility").kinetics;
    let low = at_rest(&kinetics, &[("flhDC", -0.2)]);
    let high = at_rest(&kinetics, &[("flhDC", 0.5)]);
    for on in ["fliA", "fliL", "flgB", "fliC", "motA", "tar"] {
        assert!(
            high(on) > 2.0 * low(on),
            "{on}: {} and {}",
            low(on),
            high(on)
        );
    }
    assert!(
        high("csgD") < 0.6 * low("csgD"),
        "{} and {}",
        low("csgD"),
        high("csgD")
    );
}

#[test]
fn class_three_of_the_flagella_comes_after_class_two() {
    let kinetics = model("ecoli_motility").kinetics;
    let at = |name: &str| gene(&kinetics, name).index();
    let none = Perturbation::none(kinetics.genes().len());
    let shift = |size: f64| none.clone().shifted(gene(&kinetics, "flhDC"), size);
    let mut x = vec![0.0; kinetics.size()];
    rk4(
        kinetics.velocity(&shift(-0.2)),
        Span::covering(0.0, 4000.0, 0.5),
        &mut x,
    );
    let times: Vec<f64> = (0..300).map(f64::from).collect();
    let states = sample(kinetics.velocity(&shift(0.5)), &times, 0.5, &x);
    let half_way = |name: &str| {
        let rise = |i: usize| states[(i, at(name))] - states[(0, at(name))];
        // as a part of the largest rise, the way Kalir et al. (2001) scale their promoters
        let most = (0..300).map(rise).fold(0.0, f64::max);
        (0..300).find(|&i| rise(i) > most / 2.0).expect("it rises")
    };
    for late in ["fliC", "motA", "tar"] {
        for early in ["fliL", "flgB"] {
            let (first, then) = (half_way(early), half_way(late));
            assert!(first < then, "{early} at {first}, {late} at {then}");
        }
    }
}

#[test]
fn the_big_network_has_self_edges_of_both_signs_and_a_size_worth_ranking() {
    let model = model("ecoli_motility");
    let edges = model.kinetics.edges();
    let itself = |sign| {
        edges
            .iter()
            .filter(|e| e.source == e.target && e.sign == sign)
            .count()
    };
    assert_eq!((model.kinetics.genes().len(), edges.len()), (23, 45));
    assert!(itself(Sign::Activation) >= 2 && itself(Sign::Repression) >= 2);
}
