//! Stability selection along the path of `λ`.
//!
//! From the rows of a target, `B` pairs of complementary half-samples are drawn; on each half `s` the
//! path `λ_1 > … > λ_L` is fitted, as shares of that half's own `λ_max`. What is kept of a regulator
//! `j` are sums over the `2B` halves and `L` levels of its standardised weight `v_j(s, l)`:
//!
//! ```text
//! frequency  Π_l(j) = Σ_s 1[v_j(s, l) ≠ 0] / 2B       selected
//! weight     B(j)   = Σ_s Σ_l |v_j(s, l)| / 2BL       size, and signed without the bars
//! balance           = Σ_s sign v_j(s, L)              agreement of the signs at the end of the path
//! ```
//!
//! Frequencies bound the number of false edges (`network::false_edges`), weights are part of the
//! evidence (`network::evidence`). Where a target's model is nonlinear, its networks are fitted on
//! the halves too, at two levels that stand for the others, and the mean slope takes the place of
//! `v_j`.
//!
//! Source: Meinshausen & Bühlmann (2010), J. R. Stat. Soc. B 72:417; complementary pairs by Shah &
//! Samworth (2013), J. R. Stat. Soc. B 75:55. They count a regulator once if it is selected
//! anywhere on the path; here every level counts, which orders regulators more finely.

use rayon::prelude::*;

use serde::{Deserialize, Serialize};

use crate::genes::Gene;
use crate::penalty::Penalty;
use crate::seed::Seed;

use super::moments::{RowMoments, Standardised};
use super::nonlinear::NetworkLimits;
use super::quadratic::DescentPoint;
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
    let tallied: Vec<Vec<Tally>> = (0..pairs)
        .into_par_iter()
        .map(|pair| tally_pair(choice, group, pair, seed))
        .collect();
    let mut sums = no_tallies(choice, group);
    for pair in &tallied {
        for (sum, tally) in sums.iter_mut().zip(pair) {
            sum.add(tally);
        }
    }
    sums
}

fn no_tallies<P: Penalty>(choice: &Choice<'_, P>, group: &TargetGroup<'_>) -> Vec<Tally> {
    let (levels, q) = (choice.path.len(), choice.data.regulators.len());
    vec![Tally::new(levels, q); group.targets.len()]
}

fn tally_pair<P: Penalty>(
    choice: &Choice<'_, P>,
    group: &TargetGroup<'_>,
    pair: usize,
    seed: Seed,
) -> Vec<Tally> {
    let mut tallies = no_tallies(choice, group);
    for half in complementary_halves(choice.data.segments, seed, pair as u64) {
        let rows: Vec<usize> = half
            .into_iter()
            .filter(|row| group.known.binary_search(row).is_ok())
            .collect();
        if !rows.is_empty() {
            half_sample(choice, group, &rows, &mut tallies);
        }
    }
    tallies
}

fn half_sample<P: Penalty>(
    choice: &Choice<'_, P>,
    group: &TargetGroup<'_>,
    rows: &[usize],
    tallies: &mut [Tally],
) {
    let moments = RowMoments::new(choice.data, rows, group.targets);
    let (mut standard, mut point) = (Standardised::default(), DescentPoint::default());
    for (t, tally) in tallies.iter_mut().enumerate() {
        tally.samples += 1;
        if group.nonlinear[t] {
            let sample = TargetSample {
                target: group.targets[t],
                t,
                rows,
                moments: &moments,
                level: 0,
                own: choice.decays(),
            };
            tally.add_networks(choice, &sample);
        } else {
            let own = choice.decays();
            moments.problem_into(t, choice.data.regulators, choice.prior, own, &mut standard);
            tally.add_path(choice, &standard, &mut point);
        }
    }
}

/// Of the levels of the path, those at which networks are fitted; each stands for the levels up
/// to it that the one before does not.
///
/// Two levels of ten, the fifth and the ninth, as networks take most of the time of the half-samples;
/// other levels were not measured.
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
    pub(super) fn add_path<P: Penalty>(
        &mut self,
        choice: &Choice<'_, P>,
        standard: &Standardised,
        point: &mut DescentPoint,
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
    fn add_networks<P: Penalty>(&mut self, choice: &Choice<'_, P>, sample: &TargetSample<'_>) {
        let mut first = 0;
        for level in network_levels(choice.path.len()) {
            let last = if first == 0 {
                level + 1
            } else {
                choice.path.len()
            };
            let sample = TargetSample { level, ..*sample };
            let (candidates, slopes, steps) =
                choice.with_linear_part(&sample, |linear, descent| {
                    let terms = linear.second_order_terms();
                    let fitted = linear.fit_nonlinear(&terms, choice.penalty, IN_HALVES);
                    let slopes = fitted.network.slopes();
                    (
                        fitted.candidates,
                        slopes,
                        descent.sweeps + fitted.report.steps,
                    )
                });
            self.sweeps += steps as u64;
            let selected = candidates.into_iter().zip(slopes);
            for (j, slope) in selected.filter(|(_, slope)| slope.size > 0.0) {
                for level in first..last {
                    self.count(level, j, slope.size, slope.signed);
                }
                if last == choice.path.len() {
                    self.balance[j] += if slope.signed > 0.0 { 1 } else { -1 };
                }
            }
            first = last;
        }
    }
}

/// How far the networks of a half-sample are taken.
///
/// Less far than on all rows: what counts is which regulators are in, and a run fits `4B` of these
/// networks for each target that is nonlinear. Neighbouring values were not measured.
const IN_HALVES: NetworkLimits = NetworkLimits {
    pairs: 1,
    violation: 3e-2,
    steps: 10,
};

/// Falling shares of `λ_max`, geometric from `first` to `last`.
pub(crate) fn geometric_path(first: f64, last: f64, levels: usize) -> Vec<f64> {
    let ratio = (last / first).powf(1.0 / (levels.max(2) - 1) as f64);
    (0..levels).map(|k| first * ratio.powi(k as i32)).collect()
}
