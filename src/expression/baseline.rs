//! The wild type and the noise, from steady states that most interventions leave alone.
//!
//! Sample `n` of gene `j`, in units of the file, is `y_nj = x_j + r_nj + ε_nj`: the level `x_j` of
//! the wild type, a response `r_nj` that is 0 in most samples, and noise of variance `c₀ + c₁ x²`
//! with the same `c₀` (instrument) and `c₁` (share of the level) for all genes. `x_j` is the mean of
//! the samples within two robust standard deviations of it, found by iteration from the median;
//! `c₀, c₁` come from the variance of the samples within 2.5 by weighted least squares over the genes.
//!
//! The noise of one gene is between its own robust standard deviation `s_j` and that of all genes at
//! its level: `σ_j² = (n_j s_j² + m (c₀ + c₁ x_j²)) / (n_j + m)`, where `n_j` samples do not respond and
//! `s_j` is at least a small share of the mean level. Direct effects
//! ask how far a gene strays around its own wild type, and use it. The refit weighs measurements by
//! the second part alone, since it needs the noise at levels where the gene has no samples.

use super::{Origin, Scale, SteadyStates};
use crate::numeric::{DEVIATION_OF_MAD, mean, median};

/// Steady levels when nothing is done, and how far measurements are off, in units of the file.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Baseline {
    /// Level of every gene.
    pub levels: Vec<f64>,
    /// Number of samples of each gene that do not respond.
    pub counts: Vec<usize>,
    /// `c₀, c₁` of the variance of a measurement, `c₀ + c₁ x²`.
    pub variance: [f64; 2],
    /// Standard deviation of one sample of every gene around its level, above 0.
    pub noise: Vec<f64>,
}

/// Standard deviations beyond which a sample is taken to respond: one in eighty of unaffected genes.
const RESPONDS: f64 = 2.5;
/// Standard deviation of all samples over that of the bulk. A normal without its tails beyond 2.5 has
/// 1.05; the bulk keeps small responses on one side besides, and a model that is fitted has errors of
/// its own. With 1.05 double knockouts are predicted worse: 0.0055 in place of 0.0051 on DREAM4-100,
/// 0.11 in place of 0.026 on DREAM4-10, where one network leaves the range of the data.
const UNCUT: f64 = 1.12;
/// Samples from which on those with interventions tell the wild type, too; with fewer, the centre
/// of those that respond and those that do not is neither.
const ENOUGH: usize = 8;
/// Samples `m` that the noise of all genes is worth beside that of one gene: with ten knockouts both
/// count the same, with a hundred the gene's own decides. Neighbouring values were not measured.
const PRIOR_SAMPLES: f64 = 10.0;
/// Smallest deviation of a gene, as a share of the mean level: below what any instrument resolves.
const SMALLEST: f64 = 0.005;
/// The same times the number of samples: two that happen to agree are no sign of little noise.
const SMALLEST_OF_FEW: f64 = 0.1;
/// Standard deviations up to which a sample counts for the level. With 2.5 and standard deviations in
/// the place of robust ones, double knockouts of DREAM4-100 are predicted worse (0.0058, not 0.0051).
const CENTRAL: f64 = 2.0;
/// Rounds in which levels are found, and weights of the variances: both change little after five.
const ROUNDS: usize = 10;

