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
use cistron::fit::FitSettings;
use cistron::genes::Gene;
use cistron::numeric::mean;
use cistron::prior::Prior;
use cistron::run::{Run, Settings, infer};
use cistron::seed::Seed;
use cistron_truth::simulate::{LogicCase, LogicData, LogicSettings};
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;

const SEED: Seed = Seed(2);
const CASES: [(LogicCase, &str); 2] = [
    (LogicCase::Hump, "logic_hump.svg"),
    (LogicCase::And, "logic_and.svg"),
];

// Okabe & Ito's colours, told apart with any kind of colour vision
const BLACK: RGBColor = RGBColor(0, 0, 0);
const BLUE: RGBColor = RGBColor(0, 114, 178);
const VERMILLION: RGBColor = RGBColor(213, 94, 0);
const GREEN: RGBColor = RGBColor(0, 158, 115);

const GRID: std::ops::RangeInclusive<i32> = -50..=50;
/// Levels of the regulators that are drawn: 0.05 standard deviations a step of the grid.
const STEP: f64 = 0.05;

type Drawing = Result<(), Box<dyn Error>>;
type Panel<'a, 'b> = ChartContext<'a, SVGBackend<'b>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

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
            let fit = FitSettings {
                nonlinear,
                ..FitSettings::default()
            };
            let settings = Settings {
                fit,
                // responses as the penalised fit leaves them: what it selects by
                refit: None,
                ..Settings::default()
            };
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

    fn draw(&self) -> Result<String, Box<dyn Error>> {
        let mut svg = String::new();
        match self.data.case {
            LogicCase::Hump => self.draw_hump(&mut svg)?,
            LogicCase::And => self.draw_and(&mut svg)?,
        }
        Ok(svg)
    }

    fn draw_hump(&self, svg: &mut String) -> Drawing {
        let root = SVGBackend::with_string(svg, (720, 480)).into_drawing_area();
        root.fill(&WHITE)?;
        let title = "A middle level activates most";
        let mut panel = panel(&root, title, "level of the regulator (standard deviations)")?;
        let seen = |p: &(f64, f64)| p.0.abs() <= 2.5 && p.1 > -1.2 && p.1 < 1.8;
        let dots = self.measured().into_iter().filter(seen);
        panel
            .draw_series(dots.map(|p| Circle::new(p, 2, BLACK.mix(0.3).filled())))?
            .label("measured, one dot an interval")
            .legend(|(x, y)| Circle::new((x + 12, y), 2, BLACK.mix(0.3).filled()));
        let (truth, linear) = (self.truth(), self.fitted(&self.linear));
        let network = self.fitted(&self.network);
        line(&mut panel, "true response", BLACK, |x| truth(&[x]))?;
        line(&mut panel, "linear model", VERMILLION, |x| linear(&[x]))?;
        line(&mut panel, "Cistron", BLUE, |x| network(&[x]))?;
        legend(&mut panel)?;
        root.present()?;
        Ok(())
    }

    fn draw_and(&self, svg: &mut String) -> Drawing {
        let root = SVGBackend::with_string(svg, (960, 480)).into_drawing_area();
        root.fill(&WHITE)?;
        let halves = root.split_evenly((1, 2));
        let models = [("Cistron", &self.network), ("Linear model", &self.linear)];
        for (half, (name, found)) in halves.iter().zip(models) {
            let axis = "level of activator 1 (standard deviations)";
            let mut panel = panel(half, &format!("{name} (dashed), truth (solid)"), axis)?;
            let (truth, fitted) = (self.truth(), self.fitted(found));
            for (level, color, label) in [
                (1.0, BLUE, "activator 2 high (+1)"),
                (0.0, GREEN, "activator 2 middle (0)"),
                (-1.0, VERMILLION, "activator 2 low (−1)"),
            ] {
                line(&mut panel, label, color, |x| truth(&[x, level]))?;
                let points = grid().map(|x| (x, fitted(&[x, level])));
                let style = color.stroke_width(3);
                panel.draw_series(DashedLineSeries::new(points, 8, 6, style))?;
            }
            legend(&mut panel)?;
        }
        root.present()?;
        Ok(())
    }
}

/// Rank of the edge from `source` into the target among all edges into the target.
fn rank(found: &Run, source: Gene) -> usize {
    let edges = found.network.edges().iter();
    let into = edges.filter(|edge| edge.target == Gene(0));
    1 + into.take_while(|edge| edge.source != source).count()
}

fn grid() -> impl Iterator<Item = f64> + Clone {
    GRID.map(|k| f64::from(k) * STEP)
}

fn panel<'a, 'b>(
    area: &DrawingArea<SVGBackend<'b>, plotters::coord::Shift>,
    title: &str,
    axis: &str,
) -> Result<Panel<'a, 'b>, Box<dyn Error>>
where
    'b: 'a,
{
    let mut panel = ChartBuilder::on(area)
        .caption(title, ("sans-serif", 24))
        .margin(12)
        .x_label_area_size(52)
        .y_label_area_size(64)
        .build_cartesian_2d(-2.5..2.5, -1.2..1.8)?;
    panel
        .configure_mesh()
        .light_line_style(TRANSPARENT)
        .bold_line_style(BLACK.mix(0.12))
        .x_labels(6)
        .y_labels(7)
        .label_style(("sans-serif", 18))
        .axis_desc_style(("sans-serif", 20))
        .x_desc(axis)
        .y_desc("production rate of the target, minus mean")
        .draw()?;
    Ok(panel)
}

fn line<'b>(
    panel: &mut Panel<'_, 'b>,
    label: &str,
    color: RGBColor,
    of: impl Fn(f64) -> f64,
) -> Drawing {
    let points = grid().map(|x| (x, of(x)));
    panel
        .draw_series(LineSeries::new(points, color.stroke_width(3)))?
        .label(label)
        .legend(move |(x, y)| PathElement::new([(x, y), (x + 24, y)], color.stroke_width(3)));
    Ok(())
}

fn legend<'a, 'b: 'a>(panel: &mut Panel<'a, 'b>) -> Drawing {
    panel
        .configure_series_labels()
        .position(SeriesLabelPosition::UpperLeft)
        .legend_area_size(32)
        .label_font(("sans-serif", 18))
        .background_style(WHITE.mix(0.85))
        .draw()?;
    Ok(())
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
        fs::write(&file, study.draw()?)?;
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
            let drawn = study.draw().expect("memory takes it");
            let ((words, numbers), (found, at)) = (parts(&committed), parts(&drawn));
            assert!(words == found && numbers.len() == at.len(), "{name}");
            let apart = numbers.iter().zip(&at).map(|(a, b)| (a - b).abs());
            assert!(apart.fold(0.0, f64::max) <= 2.0, "{name}");
        }
    }
}
