//! Columns beside samples that say their times, whose names say none: statistics, pools, descriptions of genes.

use super::header_times::sample_columns;
use super::name_tokens::tokens;
use super::sample_names::times_said;
use super::time_unit::parse_time;
use crate::io::text::{Fault, Place, ReadError, Table, name_some};

/// Everything that is between the parts of names.
const MARKS: [char; 9] = ['_', ' ', '.', '-', ':', '/', ',', '[', ']'];

/// The error that names the columns without a time; none if the others are not samples with times.
pub(super) fn stray_columns(table: &Table) -> Option<ReadError> {
    let names = sample_columns(table).into_iter();
    let (timed, mut stray): (Vec<String>, Vec<String>) = names
        .map(|at| table.header()[at].clone())
        .partition(|name| names_a_time(name));
    stray.sort();
    stray.dedup();
    let all_timed =
        || times_said(&timed).is_some() || timed.iter().all(|name| parse_time(name).is_some());
    if stray.is_empty() || timed.len() < 2 || stray.len() >= timed.len() || !all_timed() {
        return None;
    }
    let found = format!(
        "found {} columns of samples with times (such as `{}`), and columns whose names say none: {}",
        timed.len(),
        timed[0],
        name_some(&stray)
    );
    Some(
        ReadError::new(Fault::Time, Place::file(table.file()), found)
            .expecting("a time in the name of every sample")
            .cured_by(format!(
                "leave columns that are no samples out with `--ignore '{}'`, or give the times of the samples with \
                 `--times FILE`",
                stray.join(",")
            )),
    )
}

/// Whether a name is a time, or a part of it is one with a unit.
fn names_a_time(name: &str) -> bool {
    let digit = |text: &str| text.contains(|c: char| c.is_ascii_digit());
    let with_unit =
        |text: &str| digit(text) && parse_time(text).is_some_and(|time| time.unit.is_some());
    let parts = tokens(name, &MARKS);
    digit(name) && parse_time(name).is_some() || parts.iter().any(|part| with_unit(&part.text))
}
