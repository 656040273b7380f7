//! One file per subcommand, and the files they open.

pub(crate) mod files;
pub(crate) mod score;
