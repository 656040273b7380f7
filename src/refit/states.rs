//! Steady states as the objective sees them: one condition for all samples treated alike.

use serde::{Deserialize, Serialize};

use crate::expression::{Origin, Scale, SteadyStates};

use crate::field::Clamps;
use crate::genes::Gene;

/// On which scale a steady state is compared with what was measured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Compared {
    /// On the model's scale.
    Model,
    /// On the linear scale: noise on a root of a level near 0 is not that of the level.
    #[default]
    File,
}

/// What was done, and what came of it: weighted means over the samples treated alike.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Condition {
    pub(super) clamps: Clamps,
    /// Sum of `1/σ²` over the samples, 0 where nothing was measured or the gene was changed.
    pub(super) weight: Vec<f64>,
    /// Weighted mean of the samples.
    pub(super) mean: Vec<f64>,
    /// Levels as genes saw them: measured where they are off the wild type by more than noise.
    pub(super) seen: Vec<f64>,
}

impl Compared {
    /// The value that is compared, and its derivative by the level.
    pub(super) fn value(self, scale: Scale, z: f64) -> (f64, f64) {
        match self {
            Self::Model => (z, 1.0),
            Self::File => (scale.linear(z), scale.linear_slope(z)),
        }
    }
}

impl Compared {
    /// The level whose value that is.
    fn level(self, scale: Scale, value: f64) -> f64 {
        match self {
            Self::Model => value,
            Self::File => scale.of_linear(value),
        }
    }
}

/// Conditions of the samples among `chosen` that say what was done to them.
///
/// * `values`, `precision`: what is compared and `1/σ²`, row = sample, column = gene
pub(super) fn conditions(
    steady_states: &SteadyStates,
    scale: Scale,
    chosen: &[usize],
    compared: Compared,
    variance: &dyn Fn(usize, f64) -> f64,
) -> Vec<Condition> {
    let p = steady_states.genes().len();
    let mut out: Vec<Condition> = Vec::new();
    for &row in chosen {
        let sample = &steady_states.samples()[row];
        if sample.origin == Origin::Multifactorial {
            continue;
        }
        let clamps = Clamps::new(sample.interventions().iter(), scale);
        let at = out.iter().position(|one| one.clamps == clamps);
        let at = at.unwrap_or_else(|| {
            out.push(Condition {
                clamps,
                weight: vec![0.0; p],
                mean: vec![0.0; p],
                seen: Vec::new(),
            });
            out.len() - 1
        });
        let one = &mut out[at];
        for gene in 0..p {
            let level = steady_states.values()[(row, gene)];
            if !level.is_nan() && !one.clamps.changes(Gene(gene)) {
                let value = compared.value(scale, level).0;
                one.add(gene, value, 1.0 / variance(gene, value));
            }
        }
    }
    out
}

impl Condition {
    /// Adds a value of weight `w` to the mean of a gene.
    pub(super) fn add(&mut self, gene: usize, value: f64, w: f64) {
        self.weight[gene] += w;
        self.mean[gene] += w / self.weight[gene] * (value - self.mean[gene]);
    }

    /// Sets the levels that genes saw: those measured, drawn towards the reference by what noise
    /// may be; changed genes as they were changed.
    pub(super) fn look(&mut self, compared: Compared, scale: Scale, reference: &[f64]) {
        let level = |(i, level): (usize, &f64)| {
            if self.weight[i] == 0.0 {
                return *level;
            }
            let (value, _) = compared.value(scale, *level);
            let off = (self.mean[i] - value) * self.weight[i].sqrt();
            // a soft threshold: noise must not pass for a cause
            let kept = (1.0 - NOISE / off.abs()).max(0.0);
            compared.level(scale, value + kept * (self.mean[i] - value))
        };
        self.seen = reference.iter().enumerate().map(level).collect();
        self.clamps.place(&mut self.seen);
        self.clamps.multiply(scale, &mut self.seen);
    }
}

/// Standard deviations that noise is taken to reach.
const NOISE: f64 = 2.0;
