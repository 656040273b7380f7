//! A case of a suite: simulated series under a label, with the network that made them.

use crate::benchmark::Case;
use crate::evaluate::{GoldError, GoldPair, GoldStandard, UniverseSettings};
use crate::simulate::random::NetworkError;
use crate::simulate::{SteadyStateError, TrueEdge};
use cistron::expression::{Data, Expression};
use cistron::prior::Prior;
use cistron::run::Settings;
use cistron::seed::Seed;

/// A network of a suite that gave no case.
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
    /// It has no steady state.
    #[error("{name}: {source}")]
    SteadyState {
        /// Name of the network.
        name: String,
        /// Why.
        source: SteadyStateError,
    },
    /// It has no edge to find.
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

/// The identity of a case within its suite.
pub(super) struct Label {
    pub(super) suite: String,
    pub(super) name: String,
    pub(super) replicate: u32,
}

impl Label {
    /// Time series with the network that made them; all pairs of genes are judged.
    pub(super) fn case(self, data: Expression, edges: &[TrueEdge]) -> Result<Case, SuiteError> {
        let pairs = edges.iter().map(|edge| GoldPair {
            regulator: edge.source,
            target: edge.target,
            edge: true,
            sign: edge.sign,
        });
        self.judged(data, &pairs.collect::<Vec<_>>())
    }

    /// Time series with what is known about these pairs.
    pub(super) fn judged(self, data: Expression, pairs: &[GoldPair]) -> Result<Case, SuiteError> {
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
            baselines_as_stored: false,
            loci: None,
            external: Vec::new(),
        })
    }
}

/// The seed of the data of a replicate: networks differ by `number`, replicates by far more.
pub(super) fn data_seed(number: u64, replicate: u32) -> Seed {
    const APART: u64 = 1_000_000_007;
    Seed(number.wrapping_add(APART.wrapping_mul(u64::from(replicate) - 1)))
}
