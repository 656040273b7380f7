//! The files of a run: its tables, its record and its model.

mod curve_table;
mod group_table;
mod metrics;
mod model;
mod network_files;
pub(crate) mod network_table;
mod path_table;
mod record;
mod response_table;
mod run_file;
mod states_table;

pub use curve_table::{read_curves, write_curves};
pub use group_table::{read_groups, write_groups};
pub use metrics::{read_metrics, write_metrics};
pub use model::{ModelFileError, read_model, write_model};
pub use network_files::{read_edges, read_nodes};
pub use network_table::{write_edges, write_nodes};
pub use path_table::{read_paths, write_paths};
pub use record::read_record;
pub use response_table::{
    path_text, write_doses, write_effects, write_pair_screen, write_response, write_screen,
};
pub use run_file::RunFileError;
pub use states_table::{read_states, write_states};
