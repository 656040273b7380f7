//! Rows or columns, where a table can be read either way.

use cistron::io::Orientation;
use clap::ValueEnum;

/// Where names stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Side {
    /// One gene per row.
    Rows,
    /// One gene per column.
    Columns,
}

impl From<Side> for Orientation {
    fn from(side: Side) -> Self {
        match side {
            Side::Rows => Self::Rows,
            Side::Columns => Self::Columns,
        }
    }
}
