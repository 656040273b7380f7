//! Stages, ages and years of different individuals: a cross-section, which would be read as a course.

use super::columns::{Role, plain, role};
use super::metadata_columns::Metadata;
use super::series_options::SeriesOptions;
use crate::io::text::{Fault, ReadError, Table};

/// Names of times that as well describe patients and tumours.
const OF_INDIVIDUALS: [&str; 4] = ["stage", "age", "year", "years"];

/// Refuses plain numbers in a column called like a description of individuals, where no column names series and either
/// several samples have one number, or every row has an individual of its own.
///
/// * `times`: those of all rows
///
/// # Errors   [`Fault::Time`] with both readings.
pub(super) fn refuse_cross_section(
    table: &Table,
    metadata: &Metadata,
    times: &[f64],
    options: &SeriesOptions,
) -> Result<(), ReadError> {
    let Some(column) = metadata.time else {
        return Ok(());
    };
    let name = &table.header()[column];
    let numbers = table.text(column).iter();
    let plain_numbers = numbers
        .clone()
        .all(|cell| cell.trim().parse::<f64>().is_ok());
    let described = OF_INDIVIDUALS.contains(&plain(name).as_str()) && plain_numbers;
    if !described || options.role_of(name).is_some() || !metadata.series.is_empty() {
        return Ok(());
    }
    let mut distinct: Vec<u64> = times.iter().map(|time| time.to_bits()).collect();
    distinct.sort_unstable();
    distinct.dedup();
    let mut left = metadata.left_out.iter();
    let individuals = left.any(|&at| role(&table.header()[at]) == Role::Series);
    if distinct.len() == times.len() && !individuals {
        return Ok(());
    }
    let least = times.iter().copied().fold(f64::INFINITY, f64::min);
    let most = times.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let found = format!(
        "found {least} to {most}, and no column of series: times of a course, or what describes different individuals"
    );
    Err(ReadError::new(Fault::Time, table.header_place(column), found)
        .expecting("a column called `time`, or samples without times")
        .cured_by(format!(
            "say `--columns {name}=time` for times, or give the samples with `--steady FILE --ignore {name}`"
        )))
}
