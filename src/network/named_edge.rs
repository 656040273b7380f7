//! Edges with the names of their genes.

use std::fmt;

use super::{Edge, Network, Sign};

/// An edge and the names of its genes. It prints as `fliA → fliL  0.99`: regulator, target,
/// probability. The arrow is `→` for activation, `⊣` for repression and `–` for an unknown sign.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct NamedEdge<'a> {
    /// Name of the regulator.
    pub source: &'a str,
    /// Name of the target.
    pub target: &'a str,
    /// The edge.
    pub edge: &'a Edge,
}

impl fmt::Display for NamedEdge<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let arrow = match self.edge.sign {
            Sign::Activation => '→',
            Sign::Repression => '⊣',
            Sign::Unknown => '–',
        };
        let (source, target) = (self.source, self.target);
        write!(f, "{source} {arrow} {target}  {:.2}", self.edge.probability)
    }
}

impl Network {
    /// The `count` best edges, or as many as there are, with the names of their genes.
    pub fn top(&self, count: usize) -> impl Iterator<Item = NamedEdge<'_>> {
        let edges = self.edges().iter().take(count);
        edges.map(|edge| NamedEdge {
            source: self.genes().name(edge.source),
            target: self.genes().name(edge.target),
            edge,
        })
    }
}
