//! The fitted field: one component network for each target.

use faer::Mat;
use serde::{Deserialize, Serialize};

use crate::expression::Scale;
use crate::genes::{Gene, Genes};

use super::{Component, VectorField};

/// What is wrong with a stored field.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum FieldError {
    /// Sizes do not match.
    #[error("the model has {found} {what} for {expected} genes; it is damaged, fit it again")]
    Sizes {
        /// What was counted.
        what: &'static str,
        /// The number found.
        found: usize,
        /// The number expected.
        expected: usize,
    },
    /// Something besides the components is not sound.
    #[error("the model is damaged ({what}); fit it again")]
    Model {
        /// What is wrong.
        what: &'static str,
    },
    /// A component is not sound.
    #[error("the model's component of `{gene}` is damaged ({what}); fit the model again")]
    Component {
        /// The target.
        gene: String,
        /// What is wrong.
        what: &'static str,
    },
}

/// A field in which every target has a small network over few regulators.
///
/// All trajectories stay bounded: the networks are bounded and every decay is ≥ 0.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SparseField {
    genes: Genes,
    scale: Scale,
    covariates: Vec<String>,
    components: Vec<Component>,
}

impl SparseField {
    /// A field over `genes` on the scale of the model.
    ///
    /// # Errors   [`FieldError`] if there is not one sound component for each gene.
    pub fn new(
        genes: Genes,
        scale: Scale,
        covariates: Vec<String>,
        components: Vec<Component>,
    ) -> Result<Self, FieldError> {
        let field = Self {
            genes,
            scale,
            covariates,
            components,
        };
        field.check().map(|()| field)
    }

    /// Checks a field that was read from a file.
    ///
    /// # Errors   [`FieldError`] naming the component.
    pub fn check(&self) -> Result<(), FieldError> {
        if self.components.len() != self.genes.len() {
            return Err(FieldError::Sizes {
                what: "components",
                found: self.components.len(),
                expected: self.genes.len(),
            });
        }
        for (gene, component) in self.genes.iter().zip(&self.components) {
            if let Some(what) = self.fault(component) {
                let gene = self.genes.name(gene).to_owned();
                return Err(FieldError::Component { gene, what });
            }
        }
        Ok(())
    }

    fn fault(&self, component: &Component) -> Option<&'static str> {
        let sizes = component
            .units
            .iter()
            .all(|u| u.weights.len() == component.regulators.len());
        let finite = component.units.iter().all(|u| {
            u.range.is_finite() && u.bias.is_finite() && u.weights.iter().all(|w| w.is_finite())
        });
        let known = component
            .regulators
            .iter()
            .all(|g| g.index() < self.genes.len());
        match () {
            () if !sizes => Some("a unit has not one weight for each regulator"),
            () if !known => Some("a regulator is not among the genes"),
            () if !finite || !component.intercept.is_finite() => Some("a weight is not finite"),
            () if component.units.iter().any(|u| u.range < 0.0) => Some("a range is below 0"),
            () if !component.covariates.iter().all(|c| c.is_finite()) => {
                Some("the coefficient of a covariate is not finite")
            }
            () if !(component.decay >= 0.0 && component.decay.is_finite()) => {
                Some("the decay is not a number of 0 or more")
            }
            () if component.covariates.len() != self.covariates.len() => {
                Some("it has not one coefficient for each covariate")
            }
            () => None,
        }
    }

    /// The scale between the file's units and the model's.
    #[must_use]
    pub fn scale(&self) -> Scale {
        self.scale
    }

    /// Names of the covariates besides the genes.
    #[must_use]
    pub fn covariates(&self) -> &[String] {
        &self.covariates
    }

    /// The network of one target.
    #[must_use]
    pub fn component(&self, target: Gene) -> &Component {
        &self.components[target.index()]
    }

    /// Number of edges: regulators over all targets.
    #[must_use]
    pub fn edges(&self) -> usize {
        self.components.iter().map(|c| c.regulators.len()).sum()
    }
}

impl VectorField for SparseField {
    fn genes(&self) -> &Genes {
        &self.genes
    }

