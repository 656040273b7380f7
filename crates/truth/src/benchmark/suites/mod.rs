//! The suites that are simulated here: the same networks and data for the same replicate.

mod generated;
mod known;
mod logic;
mod scaling;

use crate::evaluate::{GoldError, GoldPair, GoldStandard, UniverseSettings};
use crate::simulate::random::{Law, NetworkError};
use crate::simulate::{NeverAtRest, TrueEdge};
use cistron::expression::{Data, Expression};
use cistron::prior::Prior;
use cistron::run::Settings;
use cistron::seed::Seed;

use super::Case;

pub use scaling::DENSITIES;

/// A named list of simulated networks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Suite {
    /// The published circuits that have a plan of time series, by that plan; those in which every
    /// pair is an edge are left out.
    Small,
    /// Random networks with the experiments of DREAM4.
    Generated {
        /// Number of the first network; each number is another network.
        first: u64,
        /// How many.
        networks: u64,
        /// Genes of each.
        genes: usize,
        /// Whose degrees they have.
        law: Law,
    },
    /// Random linear systems of every density and Hill systems, of these sizes.
    Scaling {
        /// Numbers of genes.
        sizes: Vec<usize>,
        /// Whose degrees the Hill systems have.
        law: Law,
    },
    /// One target each, whose response no linear model describes.
    Logic,
}

/// Why a network of a suite gave no case.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum SuiteError {
    /// It could not be drawn.
    #[error("{name}: {source}")]
    Network {
        /// Name of the network.
        name: String,
        /// Why.
        source: NetworkError,
    },
    /// It does not come to rest.
    #[error("{name}: {source}")]
    Rest {
        /// Name of the network.
        name: String,
        /// Why.
        source: NeverAtRest,
    },
    /// It has nothing to find.
    #[error("{name}: {source}")]
    Truth {
        /// Name of the network.
        name: String,
        /// Why.
        source: GoldError,
    },
}

/// Cases, made when they are asked for.
pub type Cases<'a> = Box<dyn Iterator<Item = Result<Case, SuiteError>> + 'a>;

impl Suite {
    /// Every network with the data of the replicates 1 … `replicates`: in each the data are new, in
    /// [`Suite::Scaling`] the systems too, which have names of their own.
    ///
    /// Cases are made one at a time, so that no two need to be in memory together. Methods run with
    /// the number of the replicate as their seed.
    #[must_use]
    pub fn cases(&self, replicates: u32) -> Cases<'_> {
        let replicates = 1..=replicates;
        match self {
            Self::Small => Box::new(replicates.flat_map(known::cases)),
            Self::Generated {
                first,
                networks,
                genes,
                law,
            } => Box::new(replicates.flat_map(move |replicate| {
                let numbers = *first..first + networks;
                numbers.map(move |number| generated::case((*law, *genes), number, replicate))
            })),
            Self::Scaling { sizes, law } => Box::new(replicates.flat_map(move |replicate| {
                let one = move |&genes| scaling::cases(genes, *law, replicate);
                sizes.iter().flat_map(one)
            })),
            Self::Logic => Box::new(replicates.flat_map(logic::cases)),
        }
    }

    /// Names of the cases of one replicate in their order, without making them.
    #[must_use]
    pub fn names(&self, replicate: u32) -> Vec<String> {
        match self {
            Self::Small => known::names().collect(),
            Self::Generated {
                first,
                networks,
                genes,
                ..
            } => {
                let numbers = *first..first + networks;
                numbers.map(|one| generated::name(*genes, one)).collect()
            }
            Self::Scaling { sizes, .. } => {
                let one = |&genes| scaling::names(genes, replicate);
                sizes.iter().flat_map(one).collect()
            }
            Self::Logic => logic::names().collect(),
        }
    }
}

/// What tells one case of a suite from another.
struct Label {
    suite: String,
    name: String,
    replicate: u32,
}

impl Label {
    /// Time series with the network that made them; all pairs of genes are judged.
    fn case(self, data: Expression, edges: &[TrueEdge]) -> Result<Case, SuiteError> {
        let pair = |edge: &TrueEdge| GoldPair {
            regulator: edge.source,
            target: edge.target,
            edge: true,
            sign: edge.sign,
        };
        let pairs: Vec<GoldPair> = edges.iter().map(pair).collect();
        self.judged(data, &pairs)
    }

    /// Time series with what is known about these pairs.
    fn judged(self, data: Expression, pairs: &[GoldPair]) -> Result<Case, SuiteError> {
        let truth = GoldStandard::new(data.genes().clone(), pairs);
        let truth = truth.map_err(|source| SuiteError::Truth {
            name: self.name.clone(),
            source,
        })?;
        Ok(Case {
            suite: self.suite,
            name: self.name,
            replicate: self.replicate,
            data: Data::from(data),
            truth,
            universe: UniverseSettings::default(),
            prior: Prior::default(),
            settings: Settings::default(),
            external: Vec::new(),
        })
    }
}

/// The seed of the data of a replicate: networks differ by `number`, replicates by far more.
fn data_seed(number: u64, replicate: u32) -> Seed {
    const APART: u64 = 1_000_000_007;
    Seed(number.wrapping_add(APART.wrapping_mul(u64::from(replicate) - 1)))
}

#[cfg(test)]
mod tests;
