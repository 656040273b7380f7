//! Transcription, splicing, translation and decay of every gene of a known network.

mod gene;
mod jacobian;
mod network;
mod number;
mod perturbation;
mod perturbed;
mod promoter;
mod rule;
mod splicing;
mod truth_table;

pub use gene::{GeneFault, GeneKinetics, KineticsError, ProteinRates};
pub use network::{Kinetics, TrueEdge};
pub use perturbation::Perturbation;
pub use perturbed::Perturbed;
pub use rule::{Rule, Site};
