//! A field while an experiment acts on it.

use faer::Mat;

use super::{SparseField, VectorField};
use crate::genes::{Gene, Genes};

/// `v(x) + β u`: a field with the covariates of an experiment, such as a treatment, at values
/// that do not change.
#[derive(Clone, Debug)]
pub struct WithCovariates<'a> {
    field: &'a SparseField,
    /// `β u` of every gene.
    pushes: Vec<f64>,
}

impl<'a> WithCovariates<'a> {
    /// * `values`: `u`, in the order of the field's list
    #[must_use]
    pub fn new(field: &'a SparseField, values: &[f64]) -> Self {
        let push = |gene: Gene| {
            let pairs = field.component(gene).covariates.iter().zip(values);
            pairs.map(|(beta, u)| beta * u).sum()
        };
        Self {
            pushes: field.genes().iter().map(push).collect(),
            field,
        }
    }
}

impl VectorField for WithCovariates<'_> {
    fn genes(&self) -> &Genes {
        self.field.genes()
    }

    fn velocity_into(&self, x: &[f64], dx: &mut [f64]) {
        self.field.velocity_into(x, dx);
        let pairs = dx.iter_mut().zip(&self.pushes);
        pairs.for_each(|(v, push)| *v += push);
    }

    fn jacobian_into(&self, x: &[f64], jacobian: &mut Mat<f64>) {
        self.field.jacobian_into(x, jacobian);
    }

    fn decays(&self) -> Vec<f64> {
        self.field.decays()
    }

    fn drive_into(&self, x: &[f64], drive: &mut [f64]) {
        self.field.drive_into(x, drive);
        let pairs = drive.iter_mut().zip(&self.pushes);
        pairs.for_each(|(n, push)| *n += push);
    }

    fn velocity_of(&self, target: Gene, x: &[f64]) -> f64 {
        self.field.velocity_of(target, x) + self.pushes[target.index()]
    }

    fn entries(&self) -> Vec<(usize, usize)> {
        self.field.entries()
    }

    fn slopes_into(&self, x: &[f64], slopes: &mut [f64]) {
        self.field.slopes_into(x, slopes);
    }

    fn slopes_of(&self, target: Gene, x: &[f64]) -> Vec<f64> {
        self.field.slopes_of(target, x)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::{contract, small_field};

    #[test]
    fn the_contract_of_a_field_holds_and_every_gene_is_pushed_by_its_coefficient() {
        let (field, x) = (small_field(), [0.4, 0.9, 1.3]);
        let pushed = WithCovariates::new(&field, &[2.0]);
        contract::holds(&pushed, &x);
        let (mut with, mut without) = ([0.0; 3], [0.0; 3]);
        pushed.velocity_into(&x, &mut with);
        field.velocity_into(&x, &mut without);
        for (with, without) in with.iter().zip(without) {
            assert!((with - without - 0.2).abs() < 1e-15);
        }
    }
}
