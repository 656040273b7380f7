//! The pairs that are judged: a gold standard, and which of its regulators and targets are kept.

use serde::{Deserialize, Serialize};

use super::gold_standard::{GoldStandard, Listed};
use super::predicted_edges::PredictedEdge;
use cistron::genes::{Gene, Genes};
use cistron::loci::Loci;

/// Which pairs are judged when the gold standard lists true edges only.
///
/// A gold standard that lists non-edges is its own universe, whatever is chosen here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Universe {
    /// The same as [`Universe::All`].
    #[default]
    Auto,
    /// All ordered pairs of different genes of the gold standard.
    All,
    /// Pairs whose regulator has a true edge in the gold standard.
    Regulators,
    /// Pairs whose regulator has a true edge and whose target has one: for real networks, of which
    /// some edges are known and nothing is known of the other genes.
    Known,
}

/// Which pairs are judged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UniverseSettings {
    /// The pairs between which a gold standard without non-edges chooses.
    pub universe: Universe,
    /// Keep only pairs whose regulator has one of these names; `None` keeps all.
    pub regulators: Option<Vec<String>>,
    /// Keep only pairs whose target has one of these names; `None` keeps all.
    pub targets: Option<Vec<String>>,
    /// Leave out pairs of neighbours on a chromosome, which operons and shared promoters make
    /// alike.
    pub neighbours: Option<Neighbours>,
}

/// Pairs of genes that are close to each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbours {
    /// Where the genes are, matched by name; a gene without a position has no neighbours.
    pub loci: Loci,
    /// The largest distance of neighbours, in loci.
    pub within: usize,
}

/// Why a list cannot be ranked against a gold standard.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RankingError {
    /// The two are about other genes.
    #[error(
        "the edges and the gold standard have no gene name in common: \
         the edges name {edges}; the gold standard names {gold}; {cure}"
    )]
    NothingInCommon {
        /// Some names of the edges.
        edges: String,
        /// Some names of the gold standard.
        gold: String,
        /// What to do.
        cure: &'static str,
    },
    /// None of the regulators asked for is in the gold standard.
    #[error(
        "none of the given regulators is in the gold standard: given {given}; \
         the gold standard names {gold}; check the list of regulators"
    )]
    NoRegulatorInCommon {
        /// Some of the names given.
        given: String,
        /// Some names of the gold standard.
        gold: String,
    },
    /// None of the targets asked for is in the gold standard.
    #[error(
        "none of the given targets is in the gold standard: given {given}; \
         the gold standard names {gold}; check the list of targets"
    )]
    NoTargetInCommon {
        /// Some of the names given.
        given: String,
        /// Some names of the gold standard.
        gold: String,
    },
    /// The universe has no edges or only edges.
    #[error(
        "{edges} of the {pairs} pairs to judge are true edges; a ranking can be judged only \
         if some are and some are not; choose other regulators or another universe"
    )]
    OneClass {
        /// Pairs in the universe.
        pairs: u64,
        /// True edges among them.
        edges: u64,
    },
}

/// A pair of the universe that the list has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct RankedPair {
    pub(super) score: f64,
    /// Its target in the gold standard.
    pub(super) target: Gene,
    /// Where the gold standard lists the pair; after all others if it does not.
    pub(super) gold_order: usize,
    pub(super) edge: bool,
    /// For a true edge with both signs known: are they the same?
    pub(super) agreement: Option<bool>,
}

/// Judged pairs of one target.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct TargetPairs {
    pub(super) pairs: u64,
    /// True edges among them.
    pub(super) edges: u64,
}

/// The universe: a gold standard, and the regulators and targets that are kept.
pub(super) struct JudgedPairs<'a> {
    gold: &'a GoldStandard,
    regulators: Vec<bool>,
    targets: Vec<bool>,
    neighbours: Option<NeighboursInGold<'a>>,
}

/// Neighbours among the genes of a gold standard.
struct NeighboursInGold<'a> {
    neighbours: &'a Neighbours,
    /// The gene of the table of loci of each gene of the gold standard.
    located: Vec<Option<Gene>>,
}

impl NeighboursInGold<'_> {
    fn are_close(&self, a: Gene, b: Gene) -> bool {
        let located = self.located[a.index()].zip(self.located[b.index()]);
        let distance = located.and_then(|(a, b)| self.neighbours.loci.distance(a, b));
        distance.is_some_and(|distance| distance <= self.neighbours.within)
    }
}

