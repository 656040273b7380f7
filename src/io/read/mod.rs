//! Readers of users' files: series, cells, steady states, interventions, prior networks.

mod batch_table;
mod beeline_cells;
pub mod columns;
pub mod faults;
mod half_lives;
mod hashed_files;
mod inferelator_courses;
mod interventions;
mod loci_file;
mod mutant_columns;
mod open;
pub mod pairs;
pub mod perturbation_label;
pub mod perturbed;
mod prior_network;
mod sample_origin;
mod samples;
mod series_blocks;
mod series_options;
pub mod steady_orientation;
mod steady_states;
mod table_layout;
mod table_orientation;
mod timeseries;

pub use batch_table::{Batch, BatchSet, read_batch, write_batch};
pub use beeline_cells::read_beeline;
pub use half_lives::read_half_lives;
pub use hashed_files::{HashedFiles, cannot_open};
pub use interventions::read_interventions;
pub use loci_file::{choose_loci, read_loci};
pub use open::{OpenOptions, open};
pub use prior_network::{choose_regulators, read_prior};
pub use samples::{SampleTimes, read_times};
pub use series_options::{Orientation, SeriesOptions};
pub use steady_states::{SteadyRows, read_steady_states};
pub use timeseries::read_series;
