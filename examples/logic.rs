//! Two systems whose regulation no linear model can describe, and what Cistron finds.
//!
//! In the first, a middle level of the regulator activates most (a hump); in the second, a target
//! needs both of its activators (a logical AND). The example fits each with `nonlinear: false` (a
//! purely linear model, `--linear` on the command line) and with networks, both without the refit
//! (`--no-refit`), says in words what came out, and draws the responses.
//!
//! ```sh
//! cargo run --release --example logic -- FOLDER
//! ```
//!
//! writes `logic_hump.svg` and `logic_and.svg` into FOLDER (default: `target/examples-output`).
//! The seed is fixed: the pictures in `examples/pictures` are these files byte for byte.

use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use cistron::expression::Data;
use cistron::genes::Gene;
use cistron::numeric::mean;
use cistron::run::{Run, Settings, infer};
use cistron::seed::Seed;
use cistron_report::svg::{
    Axes, Axis, Fill, Frame, Point, Sample, Scene, Stroke, TextStyle, legend_column, palette,
};
use cistron_truth::simulate::{LogicCase, LogicData, LogicSettings};

const SEED: Seed = Seed(2);
const CASES: [(LogicCase, &str); 2] = [
    (LogicCase::Hump, "logic_hump.svg"),
    (LogicCase::And, "logic_and.svg"),
];

const GRID: std::ops::RangeInclusive<i32> = -50..=50;
/// Levels of the regulators that are drawn: 0.05 standard deviations per step of the grid.
const STEP: f64 = 0.05;

/// What a regulator does at a level.
type Response<'a> = &'a dyn Fn(&[f64]) -> f64;

/// One data set with both fits.
struct Study {
    data: LogicData,
    linear: Run,
    network: Run,
}

impl Study {
    fn new(case: LogicCase) -> Result<Self, Box<dyn Error>> {
        let data = case.simulate(&LogicSettings::default(), SEED);
        let fitted = |nonlinear| {
            let mut settings = Settings::default();
            settings.fit.nonlinear = nonlinear;
            // responses as the penalised fit leaves them: what it selects by
            settings.refit = None;
            infer(&Data::from(data.expression.clone()), &settings)
        };
        let (linear, network) = (fitted(false)?, fitted(true)?);
        Ok(Self {
            data,
            linear,
            network,
        })
    }

    fn samples(&self) -> Vec<Vec<f64>> {
        let series = self.data.expression.series().iter();
        series
            .flat_map(|one| one.values().row_iter())
            .map(|row| row.iter().copied().collect())
            .collect()
    }

