//! Data in which nothing can be ranked are refused before the fit.
//!
//! An edge says that what a target does differs with its regulator. That takes two differences between samples
//! (intervals of series, or steady states), a regulator that varies, and another gene that does.

use faer::MatRef;

use crate::expression::{Expression, SteadyStates, TimeSeries};
use crate::genes::Gene;

/// Why there is nothing to rank.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NothingToRank {
    /// Too few samples.
    #[error(
        "found {intervals} interval(s) between samples of a series and {states} steady state(s), expected at least \
         two of them: nothing can be ranked; add samples"
    )]
    Samples {
        /// Intervals between samples of one series.
        intervals: usize,
        /// Steady states.
        states: usize,
    },
    /// Genes that stay as they are.
    #[error(
        "found {genes} gene(s) that vary, {regulators} of them among the regulators, expected a regulator that \
         varies and another gene that does: nothing can be ranked; check that the values are levels of genes, and \
         the list of regulators"
    )]
    Genes {
        /// Genes that vary.
        genes: usize,
        /// Regulators among them.
        regulators: usize,
    },
}

/// Refuses data in which nothing can be ranked.
///
/// * levels on the scale of the model
///
/// # Errors   [`NothingToRank`].
/// # Cost     `O(np)`.
pub(super) fn check_rankable(
    expression: &Expression,
    steady_states: Option<&SteadyStates>,
    regulators: &[Gene],
) -> Result<(), NothingToRank> {
    let series = expression.series();
    let intervals = series.iter().map(|one| one.len().saturating_sub(1)).sum();
    let states = steady_states.map_or(0, SteadyStates::len);
    if intervals + states < 2 {
        return Err(NothingToRank::Samples { intervals, states });
    }
    let tables = series.iter().map(TimeSeries::values);
    let tables = tables.chain(steady_states.map(SteadyStates::values));
    let tables: Vec<MatRef<'_, f64>> = tables.map(|table| table.as_ref()).collect();
    let varying: Vec<bool> = (0..expression.genes().len())
        .map(|j| varies(&tables, j))
        .collect();
    let genes = varying.iter().filter(|varies| **varies).count();
    let acting = regulators
        .iter()
        .filter(|gene| varying[gene.index()])
        .count();
    if acting == 0 || genes < 2 {
        let regulators = acting;
        return Err(NothingToRank::Genes { genes, regulators });
    }
    Ok(())
}

/// Whether a gene has two different values.
fn varies(tables: &[MatRef<'_, f64>], gene: usize) -> bool {
    let values = tables.iter().flat_map(|table| table.col(gene).iter());
    let mut values = values.filter(|x| !x.is_nan());
    let Some(first) = values.next() else {
        return false;
    };
    values.any(|x| x != first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::genes::Genes;
    use faer::Mat;

    fn data(rows: usize, level: impl Fn(usize, usize) -> f64) -> Expression {
        let genes = Genes::new(["a", "b"]).expect("distinct");
        let times = (0..rows).map(|t| t as f64).collect();
        let series = TimeSeries::new("s", times, Mat::from_fn(rows, 2, level)).expect("increasing");
        Expression::new(genes, vec![series]).expect("sound")
    }

    #[test]
    fn two_samples_or_one_gene_that_varies_are_nothing_to_rank() {
        let both = [Gene(0), Gene(1)];
        let check = |data: &Expression, regulators: &[Gene]| check_rankable(data, None, regulators);
        let moving = |i: usize, j: usize| (i + j * i * i) as f64;
        assert_eq!(check(&data(3, moving), &both), Ok(()));
        assert!(matches!(
            check(&data(2, moving), &both),
            Err(NothingToRank::Samples {
                intervals: 1,
                states: 0
            })
        ));
        let one = |i: usize, j: usize| if j == 0 { i as f64 } else { 1.0 };
        assert!(matches!(
            check(&data(5, one), &both),
            Err(NothingToRank::Genes {
                genes: 1,
                regulators: 1
            })
        ));
        assert!(check(&data(5, one), &[Gene(1)]).is_err());
    }
}
