//! Scores of a list against a network of which only some edges are known.

use super::{ApartScores, Case, KnownScores};
use crate::evaluate::{
    EdgeList, Neighbours, Ranking, UniverseSettings, average_precision, bootstrap_error,
    precision_at,
};
use cistron::loci::NEIGHBOURHOOD;
use cistron::seed::Seed;

/// Draws of the targets; the standard error is then known to a twentieth of itself.
const DRAWS: u64 = 200;

/// Error, precision at fixed ranks, and the average precision without neighbours.
///
/// The targets are drawn with the same seed for every method, so that their errors are of the same
/// samples.
pub(super) fn known_scores(case: &Case, list: &EdgeList, ranking: &Ranking) -> KnownScores {
    KnownScores {
        aupr_error: bootstrap_error(ranking, DRAWS, Seed::default()),
        precision_100: precision_at(ranking, 100),
        precision_500: precision_at(ranking, 500),
        apart: apart(case, list),
        tenths: None,
    }
}

/// None without positions, and where nothing is left to be judged.
fn apart(case: &Case, list: &EdgeList) -> Option<ApartScores> {
    let universe = UniverseSettings {
        neighbours: Some(Neighbours {
            loci: case.loci.clone()?,
            within: NEIGHBOURHOOD,
        }),
        ..case.universe.clone()
    };
    let ranking = Ranking::new(&case.truth, list, &universe).ok()?;
    let aupr = average_precision(&ranking);
    Some(ApartScores {
        aupr,
        aupr_error: bootstrap_error(&ranking, DRAWS, Seed::default()),
        aupr_ratio: aupr / ranking.density(),
    })
}
