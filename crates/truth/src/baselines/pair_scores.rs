//! A score, and for some methods a sign, for every ordered pair.

use faer::Mat;

use super::BaselineData;
use crate::evaluate::EdgeList;
use cistron::genes::{Gene, Genes};
use cistron::network::Sign;

/// Scores `p × q`, row = target, column = regulator; higher is more certain.
#[derive(Clone, Debug)]
pub(crate) struct PairScores {
    /// Genes of the columns, ascending.
    regulators: Vec<Gene>,
    values: Mat<f64>,
    signs: Signs,
}

/// Where the signs of the pairs come from.
#[derive(Clone, Debug)]
enum Signs {
    /// The sign of the value, whose size is the score.
    OfValues,
    /// The signs of these numbers.
    Of(Mat<f64>),
}

impl PairScores {
    /// The size of every value as score, its sign as sign.
    ///
    /// # Panics   if there is not one row per gene and one column per regulator (a bug in the
    ///   caller).
    #[must_use]
    pub(crate) fn signed(data: &BaselineData, values: Mat<f64>) -> Self {
        Self::new(data, values, Signs::OfValues)
    }

    /// Scores, and the numbers whose signs they have.
    ///
    /// # Panics   if the shapes differ (a bug in the caller).
    #[must_use]
    pub(crate) fn with_signs(data: &BaselineData, values: Mat<f64>, signs: Mat<f64>) -> Self {
        assert_eq!(values.shape(), signs.shape(), "one sign per score");
        Self::new(data, values, Signs::Of(signs))
    }

    fn new(data: &BaselineData, values: Mat<f64>, signs: Signs) -> Self {
        let regulators = data.regulators().to_vec();
        let shape = (data.genes().len(), regulators.len());
        assert_eq!(
            values.shape(),
            shape,
            "a row per gene, a column per regulator"
        );
        Self {
            regulators,
            values,
            signs,
        }
    }

    /// The values, `p × q`, with their signs where signs are those of the values.
    #[must_use]
    pub(super) fn values(&self) -> &Mat<f64> {
        &self.values
    }

    /// Score of a pair.
    ///
    /// # Panics   if the regulator may not regulate (a bug in the caller).
    #[must_use]
    pub(crate) fn score(&self, regulator: Gene, target: Gene) -> f64 {
        let value = self.values[self.position(regulator, target)];
        match self.signs {
            Signs::OfValues => value.abs(),
            Signs::Of(_) => value,
        }
    }

    /// Row and column of a pair.
    fn position(&self, regulator: Gene, target: Gene) -> (usize, usize) {
        let column = self.regulators.binary_search(&regulator);
        (target.index(), column.expect("one of the regulators"))
    }

    /// Sign of a pair.
    ///
    /// # Panics   as [`PairScores::score`].
    #[must_use]
    pub(crate) fn sign(&self, regulator: Gene, target: Gene) -> Sign {
        let at = self.position(regulator, target);
        let direction = match &self.signs {
            Signs::OfValues => self.values[at],
            Signs::Of(signs) => signs[at],
        };
        match direction {
            d if d > 0.0 => Sign::Activation,
            d if d < 0.0 => Sign::Repression,
            _ => Sign::Unknown,
        }
    }

    /// All pairs of a regulator and another gene as a list of edges.
    ///
    /// # Panics   if there are not `p` genes, or a score is not a finite number (a bug in the
    ///   method).
    /// # Cost     32 bytes a pair.
    #[must_use]
    pub(crate) fn edges(&self, genes: &Genes) -> EdgeList {
        assert_eq!(genes.len(), self.values.nrows(), "one row per gene");
        let edges = EdgeList::of_all_pairs(genes.clone(), &self.regulators, |regulator, target| {
            (self.score(regulator, target), self.sign(regulator, target))
        });
        edges.expect("baselines give finite scores")
    }
}
