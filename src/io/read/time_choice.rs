//! Which of several columns named like times is the time.

use std::collections::HashSet;

use super::calendar_dates::{are_dates, is_date, times_of_dates};
use super::columns::{is_short_time, is_time_point, is_time_word};
use super::time_unit::{parse_time, unit_of_name};
use crate::io::text::{Fault, Place, ReadError, Table};

/// The time among columns that are named so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct TimeChoice {
    pub(super) time: Option<usize>,
    /// A column beside it that numbers the times.
    pub(super) order: Option<usize>,
    /// A column beside it that holds the rest of the time in a smaller unit: hours beside days.
    pub(super) rest: Option<usize>,
}

impl TimeChoice {
    fn only(time: usize) -> Self {
        Self {
            time: Some(time),
            ..Self::default()
        }
    }
}

/// Chooses the sure one, else the one whose cells go like times.
///
/// * `genes`: whether the table may have genes
pub(super) fn time_among(
    table: &Table,
    sure: &[usize],
    perhaps: &[usize],
    genes: bool,
) -> Result<TimeChoice, ReadError> {
    if let Some((time, rest)) = in_two_units(table, sure, perhaps) {
        return Ok(TimeChoice {
            rest: Some(rest),
            ..TimeChoice::only(time)
        });
    }
    let readable = |&column: &usize| {
        table
            .text(column)
            .iter()
            .any(|cell| parse_time(cell).is_some() || is_date(cell))
    };
    let clocks: Vec<usize> = sure.iter().copied().filter(readable).collect();
    match (clocks.as_slice(), sure) {
        (&[first, second], _) => return one_of_two(table, first, second, genes),
        ([first, second, ..], _) => return Err(two_times(table, *first, *second, genes)),
        (&[only], _) => return Ok(TimeChoice::only(only)),
        (&[], [first, ..]) => return Ok(TimeChoice::only(*first)),
        (&[], []) => {}
    }
    let likely = perhaps.iter().copied().filter(|&at| goes_on(table, at));
    let (short, long): (Vec<usize>, Vec<usize>) =
        likely.partition(|&column| is_short_time(&table.header()[column]));
    match (long.as_slice(), short.as_slice()) {
        ([], []) => Ok(TimeChoice::default()),
        (&[only], _) | (&[], &[only]) => Ok(TimeChoice::only(only)),
        ([first, second, ..], _) | (_, [first, second, ..]) => {
            Err(two_times(table, *first, *second, genes))
        }
    }
}

/// Of two columns of times, the one that the other numbers: `timepoint` 1, 2, 3 beside `time_h` 0, 2, 8.
fn one_of_two(
    table: &Table,
    first: usize,
    second: usize,
    genes: bool,
) -> Result<TimeChoice, ReadError> {
    let numbers = |numbers: usize, times: usize| {
        let points = is_time_point(&table.header()[numbers]);
        let cells = (times_of(table, numbers), times_of(table, times));
        points && matches!(cells, (Some(numbers), Some(times)) if numbers_times(&numbers, &times))
    };
    let chosen = match (numbers(first, second), numbers(second, first)) {
        (true, false) => Some((second, first)),
        (false, true) => Some((first, second)),
        _ => None,
    };
    let (time, order) = chosen.ok_or_else(|| two_times(table, first, second, genes))?;
    Ok(TimeChoice {
        order: Some(order),
        ..TimeChoice::only(time)
    })
}

/// The two columns of times in which each cell of the second one is less than a unit of the first one: `day` 0, 0, 1
/// beside `hour` 0, 12, 0.
fn in_two_units(table: &Table, sure: &[usize], perhaps: &[usize]) -> Option<(usize, usize)> {
    let unit = |column: usize| unit_of_name(&table.header()[column]);
    // genes are called `hpt`
    let perhaps = perhaps
        .iter()
        .filter(|column| is_time_word(&table.header()[**column]));
    let columns: Vec<usize> = sure.iter().chain(perhaps).copied().collect();
    let &[first, second] = columns.as_slice() else {
        return None;
    };
    let (time, rest) = if unit(first)? > unit(second)? {
        (first, second)
    } else {
        (second, first)
    };
    let most = unit(time)?.seconds() / unit(rest)?.seconds();
    let (units, rests) = (times_of(table, time)?, times_of(table, rest)?);
    let whole = units.iter().chain(&rests).all(|x| x.fract() == 0.0);
    let changes = |list: &[f64]| list.iter().any(|x| *x != list[0]);
    let parts = rests.iter().all(|x| (0.0..most).contains(x));
    (most > 1.0 && whole && parts && changes(&units) && changes(&rests)).then_some((time, rest))
}

/// The numbers of a column of times; none if a cell is not one.
pub(super) fn times_of(table: &Table, column: usize) -> Option<Vec<f64>> {
    if are_dates(table.text(column)) {
        let dates = times_of_dates(table.text(column), None, table.file(), |row| {
            table.place(table.lines()[row], column)
        });
        return dates.ok()?.map(|times| times.values);
    }
    let marks = table.marks_of(column).ok()?;
    let cells = table.text(column).iter();
    cells
        .map(|cell| parse_time(&marks.plain(cell)).map(|time| time.value))
        .collect()
}

/// Whether numbers are the ranks of times, counted from 0 or 1.
pub(super) fn numbers_times(numbers: &[f64], times: &[f64]) -> bool {
    let mut sorted: Vec<f64> = times.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.dedup();
    let least = numbers.iter().copied().fold(f64::INFINITY, f64::min);
    let rank = |time: &f64| sorted.partition_point(|other| other < time) as f64;
    (least == 0.0 || least == 1.0)
        && numbers
            .iter()
            .zip(times)
            .all(|(&number, time)| number == least + rank(time))
}

/// Whether the cells of a column are times that rise, stay, or start again.
fn goes_on(table: &Table, column: usize) -> bool {
    let Some(times) = times_of(table, column) else {
        return false;
    };
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

fn two_times(table: &Table, first: usize, second: usize, genes: bool) -> ReadError {
    let name = |column: usize| {
        let (number, name) = (table.column_number(column), &table.header()[column]);
        format!("column {number} (`{name}`)")
    };
    let other = &table.header()[second];
    let gene = if genes {
        format!(", or say `--columns {other}=gene` if it is a gene")
    } else {
        String::new()
    };
    times_twice(table.file(), &name(first), &name(second))
        .cured_by(format!("leave one out with `--ignore {other}`{gene}"))
}

/// The error about two sources of times.
pub(super) fn times_twice(file: &str, first: &str, second: &str) -> ReadError {
    let found = format!("found times twice ({first} and {second})");
    ReadError::new(Fault::Time, Place::file(file), found).expecting("once")
}
