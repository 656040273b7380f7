//! Expected false edges of real sets by tenths of their known edges, as a Markdown table.

use std::io::{self, Write};

use super::method_name::{name, plain};
use crate::benchmark::Row;

/// Writes a line for every set and method that says how many false edges it expects; nothing without one.
///
/// # Errors   what the sink reports.
pub(super) fn write_tenth_table(rows: &[&Row], sink: &mut dyn Write) -> io::Result<()> {
    let lines: Vec<String> = rows.iter().filter_map(|row| line(row)).collect();
    if lines.is_empty() {
        return Ok(());
    }
    writeln!(
        sink,
        "Expected number of false edges among the best 500 pairs, without known edges and with twenty random \
         tenths of them whose share is given; how often it is within a factor of 2 of those that are not known to \
         be true, and how often the 90 % interval at 100 holds their number there.\n\n\
         | set | method | not known to be true | expected | with a tenth | within a factor of 2 | interval holds |\n\
         |---|---|---|---|---|---|---|"
    )?;
    for line in lines {
        writeln!(sink, "{line}")?;
    }
    writeln!(sink)
}

fn line(row: &Row) -> Option<String> {
    let tenths = row.scores?.known?.tenths?;
    Some(format!(
        "| {} | {} | {} | {:.0} | {:.0} | {:.2} | {:.2} |",
        plain(&row.case),
        name(&row.method),
        tenths.not_known,
        tenths.expected_without,
        tenths.expected,
        tenths.within_two,
        tenths.covered
    ))
}
