//! A panel per gene.

use super::{
    FILE, GeneLevels, LevelTitles, MEASURED, NOTHING_CHANGES, band, legend, names, perturbed,
    wild_type,
};
use crate::Picture;
use crate::picture::Drawing;
use crate::svg::{
    Axes, Axis, Fill, Frame, Point, Sample, Scene, TEXT, TextStyle, WIDTH, shortened,
};

/// Panels side by side.
const COLUMNS: usize = 3;
const TOP: f64 = 64.0;
const LEFT: f64 = 24.0;
const PANEL: (f64, f64) = ((WIDTH - LEFT - 8.0) / COLUMNS as f64, 164.0);
/// Room for the numbers of a panel.
const NUMBERS: f64 = 44.0;

/// A panel per gene with its levels against `x`, which all of them share: `response.svg`.
///
/// # Panics   if a gene has more or fewer levels than `x` (a bug in the caller).
#[must_use]
pub fn courses(titles: LevelTitles<'_>, x: &[f64], genes: &[GeneLevels]) -> Picture {
    let LevelTitles {
        title,
        x: x_title,
        unit,
    } = titles;
    if genes.is_empty() {
        return Drawing::empty(title, NOTHING_CHANGES).named(FILE);
    }
    let bottom = TOP + genes.len().div_ceil(COLUMNS) as f64 * PANEL.1;
    let mut scene = Scene::titled(bottom + 30.0, title);
    legend(&mut scene, genes, Sample::Area(band()));
    let below = (f64::midpoint(LEFT + NUMBERS, WIDTH), bottom + 10.0);
    scene.text(below, x_title, TextStyle::text().middle());
    let beside = (14.0, f64::midpoint(TOP, bottom));
    let style = TextStyle::text().middle().upwards();
    scene.text(beside, &format!("level ({unit})"), style);
    for (at, gene) in genes.iter().enumerate() {
        let corner = (
            LEFT + (at % COLUMNS) as f64 * PANEL.0,
            TOP + (at / COLUMNS) as f64 * PANEL.1,
        );
        draw_panel(&mut scene, corner, x, gene);
    }
    let description = format!(
        "Levels of the genes that change most, without and with interventions, against {x_title}: \
         {}.",
        names(genes)
    );
    Drawing::new(scene, title, description).named(FILE)
}

fn draw_panel(scene: &mut Scene, corner: Point, x: &[f64], gene: &GeneLevels) {
    assert_eq!(gene.perturbed.len(), x.len(), "one level for each x");
    let (Some(from), Some(to)) = (x.first(), x.last()) else {
        return;
    };
    let (left, top) = corner;
    let frame = Frame {
        left: left + NUMBERS,
        top: top + 28.0,
        right: left + PANEL.0 - 10.0,
        bottom: top + PANEL.1 - 24.0,
    };
    let (least, most) = gene.range();
    let levels = Axis::linear_between(least.min(0.0), most, 4);
    let mut axes = Axes::new(frame, Axis::linear_exact(*from, *to, 4), levels);
    axes.ends_inside = true;
    axes.draw(scene, "", "");
    let name = shortened(&gene.title, TEXT, frame.right - frame.left);
    scene.text((frame.left, top + 16.0), &name, TextStyle::text());
    let lows: Vec<f64> = gene.band.iter().map(|band| band.0).collect();
    let highs: Vec<f64> = gene.band.iter().map(|band| band.1).collect();
    let mut corners = points(&axes, x, &lows);
    corners.extend(points(&axes, x, &highs).into_iter().rev());
    scene.polygon(&corners, band());
    scene.line(&points(&axes, x, &gene.wild_type), wild_type());
    scene.line(&points(&axes, x, &gene.perturbed), perturbed());
    for (x, level) in &gene.measured {
        scene.dot(axes.at(*x, *level), 2.6, Fill::new(MEASURED));
    }
}

fn points(axes: &Axes, x: &[f64], levels: &[f64]) -> Vec<Point> {
    let pairs = x.iter().zip(levels);
    pairs.map(|(x, level)| axes.at(*x, *level)).collect()
}