    fn velocity_into(&self, x: &[f64], dx: &mut [f64]) {
        for ((component, own), dx) in self.components.iter().zip(x).zip(dx) {
            *dx = component.velocity(x, *own);
        }
    }

    fn jacobian_into(&self, x: &[f64], jacobian: &mut Mat<f64>) {
        jacobian.fill(0.0);
        let mut slopes = Vec::new();
        for (i, component) in self.components.iter().enumerate() {
            slopes.clear();
            slopes.resize(component.regulators.len(), 0.0);
            component.add_slopes(x, 1.0, &mut slopes);
            for (gene, slope) in component.regulators.iter().zip(&slopes) {
                jacobian[(i, gene.index())] += slope;
            }
            jacobian[(i, i)] -= component.decay;
        }
    }

    fn decays(&self) -> Vec<f64> {
        self.components.iter().map(|c| c.decay).collect()
    }

    fn drive_into(&self, x: &[f64], drive: &mut [f64]) {
        let pairs = self.components.iter().zip(drive);
        pairs.for_each(|(component, n)| *n = component.drive(x));
    }

    fn velocity_of(&self, target: Gene, x: &[f64]) -> f64 {
        self.component(target).velocity(x, x[target.index()])
    }

    /// The regulators of each target, then the target itself for its decay.
    fn entries(&self) -> Vec<(usize, usize)> {
        let rows = self.components.iter().enumerate();
        rows.flat_map(|(i, component)| {
            let sources = component.regulators.iter().map(|gene| gene.index());
            sources.chain([i]).map(move |j| (i, j))
        })
        .collect()
    }

    fn slopes_into(&self, x: &[f64], slopes: &mut [f64]) {
        let mut rest = slopes;
        for component in &self.components {
            let (row, after) = rest.split_at_mut(component.regulators.len() + 1);
            component.slopes_into(x, row);
            rest = after;
        }
    }

    fn slopes_of(&self, target: Gene, x: &[f64]) -> Vec<f64> {
        let component = self.component(target);
        let mut row = vec![0.0; component.regulators.len() + 1];
        component.slopes_into(x, &mut row);
        row
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::field::{Unit, contract};

    fn unit(range: f64, bias: f64, weights: &[f64]) -> Unit {
        Unit {
            range,
            bias,
            weights: weights.to_vec(),
        }
    }

    fn component(regulators: &[usize], units: Vec<Unit>) -> Component {
        Component {
            regulators: regulators.iter().map(|&g| Gene(g)).collect(),
            units,
            intercept: 0.3,
            decay: 0.5,
            covariates: vec![0.1],
        }
    }

    pub(crate) fn small_field() -> SparseField {
        let genes = Genes::new(["a", "b", "c"]).expect("distinct");
        let components = vec![
            component(
                &[1, 2],
                vec![unit(4.0, 0.1, &[0.7, -0.2]), unit(0.3, 0.2, &[1.0, 2.0])],
            ),
            component(&[0], vec![unit(4.0, 0.0, &[-1.0])]),
            component(&[], vec![]),
        ];
        let names = vec!["intercept".to_owned()];
        SparseField::new(genes, Scale::SQRT, names, components).expect("sound")
    }

    #[test]
    fn the_contract_of_a_field_holds() {
        contract::holds(&small_field(), &[0.4, 0.9, 1.3]);
    }

    #[test]
    fn the_drive_stays_within_its_bound() {
        let field = small_field();
        let component = field.component(Gene(0));
        for x in [[1e6, -1e6, 3e5], [-1e9, 1e9, 1e9]] {
            assert!((component.drive(&x) - component.intercept).abs() <= component.bound());
        }
    }

    #[test]
    fn a_stored_field_loads_back_to_the_same_bits() {
        let field = small_field();
        let text = serde_json::to_string(&field).expect("finite numbers");
        let back: SparseField = serde_json::from_str(&text).expect("the same text");
        assert_eq!(back, field);
        assert!(back.check().is_ok());
    }

    #[test]
    fn a_damaged_field_is_refused_by_the_name_of_its_gene() {
        let mut field = small_field();
        field.components[1].decay = -1.0;
        let error = field.check().expect_err("negative decay");
        assert!(error.to_string().contains("component of `b`"));
    }
}
