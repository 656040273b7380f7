//! Orientation of a table: genes in rows or in columns.

use super::columns::{Role, names_genes, role};
use super::feature_ids::are_accessions;
use super::header_times::{HeaderTimes, sample_columns};
use super::metadata_columns::Metadata;
use super::name_tokens::Sureness;
use super::sample_names::times_said;
use super::sample_sheet::numbered;
use super::sample_times::SampleTimes;
use super::samples::no_time;
use super::series_options::{Orientation, SeriesOptions};
use super::stray_columns::stray_columns;
use super::time_axis::{CLEAR, TimeAxis, likeness, time_axis};
use super::time_source::TimeSource;
use crate::io::text::{Cell, Fault, Keep, Place, ReadError, Table, name_some, parse_cell};

/// Whether genes are in rows, and how that was recognised.
pub(super) fn orient(
    table: &Table,
    metadata: &Metadata,
    times: TimeSource<'_>,
    options: &SeriesOptions,
) -> Result<(bool, String), ReadError> {
    match (options.genes, times) {
        (Orientation::Rows, _) => Ok((true, "as asked".to_owned())),
        (Orientation::Columns, _) => Ok((false, "as asked".to_owned())),
        (Orientation::Auto, TimeSource::File(times)) => {
            orient_by_samples(table, metadata, times, options)
        }
        (Orientation::Auto, TimeSource::Without) => orient_by_names(table, metadata, options),
        (Orientation::Auto, TimeSource::Table) => match metadata.time {
            Some(column) => {
                let name = &table.header()[column];
                let number = table.column_number(column);
                let down = (false, format!("as column {number} (`{name}`) is the time"));
                let header = HeaderTimes::find(table);
                match header.filter(|header| column == 0 && header.clear) {
                    Some(header) => orient_by_times(table, &header, down),
                    None => Ok(down),
                }
            }
            None => orient_by_named_times(table, metadata, options),
        },
    }
}

/// Where the times are that no column holds: in the header, or in the names of samples.
fn orient_by_named_times(
    table: &Table,
    metadata: &Metadata,
    options: &SeriesOptions,
) -> Result<(bool, String), ReadError> {
    if let Some(header) = HeaderTimes::find(table) {
        return orient_by_header(table, metadata, header);
    }
    match names_with_times(table, metadata)? {
        Some(true) => Ok((true, "as the header names samples with times".to_owned())),
        Some(false) => Ok((false, "as the samples in rows name their times".to_owned())),
        None => {
            Err(stray_columns(table).unwrap_or_else(|| no_time(table, time_cure(table, options))))
        }
    }
}

/// A header of times: the names of the rows may say times, too, and those of the header be genes such as `D1`.
fn orient_by_header(
    table: &Table,
    metadata: &Metadata,
    times: HeaderTimes,
) -> Result<(bool, String), ReadError> {
    let rows = sample_column(table, metadata).map(|column| table.text(column));
    let Some((rows, said)) = rows.and_then(|rows| Some((rows, times_said(rows)?))) else {
        times.refuse_counted()?;
        return Ok((true, "as the header holds times".to_owned()));
    };
    let header = sample_columns(table)
        .into_iter()
        .map(|at| &table.header()[at]);
    let header: Vec<&String> = header.collect();
    let like_gene = |name: &&String| {
        name.starts_with(char::is_alphabetic) && name.ends_with(|c: char| c.is_ascii_digit())
    };
    let with_unit = said.sureness == Some(Sureness::Unit);
    let ahead = likeness(&said.values) - likeness(&times.times.values);
    if header.iter().all(like_gene) && (with_unit || ahead >= CLEAR) {
        let why = format!(
            "as the samples in rows name their times, and the header (`{}`) may be genes",
            header[0]
        );
        return Ok((false, why));
    }
    if !with_unit && ahead <= -CLEAR {
        times.refuse_counted()?;
        return Ok((
            true,
            format!(
                "as the header holds times, and the rows (`{}`) may be genes",
                rows[0]
            ),
        ));
    }
    Err(both_say_times(table, &header, rows))
}

fn both_say_times(table: &Table, header: &[&String], rows: &[String]) -> ReadError {
    let found = format!(
        "the header ({}) and the names of the rows ({}) say times",
        name_some(header),
        name_some(rows)
    );
    ReadError::new(Fault::Mismatch, Place::file(table.file()), found)
        .expecting("times on one side, and genes on the other")
        .cured_by(
            "say `--genes rows` if the header holds the times, or `--genes columns` if the rows do",
        )
}

/// Whether the names in the header (true) or those of the sample column (false) say times; none if neither does.
///
/// # Errors   [`Fault::Mismatch`] if both do.
fn names_with_times(table: &Table, metadata: &Metadata) -> Result<Option<bool>, ReadError> {
    let across = sample_columns(table);
    let across: Vec<String> = across
        .iter()
        .map(|&at| table.header()[at].clone())
        .collect();
    let in_header = table.kind(0) == Keep::Text && times_said(&across).is_some();
    let column = sample_column(table, metadata).filter(|_| !are_accessions(&across));
    let rows = column.map(|column| table.text(column));
    let rows = rows.filter(|rows| times_said(rows).is_some());
    match (in_header, rows) {
        (true, Some(rows)) => {
            let header: Vec<&String> = across.iter().collect();
            Err(both_say_times(table, &header, rows))
        }
        (true, None) => Ok(Some(true)),
        (false, rows) => Ok(rows.map(|_| false)),
    }
}

