//! Regularisation paths, by genes.

use crate::fit::TargetFit;
use crate::genes::Gene;
use crate::io::TargetPath;

/// The path of every target that has one, with its regulators by the largest weight that they reach.
pub(super) fn paths(fits: &[TargetFit], regulators: &[Gene]) -> Vec<TargetPath> {
    let paths = fits.iter().map(|fit| path(fit, regulators));
    paths.filter(|path| !path.regulators.is_empty()).collect()
}

fn path(fit: &TargetFit, regulators: &[Gene]) -> TargetPath {
    let found = &fit.model.path;
    let named = found.weights.iter();
    let mut named: Vec<(Gene, Vec<f64>)> = named
        .map(|(j, weights)| (regulators[*j], weights.clone()))
        .collect();
    let largest = |weights: &[f64]| weights.iter().fold(0.0, |a: f64, w| a.max(w.abs()));
    named.sort_by(|a, b| largest(&b.1).total_cmp(&largest(&a.1)).then(a.0.cmp(&b.0)));
    TargetPath {
        target: fit.target,
        chosen: fit.model.lambda_ratio,
        lambda_ratios: found.lambda_ratios.clone(),
        regulators: named,
    }
}
