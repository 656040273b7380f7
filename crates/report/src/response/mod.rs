//! The wild type beside the perturbed: over time, over doses, in the steady state, and the genes
//! that change most.

mod compared;
mod courses;
mod steady;
mod top_changes;

#[cfg(test)]
mod tests;

pub use compared::{ComparedChange, compared_changes};
pub use courses::courses;
pub use steady::steady_levels;
pub use top_changes::{TopChange, top_changes};

use crate::svg::{Colour, Fill, Sample, Scene, Stroke, legend_row, palette};

/// What a picture of levels and its axes are called.
#[derive(Clone, Copy, Debug)]
pub struct LevelTitles<'a> {
    /// The picture.
    pub title: &'a str,
    /// What is along the x axis.
    pub x: &'a str,
    /// The unit of the levels.
    pub unit: &'a str,
}

/// Levels of one gene without and with interventions.
#[derive(Clone, Debug, PartialEq)]
pub struct GeneLevels {
    /// The gene, or what else its panel is called.
    pub title: String,
    /// Levels without interventions.
    pub wild_type: Vec<f64>,
    /// Levels with them.
    pub perturbed: Vec<f64>,
    /// Smallest and largest level over the ensemble; empty without an ensemble.
    pub band: Vec<(f64, f64)>,
    /// Measured levels under the interventions, each at its x; drawn in courses.
    pub measured: Vec<(f64, f64)>,
}

impl GeneLevels {
    /// Smallest and largest level that is drawn; from 0 to 1 without one.
    fn range(&self) -> (f64, f64) {
        let bands = self.band.iter().flat_map(|(low, high)| [*low, *high]);
        let levels = self.wild_type.iter().chain(&self.perturbed).copied();
        let measured = self.measured.iter().map(|(_, level)| *level);
        let levels = levels
            .chain(bands)
            .chain(measured)
            .filter(|x| x.is_finite());
        let (low, high) = levels.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| {
            (low.min(x), high.max(x))
        });
        if low <= high { (low, high) } else { (0.0, 1.0) }
    }
}

/// The name of the picture of a response.
const FILE: &str = "response.svg";
const NOTHING_CHANGES: &str = "No other gene changes.";

fn wild_type() -> Stroke {
    Stroke::new(palette::GREY, 2.0)
}

fn perturbed() -> Stroke {
    Stroke::new(palette::BLUE, 2.0)
}

/// * `band`: how the range of the ensemble is drawn
fn legend(scene: &mut Scene, genes: &[GeneLevels], band: Sample) {
    let mut entries = vec![
        (Sample::Line(wild_type()), "wild type"),
        (Sample::Line(perturbed()), "perturbed"),
    ];
    if genes.iter().any(|gene| !gene.band.is_empty()) {
        entries.push((band, "range of the ensemble"));
    }
    if genes.iter().any(|gene| !gene.measured.is_empty()) {
        entries.push((Sample::Area(Fill::new(MEASURED)), "measured"));
    }
    legend_row(scene, (16.0, 46.0), &entries);
}

/// Colour of measured levels.
const MEASURED: Colour = palette::VERMILION;

fn band() -> Fill {
    Fill::new(palette::SKY).opacity(0.3)
}

/// Names of the genes, for the description.
fn names(genes: &[GeneLevels]) -> String {
    let names: Vec<&str> = genes.iter().map(|gene| gene.title.as_str()).collect();
    names.join(", ")
}

/// The range of an ensemble as a horizontal line with ends.
fn whisker(scene: &mut Scene, ends: [f64; 2], y: f64, stroke: Stroke) {
    scene.line(&[(ends[0], y), (ends[1], y)], stroke);
    for x in ends {
        scene.line(&[(x, y - 3.5), (x, y + 3.5)], stroke);
    }
}
