//! Whether the numbers of a column may be levels of a gene, as those of the columns that surely are.

use crate::io::text::Table;

/// Columns that are looked at: more tell nothing new.
const MOST_COLUMNS: usize = 200;
/// Decimals that are counted; more are noise of the program that wrote them.
const MOST_DECIMALS: usize = 6;
/// A column whose median is this many times above all levels, or below them, is of another kind.
const OTHER_SCALE: f64 = 10.0;

/// How the levels of genes in a table are written, and between which bounds they are.
#[derive(Clone, Debug)]
pub(super) struct GeneLevels {
    /// Median over the genes of the most decimals in a column.
    decimals: usize,
    least: f64,
    greatest: f64,
}

impl GeneLevels {
    /// From the columns of genes; none if there are none.
    ///
    /// * `genes`: columns of numbers of which nobody doubts that they are genes
    pub(super) fn of(table: &Table, genes: &[usize]) -> Option<Self> {
        let columns = genes.iter().take(MOST_COLUMNS);
        let columns: Vec<Vec<f64>> = columns
            .map(|&column| {
                (0..table.len())
                    .map(|row| table.value(row, column))
                    .collect()
            })
            .collect();
        let mut decimals: Vec<usize> = columns.iter().map(|values| most_decimals(values)).collect();
        decimals.sort_unstable();
        let values = || columns.iter().flatten().filter(|x| x.is_finite());
        values().next()?;
        Some(Self {
            decimals: decimals[decimals.len() / 2],
            least: values().copied().fold(f64::INFINITY, f64::min),
            greatest: values().copied().fold(f64::NEG_INFINITY, f64::max),
        })
    }

    /// Whether most genes have whole numbers, as counts are.
    pub(super) fn are_whole(&self) -> bool {
        self.decimals == 0
    }

    /// Whether these values may be levels of one more gene.
    pub(super) fn may_hold(&self, values: &[f64]) -> bool {
        let mut known: Vec<f64> = values.iter().copied().filter(|x| x.is_finite()).collect();
        known.sort_by(f64::total_cmp);
        let (Some(&first), Some(&last)) = (known.first(), known.last()) else {
            return false;
        };
        let median = known[known.len() / 2];
        let decimals = most_decimals(values);
        let as_exact = decimals + 1 >= self.decimals && (self.decimals > 0 || decimals == 0);
        let largest = self.greatest.abs().max(self.least.abs());
        let in_scale = median.abs() <= OTHER_SCALE * largest;
        let same_sign = self.least < 0.0 || first >= 0.0;
        first < last && as_exact && in_scale && same_sign
    }
}

/// The most decimals of a value.
fn most_decimals(values: &[f64]) -> usize {
    let decimals = values.iter().filter(|x| x.is_finite()).map(|x| {
        let text = format!("{x}");
        text.split_once('.')
            .map_or(0, |(_, part)| part.len().min(MOST_DECIMALS))
    });
    decimals.max().unwrap_or(0)
}
