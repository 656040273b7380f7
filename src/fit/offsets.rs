//! Whether single series have offsets of their own, and when: what predicts held-out increments.
//!
//! For a candidate set of offsets, let `c(r)` be the condition of one-interval row `r`. A ridge model
//! of the increments of all genes on all levels,
//!
//! ```text
//! y_r = h_r (β_{c(r)} − δ ∘ x_r + A x_r) + noise,   penalty ρ ‖A‖²_F
//! ```
//!
//! is fitted on four fifths of the rows and predicts the rest, five times; `h_r` is the length of the
//! interval. What is compared is the mean over genes of the share of the variance that is not
//! predicted. Rates `β` and decays `δ` are projected out from the rows to learn from. Ridge in the
//! place of the sparse fit takes one factorisation per candidate and fold for all genes, so that
//! every sampling time can be tried as the time of a change.

use faer::linalg::solvers::{Llt, Solve};
use faer::{ColRef, Mat, Side};
use rand::seq::SliceRandom;
use rayon::prelude::*;

use crate::expression::{Expression, TimeSeries};
use crate::genes::Gene;
use crate::numeric::{axpy, dot, gram, mean, median, product, squared_norm, standard_deviation};
use crate::seed::{Purpose, Seed};
use crate::trajectory::Offsets;

/// Offsets that were tried, with what they predict.
#[derive(Clone, Debug, PartialEq)]
pub struct OffsetChoice {
    /// The choice.
    pub chosen: Offsets,
    /// Held-out error of every candidate as a share of the variance, best first.
    pub errors: Vec<(Offsets, f64)>,
}

/// By how much offsets of whole series must beat none: they cost a coefficient per series, and a
/// difference below this is within the noise of five folds. On all 30 networks of
/// `benches/README.md` the time and the side of the change are found with this and the next margin;
/// neighbouring values were not measured.
const SERIES_MARGIN: f64 = 0.02;

/// By how much a change must beat no change, and a richer one a simpler. It is larger than that of
/// whole series, as the best of many times is taken.
const SHIFT_MARGIN: f64 = 0.05;

/// Ridge of the regressors, which have length one. It only has to order the candidates, and was not
/// varied.
const RIDGE: f64 = 0.3;

/// Folds, as in the fit itself.
const FOLDS: usize = 5;

/// Genes that are looked at, at most, those that vary most: a bound on the cost, `O(n·p²)` per
/// candidate and fold.
const MOST_GENES: usize = 300;

/// Times of change that are tried on the coarse pass, at most; a bound on the cost.
const MOST_TIMES: usize = 40;

/// Intervals on both sides of a change from which on series may have offsets on one side: fewer
/// would hardly tell an offset from noise. Not varied.
const SIDE: usize = 3;

/// Chooses offsets by the held-out error of a ridge model on one-interval increments.
///
/// * `expression`: on the model's scale
/// * `shift`: a time at which something changes in every series, if it is known; otherwise every
///   sampling time with three intervals on both sides is tried
///
/// A change must predict 5 % better than none, and the simplest form within 5 % of the best is
/// taken: one common step, offsets of the series on one side, on both.
///
/// # Cost   a ridge fit of all genes for every candidate and fold, `O(n·p²)` each; at most 300
///   genes (those that vary most) and 40 times are tried.
#[must_use]
pub fn choose_offsets(expression: &Expression, shift: Option<f64>, seed: Seed) -> OffsetChoice {
    let rows = IncrementRows::new(expression);
    let folds = rows.folds(seed);
    let several = expression.series().len() > 1;
    let mut constant = vec![Offsets::None];
    constant.extend(several.then_some(Offsets::Series));
    let mut errors = rows.errors(constant, &folds);
    let times = shift.map_or_else(
        || change_times(expression),
        |time| vec![ChangeTime { time, sides: true }],
    );
    let stride = times.len().div_ceil(MOST_TIMES).max(1);
    let coarse = times.iter().step_by(stride);
    let coarse = coarse.flat_map(|time| time.changes(several));
    errors.extend(rows.errors(coarse.collect(), &folds));
    if stride > 1 {
        // between its neighbours the best of the coarse times is looked at again, finely
        let best = best_shift(&errors);
        let center = times
            .iter()
            .position(|change| Some(change.time) == best)
            .unwrap_or(0);
        let near = center.saturating_sub(stride - 1)..(center + stride).min(times.len());
        let fine = near
            .filter(|k| k % stride != 0)
            .flat_map(|k| times[k].changes(several));
        errors.extend(rows.errors(fine.collect(), &folds));
    }
    errors.sort_by(|a, b| a.1.total_cmp(&b.1));
    OffsetChoice {
        chosen: choice(&errors, shift.is_some()),
        errors,
    }
}

