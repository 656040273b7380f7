//! Text tables: bytes to lines, lines to cells, cells to numbers; errors with place and cure.

pub(crate) mod delimited;
pub(crate) mod error;
pub(crate) mod lines;
pub(crate) mod name_list;
pub(crate) mod number;
pub(crate) mod reading;
pub(crate) mod separator;
pub(crate) mod sif_list;
pub(crate) mod table;

pub use delimited::DelimitedError;
pub use error::{Place, ReadError};
pub use name_list::read_name_list;
pub use reading::Reading;
