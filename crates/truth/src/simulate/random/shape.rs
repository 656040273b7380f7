//! The shape of a wiring in numbers, for drawn networks and for known ones.

use petgraph::algo::{connected_components, tarjan_scc};
use petgraph::graph::DiGraph;

use super::wiring::Wiring;
use cistron::network::Sign;

/// Feed-forward loops `x → y → z` with `x → z`, by type.
///
/// Coherent and incoherent types 1 to 4 are told by the signs of `x → y`, `y → z`, `x → z`:
/// C1 `+++`, C2 `−+−`, C3 `+−−`, C4 `−−+`, I1 `+−+`, I2 `−−−`, I3 `++−`, I4 `−++`.
///
/// # Source   Mangan & Alon (2003), PNAS 100:11980.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FeedForwardLoops {
    /// All loops, whatever their signs.
    pub all: usize,
    /// Coherent types 1 to 4.
    pub coherent: [usize; 4],
    /// Incoherent types 1 to 4.
    pub incoherent: [usize; 4],
}

/// The shape of a wiring; self-regulation counts only in `autoregulated`.
#[derive(Clone, Debug, PartialEq)]
pub struct WiringShape {
    /// Number of genes.
    pub genes: usize,
    /// Number of edges.
    pub edges: usize,
    /// Part of the genes that regulate another.
    pub regulators: f64,
    /// Part of the genes that no other gene regulates.
    pub unregulated: f64,
    /// Mean number of regulators per gene.
    pub mean_in_degree: f64,
    /// Maximum number of regulators of a gene.
    pub most_inputs: usize,
    /// Maximum number of targets of a regulator.
    pub most_targets: usize,
    /// Exponent `γ` of `P(k) ∝ k^−γ`, `k = 1 … most_targets`: likeliest for the regulators.
    pub out_exponent: f64,
    /// Rate `λ` of `P(k) ∝ e^−λk`, `k = 2, 3, …`: likeliest for genes with two inputs or more.
    pub in_rate: f64,
    /// Part of the edges that activate, of those with a sign.
    pub activators: f64,
    /// Part of the edges whose target regulates another gene.
    pub among_regulators: f64,
    /// Part of the edges that lie on a directed cycle.
    pub on_cycles: f64,
    /// Pairs of genes that regulate each other.
    pub mutual: usize,
    /// Feed-forward loops.
    pub loops: FeedForwardLoops,
    /// Part of the regulators that regulate themselves.
    pub autoregulated: f64,
    /// Weakly connected components.
    pub components: usize,
}

/// Targets of every gene, sorted, without itself.
fn targets_of_genes(wiring: &Wiring) -> Vec<Vec<(usize, Sign)>> {
    let mut targets = vec![Vec::new(); wiring.genes()];
    for edge in wiring.edges() {
        if edge.source != edge.target {
            targets[edge.source.index()].push((edge.target.index(), edge.sign));
        }
    }
    targets
}

impl FeedForwardLoops {
    /// Counts the loops of a wiring.
    ///
    /// # Cost   the sum, over edges between regulators, of the targets of the second one.
    #[must_use]
    pub fn count(wiring: &Wiring) -> Self {
        let targets = targets_of_genes(wiring);
        let mut loops = Self::default();
        for (x, of_x) in targets.iter().enumerate() {
            for &(y, xy) in of_x {
                for &(z, yz) in &targets[y] {
                    if z == x {
                        continue;
                    }
                    if let Ok(place) = of_x.binary_search_by_key(&z, |&(target, _)| target) {
                        loops.add(xy, yz, of_x[place].1);
                    }
                }
            }
        }
        loops
    }

    fn add(&mut self, xy: Sign, yz: Sign, xz: Sign) {
        self.all += 1;
        if [xy, yz, xz].contains(&Sign::Unknown) {
            return;
        }
        let (types, kind) = match [xy, yz, xz].map(|sign| sign == Sign::Activation) {
            [true, true, true] => (&mut self.coherent, 0),
            [false, true, false] => (&mut self.coherent, 1),
            [true, false, false] => (&mut self.coherent, 2),
            [false, false, true] => (&mut self.coherent, 3),
            [true, false, true] => (&mut self.incoherent, 0),
            [false, false, false] => (&mut self.incoherent, 1),
            [true, true, false] => (&mut self.incoherent, 2),
            [false, true, true] => (&mut self.incoherent, 3),
        };
        types[kind] += 1;
    }
}

