//! Two systems whose regulation no linear model can describe, and what Cistron finds.
//!
//! In the first, a middle level of the regulator activates most (a hump); in the second, a target
//! needs both of its activators (a logical AND). The example fits each with `nonlinear: false` (a
//! purely linear model, `--linear` on the command line) and with networks, both without the refit
//! (`--no-refit`), says in words what came out, and draws the responses to the first.
//!
//! ```sh
//! cargo run --release --example logic -- FOLDER
//! ```
//!
//! writes `logic_hump.svg` into FOLDER (default: `target/examples-output`). The seed is fixed: the
//! picture in `examples/pictures` is this file byte for byte.

use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::PathBuf;

use cistron::expression::Data;
use cistron::genes::Gene;
use cistron::numeric::mean;
use cistron::run::{Run, Settings, infer};
use cistron::seed::Seed;
use cistron_report::svg::{Axes, Axis, Fill, Frame, Sample, Scene, Stroke, legend_column, palette};
use cistron_truth::simulate::{LogicCase, LogicData, LogicSettings};
use faer::RowRef;

const SEED: Seed = Seed(2);
const PICTURE: &str = "logic_hump.svg";
/// The gene that is regulated; its true regulators come next.
const TARGET: Gene = Gene(0);

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

    /// What came out, in words.
    fn report(&self) -> String {
        let rule = match self.data.case {
            LogicCase::Hump => "A middle level of the regulator activates the target most.",
            LogicCase::And => "The target needs both of its activators.",
        };
        let lines = [("linear model", &self.linear), ("Cistron", &self.network)].map(|(name, run)| {
            let regulators = 1..=self.data.case.regulators().len();
            let ranks: Vec<String> = regulators.map(|g| rank(run, Gene(g)).to_string()).collect();
            format!(
                "  {name}: rank of its true regulators among {} candidates: {}; held-out R² {:.2}\n",
                run.genes().len() - 1,
                ranks.join(" and "),
                run.nodes[0].r_squared,
            )
        });
        format!("{rule}\n{}", lines.concat())
    }

    /// A production as a function of the level of the regulator, all other genes at their mean of
    /// 0, minus its mean over the samples.
    fn response<'a>(&self, production: impl Fn(&[f64]) -> f64 + 'a) -> impl Fn(f64) -> f64 + 'a {
        let series = self.data.expression.series().iter();
        let samples = series.flat_map(|one| one.values().row_iter());
        let at_sample = |row: RowRef<'_, f64>| production(&row.iter().copied().collect::<Vec<_>>());
        let center = mean(&samples.map(at_sample).collect::<Vec<_>>());
        let genes = self.data.expression.genes().len();
        move |z| {
            let mut levels = vec![0.0; genes];
            levels[1] = z;
            production(&levels) - center
        }
    }

    fn truth(&self) -> impl Fn(f64) -> f64 {
        let case = self.data.case;
        self.response(move |x| LogicCase::GAIN * case.response(&x[1..=1]))
    }

    fn fitted<'a>(&self, run: &'a Run) -> impl Fn(f64) -> f64 + 'a {
        let scale = run.model.field.scale();
        self.response(move |levels| {
            let x: Vec<f64> = levels.iter().map(|x| scale.forward(*x)).collect();
            run.model.field.component(TARGET).drive(&x)
        })
    }

    /// What the increments say of the production, minus its mean: for every interval the mean
    /// level of the regulator, and `(Δy + δ ∫y dt) / Δt` with the fitted decay `δ`.
    fn measured(&self) -> Vec<(f64, f64)> {
        let decay = self.network.model.field.component(TARGET).decay;
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

    /// Production of the target against the level of its regulator: measured, true and fitted.
    fn draw(&self) -> String {
        let mut scene = Scene::titled(420.0, "A middle level activates most");
        let frame = Frame {
            left: 66.0,
            top: 42.0,
            right: 620.0,
            bottom: 366.0,
        };
        let levels = Axis::linear_exact(-2.5, 2.5, 6);
        let axes = Axes::new(frame, levels, Axis::linear_exact(-1.2, 1.8, 6));
        let regulator = "level of the regulator (standard deviations)";
        axes.draw(
            &mut scene,
            regulator,
            "production rate of the target, minus mean",
        );
        let dots = Fill::new(palette::BLACK).opacity(0.3);
        for (x, y) in self.measured() {
            if x.abs() <= 2.5 && y > -1.2 && y < 1.8 {
                scene.dot(axes.at(x, y), 2.0, dots);
            }
        }
        let mut legend = vec![(Sample::Dots(dots, 2.0), "measured, one dot per interval")];
        let (truth, linear) = (self.truth(), self.fitted(&self.linear));
        let network = self.fitted(&self.network);
        let responses: [(&str, _, &dyn Fn(f64) -> f64); 3] = [
            ("true response", palette::BLACK, &truth),
            ("linear model", palette::VERMILION, &linear),
            ("Cistron", palette::BLUE, &network),
        ];
        for (name, colour, response) in responses {
            let stroke = Stroke::new(colour, 2.5);
            // 0.05 standard deviations per step
            let levels = (-50..=50).map(|k| f64::from(k) * 0.05);
            let curve: Vec<_> = levels.map(|x| axes.at(x, response(x))).collect();
            scene.line(&curve, stroke);
            legend.push((Sample::Line(stroke), name));
        }
        legend_column(&mut scene, (frame.left + 14.0, frame.top + 16.0), &legend);
        let description = "Production of the target against the level of its regulator. The true \
            response has its maximum at a middle level; the fitted response follows it, and the \
            linear model does not.";
        scene.svg("A middle level activates most", description)
    }
}

/// Rank of the edge from `source` into the target among all edges into the target.
fn rank(run: &Run, source: Gene) -> usize {
    let edges = run.network.edges().iter();
    let into = edges.filter(|edge| edge.target == TARGET);
    1 + into.take_while(|edge| edge.source != source).count()
}

fn main() -> Result<(), Box<dyn Error>> {
    let (hump, and) = (Study::new(LogicCase::Hump)?, Study::new(LogicCase::And)?);
    let folder = std::env::args_os().nth(1);
    let folder = folder.map_or_else(|| PathBuf::from("target/examples-output"), PathBuf::from);
    fs::create_dir_all(&folder)?;
    let picture = folder.join(PICTURE);
    fs::write(&picture, hump.draw())?;
    let mut out = std::io::stdout().lock();
    write!(out, "{}{}", hump.report(), and.report())?;
    writeln!(out, "drawn: {}", picture.display())?;
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
    fn the_committed_picture_is_drawn_again() {
        let hump = Study::new(LogicCase::Hump).expect("sound data");
        let committed = include_str!("pictures/logic_hump.svg");
        let drawn = hump.draw();
        let ((words, numbers), (found, at)) = (parts(committed), parts(&drawn));
        assert!(words == found && numbers.len() == at.len());
        let apart = numbers.iter().zip(&at).map(|(a, b)| (a - b).abs());
        assert!(apart.fold(0.0, f64::max) <= 2.0);
    }

    #[test]
    fn networks_rank_the_true_regulators_first_and_predict_more_than_a_linear_model() {
        for case in [LogicCase::Hump, LogicCase::And] {
            let study = Study::new(case).expect("sound data");
            let count = case.regulators().len();
            assert!((1..=count).all(|gene| rank(&study.network, Gene(gene)) <= count));
            let [linear, network] =
                [&study.linear, &study.network].map(|run| run.nodes[0].r_squared);
            assert!(network > linear + 0.05, "{linear} {network}");
            assert_eq!(study.report().lines().count(), 3);
        }
    }
}
