//! Tables of links as CellOracle keeps them.

use std::io::{self, Write};

use super::{Delimiter, pair, table};
use crate::io::export::view::NetworkView;
use crate::io::text::exact;

/// What the logarithm of a share of 0 is taken of.
const LEAST: f64 = 1e-300;

/// Writes a table of links for CellOracle, with its column of row numbers.
///
/// `coef_mean` is the strength with the edge's sign, `coef_abs` its size. The data give no
/// p-value: `p` is the expected share of false edges down to the edge, so that a filter on it
/// should be set by hand (`filter_links(p=…)`; its default of 0.001 leaves next to nothing). Edges
/// of unknown sign are left out.
///
/// # Errors   what the sink reports.
/// # Source   Kamimoto et al. (2023), Nature 614:742; the tables of its class `Links`.
pub fn write_celloracle(
    view: &NetworkView<'_>,
    mark: Delimiter,
    sink: &mut dyn Write,
) -> io::Result<()> {
    let mut table = table(mark, sink);
    table.write_record([
        "",
        "source",
        "target",
        "coef_mean",
        "coef_abs",
        "p",
        "-logp",
    ])?;
    let known = view.edges().iter();
    let known = known.filter_map(|one| Some((one, one.signed_strength()?)));
    for (row, (one, weight)) in known.enumerate() {
        let (source, target) = pair(view, one);
        let share = (one.edge.expected_false / one.edge.rank as f64).clamp(0.0, 1.0);
        table.write_record([
            &row.to_string(),
            source,
            target,
            &exact(weight),
            &exact(one.strength),
            &exact(share),
            &exact(-share.max(LEAST).log10()),
        ])?;
    }
    table.flush()
}
