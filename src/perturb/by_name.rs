//! Interventions on genes that are called by name.

use super::no_answer::NoAnswer;
use super::prepared::{Query, answer};
use super::response::Response;
use super::setting::Until;
use crate::expression::{Change, Intervention};
use crate::field::{Fitted, VectorField};

/// Why there is no response to interventions on named genes.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PerturbError {
    /// The model has no gene of this name.
    #[error("the model has no gene `{name}`; {cure}")]
    NoGene {
        /// The name.
        name: String,
        /// Names that are near to it.
        cure: String,
    },
    /// The simulation.
    #[error(transparent)]
    Simulation(#[from] NoAnswer),
}

impl Fitted {
    /// The steady state under interventions that act at all times, with bands from the members of
    /// the ensemble; in units of the data. Where the model has no steady state within the measured range, the course
    /// from the reference over the duration of the data ([`Response::start`] says so).
    ///
    /// [`answer`] also takes time windows, starts and times.
    ///
    /// # Errors   [`PerturbError`] for a gene that the model does not have, interventions that
    ///   contradict each other, and where there is no steady state.
    /// # Cost     a steady state for the field and for each member.
    pub fn perturb(&self, changes: &[(&str, Change)]) -> Result<Response, PerturbError> {
        let genes = self.field.genes();
        let mut interventions = Vec::with_capacity(changes.len());
        for &(name, change) in changes {
            let gene = genes.find(name).ok_or_else(|| PerturbError::NoGene {
                name: name.to_owned(),
                cure: genes.suggestion(name),
            })?;
            interventions.push(Intervention::always(gene, change));
        }
        let query = Query {
            interventions: &interventions,
            from: None,
            until: &Until::Auto,
        };
        Ok(answer(self, &query)?)
    }
}
