//! The range in which every gene was measured.

use serde::{Deserialize, Serialize};

use super::{Expression, SteadyStates};
use crate::genes::Gene;
use crate::numeric::median;

/// Smallest and largest measured level of every gene, on the model's scale.
///
/// A level counts as outside if it is more than a margin `m` below or above, `m_j = max(0.1 w_j, 0.01 w̃)` with the
/// width `w_j` of the gene's range and the median width `w̃` of all genes.
#[doc(hidden)]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ObservedRange {
    ends: Vec<[f64; 2]>,
}

/// Margin as a share of a gene's range: noise of another experiment takes levels as far.
const MARGIN: f64 = 0.1;
/// The same as a share of the median range, for genes that hardly vary in the data.
const MARGIN_OF_MEDIAN: f64 = 0.01;

impl ObservedRange {
    /// The range over all samples of series and steady states, both on the model's scale; a gene without any value
    /// has no bounds.
    ///
    /// # Cost   `O(n·p)`.
    #[must_use]
    pub fn new(expression: &Expression, steady_states: Option<&SteadyStates>) -> Self {
        let genes = expression.genes().iter();
        let ends = genes.map(|gene| {
            let series = expression.series().iter();
            let series = series.flat_map(|one| one.values().col(gene.index()).iter());
            let steady = steady_states.into_iter();
            let steady = steady.flat_map(|states| states.values().col(gene.index()).iter());
            let ends = [f64::INFINITY, f64::NEG_INFINITY];
            // missing values are NaN, which `min` and `max` pass over
            let ends = series.chain(steady).fold(ends, |[low, high], value| {
                [low.min(*value), high.max(*value)]
            });
            if ends[0] <= ends[1] {
                ends
            } else {
                [f64::MIN, f64::MAX]
            }
        });
        Self {
            ends: ends.collect(),
        }
    }

    /// Whether it is about so many genes, and its ends are in order.
    #[must_use]
    pub fn suits(&self, genes: usize) -> bool {
        self.ends.len() == genes && self.ends.iter().all(|[low, high]| low <= high)
    }

    /// The genes of which the level is outside, beyond the margin.
    ///
    /// # Panics   if there is not one level a gene (a bug in the caller).
    #[must_use]
    pub fn outside(&self, levels: &[f64]) -> Vec<Gene> {
        assert_eq!(levels.len(), self.ends.len(), "one level a gene");
        let widths: Vec<f64> = self.ends.iter().map(|[low, high]| high - low).collect();
        let least = match widths.is_empty() {
            true => 0.0,
            false => MARGIN_OF_MEDIAN * median(&widths),
        };
        let is_outside = |j: &usize| {
            let [low, high] = self.ends[*j];
            let margin = (MARGIN * widths[*j]).max(least);
            // NaN is outside
            !(levels[*j] >= low - margin && levels[*j] <= high + margin)
        };
        (0..levels.len()).filter(is_outside).map(Gene).collect()
    }

    /// States across the range, from which other steady states are looked for: its lower ends, its middle and its
    /// upper ends.
    pub(crate) fn starts(&self) -> [Vec<f64>; 3] {
        [0.0, 0.5, 1.0].map(|share| {
            let ends = self.ends.iter();
            ends.map(|[low, high]| match (high - low).is_finite() {
                true => low + share * (high - low),
                // without bounds
                false => 0.0,
            })
            .collect()
        })
    }

    /// Root mean square distance of two states, each gene in widths of its range.
    pub(crate) fn distance(&self, from: &[f64], to: &[f64]) -> f64 {
        let pairs = from.iter().zip(to).zip(&self.ends);
        let squares = pairs.map(|((a, b), [low, high])| {
            let width = high - low;
            if width > 0.0 {
                ((a - b) / width).powi(2)
            } else {
                0.0
            }
        });
        (squares.sum::<f64>() / from.len().max(1) as f64).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::TimeSeries;
    use crate::genes::Genes;
    use faer::mat;

    #[test]
    fn levels_beyond_the_margin_are_outside() {
        let values = mat![[1.0, f64::NAN, 5.0], [3.0, f64::NAN, 5.0]];
        let series = TimeSeries::new("s", vec![0.0, 1.0], values).expect("increasing");
        let genes = Genes::new(["a", "b", "c"]).expect("distinct");
        let expression = Expression::new(genes, vec![series]).expect("sound");
        let range = ObservedRange::new(&expression, None);
        assert!(range.suits(3) && !range.suits(2));
        assert_eq!(range.outside(&[3.19, 1e9, 5.0]), []);
        assert_eq!(range.outside(&[3.21, 1e9, 5.1]), [Gene(0), Gene(2)]);
        assert_eq!(range.outside(&[0.79, 0.0, f64::NAN]), [Gene(0), Gene(2)]);
        assert_eq!(range.starts()[1][0], 2.0);
    }
}
