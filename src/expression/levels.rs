//! All values of a data set, as what they look like needs them.

use faer::Mat;

use super::{Data, Profiles, SteadyStates, TimeSeries};
use crate::numeric::{median, quantile, standard_deviation};

/// Values of the profiles, or of steady states where there are no profiles, missing ones left out.
pub(super) struct Levels {
    /// In increasing order.
    pub(super) sorted: Vec<f64>,
    /// Number of genes.
    pub(super) genes: usize,
    /// Distance of a gene's median from 0, in its standard deviations; median over the genes.
    pub(super) off_center: f64,
}

impl Levels {
    pub(super) fn of(data: &Data) -> Self {
        Self::of_tables(&tables(data), data.genes().len())
    }

    /// Those of the steady states as well.
    pub(super) fn with_steady_states(data: &Data) -> Self {
        let mut tables = tables(data);
        tables.extend(data.steady_states().map(SteadyStates::values));
        Self::of_tables(&tables, data.genes().len())
    }

    fn of_tables(tables: &[&Mat<f64>], genes: usize) -> Self {
        let columns = (0..genes).map(|gene| {
            let cells = tables.iter().flat_map(|table| table.col(gene).iter());
            cells.copied().filter(|x| !x.is_nan()).collect::<Vec<f64>>()
        });
        let columns: Vec<Vec<f64>> = columns.collect();
        let off = columns.iter().map(|values| {
            let spread = standard_deviation(values);
            median(values).abs() / spread
        });
        let off: Vec<f64> = off.filter(|x| x.is_finite()).collect();
        let mut sorted: Vec<f64> = columns.into_iter().flatten().collect();
        sorted.sort_by(f64::total_cmp);
        Self {
            sorted,
            genes,
            off_center: median(&off),
        }
    }

    pub(super) fn least(&self) -> f64 {
        self.sorted.first().copied().unwrap_or(f64::NAN)
    }

    pub(super) fn most(&self) -> f64 {
        self.sorted.last().copied().unwrap_or(f64::NAN)
    }

    /// How many values are below 0.
    pub(super) fn negative(&self) -> usize {
        self.sorted.partition_point(|x| *x < 0.0)
    }

    /// How many are 0.
    pub(super) fn zeros(&self) -> usize {
        self.sorted.partition_point(|x| *x <= 0.0) - self.negative()
    }

    /// Ratio of the 99 % to the 1 % quantile of the values above 0.
    pub(super) fn span(&self) -> f64 {
        let positive = &self.sorted[self.sorted.partition_point(|x| *x <= 0.0)..];
        quantile(positive, 0.99) / quantile(positive, 0.01)
    }

    /// Whether all values are whole numbers.
    pub(super) fn are_counts(&self) -> bool {
        self.sorted.iter().all(|x| x.fract() == 0.0)
    }
}

/// The tables of the profiles, one per series; steady states where there is nothing else.
pub(super) fn tables(data: &Data) -> Vec<&Mat<f64>> {
    match data.profiles() {
        Profiles::Series(expression) => {
            let series = expression.series().iter().map(TimeSeries::values);
            series.collect()
        }
        Profiles::Cells(cells) => vec![cells.values()],
        Profiles::Static(_) => data
            .steady_states()
            .map(SteadyStates::values)
            .into_iter()
            .collect(),
    }
}
