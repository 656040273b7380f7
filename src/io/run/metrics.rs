//! The prediction of held-out segments as JSON.

use std::io::{self, Read, Write};

use serde::{Deserialize, Serialize};

use super::run_file::read_json;
use crate::forecast::Forecast;
use crate::io::text::ReadError;
use crate::numeric::nan_if_null;

/// R² over held-out one-interval segments, of several predictors.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RSquared {
    /// The increment is 0.
    #[serde(deserialize_with = "nan_if_null")]
    pub no_change: f64,
    /// Conditions and own decay.
    #[serde(deserialize_with = "nan_if_null")]
    pub decay_only: f64,
    /// The linear part.
    #[serde(deserialize_with = "nan_if_null")]
    pub linear: f64,
    /// The chosen model.
    #[serde(deserialize_with = "nan_if_null")]
    pub model: f64,
}

/// Prediction of held-out segments over all genes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
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
    pub nonlinear_genes: usize,
    /// Genes whose fit reached the tolerance.
    pub converged_genes: usize,
    /// Prediction of whole series that were left out; none if there cannot be one.
    pub forecast: Option<Forecast>,
    /// Why there is no forecast.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_forecast: Option<String>,
}

impl Metrics {
    /// A sentence about a model that predicts held-out changes worse than "no change" does; none about others.
    #[doc(hidden)]
    #[must_use]
    pub fn below_no_change(&self) -> Option<String> {
        let r = &self.mean_r_squared;
        (r.model < r.no_change).then(|| {
            format!(
                "held-out R² of {:.2} is below that of \"no change\" ({:.2}): the model predicts the next sample worse \
                 than the last sample does; take simulated effects as hypotheses",
                r.model, r.no_change
            )
        })
    }
}

#[derive(Serialize)]
struct MetricsFile<'a> {
    format: &'static str,
    version: u32,
    description: &'static str,
    predictors: Predictors,
    forecast_description: &'static str,
    #[serde(flatten)]
    metrics: &'a Metrics,
}

/// What each entry of an R² means, under the same keys.
#[derive(Serialize)]
struct Predictors {
    no_change: Predictor,
    decay_only: Predictor,
    linear: Predictor,
    model: Predictor,
}

#[derive(Serialize)]
struct Predictor {
    description: &'static str,
}

const DESCRIPTION: &str = "R² = 1 − Σ(observed − predicted)²/Σ(observed − mean)² of the change \
    from one sample to the next, for each gene, on segments that were held out from the fit (the same segments choose the penalty's lambda, so it is a little optimistic); \
    then mean and median over the genes whose held-out changes vary";

const FORECAST: &str = "series left out one after another, predicted from their first sample by \
    models that were fitted on the others; error: root mean square error in standard deviations \
    of each gene, mean over the genes; skill: 1 − (mean square error)/(that of no change); \
    mean_of_others: the other series at that time; after_change: from the sample on after which \
    no offset of a single series acts, because no model could know such offsets";

const PREDICTORS: Predictors = Predictors {
    no_change: Predictor {
        description: "baseline: nothing changes, every increment is 0",
    },
    decay_only: Predictor {
        description: "baseline: the conditions and the gene's own decay, no regulators",
    },
    linear: Predictor {
        description: "baseline: the sparse linear model with regulators",
    },
    model: Predictor {
        description: "the model that was chosen for each gene: the linear one, or networks with \
            several units where they predicted better",
    },
};

/// Writes the metrics as indented JSON, keys in a fixed order, every predictor with a description.
///
/// A number that is not finite becomes `null`.
///
/// # Errors   what the sink reports.
pub fn write_metrics(metrics: &Metrics, sink: &mut dyn Write) -> io::Result<()> {
    let file = MetricsFile {
        format: "cistron-metrics",
        version: 1,
        description: DESCRIPTION,
        predictors: PREDICTORS,
        forecast_description: FORECAST,
        metrics,
    };
    serde_json::to_writer_pretty(&mut *sink, &file)?;
    sink.write_all(b"\n")
}

/// Reads what [`write_metrics`] wrote; `null` becomes NaN.
///
/// # Errors   [`ReadError`] with line and column.
pub fn read_metrics(input: impl Read, file: &str) -> Result<Metrics, ReadError> {
    read_json(input, file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_that_is_worse_than_no_change_gets_a_sentence() {
        let mut metrics = Metrics::default();
        metrics.mean_r_squared.model = 0.1;
        assert_eq!(metrics.below_no_change(), None);
        metrics.mean_r_squared.no_change = 0.2;
        let text = metrics.below_no_change().expect("a sentence");
        assert!(
            text.contains("R² of 0.10 is below") && text.contains("(0.20)"),
            "{text}"
        );
        metrics.mean_r_squared.model = f64::NAN;
        assert_eq!(metrics.below_no_change(), None);
    }
}
