//! How probable edges are by how often half-samples select them.
//!
//! Stability selection bounds the expected number of edges that are selected by chance. With
//! `B` complementary pairs of half-samples, `P` candidate pairs, `q_l` edges that a half-sample selects
//! on average at level `l` of the path, and `π_l(r)` the `r`-th largest selection frequency there, the
//! expected number of false edges among the top `r` is at most
//!
//! ```text
//! b_l(r) = C(π_l(r)) · q_l² / P
//!
//! C(π) = 1 / (2 (2π − 1 − 1/2B))            for π ≤ ¾
//!        4 (1 − π + 1/2B) / (1 + 1/B)       above
//! ```
//!
//! From `b(r)`, the smallest over the levels, the estimate is `r·b/√(r² + b²)`: the bound where it is
//! small, all `r` edges where it says nothing. Better edges are ranked above worse ones, so that the
//! share of false ones can only grow along the list: the estimate is replaced by the largest convex
//! function `E(r)` below it. The edge of rank `r` is true with probability `1 − (E(r) − E(r − 1))`.
//!
//! Other estimates that were tried are compared in `benches/README.md`, *Expected false edges*; this one
//! was the nearest to the true numbers among the top ten edges. It is no bound itself: edges that are
//! false because they are indirect come back more often than chance ones.
//!
//! Source: Shah & Samworth (2013), J. R. Stat. Soc. B 75:55, theorem 2 (selection frequencies of
//! noise have one mode); Meinshausen & Bühlmann (2010), J. R. Stat. Soc. B 72:417.

use crate::fit::TargetFit;
use crate::genes::Gene;

use super::evidence::levels;

/// Probability that the edge of rank `r` is true, for `r = 1 … ranks`.
///
/// The theorem's further condition, `π` above `½ + 1/2B + ¾(q_l/P)²`, is that of a positive
/// `C(π)` within a thousandth for the sparse selections at hand.
///
/// # Cost   `O(levels · pq log pq)`.
pub(super) fn probabilities(fits: &[TargetFit], regulators: &[Gene], ranks: usize) -> Vec<f64> {
    let Some(first) = fits.first() else {
        return vec![0.0; ranks];
    };
    // fast genes have fewer; the bound with fewer pairs is the wider one
    let fewest = fits.iter().map(|fit| fit.tally.samples).min();
    let pairs_of_halves = f64::from(fewest.unwrap_or(0).max(2)) / 2.0;
    let mut bounds = vec![f64::INFINITY; ranks];
    for level in 0..levels(first) {
        let mut frequencies = frequencies(fits, regulators, level);
        let pairs = frequencies.len() as f64;
        let selected: f64 = frequencies.iter().sum();
        frequencies.sort_unstable_by(|a, b| b.total_cmp(a));
        for (bound, frequency) in bounds.iter_mut().zip(&frequencies) {
            let factor = unimodal_factor(*frequency, pairs_of_halves);
            *bound = bound.min(factor * selected * selected / pairs);
        }
    }
    let expected = convex_minorant(estimates(&bounds));
    (0..ranks)
        .map(|at| {
            let before = if at > 0 { expected[at - 1] } else { 0.0 };
            // a slope between 0 and 1, but for rounding
            (1.0 - (expected[at] - before)).clamp(0.0, 1.0)
        })
        .collect()
}

/// `r·b/√(r² + b²)` of every rank `r`; one more edge adds none or one false one.
fn estimates(bounds: &[f64]) -> Vec<f64> {
    let mut estimates: Vec<f64> = Vec::with_capacity(bounds.len());
    for (at, &bound) in bounds.iter().enumerate() {
        let rank = (at + 1) as f64;
        let estimate = if bound.is_finite() {
            rank * bound / rank.hypot(bound)
        } else {
            rank
        };
        let before = estimates.last().copied().unwrap_or(0.0);
        estimates.push(estimate.clamp(before, before + 1.0));
    }
    estimates
}

