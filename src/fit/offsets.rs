//! Whether single series have offsets of their own, and when: what predicts held-out increments.

use faer::linalg::solvers::{Llt, Solve};
use faer::{Mat, Side};
use rand::seq::SliceRandom;
use rayon::prelude::*;

use crate::expression::Expression;
use crate::genes::Gene;
use crate::numeric::{gram, product, squared_norm, standard_deviation};
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

/// By how much offsets of whole series must beat none.
const SERIES_MARGIN: f64 = 0.02;
/// By how much a change must beat no change, and a richer one a simpler.
const SHIFT_MARGIN: f64 = 0.05;
/// Ridge of the regressors, which have length one.
const RIDGE: f64 = 0.3;
const FOLDS: usize = 5;
/// Genes, and times of change on the coarse pass, that are looked at at most.
const MOST_GENES: usize = 300;
const MOST_TIMES: usize = 40;

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
    let errors_of = |candidates: Vec<Offsets>| -> Vec<(Offsets, f64)> {
        let error = |offsets| (offsets, rows.held_out_error(offsets, &folds));
        candidates.into_par_iter().map(error).collect()
    };
    let constant = [Offsets::None, Offsets::Series];
    let mut errors = errors_of(
        constant
            .into_iter()
            .take(1 + usize::from(several))
            .collect(),
    );
    let times = shift.map_or_else(|| change_times(expression), |time| vec![(time, true)]);
    let stride = times.len().div_ceil(MOST_TIMES).max(1);
    let coarse = times
        .iter()
        .step_by(stride)
        .flat_map(|&time| changes(time, several));
    errors.extend(errors_of(coarse.collect()));
    if stride > 1 {
        // between its neighbours the best of the coarse times is looked at again, finely
        let best = errors.iter().filter(|(o, _)| o.shift().is_some());
        let best = best
            .min_by(|a, b| a.1.total_cmp(&b.1))
            .and_then(|(o, _)| o.shift());
        let at = times
            .iter()
            .position(|(time, _)| Some(*time) == best)
            .unwrap_or(0);
        let near = at.saturating_sub(stride - 1)..(at + stride).min(times.len());
        let fine = near
            .filter(|k| k % stride != 0)
            .flat_map(|k| changes(times[k], several));
        errors.extend(errors_of(fine.collect()));
    }
    errors.sort_by(|a, b| a.1.total_cmp(&b.1));
    OffsetChoice {
        chosen: choice(&errors, shift.is_some()),
        errors,
    }
}

/// What may change at a time; offsets of series need several of them and enough intervals.
fn changes((time, sides): (f64, bool), several: bool) -> Vec<Offsets> {
    let mut changes = vec![Offsets::Step(time)];
    if several && sides {
        changes.extend([
            Offsets::Before(time),
            Offsets::After(time),
            Offsets::Sides(time),
        ]);
    }
    changes
}

fn choice(errors: &[(Offsets, f64)], known: bool) -> Offsets {
    let error = |wanted: Offsets| errors.iter().find(|(o, _)| *o == wanted).map(|(_, e)| *e);
    let none = error(Offsets::None).unwrap_or(f64::INFINITY);
    let series = error(Offsets::Series).unwrap_or(f64::INFINITY);
    let (base, base_error) = if series < (1.0 - SERIES_MARGIN) * none {
        (Offsets::Series, series)
    } else {
        (Offsets::None, none)
    };
    let shifted = || {
        errors
            .iter()
            .filter(|(offsets, _)| offsets.shift().is_some())
    };
    let Some((_, best)) = shifted().next() else {
        return base;
    };
    if !known && *best >= (1.0 - SHIFT_MARGIN) * base_error {
        return base;
    }
    let near = shifted().filter(|(_, error)| *error <= (1.0 + SHIFT_MARGIN) * best);
    // `errors` is sorted, so of equally simple ones the better comes first
    near.min_by_key(|(offsets, _)| offsets.complexity())
        .map_or(base, |(offsets, _)| *offsets)
}

