//! From replicates and responses to a ranked, signed network.

mod evidence;
mod false_edges;
mod graph;
mod joined;
mod layout;
mod ranking;
mod selection;
mod sign;

pub use evidence::{EvidenceSettings, evidence};
pub use graph::Degrees;
pub use layout::layout;
pub use ranking::{Edge, Network, NetworkError};
pub use selection::{Neighbourhood, Selection, SelectionError};
pub use sign::Sign;
