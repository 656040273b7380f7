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
/// `sign_agreement` is empty where the run has another sign. Where no edge stands out, the column
/// `note` says so in every row.
///
/// # Errors   what the sink reports.
/// # Cost     `O(n)` time, nothing kept in memory.
pub fn write_csv(view: &NetworkView<'_>, mark: Delimiter, sink: &mut dyn Write) -> io::Result<()> {
    let mut table = table(mark, sink);
    let (note, caution) = view.caution_column();
    let in_group = view.group().is_some();
    let names = match in_group {
        true => group_columns(view),
        false => EDGES.names(),
    };
    table.write_record(names.into_iter().chain(note))?;
    for one in view.edges() {
        let cells = match in_group {
            true => group_cells(view, one),
            false => EDGES.cells(&one.edge, view.genes()),
        };
        table.write_record(cells.into_iter().chain(caution.map(str::to_owned)))?;
    }
    table.flush()
}

fn group_columns(view: &NetworkView<'_>) -> Vec<&'static str> {
    let columns = view.edge_columns().iter().map(|(name, _)| *name);
    ["source", "target"].into_iter().chain(columns).collect()
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
