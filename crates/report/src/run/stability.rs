//! How often each edge was selected, and how many of the best are expected to be false.

use super::{Drawing, counted};
use crate::scale::{Scale, label};
use crate::sheet::{
    Axes, Colour, Fill, Frame, Look, Point, SMALL, Sheet, Stroke, WIDTH, palette, width,
};
use cistron::network::{Edge, Network, Sign};

const TITLE: &str = "Stability of the edges";
/// Longest list that is drawn, at least.
const RANKS: usize = 200;
/// Dots at most: beyond, only some of the ranks have one.
const DOTS: usize = 1_200;
/// Shares of false edges whose ranks are marked.
const SHARES: [f64; 2] = [0.1, 0.5];
const LEFT: f64 = 78.0;
const RIGHT: f64 = WIDTH - 18.0;

/// The colour of a sign: blue raises, vermilion lowers.
pub(super) fn sign_colour(sign: Sign) -> Colour {
    match sign {
        Sign::Activation => palette::BLUE,
        Sign::Repression => palette::VERMILION,
        Sign::Unknown => palette::GREY,
    }
}

pub(super) fn draw(network: &Network) -> Drawing {
    let all = network.edges();
    if all.is_empty() {
        return Drawing::nothing(TITLE, "The network has no edges.");
    }
    let confident = SHARES.map(|share| network.confident(share).len());
    let shown = &all[..all.len().min(RANKS.max(2 * confident[1]))];
    let ranks = Scale::log_exact(1.0, (shown.len() as f64).max(2.0));
    let frame = |top, bottom| Frame {
        left: LEFT,
        top,
        right: RIGHT,
        bottom,
    };
    // the names of the marks stand between both fields
    let marked = confident.iter().any(|rank| *rank > 0);
    let lower = if marked { 328.0 } else { 304.0 };
    let frequency = Axes::new(
        frame(84.0, 264.0),
        ranks.clone(),
        Scale::linear_between(0.0, 1.0, 5),
    );
    let most = shown.iter().map(|edge| edge.expected_false_edges);
    let most = most.filter(|x| x.is_finite()).fold(1.0, f64::max);
    let wrong = Axes::new(frame(328.0, 508.0), ranks, Scale::log_from_zero(most));
    let mut sheet = Sheet::new(WIDTH, lower + 230.0);
    sheet.text((14.0, 22.0), TITLE, Look::title());
    key(&mut sheet, shown);
    frequency.y_axis(&mut sheet, "selection frequency");
    frequency.x_axis(&mut sheet, "");
    dots(&mut sheet, &frequency, shown);
    wrong.draw(
        &mut sheet,
        "rank of the edge, by evidence (1 is the surest)",
        "expected false edges",
    );
    marks(&mut sheet, [&frequency, &wrong], shown.len(), confident);
    expected(&mut sheet, &wrong, shown);
    Drawing::new(sheet, TITLE, described(shown, all.len(), confident))
}

fn key(sheet: &mut Sheet, shown: &[Edge]) {
    let mut x = 18.0;
    for (text, sign) in [
        ("activation", Sign::Activation),
        ("repression", Sign::Repression),
        ("sign unknown", Sign::Unknown),
    ] {
        if !shown.iter().any(|edge| edge.sign == sign) {
            continue;
        }
        sheet.dot((x, 46.0), 4.0, Fill::new(sign_colour(sign)).opacity(0.8));
        sheet.text((x + 9.0, 46.0), text, Look::small());
        x += 9.0 + width(text, SMALL) + 20.0;
    }
    let text = "share of half-samples and strengths of the penalty that selected the edge";
    sheet.text((14.0, 66.0), text, Look::small().colour(palette::GREY));
}

/// All ranks where they are few, and some of them, equally far apart to the eye, where they are
/// many.
fn dots(sheet: &mut Sheet, axes: &Axes, shown: &[Edge]) {
    let step = (axes.frame.right - axes.frame.left) / DOTS as f64;
    let mut last = f64::NEG_INFINITY;
    for edge in shown {
        let at = axes.at(edge.rank as f64, edge.frequency);
        if !at.1.is_finite() || shown.len() > DOTS && at.0 - last < step {
            continue;
        }
        last = at.0;
        let fill = Fill::new(sign_colour(edge.sign)).opacity(0.6);
        sheet.dot(at, 2.4, fill);
    }
}

