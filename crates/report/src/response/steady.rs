//! A pair of bars per gene, in the steady state.

use super::{FILE, GeneLevels, LevelTitles, NOTHING_CHANGES, legend, names, whisker};
use crate::Picture;
use crate::picture::Drawing;
use crate::svg::{
    Axes, Axis, Fill, Frame, Sample, Scene, Stroke, TEXT, TextStyle, WIDTH, palette, shortened,
    width,
};

const ROW: f64 = 38.0;
const TOP: f64 = 66.0;
/// Height of a bar.
const BAR: f64 = 12.0;
/// Most room for names.
const NAMES: f64 = 190.0;

/// A pair of bars per gene, for its level without and its level with interventions:
/// `response.svg`.
///
/// # Panics   if a gene has no level (a bug in the caller).
#[must_use]
pub fn steady_levels(titles: LevelTitles<'_>, genes: &[GeneLevels]) -> Picture {
    let LevelTitles {
        title,
        x: x_title,
        unit,
    } = titles;
    if genes.is_empty() {
        return Drawing::empty(title, NOTHING_CHANGES).named(FILE);
    }
    let names_room = genes.iter().map(|gene| width(&gene.title, TEXT));
    let frame = Frame {
        left: 14.0 + names_room.fold(40.0, f64::max).min(NAMES) + 8.0,
        top: TOP,
        right: WIDTH - 22.0,
        bottom: TOP + ROW * genes.len() as f64,
    };
    let (least, most) = genes
        .iter()
        .map(GeneLevels::range)
        .fold((0.0, 0.0), |(low, high): (f64, f64), (least, most)| {
            (low.min(least), high.max(most))
        });
    let levels = Axis::linear_between(least, most, 6);
    let axes = Axes::new(frame, levels, Axis::linear(1.0));
    let mut scene = Scene::titled(frame.bottom + 52.0, title);
    legend(&mut scene, genes, Sample::Line(ensemble()));
    axes.x_axis(&mut scene, &format!("{x_title} ({unit})"));
    for (at, gene) in genes.iter().enumerate() {
        draw_pair(&mut scene, &axes, gene, TOP + ROW * at as f64);
    }
    let zero = axes.x_at(0.0);
    let line = [(zero, TOP), (zero, frame.bottom)];
    scene.line(&line, Stroke::new(palette::GREY, 1.0));
    let description = format!(
        "{x_title} of the genes that change most, without and with interventions: {}.",
        names(genes)
    );
    Drawing::new(scene, title, description).named(FILE)
}

fn ensemble() -> Stroke {
    Stroke::new(palette::BLACK, 1.5)
}

fn draw_pair(scene: &mut Scene, axes: &Axes, gene: &GeneLevels, top: f64) {
    let name = shortened(&gene.title, TEXT, NAMES);
    let beside = (axes.frame.left - 8.0, top + ROW / 2.0);
    scene.text(beside, &name, TextStyle::text().end());
    let zero = axes.x_at(0.0);
    for (level, from, colour) in [
        (gene.wild_type[0], 6.0, palette::GREY),
        (gene.perturbed[0], 20.0, palette::BLUE),
    ] {
        let x = axes.x_at(level);
        let corner = (x.min(zero), top + from);
        // not finite where the level is not: then there is no bar
        scene.rect(corner, ((x - zero).abs(), BAR), 0.0, Fill::new(colour));
    }
    if let Some((low, high)) = gene.band.first() {
        let ends = [axes.x_at(*low), axes.x_at(*high)];
        whisker(scene, ends, top + 26.0, ensemble());
    }
}
