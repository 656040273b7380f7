//! Stability selection along the path of the linear part.

use rayon::prelude::*;

use serde::{Deserialize, Serialize};

use crate::genes::Gene;
use crate::penalty::Penalty;
use crate::seed::Seed;

use super::moments::{RowMoments, Standardised};
use super::nonlinear::StoppingRule;
use super::quadratic::Point;
use super::subsample::complementary_halves;
use super::target::{Choice, TargetSample};

/// What the replicates of one target selected, summed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Tally {
    /// Number of half-samples.
    pub samples: u32,
    /// Times selected at every level of the path, levels × q.
    pub selected: Vec<u32>,
    /// Sum over levels and half-samples of the standardised weights' sizes, `q`.
    pub size: Vec<f64>,
    /// The same with signs.
    pub signed: Vec<f64>,
    /// Half-samples with a positive minus those with a negative weight at the end of the path.
    pub balance: Vec<i32>,
    /// Sweeps of the descent that it took.
    pub sweeps: u64,
}

impl Tally {
    pub(crate) fn new(levels: usize, q: usize) -> Self {
        Self {
            selected: vec![0; levels * q],
            size: vec![0.0; q],
            signed: vec![0.0; q],
            balance: vec![0; q],
            ..Self::default()
        }
    }

    fn add(&mut self, other: &Self) {
        fn sum<T: Copy + std::ops::AddAssign>(a: &mut [T], b: &[T]) {
            a.iter_mut().zip(b).for_each(|(a, b)| *a += *b);
        }
        self.samples += other.samples;
        self.sweeps += other.sweeps;
        sum(&mut self.selected, &other.selected);
        sum(&mut self.size, &other.size);
        sum(&mut self.signed, &other.signed);
        sum(&mut self.balance, &other.balance);
    }
}

/// The targets of a block that share their known rows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TargetGroup<'a> {
    pub(crate) targets: &'a [Gene],
    /// Whether each target's model is nonlinear.
    pub(crate) nonlinear: &'a [bool],
    /// Rows in which all of them have a known increment, ascending.
    pub(crate) known: &'a [usize],
}

/// Tallies of a group of targets over all pairs.
///
/// # Cost   for every half-sample the moments once and a path for every target; parallel over
///   pairs, added up in their order, so the sums do not depend on the threads.
pub(crate) fn tallies<P: Penalty>(
    choice: &Choice<'_, P>,
    group: &TargetGroup<'_>,
    pairs: usize,
    seed: Seed,
) -> Vec<Tally> {
    let (levels, q) = (choice.path.len(), choice.data.regulators.len());
    let empty = || vec![Tally::new(levels, q); group.targets.len()];
    let pair = |pair: usize| {
        let mut tallies = empty();
        for half in complementary_halves(choice.data.segments, seed, pair as u64) {
            let known = |row: &usize| group.known.binary_search(row).is_ok();
            let rows: Vec<usize> = half.into_iter().filter(known).collect();
            if !rows.is_empty() {
                half_sample(choice, group, &rows, &mut tallies);
            }
        }
        tallies
    };
    let parts: Vec<Vec<Tally>> = (0..pairs).into_par_iter().map(pair).collect();
    let mut sums = empty();
    for part in &parts {
        sums.iter_mut()
            .zip(part)
            .for_each(|(sum, part)| sum.add(part));
    }
    sums
}

fn half_sample<P: Penalty>(
    choice: &Choice<'_, P>,
    group: &TargetGroup<'_>,
    rows: &[usize],
    tallies: &mut [Tally],
) {
    let moments = RowMoments::new(choice.data, rows, group.targets);
    let (mut standard, mut point) = (Standardised::default(), Point::default());
    for (t, tally) in tallies.iter_mut().enumerate() {
        tally.samples += 1;
        if group.nonlinear[t] {
            let at = TargetSample {
                target: group.targets[t],
                t,
                rows,
                moments: &moments,
                level: 0,
                own: true,
            };
            tally.add_networks(choice, &at);
        } else {
            moments.problem_into(t, choice.data.regulators, choice.prior, true, &mut standard);
            tally.add_path(choice, &standard, &mut point);
        }
    }
}

/// Of the levels of the path, those at which networks are fitted; each stands for the levels up
/// to it that the one before does not.
fn network_levels(levels: usize) -> [usize; 2] {
    [(2 * levels / 5).min(levels - 1), levels - 1 - levels / 6]
}

impl Tally {
    fn count(&mut self, level: usize, j: usize, size: f64, signed: f64) {
        let q = self.size.len();
        self.selected[level * q + j] += 1;
        self.size[j] += size;
        self.signed[j] += signed;
    }

    /// The linear parts of one half-sample along the whole path.
    fn add_path<P: Penalty>(
        &mut self,
        choice: &Choice<'_, P>,
        standard: &Standardised,
        point: &mut Point,
    ) {
        let problem = standard.problem();
        let lambda_max = problem.lambda_max(choice.penalty);
        if lambda_max <= 0.0 {
            return;
        }
        point.reset(&problem);
        let stop = choice.stop_at(lambda_max);
        for (level, share) in choice.path.iter().enumerate() {
            let report = point.descend(&problem, choice.penalty, share * lambda_max, stop);
            self.sweeps += report.sweeps as u64;
            for (j, &v) in point.v.iter().enumerate().filter(|(_, v)| **v != 0.0) {
                self.count(level, j, v.abs(), v);
            }
        }
        for (balance, v) in self.balance.iter_mut().zip(&point.v) {
            *balance += i32::from(*v > 0.0) - i32::from(*v < 0.0);
        }
    }

    /// The networks of one half-sample: the mean slope takes the place of the weight.
    fn add_networks<P: Penalty>(&mut self, choice: &Choice<'_, P>, at: &TargetSample<'_>) {
        let mut first = 0;
        for level in network_levels(choice.path.len()) {
            let last = if first == 0 {
                level + 1
            } else {
                choice.path.len()
            };
            let (found, steps) =
                choice.with_linear_part(&TargetSample { level, ..*at }, |linear, sweeps, _| {
                    let fitted = linear.fit_nonlinear(
                        &linear.second_order_terms(),
                        choice.penalty,
                        IN_HALVES,
                    );
                    let slopes = fitted.network.slopes();
                    let found: Vec<_> = fitted.candidates.iter().copied().zip(slopes).collect();
                    (found, sweeps + fitted.report.steps)
                });
            self.sweeps += steps as u64;
            for (j, (size, signed)) in found.into_iter().filter(|(_, (size, _))| *size > 0.0) {
                (first..last).for_each(|level| self.count(level, j, size, signed));
                if last == choice.path.len() {
                    self.balance[j] += if signed > 0.0 { 1 } else { -1 };
                }
            }
            first = last;
        }
    }
}

/// How far the networks of a half-sample are taken.
const IN_HALVES: StoppingRule = StoppingRule {
    pairs: 1,
    violation: 3e-2,
    steps: 10,
};

/// Falling shares of `λ_max`, geometric from `first` to `last`.
pub(crate) fn geometric_path(first: f64, last: f64, levels: usize) -> Vec<f64> {
    let ratio = (last / first).powf(1.0 / (levels.max(2) - 1) as f64);
    (0..levels).map(|k| first * ratio.powi(k as i32)).collect()
}