impl Baseline {
    /// Levels and noise that most samples agree on; samples in which the gene itself was changed are
    /// left out, and those of unknown perturbations. Where there are few samples, those of the wild
    /// type alone tell its levels; the noise is that of all, for one or two samples say little about
    /// it.
    ///
    /// * `scale`: of the values of the steady states
    ///
    /// # Cost   `O(n·p log n)` for `n` samples of `p` genes.
    #[must_use]
    pub fn new(states: &SteadyStates, scale: Scale) -> Self {
        let everywhere = bulks(states, scale, false);
        let kept = if wild_only(states) {
            let wild = bulks(states, scale, true).into_iter().zip(&everywhere);
            // a gene that is missing in the wild type has the samples with interventions
            wild.map(|(wild, all)| if wild.count > 0 { wild } else { *all })
                .collect()
        } else {
            everywhere.clone()
        };
        let levels: Vec<f64> = kept.iter().map(|cut| cut.center).collect();
        let squares: Vec<f64> = everywhere.iter().map(|cut| cut.deviation.powi(2)).collect();
        let variance = variance(&levels, &squares);
        Self {
            noise: noise(&levels, &everywhere, variance),
            variance,
            counts: kept.iter().map(|cut| cut.count).collect(),
            levels,
        }
    }

    /// Levels and noise of genes of which the samples have been summarised: nothing responds.
    ///
    /// * `deviations`: standard deviation of each gene's `count` samples
    ///
    /// # Cost   `O(p)`.
    #[doc(hidden)]
    #[must_use]
    pub fn of_replicates(levels: Vec<f64>, deviations: &[f64], count: usize) -> Self {
        let own = levels.iter().zip(deviations);
        let own: Vec<Cut> = own
            .map(|(&center, &deviation)| Cut {
                center,
                deviation,
                robust: deviation,
                count,
            })
            .collect();
        let squares: Vec<f64> = deviations.iter().map(|s| s * s).collect();
        let variance = variance(&levels, &squares);
        Self {
            noise: noise(&levels, &own, variance),
            variance,
            counts: vec![count; levels.len()],
            levels,
        }
    }

    /// Variance of a measurement of a gene where `value` was measured.
    #[must_use]
    pub fn variance(&self, gene: usize, value: f64) -> f64 {
        self.variance_between(self.levels[gene], value)
    }

    fn variance_between(&self, level: f64, value: f64) -> f64 {
        let square = 0.5 * (level.powi(2) + value.powi(2));
        self.variance[0] + self.variance[1] * square
    }

    /// Standard deviation of a measurement of a level on a scale: half the distance between the
    /// levels that are one standard deviation above and below it in units of the file.
    #[must_use]
    pub fn deviation(&self, scale: Scale, level: f64) -> f64 {
        on_scale(scale, level, self.variance_between(level, level).sqrt())
    }

    /// Standard deviation of one sample of a gene around its level, on a scale.
    #[must_use]
    pub fn noise_on(&self, scale: Scale, gene: usize) -> f64 {
        on_scale(scale, self.levels[gene], self.noise[gene])
    }
}

/// Half the distance between what is `off` above and below a level, on a scale.
fn on_scale(scale: Scale, level: f64, off: f64) -> f64 {
    let below = if scale == Scale::Identity {
        level - off
    } else {
        (level - off).max(0.0)
    };
    0.5 * (scale.forward(level + off) - scale.forward(below))
}

/// `σ_j` of every gene, between its own spread and that of all genes.
fn noise(levels: &[f64], own: &[Cut], variance: [f64; 2]) -> Vec<f64> {
    let sizes: Vec<f64> = levels.iter().map(|x| x.abs()).collect();
    let height = mean(&sizes);
    let genes = levels.iter().zip(own);
    let squares = genes.map(|(level, own)| {
        let count = own.count as f64;
        let shared = PRIOR_SAMPLES * (variance[0] + variance[1] * level.powi(2));
        let smallest = height * SMALLEST.max(SMALLEST_OF_FEW / count.max(1.0));
        // `max` passes over the NaN of a gene without samples
        let spread = own.robust.max(smallest);
        (count * spread.powi(2) + shared) / (count + PRIOR_SAMPLES)
    });
    squares.map(f64::sqrt).collect()
}

/// The bulk of every gene's samples.
fn bulks(states: &SteadyStates, scale: Scale, wild_only: bool) -> Vec<Cut> {
    (0..states.genes().len())
        .map(|gene| Cut::new(&values(states, scale, gene, wild_only)))
        .collect()
}

