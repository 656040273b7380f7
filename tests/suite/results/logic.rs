//! Regulation that is not linear: the fitted field finds the edges and the shape, where the
//! linear part cannot; and where regulation is linear, nothing nonlinear.

use cistron::expression::{Data, Expression, TimeSeries};
use cistron::genes::Gene;
use cistron::network::Sign;
use cistron::numeric::mean;
use cistron::run::{Run, Settings, infer};
use cistron::seed::{Purpose, Seed};
use cistron_truth::simulate::{LogicCase, LogicData, LogicSettings};
use rand::Rng;
use rand_distr::StandardNormal;

const SEEDS: std::ops::RangeInclusive<u64> = 1..=5;

/// One data set fitted with nonlinear units and, as `--linear` does, without.
struct Fits {
    data: LogicData,
    linear: Run,
    nonlinear: Run,
}

impl Fits {
    fn of(case: LogicCase, seed: u64) -> Self {
        let data = case.simulate(&LogicSettings::default(), Seed(seed));
        Self {
            linear: found(&data.expression, false),
            nonlinear: found(&data.expression, true),
            data,
        }
    }

    fn all(case: LogicCase) -> impl Iterator<Item = (u64, Self)> {
        SEEDS.map(move |seed| (seed, Self::of(case, seed)))
    }

    /// Squared correlation of a fitted drive with the true response over the samples: the offset
    /// and the scale are not asked for, since they trade against the decay.
    fn shape(&self, found: &Run) -> f64 {
        let inputs = self.data.case.regulators().len();
        let (mut truth, mut fitted) = (Vec::new(), Vec::new());
        for x in samples(&self.data.expression) {
            truth.push(self.data.case.response(&x[1..=inputs]));
            fitted.push(drive(found, &x));
        }
        squared_correlation(&truth, &fitted)
    }
}

fn found(expression: &Expression, nonlinear: bool) -> Run {
    let mut settings = Settings::default();
    settings.fit.nonlinear = nonlinear;
    infer(&Data::from(expression.clone()), &settings).expect("sound data")
}

fn samples(expression: &Expression) -> impl Iterator<Item = Vec<f64>> + '_ {
    let rows = |series: &TimeSeries| {
        let values = series.values().clone();
        (0..values.nrows()).map(move |n| values.row(n).iter().copied().collect())
    };
    expression.series().iter().flat_map(rows)
}

/// The fitted drive of the target at levels in the units of the data.
fn drive(found: &Run, levels: &[f64]) -> f64 {
    let scale = found.model.field.scale();
    let x: Vec<f64> = levels.iter().map(|x| scale.forward(*x)).collect();
    found.model.field.component(Gene(0)).drive(&x)
}

/// The two best edges into the target, or fewer, with their signs, by source.
fn best_two(found: &Run) -> Vec<(Gene, Sign)> {
    let edges = found.network.edges().iter();
    let into = edges.filter(|edge| edge.target == Gene(0));
    let mut best: Vec<_> = into.take(2).map(|edge| (edge.source, edge.sign)).collect();
    best.sort_by_key(|(source, _)| source.index());
    best
}

/// Rank of the edge into the target from `source` among all edges into the target.
fn rank(found: &Run, source: Gene) -> usize {
    let edges = found.network.edges().iter();
    let mut into = edges.filter(|edge| edge.target == Gene(0));
    1 + into
        .position(|edge| edge.source == source)
        .unwrap_or(found.genes().len())
}

/// 0 if either does not vary.
fn squared_correlation(a: &[f64], b: &[f64]) -> f64 {
    let (ma, mb) = (mean(a), mean(b));
    let sum = |f: fn(f64, f64) -> f64| -> f64 {
        let pairs = a.iter().zip(b);
        pairs.map(|(a, b)| f(a - ma, b - mb)).sum()
    };
    let (ab, aa, bb) = (sum(|a, b| a * b), sum(|a, _| a * a), sum(|_, b| b * b));
    if aa * bb > 0.0 {
        ab * ab / (aa * bb)
    } else {
        0.0
    }
}

/// Interaction contrast `f(hh) − f(hl) − f(lh) + f(ll)` of the two activators one standard
/// deviation above and below their mean, as a share of the range over the four corners.
///
/// For an additive `f(x, y) = g(x) + h(y)`, a linear one included, `f(hh) − f(hl)` is
/// `h(high) − h(low)`, and so is `f(lh) − f(ll)`: the contrast is 0. It is 0.91 for the truth.
fn contrast(found: &Run) -> f64 {
    let corner = |a: f64, b: f64| {
        let mut levels = vec![0.0; found.genes().len()];
        levels[1..3].copy_from_slice(&[a, b]);
        drive(found, &levels)
    };
    let corners = [(1.0, 1.0), (1.0, -1.0), (-1.0, 1.0), (-1.0, -1.0)];
    let [hh, hl, lh, ll] = corners.map(|(a, b)| corner(a, b));
    let range = hh.max(hl).max(lh).max(ll) - hh.min(hl).min(lh).min(ll);
    (hh - hl - lh + ll) / range
}

