//! How far predictions over the windows are off, before anything is fitted again.

use rayon::prelude::*;

use crate::dynamics::EqualSteps;
use crate::genes::Gene;
use crate::numeric::{median, quantile};

use super::layout::Layout;
use super::shots::Shots;

/// Values that the spread over all genes is worth in the one of a gene.
const PRIOR_COUNT: f64 = 10.0;
/// Least share of the typical variance.
const LEAST: f64 = 1e-3;

/// `τ²` of every number of intervals and gene: the mean square of what the start leaves, shrunk
/// towards the median over genes.
pub(super) fn variances(shots: &Shots<'_>) -> Vec<Vec<f64>> {
    let (layout, windows) = (shots.layout, shots.windows);
    let paths: Vec<_> = windows
        .windows
        .par_iter()
        .map(|window| shots.path(*window))
        .collect();
    (0..windows.horizon())
        .map(|h| {
            let (mut sums, mut counts) = (vec![0.0; layout.genes()], vec![0.0; layout.genes()]);
            for (window, path) in windows.windows.iter().zip(&paths) {
                let Some(end) = path.get(h) else { continue };
                let observed = &windows.observed[window.first + h + 1];
                for i in (0..end.len()).filter(|&i| !observed[i].is_nan()) {
                    if !shots.clamps(*window).changes(Gene(i)) {
                        sums[i] += (end[i] - observed[i]).powi(2);
                        counts[i] += 1.0;
                    }
                }
            }
            shrunk(&sums, &counts)
        })
        .collect()
}

fn shrunk(sums: &[f64], counts: &[f64]) -> Vec<f64> {
    let known = sums.iter().zip(counts).filter(|(_, n)| **n > 0.0);
    let means: Vec<f64> = known.map(|(s, n)| s / n).filter(|v| *v > 0.0).collect();
    let typical = if means.is_empty() {
        1.0
    } else {
        median(&means)
    };
    let one = |(sum, n): (&f64, &f64)| {
        ((sum + PRIOR_COUNT * typical) / (n + PRIOR_COUNT)).max(LEAST * typical)
    };
    sums.iter().zip(counts).map(one).collect()
}

/// Steps that are short against the lifetime of three quarters of the genes.
pub(super) fn steps(layout: &Layout, natural: &[f64]) -> EqualSteps {
    let decays: Vec<f64> = layout.targets.iter().map(|t| t.decay(natural)).collect();
    EqualSteps {
        longest: STEP / quantile(&decays, 0.75),
        most: MOST_STEPS,
    }
}

/// Longest step, in lifetimes of a fast gene.
const STEP: f64 = 0.75;
/// Most steps in an interval.
const MOST_STEPS: usize = 8;
