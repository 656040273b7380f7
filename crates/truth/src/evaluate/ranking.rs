//! Every pair of the universe once, best first: a list of edges joined with a gold standard.

use serde::{Deserialize, Serialize};

use super::gold_standard::GoldStandard;
use super::predicted_edges::{EdgeList, PredictedEdge};
use cistron::genes::{Gene, Genes};

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
}

/// Which pairs are judged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UniverseSettings {
    /// The pairs between which a gold standard without non-edges chooses.
    pub universe: Universe,
    /// Keep only pairs whose regulator has one of these names; `None` keeps all.
    pub regulators: Option<Vec<String>>,
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

/// Pairs of equal score: `pairs` of them, `edges` of those true.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct TieGroup {
    /// Their score; −∞ for the pairs that the list leaves out.
    pub(crate) threshold: f64,
    /// How many pairs.
    pub(crate) pairs: u64,
    /// How many of them are true edges.
    pub(crate) edges: u64,
}

/// A pair of the universe that the list has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct RankedPair {
    pub(super) score: f64,
    /// Where the gold standard lists the pair; after all others if it does not.
    pub(super) gold_order: usize,
    pub(super) edge: bool,
    /// For a true edge with both signs known: are they the same?
    pub(super) agreement: Option<bool>,
}

/// All pairs of the universe, best first. Pairs that the list leaves out are tied last and
/// never stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranking {
    pub(super) ranked: Vec<RankedPair>,
    pairs: u64,
    edges: u64,
    self_edges: usize,
    outside: usize,
}

impl Ranking {
    /// Joins edges with a gold standard by gene name.
    ///
    /// Self edges and pairs outside the universe are counted and otherwise ignored. Pairs of
    /// equal score keep the order of the list.
    ///
    /// # Errors   [`RankingError`] if the two have no gene in common or the universe has one class.
    /// # Cost     `O(n log n + m)` time, `O(n + m)` memory for `n` edges, `m` listed gold pairs.
    pub fn new(
        gold: &GoldStandard,
        list: &EdgeList,
        settings: &UniverseSettings,
    ) -> Result<Self, RankingError> {
        let judged = JudgedPairs::new(gold, settings)?;
        let in_gold = shared_genes(gold.genes(), list.genes())?;
        let mut ranking = Self {
            ranked: Vec::with_capacity(list.edges().len()),
            pairs: judged.pairs(),
            edges: judged.edges(),
            self_edges: 0,
            outside: 0,
        };
        if ranking.edges == 0 || ranking.edges == ranking.pairs {
            return Err(RankingError::OneClass {
                pairs: ranking.pairs,
                edges: ranking.edges,
            });
        }
        for edge in list.edges() {
            if edge.regulator == edge.target {
                ranking.self_edges += 1;
                continue;
            }
            let names = in_gold[edge.regulator.index()].zip(in_gold[edge.target.index()]);
            match names.and_then(|(regulator, target)| judged.place(edge, regulator, target)) {
                Some(pair) => ranking.ranked.push(pair),
                None => ranking.outside += 1,
            }
        }
        ranking.ranked.sort_by(|a, b| b.score.total_cmp(&a.score));
        Ok(ranking)
    }

    /// Pairs in the universe, `n`.
    #[must_use]
    pub fn pairs(&self) -> u64 {
        self.pairs
    }

    /// True edges in the universe, `k`.
    #[must_use]
    pub fn edges(&self) -> u64 {
        self.edges
    }

    /// Pairs of the universe that the list has.
    #[must_use]
    pub fn predicted(&self) -> u64 {
        self.ranked.len() as u64
    }

    /// Self edges in the list, ignored.
    #[must_use]
    pub fn self_edges(&self) -> usize {
        self.self_edges
    }

    /// Pairs in the list that are not in the universe, ignored.
    #[must_use]
    pub fn outside(&self) -> usize {
        self.outside
    }

    /// Precision of a random order, `k / n`.
    #[must_use]
    pub fn density(&self) -> f64 {
        self.edges as f64 / self.pairs as f64
    }

    /// The pairs in groups of equal score, best first; the unlisted pairs are the last group.
    pub(crate) fn groups(&self) -> impl Iterator<Item = TieGroup> {
        let found = self.ranked.iter().filter(|pair| pair.edge).count() as u64;
        let unlisted = TieGroup {
            threshold: f64::NEG_INFINITY,
            pairs: self.pairs - self.predicted(),
            edges: self.edges - found,
        };
        self.ties()
            .map(|tied| TieGroup {
                threshold: tied[0].score,
                pairs: tied.len() as u64,
                edges: tied.iter().filter(|pair| pair.edge).count() as u64,
            })
            .chain((unlisted.pairs > 0).then_some(unlisted))
    }