#[test]
fn the_regulator_of_a_hump_ranks_first_and_by_the_linear_part_alone_near_the_end() {
    for (seed, fits) in Fits::all(LogicCase::Hump) {
        assert_eq!(rank(&fits.nonlinear, Gene(1)), 1, "seed {seed}");
        let candidates = fits.nonlinear.genes().len() - 1;
        let linear = rank(&fits.linear, Gene(1));
        assert!(linear > candidates / 2, "seed {seed}: rank {linear}");
    }
}

#[test]
fn the_hump_is_recovered_where_the_linear_part_sees_nothing() {
    for (seed, fits) in Fits::all(LogicCase::Hump) {
        let node = &fits.nonlinear.nodes[0];
        let gain = node.r_squared - node.r_squared_linear;
        assert!(gain > 0.2, "seed {seed}: held-out R² gains {gain}");
        let (nonlinear, linear) = (fits.shape(&fits.nonlinear), fits.shape(&fits.linear));
        assert!(
            nonlinear > 0.8 && linear < 0.1,
            "seed {seed}: {nonlinear}, {linear}"
        );
    }
}

#[test]
fn both_activators_of_an_and_rank_first_with_their_signs() {
    for (seed, fits) in Fits::all(LogicCase::And) {
        let expected = [1, 2].map(|gene| (Gene(gene), Sign::Activation));
        assert_eq!(best_two(&fits.nonlinear), expected, "seed {seed}");
    }
}

#[test]
fn the_and_is_recovered_with_its_corner() {
    let mut contrasts = Vec::new();
    for (seed, fits) in Fits::all(LogicCase::And) {
        let node = &fits.nonlinear.nodes[0];
        assert!(node.r_squared > node.r_squared_linear + 0.03, "seed {seed}");
        let (nonlinear, linear) = (fits.shape(&fits.nonlinear), fits.shape(&fits.linear));
        assert!(
            nonlinear > linear + 0.04,
            "seed {seed}: {nonlinear}, {linear}"
        );
        assert!(contrast(&fits.linear).abs() < 1e-9, "seed {seed}");
        let nonlinear = contrast(&fits.nonlinear);
        assert!(nonlinear >= 0.25, "seed {seed}: contrast {nonlinear}");
        contrasts.push(nonlinear);
    }
    assert!(mean(&contrasts) > 0.35, "{contrasts:?}");
}

/// The other genes of a data set with a target that activator 1 raises and activator 2 lowers, in
/// proportion: `dy = (0.6 z₁ − 0.5 z₂ − y) dt + 0.1 dW` by the trapezoid rule between samples.
fn with_linear_target(data: &LogicData, seed: Seed) -> Expression {
    let series = data.expression.series().iter().enumerate();
    let series = series.map(|(number, one)| {
        let mut rng = seed.stream(Purpose::Perturbation, 1_000 + number as u64);
        let mut values = one.values().clone();
        let times = one.times();
        let input = |n: usize| 0.6 * one.values()[(n, 1)] - 0.5 * one.values()[(n, 2)];
        values[(0, 0)] = input(0);
        for n in 1..one.len() {
            let h = times[n] - times[n - 1];
            let noise = 0.1 * h.sqrt() * rng.sample::<f64, _>(StandardNormal);
            let known = values[(n - 1, 0)] * (1.0 - 0.5 * h);
            let driven = known + 0.5 * h * (input(n) + input(n - 1)) + noise;
            values[(n, 0)] = driven / (1.0 + 0.5 * h);
        }
        TimeSeries::new(one.name().to_owned(), times.to_vec(), values).expect("times increase")
    });
    Expression::new(data.expression.genes().clone(), series.collect()).expect("as before")
}

#[test]
fn where_regulation_is_linear_no_model_is_nonlinear() {
    let (mut nonlinear_genes, mut genes) = (0, 0);
    for seed in SEEDS {
        let data = LogicCase::And.simulate(&LogicSettings::default(), Seed(seed));
        let expression = with_linear_target(&data, Seed(seed));
        let expected = [(Gene(1), Sign::Activation), (Gene(2), Sign::Repression)];
        for nonlinear in [false, true] {
            let found = found(&expression, nonlinear);
            assert_eq!(
                best_two(&found),
                expected,
                "seed {seed}, nonlinear {nonlinear}"
            );
            nonlinear_genes += found.metrics.nonlinear_genes;
        }
        genes += expression.genes().len();
    }
    assert!(
        10 * nonlinear_genes <= genes,
        "{nonlinear_genes} of {genes} are nonlinear"
    );
}
