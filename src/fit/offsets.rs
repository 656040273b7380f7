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

use crate::expression::{Expression, TimeSeries};
use crate::seed::Seed;
use crate::trajectory::Offsets;

use super::increment_rows::IncrementRows;

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
