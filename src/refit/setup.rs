//! Everything about the data that a refit needs and no fit changes.

use crate::dynamics::EqualSteps;
use crate::expression::{Baseline, Expression, Scale, SteadyStates, reference_levels};
use crate::field::{Clamps, Component, FieldError, SparseField, VectorField};
use crate::genes::Gene;
use crate::numeric::{median, quantile};
use crate::segments::Segments;

use super::layout::Layout;
use super::noise;
use super::settings::RefitSettings;
use super::shots::Shots;
use super::states::{Condition, conditions};
use super::windows::Windows;

/// What was observed, on the model's scale.
#[derive(Clone, Copy, Debug)]
pub struct Observations<'a> {
    /// Time series.
    pub expression: &'a Expression,
    /// Their rows in the weak form, which say what acts when.
    pub rows: &'a Segments,
    /// Steady states; levels of interventions in units of the file.
    pub steady_states: Option<&'a SteadyStates>,
}

/// Windows, noise, wild type and typical sizes.
pub(super) struct Setup<'a> {
    pub(super) data: Observations<'a>,
    pub(super) scale: Scale,
    pub(super) windows: Windows,
    /// How the field is run.
    pub(super) method: EqualSteps,
    /// Steps in an interval of each length.
    pub(super) steps: Vec<usize>,
    /// `τ²` of every number of intervals and gene.
    pub(super) variances: Vec<Vec<f64>>,
    pub(super) baseline: Option<Baseline>,
    /// Wild-type levels on the model's scale.
    pub(super) reference: Vec<f64>,
    /// What is lost with each gene: the size of a change that a regulator can bring.
    pub(super) losses: Vec<f64>,
    /// Typical size of the largest levels.
    pub(super) reach: f64,
    /// Decay of genes for which none was found.
    pub(super) least_decay: f64,
}

/// Least loss as a share of the reach.
const LEAST_LOSS: f64 = 0.2;
/// Quantile that stands for the largest level.
const LARGEST: f64 = 0.995;

impl<'a> Setup<'a> {
    pub(super) fn new(
        field: &SparseField,
        data: &Observations<'a>,
        settings: &RefitSettings,
    ) -> Self {
        let scale = field.scale();
        let horizon = settings.horizon.max(1);
        let windows = Windows::new(data.expression, data.rows, scale, horizon);
        let baseline = data
            .steady_states
            .map(|steady_states| Baseline::new(steady_states, scale));
        let reference = reference_levels(data.expression, baseline.as_ref(), scale);
        let zero = (!scale.is_unbounded()).then(|| scale.zero());
        let reaches = reaches(&windows, &reference, zero);
        let reach = median(&reaches).max(f64::MIN_POSITIVE.sqrt());
        let loss = |(level, reach_of): (&f64, &f64)| {
            let lost = zero.map_or(*reach_of, |zero| level - zero);
            lost.max(LEAST_LOSS * reach)
        };
        let losses = reference.iter().zip(&reaches).map(loss).collect();
        let least_decay = least_decay(field, data.expression);
        let layout = Layout::new(field, &reference);
        let natural = layout.natural(&layout.vector(field, least_decay));
        let method = noise::steps(&layout, &natural);
        let steps: Vec<usize> = windows.lengths.iter().map(|l| method.count(*l)).collect();
        let shots = Shots {
            layout: &layout,
            scale,
            windows: &windows,
            natural: &natural,
            steps: &steps,
            relaxations: Shots::relaxations(&layout, &windows, &steps, &natural),
            precision: &[],
        };
        Self {
            variances: noise::variances(&shots),
            data: *data,
            scale,
            method,
            steps,
            baseline,
            losses,
            reach,
            least_decay,
            reference,
            windows,
        }
    }

    /// Median over the genes of the variance after one interval.
    pub(super) fn typical_variance(&self) -> f64 {
        self.variances.first().map_or(0.0, |all| median(all))
    }

    /// The field with decays of at least the least; levels at the reference move as they did.
    ///
    /// # Errors   [`FieldError`] if a parameter is not finite (a bug).
    pub(super) fn decaying(&self, field: &SparseField) -> Result<SparseField, FieldError> {
        let component = |gene: Gene| {
            let was = field.component(gene);
            let more = (self.least_decay - was.decay).max(0.0);
            Component {
                decay: was.decay + more,
                intercept: was.intercept + more * self.reference[gene.index()],
                ..was.clone()
            }
        };
        let components = field.genes().iter().map(component).collect();
        let names = field.covariates().to_vec();
        SparseField::new(field.genes().clone(), field.scale(), names, components)
    }

    /// `1/τ²`, shared among the windows that see the same sample.
    pub(super) fn precision(&self, settings: &RefitSettings) -> Vec<Vec<f64>> {
        let share = settings.series / self.windows.horizon().max(1) as f64;
        let of = |variances: &Vec<f64>| variances.iter().map(|v| share / v).collect();
        self.variances.iter().map(of).collect()
    }

    /// Conditions of these samples, with the wild type as it is known from all of them.
    pub(super) fn conditions(&self, samples: &[usize], settings: &RefitSettings) -> Vec<Condition> {
        let (Some(steady_states), Some(baseline)) = (self.data.steady_states, &self.baseline)
        else {
            return Vec::new();
        };
        let compared = settings.compared;
        // the noise of a level on the model's scale is that on the linear one over the slope between
        let variance = |gene: usize, value: f64| match compared {
            super::states::Compared::File => baseline.variance(gene, value),
            super::states::Compared::Model => baseline
                .deviation(self.scale, self.scale.linear(value))
                .powi(2),
        };
        let mut out = conditions(steady_states, self.scale, samples, compared, &variance);
        let none = Clamps::default();
        let at = out.iter().position(|one| one.clamps == none);
        let at = at.unwrap_or_else(|| {
            let p = baseline.levels.len();
            out.push(Condition {
                clamps: none,
                weight: vec![0.0; p],
                mean: vec![0.0; p],
                seen: Vec::new(),
            });
            out.len() - 1
        });
        for (gene, count) in baseline.counts.iter().enumerate() {
            let count = *count as f64;
            if count > 0.0 {
                let value = compared.value(self.scale, self.reference[gene]).0;
                out[at].add(gene, value, count / variance(gene, value));
            }
        }
        out.iter_mut()
            .for_each(|one| one.look(compared, self.scale, &self.reference));
        out
    }
}

/// How far each gene's levels go: above zero where the file has one, else between quantiles.
fn reaches(windows: &Windows, reference: &[f64], zero: Option<f64>) -> Vec<f64> {
    let of = |(j, reference): (usize, &f64)| {
        let mut levels: Vec<f64> = windows.filled.iter().map(|row| row[j]).collect();
        levels.push(*reference);
        let top = quantile(&levels, LARGEST);
        top - zero.unwrap_or_else(|| quantile(&levels, 1.0 - LARGEST))
    };
    reference.iter().enumerate().map(of).collect()
}

/// A fifth of the typical decay, or one lifetime in the longest series.
fn least_decay(field: &SparseField, expression: &Expression) -> f64 {
    let genes = field.genes().iter();
    let positive = genes.map(|g| field.component(g).decay).filter(|d| *d > 0.0);
    let positive: Vec<f64> = positive.collect();
    if !positive.is_empty() {
        return 0.2 * median(&positive);
    }
    let lengths = expression.series().iter().filter(|one| one.len() > 1);
    let longest = lengths.map(|one| one.times()[one.len() - 1] - one.times()[0]);
    1.0 / longest.fold(f64::MIN_POSITIVE, f64::max)
}
