//! Columns of numbers that never change within a series and differ between series: doses, temperatures and the like,
//! whatever they are called.
//!
//! A measured level of a gene is never exactly constant in every series and another in each. Simulated levels without
//! noise are, for genes without a regulator (74 of 350 genes of the simulated benchmark of PHOENIX), so that numbers
//! with as many decimals as those of the other genes are levels; counts have noise.

use std::collections::HashMap;

use crate::io::text::{Keep, Table};

/// Rows that a series must have: two equal levels of a gene may be chance.
const LEAST_ROWS: usize = 3;
/// Pairs of neighbours without a change that show it.
const LEAST_STEPS: usize = 6;
/// Of this many columns, some genes with hardly any counts are constant by chance.
const MANY_COLUMNS: usize = 200;

/// The series of every row of a table.
#[derive(Clone, Debug)]
pub(super) struct SeriesOfRows {
    /// Rows of every series.
    series: Vec<Vec<usize>>,
}

impl SeriesOfRows {
    /// From the names of the series of all rows; none if there are too few series or rows.
    pub(super) fn named(names: &[String]) -> Option<Self> {
        let mut known: HashMap<&str, usize> = HashMap::new();
        let mut series: Vec<Vec<usize>> = Vec::new();
        for (row, name) in names.iter().enumerate() {
            let at = *known.entry(name).or_insert(series.len());
            if at == series.len() {
                series.push(Vec::new());
            }
            series[at].push(row);
        }
        Self::of(series)
    }

    /// Of a table in which a series begins where time goes back to its start.
    pub(super) fn restarting(times: &[f64]) -> Option<Self> {
        let mut series: Vec<Vec<usize>> = Vec::new();
        for (row, time) in times.iter().enumerate() {
            match series.last_mut() {
                Some(rows) if *time > times[rows[0]] => rows.push(row),
                _ => series.push(vec![row]),
            }
        }
        Self::of(series)
    }

    fn of(series: Vec<Vec<usize>>) -> Option<Self> {
        let long = series.iter().all(|rows| rows.len() >= LEAST_ROWS);
        let steps: usize = series.iter().map(|rows| rows.len().saturating_sub(1)).sum();
        (series.len() > 1 && long && steps >= LEAST_STEPS).then_some(Self { series })
    }

    /// The rows of every series.
    pub(super) fn rows_of_series(&self) -> impl Iterator<Item = &[usize]> {
        self.series.iter().map(Vec::as_slice)
    }

    /// Whether values never change within a series, and differ between series.
    pub(super) fn hold(&self, values: &[f64]) -> bool {
        let first = |rows: &Vec<usize>| values[rows[0]];
        let mut series = self.series.iter();
        let constant = series.all(|rows| rows.iter().all(|&row| values[row] == first(rows)));
        let start = first(&self.series[0]);
        constant && self.series.iter().any(|rows| first(rows) != start)
    }
}

/// The columns among these that are constant in every series; none if most others are, too.
pub(super) fn constant_in_series(
    table: &Table,
    columns: &[usize],
    rows: &SeriesOfRows,
) -> Vec<usize> {
    let values = |column: usize| -> Vec<f64> {
        (0..table.len())
            .map(|row| table.value(row, column))
            .collect()
    };
    let many = table.columns(Keep::Number).len() > MANY_COLUMNS;
    let is_constant = |&column: &usize| {
        let values = values(column);
        let few_counts = values.iter().all(|x| [0.0, 1.0, 2.0].contains(x));
        !(many && few_counts) && rows.hold(&values)
    };
    let constant: Vec<usize> = columns.iter().copied().filter(is_constant).collect();
    if 2 * constant.len() > columns.len() {
        return Vec::new();
    }
    constant
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dose_is_constant_in_every_series_and_a_gene_is_not() {
        let times = [0.0, 1.0, 2.0, 3.0, 0.0, 1.0, 2.0, 3.0];
        let rows = SeriesOfRows::restarting(&times).expect("two series");
        assert!(rows.hold(&[0.0, 0.0, 0.0, 0.0, 10.0, 10.0, 10.0, 10.0]));
        // the same everywhere, or knocked out in one series
        assert!(!rows.hold(&[1.0; 8]));
        assert!(!rows.hold(&[0.0, 0.0, 0.0, 0.0, 1.0, 2.0, 1.0, 3.0]));
        assert!(SeriesOfRows::restarting(&times[..4]).is_none());
        let names = ["a", "b", "a", "b", "a", "b", "a", "b"].map(str::to_owned);
        let rows = SeriesOfRows::named(&names).expect("two series");
        assert!(rows.hold(&[1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0]));
    }
}
