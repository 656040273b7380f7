//! Text tables: bytes to lines, lines to cells, cells to numbers; one rule for separators and one
//! error with place and cure.

mod arrow;
mod column_marks;
mod decimal_sign;
mod file_formats;
mod gene_words;
mod header_check;
mod header_rows;
mod legible;
mod lines;
mod marked_number;
mod missing_code;
mod names;
mod number;
mod preface;
mod read_error;
mod reading;
mod row_layout;
mod separator;
mod sif_list;
mod table;
mod table_faults;
mod table_row;
mod table_rows;
#[cfg(test)]
mod table_rows_tests;
#[cfg(test)]
mod table_tests;
mod text_limits;
mod text_options;
mod title_lines;

pub use crate::numeric::{exact, rounded, short};
pub(crate) use arrow::{Arrow, ArrowPair, is_relation};
pub use column_marks::{ColumnMarks, NumberMarks};
pub use decimal_sign::DecimalSign;
pub(crate) use gene_words::{gene_word_rank, names_genes, plain_name};
#[doc(hidden)]
pub use legible::legible;
pub(crate) use legible::one_line;
pub(crate) use lines::{Lines, without_end};
pub use names::read_names;
pub(crate) use names::{answer, is_header_word};
pub(crate) use number::is_dash;
pub use number::{Cell, parse_cell};
pub use preface::header_only;
pub use read_error::{Fault, Place, ReadError};
pub use reading::{Reading, if_any, name_some, shorten};
pub use sif_list::{Interaction, is_sif, read_sif};
pub use table::{Keep, Table};
pub use table_row::TableRow;
pub use table_rows::Rows;
pub use text_options::TextOptions;
