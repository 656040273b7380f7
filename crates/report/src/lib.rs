//! Pictures of a benchmark and of simulated interventions, as SVG.
//!
//! Colours are those of Okabe and Ito, which people with any colour vision tell apart; text is
//! text, so that it can be searched, and is drawn in whatever sans-serif font the reader has.

mod accuracy;
mod calibration;
mod canvas;
mod forecasts;
mod page;
mod plot;
mod response;
mod run;
mod scale;
mod scaling;
mod sheet;
mod strip;

#[cfg(test)]
mod tests;

pub use page::{Page, has_explorer, write_report};
pub use response::{Course, Mover, bars, courses, movers};
pub use run::{PictureSettings, is_run_picture, run_pictures};
pub use sheet::{PngError, png};

use cistron_truth::benchmark::Results;

/// A picture and the name of its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Name of the file, with its ending.
    pub file: String,
    /// The picture.
    pub svg: String,
    /// What it is called.
    pub title: String,
    /// What it shows, in words.
    pub description: String,
}

impl Picture {
    /// The same as PNG: the name of its file, and the bytes.
    ///
    /// # Errors   as [`png`].
    pub fn png(&self) -> Result<(String, Vec<u8>), PngError> {
        let name = self.file.strip_suffix(".svg").unwrap_or(&self.file);
        Ok((format!("{name}.png"), png(&self.svg)?))
    }
}

/// A kind of picture with what it shows, drawn of one suite; none if the suite has nothing of the
/// kind.
type Kind = (
    &'static str,
    &'static str,
    fn(&Results, &str) -> Option<String>,
);

const KINDS: [Kind; 4] = [
    ("aupr", "Average precision of all methods", accuracy::draw),
    (
        "false_edges",
        "Expected against true numbers of false edges",
        calibration::draw,
    ),
    (
        "size",
        "Time and memory against the number of genes",
        scaling::draw,
    ),
    (
        "forecasts",
        "Errors of forecasts of left-out series",
        forecasts::draw,
    ),
];

/// All pictures of a benchmark: for every suite the average precision of all methods, expected
/// against true numbers of false edges, time and memory against size, and errors of forecasts, as
/// far as the results have them.
///
/// With one suite the files are called `aupr.svg`, `false_edges.svg`, `size.svg` and
/// `forecasts.svg`; with several, the name of the suite follows.
#[must_use]
pub fn pictures(results: &Results) -> Vec<Picture> {
    let mut suites: Vec<&str> = results.summaries.iter().map(|s| s.suite.as_str()).collect();
    suites.dedup();
    let mut all = Vec::new();
    for suite in &suites {
        for (name, title, draw) in KINDS {
            let file = if suites.len() == 1 {
                format!("{name}.svg")
            } else {
                format!("{name}_{}.svg", in_file_name(suite))
            };
            all.extend(draw(results, suite).map(|svg| Picture {
                file,
                svg,
                title: title.to_owned(),
                description: format!("{title}, {suite}"),
            }));
        }
    }
    all
}

/// The letters and digits of a name, with `_` for whatever lies between them.
fn in_file_name(name: &str) -> String {
    let parts = name.split(|c: char| !c.is_ascii_alphanumeric());
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    parts.join("_").to_lowercase()
}
