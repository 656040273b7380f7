//! Our own table of edges, with commas or tabs.

use std::io::{self, Write};

use super::{Delimiter, pair, table};
use crate::io::export::attributes::{Value, edge_values};
use crate::io::export::view::{NetworkView, ViewEdge};
use crate::io::run::edge_table::EDGES;

/// Writes our own table, that of `edges.tsv`.
///
/// A view of one group has the columns of the other formats instead: `interaction` too, `effect` in
/// the group and `strength`, its size as a share of the largest. Weight, sign and influence are
/// those in the group; rank, evidence and frequency are those of the whole run, and
/// `sign_agreement` is empty where the run has another sign.
///
/// # Errors   what the sink reports.
/// # Cost     `O(n)` time, nothing kept in memory.
pub fn write_csv(view: &NetworkView<'_>, mark: Delimiter, sink: &mut dyn Write) -> io::Result<()> {
    let mut table = table(mark, sink);
    if view.group().is_some() {
        let columns = view.edge_columns().iter().map(|(name, _)| *name);
        table.write_record(["source", "target"].into_iter().chain(columns))?;
        for one in view.edges() {
            table.write_record(group_cells(view, one))?;
        }
        return table.flush();
    }
    table.write_record(EDGES.names())?;
    for one in view.edges() {
        table.write_record(EDGES.cells(&one.edge, view.genes()))?;
    }
    table.flush()
}

fn group_cells(view: &NetworkView<'_>, one: &ViewEdge<'_>) -> Vec<String> {
    let (source, target) = pair(view, one);
    let values = edge_values(one);
    let values = values
        .iter()
        .map(|value| value.as_ref().map_or_else(String::new, Value::text));
    let names = [source.to_owned(), target.to_owned()];
    names.into_iter().chain(values).collect()
}
