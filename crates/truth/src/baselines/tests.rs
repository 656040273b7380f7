//! Every baseline against what can be computed by hand, and against its invariances.

use approx::assert_relative_eq;
use faer::Mat;
use rand::Rng;

use super::{
    Baseline, BaselineData, Ceiling, Correlation, LaggedCorrelation, LastCovariance,
    MutualInformation, RandomOrder, StabilityLasso, all,
};
use crate::evaluate::{GoldPair, GoldStandard, Ranking, Scores, UniverseSettings};
use cistron::expression::{Data, Expression, Scale, TimeSeries};
use cistron::genes::{Gene, Genes};
use cistron::network::Sign;
use cistron::seed::{Purpose, Seed};

fn observed(series: &[Mat<f64>]) -> BaselineData {
    let genes = Genes::new((0..series[0].ncols()).map(|j| format!("g{j}"))).expect("distinct");
    let series = series.iter().enumerate().map(|(s, values)| {
        let times = (0..values.nrows()).map(|t| t as f64).collect();
        TimeSeries::new(format!("s{s}"), times, values.clone()).expect("sorted")
    });
    let expression = Expression::new(genes, series.collect()).expect("sound");
    let identity = Scale::IDENTITY;
    BaselineData::new(&Data::from(expression), identity).expect("any number is taken")
}

/// Columns of numbers as one series.
fn columns(columns: &[&[f64]]) -> BaselineData {
    let values = Mat::from_fn(columns[0].len(), columns.len(), |i, j| columns[j][i]);
    observed(&[values])
}

fn score(method: &dyn Baseline, data: &BaselineData, regulator: usize, target: usize) -> f64 {
    method
        .rank(data, Seed(1))
        .score(Gene(regulator), Gene(target))
}

/// `x ← x + A x + noise`, every gene `i` driven by `i − 1` and now and then by another.
fn linear_system(p: usize, seed: u64) -> (Vec<Mat<f64>>, GoldStandard) {
    let mut rng = Seed(seed).stream(Purpose::Synthetic, 0);
    let mut weights = Mat::<f64>::zeros(p, p);
    for i in 0..p {
        for j in [(i + p - 1) % p, (3 * i + 1) % p] {
            let sign = if (i + j) % 3 == 0 { -1.0 } else { 1.0 };
            weights[(i, j)] = if i == j { 0.0 } else { 0.25 * sign };
        }
    }
    let series = (0..5).map(|_| noisy_path(&weights, &mut rng)).collect();
    let genes = Genes::new((0..p).map(|j| format!("g{j}"))).expect("distinct");
    let pairs: Vec<GoldPair> = (0..p * p)
        .map(|at| (at / p, at % p))
        .filter(|&(i, j)| weights[(i, j)] != 0.0)
        .map(|(i, j)| GoldPair {
            regulator: Gene(j),
            target: Gene(i),
            edge: true,
            sign: Sign::Unknown,
        })
        .collect();
    (series, GoldStandard::new(genes, &pairs).expect("edges"))
}

fn noisy_path(weights: &Mat<f64>, rng: &mut impl Rng) -> Mat<f64> {
    let p = weights.nrows();
    let mut x: Vec<f64> = (0..p).map(|_| rng.random_range(-1.0..1.0)).collect();
    let mut values = Mat::zeros(20, p);
    for t in 0..20 {
        let before = x.clone();
        for i in 0..p {
            values[(t, i)] = before[i];
            let drive: f64 = (0..p).map(|j| weights[(i, j)] * before[j]).sum();
            x[i] = 0.5 * before[i] + drive + 0.2 * rng.random_range(-1.0..1.0);
        }
    }
    values
}

fn uniform_numbers(count: usize, rng: &mut impl Rng) -> Vec<f64> {
    (0..count).map(|_| rng.random_range(-1.0..1.0)).collect()
}

fn aupr(method: &dyn Baseline, data: &BaselineData, truth: &GoldStandard) -> f64 {
    let edges = method.rank(data, Seed(1)).edges(data.genes());
    let ranking = Ranking::new(truth, &edges, &UniverseSettings::default()).expect("one universe");
    Scores::new(&ranking).aupr
}

