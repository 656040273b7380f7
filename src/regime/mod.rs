//! Fast or slow: whether a gene follows its regulators within a sampling interval.
//!
//! The increment of a gene tells who drives it only while the interval `Δ` is not long against the time
//! `1/δ` in which the gene forgets. A fast gene has followed by the next sample, and its level carries the
//! signal. Two models predict `x(t_b)` from both ends of an interval:
//!
//! ```text
//! slow   x_b = e^{−δΔ} x_a + w_a f(x_a) + w_b f(x_b)     δ on a grid      (segments::ExponentialWeights)
//! fast   x_b = f(x_b) + ρ (x_a − f(x_a))                 ρ on a grid
//! ```
//!
//! with `f` linear in the regulators, fitted as a ridge regression. In both the past helps: the gene's own in
//! the first, that of what the regulators leave unexplained in the second. Conditions are left out whole, a fifth at
//! a time, replicates with each other; where there are fewer than five, stretches of time with a gap. Of the logarithm of the ratio of the two
//! errors, fast over slow, `l_i` for gene `i`,
//!
//! ```text
//! l̂_i = L + τ²/(τ² + s²) (l_i − L)
//! ```
//!
//! is what is left after shrinkage towards the median `L` of all genes; `s` is the spread over folds, `τ` the
//! spread between genes beyond it. The set is fast if `L` is below −0.025, and below 0 by two standard errors, `1.25 sd(l)/√p`,
//! so that a handful of genes is slow unless it clearly is not; and a gene departs from its set where `l̂_i` says so by
//! 0.3 more.
//!
//! A disturbance that all genes of a sample share would make every gene look fast. Mean and first
//! component of the increments of *other* genes (those of the other parity of their number) are projected out of
//! both models, at both ends.
//!
//! The rate `δ` is the posterior mean of its logarithm over the grid, with a prior over the grid from all genes.
//!
//! Ratios `e^L` of four real sets `.83 .86 .92 .85`, of 25 simulated ones with slow genes `.990 – 1.070`, of
//! simulated levels whose regulators have a poor mRNA `.96`; with a noise
//! shared by the genes of a sample, as large as the increments, the simulated ones stay at `.98 – 1.10`
//! (`benches/README.md`, *Real data*). Constants lie between, neighbouring values were not measured.

mod decay;
mod held_out;
mod models;

#[cfg(test)]
mod tests;

use rayon::prelude::*;

use crate::genes::Gene;
use crate::numeric::{mean, median, standard_deviation};
use crate::trajectory::AllSamples;

pub use decay::{DecayBound, DecayEstimate};
use held_out::{FoldErrors, HeldOutSamples};
use models::{ENOUGH_CONDITIONS, LevelModel};

/// Logarithm of the ratio of errors below which a set of data is fast.
const FAST: f64 = -0.025;

/// Standard errors of the median by which it has to be below 0: with five genes that differ by a tenth it is not known
/// to .06.
const CLEAR: f64 = 2.0;

/// Standard error of the median of normal values over that of their mean, `√(π/2)`.
const ERROR_OF_MEDIAN: f64 = 1.2533;

/// By how much a gene has to be beyond it to depart from its set.
const DEPARTURE: f64 = 0.3;

/// Intervals below which nothing can be chosen, and every gene counts as slow.
const FEWEST_INTERVALS: usize = 12;

/// Conditions of single samples below which no penalty can be chosen where there is nothing else.
const FEWEST_CONDITIONS: usize = 2 * models::FOLDS;

/// Ridge penalties, as shares of the number of rows, for regulators of standard deviation one.
pub(crate) const PENALTIES: [f64; 4] = [0.1, 0.3, 1.0, 3.0];

/// Position of the penalty where held-out data do not tell: the one that ranks best or nearly so on three real
/// sets (`benches/README.md`, *Real data*).
const DEFAULT_PENALTY: usize = 1;

