//! Stability selection along the path of the skeleton.

use rayon::prelude::*;

use crate::genes::Gene;
use crate::penalty::Penalty;
use crate::prior::Prior;
use crate::seed::Seed;

use super::moments::{Integrated, Moments, Standardised};
use super::quadratic::{Point, Stop};
use super::subsample::complementary_halves;

/// How selection is repeated.
#[derive(Clone, Debug)]
pub(crate) struct Replication {
    pub(crate) seed: Seed,
    /// Complementary pairs of half-samples.
    pub(crate) pairs: usize,
    /// Strengths as shares of the critical one, falling.
    pub(crate) path: Vec<f64>,
    pub(crate) stop: Stop,
}

/// What the replicates of one target selected, summed.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Tally {
    /// Number of half-samples.
    pub(crate) samples: u32,
    /// Times selected at every level of the path, levels × q.
    pub(crate) selected: Vec<u32>,
    /// Times selected in both halves of a pair at every level, levels × q.
    pub(crate) both: Vec<u32>,
    /// Sum over levels and half-samples of the standardised weights' sizes, `q`.
    pub(crate) size: Vec<f64>,
    /// The same with signs.
    pub(crate) signed: Vec<f64>,
    /// Half-samples with a positive minus those with a negative weight at the end of the path.
    pub(crate) balance: Vec<i32>,
    pub(crate) sweeps: u64,
}

impl Tally {
    pub(crate) fn new(levels: usize, q: usize) -> Self {
        Self {
            selected: vec![0; levels * q],
            both: vec![0; levels * q],
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
        sum(&mut self.both, &other.both);
        sum(&mut self.size, &other.size);
        sum(&mut self.signed, &other.signed);
        sum(&mut self.balance, &other.balance);
    }
}

/// Tallies of all `targets` (which share their known rows) over all pairs.
///
/// # Cost   for every half-sample the moments once and a path for every target; parallel over
///          pairs, added up in their order, so the sums do not depend on the threads.
pub(crate) fn tallies<P: Penalty>(
    data: &Integrated<'_>,
    rows_of: &(dyn Fn(&[usize]) -> Vec<usize> + Sync),
    targets: &[Gene],
    prior: &Prior,
    penalty: P,
    replication: &Replication,
) -> Vec<Tally> {
    let (levels, q) = (replication.path.len(), data.regulators.len());
    let pair = |pair: usize| {
        let halves = complementary_halves(data.segments, replication.seed, pair as u64);
        let mut tallies = vec![Tally::new(levels, q); targets.len()];
        for half in &halves {
            let moments = Moments::new(data, &rows_of(half), targets);
            let mut worker = Worker::default();
            for (t, tally) in tallies.iter_mut().enumerate() {
                moments.problem_into(t, data.regulators, prior, &mut worker.standard);
                worker.walk(penalty, replication, tally);
            }
        }
        for tally in &mut tallies {
            tally.close_pair();
        }
        tallies
    };
    let parts: Vec<Vec<Tally>> = (0..replication.pairs).into_par_iter().map(pair).collect();
    let mut sums = vec![Tally::new(levels, q); targets.len()];
    for part in &parts {
        sums.iter_mut().zip(part).for_each(|(sum, part)| sum.add(part));
    }
    sums
}

impl Tally {
    /// After two half-samples: what was selected twice was selected in both.
    fn close_pair(&mut self) {
        let twice = self.both.iter_mut().zip(&self.selected);
        twice.for_each(|(both, count)| *both = u32::from(*count == 2));
    }
}

#[derive(Default)]
struct Worker {
    standard: Standardised,
    point: Point,
}

impl Worker {
    fn walk<P: Penalty>(&mut self, penalty: P, replication: &Replication, tally: &mut Tally) {
        let problem = self.standard.problem();
        let critical = problem.critical_strength(penalty);
        let q = tally.size.len();
        tally.samples += 1;
        if critical <= 0.0 {
            return;
        }
        self.point.reset(&problem);
        let stop = Stop {
            violation: replication.stop.violation * critical,
            ..replication.stop
        };
        for (level, share) in replication.path.iter().enumerate() {
            let report = self.point.descend(&problem, penalty, share * critical, stop);
            tally.sweeps += report.sweeps as u64;
            for j in 0..q {
                let v = self.point.v[j];
                if v != 0.0 {
                    tally.selected[level * q + j] += 1;
                    tally.size[j] += v.abs();
                    tally.signed[j] += v;
                }
            }
        }
        for (balance, v) in tally.balance.iter_mut().zip(&self.point.v) {
            *balance += i32::from(*v > 0.0) - i32::from(*v < 0.0);
        }
    }
}

/// Falling shares of the critical strength, geometric from `first` to `last`.
pub(crate) fn geometric_path(first: f64, last: f64, levels: usize) -> Vec<f64> {
    let ratio = (last / first).powf(1.0 / (levels.max(2) - 1) as f64);
    (0..levels).map(|k| first * ratio.powi(k as i32)).collect()
}

/// Correlations.
pub fn quick_corr(data: &crate::segments::Segments, regulators: &[Gene]) -> Vec<Vec<f64>> {
    let integrated = Integrated::new(data, regulators);
    let targets: Vec<Gene> = data.genes().iter().collect();
    let rows: Vec<usize> = (0..data.len()).collect();
    let moments = Moments::new(&integrated, &rows, &targets);
    let mut s = Standardised::default();
    (0..targets.len()).map(|t| { moments.problem_into(t, regulators, &Prior::default(), &mut s); s.problem().linear.to_vec() }).collect()
}

/// Quick look used while the module grows.
pub fn quick(data: &crate::segments::Segments, regulators: &[Gene], pairs: usize, levels: usize, seed: u64) -> (Vec<Vec<u32>>, Vec<Vec<f64>>, Vec<Vec<f64>>, u64) {
    let integrated = Integrated::new(data, regulators);
    let targets: Vec<Gene> = data.genes().iter().collect();
    let replication = Replication {
        seed: Seed(seed),
        pairs,
        path: geometric_path(0.85, 0.15, levels),
        stop: Stop { violation: 1e-4, sweeps: 1000 },
    };
    let tallies = tallies(&integrated, &|rows| rows.to_vec(), &targets, &Prior::default(), crate::penalty::GroupLasso { strength: 0.0 }, &replication);
    let sel = tallies.iter().map(|t| t.selected.clone()).collect();
    let size = tallies.iter().map(|t| t.size.clone()).collect();
    let signed = tallies.iter().map(|t| t.signed.clone()).collect();
    (sel, size, signed, tallies.iter().map(|t| t.sweeps).sum())
}
