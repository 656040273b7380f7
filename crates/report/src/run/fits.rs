//! Measured and predicted courses of the genes that the model fits worst and best.

use super::Drawing;
use super::panels::{Panel, key, time_title};
use crate::scale::Scale;
use crate::sheet::{Frame, Look, Sheet, Stroke, TEXT, WIDTH, palette, shortened};
use cistron::genes::Gene;
use cistron::io::Curve;
use cistron::run::Run;

const TITLE: &str = "Measured and predicted expression";
/// Series that have a panel.
const SERIES: usize = 4;
/// Panels in a row.
const COLUMNS: usize = 4;
const TOP: f64 = 82.0;
const LEFT: f64 = 30.0;
const NUMBERS: f64 = 42.0;
const PANEL: f64 = 68.0;
const BLOCK: f64 = 128.0;
const HEADING: f64 = 34.0;

/// A gene and its error.
pub(super) struct Misfit {
    pub(super) gene: Gene,
    /// Root mean square of what is missing, in standard deviations of what was measured; none for
    /// genes that do not vary.
    pub(super) error: Option<f64>,
}

/// The error of a gene over all series.
pub(super) fn misfit(curves: &[Curve], gene: Gene) -> Misfit {
    let (mut sum, mut squares, mut missing, mut count) = (0.0, 0.0, 0.0, 0.0);
    for curve in curves {
        for k in 0..curve.times.len() {
            let at = (k, gene.index());
            let (seen, said) = (curve.observed[at], curve.fitted[at]);
            if seen.is_finite() && said.is_finite() {
                sum += seen;
                squares += seen * seen;
                missing += (seen - said).powi(2);
                count += 1.0;
            }
        }
    }
    let mean = sum / count;
    let variance = squares / count - mean * mean;
    let varies = count > 1.0 && variance > 1e-12 * mean * mean && variance > 0.0;
    let error = varies.then(|| (missing / count / variance).sqrt());
    let error = error.filter(|error| error.is_finite());
    Misfit { gene, error }
}

/// Genes under one heading.
struct Section<'a> {
    heading: String,
    genes: &'a [Misfit],
}

pub(super) fn draw(run: &Run) -> Drawing {
    let curves = &run.curves;
    if curves.iter().all(|curve| curve.times.is_empty()) {
        return Drawing::nothing(TITLE, "The run holds no courses.");
    }
    let mut ranked: Vec<Misfit> = run
        .genes()
        .iter()
        .map(|gene| misfit(curves, gene))
        .collect();
    // worst first; genes that do not vary last, in their order
    let error = |one: &Misfit| one.error.unwrap_or(-1.0);
    ranked.sort_by(|a, b| error(b).total_cmp(&error(a)));
    let varying = ranked.iter().filter(|one| one.error.is_some()).count();
    let shown = curves.len().min(SERIES);
    let side_by_side = if shown == 1 { 3 } else { COLUMNS / shown };
    let each = if shown == 1 { 6 } else { 3 * side_by_side };
    let sections = sections(&ranked, varying, each);
    let rows = |section: &Section<'_>| section.genes.len().div_ceil(side_by_side);
    let height: f64 = sections
        .iter()
        .map(|section| HEADING + BLOCK * rows(section) as f64)
        .sum();
    let mut sheet = Sheet::new(WIDTH, TOP + height + 26.0);
    let about = about(curves.len(), shown);
    heading(&mut sheet, &about, curves);
    let mut top = TOP;
    for section in &sections {
        section_title(&mut sheet, top, &section.heading);
        top += HEADING;
        for (at, one) in section.genes.iter().enumerate() {
            let corner = (
                LEFT + (at % side_by_side) as f64 * block_width(side_by_side),
                top + (at / side_by_side) as f64 * BLOCK,
            );
            block(&mut sheet, run, one, (corner, shown, side_by_side));
        }
        top += BLOCK * rows(section) as f64;
    }
    let middle = (f64::midpoint(LEFT + NUMBERS, WIDTH), top + 6.0);
    sheet.text(middle, time_title(run), Look::text().middle());
    let middle = (18.0, f64::midpoint(TOP, top));
    let look = Look::text().middle().upwards();
    sheet.text(middle, "expression (units of the data)", look);
    Drawing::new(sheet, TITLE, described(run, &sections, &about))
}