/// A time at which a change may lie.
#[derive(Clone, Copy, Debug)]
struct ChangeTime {
    time: f64,
    /// Whether most series have enough intervals on both sides for offsets of their own there.
    sides: bool,
}

impl ChangeTime {
    /// What may change at this time; offsets of series need several of them and enough intervals.
    fn changes(self, several: bool) -> Vec<Offsets> {
        let time = self.time;
        let mut changes = vec![Offsets::Step(time)];
        if several && self.sides {
            changes.extend([
                Offsets::Before(time),
                Offsets::After(time),
                Offsets::Sides(time),
            ]);
        }
        changes
    }
}

/// Time of the best change that was tried.
fn best_shift(errors: &[(Offsets, f64)]) -> Option<f64> {
    let shifted = errors
        .iter()
        .filter(|(offsets, _)| offsets.shift().is_some());
    let (offsets, _) = shifted.min_by(|a, b| a.1.total_cmp(&b.1))?;
    offsets.shift()
}

/// * `errors`: sorted, best first
/// * `known`: whether it is known that something changes
fn choice(errors: &[(Offsets, f64)], known: bool) -> Offsets {
    let none = error_of(errors, Offsets::None);
    let series = error_of(errors, Offsets::Series);
    let (base, base_error) = if series < (1.0 - SERIES_MARGIN) * none {
        (Offsets::Series, series)
    } else {
        (Offsets::None, none)
    };
    let shifted = errors
        .iter()
        .filter(|(offsets, _)| offsets.shift().is_some());
    let Some((_, best)) = shifted.clone().next() else {
        return base;
    };
    if !known && *best >= (1.0 - SHIFT_MARGIN) * base_error {
        return base;
    }
    let near = shifted.filter(|(_, error)| *error <= (1.0 + SHIFT_MARGIN) * best);
    // of equally simple ones the better comes first
    near.min_by_key(|(offsets, _)| offsets.complexity())
        .map_or(base, |(offsets, _)| *offsets)
}

/// Held-out error of some offsets; infinite if they were not tried.
fn error_of(errors: &[(Offsets, f64)], wanted: Offsets) -> f64 {
    let tried = errors.iter().find(|(offsets, _)| *offsets == wanted);
    tried.map_or(f64::INFINITY, |(_, error)| *error)
}

/// Sampling times that most series share, with an interval on both sides in most of them.
fn change_times(expression: &Expression) -> Vec<ChangeTime> {
    let series = expression.series();
    let mut times: Vec<f64> = series
        .iter()
        .flat_map(|series| series.times().to_vec())
        .collect();
    times.sort_by(f64::total_cmp);
    times.dedup();
    let possible = times.into_iter().filter(|&time| {
        let common = series
            .iter()
            .filter(|series| series.times().contains(&time));
        2 * common.count() > series.len() && most_have_sides(series, time, 1)
    });
    possible
        .map(|time| ChangeTime {
            time,
            sides: most_have_sides(series, time, SIDE),
        })
        .collect()
}

/// Whether most series have at least so many samples before and after a time.
fn most_have_sides(series: &[TimeSeries], time: f64, least: usize) -> bool {
    let both = series.iter().filter(|series| {
        let before = series.times().iter().filter(|t| **t < time).count();
        let after = series.times().iter().filter(|t| **t > time).count();
        before >= least && after >= least
    });
    2 * both.count() > series.len()
}

/// One sampling interval of a series.
struct SamplingInterval<'a> {
    series: &'a TimeSeries,
    /// Number of the series.
    number: usize,
    /// Sample at the interval's start.
    sample: usize,
}

impl SamplingInterval<'_> {
    fn start(&self) -> f64 {
        self.series.times()[self.sample]
    }

    fn end(&self) -> f64 {
        self.series.times()[self.sample + 1]
    }

    fn length(&self) -> f64 {
        self.end() - self.start()
    }

    /// Genes on which an intervention acts.
    fn changed(&self) -> Vec<Gene> {
        self.series.changed_between(self.start(), self.end())
    }

    fn start_value(&self, gene: usize) -> f64 {
        self.series.values()[(self.sample, gene)]
    }

    fn increment(&self, gene: usize) -> f64 {
        self.series.values()[(self.sample + 1, gene)] - self.start_value(gene)
    }
}

