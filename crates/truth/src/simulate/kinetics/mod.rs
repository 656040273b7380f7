//! Transcription, splicing, translation and decay of every gene of a known network.

mod gene;
mod jacobian;
mod number;
mod perturbation;
mod perturbed;
mod promoter;
mod rate_equations;
mod rule;
mod splicing;
mod truth_table;

pub use gene::{GeneFault, GeneKinetics, KineticsError, ProteinRates};
pub use perturbation::Perturbation;
pub(crate) use perturbed::Perturbed;
pub use rate_equations::{Kinetics, TrueEdge};
pub use rule::{Rule, Site};
