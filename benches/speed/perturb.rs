//! Steady states, screens and pairs of knockouts on fields of growing size, and what a page waits
//! for:
//! `cargo bench --bench speed -- perturb [screens|answers]`.

#![expect(clippy::print_stdout, reason = "a bench prints its table")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use cistron::dynamics::{SteadySettings, SteadySolver};
use cistron::expression::{Change, Intervention, Scale};
use cistron::field::{Component, Fitted, Intervened, SparseField, Unit, VectorField};
use cistron::genes::{Gene, Genes};
use cistron::perturb::{Prepared, Until, WildType, effects, pairs, screen};
use cistron::seed::{Purpose, Seed};
use rand::Rng;
use rand::seq::index;

/// `p` genes with `k` regulators each, among which few regulate many.
fn field(p: usize, k: usize, seed: u64) -> SparseField {
    let mut rng = Seed(seed).stream(Purpose::Perturbation, 0);
    let genes = Genes::new((0..p).map(|g| format!("G{g}"))).expect("distinct");
    let size = 1.5 / (k as f64).sqrt();
    let components = (0..p).map(|target| {
        let chosen = index::sample(&mut rng, p, k).into_vec();
        let mut regulators: Vec<Gene> = chosen
            .into_iter()
            .filter(|&g| g != target)
            .map(Gene)
            .collect();
        regulators.sort();
        let mut unit = |range: f64| Unit {
            range,
            bias: rng.random_range(-0.3..0.3),
            weights: regulators
                .iter()
                .map(|_| size * rng.random_range(-1.0..1.0))
                .collect(),
        };
        let units = vec![unit(1.0), unit(0.2)];
        Component {
            regulators,
            units,
            intercept: rng.random_range(0.5..1.5),
            decay: rng.random_range(0.5..2.0),
            covariates: vec![],
        }
    });
    let components = components.collect();
    SparseField::new(genes, Scale::SQRT, vec![], components).expect("sound")
}

/// A knockout from the wild type, with a factorisation of its own and with the wild type's.
fn steady_states() {
    for (p, k) in [(100, 3), (100, 10), (1_000, 3), (1_000, 10)] {
        let field = field(p, k, 1);
        let mut solver = SteadySolver::new(&field);
        let settings = SteadySettings::default();
        let wild = Intervened::always(&field, Scale::SQRT, &[]).expect("sound");
        let start = Instant::now();
        let steady = solver
            .find(&wild, &vec![1.0; p], &settings)
            .expect("a steady state");
        let first = start.elapsed();
        let each = |solver: &mut SteadySolver| {
            let start = Instant::now();
            for gene in 0..10 {
                let out = Intervention::always(Gene(gene), Change::Knockout);
                let out = Intervened::always(&field, Scale::SQRT, &[out]).expect("sound");
                solver
                    .find(&out, &steady.levels, &settings)
                    .expect("a steady state");
            }
            start.elapsed() / 10
        };
        let own = each(&mut solver);
        solver.anchor(&wild, &steady.levels);
        let shared = each(&mut solver);
        println!(
            "{p} genes, {k} regulators: wild type {first:.1?}, knockout {own:.1?} by itself, \
             {shared:.1?} with the factors of the wild type"
        );
    }
}

/// All knockouts, and all pairs of 100 regulators.
fn screens() {
    for (p, k) in [(1_000, 10), (1_000, 3), (100, 3)] {
        let field = field(p, k, 1);
        let wild = WildType::new(&field, &vec![1.0; p], 10.0, SteadySettings::default());
        let wild = wild.expect("a steady state");
        let genes: Vec<Gene> = field.genes().iter().collect();
        let start = Instant::now();
        let found = screen(&wild, &genes, &[], 5);
        let (screened, unsteady) = (start.elapsed(), found.unsteady.len());
        let all: Vec<(Gene, Gene)> = (0..100)
            .flat_map(|a| (a + 1..100).map(move |b| (Gene(a), Gene(b))))
            .collect();
        let start = Instant::now();
        let found = pairs(&wild, &all, &[], 5);
        println!(
            "{p} genes, {k} regulators: {p} knockouts in {screened:.1?} ({unsteady} without a steady state), \
             {} pairs in {:.1?} ({} without a steady state), {} threads",
            all.len(),
            start.elapsed(),
            found.unsteady.len(),
            rayon::current_num_threads()
        );
    }
}

/// One knockout from a wild type that is kept, as `cistron explore` answers it.
fn answers() {
    for (p, k) in [(100, 10), (1_000, 10)] {
        for members in [0, 10] {
            let fitted = Fitted::new(field(p, k, 1), vec![1.0; p], (0.0, 10.0))
                .with_members((0..members).map(|member| field(p, k, 2 + member)).collect());
            let times = (0..51).map(|at| 0.2 * f64::from(at)).collect();
            for (words, until) in [
                ("course", Until::Times(times)),
                ("steady state", Until::Steady),
            ] {
                let start = Instant::now();
                let kept = Prepared::new(&fitted, None, &until).expect("a steady state");
                let prepared = start.elapsed();
                let mut slowest = Duration::ZERO;
                let start = Instant::now();
                for gene in 0..10 {
                    let one = Instant::now();
                    let out = [Intervention::always(Gene(gene), Change::Knockout)];
                    let response = kept.answer(&out).expect("a steady state");
                    black_box(effects(&fitted.field, &response, &out));
                    slowest = slowest.max(one.elapsed());
                }
                println!(
                    "{p} genes, {k} regulators, {members} members: {words} of a knockout {:.1?} \
                     on average, {slowest:.1?} at most; wild type {prepared:.1?}, once",
                    start.elapsed() / 10
                );
            }
        }
    }
}

pub(crate) fn run(given: &[String]) {
    match given.first().map(String::as_str) {
        Some("screens") => screens(),
        Some("answers") => answers(),
        _ => {
            steady_states();
            screens();
            answers();
        }
    }
}