/// `C(π)` for `B` pairs of half-samples; infinite where the bound says nothing.
fn unimodal_factor(frequency: f64, pairs: f64) -> f64 {
    let step = 1.0 / (2.0 * pairs);
    let above_half = 2.0 * frequency - 1.0 - step;
    if frequency > 0.75 {
        4.0 * (1.0 - frequency + step) / (1.0 + 1.0 / pairs)
    } else if above_half > 0.0 {
        1.0 / (2.0 * above_half)
    } else {
        f64::INFINITY
    }
}

/// The largest convex function that is 0 at 0 and nowhere above the values at 1, 2, ….
///
/// # Source   Andrew's monotone chain for the lower hull of points in order.
pub(super) fn convex_minorant(mut values: Vec<f64>) -> Vec<f64> {
    let mut hull = vec![(0.0, 0.0)];
    for (at, &value) in values.iter().enumerate() {
        let point = ((at + 1) as f64, value);
        while let &[.., (x0, y0), (x1, y1)] = hull.as_slice()
            && (y1 - y0) * (point.0 - x1) >= (point.1 - y1) * (x1 - x0)
        {
            hull.pop();
        }
        hull.push(point);
    }
    for corner in hull.windows(2) {
        let ((x0, y0), (x1, y1)) = (corner[0], corner[1]);
        let between = values.iter_mut().enumerate();
        for (at, value) in between.take(x1 as usize).skip(x0 as usize) {
            *value = y0 + (y1 - y0) * ((at + 1) as f64 - x0) / (x1 - x0);
        }
    }
    values
}

/// Selection frequencies of all candidate pairs at one level of the path.
fn frequencies(fits: &[TargetFit], regulators: &[Gene], level: usize) -> Vec<f64> {
    let q = regulators.len();
    let mut frequencies = Vec::with_capacity(fits.len() * q);
    for fit in fits {
        let samples = f64::from(fit.tally.samples.max(1));
        let counts = &fit.tally.selected[level * q..(level + 1) * q];
        let pairs = counts.iter().zip(regulators).zip(&fit.model.correlation);
        let candidates = pairs.filter(|((_, regulator), correlation)| {
            **regulator != fit.target && **correlation != 0.0
        });
        frequencies.extend(candidates.map(|((count, _), _)| f64::from(*count) / samples));
    }
    frequencies
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_factor_is_continuous_at_three_quarters_and_falls_with_the_frequency() {
        let factor = |frequency| unimodal_factor(frequency, 50.0);
        assert!((factor(0.75) - factor(0.75 + 1e-12)).abs() < 0.05);
        let steps: Vec<f64> = (52..=100).map(|i| factor(f64::from(i) / 100.0)).collect();
        assert!(steps.windows(2).all(|pair| pair[1] < pair[0]));
        assert_eq!(factor(0.5), f64::INFINITY);
    }

    #[test]
    fn the_minorant_is_convex_and_touches_from_below() {
        let values = vec![0.7, 0.9, 1.0, 1.5, 2.5, 3.0, 4.0];
        let below = convex_minorant(values.clone());
        assert!(below.iter().zip(&values).all(|(b, v)| *b <= v + 1e-12));
        let slope = |at: usize| below[at] - if at > 0 { below[at - 1] } else { 0.0 };
        assert!((1..7).all(|at| slope(at) >= slope(at - 1) - 1e-12));
        // through the origin, rank 3 at one third a rank, and the last one
        assert!((below[0] - 1.0 / 3.0).abs() < 1e-12);
        assert!((below[2] - 1.0).abs() < 1e-12 && below[6] == 4.0);
    }

    #[test]
    fn a_convex_list_stays_as_it_is() {
        let values = vec![0.0, 0.1, 0.3, 0.6, 1.6];
        let below = convex_minorant(values.clone());
        assert!(
            below
                .iter()
                .zip(&values)
                .all(|(b, v)| (b - v).abs() < 1e-12)
        );
    }
}
