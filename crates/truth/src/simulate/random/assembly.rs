//! Inputs and targets put together, one gene after the other.

use rand::Rng;
use rand::seq::SliceRandom;

use super::degrees::{in_degrees, out_degrees};
use super::laws::WiringSettings;

/// A network being built. Genes `0 … regulators` regulate, in the order of the hierarchy, top
/// first; an edge between regulators that points to a later one goes down.
pub(super) struct Assembly {
    settings: WiringSettings,
    regulators: usize,
    module: Vec<usize>,
    /// Weight of a regulator of another module, next to 1 of one in the same.
    outside: f64,
    /// Inputs that each gene is to have.
    wanted: Vec<usize>,
    /// Targets that each regulator still is to have.
    left: Vec<usize>,
    /// Whether a regulator acts on all modules alike.
    global: Vec<bool>,
    /// The regulators of each gene.
    inputs: Vec<Vec<usize>>,
    /// The regulators among the targets of each regulator.
    below: Vec<Vec<usize>>,
}

impl Assembly {
    pub(super) fn new(settings: &WiringSettings, rng: &mut impl Rng) -> Self {
        let (genes, regulators) = (settings.genes, settings.regulator_count());
        let top = (settings.unregulated * regulators as f64).round() as usize;
        let mut wanted = in_degrees(settings, top.clamp(1, regulators - 1), rng);
        // enough inputs for every regulator to have a target
        while wanted.iter().sum::<usize>() < regulators {
            wanted[genes - 1 - rng.random_range(0..genes - regulators)] += 1;
        }
        let edges = wanted.iter().sum();
        let left = hierarchy(out_degrees(settings, regulators, edges, rng), rng);
        let modules = (genes as f64 / settings.module_size).round().max(1.0) as usize;
        let odds = settings.crosstalk / (1.0 - settings.crosstalk);
        Self {
            settings: *settings,
            outside: odds / (modules as f64 - 1.0).max(1.0),
            regulators,
            module: (0..genes).map(|_| rng.random_range(0..modules)).collect(),
            wanted,
            global: left
                .iter()
                .map(|&targets| targets as f64 > settings.module_size)
                .collect(),
            left,
            inputs: vec![Vec::new(); genes],
            below: vec![Vec::new(); regulators],
        }
    }

    /// All edges, as regulator and target.
    pub(super) fn pairs(&self) -> Vec<(usize, usize)> {
        let targets = self.inputs.iter().enumerate();
        targets
            .flat_map(|(target, inputs)| inputs.iter().map(move |&regulator| (regulator, target)))
            .collect()
    }

    /// Draws the inputs of every gene, regulators first and from the top; then gives a target to
    /// regulators that were left without one.
    pub(super) fn wire(&mut self, rng: &mut impl Rng) {
        let mut back = Vec::new();
        for target in 0..self.regulators {
            for _ in 0..self.wanted[target] {
                if rng.random::<f64>() < self.settings.feedback {
                    back.push(target);
                } else {
                    self.add_input(target, rng);
                }
            }
        }
        for target in back {
            let below = self.all_below(target);
            match pick(&below, |gene| self.wish(gene, target), rng) {
                Some(regulator) => self.connect(regulator, target),
                None => self.add_input(target, rng),
            }
        }
        let mut order: Vec<usize> = (self.regulators..self.settings.genes).collect();
        order.shuffle(rng);
        for target in order {
            (0..self.wanted[target]).for_each(|_| self.add_input(target, rng));
        }
        self.employ();
    }

    /// Gives a target to each regulator without one: the gene with the fewest inputs.
    fn employ(&mut self) {
        let mut idle = vec![true; self.regulators];
        for &regulator in self.inputs.iter().flatten() {
            idle[regulator] = false;
        }
        for regulator in (0..self.regulators).filter(|&regulator| idle[regulator]) {
            let mut target = self.regulators;
            for gene in self.regulators..self.settings.genes {
                if self.inputs[gene].len() < self.inputs[target].len() {
                    target = gene;
                }
            }
            self.connect(regulator, target);
        }
    }

    /// Joins the components, each by an edge from a regulator down to a gene of the first one.
    pub(super) fn join(&mut self, rng: &mut impl Rng) {
        loop {
            let component = self.components();
            let mut regulators = 0..self.regulators;
            let Some(apart) = regulators.find(|&gene| component[gene] != component[0]) else {
                return;
            };
            // a gene of the first component below the regulator, or the other way round
            let lower: Vec<usize> = (apart + 1..self.settings.genes)
                .filter(|&gene| component[gene] == component[0])
                .collect();
            match lower.is_empty() {
                true => self.connect(0, apart),
                false => self.connect(apart, lower[rng.random_range(0..lower.len())]),
            }
        }
    }

