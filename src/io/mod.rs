//! Readers and writers, one file per format. They take streams and a name for messages; only the
//! command line opens files.

mod batch;
mod beeline;
#[doc(hidden)]
pub mod columns;
mod curve_table;
#[doc(hidden)]
pub mod delimited;
#[doc(hidden)]
pub mod error;
mod export;
mod group_table;
mod interventions;
mod layout;
mod lines;
mod metrics;
mod model;
mod name_list;
mod network_files;
mod network_table;
#[doc(hidden)]
pub mod number;
#[doc(hidden)]
pub mod pair_file;
mod path_table;
#[doc(hidden)]
pub mod perturbed;
mod prior;
#[doc(hidden)]
pub mod reading;
mod record;
mod response_table;
mod resting;
mod run_file;
mod samples;
mod separator;
#[doc(hidden)]
pub mod sif_list;
mod states_table;
#[doc(hidden)]
pub mod table;
mod timeseries;
mod xml;

pub use batch::{Batch, BatchSet, read_batch, write_batch};
pub use beeline::read_beeline;
pub use curve_table::{read_curves, write_curves};
pub use delimited::DelimitedError;
pub use error::{Place, ReadError};
pub use export::{
    Delimiter, FORMATS, Format, Holds, NetworkView, ViewEdge, ViewError, ViewNode, Writer,
    write_antimony, write_beeline, write_celloracle, write_csv, write_cx2, write_cyjs,
    write_decoupler, write_dot, write_dream, write_gexf, write_graphml, write_scenic, write_sif,
    write_sif_edges, write_sif_nodes,
};
pub use group_table::{read_groups, write_groups};
pub use interventions::read_interventions;
pub use metrics::{read_metrics, write_metrics};
pub use model::{ModelFileError, read_model, write_model};
pub use name_list::read_name_list;
pub use network_files::{read_edges, read_nodes};
pub use network_table::{write_edges, write_nodes};
pub use pair_file::PairFileError;
pub use path_table::{read_paths, write_paths};
pub use prior::{choose_regulators, read_names, read_prior};
pub use reading::Reading;
pub use record::read_record;
pub use response_table::{
    path_text, write_doses, write_effects, write_pair_screen, write_response, write_screen,
};
pub use resting::{RestingTable, read_resting};
pub use run_file::RunFileError;
pub use samples::{SampleTimes, read_times};
pub use states_table::{read_states, write_states};
pub use timeseries::{Orientation, SeriesOptions, read_series};
#[doc(hidden)]
pub use xml::shown_text;
