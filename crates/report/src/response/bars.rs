//! A pair of bars a gene, at rest.

use super::{Course, FILE, key, names};
use crate::Picture;
use crate::scale::Scale;
use crate::sheet::{
    Axes, Fill, Frame, Look, Sheet, Stroke, TEXT, TITLE, WIDTH, palette, shortened, width,
};

const ROW: f64 = 38.0;
const TOP: f64 = 66.0;
/// Most room for names.
const NAMES: f64 = 190.0;

/// A pair of bars a gene, from its one level without and its one with interventions.
///
/// # Panics   if a course has no level (a bug in the caller).
#[must_use]
pub fn bars(title: &str, x_title: &str, genes: &[Course]) -> Picture {
    let bottom = TOP + ROW * genes.len().max(1) as f64;
    let levels = genes.iter().map(Course::range);
    let (least, most) = levels.fold((0.0, 0.0), |(low, high): (f64, f64), one| {
        (low.min(one.0), high.max(one.1))
    });
    let mut sheet = Sheet::new(WIDTH, bottom + 52.0);
    let shown = shortened(title, TITLE, WIDTH - 28.0);
    sheet.text((14.0, 22.0), &shown, Look::title());
    if genes.is_empty() {
        let look = Look::text().colour(palette::GREY);
        sheet.text((14.0, TOP + 14.0), "No other gene moves.", look);
    } else {
        key(&mut sheet, genes, true);
        let longest = genes.iter().map(|one| width(&one.title, TEXT));
        let names = longest.fold(40.0, f64::max).min(NAMES);
        let frame = Frame {
            left: 14.0 + names + 8.0,
            top: TOP,
            right: WIDTH - 22.0,
            bottom,
        };
        let axes = Axes::new(
            frame,
            Scale::linear_between(least, most, 6),
            Scale::linear(1.0),
        );
        axes.x_axis(&mut sheet, &format!("{x_title} (units of the data)"));
        for (at, one) in genes.iter().enumerate() {
            pair(&mut sheet, &axes, one, TOP + ROW * at as f64);
        }
        let zero = axes.at(0.0, 0.0).0;
        let line = [(zero, TOP), (zero, bottom)];
        sheet.line(&line, Stroke::new(palette::GREY, 1.0));
    }
    let description = format!(
        "{x_title} of the genes that move most, without and with interventions: {}.",
        names(genes)
    );
    Picture {
        file: FILE.to_owned(),
        svg: sheet.finish(title, &description),
        title: title.to_owned(),
        description,
    }
}

fn pair(sheet: &mut Sheet, axes: &Axes, one: &Course, top: f64) {
    let left = axes.frame.left;
    let name = shortened(&one.title, TEXT, NAMES);
    sheet.text((left - 8.0, top + ROW / 2.0), &name, Look::text().end());
    let zero = axes.at(0.0, 0.0).0;
    let mut bar = |level: f64, from: f64, colour| {
        let x = axes.at(level, 0.0).0;
        if x.is_finite() {
            let corner = (x.min(zero), top + from);
            sheet.rect(corner, ((x - zero).abs(), 12.0), 0.0, Fill::new(colour));
        }
    };
    bar(one.wild_type[0], 6.0, palette::GREY);
    bar(one.perturbed[0], 20.0, palette::BLUE);
    if let Some((low, high)) = one.band.first() {
        let y = top + 26.0;
        let ends = [axes.at(*low, 0.0).0, axes.at(*high, 0.0).0];
        let stroke = Stroke::new(palette::BLACK, 1.5);
        sheet.line(&[(ends[0], y), (ends[1], y)], stroke);
        for x in ends {
            sheet.line(&[(x, y - 3.5), (x, y + 3.5)], stroke);
        }
    }
}
