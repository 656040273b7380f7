//! The network as a graph.

use petgraph::Direction;
use petgraph::graph::DiGraph;

use crate::genes::Gene;

use super::{Edge, Network};

/// Number of edges into and out of every gene.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Degrees {
    /// Regulators of each gene.
    pub incoming: Vec<usize>,
    /// Targets of each gene.
    pub outgoing: Vec<usize>,
}

impl Network {
    /// The best `top` edges as a petgraph graph; nodes are all genes in their order.
    #[must_use]
    pub fn graph(&self, top: usize) -> DiGraph<Gene, &Edge> {
        let mut graph = DiGraph::with_capacity(self.genes().len(), top.min(self.edges().len()));
        let nodes: Vec<_> = self
            .genes()
            .iter()
            .map(|gene| graph.add_node(gene))
            .collect();
        for edge in self.edges().iter().take(top) {
            graph.add_edge(nodes[edge.source.index()], nodes[edge.target.index()], edge);
        }
        graph
    }

    /// Degrees in the graph of the best `top` edges.
    #[must_use]
    pub fn degrees(&self, top: usize) -> Degrees {
        let graph = self.graph(top);
        let [incoming, outgoing] = [Direction::Incoming, Direction::Outgoing].map(|direction| {
            graph
                .node_indices()
                .map(|node| graph.edges_directed(node, direction).count())
                .collect()
        });
        Degrees { incoming, outgoing }
    }
}
