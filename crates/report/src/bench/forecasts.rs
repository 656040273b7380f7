//! Errors of forecasts by predictor.

use cistron::forecast::Forecast;
use cistron_truth::benchmark::{ForecastSummary, REFERENCE, Results, Row, by_network};

use super::dot_plot::{DotPlot, DotRow};
use crate::number::count;
use crate::picture::Drawing;
use crate::svg::palette;

/// One row per predictor, one dot per network.
pub(super) fn draw(results: &Results, suite: &str) -> Option<Drawing> {
    let summaries = results.forecasts.iter();
    let summaries: Vec<&ForecastSummary> = summaries.filter(|s| s.suite == suite).collect();
    let networks = summaries.iter().map(|summary| summary.networks).max()?;
    let rows = rows(results, suite);
    let plot = DotPlot {
        title: format!(
            "{suite}: forecasts of left-out series, {}",
            count(networks, "network")
        ),
        axis: "root mean square error, in standard deviations of each gene",
        mark: None,
        rows: summaries.iter().map(|s| row(s, &rows)).collect(),
    };
    Some(plot.draw())
}

/// Rows with forecasts: those of the reference, or of all methods if it has none.
fn rows<'a>(results: &'a Results, suite: &str) -> Vec<&'a Row> {
    let rows = results.rows.iter();
    let (reference, others): (Vec<&Row>, Vec<&Row>) = rows
        .filter(|row| row.suite == suite && row.forecast.is_some())
        .partition(|row| row.method == REFERENCE);
    if reference.is_empty() {
        others
    } else {
        reference
    }
}

fn row(summary: &ForecastSummary, rows: &[&Row]) -> DotRow {
    let predictor = summary.predictor.as_str();
    let errors = by_network(rows, |row| Some(error(row.forecast.as_ref()?, predictor)));
    DotRow {
        name: predictor.to_owned(),
        values: errors.into_iter().map(|(_, error)| error).collect(),
        mean: summary.error.mean,
        colour: if predictor == REFERENCE {
            palette::BLUE
        } else {
            palette::BLACK
        },
    }
}

fn error(forecast: &Forecast, predictor: &str) -> f64 {
    let error = forecast.whole.error;
    match predictor {
        "linear" => error.linear,
        "no change" => error.no_change,
        "mean of the other series" => error.mean_of_others,
        _ => error.model,
    }
}
