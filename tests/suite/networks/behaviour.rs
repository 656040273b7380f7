//! The published circuits behave as their descriptions say.

use std::collections::BTreeMap;

use faer::Mat;

use cistron::genes::Gene;
use cistron::seed::{Purpose, Seed};
use cistron_truth::simulate::integrate::sample;
use cistron_truth::simulate::{Kinetics, Model, Perturbation};

use crate::networks::library::{gene, model};

const STEP: f64 = 0.05;

/// Start of a cell, with the levels of some genes as parts of their full ones.
fn start(model: &Model, levels: &[(&str, f64)]) -> Vec<f64> {
    let kinetics = &model.kinetics;
    let common = model.plan.cells.as_ref().map_or(0.0, |plan| plan.initial);
    let mut x = kinetics.full_levels();
    for (gene, own) in kinetics.genes().iter().zip(&model.initial) {
        let name = kinetics.genes().name(gene);
        let given = levels.iter().find(|(one, _)| *one == name);
        let level = given.map_or(own.unwrap_or(common), |(_, level)| *level);
        x[gene.index()] *= level;
        x[kinetics.acting(gene)] *= level;
    }
    x
}

fn undisturbed(kinetics: &Kinetics) -> Perturbation {
    Perturbation::none(kinetics.genes().len())
}

/// mRNA without noise as a part of its full level, row = sample, every `interval` from 0.
fn course(
    kinetics: &Kinetics,
    done: &Perturbation,
    x: &[f64],
    (samples, interval): (usize, f64),
) -> Mat<f64> {
    let times: Vec<f64> = (0..samples).map(|k| k as f64 * interval).collect();
    let full = kinetics.full_levels();
    let states = sample(kinetics.velocity(done), &times, STEP, x);
    Mat::from_fn(samples, x.len(), |i, j| states[(i, j)] / full[j])
}

/// Genes that act at more than half of their full level, in the order of the file.
fn active(kinetics: &Kinetics, x: &[f64]) -> String {
    let full = kinetics.full_levels();
    let high = |gene: &Gene| x[kinetics.acting(*gene)] > 0.5 * full[kinetics.acting(*gene)];
    let genes = kinetics.genes();
    let names: Vec<&str> = genes.iter().filter(high).map(|g| genes.name(g)).collect();
    names.join(" ")
}

/// How many of 200 cells end where.
fn ends(model: &Model) -> BTreeMap<String, usize> {
    let plan = model.plan.cells.as_ref().expect("cells are planned");
    let mut found = BTreeMap::new();
    for cell in 0..200 {
        let mut x = start(model, &[]);
        let mut rng = Seed(1).stream(Purpose::ProcessNoise, cell);
        let (kinetics, done) = (&model.kinetics, undisturbed(&model.kinetics));
        let span = 0.0..plan.duration;
        model
            .plan
            .noise
            .advance(kinetics, &done, span, &mut rng, &mut x);
        *found.entry(active(kinetics, &x)).or_insert(0) += 1;
    }
    found
}

/// Asserts that cells end in these states, in each of them not rarely, and hardly anywhere else.
fn assert_ends(network: &str, states: &[&str]) {
    let found = ends(&model(network));
    let counts: Vec<usize> = states
        .iter()
        .map(|state| found.get(*state).copied().unwrap_or(0))
        .collect();
    let rare = 60 / states.len().max(4);
    assert!(counts.iter().all(|&n| n >= rare), "{network}: {found:?}");
    assert!(counts.iter().sum::<usize>() >= 180, "{network}: {found:?}");
}

/// Asserts that without noise these genes stay on and all others off.
fn assert_stable(network: &str, states: &[&str]) {
    let model = model(network);
    let genes = model.kinetics.genes().clone();
    for state in states {
        let on = |gene: Gene| state.split(' ').any(|name| name == genes.name(gene));
        let levels = genes
            .iter()
            .map(|g| (genes.name(g), f64::from(u8::from(on(g)))));
        let x = start(&model, &levels.collect::<Vec<_>>());
        let times = [0.0, 100.0];
        let none = undisturbed(&model.kinetics);
        let end = sample(model.kinetics.velocity(&none), &times, STEP, &x);
        let end: Vec<f64> = end.row(1).iter().copied().collect();
        assert_eq!(&active(&model.kinetics, &end), state, "{network}");
    }
}

/// Row at which a column first passes half of full, upwards.
fn rises(course: &Mat<f64>, column: usize) -> Option<usize> {
    let x = |i: usize| course[(i, column)];
    (1..course.nrows()).find(|&i| x(i - 1) <= 0.5 && x(i) > 0.5)
}

/// Row at which a column last passes half of full, downwards.
fn falls(course: &Mat<f64>, column: usize) -> Option<usize> {
    let x = |i: usize| course[(i, column)];
    (1..course.nrows()).rfind(|&i| x(i - 1) > 0.5 && x(i) <= 0.5)
}

