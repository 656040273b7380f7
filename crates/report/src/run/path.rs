//! What comes in as the penalty weakens: the regularisation path of a target.

use super::{Drawing, counted};
use crate::scale::Scale;
use crate::sheet::{
    Axes, Frame, Look, Point, SMALL, Sheet, Stroke, TITLE, WIDTH, palette, shortened, spaced, width,
};
use cistron::genes::Gene;
use cistron::io::TargetPath;
use cistron::run::Run;

/// Regulators whose lines have a colour and a name.
const NAMED: usize = 12;
/// Room for the names.
const NAMES: f64 = 132.0;

/// A regulator's weights, and how strong it is.
struct Line<'a> {
    name: &'a str,
    weights: &'a [f64],
    strength: f64,
}

pub(super) fn draw(run: &Run, target: Gene) -> Drawing {
    let name = run.genes().name(target);
    let title = format!("Regularisation path of {}", shortened(name, TITLE, 400.0));
    let path = run.paths.iter().find(|path| path.target == target);
    let Some(path) = path.filter(|path| !path.strengths.is_empty()) else {
        return Drawing::nothing(&title, "The run holds no path of this target.");
    };
    let lines = strongest_first(run, path);
    if lines.is_empty() {
        return Drawing::nothing(
            &title,
            "No regulator comes in at any strength of the penalty.",
        );
    }
    let (axes, shares) = axes(path, &lines);
    let mut sheet = Sheet::new(WIDTH, 444.0);
    sheet.text((14.0, 22.0), &title, Look::title());
    let about = "Regulators that come in as the penalty weakens; the strongest have names.";
    sheet.text((14.0, 44.0), about, Look::small().colour(palette::GREY));
    axes.draw(
        &mut sheet,
        "strength of the penalty, as a share of the critical one (λ / λmax)",
        "weight, in standard deviations",
    );
    let zero = axes.at(1.0, 0.0).1;
    let ends = [(axes.frame.left, zero), (axes.frame.right, zero)];
    sheet.line(&ends, Stroke::new(palette::GREY, 1.0));
    chosen(&mut sheet, &axes, path.chosen);
    curves(&mut sheet, &axes, (&shares, &lines));
    let description = described(name, path, &lines);
    Drawing::new(sheet, title, description)
}

/// Regulators by their weight at the chosen strength, then by their largest.
fn strongest_first<'a>(run: &'a Run, path: &'a TargetPath) -> Vec<Line<'a>> {
    let distance = |share: &f64| (share.max(1e-12) / path.chosen.max(1e-12)).ln().abs();
    let nearest = (0..path.strengths.len())
        .min_by(|a, b| distance(&path.strengths[*a]).total_cmp(&distance(&path.strengths[*b])));
    let nearest = nearest.unwrap_or(0);
    let size = |x: f64| if x.is_finite() { x.abs() } else { 0.0 };
    let largest = |line: &Line<'_>| line.weights.iter().map(|w| size(*w)).fold(0.0, f64::max);
    let line = |(gene, weights): &'a (Gene, Vec<f64>)| Line {
        name: run.genes().name(*gene),
        weights,
        strength: weights.get(nearest).map_or(0.0, |weight| size(*weight)),
    };
    let mut lines: Vec<Line<'_>> = path.regulators.iter().map(line).collect();
    lines.retain(|line| largest(line) > 0.0);
    lines.sort_by(|a, b| {
        let stronger = b.strength.total_cmp(&a.strength);
        stronger.then(largest(b).total_cmp(&largest(a)))
    });
    lines
}

