//! Small data sets with one target, whose response to its regulators is not linear.
//!
//! ```text
//! dy   = (GAIN · response(z) − DECAY · y) dt + b dW
//! dzⱼ  = −θ zⱼ dt + √(2θ) dWⱼ
//! ```
//!
//! The regulators are Ornstein–Uhlenbeck processes of mean 0 and variance 1.

use faer::Mat;
use rand::Rng;

use super::integrate::{EULER_MARUYAMA, Langevin, normal};
use super::kinetics::TrueEdge;
use cistron::expression::{Expression, TimeSeries};
use cistron::genes::{Gene, Genes};
use cistron::network::Sign;
use cistron::seed::{Purpose, Seed};

/// How the target responds to its regulators `z`, each with mean 0 and variance 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogicCase {
    /// Two activators, both needed: `σ(3 z₁) σ(3 z₂)` with the logistic `σ`.
    And,
    /// One regulator that activates most at its middle level: `exp(−z² / 2w²)`, `w = 0.6`.
    Hump,
}

/// Size and noise of a data set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogicSettings {
    /// Genes that have nothing to do with the target.
    pub distractors: usize,
    /// Number of series, even.
    pub series: usize,
    /// Samples of each series.
    pub points: usize,
    /// Time between two samples.
    pub interval: f64,
    /// `b` of the target's process noise `b dW`.
    pub noise: f64,
}

impl Default for LogicSettings {
    fn default() -> Self {
        Self {
            distractors: 8,
            series: 8,
            points: 40,
            interval: 0.5,
            noise: 0.1,
        }
    }
}

/// Data with the truth beside them.
#[derive(Clone, Debug)]
pub struct LogicData {
    /// The target is the first gene, then come its regulators, then the distractors.
    pub expression: Expression,
    /// The edges to the target.
    pub truth: Vec<TrueEdge>,
    /// The law that made the target, `dy/dt = GAIN · response(z) − DECAY · y`.
    pub case: LogicCase,
}

/// `θ` of the regulators: half the decay of the target, so that it can follow them.
const FORGETTING: f64 = 0.5;
/// Integrator steps between two samples.
const STEPS: usize = 50;
/// Time before the first sample in which the target forgets its start: ten of its lifetimes.
const WARM_UP: f64 = 10.0;

impl LogicCase {
    /// Production of the target at a response of 1.
    pub const GAIN: f64 = 2.0;
    /// Decay of the target.
    pub const DECAY: f64 = 1.0;

    /// Names of the regulators.
    #[must_use]
    pub fn regulators(self) -> &'static [&'static str] {
        match self {
            Self::And => &["activator1", "activator2"],
            Self::Hump => &["regulator"],
        }
    }

    /// The true response, between 0 and 1.
    ///
    /// * `z`: levels of the regulators, in the order of [`LogicCase::regulators`]
    #[must_use]
    pub fn response(self, z: &[f64]) -> f64 {
        match self {
            Self::And => z.iter().map(|z| 1.0 / (1.0 + (-3.0 * z).exp())).product(),
            Self::Hump => (-z[0] * z[0] / (2.0 * 0.6 * 0.6)).exp(),
        }
    }

    /// Makes the data.
    ///
    /// Values are on the scale of the model, as after a logarithm, and may be negative. The hump
    /// is symmetric, `E[z · response(z)] = 0`, and its series come in pairs whose regulator runs
    /// through `z` and `−z`: without process noise the sample covariance of the regulator and
    /// of whatever the target does is 0 to rounding, so that no linear model sees the edge.
    ///
    /// # Panics   if the number of series is odd or there are fewer than 2 points (a bug in the
    ///   caller).
    #[must_use]
    pub fn simulate(self, settings: &LogicSettings, seed: Seed) -> LogicData {
        assert!(settings.series.is_multiple_of(2), "series come in pairs");
        let regulators = self.regulators().iter().map(|&name| name.to_owned());
        let distractors = (1..=settings.distractors).map(|k| format!("other{k}"));
        let names = std::iter::once("target".to_owned())
            .chain(regulators)
            .chain(distractors);
        let genes = Genes::new(names).expect("distinct names");
        let series = (0..settings.series)
            .map(|number| self.simulate_series(settings, genes.len(), seed, number))
            .collect();
        let sign = match self {
            Self::And => Sign::Activation,
            Self::Hump => Sign::Unknown,
        };
        let truth = (1..=self.regulators().len()).map(|source| TrueEdge {
            source: Gene(source),
            target: Gene(0),
            sign,
        });
        LogicData {
            expression: Expression::new(genes, series).expect("distinct, finite, two points"),
            truth: truth.collect(),
            case: self,
        }
    }

    fn simulate_series(
        self,
        settings: &LogicSettings,
        genes: usize,
        seed: Seed,
        number: usize,
    ) -> TimeSeries {
        let mut numbers = paired_numbers(self, seed, number);
        let h = settings.interval / STEPS as f64;
        let mut equation = Langevin::new(genes, EULER_MARUYAMA, |_, x, a, b| {
            self.coefficients_into(settings.noise, x, a, b);
        });
        let mut x: Vec<f64> = (0..genes).map(|gene| numbers.draw(gene)).collect();
        x[0] = 0.5;
        let times = (0..settings.points).map(|k| k as f64 * settings.interval);
        let mut values = Mat::zeros(settings.points, genes);
        let mut increments = vec![0.0; genes];
        for row in 0..settings.points {
            let steps = if row == 0 {
                (WARM_UP / h) as usize
            } else {
                STEPS
            };
            for _ in 0..steps {
                for (gene, dw) in increments.iter_mut().enumerate() {
                    *dw = h.sqrt() * numbers.draw(gene);
                }
                equation.step(0.0, h, &increments, &mut x);
            }
            (0..genes).for_each(|j| values[(row, j)] = x[j]);
        }
        let name = (number + 1).to_string();
        TimeSeries::new(name, times.collect(), values).expect("times increase")
    }

    /// Drift and noise of all genes: the target first, then the fluctuating ones.
    fn coefficients_into(self, noise: f64, x: &[f64], a: &mut [f64], b: &mut [f64]) {
        for gene in 1..x.len() {
            a[gene] = -FORGETTING * x[gene];
            b[gene] = (2.0 * FORGETTING).sqrt();
        }
        let regulators = &x[1..=self.regulators().len()];
        a[0] = Self::GAIN * self.response(regulators) - Self::DECAY * x[0];
        b[0] = noise;
    }
}

