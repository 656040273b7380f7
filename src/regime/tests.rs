use faer::Mat;
use rand::Rng;

use super::*;
use crate::expression::{Expression, TimeSeries};
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
