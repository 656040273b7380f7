//! All parameters of a sparse field as one vector.

use crate::expression::Scale;
use crate::field::{Component, FieldError, SparseField, Unit, VectorField};
use crate::genes::{Gene, Genes};
use crate::numeric::{dot, saturate};

/// Where the parameters of every target stand in the one vector `θ`.
///
/// A target with `h` units over `q` regulators and `k` covariates has
/// `[a, ln δ, (ln s, b, w₁ … w_q) × h, β₁ … β_k]`. Decays and ranges are kept as logarithms: they
/// stay positive whatever step an optimiser takes, so no model on its way can diverge.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    genes: Genes,
    scale: Scale,
    names: Vec<String>,
    pub(super) targets: Vec<TargetLayout>,
}

/// The place of one target's parameters.
#[derive(Clone, Debug)]
pub(super) struct TargetLayout {
    pub(super) gene: usize,
    pub(super) at: usize,
    pub(super) regulators: Vec<usize>,
    /// The reference level of each regulator.
    references: Vec<f64>,
    pub(super) units: usize,
    pub(super) covariates: usize,
}

impl Layout {
    /// * `reference`: `p` levels from which regulators are counted
    pub(super) fn new(field: &SparseField, reference: &[f64]) -> Self {
        let mut at = 0;
        let covariates = field.covariates().len();
        let target = |gene: Gene| {
            let component = field.component(gene);
            let target = TargetLayout {
                gene: gene.index(),
                at,
                regulators: component.regulators.iter().map(|g| g.index()).collect(),
                references: component
                    .regulators
                    .iter()
                    .map(|g| reference[g.index()])
                    .collect(),
                units: component.units.len(),
                covariates,
            };
            at += target.width();
            target
        };
        Self {
            genes: field.genes().clone(),
            scale: field.scale(),
            names: field.covariates().to_vec(),
            targets: field.genes().iter().map(target).collect(),
        }
    }

    /// The genes.
    pub(super) fn names(&self) -> &Genes {
        &self.genes
    }

    /// Number of genes, `p`.
    pub(super) fn genes(&self) -> usize {
        self.targets.len()
    }

    /// Number of parameters.
    pub(super) fn len(&self) -> usize {
        self.targets.last().map_or(0, |t| t.at + t.width())
    }

    /// The vector of a field with this layout; decays are at least `least_decay`.
    pub(super) fn vector(&self, field: &SparseField, least_decay: f64) -> Vec<f64> {
        let mut theta = vec![0.0; self.len()];
        for target in &self.targets {
            let component = field.component(Gene(target.gene));
            let own = &mut theta[target.at..target.at + target.width()];
            own[0] = component.intercept;
            own[1] = component.decay.max(least_decay).max(f64::MIN_POSITIVE).ln();
            for (k, unit) in component.units.iter().enumerate() {
                let unit_at = target.unit(k);
                own[unit_at] = unit.range.max(f64::MIN_POSITIVE).ln();
                own[unit_at + 1] = unit.bias + dot(&unit.weights, &target.references);
                own[unit_at + 2..unit_at + 2 + unit.weights.len()].copy_from_slice(&unit.weights);
            }
            let first = target.first_covariate();
            own[first..].copy_from_slice(&component.covariates);
        }
        theta
    }

    /// The field with the parameters `theta`.
    pub(super) fn field(&self, theta: &[f64]) -> Result<SparseField, FieldError> {
        let component = |target: &TargetLayout| {
            let own = &theta[target.at..target.at + target.width()];
            let unit = |k: usize| {
                let at = target.unit(k);
                let weights = &own[at + 2..at + 2 + target.regulators.len()];
                Unit {
                    range: own[at].exp(),
                    bias: own[at + 1] - dot(weights, &target.references),
                    weights: weights.to_vec(),
                }
            };
            Component {
                regulators: target.regulators.iter().map(|&g| Gene(g)).collect(),
                units: (0..target.units).map(unit).collect(),
                intercept: own[0],
                decay: own[1].exp(),
                covariates: own[target.first_covariate()..].to_vec(),
            }
        };
        let components = self.targets.iter().map(component).collect();
        SparseField::new(
            self.genes.clone(),
            self.scale,
            self.names.clone(),
            components,
        )
    }

    /// `θ` with all weights times a share: the reference stays a steady state if it was one.
    pub(super) fn with_weights_times(&self, theta: &[f64], share: f64) -> Vec<f64> {
        let mut out = theta.to_vec();
        for target in &self.targets {
            for k in 0..target.units {
                let at = target.at + target.unit(k) + 2;
                let weights = &mut out[at..at + target.regulators.len()];
                weights.iter_mut().for_each(|w| *w *= share);
            }
        }
        out
    }

    /// `θ` with decays and ranges themselves in place of their logarithms.
    pub(super) fn natural(&self, theta: &[f64]) -> Vec<f64> {
        let mut natural = theta.to_vec();
        for at in self.targets.iter().flat_map(TargetLayout::logarithms) {
            natural[at] = theta[at].exp();
        }
        natural
    }

    /// Turns a gradient by natural parameters into the one by `θ`.
    pub(super) fn by_logarithms(&self, natural: &[f64], gradient: &mut [f64]) {
        for at in self.targets.iter().flat_map(TargetLayout::logarithms) {
            gradient[at] *= natural[at];
        }
    }
}

impl TargetLayout {
    /// Number of its parameters.
    pub(super) fn width(&self) -> usize {
        self.first_covariate() + self.covariates
    }

    /// Place of a unit's range among the target's own parameters.
    pub(super) fn unit(&self, k: usize) -> usize {
        2 + k * (2 + self.regulators.len())
    }

