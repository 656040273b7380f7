//! Expected against true numbers of false edges.

use cistron_truth::benchmark::{CalibrationSummary, REFERENCE, Results};

use super::canvas::{Canvas, Pixel, Stands, colour, draw as draw_on};
use super::plot::Plot;
use super::scale::Scale;

const SIZE: (i32, i32) = (620, 560);
/// Ranks whose points bear their number.
const MARKED: [usize; 3] = [10, 50, 100];
/// Longest list that is drawn: nobody reads on where most edges are false.
const LONGEST: usize = 500;
/// Steps of the curves of a constant factor.
const STEPS: usize = 60;

/// The best 1, 2, 5, … edges: medians over networks, and the range of the truth.
pub(super) fn draw(results: &Results, suite: &str) -> Option<String> {
    let of = |method: &str| -> Vec<&CalibrationSummary> {
        let all = results.calibration.iter();
        let own =
            all.filter(|one| one.suite == suite && one.method == method && one.rank <= LONGEST);
        // a point that only some of the networks reach would be another median
        let most = own.clone().map(|one| one.networks).max().unwrap_or(0);
        own.filter(|one| one.networks == most).collect()
    };
    let method = results.calibration.iter().find(|one| one.suite == suite)?;
    let reference = of(REFERENCE);
    let points = if reference.is_empty() {
        of(&method.method)
    } else {
        reference
    };
    let networks = points.first()?.networks;
    let most = points.iter().fold(1.0, |most: f64, one| {
        most.max(one.expected.median).max(one.found.high)
    });
    let plot = Plot {
        edges: (84, 52, SIZE.0 - 24, SIZE.1 - 62),
        x: Scale::log_from_zero(most),
        y: Scale::log_from_zero(most),
    };
    let plural = if networks == 1 { "" } else { "s" };
    let title = format!("{suite}: false edges, expected and true, {networks} network{plural}");
    Some(draw_on((SIZE.0 as u32, SIZE.1 as u32), |canvas| {
        canvas.title((14, 24), &title);
        plot.axes(
            canvas,
            "expected false edges among the best",
            "true false edges among the best",
        );
        factors(canvas, &plot);
        curve(canvas, &plot, &points);
        key(canvas, &plot);
    }))
}

/// Where truth and expectation are equal, and where they are a factor of 2 apart.
fn factors(canvas: &Canvas<'_>, plot: &Plot) {
    let most = plot.x.high();
    for (factor, width) in [(0.5, 1), (1.0, 2), (2.0, 1)] {
        let end = most / f64::max(factor, 1.0);
        let at = |k: usize| {
            let x = ((k as f64 / STEPS as f64) * end.ln_1p()).exp_m1();
            plot.at(x, factor * x)
        };
        let line: Vec<Pixel> = (0..=STEPS).map(at).collect();
        if width == 2 {
            canvas.line(&line, colour::GREY, 2);
        } else {
            canvas.dashes(&line, colour::GREY);
        }
    }
}

fn curve(canvas: &Canvas<'_>, plot: &Plot, points: &[&CalibrationSummary]) {
    let edge = |of: fn(&CalibrationSummary) -> f64| {
        let at = move |one: &&CalibrationSummary| plot.at(one.expected.median, of(one));
        points.iter().map(at)
    };
    let band: Vec<Pixel> = edge(|one| one.found.low)
        .chain(edge(|one| one.found.high).rev())
        .collect();
    canvas.polygon(&band, colour::SKY, 0.35);
    let middle: Vec<Pixel> = edge(|one| one.found.median).collect();
    canvas.line(&middle, colour::BLUE, 2);
    for (one, &at) in points.iter().zip(&middle) {
        let marked = MARKED.contains(&one.rank);
        canvas.dot(at, if marked { 6 } else { 3 }, colour::BLUE, 1.0);
        if marked {
            let (.., bottom) = plot.edges;
            let low = at.1 + 24 > bottom;
            let beside = (at.0 + 10, at.1 + if low { -13 } else { 12 });
            let text = format!("best {}", one.rank);
            canvas.text(beside, &text, Stands::Right, colour::BLUE);
        }
    }
}

fn key(canvas: &Canvas<'_>, plot: &Plot) {
    let (left, top, ..) = plot.edges;
    let entries = [
        "expected = true",
        "a factor of 2 apart",
        "median over networks",
        "10 – 90 % of networks",
    ];
    for (at, text) in entries.into_iter().enumerate() {
        let y = top + 14 + 22 * at as i32;
        let (from, to) = ((left + 12, y), (left + 40, y));
        match at {
            0 => canvas.line(&[from, to], colour::GREY, 2),
            1 => canvas.dashes(&[from, to], colour::GREY),
            2 => {
                canvas.line(&[from, to], colour::BLUE, 2);
                canvas.dot((left + 26, y), 3, colour::BLUE, 1.0);
            }
            _ => {
                let (above, below) = (y - 7, y + 7);
                let corners = [
                    (from.0, above),
                    (to.0, above),
                    (to.0, below),
                    (from.0, below),
                ];
                canvas.polygon(&corners, colour::SKY, 0.35);
            }
        }
        canvas.text((left + 48, y), text, Stands::Right, colour::BLACK);
    }
}
