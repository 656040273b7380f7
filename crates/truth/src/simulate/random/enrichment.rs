//! Are there more feed-forward loops than the degrees explain?

use rand::Rng;

use super::shape::FeedForwardLoops;
use super::wiring::{WiredEdge, Wiring};
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
    let other = |edge: &&WiredEdge| edge.regulator != edge.target;
    let mut edges: Vec<WiredEdge> = wiring.edges().iter().filter(other).copied().collect();
    let mut inputs = vec![Vec::new(); wiring.genes()];
    for edge in &edges {
        inputs[edge.target.index()].push(edge.regulator);
    }
    for _ in 0..10 * edges.len() {
        let (a, b) = (
            rng.random_range(0..edges.len()),
            rng.random_range(0..edges.len()),
        );
        let (one, two) = (edges[a], edges[b]);
        let clash = one.regulator == two.target
            || two.regulator == one.target
            || inputs[two.target.index()].contains(&one.regulator)
            || inputs[one.target.index()].contains(&two.regulator);
        if clash {
            continue;
        }
        let mut exchange = |edge: WiredEdge, other: WiredEdge| {
            let of = &mut inputs[edge.target.index()];
            let place = of.iter().position(|&r| r == edge.regulator);
            of[place.expect("its own regulator")] = other.regulator;
        };
        exchange(one, two);
        exchange(two, one);
        edges[a].target = two.target;
        edges[b].target = one.target;
    }
    Wiring::new(wiring.genes(), edges)
}
