//! The regularisation path of a target: regulators that enter as the penalty falls.

use cistron::genes::Gene;
use cistron::io::TargetPath;
use cistron::run::Run;

use super::series_stroke;
use crate::number::count;
use crate::picture::Drawing;
use crate::svg::{
    Axes, Axis, Frame, Point, SMALL, Scene, Stroke, TITLE, TextStyle, WIDTH, palette, shortened,
    spaced, width,
};

/// Regulators whose lines have a colour and a name.
const NAMED: usize = 12;
/// Room for the names.
const NAMES: f64 = 132.0;

/// A regulator's weights along the path.
struct Line<'a> {
    name: &'a str,
    weights: &'a [f64],
    /// Size of its weight at the chosen penalty.
    chosen: f64,
    /// Size of its largest weight.
    largest: f64,
}

pub(super) fn draw(run: &Run, target: Gene) -> Drawing {
    let name = run.genes().name(target);
    let title = format!("Regularisation path of {}", shortened(name, TITLE, 400.0));
    let path = run.paths.iter().find(|path| path.target == target);
    let Some(path) = path.filter(|path| !path.lambda_ratios.is_empty()) else {
        return Drawing::empty(&title, "The run has no path of this target.");
    };
    let lines = strongest_first(run, path);
    if lines.is_empty() {
        return Drawing::empty(&title, "No regulator enters at any penalty.");
    }
    let axes = axes(path, &lines);
    let mut scene = Scene::titled(444.0, &title);
    scene.remark("Regulators that enter as the penalty falls; the strongest have names.");
    axes.draw(
        &mut scene,
        "penalty λ, relative to the smallest that leaves no regulator (λ / λmax)",
        "weight, in standard deviations",
    );
    let zero = axes.y_at(0.0);
    let ends = [(axes.frame.left, zero), (axes.frame.right, zero)];
    scene.line(&ends, Stroke::new(palette::GREY, 1.0));
    mark_chosen(&mut scene, &axes, path.chosen);
    draw_lines(&mut scene, &axes, path, &lines);
    let description = described(name, path, &lines);
    Drawing::new(scene, title, description)
}

/// Regulators by their weight at the chosen penalty, then by their largest.
fn strongest_first<'a>(run: &'a Run, path: &'a TargetPath) -> Vec<Line<'a>> {
    let distances = path.lambda_ratios.iter().map(|share| {
        let ratio = share.max(1e-12) / path.chosen.max(1e-12);
        ratio.ln().abs()
    });
    let nearest = distances
        .enumerate()
        .min_by(|a, b| a.1.total_cmp(&b.1))
        .map_or(0, |(at, _)| at);
    let mut lines: Vec<Line<'_>> = path
        .regulators
        .iter()
        .map(|(gene, weights)| Line {
            name: run.genes().name(*gene),
            weights,
            chosen: weights.get(nearest).map_or(0.0, |weight| size(*weight)),
            largest: weights.iter().map(|w| size(*w)).fold(0.0, f64::max),
        })
        .collect();
    lines.retain(|line| line.largest > 0.0);
    lines.sort_by(|a, b| {
        let stronger = b.chosen.total_cmp(&a.chosen);
        stronger.then(b.largest.total_cmp(&a.largest))
    });
    lines
}

fn size(x: f64) -> f64 {
    if x.is_finite() { x.abs() } else { 0.0 }
}

/// The penalties of a path as they are drawn, by ratios.
fn shares(path: &TargetPath) -> impl Iterator<Item = f64> {
    path.lambda_ratios.iter().map(|share| share.max(1e-6))
}

