//! Average precision of all methods over the networks.

use cistron_truth::benchmark::{REFERENCE, Results, Row, Summary, by_network};

use super::dot_plot::{DotPlot, DotRow};
use crate::number::count;
use crate::picture::Drawing;
use crate::svg::palette;

/// One row per method, one dot per network, chance as a line.
pub(super) fn draw(results: &Results, suite: &str) -> Option<Drawing> {
    if !results.sizes.is_empty() {
        return None;
    }
    let summaries = results.summaries.iter();
    let scored: Vec<&Summary> = summaries
        .filter(|summary| summary.suite == suite && summary.aupr.is_some())
        .collect();
    let floor = scored.iter().find(|s| s.method.starts_with("floor"));
    let networks = scored.iter().map(|summary| summary.networks).max()?;
    let plot = DotPlot {
        title: format!(
            "{suite}: average precision on {}",
            count(networks, "network")
        ),
        axis: "average precision (AUPR), one dot per network",
        mark: floor.and_then(|floor| Some((floor.aupr?.mean, "chance"))),
        rows: scored.iter().filter_map(|s| row(results, s)).collect(),
    };
    Some(plot.draw())
}

fn row(results: &Results, summary: &Summary) -> Option<DotRow> {
    let rows: Vec<&Row> = results
        .rows
        .iter()
        .filter(|row| row.suite == summary.suite && row.method == summary.method)
        .collect();
    let values = by_network(&rows, |row| Some(row.scores?.aupr));
    let bound = ["floor", "ceiling"]
        .iter()
        .any(|bound| summary.method.starts_with(bound));
    Some(DotRow {
        name: summary.method.clone(),
        values: values.into_iter().map(|(_, aupr)| aupr).collect(),
        mean: summary.aupr?.mean,
        colour: match () {
            () if summary.method == REFERENCE => palette::BLUE,
            () if bound => palette::GREY,
            () => palette::BLACK,
        },
    })
}
