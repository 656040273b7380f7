//! The fit of all targets: `cargo bench --bench speed -- fit`.
//!
//! The series follow a sparse linear network with noise in the process. Few half-samples are
//! drawn, so that a run takes a second or two; the time of the whole fit grows with their number.

use cistron::expression::{Expression, TimeSeries};
use cistron::fit::{FitSettings, Sweep};
use cistron::genes::{Gene, Genes};
use cistron::penalty::PenaltyKind;
use cistron::prior::Prior;
use cistron::seed::{Purpose, Seed};
use cistron::segments::Segments;
use cistron::trajectory::{Conditions, RowSettings, segments};
use divan::Bencher;
use faer::Mat;
use rand::Rng;

/// Samples of one series.
const SAMPLES: usize = 21;
/// Regulators of a gene.
const REGULATORS: usize = 3;

/// `x ← 0.8 x + W x + noise` from a random start, with three regulators a gene.
fn simulated(genes: usize, series: usize) -> Expression {
    let mut rng = Seed(1).stream(Purpose::Synthetic, (genes * series) as u64);
    let edges: Vec<(usize, usize, f64)> = (0..genes * REGULATORS)
        .map(|k| {
            let strength = rng.random_range(0.1..0.3) * [-1.0, 1.0][k % 2];
            (k / REGULATORS, rng.random_range(0..genes), strength)
        })
        .collect();
    let times: Vec<f64> = (0..SAMPLES).map(|k| k as f64).collect();
    let one = |number: usize| {
        let mut values = Mat::zeros(SAMPLES, genes);
        (0..genes).for_each(|j| values[(0, j)] = rng.random_range(-1.0..1.0));
        for k in 1..SAMPLES {
            for j in 0..genes {
                values[(k, j)] = 0.8 * values[(k - 1, j)] + rng.random_range(-0.1..0.1);
            }
            for &(target, source, strength) in &edges {
                values[(k, target)] += strength * f64::tanh(values[(k - 1, source)]);
            }
        }
        TimeSeries::new(format!("s{number}"), times.clone(), values).expect("times increase")
    };
    let series = (0..series).map(one).collect();
    let names = Genes::new((0..genes).map(|j| format!("g{j}"))).expect("distinct names");
    Expression::new(names, series).expect("finite values")
}

/// About `rows` rows over one interval each.
fn rows(genes: usize, rows: usize) -> Segments {
    let mut settings = RowSettings::default();
    settings.horizons = 1;
    let expression = simulated(genes, rows.div_ceil(SAMPLES - 1));
    segments(&expression, &Conditions::default(), settings).expect("no condition to violate")
}

/// Two pairs of half-samples, the linear part only.
fn few() -> FitSettings {
    let mut settings = FitSettings::default();
    settings.pairs = 2;
    settings.nonlinear = false;
    settings
}

fn bench(bencher: Bencher<'_, '_>, (genes, count): (usize, usize), settings: &FitSettings) {
    let rows = rows(genes, count);
    let regulators: Vec<Gene> = rows.genes().iter().collect();
    let prior = Prior::default();
    let sweep = Sweep {
        segments: &rows,
        regulators: &regulators,
        prior: &prior,
        settings,
        seed: Seed::default(),
        fast: None,
    };
    bencher.bench(|| sweep.run());
}

/// Genes and rows: `p` grows at `n = 200`, then `n` at `p = 100`.
const SHAPES: [(usize, usize); 7] = [
    (20, 200),
    (50, 200),
    (100, 200),
    (200, 200),
    (100, 100),
    (100, 500),
    (100, 1000),
];

#[divan::bench(args = SHAPES, sample_count = 3, sample_size = 1)]
fn linear_part(bencher: Bencher<'_, '_>, shape: (usize, usize)) {
    bench(bencher, shape, &few());
}

#[divan::bench(args = [(20, 200), (50, 200), (100, 200)], sample_count = 3, sample_size = 1)]
fn nonlinear(bencher: Bencher<'_, '_>, shape: (usize, usize)) {
    let mut settings = few();
    settings.nonlinear = true;
    bench(bencher, shape, &settings);
}

const PENALTIES: [PenaltyKind; 4] = [
    PenaltyKind::GroupLasso,
    PenaltyKind::Lasso,
    PenaltyKind::SparseGroup,
    PenaltyKind::Mcp,
];

#[divan::bench(args = PENALTIES, sample_count = 3, sample_size = 1)]
fn penalty(bencher: Bencher<'_, '_>, penalty: PenaltyKind) {
    let mut settings = few();
    settings.penalty = penalty;
    bench(bencher, (100, 200), &settings);
}

/// What one more pair of half-samples costs.
#[divan::bench(args = [0, 1, 2, 4, 8], sample_count = 3, sample_size = 1)]
fn pairs(bencher: Bencher<'_, '_>, pairs: usize) {
    let mut settings = few();
    settings.pairs = pairs;
    bench(bencher, (100, 200), &settings);
}
