//! Which edges of a network are shown or exported.

use std::str::FromStr;

use petgraph::graph::{NodeIndex, UnGraph};

use super::{Edge, Network, Sign};
use crate::genes::Genes;

/// The edges to show; without a wish about their number, from those that stand out
/// ([`Network::standing_out`]), or from the best 20 where none does.
///
/// So a neighbourhood, or the edges of known sign, are those among these edges unless `top`,
/// `max_false_edges` or `max_fdr` is there.
///
/// The wishes are taken in this order: only edges of known sign (`signed`), of these the best
/// `top` and those before `max_false_edges` and `max_fdr`, and of these the ones in the
/// neighbourhood.
///
/// ```
/// use cistron::genes::{Gene, Genes};
/// use cistron::network::{Edge, Network, Selection};
///
/// let ranked = [(0, 1, 0.75), (1, 2, 0.5), (2, 0, 0.25)].map(|(source, target, probability)| {
///     let mut edge = Edge::new(Gene(source), Gene(target));
///     (edge.evidence, edge.probability) = (probability, probability);
///     edge.expected_false = [0.25, 0.75, 1.5][source];
///     edge
/// });
/// let network = Network::from_edges(Genes::new(["a", "b", "c"])?, ranked.to_vec())?;
/// let selection = Selection { max_false_edges: Some(1.0), ..Selection::default() };
/// assert_eq!(selection.of(&network)?.len(), 2);
/// let around = Selection { neighbourhood: Some("c:1".parse()?), top: Some(3), ..selection };
/// assert_eq!(around.of(&network)?[0].target, Gene(2)); // b → c
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection {
    /// At most this many edges.
    pub top: Option<usize>,
    /// Only the longest list of best edges of which at most this many are expected to be false.
    pub max_false_edges: Option<f64>,
    /// Only the longest list of best edges of which at most this share is expected to be false.
    pub max_fdr: Option<f64>,
    /// Only edges among the genes that are near to one.
    pub neighbourhood: Option<Neighbourhood>,
    /// Only edges whose sign is known.
    pub signed: bool,
    /// Genes without an edge are shown, too.
    pub isolated: bool,
}

/// The genes that are at most so many edges away from one, against their direction too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbourhood {
    /// Name of the gene in the middle.
    pub gene: String,
    /// Most edges on the way from it.
    pub steps: usize,
}

/// What is wrong with a selection.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SelectionError {
    /// The text is no neighbourhood.
    #[error(
        "`{text}`: found no gene and number of steps, expected GENE:STEPS, for example `lexA:2`"
    )]
    Form {
        /// The text.
        text: String,
    },
    /// The gene in the middle is none of the network.
    #[error("the network has no gene `{gene}`; {cure}")]
    NoGene {
        /// The name.
        gene: String,
        /// Names that are there.
        cure: String,
    },
}

impl FromStr for Neighbourhood {
    type Err = SelectionError;

    /// Reads `GENE:STEPS`; the last colon counts, as names may hold others.
    fn from_str(text: &str) -> Result<Self, SelectionError> {
        let parts = text.rsplit_once(':').filter(|(gene, _)| !gene.is_empty());
        let parsed = parts.and_then(|(gene, steps)| {
            let steps = steps.trim().parse().ok()?;
            let gene = gene.to_owned();
            Some(Self { gene, steps })
        });
        parsed.ok_or_else(|| SelectionError::Form {
            text: text.to_owned(),
        })
    }
}

