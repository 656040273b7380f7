//! Adjacencies of SCENIC, as arboreto writes them.

use std::io::{self, Write};

use super::{Delimiter, pair, table};
use crate::io::export::view::NetworkView;
use crate::io::text::exact;

/// Writes `TF,target,importance` for SCENIC, as arboreto writes it: strengths without sign.
///
/// # Errors   what the sink reports.
/// # Source   arboreto documentation; pySCENIC reads commas from `.csv` and tabs from `.tsv`.
pub fn write_scenic(
    view: &NetworkView<'_>,
    mark: Delimiter,
    sink: &mut dyn Write,
) -> io::Result<()> {
    let mut table = table(mark, sink);
    table.write_record(["TF", "target", "importance"])?;
    for one in view.edges() {
        let (source, target) = pair(view, one);
        table.write_record([source, target, &exact(one.strength)])?;
    }
    table.flush()
}
