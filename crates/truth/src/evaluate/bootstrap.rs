//! Standard error of the average precision by drawing targets with replacement.
//!
//! Edges of one target stand and fall together (they share its data), so that targets, not pairs,
//! are the independent units.

use rand::Rng;

use super::ranking::Ranking;
use cistron::numeric::standard_deviation;
use cistron::seed::{Purpose, Seed};

/// Standard deviation of the average precision over `draws` samples of the targets, drawn with
/// replacement; regulators stay as they are.
///
/// A target that is drawn twice counts twice with all its pairs. Draws without any true edge are
/// left out.
///
/// # Cost     `O(draws · n)` for `n` listed pairs.
/// # Source   Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapter 6.
#[must_use]
pub fn bootstrap_error(ranking: &Ranking, draws: u64, seed: Seed) -> f64 {
    let judged = ranking.targets.iter().enumerate();
    let judged = judged.filter(|(_, target)| target.pairs > 0);
    let judged: Vec<usize> = judged.map(|(gene, _)| gene).collect();
    let precisions = (0..draws).filter_map(|draw| {
        let mut rng = seed.stream(Purpose::Bootstrap, draw);
        let mut weights = vec![0.0; ranking.targets.len()];
        for _ in &judged {
            weights[judged[rng.random_range(0..judged.len())]] += 1.0;
        }
        weighted_average_precision(ranking, &weights)
    });
    standard_deviation(&precisions.collect::<Vec<_>>())
}

/// Average precision where every pair counts as often as its target's weight says; none without
/// true edges.
fn weighted_average_precision(ranking: &Ranking, weights: &[f64]) -> Option<f64> {
    let targets = ranking.targets.iter().zip(weights);
    let (pairs, edges) = targets.fold((0.0, 0.0), |(pairs, edges), (target, weight)| {
        (
            pairs + weight * target.pairs as f64,
            edges + weight * target.edges as f64,
        )
    });
    if edges == 0.0 {
        return None;
    }
    let (mut rank, mut found, mut sum) = (0.0, 0.0, 0.0);
    for tied in ranking.ties() {
        let mut step = 0.0;
        for pair in tied {
            let weight = weights[pair.target.index()];
            rank += weight;
            step += if pair.edge { weight } else { 0.0 };
        }
        found += step;
        sum += if step > 0.0 { step * found / rank } else { 0.0 };
    }
    // the pairs that the list leaves out are tied last
    let unlisted = edges - found;
    Some((sum + unlisted * edges / pairs) / edges)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::{
        EdgeList, GoldPair, GoldStandard, PredictedEdge, UniverseSettings, average_precision,
    };
    use approx::assert_relative_eq;
    use cistron::genes::{Gene, Genes};
    use cistron::network::Sign;

    fn ranking() -> Ranking {
        let genes = Genes::new((0..8).map(|j| format!("g{j}"))).expect("distinct");
        let pairs = [(0, 1), (0, 2), (3, 4), (5, 6)].map(|(regulator, target)| GoldPair {
            regulator: Gene(regulator),
            target: Gene(target),
            edge: true,
            sign: Sign::Unknown,
        });
        let gold = GoldStandard::new(genes.clone(), &pairs).expect("edges");
        let listed = [(0, 1), (1, 0), (0, 2), (7, 4), (3, 4)];
        let edges = listed.iter().zip([9.0, 8.0, 8.0, 3.0, 2.0]);
        let edges = edges.map(|(&(regulator, target), score)| PredictedEdge {
            regulator: Gene(regulator),
            target: Gene(target),
            score,
            sign: Sign::Unknown,
        });
        let list = EdgeList::new(genes, edges.collect()).expect("distinct");
        Ranking::new(&gold, &list, &UniverseSettings::default()).expect("two classes")
    }

    #[test]
    fn with_equal_weights_it_is_the_average_precision() {
        let ranking = ranking();
        for weight in [1.0, 3.0] {
            let weighted = weighted_average_precision(&ranking, &[weight; 8]);
            assert_relative_eq!(
                weighted.expect("edges"),
                average_precision(&ranking),
                epsilon = 1e-12
            );
        }
        assert_eq!(weighted_average_precision(&ranking, &[0.0; 8]), None);
    }

    #[test]
    fn the_seed_alone_decides_the_error() {
        let ranking = ranking();
        let [first, again, other] = [1, 1, 2].map(|seed| bootstrap_error(&ranking, 50, Seed(seed)));
        assert_eq!(first, again);
        assert_ne!(first, other);
        assert!(first > 0.0);
    }
}
