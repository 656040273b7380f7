//! Interventions by the names of their genes.

use super::prepared::{NoAnswer, Question, Until, answer};
use super::response::Response;
use crate::expression::{Change, Intervention, InterventionError, check_interventions};
use crate::field::Fitted;

/// Why a model cannot simulate an intervention.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum PerturbError {
    /// A name that the model does not know.
    #[error("the model has no gene `{name}`; {suggestion}")]
    UnknownGene {
        /// The name that was given.
        name: String,
        /// Names that are near to it.
        suggestion: String,
    },
    /// A dose or a pair of changes that makes no sense.
    #[error(transparent)]
    Intervention(#[from] InterventionError),
    /// The simulation.
    #[error(transparent)]
    Simulation(#[from] NoAnswer),
}

impl Fitted {
    /// The steady state under interventions beside that of the wild type, with a band from the
    /// members of the ensemble.
    ///
    /// * `changes`: name of a gene and what is done to it, at all times
    ///
    /// # Errors   [`PerturbError`] for unknown genes, contradictions, and where there is no steady
    ///   state. [`answer`] simulates courses, windows and other starts.
    /// # Cost     two steady states for the field and for each member.
    pub fn perturb(&self, changes: &[(&str, Change)]) -> Result<Response, PerturbError> {
        let genes = crate::field::VectorField::genes(&self.field);
        let mut interventions = Vec::with_capacity(changes.len());
        for &(name, change) in changes {
            let gene = genes.find(name).ok_or_else(|| PerturbError::UnknownGene {
                name: name.to_owned(),
                suggestion: genes.suggestion(name),
            })?;
            interventions.push(Intervention::always(gene, change));
        }
        check_interventions(&interventions, genes)?;
        let question = Question {
            interventions: &interventions,
            from: None,
            until: &Until::Steady,
        };
        Ok(answer(self, &question)?)
    }
}
