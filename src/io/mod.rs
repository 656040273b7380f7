//! Readers, one file per format. They take `impl Read` and a name for messages; only the
//! command line opens files.

mod beeline;
mod columns;
mod error;
mod layout;
mod lines;
mod number;
mod prior;
mod reading;
mod samples;
mod separator;
mod table;
mod timeseries;

pub use beeline::read_beeline;
pub use error::{Place, ReadError};
pub use prior::{choose_regulators, read_names, read_prior};
pub use reading::Reading;
pub use samples::{SampleTimes, read_times};
pub use timeseries::{Orientation, SeriesOptions, read_series};
