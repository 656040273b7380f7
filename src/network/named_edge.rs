//! Edges with the names of their genes, as people read them.

use std::fmt;

use super::{Edge, Network, Sign};

/// An edge of a network; it is written `source → target  probability`, repression with `⊣`.
#[derive(Clone, Copy, Debug)]
pub struct NamedEdge<'n> {
    /// Name of the regulator.
    pub source: &'n str,
    /// Name of the target.
    pub target: &'n str,
    /// What is known about it.
    pub edge: &'n Edge,
}

impl Network {
    /// The best `count` edges, best first.
    pub fn top(&self, count: usize) -> impl Iterator<Item = NamedEdge<'_>> {
        self.edges().iter().take(count).map(|edge| NamedEdge {
            source: self.genes().name(edge.source),
            target: self.genes().name(edge.target),
            edge,
        })
    }
}

impl fmt::Display for NamedEdge<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let arrow = match self.edge.sign {
            Sign::Repression => '⊣',
            _ => '→',
        };
        let (source, target) = (self.source, self.target);
        write!(f, "{source} {arrow} {target}  {:.2}", self.edge.probability)
    }
}
