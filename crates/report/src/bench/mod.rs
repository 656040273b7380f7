//! Pictures of a benchmark: accuracy, false edges, size, forecasts.

mod accuracy;
mod calibration;
mod dot_plot;
mod forecasts;
mod scaling;

#[cfg(test)]
mod tests;

use cistron_truth::benchmark::Results;

use crate::Picture;
use crate::picture::{Drawing, in_file_name};

/// A kind of picture: the name of its file without the ending, and what draws it for one suite;
/// none if the suite has no results of the kind.
struct Kind {
    name: &'static str,
    draw: fn(&Results, &str) -> Option<Drawing>,
}

const KINDS: [Kind; 4] = [
    Kind {
        name: "aupr",
        draw: accuracy::draw,
    },
    Kind {
        name: "false_edges",
        draw: calibration::draw,
    },
    Kind {
        name: "size",
        draw: scaling::draw,
    },
    Kind {
        name: "forecasts",
        draw: forecasts::draw,
    },
];

/// All pictures of a benchmark: for every suite the average precision of all methods, expected and
/// true numbers of false edges, time and memory against size, and errors of forecasts, as far as
/// the results have them.
///
/// With one suite the files are called `aupr.svg`, `false_edges.svg`, `size.svg` and
/// `forecasts.svg`; with several, the name of the suite follows.
#[must_use]
pub fn pictures(results: &Results) -> Vec<Picture> {
    let mut suites: Vec<&str> = results.summaries.iter().map(|s| s.suite.as_str()).collect();
    suites.dedup();
    let mut pictures = Vec::new();
    for suite in &suites {
        for kind in &KINDS {
            let file = if suites.len() == 1 {
                format!("{}.svg", kind.name)
            } else {
                format!("{}_{}.svg", kind.name, in_file_name(suite))
            };
            pictures.extend((kind.draw)(results, suite).map(|drawing| drawing.named(file)));
        }
    }
    pictures
}
