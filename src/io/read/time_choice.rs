//! Which of several columns named like times is the time.

use std::collections::HashSet;

use super::columns::is_short_time;
use super::time_unit::parse_time;
use crate::io::text::{Fault, Place, ReadError, Table};

/// The time among columns that are named so: the sure one, else the one whose cells go like times.
pub(super) fn time_among(
    table: &Table,
    sure: &[usize],
    perhaps: &[usize],
) -> Result<Option<usize>, ReadError> {
    let readable = |&column: &usize| {
        table
            .text(column)
            .iter()
            .any(|cell| parse_time(cell).is_some())
    };
    let clocks: Vec<usize> = sure.iter().copied().filter(readable).collect();
    match (clocks.as_slice(), sure) {
        ([first, second, ..], _) => return Err(two_times(table, *first, *second)),
        (&[only], _) => return Ok(Some(only)),
        (&[], [first, ..]) => return Ok(Some(*first)),
        (&[], []) => {}
    }
    let likely = perhaps.iter().copied().filter(|&at| goes_on(table, at));
    let (short, long): (Vec<usize>, Vec<usize>) =
        likely.partition(|&column| is_short_time(&table.header()[column]));
    match (long.as_slice(), short.as_slice()) {
        ([], []) => Ok(None),
        (&[only], _) | (&[], &[only]) => Ok(Some(only)),
        ([first, second, ..], _) | (_, [first, second, ..]) => {
            Err(two_times(table, *first, *second))
        }
    }
}

/// Whether the cells of a column are times that rise, stay, or start again.
fn goes_on(table: &Table, column: usize) -> bool {
    let cells = table.text(column).iter();
    let read: Option<Vec<f64>> = match table.marks_of(column) {
        Ok(marks) => cells
            .map(|cell| parse_time(&marks.plain(cell)).map(|time| time.value))
            .collect(),
        Err(_) => return false,
    };
    let Some(times) = read else { return false };
    let least = times.iter().copied().fold(f64::INFINITY, f64::min);
    let distinct: HashSet<u64> = times.iter().map(|time| time.to_bits()).collect();
    // few times, each of several samples, in any order; or times in order
    let repeated = 3 * distinct.len() <= times.len();
    distinct.len() > 1
        && (repeated
            || times
                .windows(2)
                .all(|pair| pair[1] >= pair[0] || pair[1] <= least))
}

fn two_times(table: &Table, first: usize, second: usize) -> ReadError {
    let name = |column: usize| format!("column {} (`{}`)", column + 1, table.header()[column]);
    times_twice(table.file(), &name(first), &name(second)).cured_by(format!(
        "leave one out with `--ignore {}`, or say `--columns {}=gene` if it is a gene",
        table.header()[second],
        table.header()[second]
    ))
}

/// The error about two sources of times.
pub(super) fn times_twice(file: &str, first: &str, second: &str) -> ReadError {
    let found = format!("found times twice ({first} and {second})");
    ReadError::new(Fault::Time, Place::file(file), found).expecting("once")
}