#[test]
fn the_correlation_of_three_samples_is_the_one_by_hand() {
    let data = columns(&[
        &[1.0, 2.0, 3.0],
        &[1.0, 3.0, 2.0],
        &[3.0, 2.0, 1.0],
        &[7.0; 3],
    ]);
    let scores = Correlation.rank(&data, Seed(1));
    assert_relative_eq!(scores.score(Gene(0), Gene(1)), 0.5, epsilon = 1e-12);
    assert_relative_eq!(scores.score(Gene(2), Gene(0)), 1.0, epsilon = 1e-12);
    assert_eq!(scores.sign(Gene(2), Gene(0)), Sign::Repression);
    assert_eq!(scores.score(Gene(3), Gene(0)), 0.0);
}

#[test]
fn the_covariance_is_that_of_the_last_samples() {
    let series: Vec<Mat<f64>> = [[0.0, 0.0], [1.0, 4.0], [2.0, 2.0]]
        .iter()
        .map(|last| Mat::from_fn(2, 2, |t, j| if t == 0 { 9.0 - j as f64 } else { last[j] }))
        .collect();
    // Σ (x − 1)(y − 2) / 2 = (2 + 0 + 0) / 2
    assert_relative_eq!(score(&LastCovariance, &observed(&series), 0, 1), 1.0);
    // of all four samples where there are two series: x = 9, 0, 9, 1 and y = 8, 0, 8, 4
    let by_hand = (4.25 * 3.0 + 4.75 * 5.0 + 4.25 * 3.0 + 3.75) / 3.0;
    assert_relative_eq!(
        score(&LastCovariance, &observed(&series[..2]), 0, 1),
        by_hand
    );
}

#[test]
fn the_lagged_correlation_sees_a_pure_delay_that_the_correlation_misses() {
    let mut rng = Seed(2).stream(Purpose::Synthetic, 0);
    let x = uniform_numbers(400, &mut rng);
    let delayed: Vec<f64> = std::iter::once(0.0)
        .chain(x.iter().map(|x| -x))
        .take(400)
        .collect();
    let data = columns(&[&x, &delayed]);
    assert!(score(&Correlation, &data, 0, 1) < 0.15);
    assert!(score(&LaggedCorrelation, &data, 1, 0) < 0.15);
    let scores = LaggedCorrelation.rank(&data, Seed(1));
    assert_relative_eq!(scores.score(Gene(0), Gene(1)), 1.0, epsilon = 1e-12);
    assert_eq!(scores.sign(Gene(0), Gene(1)), Sign::Repression);
}

#[test]
fn the_mutual_information_of_a_monotone_pair_is_the_entropy_of_its_bins() {
    let x: Vec<f64> = (0..20).map(f64::from).collect();
    let y: Vec<f64> = x.iter().map(|x| -x * x * x).collect();
    let data = columns(&[&x, &y]);
    let scores = MutualInformation.rank(&data, Seed(1));
    // 20 samples have two bins: ln 2, and 2·(2 − 1)/40 − (2 − 1)/40 of correction
    let by_hand = 2.0_f64.ln() + 1.0 / 40.0;
    assert_relative_eq!(scores.score(Gene(0), Gene(1)), by_hand, epsilon = 1e-8);
    assert_eq!(scores.sign(Gene(0), Gene(1)), Sign::Repression);
}

#[test]
fn the_mutual_information_sees_a_hump_that_the_correlation_misses() {
    let mut rng = Seed(3).stream(Purpose::Synthetic, 0);
    let (x, other) = (
        uniform_numbers(300, &mut rng),
        uniform_numbers(300, &mut rng),
    );
    let hump: Vec<f64> = x.iter().map(|x| 1.0 - x * x).collect();
    let data = columns(&[&x, &hump, &other]);
    assert!(score(&Correlation, &data, 0, 1) < 0.15);
    assert!(score(&MutualInformation, &data, 0, 1) > 0.5);
    // an independent pair has 0 ± 0.014; without the correction it would have (7 − 1)²/600 = 0.06
    assert!(score(&MutualInformation, &data, 0, 2) < 0.045);
}

