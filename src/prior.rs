//! What is known before the fit: which genes may regulate, and which pairs are allowed,
//! forbidden or supported.

use crate::genes::{Gene, Genes};

/// The genes that may regulate others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Regulators {
    may: Vec<bool>,
}

impl Regulators {
    /// Every gene may regulate.
    #[must_use]
    pub fn all(genes: &Genes) -> Self {
        Self {
            may: vec![true; genes.len()],
        }
    }

    /// Only these genes may regulate.
    ///
    /// # Panics   if a gene belongs to another, longer list (a bug in the caller).
    #[must_use]
    pub fn only(genes: &Genes, regulators: impl IntoIterator<Item = Gene>) -> Self {
        let mut may = vec![false; genes.len()];
        for gene in regulators {
            may[gene.index()] = true;
        }
        Self { may }
    }

    /// Whether the gene may regulate.
    #[must_use]
    pub fn contains(&self, gene: Gene) -> bool {
        self.may[gene.index()]
    }

    /// The regulators in the order of the genes.
    pub fn iter(&self) -> impl Iterator<Item = Gene> + '_ {
        let may = self.may.iter().enumerate();
        may.filter(|&(_, &may)| may).map(|(at, _)| Gene(at))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.iter().count()
    }

    /// Whether no gene may regulate.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// How a list of known pairs is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PriorMode {
    /// Only listed pairs may be edges.
    Allowed,
    /// Listed pairs may not be edges.
    Forbidden,
    /// Listed pairs are penalised less, the more so the larger their weight.
    #[default]
    Weighted,
}

/// What is said about one pair.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Statement {
    /// The pair may be an edge, at the usual penalty.
    Allowed,
    /// The pair is no edge.
    Forbidden,
    /// The pair has this much support, 0 or more; the sign of a number below 0 is not used.
    Support(f64),
}

impl Statement {
    /// The penalty factor of the pair: `1/(1 + w)` for support `w`, so that no support is 1, a
    /// support of 1 halves the penalty, and no support, however large, removes it.
    #[must_use]
    pub fn penalty_factor(self) -> Option<f64> {
        match self {
            Self::Allowed => Some(1.0),
            Self::Forbidden => None,
            Self::Support(w) => Some(1.0 / (1.0 + w.abs())),
        }
    }

    /// What a listed pair of weight `w` says in this mode.
    #[must_use]
    pub fn of_weight(mode: PriorMode, w: f64) -> Self {
        match mode {
            PriorMode::Allowed => Self::Allowed,
            PriorMode::Forbidden => Self::Forbidden,
            PriorMode::Weighted => Self::Support(w),
        }
    }
}

/// A statement about one pair of genes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KnownPair {
    /// The gene that is regulated.
    pub target: Gene,
    /// The gene that regulates.
    pub regulator: Gene,
    /// What is said about them.
    pub statement: Statement,
}

/// The penalty factor of every pair (target, regulator): the fit's mask and weights.
///
/// Sparse: pairs that nothing is said about share one factor, so that 10,000 genes cost what
/// their list costs. A gene's regulation of itself is a pair like any other.
#[derive(Clone, Debug, PartialEq)]
pub struct Prior {
    /// None: every gene may regulate.
    regulators: Option<Regulators>,
    default: Option<f64>,
    /// Of every target: regulators in ascending order, and their factors.
    rows: Vec<Vec<(usize, Option<f64>)>>,
}

impl Default for Prior {
    /// Nothing is known, whatever the genes: every gene may regulate every gene.
    fn default() -> Self {
        Self {
            regulators: None,
            default: Some(1.0),
            rows: Vec::new(),
        }
    }
}

impl Prior {
    /// Nothing is known but who may regulate.
    #[must_use]
    pub fn flat(regulators: Regulators) -> Self {
        Self {
            rows: vec![Vec::new(); regulators.may.len()],
            regulators: Some(regulators),
            default: Some(1.0),
        }
    }

    /// A prior from statements about pairs; of two about one pair, the later one holds.
    ///
    /// * `mode`: [`PriorMode::Allowed`] forbids every pair that is not listed
    ///
    /// # Panics   if a gene belongs to another, longer list (a bug in the caller).
    /// # Cost     `O(m log m)` for `m` pairs.
    #[must_use]
    pub fn new(
        regulators: Regulators,
        mode: PriorMode,
        pairs: impl IntoIterator<Item = KnownPair>,
    ) -> Self {
        let mut prior = Self::flat(regulators);
        if mode == PriorMode::Allowed {
            prior.default = None;
        }
        for pair in pairs {
            let factor = pair.statement.penalty_factor();
            prior.rows[pair.target.index()].push((pair.regulator.index(), factor));
        }
        for row in &mut prior.rows {
            row.reverse();
            row.sort_by_key(|&(regulator, _)| regulator);
            row.dedup_by_key(|&mut (regulator, _)| regulator);
        }
        prior
    }

