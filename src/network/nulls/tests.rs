//! All nulls on data without any edge.

use faer::linalg::solvers::Solve;
use faer::{Mat, Scale, Side};
use rand::Rng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};

use super::*;
use crate::genes::Gene;
use crate::numeric::{ZScores, gram, product};
use crate::seed::{Purpose, Seed};

const REGULATORS: usize = 12;
const GENES: usize = 400;
const SERIES: usize = 4;
const SAMPLES: usize = 20;

/// Series of samples × genes: factors with memory that all genes follow by `share`, and the genes'
/// own courses with memory. No gene acts on another.
fn expression(share: f64) -> Mat<f64> {
    let mut rng = Seed(5).stream(Purpose::Synthetic, 0);
    let factors = courses(3, &mut rng);
    let loadings: Mat<f64> = Mat::from_fn(3, GENES, |_, _| StandardNormal.sample(&mut rng));
    factors * loadings * Scale(share) + courses(GENES, &mut rng)
}

/// `x ← .6 x + .8 ε` within every series.
fn courses(columns: usize, rng: &mut ChaCha8Rng) -> Mat<f64> {
    let mut x: Mat<f64> =
        Mat::from_fn(SERIES * SAMPLES, columns, |_, _| StandardNormal.sample(rng));
    for j in 0..columns {
        for i in (0..SERIES * SAMPLES).filter(|i| i % SAMPLES > 0) {
            x[(i, j)] = 0.6 * x[(i - 1, j)] + 0.8 * x[(i, j)];
        }
    }
    x
}

fn order() -> SampleOrder {
    let series = (0..SERIES).map(|s| (s * SAMPLES..(s + 1) * SAMPLES).collect());
    SampleOrder {
        series: series.collect(),
        singles: Vec::new(),
    }
}

/// Ridge weights of standardised columns, regulators × targets, as absolute values.
fn evidence(regulators: &Mat<f64>, targets: &Mat<f64>) -> Mat<f64> {
    let r = ZScores::new(regulators.as_ref()).values;
    let t = ZScores::new(targets.as_ref()).values;
    let mut moments = gram(r.as_ref());
    for j in 0..moments.ncols() {
        moments[(j, j)] += 0.3 * r.nrows() as f64;
    }
    let factor = moments.llt(Side::Lower).expect("positive definite");
    let weights = factor.solve(product(r.as_ref(), t.as_ref()));
    Mat::from_fn(weights.nrows(), weights.ncols(), |i, j| {
        weights[(i, j)].abs()
    })
}

/// Kolmogorov and Smirnov's distance from uniform of the ranks of one pair per target among the
/// null pairs, times the root of the number of targets; above 1.63 in one of 100 uniform draws.
fn distance_from_uniform(evidence: &Mat<f64>, null: &Mat<f64>) -> f64 {
    let mut rng = Seed(7).stream(Purpose::Synthetic, 1);
    let pairs = null.nrows() * null.ncols();
    let mut shares: Vec<f64> = (0..evidence.ncols())
        .map(|target| {
            let score = evidence[(rng.random_range(0..evidence.nrows()), target)];
            let columns = null.col_iter();
            let above = columns.flat_map(|c| c.iter().filter(|x| **x >= score));
            above.count() as f64 / pairs as f64
        })
        .collect();
    shares.sort_by(f64::total_cmp);
    let n = shares.len() as f64;
    let distances = shares.iter().enumerate().map(|(at, share)| {
        let (below, above) = (share - at as f64 / n, (at + 1) as f64 / n - share);
        below.max(above)
    });
    distances.fold(0.0, f64::max) * n.sqrt()
}

/// Distances from uniform with surrogates, matched genes, and knockoffs of the first genes.
fn distances(values: &Mat<f64>) -> [f64; 3] {
    let columns = |genes: &[Gene]| {
        Mat::from_fn(values.nrows(), genes.len(), |i, j| {
            values[(i, genes[j].index())]
        })
    };
    let listed: Vec<Gene> = (0..REGULATORS).map(Gene).collect();
    let matched = matched_genes(values.as_ref(), &order(), &listed).expect("388 for 12");
    // targets that are neither listed nor matched
    let rest = (REGULATORS..GENES).map(Gene);
    let targets: Vec<Gene> = rest.filter(|gene| !matched.contains(gene)).collect();
    let (regulators, targets) = (columns(&listed), columns(&targets));
    let drawn = surrogate(regulators.as_ref(), &order(), Seed(1), 0);
    let others = knockoffs(regulators.as_ref(), Seed(1), 0);
    let real = evidence(&regulators, &targets);
    [drawn, columns(&matched), others]
        .map(|null| distance_from_uniform(&real, &evidence(&null, &targets)))
}

#[test]
fn ranks_of_independent_genes_among_matched_genes_and_surrogates_are_uniform() {
    let [surrogates, matched, _] = distances(&expression(0.0));
    assert!(surrogates < 1.63, "surrogates {surrogates}");
    assert!(matched < 1.63, "matched {matched}");
}

#[test]
fn ranks_among_knockoffs_are_uniform_where_samples_are_independent() {
    let mut rng = Seed(9).stream(Purpose::Synthetic, 0);
    let n = SERIES * SAMPLES;
    let mut normal = |p| -> Mat<f64> { Mat::from_fn(n, p, |_, _| StandardNormal.sample(&mut rng)) };
    let (regulators, targets) = (normal(REGULATORS), normal(GENES));
    let others = knockoffs(regulators.as_ref(), Seed(1), 0);
    let (real, null) = (evidence(&regulators, &targets), evidence(&others, &targets));
    let distance = distance_from_uniform(&real, &null);
    assert!(distance < 1.63, "{distance}");
}

#[test]
fn matched_genes_see_common_causes_and_surrogates_do_not() {
    let [surrogates, matched, _] = distances(&expression(2.0));
    assert!(matched < 1.63, "matched {matched}");
    assert!(surrogates > 2.5, "surrogates {surrogates}");
}

#[test]
fn a_real_edge_is_above_the_nulls_and_stays_there() {
    let mut values = expression(0.0);
    for target in 50..60 {
        for i in 0..values.nrows() {
            values[(i, target)] += 2.0 * values[(i, 3)];
        }
    }
    let columns = |from: usize, to: usize| values.subcols(from, to - from).to_owned();
    let (regulators, targets) = (columns(0, REGULATORS), columns(50, GENES));
    let real = evidence(&regulators, &targets);
    let drawn = surrogate(regulators.as_ref(), &order(), Seed(1), 0);
    let null = evidence(&drawn, &targets);
    let all = |a: &Mat<f64>| -> Vec<f64> {
        let columns = a.col_iter();
        columns
            .flat_map(|c| c.iter().copied().collect::<Vec<_>>())
            .collect()
    };
    let mut scores = all(&real);
    scores.sort_by(|a, b| b.total_cmp(a));
    let expected = expected_false_from_null(&scores, all(&null), 1.0);
    assert_eq!(expected[9], 0.0);
    assert!(expected[99] > 60.0, "{}", expected[99]);
}
