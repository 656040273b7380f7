//! Readers of users' files: series, cells, steady states, interventions, prior networks.

mod batch;
mod beeline;
pub mod columns;
pub mod faults;
mod interventions;
mod layout;
mod open;
pub mod pairs;
pub mod perturbed;
mod prior;
mod resting;
mod samples;
mod timeseries;

pub use batch::{Batch, BatchSet, read_batch, write_batch};
pub use beeline::read_beeline;
pub use interventions::read_interventions;
pub use open::{OpenOptions, cannot_open, open};
pub use prior::{choose_regulators, read_prior};
pub use resting::{RestingTable, read_resting};
pub use samples::{SampleTimes, read_times};
pub use timeseries::{Orientation, SeriesOptions, read_series};
