//! What changed, ranked, and how it was reached.

use super::path::{Reach, reach};
use super::response::Response;
use crate::expression::Intervention;
use crate::field::VectorField;
use crate::genes::Gene;

/// What interventions do to one gene.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Effect {
    /// The gene.
    pub gene: Gene,
    /// Row of the response in which it is largest, the first of them.
    pub row: usize,
    /// What the interventions change there, in units of the file.
    pub change: f64,
    /// How it is reached.
    pub reach: Reach,
}

/// The effects on all genes, the largest change first.
///
/// # Cost     that of [`reach`], and a sort.
#[must_use]
pub fn effects<F: VectorField + ?Sized>(
    field: &F,
    response: &Response,
    interventions: &[Intervention],
) -> Vec<Effect> {
    let mut perturbed: Vec<Gene> = interventions.iter().map(|one| one.gene).collect();
    perturbed.sort();
    perturbed.dedup();
    let reaches = reach(field, response, &perturbed);
    let largest = |gene: Gene| {
        let mut row = 0;
        for at in 1..response.rows() {
            if response.change(at, gene).abs() > response.change(row, gene).abs() {
                row = at;
            }
        }
        row
    };
    let one = |(gene, reach): (Gene, Reach)| {
        let row = largest(gene);
        Effect {
            gene,
            row,
            change: response.change(row, gene),
            reach,
        }
    };
    let mut all: Vec<Effect> = field.genes().iter().zip(reaches).map(one).collect();
    all.sort_by(|a, b| b.change.abs().total_cmp(&a.change.abs()));
    all
}

impl Reach {
    /// `perturbed`, `direct`, `downstream` or `none`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Perturbed => "perturbed",
            Self::Direct(_) => "direct",
            Self::Downstream(_) => "downstream",
            Self::None => "none",
        }
    }

    /// The genes on the way, from one that was changed; empty where there is none.
    #[must_use]
    pub fn path(&self) -> &[Gene] {
        match self {
            Self::Direct(path) | Self::Downstream(path) => path,
            Self::Perturbed | Self::None => &[],
        }
    }
}