/// Standard errors by which another penalty has to be better.
const CLEARLY: f64 = 2.0;

/// What was chosen for one target.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct TargetRegime {
    /// Whether it follows its regulators within a sampling interval.
    pub fast: bool,
    /// Logarithm of the held-out error as a fast gene over that as a slow one, shrunk.
    pub log_ratio: f64,
    /// Rate at which it forgets.
    pub decay: DecayEstimate,
}

/// What was chosen for all targets.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Regimes {
    /// One for each gene.
    pub targets: Vec<TargetRegime>,
    /// Median of the logarithm of the ratio over genes, before shrinkage; 0 where nothing was compared.
    pub log_ratio: f64,
    /// Ridge penalty that predicts levels of fast genes best, as a share of the number of rows.
    pub ridge: f64,
    /// Typical sampling interval; NaN without series.
    pub interval: f64,
    /// What was held out to choose, in words.
    pub folds: String,
    /// Genes that measured half-lives made fast or slow.
    pub measured: usize,
}

impl Regimes {
    /// Chooses for every gene.
    ///
    /// Without intervals all genes are at a steady state in all samples and count as fast, and only the penalty
    /// is chosen; with fewer than twelve nothing can be compared and they count as slow.
    ///
    /// # Cost   for each of 15 candidates and 5 folds `n²q + n³ + 4n²p` flops.
    #[must_use]
    pub fn choose(samples: &AllSamples, regulators: &[Gene]) -> Self {
        let genes = samples.levels.ncols();
        if samples.intervals.is_empty() {
            return Self::of_levels(samples, regulators);
        }
        let intervals = samples.intervals.len();
        if intervals < FEWEST_INTERVALS {
            let folds =
                format!("nothing: {intervals} intervals are too few, so that genes count as slow");
            return Self {
                folds,
                ..Self::all(genes, false, samples.typical_interval())
            };
        }
        let data = HeldOutSamples::new(samples, regulators);
        let candidates = LevelModel::all(samples.typical_interval());
        let errors: Vec<FoldErrors> = (candidates.par_iter())
            .map(|candidate| data.errors(*candidate))
            .collect();
        let (slow, fast): (Vec<_>, Vec<_>) = candidates
            .iter()
            .zip(&errors)
            .partition(|(candidate, _)| matches!(candidate, LevelModel::Slow { .. }));
        let ratios: Vec<LogRatio> = (0..genes)
            .map(|gene| LogRatio::new(best(&fast, gene), best(&slow, gene)))
            .collect();
        let shrunk = shrink(&ratios);
        let decays = decay::estimates(&slow, samples);
        let below = shrunk.center + CLEAR * shrunk.error;
        let set_is_fast = shrunk.center < FAST && below < 0.0;
        let targets = shrunk.log_ratios.iter().zip(decays);
        let targets = targets.map(|(&log_ratio, decay)| TargetRegime {
            fast: is_fast(set_is_fast, log_ratio),
            log_ratio,
            decay,
        });
        Self {
            targets: targets.collect(),
            log_ratio: shrunk.center,
            // stretches of the same conditions do not tell what predicts others
            ridge: match samples.conditions.series() {
                few if few < ENOUGH_CONDITIONS => PENALTIES[DEFAULT_PENALTY],
                _ => best_penalty(&fast),
            },
            interval: samples.typical_interval(),
            folds: match samples.conditions.series() {
                few if few < ENOUGH_CONDITIONS => {
                    format!(
                        "stretches of time with a gap, in {few} condition(s) of series; the penalty of levels is the \
                         default, {}",
                        PENALTIES[DEFAULT_PENALTY]
                    )
                }
                conditions => format!("conditions of series, of which there are {conditions}"),
            },
            measured: 0,
        }
    }

