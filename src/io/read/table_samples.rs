//! Samples of a table with their times, from its header or its rows.

use super::metadata_columns::Metadata;
use super::sample_origin::SampleOrigin;
use super::samples::Samples;
use crate::io::text::{ReadError, Table};

pub(super) fn origin_of_columns(table: &Table, columns: &[usize]) -> SampleOrigin {
    let named = columns
        .iter()
        .map(|&column| (column + 1, table.header()[column].clone()));
    SampleOrigin::Columns {
        file: table.file().to_owned(),
        columns: named.collect(),
    }
}

pub(super) fn samples_of_header(table: &Table, columns: &[usize], times: Vec<f64>) -> Samples {
    Samples {
        origin: origin_of_columns(table, columns),
        names: vec![String::new(); columns.len()],
        times,
        series: None,
        replicates: None,
        conditions: None,
        interventions: None,
        genotypes: None,
        joined: false,
        courses: None,
    }
}

pub(super) fn origin_of_rows(table: &Table) -> SampleOrigin {
    SampleOrigin::Rows {
        file: table.file().to_owned(),
        lines: table.lines().to_vec(),
    }
}

/// Names in a column, one per row; empty without such a column.
fn names_of_rows(table: &Table, named: Option<usize>) -> Vec<String> {
    named.map_or_else(
        || vec![String::new(); table.len()],
        |column| table.text(column).to_vec(),
    )
}

pub(super) fn single_samples(table: &Table, metadata: &Metadata, named: Option<usize>) -> Samples {
    let names = names_of_rows(table, named);
    Samples {
        conditions: metadata.conditions(table),
        ..Samples::without_times(origin_of_rows(table), names)
    }
}

pub(super) fn samples_of_rows(
    table: &Table,
    metadata: &mut Metadata,
    named: Option<usize>,
    time: usize,
) -> Result<Samples, ReadError> {
    let times = metadata.times(table, time)?;
    metadata.notes.extend(times.notes);
    Ok(Samples {
        origin: origin_of_rows(table),
        names: names_of_rows(table, named),
        times: times.values,
        series: metadata.series_names(table)?,
        replicates: metadata.replicates(table),
        conditions: metadata.conditions(table),
        interventions: metadata.interventions(table),
        genotypes: metadata.genotypes(table),
        joined: false,
        courses: None,
    })
}