/// Whether there are samples of the wild type, and few besides.
fn wild_only(steady_states: &SteadyStates) -> bool {
    let samples = steady_states.samples().iter();
    let known = samples
        .clone()
        .filter(|one| one.origin != Origin::Multifactorial);
    known.count() < ENOUGH && samples.clone().any(|sample| sample.is_wild_type())
}

/// Levels of a gene, in units of the file, in samples in which it was not changed.
fn values(steady_states: &SteadyStates, scale: Scale, gene: usize, wild_only: bool) -> Vec<f64> {
    let samples = steady_states.samples().iter();
    let untouched = samples.enumerate().filter(|(_, sample)| {
        let informative = !wild_only || sample.is_wild_type();
        informative
            && sample.origin != Origin::Multifactorial
            && sample.changed().all(|g| g.index() != gene)
    });
    let values = untouched.map(|(row, _)| steady_states.values()[(row, gene)]);
    values
        .filter(|z| !z.is_nan())
        .map(|z| scale.backward(z))
        .collect()
}

#[derive(Clone, Copy)]
struct Cut {
    center: f64,
    /// Standard deviation of what is left.
    deviation: f64,
    /// Robust standard deviation of all samples.
    robust: f64,
    count: usize,
}

impl Cut {
    fn new(values: &[f64]) -> Self {
        if values.is_empty() {
            return Self {
                center: 0.0,
                deviation: f64::NAN,
                robust: f64::NAN,
                count: 0,
            };
        }
        let mut center = median(values);
        for _ in 0..ROUNDS {
            let near = within(values, center, CENTRAL * robust_deviation(values, center));
            if near.is_empty() || mean(&near) == center {
                break;
            }
            center = mean(&near);
        }
        let robust = robust_deviation(values, center);
        let near = within(values, center, RESPONDS * robust);
        let squares: Vec<f64> = near.iter().map(|x| (x - center).powi(2)).collect();
        Self {
            center,
            deviation: if near.len() < 3 {
                robust
            } else {
                UNCUT * mean(&squares).sqrt()
            },
            robust,
            count: near.len(),
        }
    }
}

fn within(values: &[f64], center: f64, width: f64) -> Vec<f64> {
    let near = values.iter().filter(|x| (**x - center).abs() <= width);
    near.copied().collect()
}

/// Median absolute deviation from a centre, as a standard deviation of normal numbers.
fn robust_deviation(values: &[f64], center: f64) -> f64 {
    let off: Vec<f64> = values.iter().map(|x| (x - center).abs()).collect();
    DEVIATION_OF_MAD * median(&off)
}

/// `c₀, c₁ ≥ 0` with `c₀ + c₁ x²` near the squares, by weighted least squares on a relative scale
/// in which genes far off count less.
fn variance(levels: &[f64], squares: &[f64]) -> [f64; 2] {
    let known = |j: &usize| squares[*j].is_finite();
    let genes: Vec<usize> = (0..levels.len()).filter(known).collect();
    let typical = median(&genes.iter().map(|&j| squares[j]).collect::<Vec<_>>());
    if genes.is_empty() || typical <= 0.0 {
        // noise-free data: what rounding leaves of the largest level
        let most = levels.iter().fold(0.0, |most: f64, x| most.max(x.abs()));
        return [(1e-3 * most).powi(2).max(f64::MIN_POSITIVE.sqrt()), 0.0];
    }
    let floor = 1e-3 * typical;
    let mut weights = vec![1.0; genes.len()];
    let mut fit = [typical, 0.0];
    for _ in 0..ROUNDS {
        fit = two_terms(&genes, levels, squares, &weights);
        for (w, &j) in weights.iter_mut().zip(&genes) {
            let here = fit[0] + fit[1] * levels[j].powi(2) + floor;
            let off = (squares[j] - here).abs() / here;
            *w = (1.0 / (off + 1e-9)).min(1.0) / here;
        }
    }
    [fit[0].max(floor), fit[1]]
}

