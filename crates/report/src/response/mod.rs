//! The wild type beside the perturbed: over time, over doses, or at rest, and what moves most.

mod bars;
mod courses;
mod movers;

pub use bars::bars;
pub use courses::courses;
pub use movers::{Mover, movers};

use super::sheet::{Fill, Look, SMALL, Sheet, Stroke, palette, width};

/// One gene without and with interventions.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// What the panel is called.
    pub title: String,
    /// Levels without interventions.
    pub wild_type: Vec<f64>,
    /// Levels with them.
    pub perturbed: Vec<f64>,
    /// Least and largest level that the ensemble holds possible; empty without an ensemble.
    pub band: Vec<(f64, f64)>,
}

impl Course {
    /// Least and largest level of all that is drawn; from 0 to 1 if there is none.
    fn range(&self) -> (f64, f64) {
        let bands = self.band.iter().flat_map(|(low, high)| [*low, *high]);
        let all = self.wild_type.iter().chain(&self.perturbed).copied();
        let levels = all.chain(bands).filter(|x| x.is_finite());
        let (low, high) = levels.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| {
            (low.min(x), high.max(x))
        });
        if low <= high { (low, high) } else { (0.0, 1.0) }
    }
}

/// The name of the picture of a response.
const FILE: &str = "response.svg";

fn wild_type() -> Stroke {
    Stroke::new(palette::GREY, 2.0)
}

fn perturbed() -> Stroke {
    Stroke::new(palette::BLUE, 2.0)
}

fn band() -> Fill {
    Fill::new(palette::SKY).opacity(0.3)
}

/// What the lines are; the band of bars is a line of its own.
fn key(sheet: &mut Sheet, drawn: &[Course], as_line: bool) {
    let y = 46.0;
    let bands = drawn.iter().any(|one| !one.band.is_empty());
    let texts = ["wild type", "perturbed", "range of the ensemble"];
    let mut x = 16.0;
    for (at, text) in texts
        .into_iter()
        .enumerate()
        .take(if bands { 3 } else { 2 })
    {
        let line = [(x, y), (x + 24.0, y)];
        match at {
            0 => sheet.line(&line, wild_type()),
            1 => sheet.line(&line, perturbed()),
            _ if as_line => sheet.line(&line, Stroke::new(palette::BLACK, 1.5)),
            _ => sheet.rect((x, y - 6.0), (24.0, 12.0), 0.0, band()),
        }
        sheet.text((x + 30.0, y), text, Look::small());
        x += 30.0 + width(text, SMALL) + 20.0;
    }
}

/// Names of the genes drawn, for the description.
fn names(drawn: &[Course]) -> String {
    let names: Vec<&str> = drawn.iter().map(|one| one.title.as_str()).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests;