    /// The listed pairs in slices of equal score, best first.
    pub(super) fn ties(&self) -> impl Iterator<Item = &[RankedPair]> {
        self.ranked.chunk_by(|a, b| a.score == b.score)
    }
}

/// For every edge of a list, in its order, whether it is true; none for self edges and for pairs
/// that are not judged.
///
/// # Errors   those of [`Ranking::new`] about names.
/// # Cost     `O(n log m)` for `n` edges, `m` listed gold pairs.
pub(crate) fn outcomes(
    gold: &GoldStandard,
    list: &EdgeList,
    settings: &UniverseSettings,
) -> Result<Vec<Option<bool>>, RankingError> {
    let judged = JudgedPairs::new(gold, settings)?;
    let in_gold = shared_genes(gold.genes(), list.genes())?;
    let edges = list.edges().iter();
    let outcomes = edges.map(|edge| {
        let names = in_gold[edge.regulator.index()].zip(in_gold[edge.target.index()]);
        let (regulator, target) = names.filter(|(regulator, target)| regulator != target)?;
        Some(judged.place(edge, regulator, target)?.edge)
    });
    Ok(outcomes.collect())
}

/// The universe: a gold standard and the regulators that are kept.
struct JudgedPairs<'a> {
    gold: &'a GoldStandard,
    kept: Vec<bool>,
}

impl<'a> JudgedPairs<'a> {
    fn new(gold: &'a GoldStandard, settings: &UniverseSettings) -> Result<Self, RankingError> {
        let genes = gold.genes();
        let mut kept = vec![true; genes.len()];
        if settings.universe == Universe::Regulators && !gold.lists_non_edges() {
            genes
                .iter()
                .for_each(|gene| kept[gene.index()] = !gold.row(gene).is_empty());
        }
        if let Some(names) = &settings.regulators {
            let mut asked = vec![false; genes.len()];
            for gene in names.iter().filter_map(|name| genes.find(name)) {
                asked[gene.index()] = true;
            }
            if !asked.contains(&true) {
                return Err(RankingError::NoRegulatorInCommon {
                    given: some_of(names),
                    gold: some_of(genes.names()),
                });
            }
            kept.iter_mut()
                .zip(asked)
                .for_each(|(kept, asked)| *kept &= asked);
        }
        Ok(Self { gold, kept })
    }

    fn kept_regulators(&self) -> impl Iterator<Item = Gene> {
        self.gold
            .genes()
            .iter()
            .filter(|gene| self.kept[gene.index()])
    }

    fn pairs(&self) -> u64 {
        let whole_row = self.gold.genes().len() as u64 - 1;
        self.kept_regulators()
            .map(|regulator| {
                if self.gold.lists_non_edges() {
                    self.gold.row(regulator).len() as u64
                } else {
                    whole_row
                }
            })
            .sum()
    }

    fn edges(&self) -> u64 {
        self.kept_regulators()
            .flat_map(|regulator| self.gold.row(regulator))
            .filter(|pair| pair.edge)
            .count() as u64
    }

    /// The pair as the ranking keeps it, or `None` outside the universe.
    fn place(&self, edge: &PredictedEdge, regulator: Gene, target: Gene) -> Option<RankedPair> {
        if !self.kept[regulator.index()] {
            return None;
        }
        match self.gold.find(regulator, target) {
            Some(known) => Some(RankedPair {
                score: edge.score,
                gold_order: known.order,
                edge: known.edge,
                agreement: known
                    .edge
                    .then(|| edge.sign.agreement(known.sign))
                    .flatten(),
            }),
            None if self.gold.lists_non_edges() => None,
            None => Some(RankedPair {
                score: edge.score,
                gold_order: usize::MAX,
                edge: false,
                agreement: None,
            }),
        }
    }
}

/// For every gene of the list, the gene of that name in the gold standard.
fn shared_genes(gold: &Genes, list: &Genes) -> Result<Vec<Option<Gene>>, RankingError> {
    let shared: Vec<Option<Gene>> = list.names().iter().map(|name| gold.find(name)).collect();
    if shared.iter().any(Option::is_some) {
        return Ok(shared);
    }
    let lower = Genes::new(gold.names().iter().map(|name| name.to_lowercase()));
    let only_case = lower.is_ok_and(|lower| {
        let mut names = list.names().iter();
        names.any(|name| lower.find(&name.to_lowercase()).is_some())
    });
    Err(RankingError::NothingInCommon {
        edges: some_of(list.names()),
        gold: some_of(gold.names()),
        cure: if only_case {
            "they differ in upper and lower case only: write them the same way"
        } else {
            "use one kind of name in both files"
        },
    })
}

/// The first few names, for a message.
fn some_of(names: &[String]) -> String {
    let first: Vec<&str> = names.iter().take(3).map(String::as_str).collect();
    let more = if names.len() > first.len() {
        ", …"
    } else {
        ""
    };
    format!("{}{more}", first.join(", "))
}
