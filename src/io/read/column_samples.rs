//! Samples of a table with one a column: their names and times.

use std::collections::HashMap;

use super::faults::repeated_sample;
use super::header_times::HeaderTimes;
use super::sample_names::samples_of_names;
use super::sample_origin::SampleOrigin;
use super::sample_sheet::numbered;
use super::samples::{Samples, no_time};
use super::stray_columns::stray_columns;
use super::time_source::TimeSource;
use super::time_unit::Times;
use crate::io::text::{ReadError, Table};

/// The samples of a table with one a column, and those of `times` that it does not have.
pub(super) fn samples_in_columns(
    table: &Table,
    columns: &[usize],
    names: Vec<String>,
    times: TimeSource<'_>,
    notes: &mut Vec<String>,
) -> Result<(Samples, Vec<String>), ReadError> {
    Ok(match (times, HeaderTimes::find(table)) {
        (TimeSource::File(times), _) => {
            if times.is_sheet() {
                let names = numbered(names.iter().map(String::as_str));
                times.select(&names, table.file())?
            } else {
                refuse_repeated_columns(table, columns)?;
                times.select(&names, table.file())?
            }
        }
        (TimeSource::Without, _) => {
            let origin = origin_of_columns(table, columns);
            (Samples::without_times(origin, names), Vec::new())
        }
        (TimeSource::Table, Some(found)) => {
            let found = found.refuse_counted()?;
            notes.extend(found.times.notes.iter().cloned());
            (samples_of_header(table, columns, found.times), Vec::new())
        }
        (TimeSource::Table, None) => {
            refuse_repeated_columns(table, columns)?;
            let named = samples_of_names(&names, origin_of_columns(table, columns))?;
            let (samples, said) = named.ok_or_else(|| {
                let cure = "give the times of the samples with `--times FILE`";
                stray_columns(table).unwrap_or_else(|| no_time(table, cure))
            })?;
            notes.extend(said);
            (samples, Vec::new())
        }
    })
}

fn origin_of_columns(table: &Table, columns: &[usize]) -> SampleOrigin {
    let named = columns
        .iter()
        .map(|&column| (table.column_number(column), table.header()[column].clone()));
    SampleOrigin::Columns {
        file: table.file().to_owned(),
        columns: named.collect(),
    }
}

fn samples_of_header(table: &Table, columns: &[usize], times: Times) -> Samples {
    Samples {
        origin: origin_of_columns(table, columns),
        names: vec![String::new(); columns.len()],
        times: times.values,
        unit: times.unit,
        series: None,
        replicates: None,
        conditions: None,
        interventions: None,
        genotypes: None,
        joined: false,
        courses: None,
    }
}

/// Samples or cells in columns need different names.
pub(super) fn refuse_repeated_columns(table: &Table, columns: &[usize]) -> Result<(), ReadError> {
    let mut seen = HashMap::with_capacity(columns.len());
    for &at in columns {
        let name = &table.header()[at];
        if let Some(first) = seen.insert(name, at) {
            let first = format!("column {}", table.column_number(first));
            return Err(repeated_sample(table.header_place(at), name, &first));
        }
    }
    Ok(())
}