    fn connect(&mut self, regulator: usize, target: usize) {
        self.inputs[target].push(regulator);
        self.left[regulator] = self.left[regulator].saturating_sub(1);
        if target < self.regulators {
            self.below[regulator].push(target);
        }
    }

    /// Draws one more input of `target`, from all regulators or, if it is one itself, from those
    /// above it; none if it has them all.
    fn add_input(&mut self, target: usize, rng: &mut impl Rng) {
        let above = target.min(self.regulators);
        let is_first = self.inputs[target].is_empty();
        let mut drawn = None;
        if !is_first && rng.random::<f64>() < self.settings.feed_forward {
            let mut closing = self.closing(target);
            closing.retain(|gene| *gene < above && !self.inputs[target].contains(gene));
            drawn = pick(&closing, |gene| self.left[gene] as f64, rng);
        }
        let mut free: Vec<usize> = (0..above).collect();
        free.retain(|gene| !self.inputs[target].contains(gene));
        drawn = drawn
            .or_else(|| pick(&free, |gene| self.wish(gene, target), rng))
            // an input is not given up where all regulators have their targets already
            .or_else(|| pick(&free, |gene| self.affinity(gene, target), rng));
        if let Some(regulator) = drawn {
            self.connect(regulator, target);
        }
    }

    /// All regulators that a regulator acts on, directly or over others, and that do not act on
    /// it directly.
    fn all_below(&self, regulator: usize) -> Vec<usize> {
        let mut seen = vec![false; self.regulators];
        let mut reached = vec![regulator];
        seen[regulator] = true;
        let mut visited = 0;
        while visited < reached.len() {
            for &next in &self.below[reached[visited]] {
                if !seen[next] {
                    seen[next] = true;
                    reached.push(next);
                }
            }
            visited += 1;
        }
        let inputs = &self.inputs[regulator];
        reached.retain(|gene| *gene != regulator && !inputs.contains(gene));
        reached.sort_unstable();
        reached
    }

    fn wish(&self, regulator: usize, target: usize) -> f64 {
        self.left[regulator] as f64 * self.affinity(regulator, target)
    }

    /// Regulators that form a feed-forward loop with an input of `target`: those above and those
    /// below that input.
    fn closing(&self, target: usize) -> Vec<usize> {
        let mut closing = Vec::new();
        for &input in &self.inputs[target] {
            closing.extend(&self.inputs[input]);
            closing.extend(&self.below[input]);
        }
        closing.sort_unstable();
        closing.dedup();
        closing
    }

    fn affinity(&self, regulator: usize, target: usize) -> f64 {
        let near = self.global[regulator] || self.module[regulator] == self.module[target];
        if near { 1.0 } else { self.outside }
    }

    /// A number for every gene that is the same within a component.
    fn components(&self) -> Vec<usize> {
        let mut root: Vec<usize> = (0..self.settings.genes).collect();
        for (target, inputs) in self.inputs.iter().enumerate() {
            for &regulator in inputs {
                let (a, b) = (
                    find_root(&mut root, target),
                    find_root(&mut root, regulator),
                );
                root[a.max(b)] = a.min(b);
            }
        }
        (0..root.len())
            .map(|gene| find_root(&mut root, gene))
            .collect()
    }
}

/// The root of a gene in a forest of components; paths are halved on the way.
fn find_root(root: &mut [usize], mut gene: usize) -> usize {
    while root[gene] != gene {
        root[gene] = root[root[gene]];
        gene = root[gene];
    }
    gene
}

/// Puts regulators in the order of the hierarchy: by chance, large ones rather at the top.
fn hierarchy(degrees: Vec<usize>, rng: &mut impl Rng) -> Vec<usize> {
    let count = degrees.len() as f64;
    let mut placed: Vec<(f64, usize)> = degrees
        .into_iter()
        .enumerate()
        .map(|(rank, degree)| (rank as f64 / count + 2.0 * rng.random::<f64>(), degree))
        .collect();
    placed.sort_by(|a, b| a.0.total_cmp(&b.0));
    placed.into_iter().map(|(_, degree)| degree).collect()
}

/// One of the candidates with a chance in proportion to its weight; none if all weigh nothing.
fn pick(candidates: &[usize], weight: impl Fn(usize) -> f64, rng: &mut impl Rng) -> Option<usize> {
    let total: f64 = candidates.iter().map(|&gene| weight(gene)).sum();
    if total <= 0.0 {
        return None;
    }
    let mut left = rng.random::<f64>() * total;
    let mut picked = None;
    for &candidate in candidates {
        let part = weight(candidate);
        if part > 0.0 {
            picked = Some(candidate);
            if left < part {
                break;
            }
            left -= part;
        }
    }
    picked
}