impl WiringShape {
    /// Measures a wiring.
    ///
    /// # Cost   linear in the edges, and [`FeedForwardLoops::count`].
    #[must_use]
    pub fn of(wiring: &Wiring) -> Self {
        let genes = wiring.genes();
        let targets = targets_of_genes(wiring);
        let counts = EdgeCounts::new(&targets);
        let inputs = &counts.inputs;
        let degrees: Vec<usize> = targets.iter().map(Vec::len).filter(|&k| k > 0).collect();
        let loops_to_self = wiring.edges().iter().filter(|e| e.source == e.target);
        Self {
            genes,
            edges: counts.edges,
            regulators: part(degrees.len(), genes),
            unregulated: part(inputs.iter().filter(|&&k| k == 0).count(), genes),
            mean_in_degree: part(counts.edges, genes),
            most_inputs: inputs.iter().copied().max().unwrap_or(0),
            most_targets: degrees.iter().copied().max().unwrap_or(0),
            out_exponent: power_law(&degrees),
            in_rate: exponential(inputs),
            activators: part(counts.activating, counts.activating + counts.repressing),
            among_regulators: part(counts.among_regulators, counts.edges),
            on_cycles: part(counts.on_cycles, counts.edges),
            mutual: counts.answered / 2,
            loops: FeedForwardLoops::count(wiring),
            autoregulated: part(loops_to_self.count(), degrees.len()),
            components: counts.components,
        }
    }
}

/// Share of `whole`; 0 of nothing.
fn part(count: usize, whole: usize) -> f64 {
    count as f64 / whole.max(1) as f64
}

/// What is counted over the edges between different genes.
#[derive(Default)]
struct EdgeCounts {
    edges: usize,
    inputs: Vec<usize>,
    activating: usize,
    repressing: usize,
    among_regulators: usize,
    on_cycles: usize,
    /// Edges whose target acts on their source.
    answered: usize,
    components: usize,
}

impl EdgeCounts {
    fn new(targets: &[Vec<(usize, Sign)>]) -> Self {
        let mut graph: DiGraph<(), ()> = DiGraph::new();
        let nodes: Vec<_> = targets.iter().map(|_| graph.add_node(())).collect();
        for (from, row) in targets.iter().enumerate() {
            for &(to, _) in row {
                graph.add_edge(nodes[from], nodes[to], ());
            }
        }
        let mut cycle = vec![0; targets.len()];
        for (number, component) in tarjan_scc(&graph).into_iter().enumerate() {
            for node in component {
                cycle[node.index()] = number;
            }
        }
        let mut counts = Self {
            inputs: vec![0; targets.len()],
            components: connected_components(&graph),
            ..Self::default()
        };
        for (from, row) in targets.iter().enumerate() {
            for &(to, sign) in row {
                let back = targets[to].binary_search_by_key(&from, |&(target, _)| target);
                counts.edges += 1;
                counts.inputs[to] += 1;
                counts.activating += usize::from(sign == Sign::Activation);
                counts.repressing += usize::from(sign == Sign::Repression);
                counts.among_regulators += usize::from(!targets[to].is_empty());
                counts.on_cycles += usize::from(cycle[from] == cycle[to]);
                counts.answered += usize::from(back.is_ok());
            }
        }
        counts
    }
}

/// Mean of `ln k` under `P(k) ∝ k^−γ`, `k = 1 … most`; it falls as `γ` grows.
fn mean_log(gamma: f64, most: usize) -> f64 {
    let (mut mass, mut sum) = (0.0, 0.0);
    for k in 1..=most {
        let log = (k as f64).ln();
        let p = (-gamma * log).exp();
        mass += p;
        sum += p * log;
    }
    sum / mass
}

/// Likeliest `γ` of `P(k) ∝ k^−γ` on `1 … max`, by halving; in `[−2, 6]`.
fn power_law(degrees: &[usize]) -> f64 {
    let most = degrees.iter().copied().max().unwrap_or(1);
    let wanted: f64 = degrees.iter().map(|&k| (k as f64).ln()).sum::<f64>() / degrees.len() as f64;
    let (mut low, mut high) = (-2.0, 6.0);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if mean_log(middle, most) > wanted {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

/// Likeliest `λ` of `P(k) ∝ e^−λk` on `2, 3, …`: `ln(1 + 1/m)`, `m` the mean of `k − 2`.
fn exponential(inputs: &[usize]) -> f64 {
    let tail: Vec<usize> = inputs.iter().copied().filter(|&k| k >= 2).collect();
    let mean = tail.iter().map(|&k| (k - 2) as f64).sum::<f64>() / tail.len() as f64;
    (1.0 / mean).ln_1p()
}
