//! The part of a network that a file holds: one view, from which all formats are written.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::genes::{Gene, Genes};
use crate::io::run::{GroupInfluence, NodeReport};
use crate::network::{Edge, Network, Selection, SelectionError, Sign, layout};
use crate::seed::Seed;

/// Edges that a drawing is made from, besides the strongest of every gene.
const DRAWN: usize = 20_000;
/// Nodes of a drawing, at most.
const LARGEST_DRAWING: usize = 3_000;

/// Genes and edges of a network, as a file shows them.
#[derive(Clone, Debug)]
pub struct NetworkView<'a> {
    genes: &'a Genes,
    nodes: Vec<ViewNode<'a>>,
    edges: Vec<ViewEdge<'a>>,
    group: Option<&'a str>,
    signed: bool,
    caution: Option<String>,
}

/// A gene of a view.
#[derive(Clone, Copy, Debug)]
pub struct ViewNode<'a> {
    /// The gene.
    pub gene: Gene,
    /// Its name.
    pub name: &'a str,
    /// What is known about it, if it is.
    pub report: Option<&'a NodeReport>,
}

/// An edge of a view.
#[derive(Clone, Debug)]
pub struct ViewEdge<'a> {
    /// The edge; of a view of one group, weight, sign and influence are those in it, and the rest
    /// is about the whole run. The agreement of signs is not a number if the signs differ.
    pub edge: Cow<'a, Edge>,
    /// What ranks and draws the edge, from 0 to 1: the evidence, or in a group the size of the
    /// effect, as a share of the largest.
    pub strength: f64,
    /// The effect in the group.
    pub effect: Option<f64>,
}

/// Why there is no view.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ViewError {
    /// The selection is not sound.
    #[error(transparent)]
    Selection(#[from] SelectionError),
    /// The run has no such group.
    #[error("the run has no group `{group}`; {known}")]
    NoGroup {
        /// The name.
        group: String,
        /// The names that are there.
        known: String,
    },
}

impl<'a> NetworkView<'a> {
    /// All genes and the best `top` edges.
    ///
    /// * `nodes`: reports in any order; a gene without one has only its name
    ///
    /// # Panics   if a report is about a gene that the network does not have (a bug in the caller).
    #[must_use]
    pub fn best(network: &'a Network, nodes: &'a [NodeReport], top: usize) -> Self {
        let edges = network.edges().iter().take(top).map(of_network);
        let all = network.genes().iter().collect();
        Self::with(network, nodes, edges.collect(), all)
    }

    /// The edges that are wished for.
    ///
    /// Without a wish these are the default edges, as in `network.graphml`. The genes are those of the
    /// edges and the one that it is the neighbourhood of, or all of them (`isolated`).
    ///
    /// # Errors   [`ViewError::Selection`] for a gene that is not there.
    /// # Panics   if a report is about a gene that the network does not have (a bug in the caller).
    pub fn selected(
        network: &'a Network,
        nodes: &'a [NodeReport],
        selection: &Selection,
    ) -> Result<Self, ViewError> {
        let edges: Vec<_> = selection.of(network)?.into_iter().map(of_network).collect();
        let genes = touched(network.genes(), &edges, selection);
        let view = Self::with(network, nodes, edges, genes);
        Ok(Self {
            signed: selection.signed,
            ..view
        })
    }