/// Sampling times at which a change may lie, and whether there are three intervals on both sides.
fn change_times(expression: &Expression) -> Vec<(f64, bool)> {
    let series = expression.series();
    let mut times: Vec<f64> = series.iter().flat_map(|one| one.times().to_vec()).collect();
    times.sort_by(f64::total_cmp);
    times.dedup();
    let sides = |time: f64, least: usize| {
        let both = series.iter().filter(|one| {
            let before = one.times().iter().filter(|t| **t < time).count();
            let after = one.times().iter().filter(|t| **t > time).count();
            before >= least && after >= least
        });
        2 * both.count() > series.len()
    };
    let common = |time: f64| {
        2 * series
            .iter()
            .filter(|one| one.times().contains(&time))
            .count()
            > series.len()
    };
    let possible = times
        .into_iter()
        .filter(|&time| common(time) && sides(time, 1));
    possible.map(|time| (time, sides(time, 3))).collect()
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

impl IncrementRows {
    fn new(expression: &Expression) -> Self {
        let genes = varying_genes(expression);
        let mut places = Vec::new();
        for (s, one) in expression.series().iter().enumerate() {
            places.extend((1..one.len()).map(|k| (s, k - 1)));
        }
        let value = |s: usize, k: usize, g: usize| expression.series()[s].values()[(k, g)];
        let length = |(s, k): (usize, usize)| {
            let times = expression.series()[s].times();
            times[k + 1] - times[k]
        };
        let changed = |s: usize, k: usize| {
            let one = &expression.series()[s];
            one.changed_between(one.times()[k], one.times()[k + 1])
        };
        let all: Vec<f64> = places.iter().map(|&place| length(place)).collect();
        let typical = crate::numeric::median(&all);
        let length: Vec<f64> = all.iter().map(|length| length / typical).collect();
        let x = Mat::from_fn(places.len(), genes.len(), |i, j| {
            length[i] * value(places[i].0, places[i].1, genes[j])
        });
        let changed: Vec<Vec<Gene>> = places.iter().map(|&(s, k)| changed(s, k)).collect();
        let y = Mat::from_fn(places.len(), genes.len(), |i, j| {
            let (s, k) = places[i];
            if changed[i].contains(&Gene(genes[j])) {
                return f64::NAN;
            }
            value(s, k + 1, genes[j]) - value(s, k, genes[j])
        });
        let total = (0..genes.len())
            .map(|j| {
                let known: Vec<f64> = y.col(j).iter().copied().filter(|y| !y.is_nan()).collect();
                standard_deviation(&known).powi(2) * known.len().saturating_sub(1) as f64
            })
            .collect();
        Self {
            x,
            y,
            length,
            start: places
                .iter()
                .map(|&(s, k)| expression.series()[s].times()[k])
                .collect(),
            series: places.into_iter().map(|(s, _)| s).collect(),
            total,
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

    /// Mean over the genes of the share of the variance that is not predicted.
    fn held_out_error(&self, offsets: Offsets, folds: &[usize]) -> f64 {
        let conditions: Vec<usize> = (0..folds.len())
            .map(|row| self.condition(row, offsets))
            .collect();
        let mut errors = vec![0.0; self.total.len()];
        for fold in 0..FOLDS {
            let (train, test): (Vec<usize>, Vec<usize>) =
                (0..folds.len()).partition(|&row| folds[row] != fold);
            if !train.is_empty() && !test.is_empty() {
                self.add_errors(&conditions, &train, &test, &mut errors);
            }
        }
        let shares: Vec<f64> = errors
            .iter()
            .zip(&self.total)
            .filter(|(_, total)| **total > 0.0)
            .map(|(error, total)| error / total)
            .collect();
        crate::numeric::mean(&shares)
    }

    /// IncrementRows to learn from, then rows to predict, minus the condition's rate times their length;
    /// the rates are those of the rows to learn from. Missing values become 0.
    fn centred(
        &self,
        from: &Mat<f64>,
        conditions: &[usize],
        train: &[usize],
        test: &[usize],
    ) -> Mat<f64> {
        let groups = conditions.iter().max().map_or(1, |most| most + 1);
        let mut out = Mat::zeros(train.len() + test.len(), from.ncols());
        for j in 0..from.ncols() {
            let column = from.col_as_slice(j);
            let (mut sums, mut squares) = (vec![0.0; groups], vec![0.0; groups]);
            for &row in train.iter().filter(|&&row| !column[row].is_nan()) {
                sums[conditions[row]] += self.length[row] * column[row];
                squares[conditions[row]] += self.length[row].powi(2);
            }
            let all = sums.iter().sum::<f64>() / squares.iter().sum::<f64>().max(f64::MIN_POSITIVE);
            let rate = |g: usize| {
                if squares[g] > 0.0 {
                    sums[g] / squares[g]
                } else {
                    all
                }
            };
            let to = out.col_as_slice_mut(j);
            for (to, &row) in to.iter_mut().zip(train.iter().chain(test)) {
                let value = column[row] - self.length[row] * rate(conditions[row]);
                *to = if value.is_nan() { 0.0 } else { value };
            }
        }
        out
    }

    fn add_errors(
        &self,
        conditions: &[usize],
        train: &[usize],
        test: &[usize],
        errors: &mut [f64],
    ) {
        let mut x = self.centred(&self.x, conditions, train, test);
        let mut y = self.centred(&self.y, conditions, train, test);
        let n = train.len();
        let mut own = Vec::with_capacity(errors.len());
        for j in 0..errors.len() {
            let column = x.col_as_slice_mut(j);
            let length = squared_norm(&column[..n]).sqrt();
            let unit = if length > 0.0 { 1.0 / length } else { 0.0 };
            column.iter_mut().for_each(|x| *x *= unit);
            let slope = crate::numeric::dot(&column[..n], &y.col_as_slice(j)[..n]);
            crate::numeric::axpy(-slope, x.col_as_slice(j), y.col_as_slice_mut(j));
            own.push(slope);
        }
        let predicted = ridge(&x, &y, n);
        for (j, error) in errors.iter_mut().enumerate() {
            let truth = &y.col_as_slice(j)[n..];
            let pairs = truth.iter().zip(predicted.col_as_slice(j)).zip(test);
            let known = pairs.filter(|(_, row)| !self.y[(**row, j)].is_nan());
            *error += known.map(|((y, f), _)| (y - f).powi(2)).sum::<f64>();
        }
    }
}

/// Ridge predictions of the rows after the first `n`, from these; in the smaller of the two
/// dimensions.
fn ridge(x: &Mat<f64>, y: &Mat<f64>, n: usize) -> Mat<f64> {
    let (train, test) = (x.subrows(0, n), x.subrows(n, x.nrows() - n));
    let response = y.subrows(0, n);
    let solve = |mut normal: Mat<f64>, right: &Mat<f64>| {
        (0..normal.ncols()).for_each(|k| normal[(k, k)] += RIDGE);
        let factor = Llt::new(normal.as_ref(), Side::Lower)
            .expect("a Gram matrix with a ridge is positive definite");
        factor.solve(right)
    };
    if n > x.ncols() {
        test * solve(gram(train), &product(train, response))
    } else {
        let kernel = train * train.transpose();
        test * (train.transpose() * solve(kernel, &response.to_owned()))
    }
}

fn varying_genes(expression: &Expression) -> Vec<usize> {
    let spread = |j: usize| {
        let known: Vec<f64> = expression
            .series()
            .iter()
            .flat_map(|one| one.values().col(j).iter().copied().collect::<Vec<_>>())
            .filter(|x| !x.is_nan())
            .collect();
        standard_deviation(&known)
    };
    let mut genes: Vec<(usize, f64)> = (0..expression.genes().len())
        .map(|j| (j, spread(j)))
        .collect();
    genes.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    genes.truncate(MOST_GENES);
    let mut genes: Vec<usize> = genes.into_iter().map(|(j, _)| j).collect();
    genes.sort_unstable();
    genes
}