impl Selection {
    /// The edges of the network that are wished for, best first.
    ///
    /// # Errors   [`SelectionError::NoGene`] with near names.
    /// # Cost     `O(n + p)` for `n` edges.
    pub fn of<'a>(&self, network: &'a Network) -> Result<Vec<&'a Edge>, SelectionError> {
        self.among(network, network.edges().iter())
    }

    /// The same from some of the network's edges, or edges made from them: those that act in one
    /// series.
    ///
    /// * `edges`: best first, with their ranks in the network
    ///
    /// # Errors   [`SelectionError::NoGene`] with near names.
    /// # Panics   if an edge names a gene that the network does not have (a bug in the caller).
    pub fn among<'a>(
        &self,
        network: &Network,
        edges: impl Iterator<Item = &'a Edge>,
    ) -> Result<Vec<&'a Edge>, SelectionError> {
        let last = self.last_rank(network);
        let chosen: Vec<&Edge> = edges
            .filter(|edge| !self.signed || edge.sign != Sign::Unknown)
            .take_while(|edge| edge.rank <= last)
            .take(self.top.unwrap_or(usize::MAX))
            .collect();
        match &self.neighbourhood {
            Some(neighbourhood) => neighbourhood.among(network.genes(), chosen),
            None => Ok(chosen),
        }
    }

    /// Whether a wish is about the number of edges.
    #[doc(hidden)]
    #[must_use]
    pub fn sets_number(&self) -> bool {
        self.top.is_some() || self.max_false_edges.is_some() || self.max_fdr.is_some()
    }

    /// The last rank that number and share of false edges allow; the default one if nothing is said
    /// about numbers.
    fn last_rank(&self, network: &Network) -> usize {
        if !self.sets_number() {
            return network.default_edges();
        }
        let by_number = self
            .max_false_edges
            .map(|most| network.with_false_edges(most));
        let by_share = self.max_fdr.map(|share| network.confident(share).len());
        let last = by_number.into_iter().chain(by_share).min();
        last.unwrap_or(usize::MAX)
    }
}

impl Neighbourhood {
    fn among<'a>(
        &self,
        genes: &Genes,
        edges: Vec<&'a Edge>,
    ) -> Result<Vec<&'a Edge>, SelectionError> {
        let Some(middle) = genes.find(&self.gene) else {
            return Err(SelectionError::NoGene {
                gene: self.gene.clone(),
                cure: genes.suggestion(&self.gene),
            });
        };
        let mut graph: UnGraph<(), ()> = UnGraph::default();
        genes.iter().for_each(|_| {
            graph.add_node(());
        });
        for edge in &edges {
            graph.add_edge(node(edge.source.index()), node(edge.target.index()), ());
        }
        let mut near = vec![false; genes.len()];
        near[middle.index()] = true;
        let mut border = vec![node(middle.index())];
        for _ in 0..self.steps {
            let neighbours = border.iter().flat_map(|&gene| graph.neighbors(gene));
            let mut next = Vec::new();
            for gene in neighbours {
                if !near[gene.index()] {
                    near[gene.index()] = true;
                    next.push(gene);
                }
            }
            if next.is_empty() {
                break;
            }
            border = next;
        }
        let mut within = edges;
        within.retain(|edge| near[edge.source.index()] && near[edge.target.index()]);
        Ok(within)
    }
}

fn node(index: usize) -> NodeIndex {
    NodeIndex::new(index)
}

