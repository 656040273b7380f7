//! Interventions as the equations see them.

use crate::expression::{Change, Intervention, Scale};

/// What was done to some genes, on the model's scale.
///
/// The state of a scaled gene is the level that its own regulation makes; everyone else sees the
/// factor times that, in units of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Clamps {
    /// Genes that are held, and their level.
    pub(super) held: Vec<(usize, f64)>,
    /// Genes that are scaled, and their factor.
    pub(super) scaled: Vec<(usize, f64)>,
}

impl Clamps {
    pub(super) fn new<'a>(all: impl Iterator<Item = &'a Intervention>, scale: Scale) -> Self {
        let mut clamps = Self::default();
        for one in all {
            let gene = one.gene.index();
            match one.change {
                Change::Knockout => clamps.held.push((gene, scale.forward(0.0))),
                Change::Set(level) => clamps.held.push((gene, scale.forward(level))),
                Change::Scaled(0.0) => clamps.held.push((gene, scale.forward(0.0))),
                Change::Scaled(factor) => clamps.scaled.push((gene, factor)),
            }
        }
        clamps.held.sort_by_key(|(gene, _)| *gene);
        clamps.scaled.sort_by_key(|(gene, _)| *gene);
        clamps
    }

    /// Whether a gene was changed in any way.
    pub(super) fn changes(&self, gene: usize) -> bool {
        self.holds(gene) || self.scaled.iter().any(|(other, _)| *other == gene)
    }

    pub(super) fn holds(&self, gene: usize) -> bool {
        self.held.iter().any(|(other, _)| *other == gene)
    }

    /// Puts held genes at their levels.
    pub(super) fn place(&self, z: &mut [f64]) {
        self.held.iter().for_each(|&(gene, level)| z[gene] = level);
    }

    /// Sets held genes to 0, in a gradient.
    pub(super) fn release(&self, gradient: &mut [f64]) {
        self.held.iter().for_each(|&(gene, _)| gradient[gene] = 0.0);
    }

    /// Levels that everyone sees in the state `z`.
    pub(super) fn see(&self, scale: Scale, z: &[f64], y: &mut [f64]) {
        y.copy_from_slice(z);
        for &(gene, factor) in &self.scaled {
            y[gene] = scale.multiply(z[gene], factor);
        }
    }

    /// Turns a gradient by what is seen into one by the state.
    pub(super) fn see_back(&self, scale: Scale, z: &[f64], gradient: &mut [f64]) {
        for &(gene, factor) in &self.scaled {
            gradient[gene] *= scale.multiply_slopes(z[gene], factor).0;
        }
    }

    /// Turns levels that were seen into the state.
    pub(super) fn unsee(&self, scale: Scale, z: &mut [f64]) {
        for &(gene, factor) in &self.scaled {
            z[gene] = scale.multiply(z[gene], 1.0 / factor);
        }
    }
}
