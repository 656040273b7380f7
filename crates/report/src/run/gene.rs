//! One gene in all series.

use cistron::genes::Gene;
use cistron::run::Run;

use super::fits::misfit;
use super::panels::{Panel, legend, time_title};
use crate::number::count;
use crate::picture::Drawing;
use crate::svg::{Axis, Frame, Scene, TITLE, TextStyle, WIDTH, shortened};

/// Panels in a row.
const COLUMNS: usize = 3;
/// Maximum number of panels: more are no longer looked at separately.
const MOST: usize = 24;
const LEFT: f64 = 66.0;
const GAP: f64 = 16.0;
const ROW: f64 = 150.0;
const TOP: f64 = 66.0;

pub(super) fn draw(run: &Run, gene: Gene) -> Drawing {
    let name = run.genes().name(gene);
    let title = format!("Expression of {}", shortened(name, TITLE, 460.0));
    let panels: Vec<Panel<'_>> = run
        .curves
        .iter()
        .filter(|curve| !curve.times.is_empty())
        .take(MOST)
        .map(|curve| Panel {
            curve,
            gene: gene.index(),
        })
        .collect();
    if panels.is_empty() {
        return Drawing::empty(&title, "The run has no courses.");
    }
    let columns = panels.len().min(COLUMNS);
    let row = if panels.len() == 1 { 2.0 * ROW } else { ROW };
    let bottom = TOP + row * panels.len().div_ceil(columns) as f64;
    let mut scene = Scene::titled(bottom + 34.0, &title);
    let with_forecast = panels.iter().any(|panel| panel.curve.forecast.is_some());
    legend(&mut scene, 46.0, with_forecast);
    let (least, most) = Panel::range(&panels);
    let y = Axis::linear_between(least, most, 4);
    let width = (WIDTH - LEFT - 14.0 - GAP * (columns as f64 - 1.0)) / columns as f64;
    for (at, panel) in panels.iter().enumerate() {
        let left = LEFT + (at % columns) as f64 * (width + GAP);
        let top = TOP + (at / columns) as f64 * row + 20.0;
        let frame = Frame {
            left,
            top,
            right: left + width,
            bottom: top + row - 46.0,
        };
        panel.draw(&mut scene, frame, &y, at % columns == 0);
    }
    let below = (f64::midpoint(LEFT, WIDTH), bottom + 12.0);
    scene.text(below, time_title(run), TextStyle::text().middle());
    let beside = (14.0, f64::midpoint(TOP, bottom));
    let style = TextStyle::text().middle().upwards();
    let unit = run.model.field.scale().stored.unit();
    scene.text(beside, &format!("expression ({unit})"), style);
    let error = match misfit(&run.curves, gene).error {
        Some(error) => format!(
            "The root mean square error of the model is {error:.2} standard deviations of the gene"
        ),
        None => "The gene does not vary".to_owned(),
    };
    let description = format!(
        "{name} in {} of {}: measured samples as dots, the model as lines. {error}.",
        panels.len(),
        count(run.curves.len(), "series"),
    );
    Drawing::new(scene, title, description)
}
