//! Random gene networks with the degree laws of known ones.
//!
//! [`wire`] draws the wiring: who regulates whom, with which sign. [`WiringShape`] measures a
//! wiring, drawn or real, so that the two can be compared, and [`feed_forward_enrichment`] asks
//! how many of its feed-forward loops the degrees alone would explain.

mod assembly;
mod degrees;
mod enrichment;
mod laws;
mod network;
mod rates;
mod shape;
mod signs;
mod wiring;

pub use enrichment::{Enrichment, feed_forward_enrichment};
pub use laws::{Law, WiringError, WiringSettings};
pub use network::{NetworkError, NetworkSettings, model};
pub use rates::{CutNormal, RateSettings, kinetics};
pub use shape::{FeedForwardLoops, WiringShape};
pub use wiring::{WiredEdge, Wiring, wire};

#[cfg(test)]
mod tests;