/// Weighted least squares of two terms, neither below 0.
fn two_terms(genes: &[usize], levels: &[f64], squares: &[f64], weights: &[f64]) -> [f64; 2] {
    let mut m = [0.0; 5];
    for (&j, w) in genes.iter().zip(weights) {
        let (w, x, y) = (w * w, levels[j].powi(2), squares[j]);
        let terms = [w, w * x, w * x * x, w * y, w * x * y];
        m.iter_mut().zip(terms).for_each(|(to, term)| *to += term);
    }
    let [n, x, xx, y, xy] = m;
    let det = n * xx - x * x;
    if det > 1e-12 * n * xx {
        let (c0, c1) = ((xx * y - x * xy) / det, (n * xy - x * y) / det);
        if c0 >= 0.0 && c1 >= 0.0 {
            return [c0, c1];
        }
        if c0 < 0.0 && xx > 0.0 {
            return [0.0, xy / xx];
        }
    }
    [y / n, 0.0]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::{Change, Intervention, SteadySample};
    use crate::genes::{Gene, Genes};
    use faer::{Mat, mat};

    /// Of genes a and b: the wild type, then the knockout of a.
    fn of_wild_type_and_knockout(values: Mat<f64>) -> Baseline {
        let genes = Genes::new(["a", "b"]).expect("distinct");
        let out = Intervention::always(Gene(0), Change::Knockout);
        let sample =
            |done: Vec<Intervention>| SteadySample::new("row", Origin::Interventions(done));
        let samples = vec![sample(vec![]), sample(vec![out])];
        let states = SteadyStates::new(genes, samples, values).expect("sound");
        Baseline::new(&states, Scale::Identity)
    }

    #[test]
    fn noise_of_both_kinds_is_told_apart() {
        let levels: Vec<f64> = (0..50).map(|k| f64::from(k) * 0.02).collect();
        let squares: Vec<f64> = levels.iter().map(|x| 0.01 + 0.04 * x * x).collect();
        let [c0, c1] = variance(&levels, &squares);
        assert!(
            (c0 - 0.01).abs() < 1e-6 && (c1 - 0.04).abs() < 1e-6,
            "{c0} {c1}"
        );
    }

    #[test]
    fn with_few_samples_the_wild_type_alone_tells_the_steady_levels() {
        let found = of_wild_type_and_knockout(mat![[1.0, 0.2], [0.0, 0.8]]);
        assert_eq!(found.levels, [1.0, 0.2]);
    }

    #[test]
    fn the_noise_of_a_gene_is_between_its_own_and_that_of_all() {
        let levels = vec![1.0; 40];
        let mut deviations = vec![0.1; 40];
        deviations[0] = 0.4;
        let few = Baseline::of_replicates(levels.clone(), &deviations, 3);
        let many = Baseline::of_replicates(levels, &deviations, 300);
        assert!((few.noise[1] - 0.1).abs() < 1e-3 && (many.noise[1] - 0.1).abs() < 1e-3);
        assert!(0.1 < few.noise[0] && few.noise[0] < 0.3, "{}", few.noise[0]);
        assert!((many.noise[0] - 0.4).abs() < 0.01, "{}", many.noise[0]);
    }

    #[test]
    fn a_gene_without_a_level_in_the_wild_type_has_that_of_the_other_samples() {
        let found = of_wild_type_and_knockout(mat![[1.0, f64::NAN], [0.0, 0.8]]);
        assert_eq!((found.levels, found.counts), (vec![1.0, 0.8], vec![1, 1]));
    }

    #[test]
    fn samples_that_respond_are_cut() {
        let mut values: Vec<f64> = (0..40).map(|k| 1.0 + 0.01 * f64::from(k % 5)).collect();
        values.extend([0.1, 0.2, 3.0]);
        let cut = Cut::new(&values);
        assert!((cut.center - 1.02).abs() < 1e-9 && cut.count == 40);
    }
}
