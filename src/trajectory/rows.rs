//! Segments of time series.

use faer::Mat;

use crate::expression::{Expression, TimeSeries};
use crate::numeric::median;
use crate::segments::{Row, Segments, Span};

use super::conditions::Columns;
use super::gaps::filled;
use super::{ConditionError, Conditions};

/// How series are cut into segments.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RowSettings {
    /// Segments span 1, 2, … up to this many sampling intervals.
    pub horizons: usize,
}

impl Default for RowSettings {
    fn default() -> Self {
        Self { horizons: 2 }
    }
}

/// Rows of the weak form for every segment of every series, on the scale of `expression`.
///
/// The integral over an interval is taken at its left end: the noise of the right end is in the
/// increment too, and would carry it into the regulators (measured: averaging the two ends costs
/// a tenth of the accuracy). A segment never holds a change of condition. A missing regulator is
/// interpolated inside its series; a missing target leaves its increment unknown.
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
    let names = columns.names(expression);
    let mut table = Segments::new(expression.genes().clone(), stacked(expression), names);
    let spacing = typical_interval(expression);
    let (mut first_node, mut first_block) = (0, 0);
    for (at, one) in expression.series().iter().enumerate() {
        for horizon in 1..=settings.horizons {
            for a in 0..one.len().saturating_sub(horizon) {
                let b = a + horizon;
                if columns.change_inside(one, a, b) {
                    continue;
                }
                let nodes: Vec<(usize, f64)> = (a..b)
                    .map(|k| (first_node + k, one.times()[k + 1] - one.times()[k]))
                    .collect();
                table.push(Row {
                    nodes: &nodes,
                    increments: increments(one, a, b),
                    design: columns.integrals(at, one, a, b),
                    weight: weight(one.times()[b] - one.times()[a], spacing),
                    span: Span {
                        series: at,
                        start: one.times()[a],
                        end: one.times()[b],
                        block: first_block + a,
                    },
                    clamped: Vec::new(),
                });
            }
        }
        first_node += one.len();
        first_block += one.len().saturating_sub(1);
    }
    Ok(table)
}

/// Weight of a segment of this length: the noise of an increment is half measurement, which does
/// not grow with time, and half process, which does, at the typical interval.
fn weight(length: f64, spacing: f64) -> f64 {
    2.0 / (1.0 + length / spacing)
}

fn increments(one: &TimeSeries, a: usize, b: usize) -> Vec<f64> {
    let values = one.values();
    (0..values.ncols()).map(|j| values[(b, j)] - values[(a, j)]).collect()
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
    let parts: Vec<Mat<f64>> = expression.series().iter().map(|one| filled(one, &means)).collect();
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
        let values = Mat::from_fn(5, 2, |i, j| (i * (j + 1)) as f64);
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

    #[test]
    fn no_segment_holds_the_shift() {
        assert_eq!(cut(Offsets::None).len(), 4 + 3);
        let cut = cut(Offsets::Before(2.0));
        assert_eq!(cut.len(), 4 + 2);
        assert!(cut.spans().iter().all(|s| s.end <= 2.0 || s.start >= 2.0));
        assert!((0..cut.len()).all(|i| (cut.design(i)[1] > 0.0) == (cut.spans()[i].end <= 2.0)));
    }

    #[test]
    fn the_weights_of_a_segment_add_up_to_its_length() {
        let cut = cut(Offsets::None);
        for (row, span) in cut.spans().iter().enumerate() {
            assert_eq!(cut.quadrature().length(row), span.end - span.start);
            assert_eq!(cut.design(row)[0], span.end - span.start);
        }
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
