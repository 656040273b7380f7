//! Mutual information, `I = H(X) + H(Y) − H(X, Y)`, which also detects relations that are not
//! monotone.

use std::cmp::Ordering;

use faer::Mat;
use rayon::prelude::*;

use cistron::seed::Seed;

use super::cross_products::{columns_of, products, standardised};
use super::{Baseline, BaselineData, PairScores};

/// Mutual information over all samples in bins of equal frequency, in nats.
///
/// `I = H(X) + H(Y) − H(X, Y)` with Miller and Madow's correction of every entropy, `(k − 1)/2n`
/// for `k` bins that are not empty; what the correction takes below 0 is 0. There are
/// `√(n/5)` bins, between 2 and 10, so that a cell of an independent pair holds about five
/// samples; equal values share a bin. Signs are those of Spearman's rank correlation, which also
/// orders the pairs without information, far below the others.
///
/// # Source   Miller (1955), in: Information Theory in Psychology, 95–100.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct MutualInformation;

/// Weight of the rank correlation: it orders ties only.
const TIE_BREAK: f64 = 1e-9;

impl Baseline for MutualInformation {
    fn name(&self) -> &'static str {
        "mutual information"
    }

    fn rank(&self, data: &BaselineData, _: Seed) -> PairScores {
        let ranks = ranks(data.samples());
        let z = standardised(&ranks);
        let regulators = data.regulators();
        let signs = products(&z, &columns_of(&z, regulators));
        let binned = Binned::new(&ranks);
        let rows: Vec<Vec<f64>> = (0..ranks.ncols())
            .into_par_iter()
            .map_init(
                || binned.table(),
                |table, i| {
                    let others = regulators.iter().map(|regulator| regulator.index());
                    // the same order for both directions, so that rounding keeps them equal
                    let information = others.map(|j| match i.cmp(&j) {
                        Ordering::Equal => 0.0,
                        _ => binned.information(i.max(j), i.min(j), table),
                    });
                    information.collect()
                },
            )
            .collect();
        let scores = Mat::from_fn(rows.len(), regulators.len(), |i, j| {
            rows[i][j] + TIE_BREAK * signs[(i, j)].abs()
        });
        PairScores::with_signs(data, scores, signs)
    }
}

/// Mean rank of every value in its column, from 0.5 to `n − 0.5`.
fn ranks(table: &Mat<f64>) -> Mat<f64> {
    let n = table.nrows();
    let mut out = Mat::zeros(n, table.ncols());
    for j in 0..table.ncols() {
        let (from, to) = (table.col_as_slice(j), out.col_as_slice_mut(j));
        let mut order: Vec<usize> = (0..n).collect();
        order.sort_by(|&a, &b| from[a].total_cmp(&from[b]));
        let mut first = 0;
        for tied in order.chunk_by(|&a, &b| from[a] == from[b]) {
            let rank = first as f64 + tied.len() as f64 / 2.0;
            tied.iter().for_each(|&row| to[row] = rank);
            first += tied.len();
        }
    }
    out
}

/// The bin of every sample in every gene.
struct Binned {
    samples: usize,
    bins: usize,
    bin_of: Vec<Vec<u8>>,
    /// Corrected entropy of every gene.
    entropies: Vec<f64>,
    /// `c ln c` for counts up to `n`.
    logs: Vec<f64>,
}

impl Binned {
    fn new(ranks: &Mat<f64>) -> Self {
        let n = ranks.nrows();
        let bins = ((n as f64 / 5.0).sqrt() as usize).clamp(2, 10);
        let columns = ranks.col_iter().map(|column| {
            let bins_of_samples = column
                .iter()
                .map(|rank| ((rank * bins as f64 / n as f64) as usize).min(bins - 1) as u8);
            bins_of_samples.collect()
        });
        let mut logs = vec![0.0];
        logs.extend((1..=n).map(|c| c as f64 * (c as f64).ln()));
        let mut out = Self {
            samples: n,
            bins,
            bin_of: columns.collect(),
            entropies: Vec::new(),
            logs,
        };
        out.entropies = (0..ranks.ncols()).map(|i| out.marginal(i)).collect();
        out
    }

    fn table(&self) -> Vec<u32> {
        vec![0; self.bins * self.bins]
    }

    fn marginal(&self, i: usize) -> f64 {
        let mut counts = vec![0; self.bins];
        self.bin_of[i]
            .iter()
            .for_each(|&bin| counts[usize::from(bin)] += 1);
        self.entropy(&counts)
    }

    /// `ln n − Σ c ln c / n`, and `(k − 1)/2n`.
    fn entropy(&self, counts: &[u32]) -> f64 {
        let n = self.samples as f64;
        let (sum, filled) = counts.iter().fold((0.0, 0_u32), |(sum, filled), &c| {
            (sum + self.logs[c as usize], filled + u32::from(c > 0))
        });
        n.ln() - sum / n + (f64::from(filled) - 1.0) / (2.0 * n)
    }

    /// * `table`: room for the counts of all pairs of bins
    fn information(&self, i: usize, j: usize, table: &mut [u32]) -> f64 {
        table.fill(0);
        for (&a, &b) in self.bin_of[i].iter().zip(&self.bin_of[j]) {
            table[usize::from(a) * self.bins + usize::from(b)] += 1;
        }
        (self.entropies[i] + self.entropies[j] - self.entropy(table)).max(0.0)
    }
}
