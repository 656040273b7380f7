//! Where the genes are in the page's drawing.

use cistron::network::{Network, layout};
use cistron::seed::Seed;

use super::payload::rounded;

/// Positions of all genes, in units of about one distance between neighbours.
///
/// They follow from the edges that are shown at first, and the best edge of every other gene: in a
/// layout of all edges of a page nothing can be read.
pub(super) fn positions(network: &Network, seed: Seed) -> (Vec<f64>, Vec<f64>) {
    let first = network.default_edges();
    let mut placed = vec![false; network.genes().len()];
    let mut edges = Vec::new();
    for (at, edge) in network.edges().iter().enumerate() {
        let (source, target) = (edge.source.index(), edge.target.index());
        if at < first || !placed[source] || !placed[target] {
            edges.push((source, target));
            placed[source] = true;
            placed[target] = true;
        }
    }
    layout(placed.len(), &edges, seed)
        .into_iter()
        .map(|(x, y)| (rounded(x, 4), rounded(y, 4)))
        .unzip()
}