impl<'a> JudgedPairs<'a> {
    /// # Errors   [`RankingError`] if no gene of a list of names is in the gold standard.
    pub(super) fn new(
        gold: &'a GoldStandard,
        settings: &'a UniverseSettings,
    ) -> Result<Self, RankingError> {
        let genes = gold.genes();
        let mut regulators = vec![true; genes.len()];
        let mut targets = vec![true; genes.len()];
        if !gold.lists_non_edges() {
            if matches!(settings.universe, Universe::Regulators | Universe::Known) {
                for gene in genes.iter() {
                    regulators[gene.index()] = !gold.row(gene).is_empty();
                }
            }
            if settings.universe == Universe::Known {
                targets.fill(false);
                let edges = genes.iter().flat_map(|regulator| gold.row(regulator));
                edges.for_each(|edge| targets[edge.target.index()] = true);
            }
        }
        if let Some(names) = &settings.regulators
            && !keep_named(&mut regulators, names, genes)
        {
            return Err(RankingError::NoRegulatorInCommon {
                given: some_of(names),
                gold: some_of(genes.names()),
            });
        }
        if let Some(names) = &settings.targets
            && !keep_named(&mut targets, names, genes)
        {
            return Err(RankingError::NoTargetInCommon {
                given: some_of(names),
                gold: some_of(genes.names()),
            });
        }
        let neighbours = settings.neighbours.as_ref();
        let neighbours = neighbours.map(|neighbours| NeighboursInGold {
            neighbours,
            located: same_names(genes, neighbours.loci.genes()),
        });
        Ok(Self {
            gold,
            regulators,
            targets,
            neighbours,
        })
    }

    /// Whether a pair of different genes is judged, as far as its genes say.
    fn keeps(&self, regulator: Gene, target: Gene) -> bool {
        let neighbours = self.neighbours.as_ref();
        self.regulators[regulator.index()]
            && self.targets[target.index()]
            && !neighbours.is_some_and(|all| all.are_close(regulator, target))
    }

    /// Judged pairs of every gene as a target.
    ///
    /// # Cost     `O(p + m)` for `m` listed pairs; `O(p²)` with neighbours left out.
    pub(super) fn by_target(&self) -> Vec<TargetPairs> {
        let genes = self.gold.genes();
        let mut all = vec![TargetPairs::default(); genes.len()];
        for regulator in genes.iter().filter(|gene| self.regulators[gene.index()]) {
            for pair in self.gold.row(regulator) {
                if self.keeps(regulator, pair.target) {
                    all[pair.target.index()].edges += u64::from(pair.edge);
                    all[pair.target.index()].pairs += u64::from(self.gold.lists_non_edges());
                }
            }
        }
        if self.gold.lists_non_edges() {
            return all;
        }
        let regulators = genes.iter().filter(|gene| self.regulators[gene.index()]);
        let regulators: Vec<Gene> = regulators.collect();
        for target in genes.iter().filter(|gene| self.targets[gene.index()]) {
            let pairs = &mut all[target.index()].pairs;
            *pairs = if self.neighbours.is_none() {
                let itself = usize::from(self.regulators[target.index()]);
                (regulators.len() - itself) as u64
            } else {
                let others = regulators.iter().filter(|regulator| **regulator != target);
                others
                    .filter(|regulator| self.keeps(**regulator, target))
                    .count() as u64
            };
        }
        all
    }

    /// The pair as the ranking keeps it, or `None` outside the universe.
    pub(super) fn place(
        &self,
        edge: &PredictedEdge,
        regulator: Gene,
        target: Gene,
    ) -> Option<RankedPair> {
        if !self.keeps(regulator, target) {
            return None;
        }
        let known: Option<Listed> = self.gold.find(regulator, target);
        if known.is_none() && self.gold.lists_non_edges() {
            return None;
        }
        let true_edge = known.filter(|known| known.edge);
        Some(RankedPair {
            score: edge.score,
            target,
            gold_order: known.map_or(usize::MAX, |known| known.order),
            edge: true_edge.is_some(),
            agreement: true_edge.and_then(|known| edge.sign.agreement(known.sign)),
        })
    }
}

/// Keeps only genes of these names; false if there is none.
fn keep_named(kept: &mut [bool], names: &[String], genes: &Genes) -> bool {
    let mut asked = vec![false; genes.len()];
    for gene in names.iter().filter_map(|name| genes.find(name)) {
        asked[gene.index()] = true;
    }
    let any = asked.contains(&true);
    kept.iter_mut()
        .zip(asked)
        .for_each(|(kept, asked)| *kept &= asked);
    any
}

/// For every gene, the gene of the same name in another list.
pub(super) fn same_names(genes: &Genes, other: &Genes) -> Vec<Option<Gene>> {
    genes.names().iter().map(|name| other.find(name)).collect()
}

/// The first few names, for a message.
pub(super) fn some_of(names: &[String]) -> String {
    let first: Vec<&str> = names.iter().take(3).map(String::as_str).collect();
    let more = if names.len() > first.len() {
        ", …"
    } else {
        ""
    };
    format!("{}{more}", first.join(", "))
}
