//! Vector fields: how fast every gene changes, and how that depends on every other.

mod component;
mod sparse;

pub use component::{Component, Unit};
#[cfg(test)]
pub(crate) use sparse::tests::small_field;
pub use sparse::{FieldError, SparseField};

use faer::Mat;

use crate::genes::Genes;

/// A system `dx/dt = v(x)` with its derivative.
pub trait VectorField: Sync {
    /// The variables.
    fn genes(&self) -> &Genes;

    /// `dx ← v(x)`, `p` numbers.
    fn velocity_into(&self, x: &[f64], dx: &mut [f64]);

    /// `J ← ∂v/∂x`, row = target, column = regulator.
    fn jacobian_into(&self, x: &[f64], jacobian: &mut Mat<f64>);

    /// The Jacobian in new memory; in loops use [`VectorField::jacobian_into`].
    fn jacobian(&self, x: &[f64]) -> Mat<f64> {
        let p = self.genes().len();
        let mut jacobian = Mat::zeros(p, p);
        self.jacobian_into(x, &mut jacobian);
        jacobian
    }
}

#[cfg(test)]
pub(crate) mod contract {
    use super::VectorField;

    /// The Jacobian must agree with central differences of the velocity.
    pub(crate) fn jacobian_agrees_with_differences(field: &dyn VectorField, x: &[f64]) {
        let p = field.genes().len();
        let jacobian = field.jacobian(x);
        let (mut up, mut down) = (vec![0.0; p], vec![0.0; p]);
        for j in 0..p {
            let h = 1e-6;
            let mut moved = x.to_vec();
            moved[j] = x[j] + h;
            field.velocity_into(&moved, &mut up);
            moved[j] = x[j] - h;
            field.velocity_into(&moved, &mut down);
            for i in 0..p {
                let slope = (up[i] - down[i]) / (2.0 * h);
                assert!((slope - jacobian[(i, j)]).abs() < 1e-6, "∂v{i}/∂x{j}");
            }
        }
    }
}