/// Mean distance of the upward passages through the mean in the second half, in rows (without end
/// if there are fewer than two), and the swing as a part of the largest level.
fn rhythm(course: &Mat<f64>, column: usize) -> (f64, f64) {
    let rows = course.nrows() / 2..course.nrows();
    let x = |i: usize| course[(i, column)];
    let mean = rows.clone().map(x).sum::<f64>() / rows.len() as f64;
    let most = rows.clone().map(x).fold(0.0, f64::max);
    let least = rows.clone().map(x).fold(f64::INFINITY, f64::min);
    let up: Vec<usize> = rows
        .skip(1)
        .filter(|&i| x(i - 1) < mean && x(i) >= mean)
        .collect();
    let period = match up[..] {
        [first, .., last] => (last - first) as f64 / (up.len() - 1) as f64,
        _ => f64::INFINITY,
    };
    (period, (most - least) / most)
}

#[test]
fn a_wave_passes_through_the_linear_networks_in_their_order() {
    for network in ["linear", "long_linear"] {
        let model = model(network);
        let (genes, x) = (model.kinetics.genes().len(), start(&model, &[]));
        let calm = undisturbed(&model.kinetics);
        let course = course(&model.kinetics, &calm, &x, (1300, 0.1));
        let on: Vec<usize> = (1..genes)
            .map(|j| rises(&course, j).expect("the wave comes"))
            .collect();
        let off: Vec<usize> = (0..genes - 1)
            .map(|j| falls(&course, j).expect("the wave goes"))
            .collect();
        assert!(on.is_sorted_by(|a, b| a < b), "{network}: {on:?}");
        assert!(off.is_sorted_by(|a, b| a < b), "{network}: {off:?}");
        assert!(on[on.len() - 1] < off[0], "{network}: {on:?}, {off:?}");
        assert!(falls(&course, genes - 1).is_none(), "{network}");
    }
    assert_ends("linear", &["g7"]);
}

#[test]
fn the_cycle_has_no_steady_state() {
    let model = model("cycle");
    let x = start(&model, &[]);
    let calm = undisturbed(&model.kinetics);
    let course = course(&model.kinetics, &calm, &x, (3000, 0.1));
    for gene in 0..6 {
        let (period, swing) = rhythm(&course, gene);
        assert!((250.0..290.0).contains(&period), "{period}");
        assert!(swing > 0.8, "gene {gene} swings by {swing}");
    }
}

#[test]
fn noise_decides_between_the_branches() {
    assert_ends("bifurcating", &["g4 g7", "g6 g8"]);
    assert_ends("trifurcating", &["g4", "g5 g8", "g6 g7 g8"]);
}

#[test]
fn branches_that_converge_have_one_end() {
    assert_ends("bifurcating_converging", &["g8 g9 g10"]);
}

#[test]
fn the_toggle_switch_keeps_what_it_was_told() {
    assert_stable("toggle_switch", &["lacI", "tetR"]);
    assert_ends("toggle_switch", &["lacI", "tetR"]);
}

#[test]
fn the_cortex_has_an_anterior_and_a_posterior_pattern() {
    let patterns = ["Fgf8 Pax6 Sp8", "Emx2 Coup"];
    assert_stable("mcad", &patterns);
    assert_ends("mcad", &patterns);
}

#[test]
fn the_spinal_cord_has_five_domains() {
    let domains = [
        "Pax6 Dbx1 Dbx2 Irx3",
        "Nkx62 Pax6 Dbx2 Irx3",
        "Nkx61 Pax6 Irx3",
        "Nkx61 Pax6 Olig2",
        "Nkx61 Nkx22",
    ];
    assert_stable("vsc", &domains);
    assert_ends("vsc", &domains);
}

#[test]
fn myeloid_progenitors_become_four_kinds_of_cells() {
    let kinds = [
        "Gata1 Fog1 Eklf Scl",
        "Gata1 Fog1 Fli1 Scl",
        "Cebpa Pu1 cJun EgrNab",
        "Cebpa Pu1 Gfi1",
    ];
    assert_stable("hsc", &kinds);
    assert_stable("hsc", &["", "Pu1 cJun EgrNab"]);
    assert_ends("hsc", &kinds);
}

#[test]
fn gonads_become_testes_or_ovaries() {
    let sertoli = "GATA4 WT1mKTS WT1pKTS NR5A1 SRY SOX9 FGF9 PGD2 DMRT1 DHH DKK1 AMH";
    let granulosa = "GATA4 WT1mKTS NR0B1 WNT4 RSPO1 FOXL2 CTNNB1";
    assert_stable("gsd", &[sertoli, granulosa, ""]);
    assert_ends("gsd", &[sertoli, granulosa]);
}