fn axes(path: &TargetPath, lines: &[Line<'_>]) -> (Axes, Vec<f64>) {
    let shares: Vec<f64> = path.strengths.iter().map(|x| x.max(1e-6)).collect();
    let weights = lines.iter().flat_map(|line| line.weights);
    let weights = weights.filter(|weight| weight.is_finite());
    let (least, most) = weights.fold((0.0, 0.0), |(low, high): (f64, f64), w| {
        (low.min(*w), high.max(*w))
    });
    let last = shares.iter().copied().fold(1.0, f64::min).min(0.999);
    let frame = Frame {
        left: 74.0,
        top: 84.0,
        right: WIDTH - NAMES,
        bottom: 390.0,
    };
    let mut axes = Axes::new(
        frame,
        Scale::log_exact(last, 1.0),
        Scale::linear_between(least, most, 6),
    );
    axes.x_falls = true;
    (axes, shares)
}

fn chosen(sheet: &mut Sheet, axes: &Axes, share: f64) {
    if !(share > 0.0 && share.is_finite()) {
        return;
    }
    let (x, frame) = (axes.at(share, 0.0).0, axes.frame);
    let stroke = Stroke::new(palette::BLACK, 1.2).dashed();
    sheet.line(&[(x, frame.top), (x, frame.bottom)], stroke);
    let text = "chosen by held-out data";
    let room = width(text, SMALL) / 2.0;
    let middle = x.clamp(frame.left + room, frame.right - room);
    sheet.text(
        (middle, frame.top - 8.0),
        text,
        Look::small().middle().halo(),
    );
}

/// The lines, the strongest above all others, with their names at their ends.
fn curves(sheet: &mut Sheet, axes: &Axes, (shares, lines): (&[f64], &[Line<'_>])) {
    let points = |line: &Line<'_>| -> Vec<Point> {
        let pairs = shares.iter().zip(line.weights);
        let points = pairs.map(|(share, weight)| axes.at(*share, *weight));
        // at the critical strength all weights are 0
        std::iter::once(axes.at(1.0, 0.0)).chain(points).collect()
    };
    let (named, others) = lines.split_at(lines.len().min(NAMED));
    for line in others {
        let stroke = Stroke::new(palette::GREY, 0.8).opacity(0.55);
        sheet.named(line.name, |sheet| sheet.line(&points(line), stroke));
    }
    let look = |at: usize| {
        let stroke = Stroke::new(palette::SERIES[at % palette::SERIES.len()], 2.0);
        if at < palette::SERIES.len() {
            stroke
        } else {
            stroke.dashed()
        }
    };
    for (at, line) in named.iter().enumerate().rev() {
        sheet.named(line.name, |sheet| sheet.line(&points(line), look(at)));
    }
    let ends: Vec<f64> = named
        .iter()
        .map(|line| points(line).last().map_or(0.0, |point| point.1))
        .map(|y| if y.is_finite() { y } else { axes.frame.bottom })
        .collect();
    let between = (axes.frame.top + 4.0, axes.frame.bottom - 4.0);
    let places = spaced(&ends, SMALL + 3.0, between);
    for (at, (line, (end, place))) in named.iter().zip(ends.iter().zip(places)).enumerate() {
        let right = axes.frame.right;
        let bridge = [(right, *end), (right + 15.0, place), (right + 22.0, place)];
        sheet.line(&bridge, look(at));
        let name = shortened(line.name, SMALL, NAMES - 32.0);
        sheet.text((right + 26.0, place), &name, Look::small());
    }
}

fn described(target: &str, path: &TargetPath, lines: &[Line<'_>]) -> String {
    let named = lines.iter().filter(|line| line.strength > 0.0).take(5);
    let names: Vec<&str> = named.map(|line| line.name).collect();
    let strongest = if names.is_empty() {
        "no regulator is in".to_owned()
    } else {
        format!("the strongest are {}", names.join(", "))
    };
    format!(
        "Standardised weights of the regulators of {target} in the linear skeleton as the penalty \
         falls from the strength that leaves none, from left to right: {} come in. At the strength \
         that held-out data chose, {:.3} of the critical one, {strongest}.",
        counted(lines.len(), "regulator"),
        path.chosen,
    )
}
