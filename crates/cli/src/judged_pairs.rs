//! On which pairs a list of edges is judged.

use cistron::genes::Gene;
use cistron_truth::evaluate::{
    EdgeList, GoldStandard, Ranking, RankingError, Scores, Universe, UniverseSettings,
};

/// Scores of a list on one choice of pairs.
pub(crate) struct Judged {
    /// Which pairs, in words.
    pub(crate) pairs: &'static str,
    pub(crate) ranking: Ranking,
    pub(crate) scores: Scores,
}

impl Judged {
    fn new(pairs: &'static str, ranking: Ranking) -> Self {
        let scores = Scores::new(&ranking);
        Self {
            pairs,
            ranking,
            scores,
        }
    }
}

/// Scores on the pairs that are fair for a list, and on others.
pub(crate) struct JudgedList {
    pub(crate) first: Judged,
    /// None where the list names all regulators of the known network.
    pub(crate) other: Option<Judged>,
}

const ALL_PAIRS: &str = "all pairs of the known network";
const OWN_PAIRS: &str = "pairs of the regulators in the list";
/// A list that has this part of the pairs of its regulators was made for these regulators; one with less is cut off,
/// and may lack regulators because they came last.
const WHOLE_LIST: f64 = 0.9;

/// Scores a list on all pairs of the known network, and on those of its own regulators where these are fewer; first
/// on the latter if the list has nearly all of them.
///
/// A list that was made for some regulators cannot have the edges of the others: among all pairs it is judged for
/// what it was not asked.
pub(crate) fn judged_pairs(
    known: &GoldStandard,
    list: &EdgeList,
    settings: &UniverseSettings,
) -> Result<JudgedList, RankingError> {
    let whole = Ranking::new(known, list, settings)?;
    let mut of_regulators = settings.clone();
    let mut own: Vec<Gene> = list.edges().iter().map(|edge| edge.regulator).collect();
    own.sort_unstable();
    own.dedup();
    let names = own.iter().map(|gene| list.genes().name(*gene).to_owned());
    of_regulators.regulators = Some(names.collect());
    let chosen = settings.regulators.is_some() || settings.universe != Universe::Auto;
    // where their pairs are all edges or none, nothing can be said of them
    let fewer = Ranking::new(known, list, &of_regulators).ok();
    let fewer = fewer.filter(|fewer| !chosen && fewer.pairs() < whole.pairs());
    let whole = Judged::new(ALL_PAIRS, whole);
    let Some(fewer) = fewer.map(|fewer| Judged::new(OWN_PAIRS, fewer)) else {
        return Ok(JudgedList {
            first: whole,
            other: None,
        });
    };
    let listed = fewer.ranking.predicted() as f64 / fewer.ranking.pairs() as f64;
    let (first, other) = if listed >= WHOLE_LIST {
        (fewer, whole)
    } else {
        (whole, fewer)
    };
    Ok(JudgedList {
        first,
        other: Some(other),
    })
}
