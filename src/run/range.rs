//! Numbers that are too large or too small to be squared and summed.

use crate::expression::{Expression, SteadyStates, TimeSeries};
use crate::genes::{Gene, Genes};

/// Largest value on the model's scale, and largest time: fourth powers of the one times squares
/// of the other stay finite, however many are summed.
const LARGEST: f64 = 1e40;
/// Values below this have squares that count as zero.
pub(super) const SMALLEST: f64 = 1e-100;

/// A number that would overflow.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum RangeError {
    /// A value.
    #[error(
        "series `{series}`, sample {sample}, gene `{gene}`: found a value of {value:.3e} on the \
         model's scale, expected at most {LARGEST:e}; divide all values by a power of ten"
    )]
    Value {
        /// Name of the series.
        series: String,
        /// Sample, counted from 1.
        sample: usize,
        /// Name of the gene.
        gene: String,
        /// The value after the transform.
        value: f64,
    },
    /// A value of a steady state.
    #[error(
        "steady state `{sample}`, gene `{gene}`: found a value of {value:.3e} on the model's \
         scale, expected at most {LARGEST:e}; divide all values by a power of ten"
    )]
    SteadyState {
        /// Name of the sample.
        sample: String,
        /// Name of the gene.
        gene: String,
        /// The value after the transform.
        value: f64,
    },
    /// A time.
    #[error(
        "series `{series}`, sample {sample}: found time {time:.3e}, expected at most {LARGEST:e}; \
         give the times in a larger unit"
    )]
    Time {
        /// Name of the series.
        series: String,
        /// Sample, counted from 1.
        sample: usize,
        /// Its time.
        time: f64,
    },
}

/// Refuses what would overflow.
///
/// * `expression`: on the model's scale
pub(super) fn check_range(expression: &Expression) -> Result<(), RangeError> {
    let genes = expression.genes();
    expression
        .series()
        .iter()
        .try_for_each(|one| check_times(one).and_then(|()| check_values(one, genes)))
}

/// The same of steady states.
///
/// * `states`: on the model's scale
pub(super) fn check_steady_states(states: &SteadyStates) -> Result<(), RangeError> {
    let genes = states.genes();
    for (row, sample) in states.samples().iter().enumerate() {
        let large = |gene: &Gene| states.values()[(row, gene.index())].abs() > LARGEST;
        if let Some(gene) = genes.iter().find(large) {
            return Err(RangeError::SteadyState {
                sample: sample.name.clone(),
                gene: genes.name(gene).to_owned(),
                value: states.values()[(row, gene.index())],
            });
        }
    }
    Ok(())
}

fn check_times(one: &TimeSeries) -> Result<(), RangeError> {
    let mut times = one.times().iter().enumerate();
    match times.find(|(_, time)| time.abs() > LARGEST) {
        None => Ok(()),
        Some((at, &time)) => Err(RangeError::Time {
            series: one.name().to_owned(),
            sample: at + 1,
            time,
        }),
    }
}

fn check_values(one: &TimeSeries, genes: &Genes) -> Result<(), RangeError> {
    for gene in genes.iter() {
        let mut column = one.values().col(gene.index()).iter().enumerate();
        if let Some((at, &value)) = column.find(|(_, value)| value.abs() > LARGEST) {
            return Err(RangeError::Value {
                series: one.name().to_owned(),
                sample: at + 1,
                gene: genes.name(gene).to_owned(),
                value,
            });
        }
    }
    Ok(())
}

/// Genes with values other than zero, all of them too small for their squares.
pub(super) fn vanishing(expression: &Expression) -> Vec<Gene> {
    let largest = |gene: &Gene| {
        let series = expression.series().iter();
        let values = series.flat_map(|one| one.values().col(gene.index()).iter());
        // missing values are NaN, which `max` passes over
        values.fold(0.0, |largest: f64, value| largest.max(value.abs()))
    };
    let vanishes = |gene: &Gene| (f64::from_bits(1)..SMALLEST).contains(&largest(gene));
    expression.genes().iter().filter(vanishes).collect()
}