fn about(series: usize, shown: usize) -> String {
    let of_series = match series {
        1 => String::new(),
        all if all > shown => format!("The first {shown} of {all} series. "),
        all => format!("{all} series. "),
    };
    format!(
        "{of_series}Errors are root mean squares over all samples, in standard deviations (sd) of \
         the gene."
    )
}

fn heading(sheet: &mut Sheet, about: &str, curves: &[Curve]) {
    sheet.text((14.0, 22.0), TITLE, Look::title());
    let grey = Look::small().colour(palette::GREY);
    sheet.text((14.0, 44.0), about, grey);
    let with_forecast = curves.iter().any(|curve| curve.forecast.is_some());
    key(sheet, 65.0, with_forecast);
}

fn section_title(sheet: &mut Sheet, top: f64, text: &str) {
    let rule = [(LEFT + NUMBERS, top + 3.0), (WIDTH - 14.0, top + 3.0)];
    sheet.line(&rule, Stroke::new(palette::GREY, 1.0));
    let look = Look::title().colour(palette::GREY);
    sheet.text((LEFT + NUMBERS, top + 16.0), text, look);
}

/// The worst and the best genes; all of them, and those that never change, where they are few.
fn sections(ranked: &[Misfit], varying: usize, each: usize) -> Vec<Section<'_>> {
    let section = |heading: &str, genes| Section {
        heading: heading.to_owned(),
        genes,
    };
    if varying == 0 {
        let few = &ranked[..ranked.len().min(each)];
        return vec![section("No gene varies", few)];
    }
    if varying <= 2 * each {
        return vec![section(
            "All genes that vary, the worst fit first",
            &ranked[..varying],
        )];
    }
    vec![
        section("Fitted worst", &ranked[..each]),
        section("Fitted best", &ranked[varying - each..varying]),
    ]
}

fn block_width(side_by_side: usize) -> f64 {
    (WIDTH - LEFT - 8.0) / side_by_side as f64
}

/// A gene: its name, its error and a panel a series.
fn block(
    sheet: &mut Sheet,
    run: &Run,
    one: &Misfit,
    ((left, top), series, side_by_side): ((f64, f64), usize, usize),
) {
    let room = block_width(side_by_side) - NUMBERS - 6.0;
    let error = match one.error {
        Some(error) => format!(": {error:.2} sd"),
        None => ": constant".to_owned(),
    };
    let name_room = room - crate::sheet::width(&error, TEXT);
    let name = shortened(run.genes().name(one.gene), TEXT, name_room);
    sheet.text((left + NUMBERS, top + 8.0), &(name + &error), Look::text());
    let panels: Vec<Panel<'_>> = run
        .curves
        .iter()
        .take(series)
        .map(|curve| Panel {
            curve,
            gene: one.gene.index(),
        })
        .collect();
    let (least, most) = Panel::range(&panels);
    let y = Scale::linear_between(least, most, 3);
    let gap = 10.0;
    let each = (room - gap * (series as f64 - 1.0)) / series as f64;
    for (at, panel) in panels.iter().enumerate() {
        let from = left + NUMBERS + at as f64 * (each + gap);
        let frame = Frame {
            left: from,
            top: top + 34.0,
            right: from + each,
            bottom: top + 34.0 + PANEL,
        };
        panel.draw(sheet, frame, &y, at == 0);
    }
}

fn described(run: &Run, sections: &[Section<'_>], about: &str) -> String {
    let genes = |section: &Section<'_>| {
        let name = |one: &Misfit| {
            let name = run.genes().name(one.gene);
            match one.error {
                Some(error) => format!("{name} ({error:.2})"),
                None => name.to_owned(),
            }
        };
        let names: Vec<String> = section.genes.iter().map(name).collect();
        format!("{}: {}.", section.heading, names.join(", "))
    };
    let all: Vec<String> = sections.iter().map(genes).collect();
    format!(
        "Measured samples as dots and the courses of the model as lines, a panel a gene and \
         series. {about} {}",
        all.join(" ")
    )
}
