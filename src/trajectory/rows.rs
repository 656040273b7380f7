//! Segments of time series.

use faer::Mat;
use serde::{Deserialize, Serialize};

use crate::expression::{Expression, Intervention, TimeSeries};
use crate::genes::Gene;
use crate::numeric::median;
use crate::segments::{Row, Segments, Span};

use super::conditions::{Columns, Cut};
use super::gaps::filled;
use super::pace::{Pace, stretches};
use super::{ConditionError, Conditions};

/// How series are cut into segments.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct RowSettings {
    /// Segments span 1, 2, … up to this many sampling intervals.
    pub horizons: usize,
    /// How much more a row right after a change of condition counts.
    pub emphasis: f64,
    /// Number of intervals in which this emphasis falls to 1/e.
    pub fading: f64,
}

impl RowSettings {
    /// One row for every interval, all alike in weight.
    #[must_use]
    pub fn single() -> Self {
        Self {
            horizons: 1,
            emphasis: 0.0,
            fading: 1.0,
        }
    }
}

impl Default for RowSettings {
    fn default() -> Self {
        Self {
            horizons: 3,
            emphasis: 2.0,
            fading: 3.0,
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
    conditions.check(expression)?;
    let columns = Columns::new(expression, conditions);
    let influences = columns.influences(expression, typical_interval(expression));
    let mut table = Segments::new(expression.genes().clone(), stacked(expression), influences);
    let pace = Pace::measure(expression, &columns);
    let (mut first_node, mut first_block) = (0, 0);
    for (at, one) in expression.series().iter().enumerate() {
        let since = intervals_since_change(&columns, one);
        for horizon in 1..=settings.horizons {
            let weight = pace.horizon_weight(horizon);
            for a in (0..one.len().saturating_sub(horizon)).filter(|_| weight > 1e-3) {
                let b = a + horizon;
                if columns.change_inside(one, a, b) {
                    continue;
                }
                let length = (one.times()[b] - one.times()[a]) / horizon as f64;
                let fresh = settings.emphasis * (-(since[a] as f64) / settings.fading).exp();
                table.push(Row {
                    nodes: &[(first_node + a, length)],
                    increments: increments(one, a, b),
                    design: columns.integrals(at, one, Cut { a, b, length }),
                    weight: weight * (1.0 + fresh),
                    span: Span {
                        series: at,
                        start: one.times()[a],
                        end: one.times()[b],
                        block: first_block + a,
                        horizon,
                    },
                    clamped: clamped(one, a, b),
                });
            }
        }
        first_node += one.len();
        first_block += one.len().saturating_sub(1);
    }
    Ok(table)
}

/// For every sample the number of intervals since its stretch began.
fn intervals_since_change(columns: &Columns<'_>, one: &TimeSeries) -> Vec<usize> {
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

/// Genes whose own equation does not hold in a segment: an intervention acts on them there, or
/// from its end on, as the last sample may already show it.
fn clamped(one: &TimeSeries, a: usize, b: usize) -> Vec<Gene> {
    let (start, end) = (one.times()[a], one.times()[b]);
    let acts = |done: &&Intervention| {
        done.window
            .is_none_or(|span| span.start <= end && start < span.end)
    };
    let mut genes: Vec<Gene> = one
        .interventions()
        .iter()
        .filter(acts)
        .map(|i| i.gene)
        .collect();
    genes.sort_unstable();
    genes.dedup();
    genes
}

fn typical_interval(expression: &Expression) -> f64 {
    let intervals: Vec<f64> = expression
        .series()
        .iter()
        .flat_map(|one| one.times().windows(2).map(|pair| pair[1] - pair[0]))
        .collect();
    median(&intervals)
}

/// All samples of all series under one another, gaps filled.
fn stacked(expression: &Expression) -> Mat<f64> {
    let means = gene_means(expression);
    let parts: Vec<Mat<f64>> = expression
        .series()
        .iter()
        .map(|one| filled(one, &means))
        .collect();
    let mut out = Mat::zeros(expression.samples(), expression.genes().len());
    let mut row = 0;
    for part in &parts {
        out.as_mut().subrows_mut(row, part.nrows()).copy_from(part);
        row += part.nrows();
    }
    out
}

fn gene_means(expression: &Expression) -> Vec<f64> {
    (0..expression.genes().len())
        .map(|j| {
            let known: Vec<f64> = expression
                .series()
                .iter()
                .flat_map(|one| one.values().col(j).iter().copied())
                .filter(|x| !x.is_nan())
                .collect();
            crate::numeric::mean(&known)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::genes::Genes;
    use crate::trajectory::Offsets;

    fn ramp() -> Expression {
        let genes = Genes::new(["a", "b"]).expect("distinct");
        let values = Mat::from_fn(5, 2, |i, j| [0.0, 2.0, 1.0, 3.0, 2.5][i] * (j + 1) as f64);
        let times = vec![0.0, 1.0, 2.0, 4.0, 5.0];
        let series = TimeSeries::new("s", times, values).expect("sorted");
        Expression::new(genes, vec![series]).expect("sound")
    }

    fn cut(offsets: Offsets) -> Segments {
        let conditions = Conditions {
            offsets,
            ..Conditions::default()
        };
        segments(&ramp(), &conditions, RowSettings::default()).expect("sound")
    }

    fn horizons(cut: &Segments) -> [usize; 2] {
        [1, 2].map(|h| cut.spans().iter().filter(|span| span.horizon == h).count())
    }

    #[test]
    fn no_segment_holds_the_shift() {
        assert_eq!(horizons(&cut(Offsets::None)), [4, 3]);
        let cut = cut(Offsets::Before(2.0));
        assert_eq!(horizons(&cut), [4, 2]);
        assert!(cut.spans().iter().all(|s| s.end <= 2.0 || s.start >= 2.0));
        assert!((0..cut.len()).all(|i| (cut.design(i)[1] > 0.0) == (cut.spans()[i].end <= 2.0)));
    }

    #[test]
    fn a_row_of_one_interval_is_integrated_over_its_length() {
        let cut = cut(Offsets::None);
        for (row, span) in cut.spans().iter().enumerate() {
            let length = (span.end - span.start) / span.horizon as f64;
            assert_eq!(cut.quadrature().length(row), length);
            assert_eq!(cut.design(row)[0], length);
        }
    }

    #[test]
    fn rows_right_after_a_change_weigh_most() {
        let cut = cut(Offsets::Before(2.0));
        let weight = |start: f64| {
            let at = cut
                .spans()
                .iter()
                .position(|s| s.start == start && s.horizon == 1);
            cut.weight(at.expect("a row starts there"))
        };
        assert_eq!(weight(0.0), 3.0);
        assert_eq!(weight(2.0), 3.0);
        assert!(weight(1.0) < weight(0.0) && weight(4.0) < weight(2.0));
    }

    #[test]
    fn a_shift_outside_the_data_is_refused_with_the_times_there_are() {
        let conditions = Conditions {
            offsets: Offsets::Before(500.0),
            ..Conditions::default()
        };
        let error = segments(&ramp(), &conditions, RowSettings::default()).expect_err("outside");
        assert!(error.to_string().contains("the times go from 0 to 5"));
    }
}
