//! Rest points, screens and pairs of knockouts on fields of growing size.

use std::time::Instant;

use cistron::expression::{Change, Intervention, Scale};
use cistron::field::{Component, Intervened, SparseField, Unit};
use cistron::genes::{Gene, Genes};
use cistron::perturb::{RestSettings, RestSolver};
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
            influences: vec![],
        }
    });
    let components = components.collect();
    SparseField::new(genes, Scale::Sqrt, vec![], components).expect("sound")
}

fn rest_points() {
    for (p, k) in [(100, 3), (100, 10), (300, 10), (1_000, 3), (1_000, 10)] {
        let field = field(p, k, 1);
        let mut solver = RestSolver::new(&field);
        for (confirm, anchored) in [(false, false), (true, false), (false, true), (true, true)] {
            let settings = RestSettings {
                confirm,
                ..RestSettings::default()
            };
            let wild = Intervened::always(&field, Scale::Sqrt, &[]).expect("sound");
            let start = Instant::now();
            let rest = solver.find(&wild, &vec![1.0; p], &settings).expect("rest");
            let first = start.elapsed();
            if anchored {
                solver.anchor(&wild, &rest.levels);
            }
            let start = Instant::now();
            let mut newton = 0;
            for gene in 0..10 {
                let out = Intervention::always(Gene(gene), Change::Knockout);
                let out = Intervened::always(&field, Scale::Sqrt, &[out]).expect("sound");
                let found = solver.find(&out, &rest.levels, &settings).expect("rest");
                newton += found.newton;
            }
            println!(
                "{p} genes, {k} regulators, confirm {confirm} anchored {anchored}: wild type {first:.1?} ({} \
                 iterations, {:?}), knockout {:.1?} ({:.1} iterations)",
                rest.newton,
                rest.route,
                start.elapsed() / 10,
                newton as f64 / 10.0,
            );
        }
    }
}

fn main() {
    rest_points();
}
#[allow(dead_code)]
fn probe() {
    for (p, k) in [(300, 10), (1_000, 10)] {
        let field = field(p, k, 1);
        let mut solver = RestSolver::new(&field);
        let wild = Intervened::always(&field, Scale::Sqrt, &[]).expect("sound");
        let x = vec![1.0; p];
        solver.factor(&wild, &x);
        let t = Instant::now();
        for _ in 0..5 {
            solver.factor(&wild, &x);
        }
        println!("{p} factor {:?}", t.elapsed() / 5);
        let mut b = vec![1.0; p];
        let t = Instant::now();
        for _ in 0..50 {
            solver.solve(&mut b);
        }
        println!("{p} solve {:?}", t.elapsed() / 50);
        use cistron::field::VectorField;
        let t = Instant::now();
        for _ in 0..100 {
            wild.velocity_into(&x, &mut b);
        }
        println!("{p} velocity {:?}", t.elapsed() / 100);
        let mut s = vec![0.0; wild.entries().len()];
        let t = Instant::now();
        for _ in 0..100 {
            wild.slopes_into(&x, &mut s);
        }
        println!("{p} slopes {:?}", t.elapsed() / 100);
    }
}
