//! Readers and writers, one file per format. They take streams and a name for messages; only the
//! command line opens files.

mod beeline;
mod bench_json;
mod bench_markdown;
mod bench_table;
mod columns;
mod curve;
mod delimited;
mod edge_list;
mod error;
mod gold;
mod graphml;
mod layout;
mod lines;
mod metrics;
mod model;
mod name_list;
mod network_table;
mod number;
mod pair_file;
mod prior;
mod reading;
mod samples;
mod separator;
mod table;
mod timeseries;

pub use beeline::read_beeline;
pub use bench_json::write_bench_json;
pub use bench_markdown::write_bench_markdown;
pub use bench_table::write_bench_table;
pub use curve::write_curve;
pub use delimited::DelimitedError;
pub use edge_list::read_edge_list;
pub use error::{Place, ReadError};
pub use gold::read_gold;
pub use graphml::write_graphml;
pub use metrics::write_metrics;
pub use model::{ModelFileError, read_model, write_model};
pub use name_list::read_name_list;
pub use network_table::{write_edges, write_nodes};
pub use pair_file::PairFileError;
pub use prior::{choose_regulators, read_names, read_prior};
pub use reading::Reading;
pub use samples::{SampleTimes, read_times};
pub use timeseries::{Orientation, SeriesOptions, read_series};
