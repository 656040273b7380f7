//! A simulation in the terms of the model.

use cistron::expression::Intervention;
use cistron::field::Fitted;
use cistron::genes::Gene;
use cistron::perturb::{Query, Until};
use cistron::run::ResultFolder;

/// What is simulated, and where the results go.
pub(super) struct Simulation<'a> {
    pub(super) model: &'a Fitted,
    /// Name of the initial state.
    pub(super) start: &'a str,
    /// Levels of the initial state; none for the steady state of the wild type.
    pub(super) from: Option<&'a [f64]>,
    pub(super) until: &'a Until,
    pub(super) interventions: &'a [Intervention],
    /// Genes whose change is measured; all if empty.
    pub(super) targets: &'a [Gene],
    /// Number of genes in the summary and in the pictures.
    pub(super) top: usize,
    /// Folder for the results.
    pub(super) out: &'a ResultFolder,
}

impl Simulation<'_> {
    /// The query to the library.
    pub(super) fn query(&self) -> Query<'_> {
        Query {
            interventions: self.interventions,
            from: self.from,
            until: self.until,
        }
    }
}
