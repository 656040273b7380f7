use faer::Mat;
use rand::Rng;

use super::models::{FOLDS, apart, rows};
use super::*;
use crate::expression::{Data, Expression, Origin, SteadySample, SteadyStates, TimeSeries};
use crate::genes::Genes;
use crate::seed::{Purpose, Seed};
use crate::segments::ExponentialWeights;

const REGULATORS: usize = 4;
const TARGETS: usize = 40;
const SERIES: usize = 10;
const SAMPLES: usize = 14;

/// How the targets follow.
#[derive(Clone, Copy)]
enum Law {
    /// With these `δΔ`, in turn.
    Decay(&'static [f64]),
    /// At once, what is unexplained persisting by this share.
    AtOnce(f64),
}

/// A number of mean 0 and variance one.
fn noise(rng: &mut impl Rng) -> f64 {
    (0..12).map(|_| rng.random_range(-0.5..0.5)).sum()
}

/// Regulators on straight lines between samples, one time apart, and targets that follow two of them.
///
/// * `shared`: standard deviation of a noise that all genes of a sample share, in units of the levels
fn experiment(law: Law, shared: f64, seed: u64) -> AllSamples {
    let mut rng = Seed(seed).stream(Purpose::Synthetic, 7);
    let p = REGULATORS + TARGETS;
    let weights: Vec<[f64; 2]> = (0..TARGETS)
        .map(|_| [rng.random_range(0.5..1.5), rng.random_range(-1.5..-0.5)])
        .collect();
    let loadings: Vec<f64> = (0..p).map(|_| shared * noise(&mut rng)).collect();
    let mut series = Vec::new();
    for number in 0..SERIES {
        let mut x = vec![0.0; p];
        let mut values = Mat::zeros(SAMPLES, p);
        let mut unexplained = vec![0.0; TARGETS];
        for k in 0..SAMPLES {
            let before = x.clone();
            for r in &mut x[..REGULATORS] {
                *r = 0.7 * *r + noise(&mut rng);
            }
            for t in 0..TARGETS {
                let drive = |x: &[f64]| {
                    weights[t][0] * x[t % REGULATORS] + weights[t][1] * x[(t + 1) % REGULATORS]
                };
                x[REGULATORS + t] = match law {
                    Law::Decay(rates) => {
                        let decay = rates[t % rates.len()];
                        let w = ExponentialWeights::new(decay, 1.0);
                        let (a, b) = (decay * drive(&before), decay * drive(&x));
                        let noise = 0.1 * (1.0 - w.kept) * noise(&mut rng);
                        w.kept * before[REGULATORS + t] + w.start * a + w.end * b + noise
                    }
                    Law::AtOnce(persistence) => {
                        unexplained[t] = persistence * unexplained[t] + 0.5 * noise(&mut rng);
                        drive(&x) + unexplained[t]
                    }
                };
            }
            let together = noise(&mut rng);
            for j in 0..p {
                values[(k, j)] = x[j] + together * loadings[j];
            }
        }
        let times = (0..SAMPLES).map(|k| k as f64).collect();
        series.push(TimeSeries::new(number.to_string(), times, values).expect("increasing"));
    }
    let names: Vec<String> = (0..p).map(|j| format!("g{j}")).collect();
    let genes = Genes::new(names).expect("distinct");
    AllSamples::new(&Expression::new(genes, series).expect("sound"), None)
}

fn regulators() -> Vec<Gene> {
    (0..REGULATORS).map(Gene).collect()
}

fn share_fast(samples: &AllSamples) -> f64 {
    let chosen = Regimes::choose(samples, &regulators());
    let targets = &chosen.targets[REGULATORS..];
    targets.iter().filter(|target| target.fast).count() as f64 / targets.len() as f64
}

#[test]
fn genes_that_follow_at_once_are_fast() {
    for seed in 1..4 {
        assert!(share_fast(&experiment(Law::AtOnce(0.6), 0.0, seed)) > 0.9);
    }
}

#[test]
fn slow_genes_stay_slow_whatever_the_genes_of_a_sample_share() {
    for seed in 1..4 {
        for shared in [0.0, 0.3, 1.0] {
            let samples = experiment(Law::Decay(&[0.1, 0.2, 0.3]), shared, seed);
            assert!(
                share_fast(&samples) < 0.1,
                "{shared}: {}",
                share_fast(&samples)
            );
        }
    }
}

#[test]
fn rates_are_found_within_a_factor_of_two_and_bounded_outside() {
    let rates: &[f64] = &[0.2, 0.5, 1.0, 2.0, 3.0, 0.01, 30.0];
    let samples = experiment(Law::Decay(rates), 0.0, 3);
    let chosen = Regimes::choose(&samples, &regulators());
    for (t, target) in chosen.targets[REGULATORS..].iter().enumerate() {
        let (rate, found) = (rates[t % rates.len()], target.decay);
        match found.bound {
            DecayBound::Estimate => {
                let factor = (found.rate / rate).max(rate / found.rate);
                assert!(factor < 2.0, "{rate}: {found:?}");
            }
            DecayBound::AtMost => assert!(rate <= found.rate, "{rate}: {found:?}"),
            DecayBound::AtLeast => assert!(rate >= found.rate, "{rate}: {found:?}"),
            DecayBound::Unknown => panic!("{rate}: nothing found"),
        }
        if (0.2..=3.0).contains(&rate) {
            assert_eq!(found.bound, DecayBound::Estimate, "{rate}: {found:?}");
        }
    }
}

#[test]
fn few_intervals_leave_genes_slow_and_none_make_them_fast() {
    let mut samples = experiment(Law::AtOnce(0.6), 0.0, 1);
    samples.intervals.truncate(FEWEST_INTERVALS - 1);
    assert_eq!(Regimes::choose(&samples, &regulators()).fast(), 0);
    samples.intervals.clear();
    let chosen = Regimes::choose(&samples, &regulators());
    assert_eq!(chosen.fast(), REGULATORS + TARGETS);
    assert_eq!(chosen.targets[0].decay.bound, DecayBound::Unknown);
}

#[test]
fn shrinkage_goes_to_the_median_as_far_as_folds_disagree() {
    let ratio = |value: f64, variance: f64| LogRatio { value, variance };
    let noisy: Vec<LogRatio> = (-5..=5).map(|k| ratio(0.01 * f64::from(k), 1.0)).collect();
    assert!(shrink(&noisy).log_ratios.iter().all(|l| l.abs() < 1e-12));
    let clear: Vec<LogRatio> = (-5..=5).map(|k| ratio(0.1 * f64::from(k), 1e-9)).collect();
    let shrunk = shrink(&clear);
    assert_eq!(shrunk.center, 0.0);
    assert!((shrunk.log_ratios[0] + 0.5).abs() < 1e-6);
}

/// Series of random levels with these names, one time apart.
fn named(names: &[&str], samples: usize) -> AllSamples {
    let mut rng = Seed(5).stream(Purpose::Synthetic, 8);
    let series = names.iter().map(|name| {
        let values = Mat::from_fn(samples, 3, |_, _| noise(&mut rng));
        let times = (0..samples).map(|k| k as f64).collect();
        TimeSeries::new(*name, times, values).expect("increasing")
    });
    let genes = Genes::new(["a", "b", "c"]).expect("distinct");
    let series: Vec<TimeSeries> = series.collect();
    AllSamples::new(&Expression::new(genes, series).expect("sound"), None)
}

/// Whether no row to learn from has a time in the held-out stretch of its condition, give or take nothing.
fn keeps_apart(samples: &AllSamples) -> bool {
    let all = rows(samples, LevelModel::Fast { persistence: 0.5 });
    let condition = |sample: usize| {
        let series = samples.series();
        let series = series.iter().position(|range| range.contains(&sample));
        samples.conditions.of_series[series.expect("in a series")]
    };
    (0..FOLDS).all(|fold| {
        let held: Vec<usize> = (0..all.len())
            .filter(|&row| all[row].fold == fold && all[row].predicted)
            .collect();
        let learnt = apart(samples, &all, fold);
        held.iter().all(|&row| {
            let w = all[row].weights;
            let (start, end) = (samples.times[w.a], samples.times[w.b]);
            learnt.iter().all(|&other| {
                let v = all[other].weights;
                condition(v.a) != condition(w.a)
                    || samples.times[v.a] > end
                    || samples.times[v.b] < start
            })
        }) && (held.is_empty() || !learnt.is_empty())
    })
}

#[test]
fn one_two_and_three_series_and_their_replicates_are_held_out_in_stretches_with_a_gap() {
    for names in [
        &["a"][..],
        &["a", "b"],
        &["a", "b", "c"],
        &["a_rep1", "a_rep2", "a_rep3", "a_rep4", "a_rep5"],
        &["a_rep1", "b_rep1", "a_rep2", "b_rep2"],
    ] {
        let samples = named(names, 15);
        assert!(samples.conditions.series() < ENOUGH_CONDITIONS);
        assert!(keeps_apart(&samples), "{names:?}");
        let folds = Regimes::choose(&samples, &[Gene(0), Gene(1)]).folds;
        assert!(folds.starts_with("stretches of time with a gap"), "{folds}");
    }
}

#[test]
fn replicates_of_five_conditions_or_more_are_held_out_as_a_whole() {
    let names = [
        "a_rep1", "b_rep1", "c_rep1", "d_rep1", "a_rep2", "c_rep2", "e_rep1",
    ];
    let samples = named(&names, 6);
    let all = rows(&samples, LevelModel::Slow { decay: 1.0 });
    let folds = |series: usize| -> Vec<usize> {
        let range = &samples.series()[series];
        let own = all.iter().filter(|row| range.contains(&row.weights.b));
        let mut folds: Vec<usize> = own.map(|row| row.fold).collect();
        folds.dedup();
        folds
    };
    assert_eq!(folds(0), folds(4));
    assert_eq!(folds(2), folds(5));
    assert!(folds(0).len() == 1 && folds(0) != folds(1));
    assert!(keeps_apart(&samples));
    let note = samples.conditions.note.expect("it matters");
    assert!(
        note.contains("7 series are of 5 conditions (`a_rep1`, `a_rep2`, `c_rep1`, …)"),
        "{note}"
    );
}

#[test]
fn what_was_seen_in_a_copy_is_not_learnt_from() {
    let genes = Genes::new(["a", "b"]).expect("distinct");
    let level = |s: usize, k: usize, j: usize| ((1 + s) * (3 * k + j + 1)) as f64;
    let series = (0..5).map(|s| {
        // the first two begin with the same sample
        let values = Mat::from_fn(
            4,
            2,
            |k, j| if k == 0 && s < 2 { 0.5 } else { level(s, k, j) },
        );
        TimeSeries::new(format!("{s}x"), vec![0.0, 1.0, 2.0, 3.0], values).expect("increasing")
    });
    let expression = Expression::new(genes, series.collect()).expect("sound");
    let samples = AllSamples::new(&expression, None);
    let all = rows(&samples, LevelModel::Fast { persistence: 0.5 });
    let learnt = apart(&samples, &all, 0);
    assert!(
        learnt.iter().all(|&row| all[row].weights.a != 4),
        "sample 4 is a copy of sample 0"
    );
    assert!(learnt.iter().any(|&row| all[row].weights.a == 5));
}

/// Conditions with replicates that hardly differ; targets follow nothing but their own condition.
fn replicated(labelled: bool) -> AllSamples {
    const CONDITIONS: usize = 12;
    const REPLICATES: usize = 4;
    let mut rng = Seed(2).stream(Purpose::Synthetic, 9);
    let centers = Mat::from_fn(CONDITIONS, 30, |_, _| noise(&mut rng));
    let values = Mat::from_fn(CONDITIONS * REPLICATES, 30, |i, j| {
        centers[(i / REPLICATES, j)] + 0.05 * noise(&mut rng)
    });
    let samples = (0..values.nrows()).map(|i| SteadySample {
        label: if labelled {
            format!("c{}", i / REPLICATES)
        } else {
            String::new()
        },
        ..SteadySample::new(format!("row {i}"), Origin::Multifactorial)
    });
    let genes = Genes::new((0..30).map(|j| format!("g{j}"))).expect("distinct");
    let states = SteadyStates::new(genes.clone(), samples.collect(), values).expect("sound");
    let data = Data::from(states);
    AllSamples::new(&Expression::without_series(genes), data.steady_states())
}

#[test]
fn the_penalty_of_levels_is_that_of_other_conditions_and_not_of_replicates() {
    let regulators: Vec<Gene> = (0..15).map(Gene).collect();
    let known = Regimes::choose(&replicated(true), &regulators);
    assert_eq!(known.ridge, PENALTIES[3], "nothing can be predicted");
    assert!(
        known.folds.contains("of which there are 12"),
        "{}",
        known.folds
    );
    assert_eq!(known.fast(), 30);
    let unknown = Regimes::choose(&replicated(false), &regulators);
    assert_eq!(
        unknown.ridge, PENALTIES[0],
        "each sample was seen in its replicates"
    );
}

#[test]
fn measured_half_lives_take_the_place_of_estimates_and_decide_where_they_are_clear() {
    let samples = experiment(Law::Decay(&[0.5]), 0.0, 3);
    let regulators: Vec<Gene> = (0..REGULATORS).map(Gene).collect();
    let chosen = Regimes::choose(&samples, &regulators);
    let mut half_lives = vec![None; REGULATORS + TARGETS];
    // intervals have length one: far shorter, far longer, and in between
    (half_lives[5], half_lives[6], half_lives[7]) = (Some(0.01), Some(70.0), Some(1.0));
    let regimes = chosen.clone().with_half_lives(&half_lives);
    assert!(regimes.targets[5].fast && !regimes.targets[6].fast);
    assert_eq!(regimes.targets[7].fast, chosen.targets[7].fast);
    assert_eq!(regimes.targets[8], chosen.targets[8]);
    let decay = regimes.targets[7].decay;
    assert_eq!(decay.bound, DecayBound::Estimate);
    assert!((decay.rate - std::f64::consts::LN_2).abs() < 1e-15);
}
