//! How large direct effects are: a distribution on a grid, learned from the responses.

/// Number of sizes on the grid.
pub(super) const SIZES: usize = 14;
/// Number of effects: every size with both signs, from the most negative up.
pub(super) const EFFECTS: usize = 2 * SIZES;

/// Share of true edges of which a knockout shows nothing, since other regulators or saturation
/// hide it. On 65 simulated networks of 10 to 100 genes, 44 to 51 % of the edges stayed below a
/// z-score of 3, whatever the kind of network.
const SILENT: f64 = 0.45;
/// Spread of silent effects, in noise.
const SILENT_SIZE: f64 = 1.5;
/// Size at which half of the effects are loud, and the steepness there, to start from.
const LOUD: (f64, f64) = (3.0, 3.0);
/// Number of effects that the start is worth.
const START: f64 = 5.0;

/// Sizes of effects in units of the target's noise, for a regulator that falls to nothing.
#[derive(Clone, Debug)]
pub(super) struct Effects {
    /// The grid.
    pub(super) values: [f64; EFFECTS],
    silent: [f64; SIZES],
    start: [f64; SIZES],
    loud: [f64; SIZES],
}

impl Effects {
    /// The grid, with what is expected before any data.
    pub(super) fn new() -> Self {
        let mut size = [0.0; SIZES];
        let (first, last) = (0.5_f64.ln(), 120_f64.ln());
        for (at, size) in size.iter_mut().enumerate() {
            *size = (first + (last - first) * at as f64 / (SIZES - 1) as f64).exp();
        }
        let values = std::array::from_fn(|at| {
            if at < SIZES {
                -size[SIZES - 1 - at]
            } else {
                size[at - SIZES]
            }
        });
        let silent = shares(size.map(|x| (-0.5 * (x / SILENT_SIZE).powi(2)).exp()));
        let start = shares(size.map(|x| 1.0 / (1.0 + (x / LOUD.0).powf(-LOUD.1))));
        Self {
            values,
            silent,
            start,
            loud: start,
        }
    }

    /// Log probability of every effect.
    pub(super) fn log_probability(&self) -> [f64; EFFECTS] {
        let of_size = self.of_size();
        std::array::from_fn(|at| (of_size[size_of(at)] / 2.0).ln())
    }

    /// Learns the sizes of loud effects from how often every effect was found.
    pub(super) fn learn(&mut self, found: &[f64; EFFECTS]) {
        let of_size = self.of_size();
        let mut loud = [0.0; SIZES];
        for (at, found) in found.iter().enumerate() {
            let size = size_of(at);
            loud[size] += found * (1.0 - SILENT) * self.loud[size] / of_size[size];
        }
        let mut smooth = self.start.map(|share| START * share);
        for (from, count) in loud.iter().enumerate() {
            let near = |to: usize| (-0.5 * (from as f64 - to as f64).powi(2)).exp();
            let near: [f64; SIZES] = shares(std::array::from_fn(near));
            for (sum, near) in smooth.iter_mut().zip(near) {
                *sum += near * count;
            }
        }
        self.loud = shares(smooth);
    }

    fn of_size(&self) -> [f64; SIZES] {
        std::array::from_fn(|at| SILENT * self.silent[at] + (1.0 - SILENT) * self.loud[at])
    }
}

fn size_of(effect: usize) -> usize {
    if effect < SIZES {
        SIZES - 1 - effect
    } else {
        effect - SIZES
    }
}

fn shares(mut weights: [f64; SIZES]) -> [f64; SIZES] {
    let sum: f64 = weights.iter().sum();
    weights.iter_mut().for_each(|x| *x /= sum);
    weights
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_signs_are_as_likely_and_all_sums_to_one() {
        let mut effects = Effects::new();
        for _ in 0..2 {
            let p = effects.log_probability().map(f64::exp);
            assert!((p.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            for at in 0..SIZES {
                assert_eq!(p[at], p[EFFECTS - 1 - at]);
                assert_eq!(effects.values[at], -effects.values[EFFECTS - 1 - at]);
            }
            let mut found = [0.0; EFFECTS];
            found[EFFECTS - 3] = 50.0;
            effects.learn(&found);
        }
        let learned = effects.log_probability();
        assert!(learned[EFFECTS - 3] > Effects::new().log_probability()[EFFECTS - 3]);
    }
}