    /// Without intervals: what predicts levels of single samples of other conditions best.
    fn of_levels(samples: &AllSamples, regulators: &[Gene]) -> Self {
        let all = Self::all(samples.levels.ncols(), true, f64::NAN);
        let conditions = samples.conditions.all();
        if conditions < FEWEST_CONDITIONS {
            let ridge = all.ridge;
            let folds = format!(
                "nothing: {conditions} conditions are too few, so that the penalty is the default, {ridge}"
            );
            return Self { folds, ..all };
        }
        let candidate = LevelModel::Fast { persistence: 0.0 };
        let errors = HeldOutSamples::new(samples, regulators).errors(candidate);
        Self {
            ridge: best_penalty(&[(&candidate, &errors)]),
            folds: format!("conditions of single samples, of which there are {conditions}"),
            ..all
        }
    }

    /// The same for every gene, with nothing compared.
    fn all(genes: usize, fast: bool, interval: f64) -> Self {
        let one = TargetRegime {
            fast,
            log_ratio: 0.0,
            decay: DecayEstimate::unknown(interval),
        };
        Self {
            targets: vec![one; genes],
            log_ratio: 0.0,
            ridge: PENALTIES[DEFAULT_PENALTY],
            interval,
            folds: String::new(),
            measured: 0,
        }
    }

    /// The same with measured half-lives, `δ = ln 2 / t`.
    ///
    /// A gene of which `δΔ` is known to be below .15 is slow, above 4 fast; between, the choice stays what
    /// held-out series say.
    ///
    /// * `half_lives`: in the unit of time of the data, none where it is not known
    ///
    /// # Panics   if there is not one entry per gene (a bug in the caller).
    #[must_use]
    pub fn with_half_lives(mut self, half_lives: &[Option<f64>]) -> Self {
        assert_eq!(half_lives.len(), self.targets.len(), "one entry per gene");
        for (target, half_life) in self.targets.iter_mut().zip(half_lives) {
            let Some(half_life) = half_life else { continue };
            target.decay = DecayEstimate::measured(*half_life);
            let fast = match target.decay.rate * self.interval {
                short if short < decay::TELLABLE.0 => false,
                long if long > decay::TELLABLE.1 => true,
                _ => continue,
            };
            target.fast = fast;
            self.measured += 1;
        }
        self
    }

    /// Every gene slow, with nothing known about its decay: for data whose rows are not samples.
    #[must_use]
    pub fn slow(genes: usize) -> Self {
        Self::all(genes, false, f64::NAN)
    }

    /// Number of fast genes.
    #[must_use]
    pub fn fast(&self) -> usize {
        self.targets.iter().filter(|target| target.fast).count()
    }

    /// Whether more than half of the genes are fast.
    #[must_use]
    pub fn mostly_fast(&self) -> bool {
        2 * self.fast() > self.targets.len()
    }
}

fn is_fast(set_is_fast: bool, log_ratio: f64) -> bool {
    if set_is_fast {
        log_ratio <= FAST + DEPARTURE
    } else {
        log_ratio < FAST - DEPARTURE
    }
}

/// Error in every fold of the candidate and penalty that predict a gene best.
fn best(candidates: &[(&LevelModel, &FoldErrors)], gene: usize) -> Vec<f64> {
    let all = candidates.iter().flat_map(|(_, errors)| {
        (0..PENALTIES.len()).map(|penalty| errors.of(penalty, gene).to_vec())
    });
    all.min_by(|a, b| sum(a).total_cmp(&sum(b)))
        .unwrap_or_default()
}

fn sum(errors: &[f64]) -> f64 {
    errors.iter().sum()
}

