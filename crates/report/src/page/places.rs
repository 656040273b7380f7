//! Where the genes stand in the page's drawing.

use super::payload::rounded;
use cistron::network::{Network, layout};
use cistron::seed::Seed;

/// Places of all genes, in units of about one distance between neighbours.
///
/// Those of the edges that are shown at first decide, and of every other gene its best edge: a
/// layout of all edges of a page would be a tangle from which nothing can be read.
pub(super) fn places(network: &Network, seed: Seed) -> (Vec<f64>, Vec<f64>) {
    let first = network.usual();
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
    let places = layout(placed.len(), &edges, seed);
    let coordinate =
        |of: fn(&(f64, f64)) -> f64| places.iter().map(|at| rounded(of(at), 4)).collect();
    (coordinate(|at| at.0), coordinate(|at| at.1))
}
