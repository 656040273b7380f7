//! A score, and for some methods a sign, for every ordered pair.

use faer::Mat;

use crate::evaluate::EdgeList;
use cistron::genes::{Gene, Genes};
use cistron::network::Sign;

/// Scores `p × p`, row = target, column = regulator; higher is more certain.
#[derive(Clone, Debug)]
pub(crate) struct PairScores {
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
    #[must_use]
    pub(crate) fn signed(values: Mat<f64>) -> Self {
        let signs = Signs::OfValues;
        Self { values, signs }
    }

    /// Scores, and the numbers whose signs they have.
    ///
    /// # Panics   if the shapes differ (a bug in the caller).
    #[must_use]
    pub(crate) fn with_signs(values: Mat<f64>, signs: Mat<f64>) -> Self {
        assert_eq!(values.shape(), signs.shape(), "one sign per score");
        let signs = Signs::Of(signs);
        Self { values, signs }
    }

    /// Number of genes, `p`.
    #[must_use]
    pub(crate) fn genes(&self) -> usize {
        self.values.nrows()
    }

    /// Score of a pair.
    #[must_use]
    pub(crate) fn score(&self, regulator: Gene, target: Gene) -> f64 {
        let value = self.values[(target.index(), regulator.index())];
        match self.signs {
            Signs::OfValues => value.abs(),
            Signs::Of(_) => value,
        }
    }

    /// Sign of a pair.
    #[must_use]
    pub(crate) fn sign(&self, regulator: Gene, target: Gene) -> Sign {
        let at = (target.index(), regulator.index());
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

    /// All pairs of different genes as a list of edges.
    ///
    /// # Panics   if there are not `p` genes, or a score is not a finite number (a bug in the
    ///   method).
    /// # Cost     32 bytes a pair.
    #[must_use]
    pub(crate) fn edges(&self, genes: &Genes) -> EdgeList {
        assert_eq!(genes.len(), self.genes(), "one row and column per gene");
        let edges = EdgeList::of_all_pairs(genes.clone(), |regulator, target| {
            (self.score(regulator, target), self.sign(regulator, target))
        });
        edges.expect("baselines give finite scores")
    }
}
