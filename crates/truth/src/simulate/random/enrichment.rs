//! Enrichment of feed-forward loops: `z = (n − E n₀) / sd n₀`, `n` the number of loops and `n₀`
//! that of networks with the same degrees.

use rand::Rng;

use super::shape::FeedForwardLoops;
use super::wiring::Wiring;
use crate::simulate::TrueEdge;
use cistron::numeric::{mean, standard_deviation};
use cistron::seed::{Purpose, Seed};

/// Loops of a network next to those of networks with the same degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Enrichment {
    /// Loops of the network.
    pub found: usize,
    /// Mean over the rewired networks.
    pub expected: f64,
    /// Their standard deviation.
    pub spread: f64,
}

impl Enrichment {
    /// `(found − expected) / spread`; infinite if the rewired ones do not vary.
    #[must_use]
    pub fn z(&self) -> f64 {
        (self.found as f64 - self.expected) / self.spread
    }
}

/// Counts feed-forward loops in the network and in `draws` rewired ones.
///
/// Rewiring exchanges the targets of two random edges, ten times as often as there are edges;
/// exchanges that would make a pair twice or a self-regulation are left out. So every gene keeps
/// its number of inputs and of targets.
///
/// # Cost     `draws · edges · 10` exchanges.
/// # Source   Milo et al. (2002), Science 298:824.
#[must_use]
pub fn feed_forward_enrichment(wiring: &Wiring, draws: usize, seed: Seed) -> Enrichment {
    let counts: Vec<f64> = (0..draws)
        .map(|draw| {
            let mut rng = seed.stream(Purpose::Synthetic, 1_000 + draw as u64);
            FeedForwardLoops::count(&rewired(wiring, &mut rng)).all as f64
        })
        .collect();
    Enrichment {
        found: FeedForwardLoops::count(wiring).all,
        expected: mean(&counts),
        spread: standard_deviation(&counts),
    }
}

fn rewired(wiring: &Wiring, rng: &mut impl Rng) -> Wiring {
    let mut edges: Vec<TrueEdge> = wiring.edges().to_vec();
    edges.retain(|edge| edge.source != edge.target);
    let mut inputs = vec![Vec::new(); wiring.genes()];
    for edge in &edges {
        inputs[edge.target.index()].push(edge.source);
    }
    for _ in 0..10 * edges.len() {
        let (a, b) = (
            rng.random_range(0..edges.len()),
            rng.random_range(0..edges.len()),
        );
        let (first, second) = (edges[a], edges[b]);
        let clash = first.source == second.target
            || second.source == first.target
            || inputs[second.target.index()].contains(&first.source)
            || inputs[first.target.index()].contains(&second.source);
        if clash {
            continue;
        }
        for (edge, other) in [(first, second), (second, first)] {
            let own = &mut inputs[edge.target.index()];
            let place = own.iter().position(|&regulator| regulator == edge.source);
            own[place.expect("its own regulator")] = other.source;
        }
        edges[a].target = second.target;
        edges[b].target = first.target;
    }
    Wiring::new(wiring.genes(), edges)
}
