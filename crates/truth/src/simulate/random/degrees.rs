//! Numbers of inputs and of targets, drawn so that they fit each other.

use rand::Rng;

use super::laws::WiringSettings;

/// Inputs of every gene; genes `0 … unregulated` have none.
///
/// The others have `1 + N`, `N` negative binomial of shape 2 and of the mean of the
/// settings: the sum of two geometric numbers, so with an exponential tail.
pub(super) fn in_degrees(
    settings: &WiringSettings,
    unregulated: usize,
    rng: &mut impl Rng,
) -> Vec<usize> {
    const SHAPE: usize = 2;
    let genes = settings.genes;
    let regulated = (genes - unregulated) as f64;
    let mean = (settings.mean_in_degree * genes as f64 / regulated - 1.0).max(0.0);
    let ratio = mean / (mean + SHAPE as f64);
    let most = (settings.regulator_count() - 1).max(1);
    let mut inputs = vec![0; unregulated];
    for _ in unregulated..genes {
        let sum = draw_geometric(ratio, most, rng) + draw_geometric(ratio, most, rng);
        inputs.push((1 + sum).min(most));
    }
    inputs
}

/// Successes before the first failure, cut at `most`.
fn draw_geometric(ratio: f64, most: usize, rng: &mut impl Rng) -> usize {
    let mut count = 0;
    while count < most && rng.random::<f64>() < ratio {
        count += 1;
    }
    count
}

/// Targets of every regulator, largest first, `edges` in all.
///
/// One number from each of `regulators` equal parts of `P(k) ∝ k^−γ`, `k = 1 … K`, with the cut
/// `K` at which the mean is `edges / regulators`. What rounding leaves is spread at random.
///
/// # Panics   if there are fewer edges than regulators (a bug in the caller).
pub(super) fn out_degrees(
    settings: &WiringSettings,
    regulators: usize,
    edges: usize,
    rng: &mut impl Rng,
) -> Vec<usize> {
    assert!(edges >= regulators, "a target for every regulator");
    let most = settings.genes - 1;
    let law = cut_law(
        settings.out_exponent,
        edges as f64 / regulators as f64,
        most,
    );
    let mut degrees: Vec<usize> = (0..regulators)
        .map(|part| {
            let at = (part as f64 + rng.random::<f64>()) / regulators as f64;
            1 + law.partition_point(|&below| below <= at).min(law.len() - 1)
        })
        .collect();
    let mut sum: usize = degrees.iter().sum();
    while sum != edges {
        let degree = &mut degrees[rng.random_range(0..regulators)];
        if sum < edges && *degree < most {
            *degree += 1;
            sum += 1;
        } else if sum > edges && *degree > 1 {
            *degree -= 1;
            sum -= 1;
        }
    }
    degrees.sort_unstable_by(|a, b| b.cmp(a));
    degrees
}

/// Distribution function of `k^−γ`, cut so that its mean is `mean`; entry `k − 1` is `P(≤ k)`.
fn cut_law(exponent: f64, mean: f64, most: usize) -> Vec<f64> {
    let (mut mass, mut first) = (Vec::new(), (0.0, 0.0));
    for k in 1..=most {
        let p = (k as f64).powf(-exponent);
        let (sum, moment) = (first.0 + p, first.1 + p * k as f64);
        if moment >= mean * sum {
            // the part of the last one at which the mean is met
            let part = (mean * first.0 - first.1) / (p * (k as f64 - mean));
            mass.push(if part.is_finite() { part * p } else { p });
            break;
        }
        mass.push(p);
        first = (sum, moment);
    }
    let total: f64 = mass.iter().sum();
    let mut below = 0.0;
    mass.iter()
        .map(|p| {
            below += p / total;
            below
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::laws::Law;
    use super::*;
    use cistron::seed::{Purpose, Seed};

    #[test]
    fn the_cut_law_has_the_mean_that_is_asked_for() {
        for (exponent, mean) in [(1.5, 4.3), (1.0, 1.6), (0.0, 3.0), (1.5, 21.0)] {
            let law = cut_law(exponent, mean, 2_000);
            let mut before = 0.0;
            let mut found = 0.0;
            for (k, &below) in law.iter().enumerate() {
                found += (k + 1) as f64 * (below - before);
                before = below;
            }
            assert!((found - mean).abs() < 1e-9, "{exponent} {mean}: {found}");
        }
    }

    #[test]
    fn the_largest_regulator_of_a_bacterium_has_a_fifth_of_the_genes() {
        let settings = WiringSettings::of(Law::Bacterial, 1_500);
        let mut rng = Seed(1).stream(Purpose::Synthetic, 0);
        let inputs: usize = in_degrees(&settings, 50, &mut rng).iter().sum();
        let degrees = out_degrees(&settings, settings.regulator_count(), inputs, &mut rng);
        assert_eq!(degrees.iter().sum::<usize>(), inputs);
        assert!((200..450).contains(&degrees[0]), "{}", degrees[0]);
    }
}
