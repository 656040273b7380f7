//! The files of a run: its tables, its record and its model.

mod activity_tables;
pub(crate) mod columns;
mod curve_table;
pub(crate) mod edge_table;
mod group_table;
mod metrics;
mod model;
mod node_table;
mod path_table;
mod response_table;
mod run_file;
mod sample_table;
mod screen_table;
mod states_table;

pub use activity_tables::{
    ActivityTables, SampleActivities, read_activities, read_known_pairs, write_activities,
    write_known_pairs,
};
pub use columns::{ColumnNote, TableNote};
pub use curve_table::{Curve, read_curves, write_curves};
pub use edge_table::{read_edges, write_edges};
pub use group_table::{GroupInfluence, read_groups, write_groups};
pub use metrics::{Metrics, RSquared, read_metrics, write_metrics};
pub use model::{read_model, write_model};
pub use node_table::{NodeReport, read_nodes, write_nodes};
pub use path_table::{TargetPath, read_paths, write_paths};
pub use response_table::{path_text, write_doses, write_effects, write_response};
pub(crate) use run_file::read_json;
pub use sample_table::write_samples;
pub use screen_table::{write_pair_screen, write_screen};
pub use states_table::{read_states, write_states};

/// What is documented about the tables of a run, in the order of the README, those of
/// simulated interventions, and that of samples.
#[must_use]
pub fn run_tables() -> Vec<TableNote> {
    vec![
        edge_table::EDGES.note(),
        node_table::NODES.note(),
        curve_table::CURVES.note(),
        path_table::PATHS.note(),
        group_table::GROUPS.note(),
        states_table::STATES.note(),
        activity_tables::ACTIVITIES.note(),
        activity_tables::KNOWN_PAIRS.note(),
        response_table::RESPONSE.note(),
        response_table::EFFECTS.note(),
        response_table::DOSES.note(),
        screen_table::SCREEN.note(),
        screen_table::PAIRS.note(),
        sample_table::SAMPLES.note(),
    ]
}
