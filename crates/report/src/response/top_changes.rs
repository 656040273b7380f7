//! The genes that change most, up or down.

use super::{NOTHING_CHANGES, whisker};
use crate::Picture;
use crate::number::significant;
use crate::picture::Drawing;
use crate::svg::{
    Axes, Axis, Fill, Frame, Scene, Stroke, TEXT, TextStyle, WIDTH, label, palette, shortened,
    width,
};

/// What interventions do to one gene.
#[derive(Clone, Debug, PartialEq)]
pub struct TopChange {
    /// The gene.
    pub gene: String,
    /// By how much its level changes where it changes most, in units of the data.
    pub change: f64,
    /// When that is; none in the steady state.
    pub time: Option<f64>,
    /// Logarithm to base 2 of the ratio of both levels; none if one of them is not above 0.
    pub log2_fold: Option<f64>,
    /// Smallest and largest change over the ensemble; none without an ensemble.
    pub band: Option<(f64, f64)>,
}

const FILE: &str = "top_changes.svg";
const ROW: f64 = 22.0;
const TOP: f64 = 66.0;
/// Most room for names.
const NAMES: f64 = 170.0;
/// Larger log2 fold changes are given as larger than this: a level that falls to almost nothing
/// has a ratio of rounding errors.
const LARGEST_FOLD: f64 = 10.0;

/// A bar per gene, to the right if its level rises and to the left if it falls, largest changes
/// first, with its log2 fold change beside it: `top_changes.svg`.
///
/// Levels that rise are blue and levels that fall vermilion; thin lines are the range of the
/// ensemble.
///
/// * `unit`: of the levels
#[must_use]
pub fn top_changes(title: &str, unit: &str, changes: &[TopChange]) -> Picture {
    if changes.is_empty() {
        return Drawing::empty(title, NOTHING_CHANGES).named(FILE);
    }
    let names = changes.iter().map(|change| width(&change.gene, TEXT));
    let frame = Frame {
        left: 14.0 + names.fold(40.0, f64::max).min(NAMES) + 8.0,
        top: TOP,
        right: WIDTH - 84.0,
        bottom: TOP + ROW * changes.len().max(2) as f64,
    };
    let axes = Axes::new(frame, axis(changes), Axis::linear(1.0));
    let mut scene = Scene::titled(frame.bottom + 52.0, title);
    let timed = changes.iter().any(|change| change.time.is_some());
    let when = if timed {
        " at the time of the largest change"
    } else {
        ""
    };
    scene.remark(&format!(
        "Change relative to the wild type{when}; log2 fold change at the right."
    ));
    axes.x_axis(&mut scene, &format!("change of the level ({unit})"));
    let head = (WIDTH - 14.0, TOP - 6.0);
    scene.text(head, "log2 fold", TextStyle::small().end());
    for (at, change) in changes.iter().enumerate() {
        draw_bar(&mut scene, &axes, change, TOP + ROW * at as f64);
    }
    let zero = axes.x_at(0.0);
    let line = [(zero, TOP), (zero, frame.bottom)];
    scene.line(&line, Stroke::new(palette::GREY, 1.0));
    Drawing::new(scene, title, described(changes)).named(FILE)
}

fn axis(changes: &[TopChange]) -> Axis {
    let ends = changes.iter().flat_map(|change| {
        let (low, high) = change.band.unwrap_or((change.change, change.change));
        [change.change, low, high]
    });
    let ends = ends.filter(|x| x.is_finite());
    let (least, most) = ends.fold((0.0, 0.0), |(low, high): (f64, f64), x| {
        (low.min(x), high.max(x))
    });
    Axis::linear_between(least, most, 5)
}

fn draw_bar(scene: &mut Scene, axes: &Axes, change: &TopChange, top: f64) {
    let middle = top + ROW / 2.0;
    let name = shortened(&change.gene, TEXT, NAMES);
    let beside = (axes.frame.left - 8.0, middle);
    scene.text(beside, &name, TextStyle::text().end());
    let colour = if change.change < 0.0 {
        palette::VERMILION
    } else {
        palette::BLUE
    };
    let (zero, x) = (axes.x_at(0.0), axes.x_at(change.change));
    let size = ((x - zero).abs(), ROW - 8.0);
    // not finite where the change is not: then there is no bar
    scene.rect((x.min(zero), top + 4.0), size, 0.0, Fill::new(colour));
    if let Some((low, high)) = change.band {
        let stroke = Stroke::new(palette::BLACK, 1.3);
        whisker(scene, [axes.x_at(low), axes.x_at(high)], middle, stroke);
    }
    let fold = fold(change.log2_fold);
    scene.text((WIDTH - 14.0, middle), &fold, TextStyle::small().end());
}

fn fold(log2: Option<f64>) -> String {
    match log2 {
        Some(x) if x > LARGEST_FOLD => format!("> {LARGEST_FOLD}"),
        Some(x) if x < -LARGEST_FOLD => format!("< −{LARGEST_FOLD}"),
        Some(x) if x.is_finite() => format!("{x:+.2}").replace('-', "−"),
        _ => "–".to_owned(),
    }
}

fn described(changes: &[TopChange]) -> String {
    let sentences: Vec<String> = changes
        .iter()
        .map(|change| {
            let verb = if change.change < 0.0 {
                "falls"
            } else {
                "rises"
            };
            let when = change
                .time
                .map_or_else(String::new, |time| format!(" at time {}", label(time)));
            let size = significant(change.change.abs(), 3);
            format!("{} {verb} by {size}{when}", change.gene)
        })
        .collect();
    let sentences = sentences.join(", ");
    format!("The genes whose levels change most: {sentences}.")
}
