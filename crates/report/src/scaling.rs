//! Seconds and peak memory against the number of genes.

use plotters::style::RGBColor;

use cistron_truth::benchmark::{Results, SizeSummary};

use super::canvas::{Canvas, Pixel, Stands, colour, draw as draw_on};
use super::plot::Plot;
use super::scale::Scale;

const COLOURS: [RGBColor; 7] = [
    colour::BLUE,
    colour::SKY,
    colour::ORANGE,
    colour::VERMILION,
    colour::GREEN,
    colour::PURPLE,
    colour::BLACK,
];

/// A panel: the title of its axis, and what it shows of a summary.
type Panel = (&'static str, fn(&SizeSummary) -> Option<f64>);

const PANELS: [Panel; 2] = [
    ("seconds", |one| Some(one.seconds?.mean)),
    ("peak memory of the process, MiB", |one| {
        Some(one.peak_bytes? as f64 / f64::from(1 << 20))
    }),
];

const WIDTH: i32 = 820;
const BOTTOM: i32 = 370;

/// Both panels with logarithmic axes, one line a method; none unless there are two sizes.
pub(super) fn draw(results: &Results, suite: &str) -> Option<String> {
    let own = results.sizes.iter().filter(|one| one.suite == suite);
    let own: Vec<&SizeSummary> = own
        .filter(|one| !one.method.starts_with("floor") && !one.method.starts_with("ceiling"))
        .collect();
    let genes: Vec<f64> = own.iter().map(|one| one.genes as f64).collect();
    let least = genes.iter().copied().fold(f64::INFINITY, f64::min);
    let most = genes.iter().copied().fold(0.0, f64::max);
    if least >= most {
        return None;
    }
    let mut methods: Vec<&str> = Vec::new();
    for one in &own {
        if !methods.contains(&one.method.as_str()) {
            methods.push(&one.method);
        }
    }
    let height = BOTTOM + 66 + 24 * methods.len().div_ceil(4) as i32;
    Some(draw_on((WIDTH as u32, height as u32), |canvas| {
        canvas.title((14, 24), &format!("{suite}: time and memory by size"));
        for (at, (title, value)) in PANELS.into_iter().enumerate() {
            let left = 84 + 410 * at as i32;
            let edges = (left, 52, left + 310, BOTTOM);
            panel(canvas, &own, &methods, (edges, (least, most), title, value));
        }
        for (at, method) in methods.iter().enumerate() {
            let (column, row) = (at as i32 % 4, at as i32 / 4);
            let (x, y) = (30 + 195 * column, BOTTOM + 70 + 24 * row);
            canvas.line(&[(x, y), (x + 24, y)], COLOURS[at % COLOURS.len()], 3);
            canvas.text((x + 32, y), method, Stands::Right, colour::BLACK);
        }
    }))
}

/// Edges, range of genes, title and value of a panel.
type Frame = (
    (i32, i32, i32, i32),
    (f64, f64),
    &'static str,
    fn(&SizeSummary) -> Option<f64>,
);

fn panel(
    canvas: &Canvas<'_>,
    own: &[&SizeSummary],
    methods: &[&str],
    (edges, (least, most), title, value): Frame,
) {
    let values: Vec<f64> = own
        .iter()
        .filter_map(|one| value(one))
        .filter(|x| *x > 0.0)
        .collect();
    if values.is_empty() {
        return;
    }
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(0.0, f64::max);
    let plot = Plot {
        edges,
        x: Scale::log_around(least, most),
        y: Scale::log_round(low, high),
    };
    plot.axes(canvas, "genes", title);
    // the first lies above the others where lines meet
    for (at, method) in methods.iter().enumerate().rev() {
        let colour = COLOURS[at % COLOURS.len()];
        let of = own.iter().filter(|one| one.method == *method);
        let line: Vec<Pixel> = of
            .filter_map(|one| Some(plot.at(one.genes as f64, value(one)?)))
            .collect();
        canvas.line(&line, colour, 2);
        line.iter().for_each(|&at| canvas.dot(at, 4, colour, 1.0));
    }
}
