//! Readers and writers, one file per format. They take streams and a name for messages; only the
//! command line opens files.

mod batch;
mod beeline;
mod bench_json;
mod bench_markdown;
mod bench_table;
mod cell_matrix;
mod cell_table;
mod columns;
mod curve;
mod curve_table;
mod delimited;
mod edge_list;
mod error;
mod export;
mod gold;
mod group_table;
mod interventions;
mod layout;
mod lines;
mod metrics;
mod model;
mod name_list;
mod network_files;
mod network_table;
mod number;
mod pair_file;
mod path_table;
mod perturbed;
mod perturbed_states;
mod prior;
mod pseudotime;
mod reading;
mod record;
mod ref_network;
mod response_table;
mod resting;
mod run_file;
mod samples;
mod separator;
mod sif_list;
mod snapshot_table;
mod states_table;
mod steady_table;
mod table;
mod timeseries;
mod xml;

pub use batch::{Batch, BatchSet, read_batch, write_batch};
pub use beeline::read_beeline;
pub use bench_json::write_bench_json;
pub use bench_markdown::write_bench_markdown;
pub use bench_table::write_bench_table;
pub use cell_matrix::{write_expression, write_unspliced, write_velocity};
pub use cell_table::write_cells;
pub use curve::write_curve;
pub use curve_table::{read_curves, write_curves};
pub use delimited::DelimitedError;
pub use edge_list::{read_edge_list, read_scored_edges};
pub use error::{Place, ReadError};
pub use export::{
    Delimiter, FORMATS, Format, Holds, NetworkView, ViewEdge, ViewError, ViewNode, Writer,
    write_antimony, write_beeline, write_celloracle, write_csv, write_cx2, write_cyjs,
    write_decoupler, write_dot, write_dream, write_gexf, write_graphml, write_scenic, write_sif,
    write_sif_edges, write_sif_nodes,
};
pub use gold::read_gold;
pub use group_table::{read_groups, write_groups};
pub use interventions::read_interventions;
pub use metrics::{read_metrics, write_metrics};
pub use model::{ModelFileError, read_model, write_model};
pub use name_list::read_name_list;
pub use network_files::{read_edges, read_nodes};
pub use network_table::{write_edges, write_nodes};
pub use pair_file::PairFileError;
pub use path_table::{read_paths, write_paths};
pub use perturbed_states::read_perturbed_states;
pub use prior::{choose_regulators, read_names, read_prior};
pub use pseudotime::write_pseudotime;
pub use reading::Reading;
pub use record::read_record;
pub use ref_network::write_ref_network;
pub use response_table::{
    path_text, write_doses, write_effects, write_pair_screen, write_response, write_screen,
};
pub use resting::{RestingTable, read_resting};
pub use run_file::RunFileError;
pub use samples::{SampleTimes, read_times};
pub use snapshot_table::write_snapshots;
pub use states_table::{read_states, write_states};
pub use steady_table::{write_pairs, write_steady};
pub use timeseries::{Orientation, SeriesOptions, read_series};
pub(crate) use xml::shown_text;
