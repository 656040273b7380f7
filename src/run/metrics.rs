//! How well held-out segments are predicted, and what is known about every gene.

use serde::{Deserialize, Serialize};

use crate::field::SparseField;
use crate::fit::{HeldOut, TargetFit};
use crate::forecast::{Forecast, NoForecast};
use crate::genes::Gene;
use crate::network::Network;
use crate::numeric::{mean, median, nan_if_null};

/// One gene of the result.
#[derive(Clone, Debug, PartialEq)]
pub struct NodeReport {
    /// The gene.
    pub gene: Gene,
    /// Decay of the fitted model, per unit of time.
    pub decay: f64,
    /// R² of its increments on held-out segments.
    pub r_squared: f64,
    /// R² of the linear skeleton there.
    pub r_squared_linear: f64,
    /// Regulators in the fitted model.
    pub model_regulators: usize,
    /// Edges into it among those of which at most half are expected to be false.
    pub in_degree: usize,
    /// Edges out of it among the same.
    pub out_degree: usize,
    /// Whether networks with several units predicted better than the skeleton.
    pub bent: bool,
}

/// Share of false edges up to which an edge counts for the degrees.
pub(super) const CONFIDENT: f64 = 0.5;

/// R² over held-out one-interval segments, of several predictors.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RSquared {
    /// The increment is 0.
    #[serde(deserialize_with = "nan_if_null")]
    pub no_change: f64,
    /// Conditions and own decay.
    #[serde(deserialize_with = "nan_if_null")]
    pub decay_only: f64,
    /// The linear skeleton.
    #[serde(deserialize_with = "nan_if_null")]
    pub linear: f64,
    /// The chosen model.
    #[serde(deserialize_with = "nan_if_null")]
    pub model: f64,
}

/// Prediction of held-out segments over all genes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Metrics {
    /// Mean over the genes.
    pub mean_r_squared: RSquared,
    /// Median over the genes.
    pub median_r_squared: RSquared,
    /// Genes whose held-out increments vary.
    pub genes: usize,
    /// Held-out increments, over all genes.
    pub held_out_increments: usize,
    /// Genes for which networks with several units predicted better.
    pub bent_genes: usize,
    /// Genes whose fit reached the tolerance.
    pub converged_genes: usize,
    /// Prediction of whole series that were left out; none if there cannot be one.
    pub forecast: Option<Forecast>,
    /// Why there is no forecast.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_forecast: Option<String>,
}

impl Metrics {
    pub(super) fn new(fits: &[TargetFit], forecast: Result<Forecast, NoForecast>) -> Self {
        let varying: Vec<&HeldOut> = fits
            .iter()
            .map(|fit| &fit.model.held_out)
            .filter(|h| h.total > 0.0)
            .collect();
        let pool = |over: fn(&[f64]) -> f64| {
            let of = |error: fn(&HeldOut) -> f64| {
                let shares: Vec<f64> = varying.iter().map(|h| h.r_squared(error(h))).collect();
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
        };
        Self {
            mean_r_squared: pool(mean),
            median_r_squared: pool(median),
            genes: varying.len(),
            held_out_increments: varying.iter().map(|h| h.segments).sum(),
            bent_genes: fits.iter().filter(|fit| fit.model.bent).count(),
            converged_genes: fits.iter().filter(|fit| fit.model.converged).count(),
            no_forecast: forecast.as_ref().err().map(NoForecast::to_string),
            forecast: forecast.ok(),
        }
    }
}

pub(super) fn nodes(network: &Network, field: &SparseField, fits: &[TargetFit]) -> Vec<NodeReport> {
    let degrees = network.degrees(network.confident(CONFIDENT).len());
    fits.iter()
        .map(|fit| {
            let (component, held_out) = (field.component(fit.target), &fit.model.held_out);
            NodeReport {
                gene: fit.target,
                decay: component.decay,
                r_squared: held_out.r_squared(held_out.model),
                r_squared_linear: held_out.r_squared(held_out.linear),
                model_regulators: component.regulators.len(),
                in_degree: degrees.incoming[fit.target.index()],
                out_degree: degrees.outgoing[fit.target.index()],
                bent: fit.model.bent,
            }
        })
        .collect()
}
