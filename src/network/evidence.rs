//! How much speaks for every edge, on one scale for all targets.

use faer::Mat;

use crate::fit::TargetFit;
use crate::genes::Gene;

/// Shape of the evidence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EvidenceSettings {
    /// Power of (replicated weight × correlation).
    pub power: f64,
    /// Power of the regulator factor.
    pub regulator_power: f64,
    /// Number of pairs that the prior is worth in the factors of regulators and targets.
    pub prior_count: f64,
}

impl Default for EvidenceSettings {
    fn default() -> Self {
        Self {
            power: 0.75,
            regulator_power: 1.5,
            prior_count: 20.0,
        }
    }
}

/// Share of the marginal correlation in the replicated weight: what orders the pairs that no
/// replicate ever selected, below all that were.
const NEVER_SELECTED: f64 = 1e-6;

/// Evidence of every pair, `targets × regulators`; self pairs are 0.
///
/// `E = (B·C)^¾` with `B` the mean standardised weight over half-samples and `λ` (zeros
/// counted, so the selection frequency is in it) and `C` the correlation of regulator and
/// increment when all that is unpenalised is projected out. A regulator with several well
/// supported targets is more likely one: `E₁ = E·r^1.5`, `r` the root mean square of `E` over its
/// targets. Then every target is brought to root mean square one. Both factors are shrunk
/// towards the common mean square by a prior count, which is what makes them safe in small
/// networks.
///
/// # Cost   `O(p·q)`.
/// # Source Efron (2010), Large-Scale Inference, for the shrinkage; the shape is our own.
#[must_use]
pub fn evidence(fits: &[TargetFit], regulators: &[Gene], settings: EvidenceSettings) -> Mat<f64> {
    let mut e = Mat::from_fn(fits.len(), regulators.len(), |i, j| {
        let fit = &fits[i];
        if fit.target == regulators[j] {
            return 0.0;
        }
        let cells = f64::from(fit.tally.samples.max(1)) * levels(fit) as f64;
        let correlation = fit.model.correlation[j].abs();
        let weight = fit.tally.size[j] / cells + NEVER_SELECTED * correlation;
        (weight * correlation).powf(settings.power)
    });
    let c = settings.prior_count;
    let common = mean_square(&e);
    for j in 0..regulators.len() {
        let column = e.col_as_slice_mut(j);
        let factor = shrunk_root(column.iter(), common, c).powf(settings.regulator_power);
        column.iter_mut().for_each(|x| *x *= factor);
    }
    let common = mean_square(&e);
    for i in 0..fits.len() {
        let row: Vec<f64> = (0..regulators.len()).map(|j| e[(i, j)]).collect();
        let size = shrunk_root(row.iter(), common, c);
        for j in 0..regulators.len() {
            e[(i, j)] = if size > 0.0 { row[j] / size } else { 0.0 };
        }
    }
    e
}

pub(super) fn levels(fit: &TargetFit) -> usize {
    fit.tally.selected.len() / fit.tally.size.len().max(1)
}

/// What the half-samples say about the sign of a pair: above 0 activation, below 0 repression.
/// Where none selected it, the correlation.
pub(super) fn direction(fit: &TargetFit, j: usize) -> f64 {
    let (levels, q) = (levels(fit), fit.tally.size.len());
    let selected = (0..levels).any(|level| fit.tally.selected[level * q + j] > 0);
    if selected {
        fit.tally.signed[j]
    } else {
        fit.model.correlation[j]
    }
}

fn mean_square(e: &Mat<f64>) -> f64 {
    let (sum, count) = e
        .col_iter()
        .flat_map(|column| column.iter().copied().collect::<Vec<_>>())
        .filter(|x| *x > 0.0)
        .fold((0.0, 0_usize), |(sum, count), x| (sum + x * x, count + 1));
    if count > 0 { sum / count as f64 } else { 0.0 }
}

/// Root mean square with `c` more entries at the common mean square; entries of exactly 0 are
/// pairs that cannot be.
fn shrunk_root<'a>(entries: impl Iterator<Item = &'a f64>, common: f64, c: f64) -> f64 {
    let (sum, count) = entries
        .filter(|x| **x > 0.0)
        .fold((0.0, 0.0), |(sum, count), x| (sum + x * x, count + 1.0));
    if count + c > 0.0 {
        ((sum + c * common) / (count + c)).sqrt()
    } else {
        0.0
    }
}