    /// The edges that are wished for among those that act in one series, lineage or condition, as
    /// they act there: the largest effect first.
    ///
    /// Edges that the model does not have, or that do nothing there, are left out.
    ///
    /// * `groups`: of the run, in its order
    ///
    /// # Errors   [`ViewError`] for a group or a gene that is not there.
    /// # Panics   if a report is about a gene that the network does not have (a bug in the caller).
    pub fn in_group(
        network: &'a Network,
        nodes: &'a [NodeReport],
        groups: &'a [GroupInfluence],
        group: &str,
        selection: &Selection,
    ) -> Result<Self, ViewError> {
        let rows: Vec<_> = groups.iter().filter(|one| one.group == group).collect();
        let Some(first) = rows.first() else {
            return Err(no_group(group, groups));
        };
        let acts: BTreeMap<(Gene, Gene), &GroupInfluence> = rows
            .iter()
            .filter(|one| one.influence != 0.0)
            .map(|one| ((one.source, one.target), *one))
            .collect();
        let there = network.edges().iter();
        let there = there.filter(|edge| acts.contains_key(&(edge.source, edge.target)));
        // the signs of the network do not matter here
        let all_signs = Selection {
            signed: false,
            ..selection.clone()
        };
        let chosen = all_signs.among(network, there)?;
        let mut edges: Vec<_> = chosen
            .into_iter()
            .map(|edge| acting(edge, acts[&(edge.source, edge.target)]))
            .collect();
        let largest = edges.iter().map(|one| one.strength).fold(0.0, f64::max);
        if largest > 0.0 {
            edges.iter_mut().for_each(|one| one.strength /= largest);
        }
        edges.sort_by(|a, b| b.strength.total_cmp(&a.strength));
        let genes = touched(network.genes(), &edges, selection);
        let view = Self::with(network, nodes, edges, genes);
        Ok(Self {
            group: Some(first.group.as_str()),
            signed: selection.signed,
            ..view
        })
    }

    fn with(
        network: &'a Network,
        nodes: &'a [NodeReport],
        mut edges: Vec<ViewEdge<'a>>,
        shown: Vec<Gene>,
    ) -> Self {
        let genes = network.genes();
        let mut reports = vec![None; genes.len()];
        for node in nodes {
            reports[node.gene.index()] = Some(node);
        }
        // edges that were ranked elsewhere need not have a share of the best one's evidence
        let largest = network.edges().first().map_or(0.0, |best| best.evidence);
        let ranked = edges.iter_mut().filter(|one| one.effect.is_none());
        if largest > 0.0 {
            ranked.for_each(|one| one.strength /= largest);
        }
        Self {
            genes,
            nodes: shown
                .into_iter()
                .map(|gene| ViewNode {
                    gene,
                    name: genes.name(gene),
                    report: reports[gene.index()],
                })
                .collect(),
            edges,
            group: None,
            signed: false,
            caution: network.caution(),
        }
    }

    /// The genes, in the order of the network.
    #[must_use]
    pub fn nodes(&self) -> &[ViewNode<'a>] {
        &self.nodes
    }

    /// The edges, strongest first.
    #[must_use]
    pub fn edges(&self) -> &[ViewEdge<'a>] {
        &self.edges
    }

    /// All genes of the network.
    #[must_use]
    pub fn genes(&self) -> &'a Genes {
        self.genes
    }

    /// Name of a gene.
    #[must_use]
    pub fn name(&self, gene: Gene) -> &'a str {
        self.genes.name(gene)
    }

    /// The series, lineage or condition that the edges are about; none if they are about all.
    #[must_use]
    pub fn group(&self) -> Option<&'a str> {
        self.group
    }

    /// Whether signs were asked for: dialects that can do without have them then.
    #[must_use]
    pub(super) fn signed(&self) -> bool {
        self.signed
    }

    /// What has to be said of the edges where none of the network stands out.
    #[doc(hidden)]
    #[must_use]
    pub fn caution(&self) -> Option<&str> {
        self.caution.as_deref()
    }

    /// How many of the edges are expected to be false: for the best of a list what it says at the last one, for others
    /// the sum of `1 − probability`.
    #[doc(hidden)]
    #[must_use]
    pub fn expected_false(&self) -> f64 {
        let last = self.edges.iter().max_by_key(|one| one.edge.rank);
        match last {
            Some(last) if last.edge.rank == self.edges.len() => last.edge.expected_false,
            _ => self
                .edges
                .iter()
                .map(|one| 1.0 - one.edge.probability)
                .sum(),
        }
    }

    /// Where the nodes stand in a drawing, in their order, about 1 apart; `y` goes down.
    ///
    /// The strongest 20,000 edges and the strongest one of every gene say where: more of them make
    /// no clearer picture. More than 3,000 genes stand in rows, for the same reason.
    ///
    /// # Cost     that of [`layout`].
    #[must_use]
    pub fn positions(&self) -> Vec<(f64, f64)> {
        if self.nodes.len() > LARGEST_DRAWING {
            return in_rows(self.nodes.len());
        }
        let mut place = vec![usize::MAX; self.genes.len()];
        for (at, node) in self.nodes.iter().enumerate() {
            place[node.gene.index()] = at;
        }
        let mut isolated = vec![true; self.nodes.len()];
        let mut pairs = Vec::new();
        for (count, one) in self.edges.iter().enumerate() {
            let (source, target) = (one.edge.source.index(), one.edge.target.index());
            let (source, target) = (place[source], place[target]);
            if count < DRAWN || isolated[source] || isolated[target] {
                pairs.push((source, target));
            }
            (isolated[source], isolated[target]) = (false, false);
        }
        layout(self.nodes.len(), &pairs, Seed(1))
    }
}

