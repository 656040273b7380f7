//! One gene in all series.

use super::Drawing;
use super::fits::misfit;
use super::panels::{Panel, key, time_title};
use crate::scale::Scale;
use crate::sheet::{Frame, Look, Sheet, WIDTH, shortened};
use cistron::genes::Gene;
use cistron::run::Run;

/// Panels in a row.
const COLUMNS: usize = 3;
/// Panels at most: more are no longer looked at one by one.
const MOST: usize = 24;
const LEFT: f64 = 66.0;
const GAP: f64 = 16.0;
const ROW: f64 = 150.0;
const TOP: f64 = 66.0;

pub(super) fn draw(run: &Run, gene: Gene) -> Drawing {
    let name = run.genes().name(gene);
    let title = format!("Expression of {}", shortened(name, 15.0, 460.0));
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
        return Drawing::nothing(&title, "The run holds no courses.");
    }
    let columns = panels.len().min(COLUMNS);
    let rows = panels.len().div_ceil(columns);
    let row = if panels.len() == 1 { 2.0 * ROW } else { ROW };
    let mut sheet = Sheet::new(WIDTH, TOP + row * rows as f64 + 34.0);
    sheet.text((14.0, 22.0), &title, Look::title());
    let with_forecast = panels.iter().any(|panel| panel.curve.forecast.is_some());
    key(&mut sheet, 46.0, with_forecast);
    let (least, most) = Panel::range(&panels);
    let y = Scale::linear_between(least, most, 4);
    let each = (WIDTH - LEFT - 14.0 - GAP * (columns as f64 - 1.0)) / columns as f64;
    for (at, panel) in panels.iter().enumerate() {
        let left = LEFT + (at % columns) as f64 * (each + GAP);
        let top = TOP + (at / columns) as f64 * row + 20.0;
        let frame = Frame {
            left,
            top,
            right: left + each,
            bottom: top + row - 46.0,
        };
        panel.draw(&mut sheet, frame, &y, at % columns == 0);
    }
    let bottom = TOP + row * rows as f64;
    let middle = f64::midpoint(LEFT, WIDTH);
    sheet.text(
        (middle, bottom + 12.0),
        time_title(run),
        Look::text().middle(),
    );
    let look = Look::text().middle().upwards();
    sheet.text(
        (14.0, f64::midpoint(TOP, bottom)),
        "expression (units of the data)",
        look,
    );
    let error = match misfit(&run.curves, gene).error {
        Some(error) => format!(
            "The root mean square error of the model is {error:.2} standard deviations of the gene"
        ),
        None => "The gene does not vary".to_owned(),
    };
    let description = format!(
        "{name} in {} of {} series: measured samples as dots, the model as lines. {error}.",
        panels.len(),
        run.curves.len(),
    );
    Drawing::new(sheet, title, description)
}
