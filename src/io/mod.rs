//! Readers and writers, one file per format. They take streams and a name for messages; only
//! [`open`] opens files.

mod export;
#[doc(hidden)]
pub mod read;
mod run;
#[doc(hidden)]
pub mod text;

pub use export::{
    Delimiter, FORMATS, Format, Holds, NetworkView, ViewEdge, ViewError, ViewNode, Writer,
};
// the writers of one format each; users take them from `FORMATS`
#[doc(hidden)]
pub use export::{
    shown_text, write_antimony, write_beeline, write_celloracle, write_csv, write_cx2, write_cyjs,
    write_decoupler, write_dot, write_dream, write_gexf, write_graphml, write_scenic, write_sif,
    write_sif_edges, write_sif_nodes,
};
pub use read::{
    Batch, BatchSet, OpenOptions, Orientation, SampleTimes, SeriesOptions, SteadyRows,
    choose_regulators, open, read_batch, read_beeline, read_interventions, read_prior, read_series,
    read_steady_states, read_times, write_batch,
};
// what a column of a table is, said by the user of the command
#[doc(hidden)]
pub use read::{ColumnRole, SampleRow, SampleSheet};
pub(crate) use run::read_json;
pub use run::{
    ColumnNote, Curve, GroupInfluence, Metrics, NodeReport, RSquared, TableNote, TargetPath,
};
// single tables of a run; users open and write it as a whole
#[doc(hidden)]
pub use run::{
    ActivityTables, SampleActivities, path_text, read_activities, read_curves, read_edges,
    read_groups, read_known_pairs, read_metrics, read_model, read_nodes, read_paths, read_states,
    run_tables, write_activities, write_curves, write_doses, write_edges, write_effects,
    write_groups, write_known_pairs, write_metrics, write_model, write_nodes, write_pair_screen,
    write_paths, write_response, write_samples, write_screen, write_states,
};
pub use text::{Fault, Place, ReadError, Reading, read_names};
