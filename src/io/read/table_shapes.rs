//! Tables of levels in other shapes than samples × genes, turned into that one.

use std::io::Read;

use super::columns;
use super::headless::{HeadlessShape, read_headless};
use super::series_options::{SeriesOptions, TimeSource};
use super::tidy::{TidyColumns, read_tidy};
use crate::io::text::{ReadError, Rows, Table};

/// Reads a table of levels; notes say what its shape was if it was turned.
pub(super) fn read_table(
    input: impl Read,
    file: &str,
    times: TimeSource<'_>,
    options: &SeriesOptions,
) -> Result<(Table, Vec<String>), ReadError> {
    let mut rows = Rows::open(input, file)?;
    if options.no_header {
        let samples = times.file().map(|times| times.names());
        return read_headless(rows, samples, HeadlessShape::of(times), options);
    }
    rows.complete_header();
    if let Some(columns) = TidyColumns::find(&mut rows, &options.ignore)? {
        return read_tidy(rows, &columns, options);
    }
    rows.refuse_without_header()?;
    let kind = |at: usize, name: &str| columns::kind(at, name, &options.ignore);
    Ok((Table::of_rows(rows, options.text, kind)?, Vec::new()))
}
