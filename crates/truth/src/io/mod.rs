//! Readers and writers of known networks, simulated data, edge lists to be scored and benchmarks.

mod bench_json;
mod bench_markdown;
mod bench_table;
mod cell_matrix;
mod cell_table;
mod curve;
mod gold_file;
mod method_name;
mod perturbed_states;
mod pseudotime;
mod real_folder;
mod ref_network;
mod scored_edges;
mod set_table;
mod snapshot_table;
mod steady_table;
mod tenth_table;

pub use bench_json::write_bench_json;
pub use bench_markdown::write_bench_markdown;
pub use bench_table::write_bench_table;
pub use cell_matrix::{write_expression, write_unspliced, write_velocity};
pub use cell_table::write_cells;
pub use curve::write_curve;
pub use gold_file::{read_gold, read_known_network};
pub use perturbed_states::read_perturbed_states;
pub use pseudotime::write_pseudotime;
pub use real_folder::{is_real_set, read_real_set};
pub use ref_network::write_ref_network;
pub use scored_edges::{read_edge_list, read_scored_edges};
pub use snapshot_table::write_snapshots;
pub use steady_table::{write_pairs, write_steady};