/// Ranks up to which a tenth and a half are expected to be false.
fn marks(sheet: &mut Sheet, axes: [&Axes; 2], shown: usize, confident: [usize; 2]) {
    let stroke = Stroke::new(palette::GREY, 1.0).dashed();
    let mut before = f64::NEG_INFINITY;
    for (share, rank) in SHARES.into_iter().zip(confident) {
        if rank == 0 || rank > shown {
            continue;
        }
        let x = axes[0].at(rank as f64, 0.0).0;
        for axes in axes {
            sheet.line(&[(x, axes.frame.top), (x, axes.frame.bottom)], stroke);
        }
        let text = format!(
            "best {}: {:.0} % expected to be false",
            label(rank as f64),
            100.0 * share
        );
        let room = width(&text, SMALL);
        // two ranks that are near each other have their texts one above the other
        let level = if x - before < room + 12.0 {
            313.0
        } else {
            299.0
        };
        let middle = x.clamp(LEFT + room / 2.0, RIGHT - room / 2.0);
        sheet.text((middle, level), &text, Look::small().middle().halo());
        before = x;
    }
}

fn expected(sheet: &mut Sheet, axes: &Axes, shown: &[Edge]) {
    let (high, last) = (axes.y.high(), shown.len() as f64);
    let end = high.min(last);
    // a curve to the eye, since the ranks are drawn by ratios
    let steps = 60;
    let at = |k: i32| {
        let rank = end.powf(f64::from(k) / f64::from(steps));
        axes.at(rank, rank)
    };
    let all_false: Vec<Point> = (0..=steps).map(at).collect();
    sheet.line(&all_false, Stroke::new(palette::GREY, 1.2));
    let points = shown
        .iter()
        .map(|edge| axes.at(edge.rank as f64, edge.expected_false_edges));
    let points = thinned(points);
    sheet.line(&points, Stroke::new(palette::BLACK, 2.0));
    let keys = [
        ("all of them false", palette::GREY, 1.2),
        ("expected", palette::BLACK, 2.0),
    ];
    for (row, (text, colour, wide)) in keys.into_iter().enumerate() {
        let y = axes.frame.top + 14.0 + 18.0 * row as f64;
        sheet.line(
            &[(LEFT + 12.0, y), (LEFT + 38.0, y)],
            Stroke::new(colour, wide),
        );
        sheet.text((LEFT + 45.0, y), text, Look::small().halo());
    }
}

/// Points at least a third of a pixel apart, and the last one.
pub(super) fn thinned(points: impl Iterator<Item = Point>) -> Vec<Point> {
    let mut kept: Vec<Point> = Vec::new();
    let mut last = None;
    for point in points {
        last = Some(point);
        let near = |kept: &Point| (kept.0 - point.0).hypot(kept.1 - point.1) < 0.35;
        if !kept.last().is_some_and(near) {
            kept.push(point);
        }
    }
    kept.extend(last.filter(|last| kept.last() != Some(last)));
    kept
}

fn described(shown: &[Edge], all: usize, confident: [usize; 2]) -> String {
    let always = shown.iter().filter(|edge| edge.frequency >= 0.9).count();
    let up_to = |rank: usize, share: &str| match rank {
        0 => format!("At no rank are at most {share} of the edges expected to be false."),
        rank => format!(
            "Up to rank {}, at most {share} are expected to be false.",
            label(rank as f64)
        ),
    };
    format!(
        "Above, how often each of the best {} of {} was selected, against its rank: {} in at least \
         nine tenths of the half-samples. Below, the expected number of false edges up to each \
         rank. {} {}",
        label(shown.len() as f64),
        counted(all, "candidate edge"),
        label(always as f64),
        up_to(confident[0], "a tenth"),
        up_to(confident[1], "half"),
    )
}
