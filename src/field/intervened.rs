//! A field in which something was done to some genes.

use std::ops::Range;

use faer::Mat;

use super::VectorField;
use crate::expression::{Change, Intervention, InterventionError, Scale, check_interventions};
use crate::genes::{Gene, Genes};

/// Any field under interventions, itself a field: `x` are the levels that every gene *sees*.
///
/// With `v` the field as it was and `f ⊗ y` the level that is `f` times `y` in units of the file
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
    /// Genes that are held, and their level on the model's scale.
    held: Vec<(Gene, f64)>,
    /// Genes that are scaled, and their factor, above 0 and not 1.
    scaled: Vec<(Gene, f64)>,
    /// The rows of both among the entries, by gene.
    rows: Vec<Row>,
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
    /// * `scale`: the scale of the field's levels; doses are in units of the file
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
        check_interventions(interventions, field.genes())?;
        let acting = interventions.iter().filter(|one| one.acts_at(time));
        Ok(Self::of(field, scale, acting))
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
        let all: Vec<Intervention> = interventions
            .iter()
            .map(|one| Intervention::always(one.gene, one.change))
            .collect();
        check_interventions(&all, field.genes())?;
        Ok(Self::of(field, scale, all.iter()))
    }

    /// Holds more genes at levels of the field's own scale; those that are changed already stay as
    /// they are.
    #[must_use]
    pub fn holding(mut self, levels: &[(Gene, f64)]) -> Self {
        let free = levels
            .iter()
            .filter(|(gene, _)| !self.holds(*gene) && self.factor(*gene).is_none());
        let more: Vec<(Gene, f64)> = free.copied().collect();
        self.held.extend(more);
        self.with_rows()
    }

    fn of<'b>(field: &'a F, scale: Scale, all: impl Iterator<Item = &'b Intervention>) -> Self {
        let (mut held, mut scaled) = (Vec::new(), Vec::new());
        for one in all {
            assert!(
                one.gene.index() < field.genes().len(),
                "a gene of the field"
            );
            match one.change {
                Change::Knockout => held.push((one.gene, scale.forward(0.0))),
                Change::Set(level) => held.push((one.gene, scale.forward(level))),
                Change::Scaled(0.0) => held.push((one.gene, scale.forward(0.0))),
                Change::Scaled(factor) if factor != 1.0 => scaled.push((one.gene, factor)),
                Change::Scaled(_) => {}
            }
        }
        let rows = Vec::new();
        let one = Self {
            field,
            scale,
            held,
            scaled,
            rows,
        };
        one.with_rows()
    }

    /// Sorts the genes and finds their entries.
    fn with_rows(mut self) -> Self {
        self.held.sort_by_key(|(gene, _)| *gene);
        self.scaled.sort_by_key(|(gene, _)| *gene);
        if !(self.held.is_empty() && self.scaled.is_empty()) {
            let entries = self.field.entries();
            let changed = self.held.iter().chain(&self.scaled);
            self.rows = changed.map(|(gene, _)| Row::new(&entries, *gene)).collect();
            self.rows.sort_by_key(|row| row.gene);
        }
        self
    }

    /// The field as it was.
    #[must_use]
    pub fn undisturbed(&self) -> &'a F {
        self.field
    }

    /// Genes that are held, in their order, each with its level on the model's scale.
    #[must_use]
    pub fn held(&self) -> &[(Gene, f64)] {
        &self.held
    }

    /// Genes that are scaled, in their order, each with its factor.
    #[must_use]
    pub fn scaled(&self) -> &[(Gene, f64)] {
        &self.scaled
    }

    /// Puts the genes that are held at their levels.
    pub fn place(&self, x: &mut [f64]) {
        for &(gene, level) in &self.held {
            x[gene.index()] = level;
        }
    }

    /// The level that a scaled gene's own regulation makes, where `visible` is seen.
    #[must_use]
    pub fn unscaled(&self, visible: f64, factor: f64) -> f64 {
        self.scale.multiply(visible, 1.0 / factor)
    }

    /// `x` as gene `i` sees it, which is scaled by `factor`.
    fn own_view(&self, x: &[f64], gene: Gene, factor: f64) -> Vec<f64> {
        let mut seen = x.to_vec();
        seen[gene.index()] = self.unscaled(x[gene.index()], factor);
        seen
    }

    fn factor(&self, gene: Gene) -> Option<f64> {
        let found = self.scaled.iter().find(|(other, _)| *other == gene);
        found.map(|(_, factor)| *factor)
    }

    fn holds(&self, gene: Gene) -> bool {
        self.held.iter().any(|(other, _)| *other == gene)
    }

    fn scaled_velocity(&self, x: &[f64], gene: Gene, factor: f64) -> f64 {
        let seen = self.own_view(x, gene, factor);
        let (slope, _) = self.scale.multiply_slopes(seen[gene.index()], factor);
        slope * self.field.velocity_of(gene, &seen)
    }

    fn row(&self, gene: Gene) -> &Row {
        let at = self.rows.binary_search_by_key(&gene, |row| row.gene);
        &self.rows[at.expect("every changed gene has its row")]
    }

    /// The slopes of a scaled gene, in the order of its entries.
    fn scaled_slopes(&self, x: &[f64], gene: Gene, factor: f64) -> Vec<f64> {
        let own = gene.index();
        let seen = self.own_view(x, gene, factor);
        // m = (f ⊗ u)′ and u′ = 1/m: the gene's own column gets m v_i,i u′ + m′ u′ v_i
        let (slope, bend) = self.scale.multiply_slopes(seen[own], factor);
        let mut extra = bend / slope * self.field.velocity_of(gene, &seen);
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
        for &(gene, factor) in &self.scaled {
            dx[gene.index()] = self.scaled_velocity(x, gene, factor);
        }
        for (gene, _) in &self.held {
            dx[gene.index()] = 0.0;
        }
    }

    fn jacobian_into(&self, x: &[f64], jacobian: &mut Mat<f64>) {
        self.field.jacobian_into(x, jacobian);
        for row in &self.rows {
            (0..x.len()).for_each(|j| jacobian[(row.gene.index(), j)] = 0.0);
        }
        for &(gene, factor) in &self.scaled {
            let slopes = self.scaled_slopes(x, gene, factor);
            for (&source, slope) in self.row(gene).sources.iter().zip(slopes) {
                jacobian[(gene.index(), source)] += slope;
            }
        }
    }

    fn velocity_of(&self, target: Gene, x: &[f64]) -> f64 {
        match self.factor(target) {
            _ if self.holds(target) => 0.0,
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
        for &(gene, factor) in &self.scaled {
            let row = &mut slopes[self.row(gene).entries.clone()];
            row.copy_from_slice(&self.scaled_slopes(x, gene, factor));
        }
        for (gene, _) in &self.held {
            slopes[self.row(*gene).entries.clone()].fill(0.0);
        }
    }

    fn slopes_of(&self, target: Gene, x: &[f64]) -> Vec<f64> {
        match self.factor(target) {
            _ if self.holds(target) => vec![0.0; self.row(target).sources.len()],
            Some(factor) => self.scaled_slopes(x, target, factor),
            None => self.field.slopes_of(target, x),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
        for scale in [Scale::Sqrt, Scale::Log1p, Scale::Identity] {
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
        let same = under(&field, Scale::Sqrt, &[(0, Change::Scaled(1.0))]);
        assert_eq!(velocity(&same, &X), velocity(&field, &X));
        let none = under(&field, Scale::Sqrt, &[(1, Change::Scaled(0.0))]);
        let out = under(&field, Scale::Sqrt, &[(1, Change::Knockout)]);
        assert_eq!(none.held(), out.held());
        assert_eq!(velocity(&none, &X), velocity(&out, &X));
    }

    #[test]
    fn everyone_else_sees_the_factor_times_what_the_gene_makes_itself() {
        let field = small_field();
        let scaled = under(&field, Scale::Sqrt, &[(0, Change::Scaled(4.0))]);
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
            let at = Intervened::at(&field, Scale::Sqrt, &[one], time).expect("sound");
            let mut x = X;
            at.place(&mut x);
            x[1]
        };
        assert_eq!([0.5, 1.0, 2.0].map(held), [0.9, 2.0, 0.9]);
        let twice = [one, Intervention::always(Gene(1), Change::Knockout)];
        assert!(Intervened::at(&field, Scale::Sqrt, &twice, 0.0).is_err());
    }
}
