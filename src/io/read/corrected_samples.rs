//! Samples in rows whose times and series the corrected table of samples says.

use super::metadata_columns::Metadata;
use super::sample_sheet::row_names;
use super::sample_times::SampleTimes;
use super::samples::Samples;
use crate::io::text::{ReadError, Table, if_any};

/// The samples of a table, and those of `times` that it does not have; its own columns of times and the like are
/// passed over.
///
/// * `named`: the column of their names
pub(super) fn corrected_samples(
    table: &Table,
    metadata: &mut Metadata,
    named: Option<usize>,
    times: &SampleTimes,
) -> Result<(Samples, Vec<String>), ReadError> {
    let names = match named {
        Some(column) if !times.names_rows() => table.text(column).to_vec(),
        _ => row_names(table.lines()),
    };
    let over = metadata.of_samples().into_iter();
    let over: Vec<&str> = over.map(|at| table.header()[at].as_str()).collect();
    let file = table.file();
    metadata.notes.extend(if_any(&over, |_, some| {
        format!("{file}: {some} passed over, as {} says it", times.file())
    }));
    times.select(&names, file)
}
