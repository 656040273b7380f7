//! How often each edge was selected, and how many of the top edges are expected to be false.

use cistron::network::{Edge, MAX_FDR, Network, Sign};

use super::sign_colour;
use crate::number::{count, thousands};
use crate::picture::Drawing;
use crate::svg::{
    Axes, Axis, Fill, Frame, Point, SMALL, Sample, Scene, Stroke, TextStyle, WIDTH, legend_column,
    legend_row, palette, width,
};

const TITLE: &str = "Stability of the edges";
/// Minimum number of ranks that are drawn, as far as there are edges.
const RANKS: usize = 200;
/// Maximum number of dots: with more ranks only some have one.
const DOTS: usize = 1_200;
/// Shares of false edges whose ranks are marked: up to the first, edges stand out.
const SHARES: [f64; 2] = [MAX_FDR, 0.5];
const LEFT: f64 = 78.0;
const RIGHT: f64 = WIDTH - 18.0;

pub(super) fn draw(network: &Network) -> Drawing {
    let edges = network.edges();
    if edges.is_empty() {
        return Drawing::empty(TITLE, "The network has no edges.");
    }
    let confident = SHARES.map(|share| network.confident(share).len());
    let shown = &edges[..edges.len().min(RANKS.max(2 * confident[1]))];
    // the texts of the marks are between both fields
    let marked = confident.iter().any(|rank| *rank > 0);
    let lower = if marked { 328.0 } else { 304.0 };
    let [frequency, false_edges] = axes(shown, lower);
    let mut scene = Scene::titled(lower + 230.0, TITLE);
    draw_legend(&mut scene, shown);
    frequency.draw(&mut scene, "", "selection frequency");
    draw_dots(&mut scene, &frequency, shown);
    false_edges.draw(
        &mut scene,
        "rank of the edge, by evidence (1 has the most)",
        "expected false edges",
    );
    draw_marks(
        &mut scene,
        [&frequency, &false_edges],
        shown.len(),
        confident,
    );
    draw_expected(&mut scene, &false_edges, shown);
    Drawing::new(scene, TITLE, described(shown, edges.len(), confident))
}

/// The field of the frequencies, and the field of the expected false edges below it.
fn axes(shown: &[Edge], lower: f64) -> [Axes; 2] {
    let ranks = Axis::log_exact(1.0, (shown.len() as f64).max(2.0));
    let expected = shown.iter().map(|edge| edge.expected_false);
    let most = expected.filter(|x| x.is_finite()).fold(1.0, f64::max);
    let upper = Frame {
        left: LEFT,
        top: 84.0,
        right: RIGHT,
        bottom: 264.0,
    };
    let lower = Frame {
        top: lower,
        bottom: lower + 180.0,
        ..upper
    };
    [
        Axes::new(upper, ranks.clone(), Axis::linear_between(0.0, 1.0, 5)),
        Axes::new(lower, ranks, Axis::log_from_zero(most)),
    ]
}

fn draw_legend(scene: &mut Scene, shown: &[Edge]) {
    let entries = [
        ("activation", Sign::Activation),
        ("repression", Sign::Repression),
        ("sign unknown", Sign::Unknown),
    ];
    let entries: Vec<(Sample, &str)> = entries
        .into_iter()
        .filter(|(_, sign)| shown.iter().any(|edge| edge.sign == *sign))
        .map(|(text, sign)| (Sample::Dots(dot(sign), RADIUS), text))
        .collect();
    legend_row(scene, (14.0, 46.0), &entries);
    let text = "share of half-samples and penalties that selected the edge";
    let style = TextStyle::small().colour(palette::GREY);
    scene.text((14.0, 66.0), text, style);
}

const RADIUS: f64 = 2.4;

fn dot(sign: Sign) -> Fill {
    Fill::new(sign_colour(sign)).opacity(0.6)
}

