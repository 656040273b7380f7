//! Every pair of the universe once, best first: a list of edges joined with a gold standard.

use super::gold_standard::GoldStandard;
use super::predicted_edges::EdgeList;
use super::universe::{
    JudgedPairs, RankedPair, RankingError, TargetPairs, UniverseSettings, same_names, some_of,
};
use cistron::genes::{Gene, Genes};

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

/// All pairs of the universe, best first. Pairs that the list leaves out are tied last and
/// never stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranking {
    pub(super) ranked: Vec<RankedPair>,
    /// Judged pairs of every gene of the gold standard as a target.
    pub(super) targets: Vec<TargetPairs>,
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
        let targets = judged.by_target();
        let mut ranking = Self {
            ranked: Vec::with_capacity(list.edges().len()),
            pairs: targets.iter().map(|target| target.pairs).sum(),
            edges: targets.iter().map(|target| target.edges).sum(),
            targets,
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

/// For every gene of the list, the gene of that name in the gold standard.
fn shared_genes(gold: &Genes, list: &Genes) -> Result<Vec<Option<Gene>>, RankingError> {
    let shared = same_names(list, gold);
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