    /// True production at levels of the regulators, minus its mean over the samples.
    fn truth(&self) -> impl Fn(&[f64]) -> f64 + '_ {
        let case = self.data.case;
        let inputs = case.regulators().len();
        let production = move |z: &[f64]| LogicCase::GAIN * case.response(z);
        let samples = self.samples();
        let at: Vec<f64> = samples.iter().map(|x| production(&x[1..=inputs])).collect();
        let center = mean(&at);
        move |z| production(z) - center
    }

    /// Fitted production minus its mean over the samples, all other genes at their mean of 0.
    fn fitted<'a>(&'a self, found: &'a Run) -> impl Fn(&[f64]) -> f64 + 'a {
        let scale = found.model.field.scale();
        let production = move |levels: &[f64]| {
            let x: Vec<f64> = levels.iter().map(|x| scale.forward(*x)).collect();
            found.model.field.component(Gene(0)).drive(&x)
        };
        let at: Vec<f64> = self.samples().iter().map(|x| production(x)).collect();
        let center = mean(&at);
        move |z| {
            let mut levels = vec![0.0; found.genes().len()];
            levels[1..=z.len()].copy_from_slice(z);
            production(&levels) - center
        }
    }

    /// What the increments say of the production, minus its mean: for every interval the mean
    /// level of the first regulator, and `(Δy + δ ∫y dt) / Δt` with the fitted decay `δ`.
    fn measured(&self) -> Vec<(f64, f64)> {
        let decay = self.network.model.field.component(Gene(0)).decay;
        let mut points = Vec::new();
        for one in self.data.expression.series() {
            let (x, t) = (one.values(), one.times());
            for n in 1..one.len() {
                let middle = |gene| f64::midpoint(x[(n, gene)], x[(n - 1, gene)]);
                let rise = (x[(n, 0)] - x[(n - 1, 0)]) / (t[n] - t[n - 1]);
                points.push((middle(1), rise + decay * middle(0)));
            }
        }
        let center = mean(&points.iter().map(|p| p.1).collect::<Vec<_>>());
        points.iter_mut().for_each(|p| p.1 -= center);
        points
    }

    fn report(&self, out: &mut impl Write) -> std::io::Result<()> {
        let rule = match self.data.case {
            LogicCase::Hump => "A middle level of the regulator activates the target most.",
            LogicCase::And => "The target needs both of its activators.",
        };
        writeln!(out, "{rule}")?;
        for (name, found) in [("linear model", &self.linear), ("Cistron", &self.network)] {
            let regulators = 1..=self.data.case.regulators().len();
            let ranks: Vec<String> = regulators
                .map(|gene| rank(found, Gene(gene)).to_string())
                .collect();
            writeln!(
                out,
                "  {name}: rank of its true regulators among {} candidates: {}; held-out R² {:.2}",
                found.genes().len() - 1,
                ranks.join(" and "),
                found.nodes[0].r_squared,
            )?;
        }
        Ok(())
    }

    fn draw(&self) -> String {
        match self.data.case {
            LogicCase::Hump => self.draw_hump(),
            LogicCase::And => self.draw_and(),
        }
    }

    fn draw_hump(&self) -> String {
        let title = "A middle level activates most";
        let mut scene = Scene::titled(420.0, title);
        let axis = "level of the regulator (standard deviations)";
        let axes = panel(&mut scene, (66.0, 620.0), axis);
        let measured = Fill::new(palette::BLACK).opacity(0.3);
        for (x, y) in self.measured() {
            if x.abs() <= 2.5 && y > -1.2 && y < 1.8 {
                scene.dot(axes.at(x, y), 2.0, measured);
            }
        }
        let mut legend = vec![(
            Sample::Dots(measured, 2.0),
            "measured, one dot per interval",
        )];
        let (truth, linear) = (self.truth(), self.fitted(&self.linear));
        let network = self.fitted(&self.network);
        let responses: [(&str, _, Response<'_>); 3] = [
            ("true response", palette::BLACK, &truth),
            ("linear model", palette::VERMILION, &linear),
            ("Cistron", palette::BLUE, &network),
        ];
        for (name, colour, response) in responses {
            let stroke = Stroke::new(colour, 2.5);
            scene.line(&curve(&axes, |x| response(&[x])), stroke);
            legend.push((Sample::Line(stroke), name));
        }
        draw_legend(&mut scene, &axes, &legend);
        let description = "Production of the target against the level of its regulator. The true \
            response has its maximum at a middle level; the fitted response follows it, and the \
            linear model does not.";
        scene.svg(title, description)
    }

    fn draw_and(&self) -> String {
        let mut scene = Scene::new(960.0, 420.0);
        let models = [("Cistron", &self.network), ("Linear model", &self.linear)];
        for (at, (name, found)) in models.into_iter().enumerate() {
            let left = 66.0 + 480.0 * at as f64;
            let title = format!("{name} (dashed), truth (solid)");
            scene.text((left, 22.0), &title, TextStyle::title());
            let axis = "level of activator 1 (standard deviations)";
            let axes = panel(&mut scene, (left, left + 394.0), axis);
            let (truth, fitted) = (self.truth(), self.fitted(found));
            let levels = [
                (1.0, palette::BLUE, "activator 2 high (+1)"),
                (0.0, palette::GREEN, "activator 2 middle (0)"),
                (-1.0, palette::VERMILION, "activator 2 low (−1)"),
            ];
            let mut legend = Vec::new();
            for (level, colour, label) in levels {
                let stroke = Stroke::new(colour, 2.5);
                scene.line(&curve(&axes, |x| truth(&[x, level])), stroke);
                scene.line(&curve(&axes, |x| fitted(&[x, level])), stroke.dashed());
                legend.push((Sample::Line(stroke), label));
            }
            draw_legend(&mut scene, &axes, &legend);
        }
        let description = "Production of a target that needs both of its activators, against the \
            level of the first, at three levels of the second. The fitted response rises only \
            where the second is high, as the true one does; the slope of the linear model is the \
            same at all levels.";
        scene.svg("A target that needs both of its activators", description)
    }
}

