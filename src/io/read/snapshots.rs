//! Cells that are measured once each, at a few times.

use crate::io::text::{Fault, Place, ReadError, name_some};

/// So many samples at one time are cells: bulk experiments have fewer replicates.
const FEWEST_CELLS: usize = 10;

/// The error about many samples at most times: cells, none of which is measured twice.
pub(super) fn snapshots(times: &[f64], file: &str) -> Option<ReadError> {
    let mut times = times.to_vec();
    times.sort_by(f64::total_cmp);
    let counts: Vec<(f64, usize)> = times
        .chunk_by(|a, b| a == b)
        .map(|same| (same[0], same.len()))
        .collect();
    let many = counts.iter().filter(|(_, count)| *count >= FEWEST_CELLS);
    if 2 * many.count() <= counts.len() {
        return None;
    }
    let shown = counts
        .iter()
        .map(|(time, count)| format!("{count} at time {time}"));
    let found = format!(
        "found many samples at each of {} times ({}), as of cells that are measured once each",
        counts.len(),
        name_some(shown).replace('`', "")
    );
    Some(
        ReadError::new(Fault::Time, Place::file(file), found)
            .expecting("series, in which one unit is measured over time")
            .cured_by(
                "give the cells' pseudotime with `--pseudotime FILE`, average the cells of every time to one \
                 sample, or name the series in a column `series`",
            ),
    )
}