fn intervals(expression: &Expression) -> Vec<SamplingInterval<'_>> {
    let mut intervals = Vec::new();
    for (number, series) in expression.series().iter().enumerate() {
        intervals.extend((1..series.len()).map(|k| SamplingInterval {
            series,
            number,
            sample: k - 1,
        }));
    }
    intervals
}

/// Sum of squares around the mean of the values that are known.
fn known_squares(column: ColRef<'_, f64>) -> f64 {
    let known: Vec<f64> = column.iter().copied().filter(|y| !y.is_nan()).collect();
    standard_deviation(&known).powi(2) * known.len().saturating_sub(1) as f64
}

/// One-interval rows of the genes that vary most.
struct IncrementRows {
    x: Mat<f64>,
    y: Mat<f64>,
    series: Vec<usize>,
    start: Vec<f64>,
    /// Length of each interval, in units of the typical one.
    length: Vec<f64>,
    total: Vec<f64>,
    count: usize,
}

/// Rows to learn from, and rows to predict.
#[derive(Clone, Debug)]
struct SplitRows {
    train: Vec<usize>,
    test: Vec<usize>,
}

impl IncrementRows {
    fn new(expression: &Expression) -> Self {
        let genes = varying_genes(expression);
        let intervals = intervals(expression);
        let lengths: Vec<f64> = intervals.iter().map(SamplingInterval::length).collect();
        let typical = median(&lengths);
        let length: Vec<f64> = lengths.iter().map(|length| length / typical).collect();
        let x = Mat::from_fn(intervals.len(), genes.len(), |i, j| {
            length[i] * intervals[i].start_value(genes[j])
        });
        let changed: Vec<Vec<Gene>> = intervals.iter().map(SamplingInterval::changed).collect();
        let y = Mat::from_fn(intervals.len(), genes.len(), |i, j| {
            if changed[i].contains(&Gene(genes[j])) {
                return f64::NAN;
            }
            intervals[i].increment(genes[j])
        });
        Self {
            total: y.col_iter().map(known_squares).collect(),
            x,
            y,
            length,
            start: intervals.iter().map(SamplingInterval::start).collect(),
            series: intervals.iter().map(|interval| interval.number).collect(),
            count: expression.series().len(),
        }
    }

    fn folds(&self, seed: Seed) -> Vec<usize> {
        let mut folds: Vec<usize> = (0..self.start.len()).map(|row| row % FOLDS).collect();
        folds.shuffle(&mut seed.stream(Purpose::HeldOut, 1));
        folds
    }

    /// Number of the condition of a row.
    fn condition(&self, row: usize, offsets: Offsets) -> usize {
        let (s, n) = (self.series[row], self.count);
        match offsets {
            Offsets::None => 0,
            Offsets::Series => s,
            Offsets::Step(t) => usize::from(self.start[row] < t),
            Offsets::Before(t) if self.start[row] < t => 1 + s,
            Offsets::After(t) if self.start[row] >= t => 1 + s,
            Offsets::Before(_) | Offsets::After(_) => 0,
            Offsets::Sides(t) => s + n * usize::from(self.start[row] < t),
        }
    }

    fn errors(&self, candidates: Vec<Offsets>, folds: &[usize]) -> Vec<(Offsets, f64)> {
        candidates
            .into_par_iter()
            .map(|offsets| (offsets, self.held_out_error(offsets, folds)))
            .collect()
    }

    /// Mean over the genes of the share of the variance that is not predicted.
    fn held_out_error(&self, offsets: Offsets, folds: &[usize]) -> f64 {
        let conditions: Vec<usize> = (0..folds.len())
            .map(|row| self.condition(row, offsets))
            .collect();
        let mut errors = vec![0.0; self.total.len()];
        for fold in 0..FOLDS {
            let (train, test) = (0..folds.len()).partition(|&row| folds[row] != fold);
            let split = SplitRows { train, test };
            if !split.train.is_empty() && !split.test.is_empty() {
                self.add_errors(&conditions, &split, &mut errors);
            }
        }
        let shares: Vec<f64> = errors
            .iter()
            .zip(&self.total)
            .filter(|(_, total)| **total > 0.0)
            .map(|(error, total)| error / total)
            .collect();
        mean(&shares)
    }

