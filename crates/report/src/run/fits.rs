//! Measured and predicted courses of the genes that the model fits worst and best.

use cistron::genes::Gene;
use cistron::io::Curve;
use cistron::run::Run;

use super::panels::{Panel, legend, time_title};
use crate::picture::Drawing;
use crate::svg::{
    Axis, Frame, Point, Scene, Stroke, TEXT, TextStyle, WIDTH, palette, shortened, width,
};

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
/// Between two panels of a gene.
const GAP: f64 = 10.0;

/// A gene and its error.
pub(super) struct Misfit {
    pub(super) gene: Gene,
    /// Root mean square of measured minus fitted level, in standard deviations of the measured
    /// levels; none for genes that do not vary.
    pub(super) error: Option<f64>,
}

/// The error of a gene over all series.
pub(super) fn misfit(curves: &[Curve], gene: Gene) -> Misfit {
    let (mut sum, mut squares, mut missed, mut count) = (0.0, 0.0, 0.0, 0.0);
    for curve in curves {
        for k in 0..curve.times.len() {
            let cell = (k, gene.index());
            let (observed, fitted) = (curve.observed[cell], curve.fitted[cell]);
            if observed.is_finite() && fitted.is_finite() {
                sum += observed;
                squares += observed * observed;
                missed += (observed - fitted).powi(2);
                count += 1.0;
            }
        }
    }
    let mean = sum / count;
    let variance = squares / count - mean * mean;
    // below this share of the mean, what is left is rounding
    let varies = count > 1.0 && variance > 1e-12 * mean * mean && variance > 0.0;
    let error = varies.then(|| (missed / count / variance).sqrt());
    Misfit {
        gene,
        error: error.filter(|error| error.is_finite()),
    }
}

/// Genes under one heading.
struct Section<'a> {
    heading: &'static str,
    genes: &'a [Misfit],
}

/// How panels are arranged.
#[derive(Clone, Copy)]
struct GeneGrid {
    /// Series that have a panel.
    series: usize,
    /// Genes in a row.
    columns: usize,
    /// Genes in a section.
    genes: usize,
}

impl GeneGrid {
    fn new(series: usize) -> Self {
        let series = series.min(SERIES);
        match series {
            1 => Self {
                series,
                columns: 3,
                genes: 6,
            },
            series => Self {
                series,
                columns: COLUMNS / series,
                genes: 3 * (COLUMNS / series),
            },
        }
    }

    /// Width of a gene.
    fn width(self) -> f64 {
        (WIDTH - LEFT - 8.0) / self.columns as f64
    }

    /// Height of a section without its heading.
    fn height(self, section: &Section<'_>) -> f64 {
        BLOCK * section.genes.len().div_ceil(self.columns) as f64
    }
}

pub(super) fn draw(run: &Run) -> Drawing {
    let curves = &run.curves;
    if curves.iter().all(|curve| curve.times.is_empty()) {
        return Drawing::empty(TITLE, "The run has no courses.");
    }
    let genes = run.genes().iter();
    let mut ranked: Vec<Misfit> = genes.map(|gene| misfit(curves, gene)).collect();
    // worst first; genes that do not vary last, in their order
    ranked.sort_by(|a, b| b.error.unwrap_or(-1.0).total_cmp(&a.error.unwrap_or(-1.0)));
    let grid = GeneGrid::new(curves.len());
    let sections = sections(&ranked, grid.genes);
    let heights = sections.iter().map(|s| HEADING + grid.height(s));
    let bottom = TOP + heights.sum::<f64>();
    let mut scene = Scene::titled(bottom + 26.0, TITLE);
    let about = about(curves.len(), grid.series);
    scene.remark(&about);
    let with_forecast = curves.iter().any(|curve| curve.forecast.is_some());
    legend(&mut scene, 65.0, with_forecast);
    let mut top = TOP;
    for section in &sections {
        draw_heading(&mut scene, top, section.heading);
        top += HEADING;
        for (at, misfit) in section.genes.iter().enumerate() {
            let corner = (
                LEFT + (at % grid.columns) as f64 * grid.width(),
                top + (at / grid.columns) as f64 * BLOCK,
            );
            draw_gene(&mut scene, run, misfit, corner, grid);
        }
        top += grid.height(section);
    }
    let below = (f64::midpoint(LEFT + NUMBERS, WIDTH), bottom + 6.0);
    scene.text(below, time_title(run), TextStyle::text().middle());
    let beside = (18.0, f64::midpoint(TOP, bottom));
    let style = TextStyle::text().middle().upwards();
    let unit = run.model.field.scale().stored.unit();
    scene.text(beside, &format!("expression ({unit})"), style);
    Drawing::new(scene, TITLE, described(run, &sections, &about))
}