/// Rank of the edge from `source` into the target among all edges into the target.
fn rank(found: &Run, source: Gene) -> usize {
    let edges = found.network.edges().iter();
    let into = edges.filter(|edge| edge.target == Gene(0));
    1 + into.take_while(|edge| edge.source != source).count()
}

/// A field with both axes, between these ends from the left.
fn panel(scene: &mut Scene, ends: (f64, f64), axis: &str) -> Axes {
    let frame = Frame {
        left: ends.0,
        top: 42.0,
        right: ends.1,
        bottom: 366.0,
    };
    let levels = Axis::linear_exact(-2.5, 2.5, 6);
    let axes = Axes::new(frame, levels, Axis::linear_exact(-1.2, 1.8, 6));
    axes.draw(scene, axis, "production rate of the target, minus mean");
    axes
}

/// A response along the grid.
fn curve(axes: &Axes, response: impl Fn(f64) -> f64) -> Vec<Point> {
    let levels = GRID.map(|k| f64::from(k) * STEP);
    levels.map(|x| axes.at(x, response(x))).collect()
}

fn draw_legend(scene: &mut Scene, axes: &Axes, entries: &[(Sample, &str)]) {
    let corner = (axes.frame.left + 14.0, axes.frame.top + 16.0);
    legend_column(scene, corner, entries);
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os()
        .nth(1)
        .map_or_else(|| Path::new("target/examples-output").into(), PathBuf::from);
    fs::create_dir_all(&folder)?;
    let mut out = std::io::stdout().lock();
    for (case, name) in CASES {
        let study = Study::new(case)?;
        study.report(&mut out)?;
        let file = folder.join(name);
        fs::write(&file, study.draw())?;
        writeln!(out, "  drawn: {}", file.display())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of a picture and, apart from them, its numbers.
    fn parts(svg: &str) -> (Vec<&str>, Vec<f64>) {
        let pieces = svg.split(|c: char| " ,\"<>\n".contains(c));
        let (numbers, words): (Vec<&str>, Vec<&str>) =
            pieces.partition(|piece| piece.parse::<f64>().is_ok());
        let numbers = numbers.iter().map(|n| n.parse().expect("parsed above"));
        (words, numbers.collect())
    }

    /// Not byte for byte: another processor may round a curve to the next pixel.
    #[test]
    fn the_committed_pictures_are_drawn_again() {
        for (case, name) in CASES {
            let study = Study::new(case).expect("sound data");
            study.report(&mut Vec::new()).expect("memory takes it");
            let pictures =
                Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join("examples/pictures");
            let committed = fs::read_to_string(pictures.join(name)).expect("it is committed");
            let drawn = study.draw();
            let ((words, numbers), (found, at)) = (parts(&committed), parts(&drawn));
            assert!(words == found && numbers.len() == at.len(), "{name}");
            let apart = numbers.iter().zip(&at).map(|(a, b)| (a - b).abs());
            assert!(apart.fold(0.0, f64::max) <= 2.0, "{name}");
        }
    }
}
