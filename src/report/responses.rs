//! The wild type beside the perturbed: over time, over doses, or at rest.

use plotters::style::RGBColor;

use super::canvas::{Canvas, Pixel, Stands, colour, draw};
use super::plot::Plot;
use super::scale::Scale;

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

/// Panels side by side.
const COLUMNS: usize = 3;
const PANEL: (i32, i32) = (300, 210);
const TOP: i32 = 70;
/// Longest name of a gene that is written out.
const LONGEST: usize = 24;

/// A panel a gene: levels against `x`, which all of them share.
///
/// * `title`, `x_title`: of the picture and of the axes
///
/// # Panics   if a course has another length than `x` (a bug in the caller).
#[must_use]
pub fn courses(title: &str, x_title: &str, x: &[f64], panels: &[Course]) -> String {
    let rows = panels.len().div_ceil(COLUMNS).max(1) as i32;
    let size = (COLUMNS as i32 * PANEL.0 + 20, TOP + rows * PANEL.1 + 10);
    draw((size.0 as u32, size.1 as u32), |canvas| {
        canvas.title((14, 24), title);
        key(canvas, panels, colour::SKY);
        for (at, one) in panels.iter().enumerate() {
            let left = 10 + (at % COLUMNS) as i32 * PANEL.0;
            let top = TOP + (at / COLUMNS) as i32 * PANEL.1;
            panel(canvas, (left, top), (x_title, x), one);
        }
    })
}

fn panel(canvas: &Canvas<'_>, (left, top): Pixel, (x_title, x): (&str, &[f64]), one: &Course) {
    assert_eq!(one.perturbed.len(), x.len(), "one level a time");
    let (least, most) = range(one);
    let plot = Plot {
        edges: (left + 62, top + 24, left + PANEL.0 - 14, top + PANEL.1 - 52),
        x: Scale::linear_between(x[0], x[x.len() - 1], 4),
        y: Scale::linear_between(least.min(0.0), most, 4),
    };
    plot.axes(canvas, x_title, "");
    canvas.text(
        (left + 62, top + 10),
        &short(&one.title),
        Stands::Right,
        colour::BLACK,
    );
    let line = |levels: &[f64]| -> Vec<Pixel> {
        let points = x.iter().zip(levels);
        points.map(|(x, y)| plot.at(*x, *y)).collect()
    };
    if !one.band.is_empty() {
        let lows: Vec<f64> = one.band.iter().map(|band| band.0).collect();
        let highs: Vec<f64> = one.band.iter().map(|band| band.1).collect();
        let mut corners = line(&lows);
        corners.extend(line(&highs).into_iter().rev());
        canvas.polygon(&corners, colour::SKY, 0.35);
    }
    canvas.line(&line(&one.wild_type), colour::GREY, 2);
    canvas.line(&line(&one.perturbed), colour::BLUE, 2);
}

/// Least and largest level of all that is drawn.
fn range(one: &Course) -> (f64, f64) {
    let bands = one.band.iter().flat_map(|(low, high)| [*low, *high]);
    let all = one.wild_type.iter().chain(&one.perturbed).copied();
    let levels = all.chain(bands).filter(|x| x.is_finite());
    levels.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| {
        (low.min(x), high.max(x))
    })
}

const ROW: i32 = 40;
const NAMES: i32 = 210;
const WIDTH: i32 = 760;

/// A pair of bars a gene, from its one level without and its one with interventions.
///
/// # Panics   if a course has no level (a bug in the caller).
#[must_use]
pub fn bars(title: &str, x_title: &str, genes: &[Course]) -> String {
    let bottom = TOP + ROW * genes.len().max(1) as i32;
    let levels = genes.iter().map(range);
    let (least, most) = levels.fold((0.0, 0.0), |(low, high): (f64, f64), one| {
        (low.min(one.0), high.max(one.1))
    });
    draw((WIDTH as u32, (bottom + 60) as u32), |canvas| {
        canvas.title((14, 24), title);
        key(canvas, genes, colour::BLACK);
        let plot = Plot {
            edges: (NAMES, TOP, WIDTH - 24, bottom),
            x: Scale::linear_between(least, most, 6),
            y: Scale::linear(1.0),
        };
        plot.x_axis(canvas, x_title);
        let zero = plot.at(0.0, 0.0).0;
        for (at, one) in genes.iter().enumerate() {
            let top = TOP + ROW * at as i32;
            let name = short(&one.title);
            canvas.text(
                (NAMES - 8, top + ROW / 2),
                &name,
                Stands::Left,
                colour::BLACK,
            );
            let bar = |level: f64, from: i32, colour| {
                let x = plot.at(level, 0.0).0;
                let corners = [
                    (zero, top + from),
                    (x, top + from),
                    (x, top + from + 13),
                    (zero, top + from + 13),
                ];
                canvas.polygon(&corners, colour, 1.0);
            };
            bar(one.wild_type[0], 6, colour::GREY);
            bar(one.perturbed[0], 21, colour::BLUE);
            if let Some((low, high)) = one.band.first() {
                let y = top + 27;
                let ends = [plot.at(*low, 0.0).0, plot.at(*high, 0.0).0];
                canvas.line(&[(ends[0], y), (ends[1], y)], colour::BLACK, 2);
            }
        }
        canvas.line(&[(zero, TOP), (zero, bottom)], colour::GREY, 1);
    })
}

fn key(canvas: &Canvas<'_>, drawn: &[Course], band: RGBColor) {
    let bands = drawn.iter().any(|one| !one.band.is_empty());
    let entries = [
        (14, "wild type", colour::GREY),
        (124, "perturbed", colour::BLUE),
        (244, "range of the ensemble", band),
    ];
    for (left, text, colour) in entries.into_iter().take(if bands { 3 } else { 2 }) {
        canvas.line(&[(left, 50), (left + 24, 50)], colour, 4);
        canvas.text((left + 30, 50), text, Stands::Right, colour::BLACK);
    }
}

/// A name that fits; its middle is left out where it is too long.
fn short(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    if letters.len() <= LONGEST {
        return name.to_owned();
    }
    let (head, tail) = (
        &letters[..LONGEST / 2],
        &letters[letters.len() - LONGEST / 2 + 1..],
    );
    head.iter().chain(&['…']).chain(tail).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn course(levels: &[f64]) -> Course {
        Course {
            title: "a gene whose name is longer than any panel".to_owned(),
            wild_type: vec![1.0; levels.len()],
            perturbed: levels.to_vec(),
            band: levels.iter().map(|x| (x - 0.5, x + 0.5)).collect(),
        }
    }

    #[test]
    fn every_gene_has_its_panel_with_both_lines_and_its_band() {
        let svg = courses(
            "t",
            "time",
            &[0.0, 1.0, 2.0],
            &vec![course(&[1.0, -2.0, 0.5]); 4],
        );
        assert_eq!(svg.matches("<polygon").count(), 4);
        assert_eq!(svg.matches("a gene whose…").count(), 4);
        assert!(svg.contains("range of the ensemble") && svg.contains("−2"));
        assert!(!courses("t", "time", &[0.0], &[]).contains("ensemble"));
    }

    #[test]
    fn bars_start_at_zero_on_both_sides() {
        let mut down = course(&[-1.0]);
        down.band.clear();
        let svg = bars("t", "level", &[course(&[2.0]), down]);
        assert_eq!(svg.matches("<polygon").count(), 4);
        assert!(bars("t", "level", &[]).contains("</svg>"));
    }
}
