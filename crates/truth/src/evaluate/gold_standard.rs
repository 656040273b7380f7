//! A known network: its true edges, and where they are known its non-edges.

use cistron::genes::{Gene, Genes};
use cistron::network::Sign;

/// What is known about one pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GoldPair {
    /// The gene that acts.
    pub regulator: Gene,
    /// The gene that is acted on.
    pub target: Gene,
    /// Is there an edge?
    pub edge: bool,
    /// Its sign, if known.
    pub sign: Sign,
}

/// What is wrong with a gold standard.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GoldError {
    /// A pair occurs twice with different answers.
    #[error(
        "the pair {regulator} → {target} is listed twice with different answers \
         (entries {first} and {second}); keep the right one"
    )]
    Contradiction {
        /// Name of the regulator.
        regulator: String,
        /// Name of the target.
        target: String,
        /// Its first position, counted from 1.
        first: usize,
        /// Its second position, counted from 1.
        second: usize,
    },
    /// There is no true edge between different genes.
    #[error(
        "the gold standard has no true edge between two different genes (of {pairs} pairs); \
         there is nothing to find"
    )]
    NoEdge {
        /// Pairs listed.
        pairs: usize,
    },
}

/// A known network: distinct pairs of different genes, at least one of them an edge.
///
/// If it lists non-edges too, the listed pairs are all that is judged. If it lists true edges
/// only, every other pair of its genes is a non-edge; those pairs are never stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoldStandard {
    genes: Genes,
    listed: Vec<Listed>,
    starts: Vec<usize>,
    edges: usize,
}

/// A listed pair, in the row of its regulator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Listed {
    pub(super) target: Gene,
    pub(super) order: usize,
    pub(super) edge: bool,
    pub(super) sign: Sign,
}

impl GoldStandard {
    /// Sorts and checks the pairs once. Self edges only add their gene to the network; a pair
    /// that is repeated with the same answer counts once.
    ///
    /// # Errors   [`GoldError`] with names and positions, counted from 1.
    /// # Panics   if a pair names a gene that is not in `genes` (a bug in the caller).
    /// # Cost     one sort, `O(m log m)` time and `O(m)` memory for `m` listed pairs.
    pub fn new(genes: Genes, pairs: &[GoldPair]) -> Result<Self, GoldError> {
        let mut order: Vec<usize> = (0..pairs.len())
            .filter(|&at| pairs[at].regulator != pairs[at].target)
            .collect();
        order.sort_unstable_by_key(|&at| (pairs[at].regulator, pairs[at].target, at));
        contradiction(&genes, pairs, &order)?;
        order.dedup_by_key(|at| (pairs[*at].regulator, pairs[*at].target));

        let edges = order.iter().filter(|&&at| pairs[at].edge).count();
        if edges == 0 {
            return Err(GoldError::NoEdge { pairs: order.len() });
        }
        let starts = (0..=genes.len())
            .map(|row| order.partition_point(|&at| pairs[at].regulator.index() < row))
            .collect();
        let listed = order
            .iter()
            .map(|&at| Listed {
                target: pairs[at].target,
                order: at,
                edge: pairs[at].edge,
                sign: pairs[at].sign,
            })
            .collect();
        Ok(Self {
            genes,
            listed,
            starts,
            edges,
        })
    }

    /// The genes of the network.
    #[must_use]
    pub fn genes(&self) -> &Genes {
        &self.genes
    }

    /// How many true edges there are.
    #[must_use]
    pub fn edge_count(&self) -> usize {
        self.edges
    }

    /// Does it list non-edges, so that the listed pairs are all that is judged?
    #[must_use]
    pub fn lists_non_edges(&self) -> bool {
        self.edges < self.listed.len()
    }

    /// All listed pairs, by regulator and then target.
    pub fn pairs(&self) -> impl Iterator<Item = GoldPair> {
        self.genes.iter().flat_map(move |regulator| {
            self.row(regulator).iter().map(move |pair| GoldPair {
                regulator,
                target: pair.target,
                edge: pair.edge,
                sign: pair.sign,
            })
        })
    }

    /// What is listed about a pair.
    pub(super) fn find(&self, regulator: Gene, target: Gene) -> Option<Listed> {
        let row = self.row(regulator);
        let at = row.binary_search_by_key(&target, |pair| pair.target).ok()?;
        Some(row[at])
    }

    /// The listed pairs of one regulator, by target.
    pub(super) fn row(&self, regulator: Gene) -> &[Listed] {
        let row = regulator.index();
        &self.listed[self.starts[row]..self.starts[row + 1]]
    }
}

/// Refuses the first pair that repeats an earlier one with another answer.
fn contradiction(genes: &Genes, pairs: &[GoldPair], order: &[usize]) -> Result<(), GoldError> {
    let clash = order
        .windows(2)
        .map(|two| (two[0], two[1]))
        .filter(|&(first, second)| {
            let (a, b) = (pairs[first], pairs[second]);
            (a.regulator, a.target) == (b.regulator, b.target) && a != b
        })
        .min_by_key(|&(_, second)| second);
    match clash {
        None => Ok(()),
        Some((first, second)) => Err(GoldError::Contradiction {
            regulator: genes.name(pairs[second].regulator).to_owned(),
            target: genes.name(pairs[second].target).to_owned(),
            first: first + 1,
            second: second + 1,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(regulator: usize, target: usize, edge: bool) -> GoldPair {
        GoldPair {
            regulator: Gene(regulator),
            target: Gene(target),
            edge,
            sign: Sign::Unknown,
        }
    }

    fn genes() -> Genes {
        Genes::new(["a", "b", "c"]).expect("distinct names")
    }

    #[test]
    fn self_edges_and_repetitions_do_not_count() {
        let pairs = [pair(2, 0, true), pair(1, 1, true), pair(2, 0, true)];
        let gold = GoldStandard::new(genes(), &pairs).expect("one edge");
        assert_eq!(gold.edge_count(), 1);
        assert!(!gold.lists_non_edges());
        assert_eq!(gold.pairs().collect::<Vec<_>>(), vec![pair(2, 0, true)]);
    }

    #[test]
    fn two_answers_for_one_pair_are_refused_with_both_positions() {
        let pairs = [pair(0, 1, true), pair(0, 2, true), pair(0, 1, false)];
        let error = GoldStandard::new(genes(), &pairs).expect_err("a → b is and is not");
        assert_eq!(
            error.to_string(),
            "the pair a → b is listed twice with different answers (entries 1 and 3); \
             keep the right one"
        );
    }

    #[test]
    fn a_network_without_edges_is_refused() {
        let error = GoldStandard::new(genes(), &[pair(0, 1, false)]).expect_err("no edge");
        assert_eq!(error, GoldError::NoEdge { pairs: 1 });
    }
}
