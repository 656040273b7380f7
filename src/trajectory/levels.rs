//! Samples as rows of levels, for genes that follow their regulators within a sampling interval.
//!
//! A gene with decay `δ` that is fast against the intervals, `δΔ ≫ 1`, is at every sample where its
//! regulators hold it,
//!
//! ```text
//! x = f(x)/δ = a + W x + β u + noise
//! ```
//!
//! the limit of the exact integral (`segments::ExponentialWeights`) that steady states obey as well. So
//! every sample of a series and every steady state is one row, with the target itself left out of its
//! drive. Samples of a series resemble their neighbours; where there are single samples besides, they
//! weigh as much as their number of independent ones,
//!
//! ```text
//! w = (1 − ρ²)/(1 + ρ²),   ρ: correlation of a level with the one before
//! ```
//!
//! which is what the variance of a correlation between two such series grows by.
//!
//! # Source   Bartlett (1935), J. R. Stat. Soc. 98:536, for the number of independent samples.

use crate::expression::{Expression, SteadyStates, TimeSeries};
use crate::genes::Gene;
use crate::segments::{Covariate, RowSpan, SegmentRow, Segments};

use super::conditions::{CovariateColumns, Segment};
use super::sample_conditions::SampleConditions;
use super::{AllSamples, ConditionError, Conditions};

/// Conditions of series and single samples from which on a whole condition is drawn into a half-sample together.
const ENOUGH_SERIES: usize = 8;

/// Samples of a series that are drawn together where there are fewer.
const RUN: usize = 5;

/// One row a sample, series before steady states, on the scale of `expression`.
///
/// Covariates are those of the increments, so that both kinds of row make one field; offsets that
/// single series may have do not act on levels, as they would take out what differs between series.
///
/// # Errors   [`ConditionError`] if a shift or window does not meet the data.
/// # Panics   if the states are about other genes (a bug in the caller).
/// # Cost     `O(n·p)`.
pub fn level_rows(
    expression: &Expression,
    steady_states: Option<&SteadyStates>,
    conditions: &Conditions,
    covariates: &[Covariate],
) -> Result<Segments, ConditionError> {
    conditions.check(expression)?;
    let samples = AllSamples::new(expression, steady_states);
    let weight = series_weight(&samples);
    let groups = &samples.conditions;
    let blocks = RowBlocks::new(expression, groups);
    let columns = CovariateColumns::new(expression, conditions);
    let genes = expression.genes().clone();
    let mut table = Segments::new(genes, samples.levels.clone(), covariates.to_vec()).of_levels();
    for (number, one) in expression.series().iter().enumerate() {
        for k in 0..one.len() {
            let before = k.saturating_sub(1);
            let cut = Segment {
                a: before,
                b: k,
                length: 1.0,
            };
            let mut design = columns.integrals(number, one, cut);
            let random = design.iter_mut().zip(covariates);
            let random = random.filter(|(_, c)| c.standard_deviation.is_finite());
            random.for_each(|(u, _)| *u = 0.0);
            table.push(SegmentRow {
                nodes: &[(table.len(), 1.0)],
                increments: one.values().row(k).iter().copied().collect(),
                design,
                weight,
                span: RowSpan {
                    series: number,
                    start: one.times()[before],
                    end: one.times()[k],
                    block: blocks.of(groups.of_series[number], k),
                    horizon: 1,
                },
                clamped: changed(one, before, k),
            });
        }
    }
    if let Some(states) = steady_states {
        let singles = groups.of_singles.iter().map(|group| blocks.of(*group, 0));
        push_states(
            &mut table,
            states,
            expression.series().len(),
            &singles.collect::<Vec<_>>(),
        );
    }
    Ok(table)
}

/// Which samples are drawn together: those of one condition, as a whole or in runs.
struct RowBlocks {
    run: usize,
    /// First block of every condition.
    first: Vec<usize>,
}

impl RowBlocks {
    fn new(expression: &Expression, groups: &SampleConditions) -> Self {
        let all = groups.all();
        let run = if all >= ENOUGH_SERIES {
            usize::MAX
        } else {
            RUN
        };
        let mut lengths = vec![1; all];
        for (one, group) in expression.series().iter().zip(&groups.of_series) {
            lengths[*group] = one.len().div_ceil(run).max(lengths[*group]);
        }
        let mut next = 0;
        let first = lengths.iter().map(|length| {
            next += length;
            next - length
        });
        Self {
            run,
            first: first.collect(),
        }
    }

    /// Block of sample `k` of a series of a condition.
    fn of(&self, condition: usize, k: usize) -> usize {
        self.first[condition] + k / self.run
    }
}

/// Weight of a sample of a series against a single one.
fn series_weight(samples: &AllSamples) -> f64 {
    let shared = samples.autocorrelation().powi(2);
    (1.0 - shared) / (1.0 + shared)
}

fn changed(one: &TimeSeries, before: usize, at: usize) -> Vec<Gene> {
    one.changed_between(one.times()[before], one.times()[at])
}

/// One row a steady state; genes that were changed have no equation there.
fn push_states(table: &mut Segments, states: &SteadyStates, series: usize, blocks: &[usize]) {
    let covariates = table.covariates().len();
    for (at, sample) in states.samples().iter().enumerate() {
        let mut design = vec![0.0; covariates];
        design[0] = 1.0;
        let mut clamped: Vec<Gene> = sample.changed().collect();
        clamped.sort_unstable();
        table.push(SegmentRow {
            nodes: &[(table.len(), 1.0)],
            increments: states.values().row(at).iter().copied().collect(),
            design,
            weight: 1.0,
            span: RowSpan {
                series: series + at,
                start: 0.0,
                end: 0.0,
                block: blocks[at],
                horizon: 1,
            },
            clamped,
        });
    }
}
