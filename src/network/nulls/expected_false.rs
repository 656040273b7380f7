//! From the evidence of pairs that cannot be true to an expected number of false edges.

/// Expected number of false edges among the best `r`, for `r = 1 … n`.
///
/// ```text
/// e(r) = max_{s ≤ r} min(s, ratio · #{null ≥ scores[s]})
/// ```
///
/// All pairs of the network count as possible nulls (a share of 1): true edges are few among all
/// pairs, and any estimate below 1 would be one of confounding.
///
/// * `scores`: evidence of the network's pairs, largest first
/// * `null`: evidence of the pairs of the null in the same units, in any order
/// * `ratio`: pairs of the network for each pair of the null
/// * returns one number per score, not decreasing, at most `r`; without any null pair nothing is
///   known and all `r` may be false
///
/// # Cost     `O(m log m + n)` for `m` null pairs.
/// # Source   Storey & Tibshirani (2003), PNAS 100:9440, with `π₀ = 1`.
#[must_use]
pub fn expected_false_from_null(scores: &[f64], mut null: Vec<f64>, ratio: f64) -> Vec<f64> {
    let ranks = (1..=scores.len()).map(|rank| rank as f64);
    if null.is_empty() {
        return ranks.collect();
    }
    null.sort_unstable_by(|a, b| b.total_cmp(a));
    let (mut above, mut largest) = (0, 0.0_f64);
    scores
        .iter()
        .zip(ranks)
        .map(|(score, rank)| {
            while null.get(above).is_some_and(|null| null >= score) {
                above += 1;
            }
            largest = largest.max((above as f64 * ratio).min(rank));
            largest
        })
        .collect()
}

/// `expected ← max(expected, other)` at every rank, not decreasing.
///
/// # Panics   if the lengths differ (a bug in the caller).
pub fn at_least(expected: &mut [f64], other: &[f64]) {
    assert_eq!(expected.len(), other.len(), "one number per rank");
    let mut largest = 0.0_f64;
    for (expected, other) in expected.iter_mut().zip(other) {
        largest = largest.max(expected.max(*other));
        *expected = largest;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn null_pairs_above_a_score_are_counted_and_scaled() {
        let scores = [9.0, 7.0, 7.0, 5.0, 1.0];
        let null = vec![2.0, 7.0, 0.5, 6.0, 0.1];
        // none, one with equal evidence, the same, two, three; one null pair stands for 1.2 pairs
        let expected = expected_false_from_null(&scores, null, 1.2);
        assert_eq!(expected, [0.0, 1.2, 1.2, 2.4, 1.2 * 3.0]);
    }

    #[test]
    fn no_more_edges_are_false_than_there_are_and_their_number_does_not_decrease() {
        let scores: Vec<f64> = (0..50).map(|i| 1.0 / f64::from(i + 1)).collect();
        // one null pair above all, one between ranks 33 and 34
        let expected = expected_false_from_null(&scores, vec![2.0, 0.03], 20.0);
        assert!(expected.windows(2).all(|pair| pair[0] <= pair[1]));
        assert_eq!(expected[17..22], [18.0, 19.0, 20.0, 20.0, 20.0]);
        assert_eq!(expected[32..35], [20.0, 34.0, 35.0]);
        assert_eq!(expected[49], 40.0);
    }

    #[test]
    fn without_null_pairs_every_edge_may_be_false() {
        assert_eq!(
            expected_false_from_null(&[3.0, 2.0], Vec::new(), 1.0),
            [1.0, 2.0]
        );
    }

    #[test]
    fn the_larger_of_two_estimates_does_not_decrease() {
        let mut expected = vec![0.0, 2.0, 1.0, 1.0];
        at_least(&mut expected, &[1.0, 1.0, 1.5, 3.0]);
        assert_eq!(expected, [1.0, 2.0, 2.0, 3.0]);
    }
}
