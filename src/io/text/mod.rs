//! Text tables: bytes to lines, lines to cells, cells to numbers; one rule for separators and one
//! error with place and cure.

mod lines;
mod names;
mod number;
mod read_error;
mod reading;
mod separator;
mod sif_list;
mod table;
mod table_rows;

pub(crate) use names::is_header_word;
pub use names::read_names;
pub use number::{Cell, exact, parse_cell, rounded, short};
pub use read_error::{Fault, Place, ReadError};
pub use reading::{Reading, if_any, name_some, shorten};
pub use sif_list::{Interaction, is_sif, read_sif};
pub use table::{Keep, Table};
pub use table_rows::{Rows, TableRow, header_only};
