//! States without and with interventions, gene by gene.

use std::sync::Arc;

use faer::Mat;

use super::start::{InitialState, StartKind};
use crate::expression::Scale;
use crate::genes::{Gene, Genes};
use crate::numeric::median;

/// States without and with interventions, on the model's scale.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Both {
    /// One copy for all answers from the same start.
    pub(super) wild_type: Arc<Mat<f64>>,
    pub(super) perturbed: Mat<f64>,
}

/// The answer of a model.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Response {
    genes: Genes,
    scale: Scale,
    times: Vec<f64>,
    field: Both,
    members: Vec<Both>,
    drifting: Vec<Gene>,
    start: InitialState,
    floor: f64,
}

/// Share of the middle wild-type level that is added to both sides of a fold change.
const FLOOR: f64 = 1e-3;

impl Response {
    /// * `times`: none for a steady state
    /// * `field`, `members`: rows × genes, on the scale
    /// * `drifting`: genes that are held in steady states
    pub(super) fn new(
        genes: &Genes,
        scale: Scale,
        times: Vec<f64>,
        field: Both,
        members: Vec<Both>,
        drifting: Vec<Gene>,
    ) -> Self {
        let first: Vec<f64> = (0..genes.len())
            .map(|j| scale.linear(field.wild_type[(0, j)]))
            .filter(|level| *level > 0.0)
            .collect();
        Self {
            genes: genes.clone(),
            scale,
            times,
            floor: if first.is_empty() {
                FLOOR
            } else {
                FLOOR * median(&first)
            },
            field,
            members,
            drifting,
            start: InitialState::new(StartKind::Steady),
        }
    }

    pub(super) fn with_start(self, start: InitialState) -> Self {
        Self { start, ..self }
    }

    /// The state that both simulations start from.
    #[doc(hidden)]
    #[must_use]
    pub fn start(&self) -> &InitialState {
        &self.start
    }

    /// What fold changes add to both levels: a thousandth of the middle wild-type level, on the
    /// linear scale.
    #[doc(hidden)]
    #[must_use]
    pub fn pseudocount(&self) -> f64 {
        self.floor
    }

    /// The scale of the model.
    #[doc(hidden)]
    #[must_use]
    pub fn scale(&self) -> Scale {
        self.scale
    }

    /// The genes.
    #[must_use]
    pub fn genes(&self) -> &Genes {
        &self.genes
    }

    /// The times, one a row; none for a steady state, which has one row.
    #[must_use]
    pub fn times(&self) -> &[f64] {
        &self.times
    }

    /// Number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.field.wild_type.nrows()
    }

    /// Genes that are held because they have shown no decay.
    #[must_use]
    pub fn drifting(&self) -> &[Gene] {
        &self.drifting
    }

    /// Members of the ensemble that the band is made of.
    #[must_use]
    pub fn members(&self) -> usize {
        self.members.len()
    }

    /// States without interventions, rows × genes, on the model's scale.
    #[must_use]
    pub fn wild_type_states(&self) -> &Mat<f64> {
        &self.field.wild_type
    }

    /// States under the interventions, rows × genes, on the model's scale.
    #[must_use]
    pub fn perturbed_states(&self) -> &Mat<f64> {
        &self.field.perturbed
    }

    /// Level without interventions, in units of the file.
    #[must_use]
    pub fn wild_type(&self, row: usize, gene: Gene) -> f64 {
        self.scale
            .backward(self.field.wild_type[(row, gene.index())])
    }

    /// Level under the interventions, in units of the file.
    #[must_use]
    pub fn perturbed(&self, row: usize, gene: Gene) -> f64 {
        self.scale
            .backward(self.field.perturbed[(row, gene.index())])
    }

    /// What the interventions change, in units of the file.
    #[must_use]
    pub fn change(&self, row: usize, gene: Gene) -> f64 {
        self.perturbed(row, gene) - self.wild_type(row, gene)
    }

    /// The least and the largest change among the field and its members, in units of the file;
    /// none without members.
    #[must_use]
    pub fn band(&self, row: usize, gene: Gene) -> Option<(f64, f64)> {
        if self.members.is_empty() {
            return None;
        }
        let change = |both: &Both| {
            let at = (row, gene.index());
            self.scale.backward(both.perturbed[at]) - self.scale.backward(both.wild_type[at])
        };
        let own = self.change(row, gene);
        Some(self.members.iter().fold((own, own), |(low, high), both| {
            let change = change(both);
            (low.min(change), high.max(change))
        }))
    }

    /// The levels that the ensemble holds possible, in units of the file: the wild type plus the
    /// [`Response::band`]; not below 0 where neither level is. None without members.
    #[must_use]
    pub fn possible(&self, row: usize, gene: Gene) -> Option<(f64, f64)> {
        let (low, high) = self.band(row, gene)?;
        let wild = self.wild_type(row, gene);
        let least = self.scale.stored.least();
        let least = least.filter(|least| wild >= *least && self.perturbed(row, gene) >= *least);
        let least = least.unwrap_or(f64::NEG_INFINITY);
        Some(((wild + low).max(least), (wild + high).max(least)))
    }

    /// `log₂ (perturbed + c)/(wild type + c)` of levels on the linear scale, with
    /// [`Response::pseudocount`] `c`, so that a gene that is gone has a number too; NaN where a level is
    /// below 0, or where the data are logarithms of an unknown base.
    #[must_use]
    pub fn log2_fold_change(&self, row: usize, gene: Gene) -> f64 {
        let linear = |states: &Mat<f64>| {
            let level = self.scale.linear(states[(row, gene.index())]);
            if self.scale.is_unbounded() {
                level
            } else {
                level.max(0.0)
            }
        };
        let wild = linear(&self.field.wild_type);
        let perturbed = linear(&self.field.perturbed);
        if wild < 0.0 || perturbed < 0.0 || !self.scale.stored.is_known() {
            return f64::NAN;
        }
        ((perturbed + self.floor) / (wild + self.floor)).log2()
    }
}