/// All ranks where they are few, and some of them, equally far apart to the eye, where they are
/// many.
fn draw_dots(scene: &mut Scene, axes: &Axes, shown: &[Edge]) {
    let step = (axes.frame.right - axes.frame.left) / DOTS as f64;
    let mut last = f64::NEG_INFINITY;
    for edge in shown {
        let point = axes.at(edge.rank as f64, edge.frequency);
        if !point.1.is_finite() || shown.len() > DOTS && point.0 - last < step {
            continue;
        }
        last = point.0;
        scene.dot(point, RADIUS, dot(edge.sign));
    }
}

/// Ranks up to which a fifth and a half are expected to be false.
fn draw_marks(scene: &mut Scene, axes: [&Axes; 2], shown: usize, confident: [usize; 2]) {
    let stroke = Stroke::new(palette::GREY, 1.0).dashed();
    let mut before = f64::NEG_INFINITY;
    for (share, rank) in SHARES.into_iter().zip(confident) {
        if rank == 0 || rank > shown {
            continue;
        }
        let x = axes[0].x_at(rank as f64);
        for axes in axes {
            scene.line(&[(x, axes.frame.top), (x, axes.frame.bottom)], stroke);
        }
        let text = format!(
            "top {}: {:.0} % expected to be false",
            thousands(rank),
            100.0 * share
        );
        let room = width(&text, SMALL);
        // two ranks that are close have their texts one above the other
        let level = if x - before < room + 12.0 {
            313.0
        } else {
            299.0
        };
        let middle = x.clamp(LEFT + room / 2.0, RIGHT - room / 2.0);
        let style = TextStyle::small().middle().halo();
        scene.text((middle, level), &text, style);
        before = x;
    }
}

fn draw_expected(scene: &mut Scene, axes: &Axes, shown: &[Edge]) {
    let end = axes.y.high().min(shown.len() as f64);
    // a curve to the eye, since the ranks are drawn by ratios
    let steps = 60;
    let all_false: Vec<Point> = (0..=steps)
        .map(|k| end.powf(f64::from(k) / f64::from(steps)))
        .map(|rank| axes.at(rank, rank))
        .collect();
    let [if_all, expected] = [(palette::GREY, 1.2), (palette::BLACK, 2.0)]
        .map(|(colour, width)| Stroke::new(colour, width));
    scene.line(&all_false, if_all);
    let points = shown
        .iter()
        .map(|edge| axes.at(edge.rank as f64, edge.expected_false));
    scene.line(&thinned(points), expected);
    let legend = [
        (Sample::Line(if_all), "if all were false"),
        (Sample::Line(expected), "expected"),
    ];
    legend_column(scene, (LEFT + 12.0, axes.frame.top + 14.0), &legend);
}

/// Points at least a third of a pixel apart, and the last one.
pub(super) fn thinned(points: impl Iterator<Item = Point>) -> Vec<Point> {
    let mut kept: Vec<Point> = Vec::new();
    let mut last = None;
    for point in points {
        last = Some(point);
        let near = kept
            .last()
            .is_some_and(|kept| (kept.0 - point.0).hypot(kept.1 - point.1) < 0.35);
        if !near {
            kept.push(point);
        }
    }
    kept.extend(last.filter(|last| kept.last() != Some(last)));
    kept
}

fn described(shown: &[Edge], edges: usize, confident: [usize; 2]) -> String {
    let often = shown.iter().filter(|edge| edge.frequency >= 0.9).count();
    format!(
        "Above, how often each of the top {} of {} was selected, against its rank: {} in at least \
         nine tenths of the half-samples. Below, the expected number of false edges up to each \
         rank. {} {}",
        thousands(shown.len()),
        count(edges, "candidate edge"),
        thousands(often),
        described_rank(confident[0], "a fifth"),
        described_rank(confident[1], "half"),
    )
}

fn described_rank(rank: usize, share: &str) -> String {
    match rank {
        0 => format!("At no rank are at most {share} of the edges expected to be false."),
        rank => format!(
            "Up to rank {}, at most {share} are expected to be false.",
            thousands(rank)
        ),
    }
}
