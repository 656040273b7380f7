//! What the user, or the kind of a table, says about the text of its cells.

use super::decimal_sign::DecimalSign;

/// How the text of a table is to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TextOptions {
    /// Decimal sign of its numbers; recognised where nothing is said.
    pub decimal: Option<DecimalSign>,
    /// Whether `Inf` says that there is no value, as programs of pseudotime write it for cells that cannot be
    /// reached from the root; elsewhere it is refused.
    pub infinite_is_missing: bool,
}