fn about(series: usize, shown: usize) -> String {
    let which = match series {
        1 => String::new(),
        series if series > shown => format!("The first {shown} of {series} series. "),
        series => format!("{series} series. "),
    };
    format!(
        "{which}Errors are root mean squares over all samples, in standard deviations (sd) of the \
         gene."
    )
}

fn draw_heading(scene: &mut Scene, top: f64, text: &str) {
    let rule = [(LEFT + NUMBERS, top + 3.0), (WIDTH - 14.0, top + 3.0)];
    scene.line(&rule, Stroke::new(palette::GREY, 1.0));
    let style = TextStyle::title().colour(palette::GREY);
    scene.text((LEFT + NUMBERS, top + 16.0), text, style);
}

/// The worst and the best genes; all that vary, where they are few.
///
/// * `ranked`: the worst first, genes that do not vary last
/// * `most`: genes in a section
fn sections(ranked: &[Misfit], most: usize) -> Vec<Section<'_>> {
    let varying = ranked.iter().filter(|misfit| misfit.error.is_some());
    let varying = varying.count();
    if varying == 0 {
        let genes = &ranked[..ranked.len().min(most)];
        let heading = "No gene varies";
        return vec![Section { heading, genes }];
    }
    if varying <= 2 * most {
        return vec![Section {
            heading: "All genes that vary, the worst fit first",
            genes: &ranked[..varying],
        }];
    }
    vec![
        Section {
            heading: "Fitted worst",
            genes: &ranked[..most],
        },
        Section {
            heading: "Fitted best",
            genes: &ranked[varying - most..varying],
        },
    ]
}

/// A gene: its name, its error and a panel per series.
fn draw_gene(scene: &mut Scene, run: &Run, misfit: &Misfit, corner: Point, grid: GeneGrid) {
    let (left, top) = (corner.0 + NUMBERS, corner.1);
    let room = grid.width() - NUMBERS - 6.0;
    let error = match misfit.error {
        Some(error) => format!(": {error:.2} sd"),
        None => ": constant".to_owned(),
    };
    let name = run.genes().name(misfit.gene);
    let name = shortened(name, TEXT, room - width(&error, TEXT));
    scene.text((left, top + 8.0), &(name + &error), TextStyle::text());
    let curves = run.curves.iter().take(grid.series);
    let panels: Vec<Panel<'_>> = curves
        .map(|curve| Panel {
            curve,
            gene: misfit.gene.index(),
        })
        .collect();
    let (least, most) = Panel::range(&panels);
    let y = Axis::linear_between(least, most, 3);
    let count = grid.series as f64;
    let width = (room - GAP * (count - 1.0)) / count;
    for (at, panel) in panels.iter().enumerate() {
        let from = left + at as f64 * (width + GAP);
        let frame = Frame {
            left: from,
            top: top + 34.0,
            right: from + width,
            bottom: top + 34.0 + PANEL,
        };
        panel.draw(scene, frame, &y, at == 0);
    }
}

fn described(run: &Run, sections: &[Section<'_>], about: &str) -> String {
    let sections: Vec<String> = sections
        .iter()
        .map(|section| {
            let genes = section.genes.iter().map(|misfit| named_error(run, misfit));
            let genes: Vec<String> = genes.collect();
            format!("{}: {}.", section.heading, genes.join(", "))
        })
        .collect();
    format!(
        "Measured samples as dots and the courses of the model as lines, a panel per gene and \
         series. {about} {}",
        sections.join(" ")
    )
}

fn named_error(run: &Run, misfit: &Misfit) -> String {
    let name = run.genes().name(misfit.gene);
    match misfit.error {
        Some(error) => format!("{name} ({error:.2})"),
        None => name.to_owned(),
    }
}
