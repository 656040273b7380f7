//! A field in which something was done to some genes.

use std::ops::Range;
use std::sync::OnceLock;

use faer::Mat;

use super::{Clamps, VectorField};
use crate::expression::{Intervention, InterventionError, Scale, check_interventions};
use crate::genes::{Gene, Genes};

/// Any field under interventions, itself a field: `x` are the levels that every gene *sees*.
///
/// With `v` the field as it was and `f ⊗ y` the level that is `f` times `y` on the linear scale
/// ([`Scale::multiply`]):
///
/// * a gene that is knocked out or set is held: its velocity is 0 and so is its row of the
///   Jacobian. [`Intervened::place`] puts it at its level.
/// * a gene that is scaled by `f > 0` moves as the level `u = (1/f) ⊗ x_i` that its own
///   regulation makes would move, `du/dt = v_i(x with u in the place of x_i)`, so
///   `dx_i/dt = (f ⊗ u)′ v_i`. On a linear scale that is a rate of synthesis of `f` times its
///   size. Several scaled genes see each other's visible level and their own `u`.
/// * `f = 1` changes nothing; `f = 0` is a knockout.
///
/// Levels go on without a jump where scaling starts or ends: a gene that is held jumps to its
/// level at the start, and follows its own equation from there after the end.
#[derive(Clone, Debug)]
pub struct Intervened<'a, F: VectorField + ?Sized> {
    field: &'a F,
    scale: Scale,
    clamps: Clamps,
    /// The rows of changed genes among the entries, by gene; found when they are first needed.
    rows: OnceLock<Vec<Row>>,
}

/// Where the entries of one gene stand.
#[derive(Clone, Debug)]
struct Row {
    gene: Gene,
    entries: Range<usize>,
    sources: Vec<usize>,
}

impl<'a, F: VectorField + ?Sized> Intervened<'a, F> {
    /// The field under those interventions that act at a time.
    ///
    /// * `scale`: the scale of the field's levels; factors are on the linear scale, levels in units of the
    ///   file
    ///
    /// # Errors   [`InterventionError`] for a dose below 0, a window that ends before it starts,
    ///   or two changes of one gene at one time.
    /// # Panics   if a gene is none of the field's (a bug in the caller).
    pub fn at(
        field: &'a F,
        scale: Scale,
        interventions: &[Intervention],
        time: f64,
    ) -> Result<Self, InterventionError> {
        check_interventions(interventions, field.genes(), Some(scale))?;
        let acting = interventions.iter().filter(|done| done.acts_at(time));
        Ok(Self::under(field, scale, Clamps::new(acting, scale)))
    }

    /// The field under all of the interventions, as if none of them ended.
    ///
    /// # Errors   [`InterventionError`], as for [`Intervened::at`]; two changes of one gene
    ///   contradict each other here whatever their windows.
    /// # Panics   if a gene is none of the field's (a bug in the caller).
    pub fn always(
        field: &'a F,
        scale: Scale,
        interventions: &[Intervention],
    ) -> Result<Self, InterventionError> {
        let lasting: Vec<Intervention> = interventions
            .iter()
            .map(|done| Intervention::always(done.gene, done.change))
            .collect();
        check_interventions(&lasting, field.genes(), Some(scale))?;
        Ok(Self::under(field, scale, Clamps::new(&lasting, scale)))
    }

    /// The field with some genes held and some scaled.
    ///
    /// # Panics   if a gene is none of the field's (a bug in the caller).
    pub fn under(field: &'a F, scale: Scale, clamps: Clamps) -> Self {
        let changed = clamps.held.iter().chain(&clamps.scaled);
        let last = changed.map(|(gene, _)| gene.index() + 1).max();
        assert!(
            last.unwrap_or(0) <= field.genes().len(),
            "genes of the field"
        );
        Self {
            field,
            scale,
            clamps,
            rows: OnceLock::new(),
        }
    }

    /// Holds more genes at levels of the field's own scale; those that are changed already stay as
    /// they are.
    #[must_use]
    pub fn holding(self, levels: &[(Gene, f64)]) -> Self {
        Self::under(self.field, self.scale, self.clamps.holding(levels))
    }

