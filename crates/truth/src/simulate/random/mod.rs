//! Random gene networks with the degree laws of known ones.
//!
//! [`draw_model`] draws a network with its rates, [`wire`] its wiring alone: who regulates whom,
//! with which sign. [`WiringShape`] measures a wiring, drawn or real, so that the two can be
//! compared, and [`feed_forward_enrichment`] says how many of its feed-forward loops the degrees
//! alone would explain.

mod assembly;
mod degrees;
mod enrichment;
mod laws;
mod random_model;
mod rates;
mod shape;
mod signs;
mod wiring;

pub use enrichment::{Enrichment, feed_forward_enrichment};
pub use laws::{Law, WiringError, WiringSettings};
pub use random_model::{NetworkError, NetworkSettings, draw_model};
pub use rates::{CutNormal, RateSettings};
pub use shape::{FeedForwardLoops, WiringShape};
pub use wiring::{Wiring, wire};

#[cfg(test)]
mod tests;