    /// The factor on the penalty of this edge: 1 where nothing is known, less where there is
    /// support, `None` if the edge is forbidden or the gene is no regulator.
    ///
    /// # Cost     `O(log k)` for `k` statements about the target.
    #[must_use]
    pub fn penalty_factor(&self, target: Gene, regulator: Gene) -> Option<f64> {
        if self
            .regulators
            .as_ref()
            .is_some_and(|list| !list.contains(regulator))
        {
            return None;
        }
        let Some(row) = self.rows.get(target.index()) else {
            return self.default;
        };
        match row.binary_search_by_key(&regulator.index(), |&(other, _)| other) {
            Ok(at) => row[at].1,
            Err(_) => self.default,
        }
    }

    /// The genes that may regulate; none if every gene may.
    #[must_use]
    pub fn regulators(&self) -> Option<&Regulators> {
        self.regulators.as_ref()
    }

    /// Pairs with support, by target: target, regulator and the support `w`.
    pub(crate) fn supported(&self) -> impl Iterator<Item = (Gene, Gene, f64)> + '_ {
        let rows = self.rows.iter().enumerate();
        rows.flat_map(|(target, row)| {
            let supported = row.iter().filter_map(|&(regulator, factor)| {
                let factor = factor.filter(|factor| *factor < 1.0)?;
                Some((regulator, factor.recip() - 1.0))
            });
            supported.map(move |(regulator, w)| (Gene(target), Gene(regulator), w))
        })
    }

    /// How many pairs something is said about.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.iter().map(Vec::len).sum()
    }

    /// Whether nothing is said about any pair.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn genes() -> Genes {
        Genes::new(["a", "b", "c"]).expect("distinct")
    }

    fn pair(target: usize, regulator: usize, statement: Statement) -> KnownPair {
        KnownPair {
            target: Gene(target),
            regulator: Gene(regulator),
            statement,
        }
    }

    #[test]
    fn support_lowers_the_penalty_and_silence_leaves_it() {
        let pairs = [
            pair(0, 1, Statement::Support(1.0)),
            pair(0, 2, Statement::Forbidden),
        ];
        let prior = Prior::new(Regulators::all(&genes()), PriorMode::Weighted, pairs);
        assert_eq!(prior.penalty_factor(Gene(0), Gene(1)), Some(0.5));
        assert_eq!(prior.penalty_factor(Gene(0), Gene(2)), None);
        assert_eq!(prior.penalty_factor(Gene(1), Gene(0)), Some(1.0));
    }

    #[test]
    fn supported_pairs_have_their_support_again() {
        let pairs = [
            pair(2, 1, Statement::Support(3.0)),
            pair(0, 2, Statement::Forbidden),
        ];
        let prior = Prior::new(Regulators::all(&genes()), PriorMode::Weighted, pairs);
        let supported: Vec<_> = prior.supported().collect();
        assert_eq!(supported, [(Gene(2), Gene(1), 3.0)]);
    }

    #[test]
    fn an_allowed_list_forbids_the_rest() {
        let pairs = [pair(0, 1, Statement::Allowed)];
        let prior = Prior::new(Regulators::all(&genes()), PriorMode::Allowed, pairs);
        assert_eq!(prior.penalty_factor(Gene(0), Gene(1)), Some(1.0));
        assert_eq!(prior.penalty_factor(Gene(0), Gene(2)), None);
    }

    #[test]
    fn a_gene_that_is_no_regulator_has_no_edge_whatever_the_list_says() {
        let regulators = Regulators::only(&genes(), [Gene(0)]);
        let pairs = [pair(0, 1, Statement::Allowed)];
        let prior = Prior::new(regulators, PriorMode::Weighted, pairs);
        assert_eq!(prior.penalty_factor(Gene(0), Gene(1)), None);
    }

    #[test]
    fn of_two_statements_about_a_pair_the_later_one_holds() {
        let pairs = [
            pair(0, 1, Statement::Forbidden),
            pair(0, 1, Statement::Support(3.0)),
        ];
        let prior = Prior::new(Regulators::all(&genes()), PriorMode::Weighted, pairs);
        assert_eq!(prior.penalty_factor(Gene(0), Gene(1)), Some(0.25));
        assert_eq!(prior.len(), 1);
    }

    #[test]
    fn without_a_prior_every_pair_has_the_usual_penalty() {
        assert_eq!(Prior::default().penalty_factor(Gene(7), Gene(3)), Some(1.0));
    }
}