    /// The field as it was.
    #[must_use]
    pub fn undisturbed(&self) -> &'a F {
        self.field
    }

    /// What is done to it.
    #[must_use]
    pub fn clamps(&self) -> &Clamps {
        &self.clamps
    }

    /// Genes that are held, in their order, each with its level on the model's scale.
    #[must_use]
    pub fn held(&self) -> &[(Gene, f64)] {
        &self.clamps.held
    }

    /// Puts the genes that are held at their levels.
    pub fn place(&self, x: &mut [f64]) {
        self.clamps.place(x);
    }

    /// How the velocity of a scaled gene depends on what the field makes of it.
    pub(crate) fn scaling(&self, gene: Gene, visible: f64) -> Option<Scaling> {
        let factor = self.clamps.factor(gene)?;
        let own = self.unscaled(visible, factor);
        let (slope, curvature) = self.scale.multiply_slopes(own, factor);
        Some(Scaling {
            own,
            slope,
            curvature: curvature / slope,
        })
    }

    /// The level that a scaled gene's own regulation makes, where `visible` is seen.
    fn unscaled(&self, visible: f64, factor: f64) -> f64 {
        self.scale.multiply(visible, 1.0 / factor)
    }

    /// `x` as gene `i` sees it, which is scaled by `factor`.
    fn own_view(&self, x: &[f64], gene: Gene, factor: f64) -> Vec<f64> {
        let mut seen = x.to_vec();
        seen[gene.index()] = self.unscaled(x[gene.index()], factor);
        seen
    }

    fn scaled_velocity(&self, x: &[f64], gene: Gene, factor: f64) -> f64 {
        let seen = self.own_view(x, gene, factor);
        let (slope, _) = self.scale.multiply_slopes(seen[gene.index()], factor);
        slope * self.field.velocity_of(gene, &seen)
    }

    /// The rows of the changed genes, in the order of the genes.
    fn rows(&self) -> &[Row] {
        self.rows.get_or_init(|| {
            if self.clamps.is_empty() {
                return Vec::new();
            }
            let entries = self.field.entries();
            let changed = self.clamps.held.iter().chain(&self.clamps.scaled);
            let mut rows: Vec<Row> = changed.map(|(gene, _)| Row::new(&entries, *gene)).collect();
            rows.sort_by_key(|row| row.gene);
            rows
        })
    }

    fn row(&self, gene: Gene) -> &Row {
        let rows = self.rows();
        let at = rows.binary_search_by_key(&gene, |row| row.gene);
        &rows[at.expect("every changed gene has its row")]
    }

    /// The slopes of a scaled gene, in the order of its entries.
    fn scaled_slopes(&self, x: &[f64], gene: Gene, factor: f64) -> Vec<f64> {
        let own = gene.index();
        let seen = self.own_view(x, gene, factor);
        // m = (f ⊗ u)′ and u′ = 1/m: the gene's own column gets m v_i,i u′ + m′ u′ v_i
        let (slope, curvature) = self.scale.multiply_slopes(seen[own], factor);
        let mut extra = curvature / slope * self.field.velocity_of(gene, &seen);
        let mut values = self.field.slopes_of(gene, &seen);
        for (value, &source) in values.iter_mut().zip(&self.row(gene).sources) {
            if source == own {
                *value += std::mem::take(&mut extra);
            } else {
                *value *= slope;
            }
        }
        values
    }
}

/// A scaled gene at a visible level `x = f ⊗ u`: with `m = (f ⊗ u)′` its velocity is `m v(u)`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scaling {
    /// `u`, the level that its own regulation makes.
    pub(crate) own: f64,
    /// `m`.
    pub(crate) slope: f64,
    /// `m′/m`, with `m′ = (f ⊗ u)″`.
    pub(crate) curvature: f64,
}

impl Row {
    /// Finds it among entries that stand row after row.
    fn new(entries: &[(usize, usize)], gene: Gene) -> Self {
        let row = gene.index();
        let first = entries.partition_point(|(i, _)| *i < row);
        let end = entries.partition_point(|(i, _)| *i <= row);
        Self {
            gene,
            entries: first..end,
            sources: entries[first..end].iter().map(|(_, j)| *j).collect(),
        }
    }
}