impl Network {
    /// The length of the longest list of best edges of which at most `most` are expected to be
    /// false.
    #[must_use]
    fn with_false_edges(&self, most: f64) -> usize {
        let last = self
            .edges()
            .iter()
            .rposition(|edge| edge.expected_false <= most);
        last.map_or(0, |index| index + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::genes::Gene;

    fn edge(source: usize, target: usize, rank: usize, sign: Sign) -> Edge {
        Edge {
            weight: 1.0,
            sign,
            rank,
            probability: 0.5,
            evidence: 1.0 / rank as f64,
            frequency: 1.0,
            sign_agreement: 1.0,
            expected_false: [0.0, 0.1, 0.6, 1.1][rank - 1],
            ..Edge::new(Gene(source), Gene(target))
        }
    }

    /// A chain a → b → c → d, the second of no sign, then e → f; of the best two, .1 are expected to be
    /// false, of three .6, of four 1.1.
    fn chain() -> Network {
        let genes = Genes::new(["a", "b", "c", "d", "e", "f"]).expect("distinct");
        let edges = vec![
            edge(0, 1, 1, Sign::Activation),
            edge(1, 2, 2, Sign::Unknown),
            edge(2, 3, 3, Sign::Repression),
            edge(4, 5, 4, Sign::Activation),
        ];
        Network::from_edges(genes, edges).expect("sound")
    }

    fn ranks(selection: &Selection) -> Vec<usize> {
        let network = chain();
        let edges = selection.of(&network).expect("a selection");
        edges.iter().map(|edge| edge.rank).collect()
    }

    fn around(text: &str) -> Selection {
        Selection {
            neighbourhood: Some(text.parse().expect("a neighbourhood")),
            ..Selection::default()
        }
    }

    fn cut(top: Option<usize>, max_false_edges: Option<f64>) -> Vec<usize> {
        ranks(&Selection {
            top,
            max_false_edges,
            ..Selection::default()
        })
    }

    fn all(selection: Selection) -> Vec<usize> {
        ranks(&Selection {
            top: Some(9),
            ..selection
        })
    }

    #[test]
    fn numbers_cut_the_list_and_the_smaller_one_holds() {
        assert_eq!(cut(None, None), [1, 2, 3]);
        assert_eq!(cut(Some(2), None), [1, 2]);
        assert_eq!(cut(Some(9), None), [1, 2, 3, 4]);
        assert_eq!(cut(None, Some(0.7)), [1, 2, 3]);
        assert_eq!(cut(Some(2), Some(0.7)), [1, 2]);
        assert_eq!(cut(Some(9), Some(0.0)), [1]);
        assert!(cut(Some(0), None).is_empty() && cut(None, Some(-1.0)).is_empty());
    }

    #[test]
    fn a_share_of_false_edges_cuts_the_list_too() {
        let share = |max_fdr: f64, top: Option<usize>, max_false_edges: Option<f64>| {
            ranks(&Selection {
                top,
                max_false_edges,
                max_fdr: Some(max_fdr),
                ..Selection::default()
            })
        };
        assert_eq!(share(0.05, None, None), [1, 2]);
        assert_eq!(share(0.2, None, None), [1, 2, 3]);
        assert_eq!(share(0.9, None, None), [1, 2, 3, 4]);
        assert_eq!(share(0.9, Some(1), None), [1]);
        assert_eq!(share(0.9, None, Some(0.0)), [1]);
        assert!(share(-0.1, None, None).is_empty());
    }

    #[test]
    fn the_best_edges_of_known_sign_are_counted_among_themselves() {
        let selection = Selection {
            top: Some(2),
            signed: true,
            ..Selection::default()
        };
        assert_eq!(ranks(&selection), [1, 3]);
    }

    #[test]
    fn a_neighbourhood_goes_against_the_arrows_and_along_chosen_edges_only() {
        assert_eq!(ranks(&around("d:1")), [3]);
        assert_eq!(ranks(&around("d:2")), [2, 3]);
        assert_eq!(ranks(&around("b:1")), [1, 2]);
        // the fourth edge does not stand out
        assert!(ranks(&around("e:9")).is_empty());
        assert_eq!(all(around("e:99999999999")), [4]);
        assert!(ranks(&around("a:0")).is_empty());
        let signed = Selection {
            signed: true,
            ..around("a:9")
        };
        assert_eq!(ranks(&signed), [1]);
    }

    #[test]
    fn a_gene_that_is_not_there_and_a_text_of_another_form_are_refused() {
        let error = around("B:1").of(&chain()).expect_err("no gene `B`");
        assert_eq!(
            error.to_string(),
            "the network has no gene `B`; did you mean `b`?"
        );
        for text in ["lexA", "lexA:", "lexA:-1", ":2", "lexA:two"] {
            let error = text.parse::<Neighbourhood>().expect_err(text).to_string();
            assert!(error.starts_with(&format!("`{text}`: found no")), "{error}");
        }
        let colons: Neighbourhood = "b:0001:2".parse().expect("a name with a colon");
        assert_eq!((colons.gene.as_str(), colons.steps), ("b:0001", 2));
    }
}