/// The penalty with the smallest mean logarithm of the error, each gene at its best candidate; the default
/// unless that is better by two standard errors over the folds.
///
/// Held-out error favours larger penalties than those that rank best: with 1, which predicts stretches of
/// *E. coli* stress best, average precision is .028 in the place of .030.
fn best_penalty(candidates: &[(&LevelModel, &FoldErrors)]) -> f64 {
    let scores: Vec<Vec<f64>> = (0..PENALTIES.len())
        .map(|penalty| log_errors(candidates, penalty))
        .collect();
    let least = (0..scores.len()).min_by(|&a, &b| sum(&scores[a]).total_cmp(&sum(&scores[b])));
    let least = least.unwrap_or(DEFAULT_PENALTY);
    let gains = scores[DEFAULT_PENALTY].iter().zip(&scores[least]);
    let gains: Vec<f64> = gains.map(|(default, best)| default - best).collect();
    let error = standard_deviation(&gains) / (gains.len() as f64).sqrt();
    if mean(&gains) > CLEARLY * error {
        PENALTIES[least]
    } else {
        PENALTIES[DEFAULT_PENALTY]
    }
}

/// Mean logarithm of the error over genes in every fold that holds anything, each gene at the candidate that
/// predicts it best with this penalty.
fn log_errors(candidates: &[(&LevelModel, &FoldErrors)], penalty: usize) -> Vec<f64> {
    let genes = candidates.first().map_or(0, |(_, errors)| errors.genes());
    let mut sums = vec![0.0; models::FOLDS];
    for gene in 0..genes {
        let errors = candidates
            .iter()
            .map(|(_, errors)| errors.of(penalty, gene));
        let best = errors.min_by(|a, b| sum(a).total_cmp(&sum(b)));
        let logs = best.unwrap_or_default().iter().zip(&mut sums);
        logs.filter(|(error, _)| **error > 0.0)
            .for_each(|(error, total)| *total += error.ln() / genes as f64);
    }
    sums.retain(|total| *total != 0.0);
    sums
}

/// Logarithm of the ratio of two errors of one gene, with its variance.
struct LogRatio {
    value: f64,
    variance: f64,
}

impl LogRatio {
    /// * errors in every fold
    ///
    /// The variance is that of the folds' differences, each in units of its sum.
    fn new(fast: Vec<f64>, slow: Vec<f64>) -> Self {
        let (a, b) = (sum(&fast), sum(&slow));
        if !(a > 0.0 && b > 0.0) {
            return Self {
                value: f64::NAN,
                variance: f64::NAN,
            };
        }
        let folds = fast.len() as f64;
        let squares = fast.iter().zip(&slow).map(|(x, y)| (x / a - y / b).powi(2));
        Self {
            value: (a / b).ln(),
            variance: squares.sum::<f64>() * folds / (folds - 1.0),
        }
    }
}

struct Shrunk {
    center: f64,
    /// Standard error of the centre.
    error: f64,
    log_ratios: Vec<f64>,
}

/// Shrinks towards the median; genes without variance are at the median.
fn shrink(ratios: &[LogRatio]) -> Shrunk {
    let known: Vec<f64> = finite(ratios.iter().map(|one| one.value));
    if known.is_empty() {
        return Shrunk {
            center: 0.0,
            error: 0.0,
            log_ratios: vec![0.0; ratios.len()],
        };
    }
    let center = median(&known);
    let deviations: Vec<f64> = known.iter().map(|l| (l - center).abs()).collect();
    let spread = crate::numeric::DEVIATION_OF_MAD * median(&deviations);
    let noise = median(&finite(ratios.iter().map(|one| one.variance)));
    let between = (spread.powi(2) - noise).max(0.0);
    let share = if between > 0.0 {
        between / (between + noise)
    } else {
        0.0
    };
    let log_ratios = ratios.iter().map(|one| {
        let apart = one.value - center;
        center + if apart.is_nan() { 0.0 } else { share * apart }
    });
    Shrunk {
        center,
        // a single gene has the spread over its folds; a NaN is passed over
        error: ERROR_OF_MEDIAN * spread.max(noise.sqrt()) / (known.len() as f64).sqrt(),
        log_ratios: log_ratios.collect(),
    }
}

fn finite(values: impl Iterator<Item = f64>) -> Vec<f64> {
    values.filter(|x| x.is_finite()).collect()
}