impl<F: VectorField + ?Sized> VectorField for Intervened<'_, F> {
    fn genes(&self) -> &Genes {
        self.field.genes()
    }

    fn velocity_into(&self, x: &[f64], dx: &mut [f64]) {
        self.field.velocity_into(x, dx);
        for &(gene, factor) in &self.clamps.scaled {
            dx[gene.index()] = self.scaled_velocity(x, gene, factor);
        }
        for (gene, _) in &self.clamps.held {
            dx[gene.index()] = 0.0;
        }
    }

    fn decays(&self) -> Vec<f64> {
        self.field.decays()
    }

    /// Whoever follows the field takes the decay of all genes, so a gene that is held is driven
    /// by as much as it would decay.
    fn drive_into(&self, x: &[f64], drive: &mut [f64]) {
        self.field.drive_into(x, drive);
        if self.clamps.is_empty() {
            return;
        }
        let decays = self.field.decays();
        for &(gene, factor) in &self.clamps.scaled {
            let i = gene.index();
            drive[i] = self.scaled_velocity(x, gene, factor) + decays[i] * x[i];
        }
        for (gene, _) in &self.clamps.held {
            drive[gene.index()] = decays[gene.index()] * x[gene.index()];
        }
    }

    fn jacobian_into(&self, x: &[f64], jacobian: &mut Mat<f64>) {
        self.field.jacobian_into(x, jacobian);
        for row in self.rows() {
            (0..x.len()).for_each(|j| jacobian[(row.gene.index(), j)] = 0.0);
        }
        for &(gene, factor) in &self.clamps.scaled {
            let slopes = self.scaled_slopes(x, gene, factor);
            for (&source, slope) in self.row(gene).sources.iter().zip(slopes) {
                jacobian[(gene.index(), source)] += slope;
            }
        }
    }

    fn velocity_of(&self, target: Gene, x: &[f64]) -> f64 {
        match self.clamps.factor(target) {
            _ if self.clamps.holds(target) => 0.0,
            Some(factor) => self.scaled_velocity(x, target, factor),
            None => self.field.velocity_of(target, x),
        }
    }

    /// Those of the field as it was: what is held has slopes of 0 in its place.
    fn entries(&self) -> Vec<(usize, usize)> {
        self.field.entries()
    }

    fn slopes_into(&self, x: &[f64], slopes: &mut [f64]) {
        self.field.slopes_into(x, slopes);
        for &(gene, factor) in &self.clamps.scaled {
            let row = &mut slopes[self.row(gene).entries.clone()];
            row.copy_from_slice(&self.scaled_slopes(x, gene, factor));
        }
        for (gene, _) in &self.clamps.held {
            slopes[self.row(*gene).entries.clone()].fill(0.0);
        }
    }

    fn slopes_of(&self, target: Gene, x: &[f64]) -> Vec<f64> {
        match self.clamps.factor(target) {
            _ if self.clamps.holds(target) => vec![0.0; self.row(target).sources.len()],
            Some(factor) => self.scaled_slopes(x, target, factor),
            None => self.field.slopes_of(target, x),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::Change;
    use crate::field::{SparseField, contract, small_field};

    const X: [f64; 3] = [0.4, 0.9, 1.3];

    fn under<'a>(
        field: &'a SparseField,
        scale: Scale,
        changes: &[(usize, Change)],
    ) -> Intervened<'a, SparseField> {
        let all: Vec<Intervention> = changes
            .iter()
            .map(|&(gene, change)| Intervention::always(Gene(gene), change))
            .collect();
        Intervened::always(field, scale, &all).expect("sound")
    }

    fn velocity(field: &dyn VectorField, x: &[f64]) -> Vec<f64> {
        let mut dx = vec![f64::NAN; x.len()];
        field.velocity_into(x, &mut dx);
        dx
    }

    #[test]
    fn the_contract_of_a_field_holds_on_every_scale() {
        let field = small_field();
        for scale in [Scale::SQRT, Scale::LOG1P, Scale::IDENTITY] {
            for changes in [
                vec![(0, Change::Scaled(0.3)), (1, Change::Scaled(2.0))],
                vec![(1, Change::Knockout), (0, Change::Scaled(0.5))],
                vec![(2, Change::Set(0.8))],
            ] {
                contract::holds(&under(&field, scale, &changes), &X);
                contract::holds(&under(&field, scale, &changes), &[-0.4, 0.9, -1.3]);
            }
        }
    }

    #[test]
    fn a_factor_of_one_changes_nothing_and_one_of_zero_is_a_knockout() {
        let field = small_field();
        let same = under(&field, Scale::SQRT, &[(0, Change::Scaled(1.0))]);
        assert_eq!(velocity(&same, &X), velocity(&field, &X));
        let none = under(&field, Scale::SQRT, &[(1, Change::Scaled(0.0))]);
        let out = under(&field, Scale::SQRT, &[(1, Change::Knockout)]);
        assert_eq!(none.held(), out.held());
        assert_eq!(velocity(&none, &X), velocity(&out, &X));
    }

    #[test]
    fn everyone_else_sees_the_factor_times_what_the_gene_makes_itself() {
        let field = small_field();
        let scaled = under(&field, Scale::SQRT, &[(0, Change::Scaled(4.0))]);
        // at twice the root, the gene itself moves as it did at the root, twice as fast
        let (made, seen) = ([0.4, 0.9, 1.3], [0.8, 0.9, 1.3]);
        let (inside, outside) = (velocity(&field, &made), velocity(&field, &seen));
        let found = velocity(&scaled, &seen);
        assert!((found[0] - 2.0 * inside[0]).abs() < 1e-15);
        assert_eq!(found[1..], outside[1..]);
    }

    #[test]
    fn only_what_acts_at_the_time_is_done() {
        let field = small_field();
        let mut one = Intervention::always(Gene(1), Change::Set(4.0));
        one.window = Some(crate::expression::Span {
            start: 1.0,
            end: 2.0,
        });
        let held = |time| {
            let at = Intervened::at(&field, Scale::SQRT, &[one], time).expect("sound");
            let mut x = X;
            at.place(&mut x);
            x[1]
        };
        assert_eq!([0.5, 1.0, 2.0].map(held), [0.9, 2.0, 0.9]);
        let twice = [one, Intervention::always(Gene(1), Change::Knockout)];
        assert!(Intervened::at(&field, Scale::SQRT, &twice, 0.0).is_err());
    }
}
