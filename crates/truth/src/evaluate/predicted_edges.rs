//! A list of edges as a method gives it, each with a score.

use cistron::genes::{Gene, Genes};
use cistron::network::Sign;

/// One pair as a method scores it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PredictedEdge {
    /// The gene that acts.
    pub regulator: Gene,
    /// The gene that is acted on.
    pub target: Gene,
    /// Higher is more certain.
    pub score: f64,
    /// The sign that the method gives, if it gives one.
    pub sign: Sign,
}

/// What is wrong with a list of edges.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum EdgeListError {
    /// A score is infinite or not a number.
    #[error(
        "edge {position}, {regulator} → {target}: the score is {score}; expected a finite number"
    )]
    NotFinite {
        /// Position in the list, counted from 1.
        position: usize,
        /// Name of the regulator.
        regulator: String,
        /// Name of the target.
        target: String,
        /// The score found.
        score: f64,
    },
    /// A pair occurs twice.
    #[error("the pair {regulator} → {target} occurs twice (edges {first} and {second}); keep one")]
    Duplicate {
        /// Name of the regulator.
        regulator: String,
        /// Name of the target.
        target: String,
        /// Its first position, counted from 1.
        first: usize,
        /// Its second position, counted from 1.
        second: usize,
    },
}

/// Distinct pairs with finite scores, in the order in which the method gave them.
#[derive(Clone, Debug, PartialEq)]
pub struct EdgeList {
    genes: Genes,
    edges: Vec<PredictedEdge>,
}

impl EdgeList {
    /// Checks the edges once: scores finite, no pair twice. Self edges may be there.
    ///
    /// # Errors   [`EdgeListError`] with the names and the positions, counted from 1.
    /// # Panics   if an edge names a gene that is not in `genes` (a bug in the caller).
    /// # Cost     one sort, `O(n log n)`.
    pub fn new(genes: Genes, mut edges: Vec<PredictedEdge>) -> Result<Self, EdgeListError> {
        require_finite(&genes, &mut edges)?;
        if let Some((first, second)) = first_repetition(&edges) {
            return Err(EdgeListError::Duplicate {
                regulator: genes.name(edges[second].regulator).to_owned(),
                target: genes.name(edges[second].target).to_owned(),
                first: first + 1,
                second: second + 1,
            });
        }
        Ok(Self { genes, edges })
    }

    /// Every pair of a regulator and a different gene once, by target and then regulator: the list
    /// of a method that scores all pairs.
    ///
    /// * `regulators`: distinct
    /// * `score`: score and sign of `(regulator, target)`
    ///
    /// # Errors   [`EdgeListError::NotFinite`] with the first score that is not finite.
    /// # Cost     one call and 32 bytes per pair; no pair can occur twice, so none is sorted.
    pub fn of_all_pairs(
        genes: Genes,
        regulators: &[Gene],
        score: impl Fn(Gene, Gene) -> (f64, Sign),
    ) -> Result<Self, EdgeListError> {
        let mut edges = Vec::with_capacity(genes.len() * regulators.len());
        for target in genes.iter() {
            for &regulator in regulators.iter().filter(|gene| **gene != target) {
                let (score, sign) = score(regulator, target);
                edges.push(PredictedEdge {
                    regulator,
                    target,
                    score,
                    sign,
                });
            }
        }
        require_finite(&genes, &mut edges)?;
        Ok(Self { genes, edges })
    }

    /// The genes that the edges point into.
    #[must_use]
    pub fn genes(&self) -> &Genes {
        &self.genes
    }

    /// The edges in the order given.
    #[must_use]
    pub fn edges(&self) -> &[PredictedEdge] {
        &self.edges
    }
}

/// Refuses scores that rank nothing, and makes −0 a 0, so that the two tie.
fn require_finite(genes: &Genes, edges: &mut [PredictedEdge]) -> Result<(), EdgeListError> {
    for (at, edge) in edges.iter_mut().enumerate() {
        if !edge.score.is_finite() {
            return Err(EdgeListError::NotFinite {
                position: at + 1,
                regulator: genes.name(edge.regulator).to_owned(),
                target: genes.name(edge.target).to_owned(),
                score: edge.score,
            });
        }
        edge.score += 0.0;
    }
    Ok(())
}

/// Positions of the first pair that repeats an earlier one.
fn first_repetition(edges: &[PredictedEdge]) -> Option<(usize, usize)> {
    let mut keys: Vec<(Gene, Gene, usize)> = edges
        .iter()
        .enumerate()
        .map(|(at, edge)| (edge.regulator, edge.target, at))
        .collect();
    keys.sort_unstable();
    keys.windows(2)
        .filter(|pair| (pair[0].0, pair[0].1) == (pair[1].0, pair[1].1))
        .map(|pair| (pair[0].2, pair[1].2))
        .min_by_key(|&(_, second)| second)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edge(regulator: usize, target: usize, score: f64) -> PredictedEdge {
        PredictedEdge {
            regulator: Gene(regulator),
            target: Gene(target),
            score,
            sign: Sign::Unknown,
        }
    }

    fn genes() -> Genes {
        Genes::new(["a", "b"]).expect("distinct names")
    }

    #[test]
    fn a_pair_that_occurs_twice_is_refused_with_both_positions() {
        let edges = vec![edge(0, 1, 1.0), edge(1, 0, 1.0), edge(0, 1, 0.5)];
        let error = EdgeList::new(genes(), edges).expect_err("a → b occurs twice");
        assert_eq!(
            error.to_string(),
            "the pair a → b occurs twice (edges 1 and 3); keep one"
        );
    }

    #[test]
    fn a_score_that_is_not_a_number_is_refused() {
        let error = EdgeList::new(genes(), vec![edge(0, 1, f64::NAN)]).expect_err("NaN");
        assert_eq!(
            error.to_string(),
            "edge 1, a → b: the score is NaN; expected a finite number"
        );
    }
}