impl ViewEdge<'_> {
    /// `±strength` by the sign; none if the sign is not known.
    #[must_use]
    pub fn signed_strength(&self) -> Option<f64> {
        match self.edge.sign {
            Sign::Activation => Some(self.strength),
            Sign::Repression => Some(-self.strength),
            Sign::Unknown => None,
        }
    }

    /// What the edge does, in a word.
    #[must_use]
    pub fn interaction(&self) -> &'static str {
        self.edge.sign.verb()
    }
}

fn of_network(edge: &Edge) -> ViewEdge<'_> {
    ViewEdge {
        strength: edge.evidence,
        edge: Cow::Borrowed(edge),
        effect: None,
    }
}

/// The edge as it acts in a group; the agreement on a sign that it does not have there is none.
fn acting<'a>(edge: &Edge, here: &GroupInfluence) -> ViewEdge<'a> {
    let sign = Sign::of_slope(here.influence);
    ViewEdge {
        strength: here.effect.abs(),
        edge: Cow::Owned(Edge {
            weight: here.influence,
            influence: here.influence,
            sign_agreement: if sign == edge.sign {
                edge.sign_agreement
            } else {
                f64::NAN
            },
            sign,
            ..edge.clone()
        }),
        effect: Some(here.effect),
    }
}

/// The genes that have an edge, and the middle of a neighbourhood, or all of them, in their order.
fn touched(genes: &Genes, edges: &[ViewEdge<'_>], selection: &Selection) -> Vec<Gene> {
    let mut shown = vec![selection.isolated; genes.len()];
    for one in edges {
        shown[one.edge.source.index()] = true;
        shown[one.edge.target.index()] = true;
    }
    let middle = selection.neighbourhood.as_ref();
    if let Some(middle) = middle.and_then(|one| genes.find(&one.gene)) {
        shown[middle.index()] = true;
    }
    genes.iter().filter(|gene| shown[gene.index()]).collect()
}

/// As many rows as columns, in order.
fn in_rows(nodes: usize) -> Vec<(f64, f64)> {
    let columns = (1..).find(|side| side * side >= nodes).unwrap_or(1);
    let place = |at: usize| ((at % columns) as f64, (at / columns) as f64);
    (0..nodes).map(place).collect()
}

fn no_group(group: &str, groups: &[GroupInfluence]) -> ViewError {
    let mut names: Vec<String> = Vec::new();
    for one in groups {
        let quoted = format!("`{}`", one.group);
        if !names.contains(&quoted) {
            names.push(quoted);
        }
    }
    ViewError::NoGroup {
        group: group.to_owned(),
        known: if names.is_empty() {
            "no edge of its model acts in any".to_owned()
        } else {
            format!("its groups are {}", names.join(", "))
        },
    }
}
