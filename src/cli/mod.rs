//! The command line: it alone opens files and prints.

mod input;
mod inspect;

pub(crate) use input::{Input, InputArgs, InputError, Measured};
pub(crate) use inspect::inspect;
