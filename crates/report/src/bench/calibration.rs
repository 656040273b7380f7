//! Expected and true numbers of false edges.

use cistron_truth::benchmark::{CalibrationSummary, REFERENCE, Results};

use crate::number::count;
use crate::picture::Drawing;
use crate::svg::{
    Axes, Axis, Fill, Frame, Point, Sample, Scene, Stroke, TextStyle, legend_column, palette,
};

const FRAME: Frame = Frame {
    left: 78.0,
    top: 46.0,
    right: 598.0,
    bottom: 500.0,
};
/// Ranks whose points have their number.
const MARKED: [usize; 3] = [10, 50, 100];
/// Longest list that is drawn: beyond it most edges are false.
const LONGEST: usize = 500;
/// Steps of the curves of a constant factor.
const STEPS: usize = 60;

/// The best 1, 2, 5, … edges: medians over networks, and the range of the truth.
pub(super) fn draw(results: &Results, suite: &str) -> Option<Drawing> {
    let points = points(results, suite)?;
    let largest = points.iter().fold(1.0, |largest: f64, point| {
        largest.max(point.expected.median).max(point.found.high)
    });
    let axis = Axis::log_from_zero(largest);
    let axes = Axes::new(FRAME, axis.clone(), axis);
    let networks = count(points[0].networks, "network");
    let title = format!("{suite}: false edges, expected and true, {networks}");
    let mut scene = Scene::titled(FRAME.bottom + 50.0, &title);
    axes.draw(
        &mut scene,
        "expected false edges among the top edges",
        "true false edges among the top edges",
    );
    draw_factors(&mut scene, &axes);
    draw_medians(&mut scene, &axes, &points);
    let legend = [
        (Sample::Line(equal()), "expected = true"),
        (Sample::Line(twice()), "a factor of 2 apart"),
        (Sample::LineWithDot(median(), 3.0), "median over networks"),
        (Sample::Area(range()), "10 – 90 % of networks"),
    ];
    legend_column(&mut scene, (FRAME.left + 14.0, FRAME.top + 16.0), &legend);
    let description = described(&title, &points);
    Some(Drawing::new(scene, title, description))
}

/// The reference method, or the first one if it is not in the results; none without results.
fn points<'a>(results: &'a Results, suite: &str) -> Option<Vec<&'a CalibrationSummary>> {
    let summaries = || results.calibration.iter().filter(|s| s.suite == suite);
    let method = summaries()
        .find(|summary| summary.method == REFERENCE)
        .or(summaries().next())?
        .method
        .as_str();
    let mut points: Vec<&CalibrationSummary> = summaries()
        .filter(|summary| summary.method == method && summary.rank <= LONGEST)
        .collect();
    // a point that only some of the networks reach would be another median
    let count = points.iter().map(|point| point.networks).max()?;
    points.retain(|point| point.networks == count);
    Some(points)
}

fn equal() -> Stroke {
    Stroke::new(palette::GREY, 2.0)
}

fn twice() -> Stroke {
    Stroke::new(palette::GREY, 1.0).dashed()
}

fn median() -> Stroke {
    Stroke::new(palette::BLUE, 2.0)
}

fn range() -> Fill {
    Fill::new(palette::SKY).opacity(0.35)
}

/// Where truth and expectation are equal, and where they are a factor of 2 apart.
fn draw_factors(scene: &mut Scene, axes: &Axes) {
    for (factor, stroke) in [(0.5, twice()), (1.0, equal()), (2.0, twice())] {
        let end = axes.x.high() / f64::max(factor, 1.0);
        let line: Vec<Point> = (0..=STEPS)
            .map(|k| ((k as f64 / STEPS as f64) * end.ln_1p()).exp_m1())
            .map(|x| axes.at(x, factor * x))
            .collect();
        scene.line(&line, stroke);
    }
}

fn draw_medians(scene: &mut Scene, axes: &Axes, points: &[&CalibrationSummary]) {
    let lows = points
        .iter()
        .map(|p| axes.at(p.expected.median, p.found.low));
    let highs = points
        .iter()
        .map(|p| axes.at(p.expected.median, p.found.high));
    scene.polygon(&lows.chain(highs.rev()).collect::<Vec<_>>(), range());
    let medians: Vec<Point> = points
        .iter()
        .map(|point| axes.at(point.expected.median, point.found.median))
        .collect();
    scene.line(&medians, median());
    for (point, &middle) in points.iter().zip(&medians) {
        let marked = MARKED.contains(&point.rank);
        let radius = if marked { 6.0 } else { 3.0 };
        scene.dot(middle, radius, Fill::new(palette::BLUE));
        if marked {
            let below = if middle.1 + 24.0 > FRAME.bottom {
                -13.0
            } else {
                12.0
            };
            let text = format!("top {}", point.rank);
            let style = TextStyle::small().colour(palette::BLUE).halo();
            scene.text((middle.0 + 10.0, middle.1 + below), &text, style);
        }
    }
}

fn described(title: &str, points: &[&CalibrationSummary]) -> String {
    let marked = points.iter().filter(|point| MARKED.contains(&point.rank));
    let marked: Vec<String> = marked
        .map(|point| {
            let (expected, found) = (point.expected.median, point.found.median);
            format!(
                "top {}: {expected:.1} expected, {found:.1} true",
                point.rank
            )
        })
        .collect();
    format!("{title}. Medians over networks: {}.", marked.join("; "))
}
