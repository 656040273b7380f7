//! Our own table of edges, with commas or tabs.

use std::io::{self, Write};

use super::{Delimiter, table};
use crate::io::export::view::NetworkView;
use crate::io::network_table::{EDGES, edge_cells};

/// Writes our own table, that of `edges.tsv`.
///
/// # Errors   what the sink reports.
/// # Cost     `O(n)` time, nothing kept in memory.
pub fn write_csv(view: &NetworkView<'_>, mark: Delimiter, sink: &mut dyn Write) -> io::Result<()> {
    let mut table = table(mark, sink);
    table.write_record(EDGES)?;
    for one in view.edges() {
        table.write_record(edge_cells(view.genes(), &one.edge))?;
    }
    table.flush()
}
