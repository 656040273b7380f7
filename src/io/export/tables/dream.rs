//! Predictions as the scorers of DREAM read them.

use std::io::{self, Write};

use super::{Delimiter, pair, table};
use crate::io::export::view::NetworkView;
use crate::io::text::exact;

/// DREAM takes no more lines.
const MOST: usize = 100_000;

/// Writes `regulator target confidence` for the scorers of DREAM: no header, tabs, best first, no
/// self edges, 100,000 lines at most.
///
/// # Errors   what the sink reports.
/// # Source   Marbach et al. (2012), Nat. Methods 9:796, and the challenge's description.
pub fn write_dream(view: &NetworkView<'_>, sink: &mut dyn Write) -> io::Result<()> {
    let mut table = table(Delimiter::Tab, sink);
    let others = view.edges().iter();
    let others = others.filter(|one| one.edge.source != one.edge.target);
    for one in others.take(MOST) {
        let (source, target) = pair(view, one);
        table.write_record([source, target, &exact(one.strength)])?;
    }
    table.flush()
}
