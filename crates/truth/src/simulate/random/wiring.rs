//! A wiring: regulators, targets, signs.

use rand::Rng;
use rand::seq::SliceRandom;

use super::assembly::Assembly;
use super::laws::{WiringError, WiringSettings};
use super::signs::signs;
use cistron::genes::{Gene, Genes};
use cistron::network::Sign;
use cistron::seed::{Purpose, Seed};

/// A regulator, its target, and whether it raises or lowers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WiredEdge {
    /// The regulator.
    pub regulator: Gene,
    /// The gene that it regulates; the regulator itself for autoregulation.
    pub target: Gene,
    /// The direction.
    pub sign: Sign,
}

/// Who regulates whom. Every pair stands at most once.
#[derive(Clone, Debug, PartialEq)]
pub struct Wiring {
    genes: usize,
    edges: Vec<WiredEdge>,
}

impl Wiring {
    /// A wiring of given edges, which are put in order.
    ///
    /// # Panics   if an edge names a gene beyond `genes`, or a pair stands twice (a bug in the
    ///   caller).
    #[must_use]
    pub fn new(genes: usize, mut edges: Vec<WiredEdge>) -> Self {
        edges.sort_unstable_by_key(|edge| (edge.target, edge.regulator));
        let known = |edge: &WiredEdge| edge.regulator.index().max(edge.target.index()) < genes;
        assert!(edges.iter().all(known), "edges between the genes");
        let pair = |edge: &WiredEdge| (edge.target, edge.regulator);
        let distinct = edges.windows(2).all(|two| pair(&two[0]) != pair(&two[1]));
        assert!(distinct, "every pair once");
        Self { genes, edges }
    }

    /// Number of genes.
    #[must_use]
    pub fn genes(&self) -> usize {
        self.genes
    }

    /// The edges, by target and then by regulator.
    #[must_use]
    pub fn edges(&self) -> &[WiredEdge] {
        &self.edges
    }

    /// The inputs of one gene.
    #[must_use]
    pub fn inputs(&self, target: Gene) -> &[WiredEdge] {
        let start = self.edges.partition_point(|edge| edge.target < target);
        let count = self.edges[start..].partition_point(|edge| edge.target == target);
        &self.edges[start..start + count]
    }

    /// The names `G1`, `G2`, ….
    #[must_use]
    pub fn names(&self) -> Genes {
        Genes::new((1..=self.genes).map(|number| format!("G{number}"))).expect("distinct names")
    }
}

/// Draws a wiring; the same seed gives the same network.
///
/// Regulators stand in a hierarchy. Each gene draws how many inputs it has and each regulator how
/// many targets; then the inputs of one gene after the other, regulators first and from the top,
/// are drawn by the number of targets that a regulator still wants, from the gene's own module
/// or from global regulators, and some so that they close a feed-forward loop. Components that
/// are left apart are joined by one edge each: the network is weakly connected, and every gene
/// has an edge. Names say nothing about the part that a gene plays.
///
/// # Errors   [`WiringError`] for a setting outside of its range.
/// # Cost     `O(edges · regulators)` time, `O(edges)` memory; 10,000 genes in less than a second.
pub fn wire(settings: &WiringSettings, seed: Seed) -> Result<Wiring, WiringError> {
    settings.check()?;
    let mut rng = seed.stream(Purpose::Synthetic, 0);
    let mut assembly = Assembly::new(settings, &mut rng);
    assembly.wire(&mut rng);
    assembly.join(&mut rng);
    let mut names: Vec<usize> = (0..settings.genes).collect();
    names.shuffle(&mut rng);
    let mut pairs = assembly.pairs();
    for regulator in 0..settings.regulator_count() {
        if rng.random::<f64>() < settings.autoregulation {
            pairs.push((regulator, regulator));
        }
    }
    let signs = signs(settings, &pairs, &mut rng);
    let edges = pairs
        .iter()
        .zip(signs)
        .map(|(&(from, to), sign)| WiredEdge {
            regulator: Gene(names[from]),
            target: Gene(names[to]),
            sign,
        });
    Ok(Wiring::new(settings.genes, edges.collect()))
}