/// The normal numbers of a series: the hump's regulator draws from the stream of its pair, with
/// the other sign in every second series, everything else from the series' own stream.
struct PairedNumbers<R> {
    case: LogicCase,
    own: R,
    paired: R,
    mirror: f64,
}

fn paired_numbers(case: LogicCase, seed: Seed, number: usize) -> PairedNumbers<impl Rng> {
    PairedNumbers {
        case,
        own: seed.stream(Purpose::Synthetic, number as u64),
        paired: seed.stream(Purpose::Perturbation, number as u64 / 2),
        mirror: if number.is_multiple_of(2) { 1.0 } else { -1.0 },
    }
}

impl<R: Rng> PairedNumbers<R> {
    fn draw(&mut self, gene: usize) -> f64 {
        match (self.case, gene) {
            (LogicCase::Hump, 1) => self.mirror * normal(&mut self.paired),
            _ => normal(&mut self.own),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pearson::correlation;
    use cistron::numeric::{mean, standard_deviation};

    /// Correlation over all segments of `Δy + DECAY ∫y` with the trapezoids of `input`.
    fn correlation_with(data: &LogicData, input: impl Fn(&[f64]) -> f64) -> f64 {
        let inputs = data.case.regulators().len();
        let mut pairs = Vec::new();
        for series in data.expression.series() {
            let (x, h) = (series.values(), series.times()[1] - series.times()[0]);
            let rows = x.row_iter().map(|row| row.iter().copied().collect());
            let rows: Vec<Vec<f64>> = rows.collect();
            let inputs: Vec<f64> = rows.iter().map(|row| input(&row[1..=inputs])).collect();
            for i in 1..series.len() {
                let loss = LogicCase::DECAY * h * (x[(i, 0)] + x[(i - 1, 0)]) / 2.0;
                let gain = x[(i, 0)] - x[(i - 1, 0)] + loss;
                pairs.push((gain, f64::midpoint(inputs[i], inputs[i - 1])));
            }
        }
        correlation(&pairs).expect("both sides vary")
    }

    #[test]
    fn no_linear_model_sees_the_hump() {
        let calm = LogicSettings {
            noise: 0.0,
            ..LogicSettings::default()
        };
        let data = LogicCase::Hump.simulate(&calm, Seed(1));
        assert!(correlation_with(&data, |z| z[0]).abs() < 1e-12);
        let data = LogicCase::Hump.simulate(&LogicSettings::default(), Seed(1));
        assert!(correlation_with(&data, |z| z[0]).abs() < 0.1);
    }

    #[test]
    fn the_true_response_explains_the_target() {
        for case in [LogicCase::And, LogicCase::Hump] {
            let data = case.simulate(&LogicSettings::default(), Seed(1));
            let explained = correlation_with(&data, |z| case.response(z));
            assert!(explained > 0.85, "{case:?}: {explained}");
        }
    }

    #[test]
    fn either_activator_alone_explains_less_than_both() {
        let data = LogicCase::And.simulate(&LogicSettings::default(), Seed(1));
        let both = correlation_with(&data, |z| LogicCase::And.response(z));
        for regulator in 0..2 {
            assert!(correlation_with(&data, |z| z[regulator]) < both - 0.2);
        }
        assert!(correlation_with(&data, |z| z[0] + z[1]) < both - 0.05);
    }

    #[test]
    fn regulators_have_mean_zero_and_variance_one() {
        let many = LogicSettings {
            series: 200,
            points: 20,
            ..LogicSettings::default()
        };
        let data = LogicCase::And.simulate(&many, Seed(3));
        let series = data.expression.series().iter();
        let levels: Vec<f64> = series.map(|series| series.values()[(10, 1)]).collect();
        let n = levels.len() as f64;
        let (mean, variance) = (mean(&levels), standard_deviation(&levels).powi(2));
        assert!(mean.abs() < 3.0 / n.sqrt(), "{mean}");
        assert!(
            (variance - 1.0).abs() < 3.0 * (2.0 / n).sqrt(),
            "{variance}"
        );
    }
}
