//! Tables of levels in other shapes than samples × genes, turned into that one.

use std::io::Read;

use super::gene_names_column::gene_names_first;
use super::geo_samples::geo_times;
use super::headless::{HeadlessShape, read_headless};
use super::metadata_columns::series_kind;
use super::sample_times::SampleTimes;
use super::second_header::{SecondHeader, read_second_header};
use super::series_options::SeriesOptions;
use super::tidy::read_tidy;
use super::tidy_lines::TidyColumns;
use super::time_choice::times_twice;
use super::time_source::TimeSource;
use crate::expression::NamedScale;
use crate::io::text::{ReadError, Rows, Table};

/// Reads a table of levels; notes say what its shape was if it was turned.
pub(super) fn read_table(
    input: impl Read,
    file: &str,
    given: TimeSource<'_>,
    options: &SeriesOptions,
) -> Result<TableRead, ReadError> {
    let mut rows = Rows::open(input, file)?;
    if options.no_header {
        let samples = given.file().map(|times| times.names());
        let read = read_headless(rows, samples, HeadlessShape::of(given), options)?;
        return Ok(TableRead::turned(read, options));
    }
    let geo = match given.file() {
        Some(_) => None,
        None => geo_times(rows.metadata(), file, options.text)?,
    };
    rows.complete_header();
    rows.pass_weights();
    let (times, more) = match read_second_header(&mut rows, options)? {
        SecondHeader::Absent => (geo, None),
        SecondHeader::Units(note) => (geo, Some(note)),
        SecondHeader::Times(own) => match given.file() {
            Some(other) => {
                let error = times_twice(file, "its second row", other.file());
                return Err(error.cured_by("drop `--times`, or remove the second row"));
            }
            None => (Some(*own), None),
        },
    };
    if let Some(columns) = TidyColumns::find(&mut rows, options)? {
        let header = rows.header().to_vec();
        let mut options = options.clone();
        let table = read_tidy(rows, &columns, &options)?;
        // what the user says of the columns of the file does not hold for those of the genes
        options
            .columns
            .retain(|(name, _)| !header.contains(name) || table.0.header().contains(name));
        return Ok(TableRead {
            scale: columns.scale(&header),
            ..TableRead::turned(table, &options)
        });
    }
    rows.refuse_without_header(", or say `--no-header`")?;
    let kind = |at: usize, name: &str| series_kind(at, name, options);
    let mut table = Table::of_rows(rows, options.text, kind)?;
    let mut options = options.clone();
    let source = match &times {
        Some(own) => TimeSource::File(&own.value),
        None => given,
    };
    let named = gene_names_first(&mut table, source, &mut options)?;
    Ok(TableRead {
        table,
        notes: (times.iter().flat_map(|read| read.notes.clone()))
            .chain(more)
            .chain(named)
            .collect(),
        times: times.map(|read| read.value),
        options,
        scale: None,
    })
}

/// A table, and what was recognised about it.
pub(super) struct TableRead {
    pub(super) table: Table,
    pub(super) notes: Vec<String>,
    /// Times of its samples that the same file holds beside the table.
    pub(super) times: Option<SampleTimes>,
    /// How the columns of the table are to be read.
    pub(super) options: SeriesOptions,
    /// The scale of its levels, where it is named.
    pub(super) scale: Option<NamedScale>,
}

impl TableRead {
    fn turned(read: (Table, Vec<String>), options: &SeriesOptions) -> Self {
        let (table, notes) = read;
        Self {
            table,
            notes,
            times: None,
            options: options.clone(),
            scale: None,
        }
    }
}
