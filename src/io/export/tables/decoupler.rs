//! The long format of decoupler.

use std::io::{self, Write};

use super::{Delimiter, pair, table};
use crate::io::export::view::NetworkView;
use crate::io::text::exact;

/// Writes `source,target,weight` for decoupler: the weight is the strength with the edge's sign.
///
/// Edges of unknown sign are left out, as a weight above 0 would say activation.
///
/// # Errors   what the sink reports.
/// # Source   decoupler documentation, "Network" (long format).
pub fn write_decoupler(
    view: &NetworkView<'_>,
    mark: Delimiter,
    sink: &mut dyn Write,
) -> io::Result<()> {
    let mut table = table(mark, sink);
    table.write_record(["source", "target", "weight"])?;
    for one in view.edges() {
        if let Some(weight) = one.signed_strength() {
            let (source, target) = pair(view, one);
            table.write_record([source, target, &exact(weight)])?;
        }
    }
    table.flush()
}
