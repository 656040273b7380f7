//! Errors of forecasts by predictor.

use cistron::forecast::Forecast;
use cistron_truth::benchmark::{ForecastSummary, REFERENCE, Results, Row, by_network};

use super::canvas::colour;
use super::strip::{Strip, StripRow};

/// One row a predictor, one dot a network.
pub(super) fn draw(results: &Results, suite: &str) -> Option<String> {
    let own = results.forecasts.iter().filter(|one| one.suite == suite);
    let own: Vec<&ForecastSummary> = own.collect();
    let networks = own.iter().map(|one| one.networks).max()?;
    let plural = if networks == 1 { "" } else { "s" };
    let with = results
        .rows
        .iter()
        .filter(|row| row.suite == suite && row.forecast.is_some());
    let (reference, others): (Vec<&Row>, Vec<&Row>) = with.partition(|row| row.method == REFERENCE);
    let rows = if reference.is_empty() {
        others
    } else {
        reference
    };
    let strip = Strip {
        title: format!("{suite}: forecasts of left-out series, {networks} network{plural}"),
        axis: "root mean square error, in standard deviations of each gene",
        mark: None,
    };
    let row = |one: &&ForecastSummary| StripRow {
        name: one.predictor.clone(),
        values: by_network(&rows, |row| {
            Some(error(row.forecast.as_ref()?, &one.predictor))
        })
        .into_iter()
        .map(|(_, error)| error)
        .collect(),
        mean: one.error.mean,
        colour: if one.predictor == REFERENCE {
            colour::BLUE
        } else {
            colour::BLACK
        },
    };
    Some(strip.draw(&own.iter().map(row).collect::<Vec<_>>()))
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
