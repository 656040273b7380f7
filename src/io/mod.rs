//! Readers and writers: one file per format. They take streams; only the command line opens paths.

mod curve;
mod delimited;
mod edge_list;
mod gold;
mod name_list;
mod pair_file;

pub use curve::write_curve;
pub use delimited::DelimitedError;
pub use edge_list::read_edge_list;
pub use gold::read_gold;
pub use name_list::read_name_list;
pub use pair_file::PairFileError;