    /// Place of the first influence among the target's own parameters.
    pub(super) fn first_covariate(&self) -> usize {
        self.unit(self.units)
    }

    /// Places in the whole vector that hold logarithms.
    pub(super) fn logarithms(&self) -> impl Iterator<Item = usize> + '_ {
        let units = (0..self.units).map(|k| self.at + self.unit(k));
        std::iter::once(self.at + 1).chain(units)
    }

    /// The decay among natural parameters.
    pub(super) fn decay(&self, natural: &[f64]) -> f64 {
        natural[self.at + 1]
    }

    /// `a + Σ_k σ(w_k · (y − r) + b_k) + β · u`.
    ///
    /// * `y`: levels as everyone else sees them; `own`: the target's own state
    pub(super) fn drive(&self, natural: &[f64], y: &[f64], own: f64, u: &[f64]) -> f64 {
        let mut sum = natural[self.at];
        for k in 0..self.units {
            let at = self.at + self.unit(k);
            sum += saturate(self.input(natural, at, y, own), natural[at]);
        }
        if !u.is_empty() {
            let first = self.at + self.first_covariate();
            let betas = &natural[first..first + self.covariates];
            sum += betas.iter().zip(u).map(|(b, u)| b * u).sum::<f64>();
        }
        sum
    }

    #[inline(always)]
    fn input(&self, natural: &[f64], at: usize, y: &[f64], own: f64) -> f64 {
        let weights = &natural[at + 2..at + 2 + self.regulators.len()];
        let mut input = natural[at + 1];
        let regulators = self.regulators.iter().zip(&self.references);
        for ((&j, reference), w) in regulators.zip(weights) {
            input += w * (if j == self.gene { own } else { y[j] } - reference);
        }
        input
    }

    /// Calls `see(j, ∂drive/∂x_j)` for every regulator of every unit.
    pub(super) fn slopes(
        &self,
        natural: &[f64],
        y: &[f64],
        own: f64,
        mut see: impl FnMut(usize, f64),
    ) {
        for k in 0..self.units {
            let at = self.at + self.unit(k);
            let (slope, _) = slopes_of_saturation(self.input(natural, at, y, own), natural[at]);
            let weights = &natural[at + 2..at + 2 + self.regulators.len()];
            for (index, w) in weights.iter().enumerate() {
                see(index, slope * w);
            }
        }
    }

    /// Adds `c · ∂drive/∂(own parameters)` to `gradient`, the target's part, natural parameters.
    pub(super) fn add_gradient(&self, natural: &[f64], at: &At<'_>, c: f64, gradient: &mut [f64]) {
        let At { y, own, u } = *at;
        gradient[0] += c;
        let q = self.regulators.len();
        for k in 0..self.units {
            let to = self.unit(k);
            let range = natural[self.at + to];
            let (slope, by_range) =
                slopes_of_saturation(self.input(natural, self.at + to, y, own), range);
            let pull = c * slope;
            gradient[to] += c * by_range;
            gradient[to + 1] += pull;
            let regulators = self.regulators.iter().zip(&self.references);
            for ((&j, reference), g) in regulators.zip(&mut gradient[to + 2..to + 2 + q]) {
                *g += pull * (if j == self.gene { own } else { y[j] } - reference);
            }
        }
        let first = self.first_covariate();
        for (g, u) in gradient[first..].iter_mut().zip(u) {
            *g += c * u;
        }
    }
}

/// Where a drive is taken: levels that everyone sees, the target's own state, covariates.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    pub(super) y: &'a [f64],
    pub(super) own: f64,
    pub(super) u: &'a [f64],
}

/// Derivatives of `σ_s(z)` by `z` and by `s`.
#[inline(always)]
fn slopes_of_saturation(z: f64, range: f64) -> (f64, f64) {
    let size = z.abs();
    if size <= range {
        (1.0, 0.0)
    } else {
        let ratio = range / size;
        (ratio * ratio, (2.0 - 2.0 * ratio).copysign(z))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::small_field;
    use approx::assert_relative_eq;

    #[test]
    fn a_field_comes_back_from_its_vector() {
        let field = small_field();
        let layout = Layout::new(&field, &[0.5, 0.2, 0.7]);
        let theta = layout.vector(&field, 0.0);
        let back = layout.field(&theta).expect("sound");
        let x = [0.4, 0.9, 1.3];
        let (mut was, mut is) = ([0.0; 3], [0.0; 3]);
        field.velocity_into(&x, &mut was);
        back.velocity_into(&x, &mut is);
        for (was, is) in was.iter().zip(is) {
            assert_relative_eq!(*was, is, max_relative = 1e-14);
        }
    }

    #[test]
    fn the_gradient_of_a_drive_agrees_with_differences() {
        let layout = Layout::new(&small_field(), &[0.5, 0.2, 0.7]);
        let theta = layout.vector(&small_field(), 0.0);
        let (y, u) = ([0.4, 0.9, 1.3], [2.0]);
        for target in &layout.targets {
            let own = y[target.gene];
            let at = At { y: &y, own, u: &u };
            let natural = layout.natural(&theta);
            let mut gradient = vec![0.0; layout.len()];
            let part = &mut gradient[target.at..target.at + target.width()];
            target.add_gradient(&natural, &at, 1.0, part);
            layout.by_logarithms(&natural, &mut gradient);
            for k in 0..theta.len() {
                let moved = |by: f64| {
                    let mut theta = theta.clone();
                    theta[k] += by;
                    target.drive(&layout.natural(&theta), &y, own, &u)
                };
                let difference = (moved(1e-5) - moved(-1e-5)) / 2e-5;
                assert_relative_eq!(gradient[k], difference, epsilon = 1e-8);
            }
        }
    }
}
