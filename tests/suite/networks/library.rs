//! The known networks that ship with the project are complete and do what is written about them.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use cistron::expression::Expression;
use cistron::genes::Gene;
use cistron::network::Sign;
use cistron_truth::simulate::integrate::{Span, rk4, sample};
use cistron_truth::simulate::{Kinetics, Model, Perturbation};
use cistron_truth::simulate::{KnownNetwork, LIBRARY};
use cistron_truth::simulate::{write_timeseries, write_truth};

/// Networks whose data are kept in the repository.
const WITH_DATA: [&str; 3] = ["ecoli_motility", "irma", "repressilator"];

fn folder(network: &str) -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
        .join("networks")
        .join(network)
}

fn text(network: &str, file: &str) -> String {
    fs::read_to_string(folder(network).join(file)).expect("the file is part of the repository")
}

pub(crate) fn model(network: &str) -> Model {
    KnownNetwork::find(network)
        .expect("a network of the library")
        .read()
}

fn series(model: &Model) -> Expression {
    let series = model.time_series(model.seed).expect("a steady state");
    series.expect("a plan of series")
}

pub(crate) fn gene(kinetics: &Kinetics, name: &str) -> Gene {
    kinetics.genes().find(name).expect("a gene of the network")
}

/// Steady levels of all mRNA, with the basal transcription of some genes shifted.
fn steady_levels(kinetics: &Kinetics, shifts: &[(&str, f64)]) -> impl Fn(&str) -> f64 {
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
fn every_folder_of_networks_is_in_the_library() {
    let mut found: Vec<String> = fs::read_dir(folder(""))
        .expect("the folder is part of the repository")
        .map(|entry| entry.expect("readable").file_name())
        .map(|name| name.to_string_lossy().into_owned())
        .collect();
    found.sort();
    let listed: Vec<&str> = LIBRARY.iter().map(|network| network.name).collect();
    assert_eq!(found, listed);
}

#[test]
fn all_networks_are_read_within_a_second() {
    let start = Instant::now();
    let genes = LIBRARY.iter().map(|network| network.read().kinetics);
    let genes: usize = genes.map(|kinetics| kinetics.genes().len()).sum();
    let seconds = start.elapsed().as_secs_f64();
    assert!(genes > 150 && seconds < 1.0, "{genes} genes, {seconds} s");
}

/// The tables were derived from the literature by themselves, so they check the rules.
#[test]
fn the_edges_of_the_literature_are_those_of_the_rules_byte_for_byte() {
    for network in LIBRARY {
        let kinetics = network.read().kinetics;
        let mut truth = Vec::new();
        write_truth(kinetics.genes(), &kinetics.edges(), &mut truth).expect("memory takes all");
        let truth = String::from_utf8(truth).expect("names are text");
        assert_eq!(text(network.name, "truth.tsv"), truth, "{}", network.name);
    }
}

#[test]
fn the_committed_series_are_what_the_models_give_byte_for_byte() {
    for network in WITH_DATA {
        let mut table = Vec::new();
        write_timeseries(&series(&model(network)), &mut table).expect("memory takes all");
        let same = text(network, "timeseries.tsv").into_bytes() == table;
        let cure = "run `cargo run --release --example simulate_networks`";
        assert!(same, "{network}: {cure}");
    }
}

/// A year in parentheses and, somewhere after it, digits on both sides of a colon.
fn cites(about: &str) -> bool {
    let year = |at: usize| {
        let inside = about[at + 1..].chars().take(5).collect::<String>();
        inside.ends_with(')') && inside[..4].chars().all(|c| c.is_ascii_digit())
    };
    let volume = |rest: &str| {
        rest.split_whitespace().any(|word| {
            let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
            let (volume, page) = word.split_once(':').unwrap_or_default();
            digit(volume.chars().last()) && digit(page.trim_start_matches('e').chars().next())
        })
    };
    let mut brackets = about.match_indices('(').map(|(at, _)| at);
    brackets.any(|at| year(at) && volume(&about[at..]))
}

#[test]
fn every_network_is_described_shortly_with_its_source_and_its_behaviour() {
    for KnownNetwork { name, about, .. } in LIBRARY {
        assert!(about.lines().count() <= 25, "{name} is described too long");
        assert!(cites(about), "{name} cites nothing");
        for part in ["**Edges", "**Rates:**", "**Behaviour:**", "**Data:**"] {
            let documented =
                about.contains(part) || (*name == "ecoli_motility" && part == "**Edges");
            assert!(documented, "{name}: {part}");
        }
    }
}

#[test]
fn no_gene_of_the_data_is_dead() {
    for network in LIBRARY {
        let (name, model) = (network.name, network.read());
        let (simulated, full) = (series(&model), model.kinetics.full_levels());
        for gene in simulated.genes().iter() {
            let values: Vec<f64> = simulated
                .series()
                .iter()
                .flat_map(|series| (0..series.len()).map(|i| series.values()[(i, gene.index())]))
                .collect();
            let n = values.len() as f64;
            let mean = values.iter().sum::<f64>() / n;
            let sd = (values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n).sqrt();
            let seen = |x: &&f64| **x > 0.1 * full[gene.index()];
            let seen = values.iter().filter(seen).count() as f64 / n;
            let gene = simulated.genes().name(gene);
            assert!(sd > 0.1 * mean, "{name}: {gene} hardly varies");
            assert!(
                seen > 0.05,
                "{name}: {gene} is seen in {seen} of the samples"
            );
        }
    }
}

#[test]
fn networks_that_plan_steady_states_have_them() {
    let mut planned = 0;
    for network in LIBRARY {
        let Model {
            kinetics,
            plan,
            seed,
            ..
        } = network.read();
        let Some(steady) = &plan.steady else { continue };
        let tables = steady.run(&kinetics, &plan.noise, plan.measurement, seed);
        let tables = tables.expect("every mutant reaches a steady state");
        assert_eq!(tables.len(), steady.tables.len(), "{}", network.name);
        planned += 1;
    }
    assert!(planned >= 4, "{planned}");
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
        steady_levels(&kinetics, &[]),
        steady_levels(&kinetics, &[("SWI5", -1.0)]),
    );
    for target in ["CBF1", "GAL80", "ASH1"] {
        assert!(without(target) < 0.3 * wild(target), "{target}");
    }
}

#[test]
fn raised_flhdc_switches_motility_on_and_curli_off() {
    let kinetics = model("ecoli_motility").kinetics;
    let low = steady_levels(&kinetics, &[("flhDC", -0.2)]);
    let high = steady_levels(&kinetics, &[("flhDC", 0.5)]);
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
