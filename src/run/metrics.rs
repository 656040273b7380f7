//! How well held-out segments are predicted, and what is known about every gene.

use crate::field::SparseField;
use crate::fit::{HeldOut, TargetFit};
use crate::forecast::{Forecast, NoForecast};
use crate::io::{Metrics, NodeReport, RSquared};
use crate::network::Network;
use crate::numeric::{mean, median};
use crate::regime::Regimes;

/// Prediction of held-out segments over all genes.
pub(super) fn metrics(fits: &[TargetFit], forecast: Result<Forecast, NoForecast>) -> Metrics {
    let varying: Vec<&HeldOut> = fits
        .iter()
        .map(|fit| &fit.model.held_out)
        .filter(|h| h.total > 0.0)
        .collect();
    Metrics {
        mean_r_squared: pooled(&varying, mean),
        median_r_squared: pooled(&varying, median),
        genes: varying.len(),
        held_out_increments: varying.iter().map(|h| h.segments).sum(),
        nonlinear_genes: fits.iter().filter(|fit| fit.model.nonlinear).count(),
        converged_genes: fits.iter().filter(|fit| fit.model.converged).count(),
        no_forecast: forecast.as_ref().err().map(NoForecast::to_string),
        forecast: forecast.ok(),
    }
}

/// R² of every predictor, over all genes at once; 0 where there are none.
fn pooled(genes: &[&HeldOut], over: fn(&[f64]) -> f64) -> RSquared {
    let of = |error: fn(&HeldOut) -> f64| {
        let shares: Vec<f64> = genes.iter().map(|h| h.r_squared(error(h))).collect();
        if shares.is_empty() {
            0.0
        } else {
            over(&shares)
        }
    };
    RSquared {
        no_change: of(|h| h.no_change),
        decay_only: of(|h| h.decay_only),
        linear: of(|h| h.linear),
        model: of(|h| h.model),
    }
}

pub(super) fn nodes(
    network: &Network,
    field: &SparseField,
    fits: &[TargetFit],
    regimes: &Regimes,
) -> Vec<NodeReport> {
    let degrees = network.degrees(network.standing_out().len());
    fits.iter()
        .map(|fit| {
            let (component, held_out) = (field.component(fit.target), &fit.model.held_out);
            let regime = &regimes.targets[fit.target.index()];
            NodeReport {
                gene: fit.target,
                decay: component.decay,
                r_squared: held_out.r_squared(held_out.model),
                r_squared_linear: held_out.r_squared(held_out.linear),
                model_regulators: component.regulators.len(),
                in_degree: degrees.incoming[fit.target.index()],
                out_degree: degrees.outgoing[fit.target.index()],
                nonlinear: fit.model.nonlinear,
                fast: regime.fast,
                fast_log_ratio: regime.log_ratio,
                turnover: regime.decay.rate,
                turnover_bound: regime.decay.bound.symbol().to_owned(),
                turnover_interval: regime.decay.rate * regimes.interval,
            }
        })
        .collect()
}
