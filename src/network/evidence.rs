//! Evidence for every edge from the time courses, on one scale for all targets.
//!
//! For target `i` and regulator `j`, with `B` the mean standardised weight `|v_j|` over half-samples
//! and levels (zeros counted, so the selection frequency is in it), of fast genes the weight of a ridge
//! regression (`fit::dense`), and `C` the correlation of regulator and increments, of fast genes
//! levels, once all that carries no penalty is projected out,
//!
//! ```text
//! E = (B · C)^¾                          replicated weight and correlation
//! E ← E · r_j^(1.5·q/p)                  r_j² = (Σ_i E_ij² + c·m) / (n_j + c)     regulator factor
//! E ← E / t_i                            t_i² = (Σ_j E_ij² + c·m) / (n_i + c)     per target
//! ```
//!
//! A gene with several well supported targets is more likely a regulator, and every target is brought
//! to root mean square one. Where a list of `q` of the `p` genes says who may regulate, less has to be
//! found out: the power is the smaller, the shorter the list. `m` is the common mean square, `n` the
//! number of candidate pairs and `c = 20` a prior count that shrinks both factors towards `m`, which
//! is what makes them safe in small networks. Dimension: none; only the order counts.
//!
//! Mean AUPR on DREAM4-100 / DREAM4-10 / DREAM3-100 of a prototype (`benches/README.md`, *What was
//! tried*): `.390 / .698 / .262` as above, `.365 / .659 / .244` by selection frequency alone,
//! `.246 / .621 / .214` by correlation alone, `.342 / .703 / .247` without the regulator factor,
//! `.391 / .633 / .259` with factors that are not shrunk.
//!
//! Source: Efron (2010), Large-Scale Inference, for the shrinkage; the shape is our own.

use faer::Mat;

use crate::fit::{SubstituteFit, TargetFit};
use crate::genes::Gene;

/// Power of (replicated weight × correlation). All three constants lie on a plateau: neighbouring
/// values change the mean AUPR of a group of networks by less than 0.02.
const POWER: f64 = 0.75;

/// Power of the regulator factor where every gene may be a regulator. Where they are given it brings
/// nothing: knockouts of DREAM4-100 as samples of unknown perturbations, AUPR by powers 0, .5, 1, 1.5:
/// `.234 .251 .263 .271` without a list, `.420 .422 .418 .410` with one (`benches/README.md`, *Real data*).
const REGULATOR_POWER: f64 = 1.5;

/// Number of pairs that the prior is worth in the factors of regulators and targets.
const PRIOR_COUNT: f64 = 20.0;

/// Share of the marginal correlation in the replicated weight: what orders the pairs that no
/// replicate ever selected, below all that were.
const NEVER_SELECTED: f64 = 1e-6;

/// Evidence of every pair, `targets × regulators`, and what brings a pair of a null to its units.
pub(super) struct Evidence {
    /// Self pairs are 0.
    pub(super) pairs: Mat<f64>,
    /// `r_j^(1.5·q/p)`.
    factors: Vec<f64>,
    /// `t_i`.
    sizes: Vec<f64>,
}

impl Evidence {
    /// Evidence of substitutes of the regulators for target number `i`, with factors and size of the network.
    pub(super) fn of_substitutes(&self, i: usize, fit: &SubstituteFit) -> Vec<f64> {
        let pairs = fit.weights.iter().zip(&fit.correlations).zip(&self.factors);
        let size = self.sizes[i];
        pairs
            .map(|((weight, correlation), factor)| {
                let e = ((weight + NEVER_SELECTED * correlation) * correlation).powf(POWER);
                if size > 0.0 { e * factor / size } else { 0.0 }
            })
            .collect()
    }
}

/// Evidence of every pair.
///
/// # Cost   `O(p·q)`.
pub(super) fn evidence(fits: &[TargetFit], regulators: &[Gene]) -> Evidence {
    let mut e = Mat::from_fn(fits.len(), regulators.len(), |i, j| {
        let fit = &fits[i];
        if fit.target == regulators[j] {
            return 0.0;
        }
        let cells = f64::from(fit.tally.samples.max(1)) * levels(fit) as f64;
        let correlation = fit.model.correlation[j].abs();
        let weight = match fit.model.dense.get(j) {
            Some(weight) => weight.abs(),
            None => fit.tally.size[j] / cells,
        };
        let weight = weight + NEVER_SELECTED * correlation;
        (weight * correlation).powf(POWER)
    });
    let common = mean_square(&e);
    let power = REGULATOR_POWER * regulators.len() as f64 / fits.len() as f64;
    let mut factors = Vec::with_capacity(regulators.len());
    for j in 0..regulators.len() {
        let column = e.col_as_slice_mut(j);
        let factor = shrunk_root(column.iter(), common).powf(power);
        column.iter_mut().for_each(|x| *x *= factor);
        factors.push(factor);
    }
    let common = mean_square(&e);
    let mut sizes = Vec::with_capacity(fits.len());
    for i in 0..fits.len() {
        let row: Vec<f64> = (0..regulators.len()).map(|j| e[(i, j)]).collect();
        let size = shrunk_root(row.iter(), common);
        for j in 0..regulators.len() {
            e[(i, j)] = if size > 0.0 { row[j] / size } else { 0.0 };
        }
        sizes.push(size);
    }
    Evidence {
        pairs: e,
        factors,
        sizes,
    }
}

pub(super) fn levels(fit: &TargetFit) -> usize {
    fit.tally.selected.len() / fit.tally.size.len().max(1)
}

/// What the half-samples say about the sign of a pair: above 0 activation, below 0 repression.
/// Where none selected it, the correlation.
pub(super) fn direction(fit: &TargetFit, j: usize) -> f64 {
    let (levels, q) = (levels(fit), fit.tally.size.len());
    if let Some(weight) = fit.model.dense.get(j) {
        return *weight;
    }
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

/// Root mean square with `PRIOR_COUNT` more entries at the common mean square; entries of exactly 0 are
/// pairs that cannot be.
fn shrunk_root<'a>(entries: impl Iterator<Item = &'a f64>, common: f64) -> f64 {
    let (sum, count) = entries
        .filter(|x| **x > 0.0)
        .fold((0.0, 0.0), |(sum, count), x| (sum + x * x, count + 1.0));
    ((sum + PRIOR_COUNT * common) / (count + PRIOR_COUNT)).sqrt()
}
