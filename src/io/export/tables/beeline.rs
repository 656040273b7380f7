//! Ranked edges for the evaluation of BEELINE.

use std::io::{self, Write};

use super::{Delimiter, pair, table};
use crate::io::export::view::NetworkView;
use crate::io::text::exact;

/// Writes `Gene1 Gene2 EdgeWeight` for BEELINE, best first, with tabs whatever the file is called.
///
/// Weights have a sign if signs were asked for; BEELINE's evaluation takes their size.
///
/// # Errors   what the sink reports.
/// # Source   Pratapa et al. (2020), Nat. Methods 17:147; `rankedEdges.csv` as its `BLEval` reads it.
pub fn write_beeline(view: &NetworkView<'_>, sink: &mut dyn Write) -> io::Result<()> {
    let mut table = table(Delimiter::Tab, sink);
    table.write_record(["Gene1", "Gene2", "EdgeWeight"])?;
    for one in view.edges() {
        let signed = one.signed_strength().filter(|_| view.signed());
        let (source, target) = pair(view, one);
        table.write_record([source, target, &exact(signed.unwrap_or(one.strength))])?;
    }
    table.flush()
}