/// A first column called a time below a header of numbers: the times are in one of the two.
fn orient_by_times(
    table: &Table,
    header: &HeaderTimes,
    down: (bool, String),
) -> Result<(bool, String), ReadError> {
    let first = &table.header()[0];
    match time_axis(table, header) {
        TimeAxis::Header => Ok((
            true,
            format!("as the header after `{first}` is a row of times"),
        )),
        TimeAxis::FirstColumn => Ok(down),
        TimeAxis::Unclear => {
            let found = format!(
                "the times are in the header ({}) or in column 1 ({}): either may be names of genes",
                name_some(&table.header()[1..]),
                name_some(table.text(0))
            );
            Err(
                ReadError::new(Fault::Mismatch, Place::file(table.file()), found).cured_by(
                    "say `--genes rows` if the header holds the times, or `--genes columns` if column 1 does",
                ),
            )
        }
    }
}

/// Where the samples of the table of times are found; the regulators break a tie.
fn orient_by_samples(
    table: &Table,
    metadata: &Metadata,
    times: &SampleTimes,
    options: &SeriesOptions,
) -> Result<(bool, String), ReadError> {
    if times.names_rows() {
        return Ok((false, format!("as {} numbers their rows", times.file())));
    }
    let header = numbered(table.header().iter().map(String::as_str));
    let across = times.count(if times.is_sheet() {
        &header
    } else {
        table.header()
    });
    let down = sample_column(table, metadata).map_or(0, |column| times.count(table.text(column)));
    let why = |count, side| format!("as {count} samples of {} are in {side}", times.file());
    match across.cmp(&down) {
        _ if across + down == 0 => Err(no_sample(table, times)),
        std::cmp::Ordering::Greater => Ok((true, why(across, "columns"))),
        std::cmp::Ordering::Less => Ok((false, why(down, "rows"))),
        std::cmp::Ordering::Equal => {
            let rows = regulators_in_rows(table, options) > regulators_in_header(table, options);
            Ok((rows, "where the regulators are".to_owned()))
        }
    }
}

/// Where nothing says when samples were taken: where the regulators are, else what the first column is.
fn orient_by_names(
    table: &Table,
    metadata: &Metadata,
    options: &SeriesOptions,
) -> Result<(bool, String), ReadError> {
    let down = regulators_in_rows(table, options);
    let across = regulators_in_header(table, options);
    if down != across {
        let why = "where the regulators are".to_owned();
        return Ok((down > across, why));
    }
    let first = &table.header()[0];
    let names_rows = first.eq_ignore_ascii_case("gene") || names_genes(first);
    if names_rows && table.kind(0) == Keep::Text {
        return Ok((true, format!("as column 1 (`{first}`) names them")));
    }
    if table.kind(0) == Keep::Number || holds_numbers(table) {
        return Ok((false, "as the first column holds numbers".to_owned()));
    }
    if let Some(column) = metadata.sample {
        let name = &table.header()[column];
        let number = table.column_number(column);
        let why = format!("as column {number} (`{name}`) names the samples");
        return Ok((false, why));
    }
    let found = format!(
        "rows are called {}, columns {}: either may be genes",
        name_some(table.text(0)),
        name_some(&table.header()[1..])
    );
    Err(
        ReadError::new(Fault::Mismatch, Place::file(table.file()), found)
            .expecting("a first column called `sample` or `gene`, or a list of regulators")
            .cured_by("say `--genes rows` or `--genes columns`"),
    )
}

/// Whether all cells of the first column are numbers or missing, so that it is a gene.
pub(super) fn holds_numbers(table: &Table) -> bool {
    table.kind(0) == Keep::Text && !table.header()[0].is_empty() && table.text_as_numbers(0).is_ok()
}

fn no_sample(table: &Table, times: &SampleTimes) -> ReadError {
    let (other, header) = (times.file(), name_some(table.header()));
    let found = format!("found no sample of {other} (header: {header})");
    ReadError::new(Fault::Mismatch, Place::file(table.file()), found)
        .expecting(format!("names such as {}", name_some(times.names())))
        .cured_by("spell the samples alike in both files")
}

fn regulators_in_header(table: &Table, options: &SeriesOptions) -> usize {
    let header = table.header().iter();
    header
        .filter(|name| options.regulators.contains(name))
        .count()
}

fn regulators_in_rows(table: &Table, options: &SeriesOptions) -> usize {
    if table.kind(0) != Keep::Text {
        return 0;
    }
    let names = table.text(0).iter();
    names
        .filter(|name| options.regulators.contains(name))
        .count()
}

fn time_cure(table: &Table, options: &SeriesOptions) -> String {
    let mut header = table.header().iter();
    if header.all(|name| matches!(parse_cell(name, true), Cell::Number(_))) {
        return "the first line holds numbers: add a header line".to_owned();
    }
    let names = (table.kind(0) == Keep::Text).then(|| table.text(0));
    let mut names = names.into_iter().flatten();
    if let Some(row) = names.position(|name| role(name) == Role::Time) {
        return format!(
            "row {} seems to hold the times: transpose the table, or give the times of the \
             samples with `--times FILE`",
            table.lines()[row]
        );
    }
    if regulators_in_rows(table, options) > regulators_in_header(table, options) {
        return "the regulators are in rows: give the times of the samples with `--times FILE`"
            .to_owned();
    }
    "name the time column `time`, or give the times of the samples with `--times FILE`".to_owned()
}

/// The column that names the samples: a known one, or a first one without a name of a gene.
pub(super) fn sample_column(table: &Table, metadata: &Metadata) -> Option<usize> {
    let names = table.kind(0) == Keep::Text && role(&table.header()[0]) == Role::Other;
    metadata.sample.or(names.then_some(0))
}