fn axes(path: &TargetPath, lines: &[Line<'_>]) -> Axes {
    let weights = lines.iter().flat_map(|line| line.weights);
    let weights = weights.filter(|weight| weight.is_finite());
    let (least, most) = weights.fold((0.0, 0.0), |(low, high): (f64, f64), w| {
        (low.min(*w), high.max(*w))
    });
    let last = shares(path).fold(1.0, f64::min).min(0.999);
    let frame = Frame {
        left: 74.0,
        top: 84.0,
        right: WIDTH - NAMES,
        bottom: 390.0,
    };
    let weights = Axis::linear_between(least, most, 6);
    let mut axes = Axes::new(frame, Axis::log_exact(last, 1.0), weights);
    axes.x_falls = true;
    axes
}

fn mark_chosen(scene: &mut Scene, axes: &Axes, share: f64) {
    if !(share > 0.0 && share.is_finite()) {
        return;
    }
    let (x, frame) = (axes.x_at(share), axes.frame);
    let stroke = Stroke::new(palette::BLACK, 1.2).dashed();
    scene.line(&[(x, frame.top), (x, frame.bottom)], stroke);
    let text = "chosen by held-out data";
    let room = width(text, SMALL) / 2.0;
    let middle = x.clamp(frame.left + room, frame.right - room);
    let style = TextStyle::small().middle().halo();
    scene.text((middle, frame.top - 8.0), text, style);
}

/// The lines, the strongest above all others, with their names at their ends.
fn draw_lines(scene: &mut Scene, axes: &Axes, path: &TargetPath, lines: &[Line<'_>]) {
    let (named, others) = lines.split_at(lines.len().min(NAMED));
    for line in others {
        let stroke = Stroke::new(palette::GREY, 0.8).opacity(0.55);
        let points = points(axes, path, line);
        scene.named(line.name, |scene| scene.line(&points, stroke));
    }
    let named_points: Vec<Vec<Point>> = named.iter().map(|l| points(axes, path, l)).collect();
    for (at, (line, points)) in named.iter().zip(&named_points).enumerate().rev() {
        let stroke = series_stroke(at, 2.0);
        scene.named(line.name, |scene| scene.line(points, stroke));
    }
    let last = named_points.iter().filter_map(|points| points.last());
    let ends: Vec<f64> = last
        .map(|point| point.1)
        .map(|y| if y.is_finite() { y } else { axes.frame.bottom })
        .collect();
    let between = (axes.frame.top + 4.0, axes.frame.bottom - 4.0);
    let levels = spaced(&ends, SMALL + 3.0, between);
    for (at, (line, (end, level))) in named.iter().zip(ends.iter().zip(levels)).enumerate() {
        let right = axes.frame.right;
        let bridge = [(right, *end), (right + 15.0, level), (right + 22.0, level)];
        scene.line(&bridge, series_stroke(at, 2.0));
        let name = shortened(line.name, SMALL, NAMES - 32.0);
        scene.text((right + 26.0, level), &name, TextStyle::small());
    }
}

/// From λmax, where all weights are 0.
fn points(axes: &Axes, path: &TargetPath, line: &Line<'_>) -> Vec<Point> {
    let pairs = shares(path).zip(line.weights);
    let points = pairs.map(|(share, weight)| axes.at(share, *weight));
    std::iter::once(axes.at(1.0, 0.0)).chain(points).collect()
}

fn described(target: &str, path: &TargetPath, lines: &[Line<'_>]) -> String {
    let names: Vec<&str> = lines
        .iter()
        .filter(|line| line.chosen > 0.0)
        .take(5)
        .map(|line| line.name)
        .collect();
    let strongest = if names.is_empty() {
        "there is no regulator".to_owned()
    } else {
        format!("the strongest are {}", names.join(", "))
    };
    let entered = match lines.len() {
        1 => "1 regulator enters".to_owned(),
        lines => format!("{} enter", count(lines, "regulator")),
    };
    format!(
        "Standardised weights of the regulators of {target} in the linear part of the model as the \
         penalty falls, from left to right, from λmax, the smallest that leaves no regulator: \
         {entered}. At the penalty chosen by held-out data, {:.3} of λmax, {strongest}.",
        path.chosen,
    )
}
