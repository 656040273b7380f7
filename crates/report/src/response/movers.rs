//! What moves most, up or down.

use crate::Picture;
use crate::scale::{Scale, label};
use crate::sheet::{
    Axes, Fill, Frame, Look, Sheet, Stroke, TEXT, TITLE, WIDTH, palette, shortened, width,
};

/// What interventions do to one gene.
#[derive(Clone, Debug, PartialEq)]
pub struct Mover {
    /// The gene.
    pub gene: String,
    /// By how much its level changes where it changes most, in units of the data.
    pub change: f64,
    /// When that is; none at rest.
    pub time: Option<f64>,
    /// Logarithm to base 2 of the ratio of both levels; none if one of them is not above 0.
    pub log2_fold: Option<f64>,
    /// Least and largest change that the ensemble holds possible; none without an ensemble.
    pub band: Option<(f64, f64)>,
}

const ROW: f64 = 22.0;
const TOP: f64 = 66.0;
/// Most room for names.
const NAMES: f64 = 170.0;
/// Folds beyond this one are named so: a level that falls to next to nothing.
const LARGEST_FOLD: f64 = 10.0;

/// A bar a gene, to the right if its level rises and to the left if it falls, largest changes
/// first, with its log2 fold change beside it: `movers.svg`.
///
/// Levels that rise are blue and those that fall vermilion; thin lines are the range of the
/// ensemble.
#[must_use]
pub fn movers(title: &str, all: &[Mover]) -> Picture {
    let bottom = TOP + ROW * all.len().max(2) as f64;
    let mut sheet = Sheet::new(WIDTH, bottom + 52.0);
    let shown = shortened(title, TITLE, WIDTH - 28.0);
    sheet.text((14.0, 22.0), &shown, Look::title());
    if all.is_empty() {
        let look = Look::text().colour(palette::GREY);
        sheet.text((14.0, TOP), "No other gene moves.", look);
    } else {
        draw(&mut sheet, all, bottom);
    }
    let description = described(all);
    Picture {
        file: "movers.svg".to_owned(),
        svg: sheet.finish(title, &description),
        title: title.to_owned(),
        description,
    }
}

fn draw(sheet: &mut Sheet, all: &[Mover], bottom: f64) {
    let timed = all.iter().any(|one| one.time.is_some());
    let when = if timed {
        " at the time of the largest"
    } else {
        ""
    };
    let about = format!("Change against the wild type{when}; at the right its log2 fold.");
    sheet.text((14.0, 44.0), &about, Look::small().colour(palette::GREY));
    let names = all.iter().map(|one| width(&one.gene, TEXT));
    let names = names.fold(40.0, f64::max).min(NAMES);
    let frame = Frame {
        left: 14.0 + names + 8.0,
        top: TOP,
        right: WIDTH - 84.0,
        bottom,
    };
    let ends = all.iter().flat_map(|one| {
        let (low, high) = one.band.unwrap_or((one.change, one.change));
        [one.change, low, high]
    });
    let ends = ends.filter(|x| x.is_finite());
    let (least, most) = ends.fold((0.0, 0.0), |(low, high): (f64, f64), x| {
        (low.min(x), high.max(x))
    });
    let axes = Axes::new(
        frame,
        Scale::linear_between(least, most, 5),
        Scale::linear(1.0),
    );
    axes.x_axis(sheet, "change of the level (units of the data)");
    sheet.text((WIDTH - 14.0, TOP - 6.0), "log2 fold", Look::small().end());
    for (at, one) in all.iter().enumerate() {
        bar(sheet, &axes, one, TOP + ROW * at as f64);
    }
    let zero = axes.at(0.0, 0.0).0;
    let line = [(zero, TOP), (zero, bottom)];
    sheet.line(&line, Stroke::new(palette::GREY, 1.0));
}

fn bar(sheet: &mut Sheet, axes: &Axes, one: &Mover, top: f64) {
    let middle = top + ROW / 2.0;
    let name = shortened(&one.gene, TEXT, NAMES);
    sheet.text((axes.frame.left - 8.0, middle), &name, Look::text().end());
    let colour = if one.change < 0.0 {
        palette::VERMILION
    } else {
        palette::BLUE
    };
    let (zero, x) = (axes.at(0.0, 0.0).0, axes.at(one.change, 0.0).0);
    if x.is_finite() {
        let corner = (x.min(zero), top + 4.0);
        let size = ((x - zero).abs(), ROW - 8.0);
        sheet.rect(corner, size, 0.0, Fill::new(colour));
    }
    if let Some((low, high)) = one.band {
        let ends = [axes.at(low, 0.0).0, axes.at(high, 0.0).0];
        let stroke = Stroke::new(palette::BLACK, 1.3);
        sheet.line(&[(ends[0], middle), (ends[1], middle)], stroke);
        for x in ends {
            sheet.line(&[(x, middle - 3.5), (x, middle + 3.5)], stroke);
        }
    }
    let at = (WIDTH - 14.0, middle);
    sheet.text(at, &fold(one.log2_fold), Look::small().end());
}

fn fold(log2: Option<f64>) -> String {
    match log2 {
        Some(x) if x > LARGEST_FOLD => format!("> {LARGEST_FOLD}"),
        Some(x) if x < -LARGEST_FOLD => format!("< −{LARGEST_FOLD}"),
        Some(x) if x.is_finite() => format!("{x:+.2}").replace('-', "−"),
        _ => "–".to_owned(),
    }
}

fn described(all: &[Mover]) -> String {
    if all.is_empty() {
        return "No other gene moves.".to_owned();
    }
    let one = |one: &Mover| {
        let way = if one.change < 0.0 { "falls" } else { "rises" };
        let when = one
            .time
            .map_or_else(String::new, |time| format!(" at time {}", label(time)));
        format!("{} {way} by {}{when}", one.gene, label_of(one.change.abs()))
    };
    let all: Vec<String> = all.iter().map(one).collect();
    format!("The genes whose levels change most: {}.", all.join(", "))
}

/// Three significant digits.
fn label_of(x: f64) -> String {
    if x == 0.0 || !x.is_finite() {
        return x.to_string();
    }
    if !(1e-3..1e6).contains(&x) {
        return format!("{x:.2e}");
    }
    let decimals = (2.0 - x.log10().floor()).max(0.0) as usize;
    format!("{x:.decimals$}")
}
