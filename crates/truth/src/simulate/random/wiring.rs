//! A wiring: regulators, targets, signs, drawn so that degrees, feed-forward loops and cycles
//! follow the laws of known networks.

use rand::Rng;
use rand::seq::SliceRandom;

use super::assembly::Assembly;
use super::laws::{WiringError, WiringSettings};
use super::signs::signs;
use crate::simulate::TrueEdge;
use cistron::genes::{Gene, Genes};
use cistron::seed::{Purpose, Seed};

/// Who regulates whom; autoregulation is an edge from a gene to itself. Every pair occurs at most
/// once.
#[derive(Clone, Debug, PartialEq)]
pub struct Wiring {
    genes: usize,
    edges: Vec<TrueEdge>,
}

impl Wiring {
    /// A wiring of given edges, which are put in order.
    ///
    /// # Panics   if an edge names a gene beyond `genes`, or a pair occurs twice (a bug in the
    ///   caller).
    #[must_use]
    pub fn new(genes: usize, mut edges: Vec<TrueEdge>) -> Self {
        edges.sort_unstable_by_key(|edge| (edge.target, edge.source));
        let mut ends = edges.iter().flat_map(|edge| [edge.source, edge.target]);
        assert!(ends.all(|gene| gene.index() < genes), "edges of the genes");
        let mut neighbours = edges.windows(2);
        assert!(
            neighbours.all(|two| (two[0].target, two[0].source) != (two[1].target, two[1].source)),
            "every pair once"
        );
        Self { genes, edges }
    }

    /// Number of genes.
    #[must_use]
    pub fn genes(&self) -> usize {
        self.genes
    }

    /// The edges, by target and then by regulator.
    #[must_use]
    pub fn edges(&self) -> &[TrueEdge] {
        &self.edges
    }

    /// The inputs of one gene.
    #[must_use]
    pub fn inputs(&self, target: Gene) -> &[TrueEdge] {
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
/// Regulators form a hierarchy. Each gene draws how many inputs it has and each regulator how
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
    let edges = pairs.iter().zip(signs).map(|(&(from, to), sign)| TrueEdge {
        source: Gene(names[from]),
        target: Gene(names[to]),
        sign,
    });
    Ok(Wiring::new(settings.genes, edges.collect()))
}
