//! A panel a gene.

use super::{Course, FILE, band, key, names, perturbed, wild_type};
use crate::Picture;
use crate::scale::Scale;
use crate::sheet::{Axes, Frame, Look, Point, Sheet, TEXT, TITLE, WIDTH, palette, shortened};

/// Panels side by side.
const COLUMNS: usize = 3;
const TOP: f64 = 64.0;
const LEFT: f64 = 24.0;
const PANEL: (f64, f64) = ((WIDTH - LEFT - 8.0) / COLUMNS as f64, 164.0);
/// Room for the numbers of a panel.
const NUMBERS: f64 = 44.0;

/// A panel a gene: levels against `x`, which all of them share.
///
/// * `title`, `x_title`: of the picture and of the axes
///
/// # Panics   if a course has another length than `x` (a bug in the caller).
#[must_use]
pub fn courses(title: &str, x_title: &str, x: &[f64], panels: &[Course]) -> Picture {
    let rows = panels.len().div_ceil(COLUMNS).max(1);
    let bottom = TOP + rows as f64 * PANEL.1;
    let mut sheet = Sheet::new(WIDTH, bottom + 30.0);
    let shown = shortened(title, TITLE, WIDTH - 28.0);
    sheet.text((14.0, 22.0), &shown, Look::title());
    if panels.is_empty() {
        let look = Look::text().colour(palette::GREY);
        sheet.text((14.0, TOP + 20.0), "No other gene moves.", look);
    } else {
        key(&mut sheet, panels, false);
        let middle = f64::midpoint(LEFT + NUMBERS, WIDTH);
        sheet.text((middle, bottom + 10.0), x_title, Look::text().middle());
        let look = Look::text().middle().upwards();
        let middle = (14.0, f64::midpoint(TOP, bottom));
        sheet.text(middle, "level (units of the data)", look);
    }
    for (at, one) in panels.iter().enumerate() {
        let left = LEFT + (at % COLUMNS) as f64 * PANEL.0;
        let top = TOP + (at / COLUMNS) as f64 * PANEL.1;
        panel(&mut sheet, (left, top), x, one);
    }
    let description = format!(
        "Levels of the genes that move most, without and with interventions, against {x_title}: {}.",
        names(panels)
    );
    Picture {
        file: FILE.to_owned(),
        svg: sheet.finish(title, &description),
        title: title.to_owned(),
        description,
    }
}

fn panel(sheet: &mut Sheet, (left, top): Point, x: &[f64], one: &Course) {
    assert_eq!(one.perturbed.len(), x.len(), "one level a time");
    let (least, most) = one.range();
    let frame = Frame {
        left: left + NUMBERS,
        top: top + 28.0,
        right: left + PANEL.0 - 10.0,
        bottom: top + PANEL.1 - 24.0,
    };
    let ends = |x: &[f64]| (x.first().copied(), x.last().copied());
    let (Some(from), Some(to)) = ends(x) else {
        return;
    };
    let mut axes = Axes::new(
        frame,
        Scale::linear_exact(from, to, 4),
        Scale::linear_between(least.min(0.0), most, 4),
    );
    axes.ends_inside = true;
    axes.draw(sheet, "", "");
    let name = shortened(&one.title, TEXT, frame.right - frame.left);
    sheet.text((frame.left, top + 16.0), &name, Look::text());
    let line = |levels: &[f64]| -> Vec<Point> {
        let points = x.iter().zip(levels);
        points.map(|(x, y)| axes.at(*x, *y)).collect()
    };
    if !one.band.is_empty() {
        let lows: Vec<f64> = one.band.iter().map(|band| band.0).collect();
        let highs: Vec<f64> = one.band.iter().map(|band| band.1).collect();
        let mut corners = line(&lows);
        corners.extend(line(&highs).into_iter().rev());
        corners.retain(|corner| corner.0.is_finite() && corner.1.is_finite());
        sheet.polygon(&corners, band());
    }
    sheet.line(&line(&one.wild_type), wild_type());
    sheet.line(&line(&one.perturbed), perturbed());
}