    /// IncrementRows to learn from, then rows to predict, minus the condition's rate times their length;
    /// the rates are those of the rows to learn from. Missing values become 0.
    fn centred(&self, from: &Mat<f64>, conditions: &[usize], split: &SplitRows) -> Mat<f64> {
        let mut out = Mat::zeros(split.train.len() + split.test.len(), from.ncols());
        for j in 0..from.ncols() {
            let column = from.col_as_slice(j);
            let rates = self.rates(column, conditions, &split.train);
            let to = out.col_as_slice_mut(j);
            for (to, &row) in to.iter_mut().zip(split.train.iter().chain(&split.test)) {
                let value = column[row] - self.length[row] * rates[conditions[row]];
                *to = if value.is_nan() { 0.0 } else { value };
            }
        }
        out
    }

    /// Rate of every condition in some rows; the common one for a condition without rows.
    fn rates(&self, column: &[f64], conditions: &[usize], rows: &[usize]) -> Vec<f64> {
        let groups = conditions.iter().max().map_or(1, |most| most + 1);
        let (mut sums, mut squares) = (vec![0.0; groups], vec![0.0; groups]);
        for &row in rows.iter().filter(|&&row| !column[row].is_nan()) {
            sums[conditions[row]] += self.length[row] * column[row];
            squares[conditions[row]] += self.length[row].powi(2);
        }
        let common = sums.iter().sum::<f64>() / squares.iter().sum::<f64>().max(f64::MIN_POSITIVE);
        sums.iter()
            .zip(&squares)
            .map(
                |(sum, square)| {
                    if *square > 0.0 { sum / square } else { common }
                },
            )
            .collect()
    }

    fn add_errors(&self, conditions: &[usize], split: &SplitRows, errors: &mut [f64]) {
        let mut x = self.centred(&self.x, conditions, split);
        let mut y = self.centred(&self.y, conditions, split);
        let n = split.train.len();
        for j in 0..errors.len() {
            let column = x.col_as_slice_mut(j);
            let length = squared_norm(&column[..n]).sqrt();
            let unit = if length > 0.0 { 1.0 / length } else { 0.0 };
            column.iter_mut().for_each(|x| *x *= unit);
            let slope = dot(&column[..n], &y.col_as_slice(j)[..n]);
            axpy(-slope, x.col_as_slice(j), y.col_as_slice_mut(j));
        }
        let predicted = ridge(&x, &y, n);
        for (j, error) in errors.iter_mut().enumerate() {
            let truth = &y.col_as_slice(j)[n..];
            let pairs = truth.iter().zip(predicted.col_as_slice(j));
            let known = pairs
                .zip(&split.test)
                .filter(|(_, row)| !self.y[(**row, j)].is_nan());
            *error += known.map(|((y, f), _)| (y - f).powi(2)).sum::<f64>();
        }
    }
}

/// Ridge predictions of the rows after the first `n`, from these; in the smaller of the two
/// dimensions.
fn ridge(x: &Mat<f64>, y: &Mat<f64>, n: usize) -> Mat<f64> {
    let (train, test) = (x.subrows(0, n), x.subrows(n, x.nrows() - n));
    let response = y.subrows(0, n);
    if n > x.ncols() {
        test * solve_with_ridge(gram(train), &product(train, response))
    } else {
        let kernel = train * train.transpose();
        test * (train.transpose() * solve_with_ridge(kernel, &response.to_owned()))
    }
}

fn solve_with_ridge(mut normal: Mat<f64>, right: &Mat<f64>) -> Mat<f64> {
    (0..normal.ncols()).for_each(|k| normal[(k, k)] += RIDGE);
    let factor = Llt::new(normal.as_ref(), Side::Lower)
        .expect("a Gram matrix with a ridge is positive definite");
    factor.solve(right)
}

/// The genes of the largest standard deviation over all samples, in their order.
fn varying_genes(expression: &Expression) -> Vec<usize> {
    let mut genes: Vec<(usize, f64)> = (0..expression.genes().len())
        .map(|j| (j, deviation(expression, j)))
        .collect();
    genes.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    genes.truncate(MOST_GENES);
    let mut genes: Vec<usize> = genes.into_iter().map(|(j, _)| j).collect();
    genes.sort_unstable();
    genes
}

/// Standard deviation of a gene over all samples in which it is known.
fn deviation(expression: &Expression, gene: usize) -> f64 {
    let mut known = Vec::new();
    for series in expression.series() {
        let column = series.values().col(gene);
        known.extend(column.iter().copied().filter(|x| !x.is_nan()));
    }
    standard_deviation(&known)
}
