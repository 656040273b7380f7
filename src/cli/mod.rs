//! The command line: it alone opens files and prints. One file per subcommand.

pub(crate) mod files;
mod input;
mod inspect;
pub(crate) mod score;

pub(crate) use input::{Input, InputArgs, InputError};
pub(crate) use inspect::inspect;
