//! Text tables: bytes to lines, lines to cells, cells to numbers; errors with place and cure.

#[doc(hidden)]
pub mod delimited;
#[doc(hidden)]
pub mod error;
pub(crate) mod lines;
pub(crate) mod name_list;
#[doc(hidden)]
pub mod number;
#[doc(hidden)]
pub mod reading;
pub(crate) mod separator;
#[doc(hidden)]
pub mod sif_list;
#[doc(hidden)]
pub mod table;

pub use delimited::DelimitedError;
pub use error::{Place, ReadError};
pub use name_list::read_name_list;
pub use reading::Reading;
