//! How many of the best edges are expected to be false.

use crate::fit::TargetFit;
use crate::genes::Gene;

use super::evidence::levels;

/// Expected number of false edges among the best `r`, for `r = 1 … ranks`.
///
/// At each strength of the path the bound of stability selection is
/// `b_l(r) = q_l²/(P(2π_l(r) − 1))`: `q_l` edges a half-sample selects, `P` candidate pairs,
/// `π_l(r)` the r-th largest selection frequency. With `b` the least over the strengths at which
/// `π > ½`, the estimate is `r·b/(r + b)`: the bound where it is small, all of them where it says
/// nothing. It is an estimate and no bound itself, on the careful side among the first ranks.
///
/// # Cost   `O(levels · pq log pq)`.
/// # Source Meinshausen & Bühlmann (2010), J. R. Stat. Soc. B 72:417, theorem 1.
pub(super) fn expected_false_edges(
    fits: &[TargetFit],
    regulators: &[Gene],
    ranks: usize,
) -> Vec<f64> {
    let count = fits.first().map_or(0, levels);
    let mut bounds = vec![f64::INFINITY; ranks];
    for level in 0..count {
        let mut frequencies = frequencies(fits, regulators, level);
        let pairs = frequencies.len() as f64;
        let selected: f64 = frequencies.iter().sum();
        frequencies.sort_unstable_by(|a, b| b.total_cmp(a));
        for (bound, frequency) in bounds.iter_mut().zip(&frequencies) {
            if *frequency > 0.5 {
                *bound = bound.min(selected * selected / (pairs * (2.0 * frequency - 1.0)));
            }
        }
    }
    let mut before: f64 = 0.0;
    let estimate = |(at, bound): (usize, f64)| {
        let rank = (at + 1) as f64;
        let here = if bound.is_finite() {
            rank * bound / (rank + bound)
        } else {
            rank
        };
        // one more edge adds none or one false one
        before = here.clamp(before, before + 1.0);
        before
    };
    bounds.into_iter().enumerate().map(estimate).collect()
}

fn frequencies(fits: &[TargetFit], regulators: &[Gene], level: usize) -> Vec<f64> {
    let q = regulators.len();
    let of = |fit: &TargetFit| {
        let counts = fit.tally.selected[level * q..(level + 1) * q].to_vec();
        let (target, samples) = (fit.target, f64::from(fit.tally.samples.max(1)));
        let pairs = counts.into_iter().zip(regulators);
        let others = pairs
            .zip(&fit.model.correlation)
            .filter(move |((_, j), correlation)| **j != target && **correlation != 0.0);
        others
            .map(move |((count, _), _)| f64::from(count) / samples)
            .collect::<Vec<_>>()
    };
    fits.iter().flat_map(of).collect()
}
