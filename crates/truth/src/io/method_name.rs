//! Names in Markdown tables.

use crate::benchmark::REFERENCE;

/// A method in a table; the reference stands out.
pub(super) fn name(method: &str) -> String {
    if method == REFERENCE {
        format!("**{method}**")
    } else {
        plain(method)
    }
}

/// A name that ends no cell.
pub(super) fn plain(text: &str) -> String {
    text.replace('|', "\\|").replace(['\n', '\r'], " ")
}