#[test]
fn permuted_genes_have_permuted_scores() {
    let (series, _) = linear_system(12, 4);
    let to: [usize; 12] = std::array::from_fn(|j| (5 * j + 3) % 12);
    let permuted = series.iter().map(|x| {
        let mut out = x.clone();
        for (j, &to) in to.iter().enumerate() {
            out.col_as_slice_mut(to).copy_from_slice(x.col_as_slice(j));
        }
        out
    });
    let permuted: Vec<Mat<f64>> = permuted.collect();
    let (plain, permuted) = (observed(&series), observed(&permuted));
    for method in all() {
        let (a, b) = (
            method.rank(&plain, Seed(1)),
            method.rank(&permuted, Seed(1)),
        );
        for (i, j) in (0..144)
            .map(|at| (at / 12, at % 12))
            .filter(|(i, j)| i != j)
        {
            let (x, y) = (a.score(Gene(j), Gene(i)), b.score(Gene(to[j]), Gene(to[i])));
            // a few of the lasso's 500 selections hang on its tolerance
            assert!((x - y).abs() < 1e-2, "{}: {x} and {y}", method.name());
        }
    }
}

#[test]
fn other_units_of_a_gene_change_nothing_but_the_covariance() {
    let (series, _) = linear_system(10, 5);
    let other: Vec<Mat<f64>> = series
        .iter()
        .map(|x| Mat::from_fn(x.nrows(), 10, |t, j| 3.0 + (0.5 + j as f64) * x[(t, j)]))
        .collect();
    let (plain, other) = (observed(&series), observed(&other));
    for method in all()
        .into_iter()
        .filter(|method| method.name() != "covariance")
    {
        let (a, b) = (method.rank(&plain, Seed(1)), method.rank(&other, Seed(1)));
        for (i, j) in (0..100)
            .map(|at| (at / 10, at % 10))
            .filter(|(i, j)| i != j)
        {
            let (x, y) = (a.score(Gene(j), Gene(i)), b.score(Gene(j), Gene(i)));
            assert!((x - y).abs() < 1e-3, "{}: {x} and {y}", method.name());
        }
    }
}

#[test]
fn the_ceiling_stands_above_every_method_and_the_floor_below() {
    let (series, truth) = linear_system(30, 6);
    let data = observed(&series);
    let ceiling = aupr(&Ceiling { truth: &truth }, &data, &truth);
    let floor = aupr(&RandomOrder, &data, &truth);
    assert!(ceiling > 0.9 && floor < 0.15, "{floor} … {ceiling}");
    for method in all() {
        let reached = aupr(method.as_ref(), &data, &truth);
        assert!(
            reached < ceiling && reached > floor,
            "{}: {reached}",
            method.name()
        );
    }
    let lasso = aupr(&StabilityLasso::default(), &data, &truth);
    assert!(lasso > 0.6, "{lasso}");
}

#[test]
fn the_ceiling_of_pure_noise_is_little_more_than_chance() {
    let (series, truth) = linear_system(30, 7);
    let mut rng = Seed(8).stream(Purpose::Synthetic, 0);
    let noise: Vec<Mat<f64>> = series
        .iter()
        .map(|x| Mat::from_fn(x.nrows(), 30, |_, _| rng.random_range(-1.0..1.0)))
        .collect();
    let data = observed(&noise);
    assert!(aupr(&Ceiling { truth: &truth }, &data, &truth) < 0.2);
}

#[test]
fn a_missing_value_and_a_label_leave_every_score_finite() {
    let (mut series, truth) = linear_system(10, 9);
    series[0][(3, 2)] = f64::NAN;
    (0..20).for_each(|t| series[1][(t, 4)] = f64::NAN);
    let data = observed(&series);
    for method in all() {
        assert_eq!(
            method
                .rank(&data, Seed(1))
                .edges(data.genes())
                .edges()
                .len(),
            90
        );
    }
    assert!(aupr(&Ceiling { truth: &truth }, &data, &truth) > 0.5);
}

#[test]
fn the_seed_alone_decides_the_random_order() {
    let (series, _) = linear_system(10, 1);
    let data = observed(&series);
    let [first, again, other] =
        [1, 1, 2].map(|seed| RandomOrder.rank(&data, Seed(seed)).edges(data.genes()));
    assert_eq!(first, again);
    assert_ne!(first, other);
}
