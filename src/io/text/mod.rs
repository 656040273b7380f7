//! Text tables: bytes to lines, lines to cells, cells to numbers; errors with place and cure.

pub mod delimited;
pub mod error;
pub(crate) mod lines;
pub(crate) mod name_list;
pub mod number;
pub mod reading;
pub(crate) mod separator;
pub mod sif_list;
pub mod table;

pub use delimited::DelimitedError;
pub use error::{Place, ReadError};
pub use name_list::read_name_list;
pub use reading::Reading;
