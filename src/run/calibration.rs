//! Edges that are known to be true, and what they say of the others.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::genes::{Gene, Genes};
use crate::network::Network;
use crate::network::nulls::{Calibration, CalibrationError, KnownEdges};
use crate::prior::Prior;

use super::InferError;

/// Edges that are known to be true, without any part in the ranking.
#[derive(Clone, Copy, Debug)]
pub struct KnownTruth<'a> {
    /// The edges: pairs with support.
    pub pairs: &'a Prior,
    /// Their share of all true edges among the candidates; estimated where it is not given.
    pub share: Option<f64>,
}

/// What known edges said of the list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CalibrationRecord {
    /// Known edges.
    pub known: usize,
    /// Whether their share of the truth was given.
    pub share_given: bool,
    /// That share: quantile .05, mean and quantile .95.
    pub share: [f64; 3],
    /// Ranks, with the number of edges among the best that are expected to be false, and the ends of an interval
    /// that holds it with probability .9.
    pub expected_false: Vec<(usize, [f64; 3])>,
}

/// Ranks that are recorded with their interval.
const RANKS: [usize; 5] = [10, 50, 100, 500, 1000];

/// Regulator and target of every pair with support.
fn edges(pairs: &Prior) -> impl Iterator<Item = (Gene, Gene)> + '_ {
    pairs
        .supported()
        .map(|(target, regulator, _)| (regulator, target))
}

impl KnownTruth<'_> {
    /// Refuses known edges that cannot calibrate, before anything is fitted.
    ///
    /// # Errors   [`InferError::KnownInPrior`] for an edge that the prior has as well, and
    ///   [`InferError::Calibration`] for a share that is none.
    pub(super) fn check(
        known: Option<Self>,
        prior: &Prior,
        genes: &Genes,
    ) -> Result<(), InferError> {
        let Some(known) = known else {
            return Ok(());
        };
        let in_prior: BTreeSet<(Gene, Gene)> = edges(prior).collect();
        if let Some((regulator, target)) = edges(known.pairs).find(|edge| in_prior.contains(edge)) {
            return Err(InferError::KnownInPrior {
                regulator: genes.name(regulator).to_owned(),
                target: genes.name(target).to_owned(),
            });
        }
        match known.share {
            Some(share) if !(share > 0.0 && share <= 1.0) => {
                Err(CalibrationError::Share(share).into())
            }
            _ => Ok(()),
        }
    }

    /// The network with the expected number of false edges by the known ones.
    ///
    /// # Errors   [`InferError::Calibration`].
    pub(super) fn calibrate(
        &self,
        network: Network,
    ) -> Result<(Network, Option<CalibrationRecord>), InferError> {
        let pairs: Vec<(Gene, Gene)> = edges(self.pairs).collect();
        let known = pairs.len();
        let candidates = network.edges();
        let ranked: Vec<(Gene, Gene)> = candidates
            .iter()
            .map(|edge| (edge.source, edge.target))
            .collect();
        let null: Vec<f64> = candidates.iter().map(|edge| edge.expected_false).collect();
        let found = Calibration::new(&ranked, &KnownEdges::new(pairs), &null, self.share)?;
        let ranks = RANKS.into_iter().filter(|rank| *rank <= null.len());
        let expected_false = ranks.map(|rank| {
            let at = rank - 1;
            (
                rank,
                [found.expected_false[at], found.low[at], found.high[at]],
            )
        });
        let record = CalibrationRecord {
            known,
            share_given: self.share.is_some(),
            share: [found.share.low, found.share.mean, found.share.high],
            expected_false: expected_false.collect(),
        };
        Ok((
            network.with_calibration(&found.expected_false),
            Some(record),
        ))
    }
}
