//! Expected scores of a random order.

use crate::evaluate::{Ranking, Scores};

use super::RowScores;

/// Expected scores of a ranking whose equal scores are put in random order: for a list that gives
/// every pair the same score, those of chance itself.
///
/// Areas under the ROC curve and early precision take ties by expectation already. Pairs that the
/// list leaves out stay tied last, as everywhere.
///
/// * returns no sign accuracy, as chance has no signs
///
/// # Cost     one pass over the listed pairs.
pub(super) fn expected_scores(ranking: &Ranking) -> RowScores {
    let aupr = expected_average_precision(ranking);
    RowScores {
        aupr,
        aupr_ratio: aupr / ranking.density(),
        sign_accuracy: None,
        ..RowScores::new(&Scores::new(ranking))
    }
}

/// `E[AP]` over random orders of the pairs within every group of equal scores.
///
/// In a group of `g` pairs, `h` of them edges, after `r` pairs with `t` edges, the place `i` holds
/// an edge with probability `h/g`, and then `(i − 1)(h − 1)/(g − 1)` of the positions before it in the
/// group are expected to hold one: the group adds
/// `(1/k) (h/g) Σᵢ (t + 1 + (i − 1)(h − 1)/(g − 1)) / (r + i)`. For one group of all `n` pairs with
/// `k` edges this is `(k − 1)/(n − 1) + Hₙ (n − k)/(n (n − 1))` with the harmonic number `Hₙ`.
fn expected_average_precision(ranking: &Ranking) -> f64 {
    let (mut rank, mut found, mut sum) = (0.0, 0.0, 0.0);
    for group in ranking.groups() {
        let (pairs, edges) = (group.pairs as f64, group.edges as f64);
        sum += if group.threshold == f64::NEG_INFINITY {
            edges * (found + edges) / (rank + pairs)
        } else {
            let before = (edges - 1.0) / (pairs - 1.0).max(1.0);
            let positions = (0..group.pairs).map(|i| i as f64);
            let precisions = positions.map(|i| (found + 1.0 + i * before) / (rank + 1.0 + i));
            edges / pairs * precisions.sum::<f64>()
        };
        rank += pairs;
        found += edges;
    }
    sum / ranking.edges() as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::baselines::{Baseline, BaselineData, RandomOrder};
    use crate::evaluate::{EdgeList, GoldPair, GoldStandard, UniverseSettings};
    use approx::assert_relative_eq;
    use cistron::expression::{Data, Expression, Scale, TimeSeries};
    use cistron::genes::{Gene, Genes};
    use cistron::network::Sign;
    use cistron::seed::Seed;
    use faer::Mat;

    fn genes() -> Genes {
        Genes::new(["a", "b", "c", "d"]).expect("distinct")
    }

    fn truth() -> GoldStandard {
        let pairs = [(0, 1), (2, 3), (1, 0)].map(|(regulator, target)| GoldPair {
            regulator: Gene(regulator),
            target: Gene(target),
            edge: true,
            sign: Sign::Activation,
        });
        GoldStandard::new(genes(), &pairs).expect("edges")
    }

    fn chance() -> RowScores {
        let regulators: Vec<Gene> = genes().iter().collect();
        let all = EdgeList::of_all_pairs(genes(), &regulators, |_, _| (1.0, Sign::Unknown));
        let all = all.expect("finite");
        let universe = UniverseSettings::default();
        expected_scores(&Ranking::new(&truth(), &all, &universe).expect("two classes"))
    }

    #[test]
    fn chance_is_the_closed_form() {
        let harmonic: f64 = (1..=12).map(|i| 1.0 / f64::from(i)).sum();
        let expected = 2.0 / 11.0 + harmonic * 9.0 / (12.0 * 11.0);
        let found = chance();
        assert_relative_eq!(found.aupr, expected, epsilon = 1e-12);
        assert_relative_eq!(found.auroc, 0.5, epsilon = 1e-12);
        assert_relative_eq!(found.epr, 1.0, epsilon = 1e-12);
    }

    #[test]
    fn many_random_orders_have_the_mean_of_chance() {
        let values = Mat::from_fn(3, 4, |t, j| (t * j) as f64);
        let one = TimeSeries::new("s".to_owned(), vec![0.0, 1.0, 2.0], values).expect("sorted");
        let data = Data::from(Expression::new(genes(), vec![one]).expect("sound"));
        let data = BaselineData::new(&data, Scale::SQRT).expect("sound");
        let precisions = (0..4_000).map(|draw| {
            let list = RandomOrder.rank(&data, Seed(draw)).edges(data.genes());
            let ranking = Ranking::new(&truth(), &list, &UniverseSettings::default());
            Scores::new(&ranking.expect("two classes")).aupr
        });
        let mean = precisions.sum::<f64>() / 4_000.0;
        assert_relative_eq!(mean, chance().aupr, epsilon = 0.01);
    }
}
