//! Average precision of all methods over the networks.

use cistron_truth::benchmark::{REFERENCE, Results, Row, Summary, by_network};

use super::canvas::colour;
use super::strip::{Strip, StripRow};

/// One row a method, one dot a network, chance as a line.
pub(super) fn draw(results: &Results, suite: &str) -> Option<String> {
    if !results.sizes.is_empty() {
        return None;
    }
    let own = results.summaries.iter().filter(|one| one.suite == suite);
    let own: Vec<&Summary> = own.filter(|one| one.aupr.is_some()).collect();
    let floor = own.iter().find(|one| one.method.starts_with("floor"));
    let rows: Vec<StripRow> = own.iter().filter_map(|one| row(results, one)).collect();
    let networks = own.iter().map(|one| one.networks).max()?;
    let plural = if networks == 1 { "" } else { "s" };
    let strip = Strip {
        title: format!("{suite}: average precision on {networks} network{plural}"),
        axis: "average precision (AUPR), one dot a network",
        mark: floor.and_then(|one| Some((one.aupr?.mean, "chance"))),
    };
    Some(strip.draw(&rows))
}

fn row(results: &Results, one: &Summary) -> Option<StripRow> {
    let rows = results.rows.iter();
    let own = rows.filter(|row| row.suite == one.suite && row.method == one.method);
    let own: Vec<&Row> = own.collect();
    let networks = by_network(&own, |row| Some(row.scores?.aupr));
    let bound = one.method.starts_with("floor") || one.method.starts_with("ceiling");
    Some(StripRow {
        name: one.method.clone(),
        values: networks.into_iter().map(|(_, aupr)| aupr).collect(),
        mean: one.aupr?.mean,
        colour: match () {
            () if one.method == REFERENCE => colour::BLUE,
            () if bound => colour::GREY,
            () => colour::BLACK,
        },
    })
}