#[test]
fn a_grown_yeast_cell_goes_once_around_and_waits_in_g1() {
    let model = model("yeast_cell_cycle");
    let kinetics = &model.kinetics;
    let calm = undisturbed(kinetics);
    let at = |name: &str| gene(kinetics, name).index();
    let run = |cln3: f64| {
        course(
            kinetics,
            &calm,
            &start(&model, &[("Cln3", cln3)]),
            (200, 1.0),
        )
    };
    let cycle = run(1.0);
    let rise = |name: &str| rises(&cycle, at(name)).expect("it comes");
    let fall = |name: &str| falls(&cycle, at(name)).expect("it goes");
    let order = [
        rise("SBF"),
        rise("Cln1_2"),
        rise("Clb5_6"),
        rise("Clb1_2"),
        rise("Cdc20_14"),
        rise("Swi5"),
        rise("Sic1"),
        rise("Cdh1"),
        fall("Swi5"),
    ];
    assert!(order.is_sorted_by(|a, b| a < b), "{order:?}");
    assert!((80..120).contains(&order[8]), "{order:?}");
    let without_cln3 = run(0.0);
    for name in ["SBF", "MBF", "Clb5_6", "Clb1_2", "Swi5", "Mcm1"] {
        assert!(cycle[(199, at(name))] < 0.1, "{name}");
        assert!(
            rises(&without_cln3, at(name)).is_none(),
            "{name} without Cln3"
        );
    }
    assert_ends("yeast_cell_cycle", &["Cdh1 Sic1"]);
}

#[test]
fn the_clock_needs_a_day_and_the_loop_through_reverb() {
    let model = model("mammalian_clock");
    let kinetics = &model.kinetics;
    let x = start(&model, &[]);
    let run = |done: &Perturbation| course(kinetics, done, &x, (6000, 0.1));
    let calm = undisturbed(kinetics);
    let wild = run(&calm);
    for gene in 0..5 {
        let (period, swing) = rhythm(&wild, gene);
        assert!((235.0..255.0).contains(&period), "{period}");
        assert!(swing > 0.6, "gene {gene} swings by {swing}");
    }
    for (name, goes_on) in [
        ("Bmal1", false),
        ("Reverb", false),
        ("Per", true),
        ("Cry", true),
    ] {
        let without = run(&calm.clone().scaled(gene(kinetics, name), 0.0));
        let (_, swing) = rhythm(&without, gene(kinetics, "Ror").index());
        assert_eq!(swing > 0.5, goes_on, "without {name} Ror swings by {swing}");
    }
}

#[test]
fn sos_genes_rise_with_damage_and_come_back() {
    let model = model("ecoli_sos");
    let kinetics = &model.kinetics;
    let course = course(
        kinetics,
        &undisturbed(kinetics),
        &start(&model, &[]),
        (101, 1.0),
    );
    for gene in 1..9 {
        let level = |i: usize| course[(i, gene)];
        let peak = (0..101).max_by(|&a, &b| level(a).total_cmp(&level(b)));
        let peak = peak.expect("samples");
        let name = kinetics.genes().name(Gene(gene));
        assert!((10..=30).contains(&peak), "{name} peaks at {peak}");
        assert!(level(peak) > 1.8 * level(0), "{name} rises");
        assert!((level(100) / level(0) - 1.0).abs() < 0.2, "{name} returns");
    }
    let undamaged = start(&model, &[("damage", 0.0)]);
    let calm = self::course(kinetics, &undisturbed(kinetics), &undamaged, (101, 1.0));
    assert!((1..9).all(|j| (calm[(100, j)] - calm[(0, j)]).abs() < 0.02));
}

#[test]
fn feed_forward_loops_delay_and_pulse() {
    let model = model("feed_forward_loops");
    let kinetics = &model.kinetics;
    let off = undisturbed(kinetics);
    let inputs = ["Xand", "Xor", "Xpulse"];
    let on = inputs
        .iter()
        .fold(off.clone(), |done, x| done.shifted(gene(kinetics, x), 0.8));
    let at = |name: &str| gene(kinetics, name).index();
    let settled = |done: &Perturbation, x: &[f64]| -> Vec<f64> {
        let end = sample(kinetics.velocity(done), &[0.0, 2000.0], STEP, x);
        end.row(1).iter().copied().collect()
    };
    let low = settled(&off, &start(&model, &[]));
    let high = settled(&on, &low);
    let coming = course(kinetics, &on, &low, (200, 1.0));
    let going = course(kinetics, &off, &high, (300, 1.0));
    let rise = |name: &str| rises(&coming, at(name)).expect("it comes");
    let fall = |name: &str| falls(&going, at(name)).expect("it goes");
    assert!(rise("Zand") > 2 * rise("Yand"), "a delay when X comes");
    assert!(fall("Zand") <= fall("Yand"), "none when it goes");
    assert!(rise("Zor") <= rise("Yor"), "no delay when X comes");
    assert!(fall("Zor") > fall("Yor") + 20, "one when it goes");
    let pulse: Vec<f64> = (0..200).map(|i| coming[(i, at("Zpulse"))]).collect();
    let most = pulse.iter().copied().fold(0.0, f64::max);
    assert!(most > 0.7 && pulse[0] < 0.2 && pulse[199] < 0.2, "{most}");
}
