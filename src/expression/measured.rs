//! Expression in either of the forms that a run can start from.

use crate::genes::Genes;

use super::{Cells, Expression, TimeSeries};

/// What was measured.
#[derive(Clone, Debug)]
pub enum Measured {
    /// Time series.
    Series(Expression),
    /// Cells with pseudotime.
    Cells(Cells),
}

impl Measured {
    /// The genes.
    #[must_use]
    pub fn genes(&self) -> &Genes {
        match self {
            Self::Series(expression) => expression.genes(),
            Self::Cells(cells) => cells.genes(),
        }
    }

    /// The least value that is not missing; infinite if there is none.
    #[must_use]
    pub fn least(&self) -> f64 {
        let least = |values: &faer::Mat<f64>| {
            let all = values.col_iter().flat_map(|column| column.iter());
            all.copied().fold(f64::INFINITY, f64::min)
        };
        match self {
            Self::Series(expression) => {
                let series = expression.series().iter().map(TimeSeries::values);
                series.map(least).fold(f64::INFINITY, f64::min)
            }
            Self::Cells(cells) => least(cells.values()),
        }
    }
}
