//! Tables of edges as other programs read them, a file each.

mod beeline;
mod celloracle;
mod csv;
mod decoupler;
mod dream;
mod scenic;

use std::io::Write;

use ::csv::{Terminator, Writer, WriterBuilder};

use super::view::{NetworkView, ViewEdge};

pub use beeline::write_beeline;
pub use celloracle::write_celloracle;
pub use csv::write_csv;
pub use decoupler::write_decoupler;
pub use dream::write_dream;
pub use scenic::write_scenic;

/// What stands between the cells of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Delimiter {
    /// `,`
    #[default]
    Comma,
    /// A tab.
    Tab,
}

/// Quotes where a reader that takes `#` for a comment would need it, too.
fn table(mark: Delimiter, sink: &mut dyn Write) -> Writer<&mut dyn Write> {
    WriterBuilder::new()
        .delimiter(match mark {
            Delimiter::Comma => b',',
            Delimiter::Tab => b'\t',
        })
        .comment(Some(b'#'))
        .terminator(Terminator::Any(b'\n'))
        .from_writer(sink)
}

fn pair<'v>(view: &'v NetworkView<'_>, one: &ViewEdge<'_>) -> (&'v str, &'v str) {
    (view.name(one.edge.source), view.name(one.edge.target))
}
