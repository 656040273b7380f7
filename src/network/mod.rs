//! From replicates and responses to a ranked, signed network.

mod edge_selection;
mod evidence;
mod false_edges;
mod graph;
mod joined;
mod layout;
mod named_edge;
#[doc(hidden)]
pub mod nulls;
mod ranking;
mod sign;
mod stand_out;

pub use edge_selection::{Neighbourhood, Selection, SelectionError};
pub use graph::Degrees;
#[doc(hidden)]
pub use layout::layout;
pub use named_edge::NamedEdge;
pub(crate) use ranking::expected_by_null;
pub use ranking::{Edge, Network, NetworkError};
pub use sign::Sign;
#[doc(hidden)]
pub use stand_out::MAX_FDR;
