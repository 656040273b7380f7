//! A field under interventions in the shape in which the integrators want it.

use crate::dynamics::system::{Pattern, System};
use crate::field::{Intervened, VectorField};

/// The field as a [`System`]; genes that are held return to their level at a given rate.
///
/// That keeps the Jacobian regular where their rows would be 0, and changes no path that starts
/// with the genes at their levels.
pub(super) struct Flow<'a, 'f, F: VectorField + ?Sized> {
    field: &'a Intervened<'f, F>,
    pattern: &'a Pattern,
    rate: f64,
}

/// The entries of a field's Jacobian, and the diagonal once more for genes that are held.
pub(super) fn pattern<F: VectorField + ?Sized>(field: &F) -> Pattern {
    let p = field.genes().len();
    let mut entries = field.entries();
    entries.extend((0..p).map(|i| (i, i)));
    Pattern::new(p, entries)
}

impl<'a, 'f, F: VectorField + ?Sized> Flow<'a, 'f, F> {
    /// * `pattern`: made by [`pattern`] of a field with the same entries
    /// * `rate`: with which genes that are held return to their level
    pub(super) fn new(field: &'a Intervened<'f, F>, pattern: &'a Pattern, rate: f64) -> Self {
        Self {
            field,
            pattern,
            rate,
        }
    }

    /// The same with another rate.
    pub(super) fn with_rate(self, rate: f64) -> Self {
        Self { rate, ..self }
    }

    /// Writes the slopes of genes that are held: the last values of the pattern.
    pub(super) fn hold_into(&self, values: &mut [f64]) {
        let diagonal = values.len() - self.size();
        let diagonal = &mut values[diagonal..];
        diagonal.fill(0.0);
        for (gene, _) in self.field.held() {
            diagonal[gene.index()] = -self.rate;
        }
    }

    /// The field under its interventions.
    pub(super) fn field(&self) -> &'a Intervened<'f, F> {
        self.field
    }

    /// The velocity, which does not depend on the time.
    pub(super) fn velocity(&self, x: &[f64], dx: &mut [f64]) {
        self.velocity_into(0.0, x, dx);
    }
}

impl<F: VectorField + ?Sized> System for Flow<'_, '_, F> {
    fn size(&self) -> usize {
        self.field.genes().len()
    }

    fn velocity_into(&self, _: f64, x: &[f64], dx: &mut [f64]) {
        self.field.velocity_into(x, dx);
        for &(gene, level) in self.field.held() {
            dx[gene.index()] = self.rate * (level - x[gene.index()]);
        }
    }

    fn pattern(&self) -> Option<&Pattern> {
        Some(self.pattern)
    }

    fn jacobian_into(&self, _: f64, x: &[f64], values: &mut [f64]) {
        let slopes = values.len() - x.len();
        self.field.slopes_into(x, &mut values[..slopes]);
        self.hold_into(values);
    }
}
