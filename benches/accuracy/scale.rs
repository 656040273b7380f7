//! Time and peak memory of whole discoveries on large data.
//!
//! `cargo bench --bench accuracy -- scale [GENES REGULATORS SAMPLES PAIRS]`, by default 1,000 genes × 100
//! regulators × 500 samples with 10 pairs. The data are sparse linear systems with process and
//! measurement noise in series of 50 samples.
#![expect(clippy::print_stdout, reason = "a bench prints its table")]

use std::error::Error;
use std::time::Instant;

use faer::Mat;
use rand::Rng;
use rand_distr::{Distribution, StandardNormal};

use cistron::expression::{Data, Expression, TimeSeries};
use cistron::fit::Unwatched;
use cistron::genes::{Gene, Genes};
use cistron::prior::{Prior, Regulators};
use cistron::run::{Inference, Settings};
use cistron::seed::{Purpose, Seed};

const POINTS: usize = 50;
/// Regulators of each gene.
const DEGREE: usize = 3;

pub(crate) fn run(given: &[String]) -> Result<(), Box<dyn Error>> {
    let given = given.iter().map(|word| word.parse());
    let given: Vec<usize> = given.collect::<Result<_, _>>()?;
    let [p, q, n, pairs] = given.try_into().unwrap_or([1_000, 100, 500, 10]);
    let (expression, truth) = sparse_system(p, q, n)?;
    let prior = Prior::flat(Regulators::only(expression.genes(), (0..q).map(Gene)));
    let mut settings = Settings::default();
    settings.fit.pairs = pairs;
    let before = peak_memory();
    let start = Instant::now();
    let data = Data::from(expression);
    let inference = Inference::new(&data, &settings).with_prior(&prior);
    let found = inference.run(&mut Unwatched)?;
    let seconds = start.elapsed().as_secs_f64();
    let best = found.network.edges().iter().take(truth.len());
    let right = best.filter(|edge| truth.contains(&(edge.source.index(), edge.target.index())));
    println!(
        "genes\tregulators\tsamples\tpairs\tseconds\tpeak_MiB\tbefore_MiB\tbent\tearly_precision"
    );
    println!(
        "{p}\t{q}\t{n}\t{pairs}\t{seconds:.1}\t{:.0}\t{before:.0}\t{}\t{:.3}",
        peak_memory(),
        found.metrics.nonlinear_genes,
        right.count() as f64 / truth.len() as f64
    );
    Ok(())
}

type Edges = std::collections::BTreeSet<(usize, usize)>;

/// `dx = (A x − x) dt + noise` with `DEGREE` regulators a gene, sampled with noise.
fn sparse_system(p: usize, q: usize, n: usize) -> Result<(Expression, Edges), Box<dyn Error>> {
    let mut rng = Seed(1).stream(Purpose::Synthetic, 0);
    let mut edges = Edges::new();
    let mut weights = vec![Vec::new(); p];
    for (target, row) in weights.iter_mut().enumerate() {
        for _ in 0..DEGREE {
            let source = rng.random_range(0..q);
            if source != target && edges.insert((source, target)) {
                let size: f64 = rng.random_range(0.3..0.8);
                row.push((source, if rng.random_bool(0.7) { size } else { -size }));
            }
        }
    }
    let (step, between) = (0.1, 5);
    let mut series = Vec::new();
    for number in 0..n.div_ceil(POINTS) {
        let mut x: Vec<f64> = (0..p).map(|_| StandardNormal.sample(&mut rng)).collect();
        let mut values = Mat::zeros(POINTS, p);
        for k in 0..POINTS {
            for (j, x) in x.iter().enumerate() {
                let noise: f64 = StandardNormal.sample(&mut rng);
                values[(k, j)] = x + 0.1 * noise;
            }
            for _ in 0..between {
                let before = x.clone();
                for (i, x) in x.iter_mut().enumerate() {
                    let drive: f64 = weights[i].iter().map(|&(j, w)| w * before[j].tanh()).sum();
                    let noise: f64 = StandardNormal.sample(&mut rng);
                    *x += step * (drive - before[i]) + 0.3 * f64::sqrt(step) * noise;
                }
            }
        }
        let times = (0..POINTS)
            .map(|k| k as f64 * step * between as f64)
            .collect();
        series.push(TimeSeries::new(format!("{number}"), times, values)?);
    }
    let genes = Genes::new((0..p).map(|j| format!("g{j}")))?;
    Ok((Expression::new(genes, series)?, edges))
}

/// Largest resident memory of this process so far, in MiB (Linux; elsewhere 0).
fn peak_memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM"));
    let kib = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<f64>().ok());
    kib.unwrap_or(0.0) / 1024.0
}
