//! Text tables: bytes to lines, lines to cells, cells to numbers; one rule for separators and one
//! error with place and cure.

mod error;
mod lines;
mod names;
mod number;
mod reading;
mod rows;
mod separator;
mod sif_list;
mod table;

pub use error::{Fault, Place, ReadError};
pub(crate) use names::is_header_word;
pub use names::read_names;
pub use number::{Cell, exact, parse_cell, rounded, short};
pub use reading::{Reading, name_some, shorten};
pub use rows::{Row, Rows, header_only};
pub use sif_list::{Interaction, is_sif, read_sif};
pub use table::{Kind, Table};
