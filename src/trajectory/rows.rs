//! Segments of time series.

use faer::Mat;
use serde::{Deserialize, Serialize};

use crate::expression::{Expression, RestingStates, TimeSeries};
use crate::numeric::median;
use crate::segments::{RowSpan, SegmentRow, Segments};

use super::conditions::{CovariateColumns, Segment};
use super::gaps::filled;
use super::noise_share::{NoiseShare, stretches};
use super::{ConditionError, Conditions, rest};

/// How series are cut into segments.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct RowSettings {
    /// Segments span 1, 2, … up to this many sampling intervals.
    pub horizons: usize,
    /// How much more a row right after a change of condition counts.
    pub emphasis: f64,
    /// Number of intervals in which this emphasis falls to 1/e.
    pub fading: f64,
    /// Weight of a state at rest against a row over one interval; 0 for none of them. With knockouts
    /// of all genes no two targets share their rows, and a fit takes `n·q²` flops a target.
    pub rest_weight: f64,
}

impl RowSettings {
    /// One row for every interval, all alike in weight.
    #[must_use]
    pub fn single() -> Self {
        Self {
            horizons: 1,
            emphasis: 0.0,
            fading: 1.0,
            rest_weight: 0.0,
        }
    }
}

impl Default for RowSettings {
    fn default() -> Self {
        Self {
            horizons: 3,
            emphasis: 2.0,
            fading: 3.0,
            rest_weight: 0.0,
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
    segments_with_rest(expression, None, conditions, settings)
}

/// The same with states at rest below them, each a row in which nothing changes; on the scale of
/// `expression`, weighted by `settings.rest_weight`.
///
/// # Errors   [`ConditionError`] if a shift or window does not meet the data.
/// # Panics   if the states are about other genes (a bug in the caller).
/// # Cost     `O(n·p)`.
pub fn segments_with_rest(
    expression: &Expression,
    resting: Option<&RestingStates>,
    conditions: &Conditions,
    settings: RowSettings,
) -> Result<Segments, ConditionError> {
    conditions.check(expression)?;
    let resting = resting.filter(|_| settings.rest_weight > 0.0);
    let columns = CovariateColumns::new(expression, conditions);
    let interval = typical_interval(expression);
    let covariates = columns.covariates(expression, interval);
    let nodes = stacked(expression, resting);
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
    if let Some(states) = resting {
        assert_eq!(states.genes(), expression.genes(), "the same genes at rest");
        let start = rest::Start {
            node: first_node,
            block: first_block,
            series: expression.series().len(),
            interval,
            weight: settings.rest_weight,
        };
        rest::push_rows(&mut table, states, start);
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

/// All samples of all series under one another, states at rest below them, gaps filled.
fn stacked(expression: &Expression, resting: Option<&RestingStates>) -> Mat<f64> {
    let means = gene_means(expression);
    let mut parts: Vec<Mat<f64>> = expression
        .series()
        .iter()
        .map(|one| filled(one, &means))
        .collect();
    parts.extend(resting.map(|states| rest::levels(states, &means)));
    let samples = parts.iter().map(Mat::nrows).sum();
    let mut out = Mat::zeros(samples, expression.genes().len());
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
    use crate::expression::{Change, Intervention, Span};
    use crate::genes::{Gene, Genes};
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

    /// `x ← x + A x + b` for 10 steps, in which `b` is held at 5 from time 3 to time 6.
    fn held() -> (Expression, impl Fn(&[f64], usize) -> f64) {
        let law = |x: &[f64], j: usize| [0.5 - 0.3 * x[0] + 0.2 * x[1], 0.4 * x[0] - 0.5 * x[1]][j];
        let genes = Genes::new(["a", "b"]).expect("distinct");
        let mut x = vec![vec![1.0, 2.0]];
        for t in 0..10 {
            let mut next: Vec<f64> = (0..2).map(|j| x[t][j] + law(&x[t], j)).collect();
            if (2..6).contains(&t) {
                next[1] = 5.0;
            }
            x.push(next);
        }
        let times = (0..11).map(f64::from).collect();
        let values = Mat::from_fn(11, 2, |i, j| x[i][j]);
        let done = Intervention {
            gene: Gene(1),
            change: Change::Set(5.0),
            window: Some(Span {
                start: 3.0,
                end: 6.0,
            }),
        };
        let series = TimeSeries::new("s", times, values).expect("sorted");
        let series = series.with_interventions(vec![done]);
        (Expression::new(genes, vec![series]).expect("sound"), law)
    }

    #[test]
    fn under_an_intervention_the_law_holds_in_every_row_that_is_left() {
        let (expression, law) = held();
        let settings = RowSettings {
            horizons: 1,
            ..RowSettings::default()
        };
        let cut = segments(&expression, &Conditions::default(), settings).expect("sound");
        let mut known = [0, 0];
        for row in 0..cut.len() {
            let (node, _) = cut.quadrature().row(row)[0];
            let x: Vec<f64> = cut.nodes().row(node).iter().copied().collect();
            for gene in expression.genes().iter() {
                let increment = cut.increment(row, gene);
                if !increment.is_nan() {
                    known[gene.index()] += 1;
                    assert!((increment - law(&x, gene.index())).abs() < 1e-12);
                }
            }
        }
        assert_eq!(known, [10, 6]);
    }

    #[test]
    fn no_segment_holds_the_start_or_end_of_an_intervention() {
        let (expression, _) = held();
        let cut = segments(&expression, &Conditions::default(), RowSettings::default());
        for span in cut.expect("sound").spans() {
            let inside = |t: f64| span.start < t && t < span.end;
            assert!(!inside(3.0) && !inside(6.0), "{span:?}");
        }
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
