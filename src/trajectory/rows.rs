//! Segments of time series as rows of the weak form.
//!
//! For samples `a < b` of a series, `h = b − a` intervals apart and without a change of condition
//! between them, the row is
//!
//! ```text
//! x(t_b) − x(t_a) = ℓ (g(x(t_a)) − δ x(t_a) + β u) + noise,   ℓ = (t_b − t_a) / h
//! ```
//!
//! with weight `(2m)^{2(h−1)} · (1 + e·exp(−k/f))`: `m` is the share of measurement noise
//! (`noise_share`), `k` the number of intervals since the last change of condition. No derivative is
//! estimated from noisy samples and no series is smoothed.
//!
//! Mean AUPR on DREAM4-100 / DREAM4-10 / DREAM3-100 of a prototype (`benches/README.md`, *What was
//! tried*): `.390 / .698 / .262` in all, `.375 / .684 / .264` without the emphasis `e` after changes,
//! `.387 / .703 / .251` with rows over one interval only, `.373 / .681 / .257` with one- and
//! two-interval rows at the same weight.

use serde::{Deserialize, Serialize};

use crate::expression::{Expression, SteadyStates, TimeSeries};
use crate::numeric::median;
use crate::segments::{RowSpan, SegmentRow, Segments};

use super::conditions::{CovariateColumns, Segment};
use super::noise_share::{NoiseShare, stretches};
use super::samples::stacked;
use super::{ConditionError, Conditions, steady_rows};

/// How series are cut into segments.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RowSettings {
    /// Segments span 1, 2, … up to this many sampling intervals.
    pub horizons: usize,
    /// How much more a row right after a change of condition counts.
    pub emphasis: f64,
    /// Number of intervals in which this emphasis falls to 1/e.
    pub fading: f64,
    /// Weight of a steady state against a row over one interval; 0 for none of them. With knockouts
    /// of all genes no two targets share their rows, and a fit takes `n·q²` flops a target.
    pub steady_weight: f64,
}

impl RowSettings {
    /// One row for every interval, all alike in weight.
    #[must_use]
    pub fn single() -> Self {
        Self {
            horizons: 1,
            emphasis: 0.0,
            fading: 1.0,
            steady_weight: 0.0,
        }
    }
}

impl Default for RowSettings {
    fn default() -> Self {
        Self {
            horizons: 3,
            emphasis: 2.0,
            fading: 3.0,
            steady_weight: 0.0,
        }
    }
}

/// Rows of the weak form for every segment of every series, on the scale of `expression`.
///
/// * The integral is taken at the left end of the segment: the noise of every later sample is in
///   the increment or next to it, and would carry it into the regulators.
/// * A row over `h` intervals is scaled to the length of one: the system relaxes while it lasts,
///   so its increment grows with `h` far slower than its length.
/// * Rows over more intervals weigh less, by the share of measurement noise in the increments;
///   rows right after a change of condition, where the response is, weigh more.
/// * No segment holds a change of condition, or the start or end of an intervention; where one
///   acts, the equation of its gene does not hold.
/// * A missing regulator is interpolated inside its series; a missing target leaves its increment
///   unknown.
///
/// # Errors   [`ConditionError`] if a shift or window does not meet the data.
/// # Cost     `O(n·p)`.
pub fn segments(
    expression: &Expression,
    conditions: &Conditions,
    settings: RowSettings,
) -> Result<Segments, ConditionError> {
    segments_with_steady_states(expression, None, conditions, settings)
}

/// The same with steady states below them, each a row in which nothing changes; on the scale of
/// `expression`, weighted by `settings.steady_weight`.
///
/// # Errors   [`ConditionError`] if a shift or window does not meet the data.
/// # Panics   if the states are about other genes (a bug in the caller).
/// # Cost     `O(n·p)`.
pub fn segments_with_steady_states(
    expression: &Expression,
    steady_states: Option<&SteadyStates>,
    conditions: &Conditions,
    settings: RowSettings,
) -> Result<Segments, ConditionError> {
    conditions.check(expression)?;
    let steady_states = steady_states.filter(|_| settings.steady_weight > 0.0);
    let columns = CovariateColumns::new(expression, conditions);
    let interval = typical_interval(expression);
    let covariates = columns.covariates(expression, interval);
    let nodes = stacked(expression, steady_states);
    let mut table = Segments::new(expression.genes().clone(), nodes, covariates);
    let noise = NoiseShare::measure(expression, &columns);
    let (mut first_node, mut first_block) = (0, 0);
    for (at, one) in expression.series().iter().enumerate() {
        let since = intervals_since_change(&columns, one);
        for horizon in 1..=settings.horizons {
            let weight = noise.horizon_weight(horizon);
            for a in (0..one.len().saturating_sub(horizon)).filter(|_| weight > 1e-3) {
                let b = a + horizon;
                if columns.change_inside(one, a, b) {
                    continue;
                }
                let length = (one.times()[b] - one.times()[a]) / horizon as f64;
                let fresh = settings.emphasis * (-(since[a] as f64) / settings.fading).exp();
                table.push(SegmentRow {
                    nodes: &[(first_node + a, length)],
                    increments: increments(one, a, b),
                    design: columns.integrals(at, one, Segment { a, b, length }),
                    weight: weight * (1.0 + fresh),
                    span: RowSpan {
                        series: at,
                        start: one.times()[a],
                        end: one.times()[b],
                        block: first_block + a,
                        horizon,
                    },
                    clamped: one.changed_between(one.times()[a], one.times()[b]),
                });
            }
        }
        first_node += one.len();
        first_block += one.len().saturating_sub(1);
    }
    if let Some(states) = steady_states {
        assert_eq!(
            states.genes(),
            expression.genes(),
            "the same genes in the steady states"
        );
        let start = steady_rows::Start {
            node: first_node,
            block: first_block,
            series: expression.series().len(),
            interval,
            weight: settings.steady_weight,
        };
        steady_rows::push_rows(&mut table, states, start);
    }
    Ok(table)
}

/// For every sample the number of intervals since its stretch began.
fn intervals_since_change(columns: &CovariateColumns<'_>, one: &TimeSeries) -> Vec<usize> {
    let mut since: Vec<usize> = (0..one.len()).collect();
    for (first, last) in stretches(columns, one) {
        (first..last).for_each(|k| since[k] = k - first);
    }
    since
}

fn increments(one: &TimeSeries, a: usize, b: usize) -> Vec<f64> {
    let values = one.values();
    (0..values.ncols())
        .map(|j| values[(b, j)] - values[(a, j)])
        .collect()
}

fn typical_interval(expression: &Expression) -> f64 {
    let intervals: Vec<f64> = expression
        .series()
        .iter()
        .flat_map(|one| one.times().windows(2).map(|pair| pair[1] - pair[0]))
        .collect();
    median(&intervals)
}

#[cfg(test)]
mod tests;
