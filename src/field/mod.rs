//! Vector fields: how fast every gene changes, and how that depends on every other.

mod clamps;
mod component;
mod covariates;
mod fitted;
mod intervened;
mod sparse;

pub use clamps::Clamps;
pub use component::{Component, Unit};
pub use covariates::WithCovariates;
pub use fitted::Fitted;
pub use intervened::Intervened;
#[cfg(test)]
pub(crate) use sparse::tests::small_field;
pub use sparse::{FieldError, SparseField};

use faer::Mat;

use crate::genes::{Gene, Genes};

/// A system `dx/dt = v(x)` with its derivative.
///
/// Velocity and Jacobian are enough for steady states, courses and interventions:
///
/// ```
/// use cistron::dynamics::{Method, course};
/// use cistron::field::VectorField;
/// use cistron::genes::Genes;
/// use faer::Mat;
///
/// /// `dx/dt = 1 − x/2`
/// struct Production(Genes);
///
/// impl VectorField for Production {
///     fn genes(&self) -> &Genes {
///         &self.0
///     }
///     fn velocity_into(&self, x: &[f64], dx: &mut [f64]) {
///         dx[0] = 1.0 - 0.5 * x[0];
///     }
///     fn jacobian_into(&self, _: &[f64], jacobian: &mut Mat<f64>) {
///         jacobian[(0, 0)] = -0.5;
///     }
/// }
///
/// let field = Production(Genes::new(["lacZ"])?);
/// let states = course(&field, &[0.0], &[0.0, 1.0, 4.0], Method::default())?;
/// assert!((states[(2, 0)] - 2.0 * (1.0 - (-2.0_f64).exp())).abs() < 1e-5);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait VectorField: Sync {
    /// The variables.
    fn genes(&self) -> &Genes;

    /// `dx ← v(x)`, `p` numbers.
    fn velocity_into(&self, x: &[f64], dx: &mut [f64]);

    /// `J ← ∂v/∂x`, row = target, column = regulator.
    fn jacobian_into(&self, x: &[f64], jacobian: &mut Mat<f64>);

    /// Rate `δ_i ≥ 0` at which every gene decays by itself, which integrators take exactly; 0 by
    /// default.
    fn decays(&self) -> Vec<f64> {
        vec![0.0; self.genes().len()]
    }

    /// `n ← N(x)`, the velocity without decay, `v(x) = N(x) − δx`.
    fn drive_into(&self, x: &[f64], drive: &mut [f64]) {
        self.velocity_into(x, drive);
        for ((n, x), decay) in drive.iter_mut().zip(x).zip(self.decays()) {
            *n += decay * x;
        }
    }

    /// `v_target(x)` alone; by default the whole velocity is taken for it.
    fn velocity_of(&self, target: Gene, x: &[f64]) -> f64 {
        let mut dx = vec![0.0; x.len()];
        self.velocity_into(x, &mut dx);
        dx[target.index()]
    }

    /// Where the Jacobian may be other than 0, row first and row after row; all pairs by default.
    ///
    /// The diagonal is always among them. Entries may occur twice; their slopes are to be added.
    fn entries(&self) -> Vec<(usize, usize)> {
        let p = self.genes().len();
        (0..p).flat_map(|i| (0..p).map(move |j| (i, j))).collect()
    }

    /// `slopes[k] ← ∂v_i/∂x_j` for entry `k = (i, j)` of [`VectorField::entries`].
    fn slopes_into(&self, x: &[f64], slopes: &mut [f64]) {
        let jacobian = self.jacobian(x);
        let p = self.genes().len();
        for (k, slope) in slopes.iter_mut().enumerate() {
            *slope = jacobian[(k / p, k % p)];
        }
    }

    /// The slopes of one row, in the order of its entries.
    fn slopes_of(&self, target: Gene, x: &[f64]) -> Vec<f64> {
        let jacobian = self.jacobian(x);
        let row = target.index();
        (0..x.len()).map(|j| jacobian[(row, j)]).collect()
    }

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
    use faer::Mat;

    /// Velocity, Jacobian and their sparse forms must say the same, and the Jacobian must agree
    /// with central differences of the velocity.
    pub(crate) fn holds(field: &dyn VectorField, x: &[f64]) {
        jacobian_agrees_with_differences(field, x);
        let p = field.genes().len();
        let entries = field.entries();
        assert!(entries.is_sorted_by_key(|(i, _)| *i), "row after row");
        assert!((0..p).all(|i| entries.contains(&(i, i))), "the diagonal");
        let mut slopes = vec![f64::NAN; entries.len()];
        field.slopes_into(x, &mut slopes);
        let mut velocity = vec![f64::NAN; p];
        field.velocity_into(x, &mut velocity);
        let mut sum = Mat::<f64>::zeros(p, p);
        for (&(i, j), slope) in entries.iter().zip(&slopes) {
            sum[(i, j)] += slope;
        }
        assert!((sum - field.jacobian(x)).norm_max() < 1e-12);
        let rows = field.genes().iter().flat_map(|i| field.slopes_of(i, x));
        assert_eq!(rows.collect::<Vec<_>>(), slopes);
        let plain: Vec<f64> = field
            .genes()
            .iter()
            .map(|i| field.velocity_of(i, x))
            .collect();
        assert_eq!(plain, velocity);
        let mut drive = vec![f64::NAN; p];
        field.drive_into(x, &mut drive);
        for (i, decay) in field.decays().into_iter().enumerate() {
            assert!(decay >= 0.0 && (drive[i] - decay * x[i] - velocity[i]).abs() < 1e-12);
        }
    }

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
