//! What interventions do at one time, on a field's scale.

use crate::expression::{Change, Intervention, Scale};
use crate::genes::Gene;

/// Genes that are held at a level, and genes that are scaled.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Clamps {
    /// Genes that are held, in their order, each with its level on the model's scale.
    pub(super) held: Vec<(Gene, f64)>,
    /// Genes that are scaled, in their order, each with its factor, above 0 and not 1.
    pub(super) scaled: Vec<(Gene, f64)>,
}

impl Clamps {
    /// Those of interventions that act together; a factor of 1 changes nothing, and one of 0 is a
    /// knockout.
    ///
    /// * `scale`: of the field's levels; factors are on the linear scale, levels in units of the file
    #[must_use]
    pub fn new<'a>(acting: impl IntoIterator<Item = &'a Intervention>, scale: Scale) -> Self {
        let mut clamps = Self::default();
        for done in acting {
            match done.change {
                Change::Knockout | Change::Scaled(0.0) => {
                    clamps.held.push((done.gene, scale.zero()));
                }
                Change::Set(level) => clamps.held.push((done.gene, scale.forward(level))),
                Change::Scaled(factor) if factor != 1.0 => clamps.scaled.push((done.gene, factor)),
                Change::Scaled(_) => {}
            }
        }
        clamps.sorted()
    }

    /// Holds more genes at levels of the field's scale; those that are changed already stay as
    /// they are.
    #[must_use]
    pub fn holding(mut self, levels: &[(Gene, f64)]) -> Self {
        let free: Vec<(Gene, f64)> = levels
            .iter()
            .filter(|(gene, _)| !self.changes(*gene))
            .copied()
            .collect();
        self.held.extend(free);
        self.sorted()
    }

    fn sorted(mut self) -> Self {
        self.held.sort_by_key(|(gene, _)| *gene);
        self.scaled.sort_by_key(|(gene, _)| *gene);
        self
    }

    /// Whether nothing is done.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.held.is_empty() && self.scaled.is_empty()
    }

    /// Whether a gene is changed in any way.
    #[must_use]
    pub fn changes(&self, gene: Gene) -> bool {
        self.holds(gene) || self.factor(gene).is_some()
    }

    /// Whether a gene is held.
    #[must_use]
    pub fn holds(&self, gene: Gene) -> bool {
        self.held.iter().any(|(other, _)| *other == gene)
    }

    /// The factor of a gene that is scaled.
    #[must_use]
    pub fn factor(&self, gene: Gene) -> Option<f64> {
        let scaled = self.scaled.iter().find(|(other, _)| *other == gene);
        scaled.map(|(_, factor)| *factor)
    }

    /// Puts the genes that are held at their levels.
    pub fn place(&self, x: &mut [f64]) {
        self.held
            .iter()
            .for_each(|&(gene, level)| x[gene.index()] = level);
    }

    /// Multiplies the levels of the genes that are scaled, which their own regulation makes, into
    /// those that are seen.
    pub fn multiply(&self, scale: Scale, levels: &mut [f64]) {
        for &(gene, factor) in &self.scaled {
            levels[gene.index()] = scale.multiply(levels[gene.index()], factor);
        }
    }

    /// Sets the genes that are held to 0 in a gradient by the state: nothing moves them.
    pub fn release(&self, gradient: &mut [f64]) {
        self.held
            .iter()
            .for_each(|(gene, _)| gradient[gene.index()] = 0.0);
    }
}
