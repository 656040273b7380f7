//! Tables without a header: matrices of numbers, whose genes get the names G1, G2 …

use std::io::{Cursor, Read};

use super::faults::mismatch;
use super::metadata_columns::series_kind;
use super::series_options::{Orientation, SeriesOptions};
use super::time_source::TimeSource;
use crate::io::text::{Cell, Fault, Place, ReadError, Rows, Table, parse_cell};

/// Where the times of a table without a header are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HeadlessShape {
    /// In its first column of numbers.
    FirstColumn,
    /// In another table, one for each sample.
    Elsewhere,
    /// Nowhere.
    Nowhere,
}

impl HeadlessShape {
    pub(super) fn of(times: TimeSource<'_>) -> Self {
        match times {
            TimeSource::Table => Self::FirstColumn,
            TimeSource::File(_) => Self::Elsewhere,
            TimeSource::Without => Self::Nowhere,
        }
    }
}

/// All rows of a table, with their lines.
struct Matrix {
    rows: Vec<(usize, Vec<String>)>,
    /// Whether the first column holds names.
    named: bool,
}

impl Matrix {
    fn read(rows: &mut Rows<'_>) -> Result<Self, ReadError> {
        rows.without_header();
        let mut all = Vec::new();
        while let Some(row) = rows.advance()? {
            all.push((
                row.line(),
                (0..row.len()).map(|at| row.cell(at).to_owned()).collect(),
            ));
        }
        let text = |(_, cells): &(usize, Vec<String>)| parse_cell(&cells[0], true) == Cell::Text;
        let named = all.iter().any(text);
        Ok(Self { rows: all, named })
    }

    /// Number of columns of numbers.
    fn width(&self) -> usize {
        self.rows[0].1.len() - usize::from(self.named)
    }

    /// The first column of numbers.
    fn first_column(&self) -> Option<Vec<f64>> {
        let first = usize::from(self.named);
        let mut rows = self.rows.iter();
        rows.try_fold(Vec::new(), |mut column, (_, cells)| {
            match parse_cell(&cells[first], true) {
                Cell::Number(x) | Cell::Comma(x) => column.push(x),
                _ => return None,
            }
            Some(column)
        })
    }

    /// Whether the first column of numbers rises, and starts again at its first number only.
    fn rises(&self) -> bool {
        let Some(times) = self.first_column() else {
            return false;
        };
        let again = |pair: &[f64]| pair[1] == times[0];
        times
            .windows(2)
            .all(|pair| again(pair) || pair[1] > pair[0])
            && times[0] != times[1]
    }

    /// The same, in so many rows that levels would hardly do it: 5 of them rise in one of 120 cases.
    fn begins_with_times(&self) -> bool {
        self.rows.len() >= 5 && self.rises()
    }

    /// Whether a name of the first column occurs again.
    fn names_repeat(&self) -> bool {
        let mut names: Vec<&String> = self.rows.iter().map(|(_, cells)| &cells[0]).collect();
        names.sort();
        names.windows(2).any(|pair| pair[0] == pair[1])
    }
}

/// Reads a table without a header.
///
/// * `samples`: names of the samples in the table of times, in order
///
/// # Errors   [`ReadError`] where the sides cannot be told apart, or no times are found.
pub(super) fn read_headless(
    mut rows: Rows<'_>,
    samples: Option<&[String]>,
    shape: HeadlessShape,
    options: &SeriesOptions,
) -> Result<(Table, Vec<String>), ReadError> {
    let matrix = Matrix::read(&mut rows)?;
    let file = rows.file().to_owned();
    let genes_in_rows = genes_in_rows(&matrix, samples, shape, options.genes, &file)?;
    let width = matrix.width();
    let mut header = Vec::new();
    let mut added: Option<Vec<String>> = None;
    if genes_in_rows {
        header.push("gene".to_owned());
        added = (!matrix.named).then(|| numbered("G", matrix.rows.len()));
        header.extend(samples.map_or_else(|| numbered("V", width), <[String]>::to_vec));
    } else {
        let names = if matrix.named && matrix.names_repeat() && samples.is_none() {
            "series"
        } else {
            "sample"
        };
        if matrix.named || samples.is_some() {
            header.push(names.to_owned());
        }
        if !matrix.named {
            added = samples.map(<[String]>::to_vec);
        }
        let timed = usize::from(shape == HeadlessShape::FirstColumn);
        header.extend((timed > 0).then(|| "time".to_owned()));
        header.extend(numbered("G", width - timed));
    }
    let cells = matrix.rows.iter().enumerate().map(|(at, (line, cells))| {
        let first = added.as_ref().map(|names| names[at].as_str());
        (
            *line,
            first
                .into_iter()
                .chain(cells.iter().map(String::as_str))
                .collect(),
        )
    });
    let keep = |at: usize, name: &str| series_kind(at, name, options);
    let table = Table::of_cells(&rows, header, options.text, keep, cells)?;
    let named = if matrix.named && genes_in_rows {
        "in the first column"
    } else {
        "G1, G2 … in their order"
    };
    Ok((
        table,
        vec![format!(
            "{file}: read without a header; names of genes: {named}"
        )],
    ))
}

/// `G1`, `G2` …
fn numbered(letter: &str, count: usize) -> Vec<String> {
    (1..=count)
        .map(|number| format!("{letter}{number}"))
        .collect()
}

fn genes_in_rows(
    matrix: &Matrix,
    samples: Option<&[String]>,
    shape: HeadlessShape,
    asked: Orientation,
    file: &str,
) -> Result<bool, ReadError> {
    let (rows, width) = (matrix.rows.len(), matrix.width());
    if width == 0 {
        return Err(mismatch(
            file,
            "found one column of text",
            "numbers",
            "check the separator, and that the file is the expression table",
        ));
    }
    if let (Some(samples), Orientation::Rows | Orientation::Columns) = (samples, asked) {
        refuse_other_count(file, asked, [rows, width], samples.len())?;
    }
    let cure = "say `--genes rows` or `--genes columns`";
    match (shape, asked) {
        (HeadlessShape::FirstColumn, Orientation::Auto) if matrix.begins_with_times() => Ok(false),
        (HeadlessShape::FirstColumn, Orientation::Columns) if rows > 1 && matrix.rises() => {
            Ok(false)
        }
        (HeadlessShape::FirstColumn, _) => Err(ReadError::new(
            Fault::Time,
            Place::file(file),
            "found no header, and no column that is clearly the time: too few rows, or a first column of numbers that \
             does not rise",
        )
        .cured_by(
            "give `--times FILE` with the time of every sample, in their order, or say `--genes columns` \
             if the first column of numbers is the time",
        )),
        (_, Orientation::Rows) => Ok(true),
        (_, Orientation::Columns) => Ok(false),
        (HeadlessShape::Nowhere, Orientation::Auto) => Err(mismatch(
            file,
            format!("found {rows} rows and {width} columns without names: either may be genes"),
            "a side that is clearly that of the genes",
            cure,
        )),
        (HeadlessShape::Elsewhere, Orientation::Auto) => {
            let count = samples.map_or(0, <[String]>::len);
            match (width == count, rows == count) {
                (true, false) => Ok(true),
                (false, true) => Ok(false),
                (both, _) => Err(mismatch(
                    file,
                    format!("found {rows} rows and {width} columns of numbers, and {count} times"),
                    if both { "a side that is clearly that of the genes" } else { "as many rows or columns as times" },
                    if both { cure } else { "give one time for every sample" },
                )),
            }
        }
    }
}

/// As many samples as times are needed, where the user says which side they are.
fn refuse_other_count(
    file: &str,
    asked: Orientation,
    sides: [usize; 2],
    times: usize,
) -> Result<(), ReadError> {
    let [rows, width] = sides;
    let (count, side) = match asked {
        Orientation::Rows => (width, "columns"),
        _ => (rows, "rows"),
    };
    if count == times {
        return Ok(());
    }
    let side = format!("{count} {side} of samples");
    Err(mismatch(
        file,
        format!("found {side} and {times} times"),
        "one time for every sample",
        "give as many times, or the other side with `--genes`",
    ))
}

/// A list of times without a header, as a table with one; a table that has a header as it is.
///
/// The last column is the time; samples are known by their order.
pub(super) fn times_with_header(
    mut input: impl Read,
    file: &str,
) -> Result<Cursor<Vec<u8>>, ReadError> {
    let mut bytes = Vec::new();
    let read = input.read_to_end(&mut bytes);
    read.map_err(|source| ReadError::unreadable(file, source))?;
    let text = bytes.clone();
    let mut rows = Rows::open(text.as_slice(), file)?;
    let number = |cell: &str| matches!(parse_cell(cell, true), Cell::Number(_) | Cell::Comma(_));
    if !rows.header().last().is_some_and(|cell| number(cell)) {
        return Ok(Cursor::new(bytes));
    }
    let matrix = Matrix::read(&mut rows)?;
    if matrix.rows[0].1.len() > 2 {
        return Err(mismatch(
            file,
            format!("found {} columns and no header", matrix.rows[0].1.len()),
            "times, one per sample, perhaps after the number of the sample",
            "add a header line, or leave the times only",
        ));
    }
    let mut named = "sample\ttime\n".to_owned();
    for (at, (_, cells)) in matrix.rows.iter().enumerate() {
        named += &format!("V{}\t{}\n", at + 1, cells[cells.len() - 1]);
    }
    Ok(Cursor::new(named.into_bytes()))
}

/// A matrix of cells without names, as a table with genes G1 … and cells V1 …; the numbers of a table of
/// times tell cells from genes.
pub(super) fn cells_with_header(
    input: impl Read,
    file: &str,
    times: &[u8],
    options: &SeriesOptions,
) -> Result<Cursor<Vec<u8>>, ReadError> {
    let count = String::from_utf8_lossy(times)
        .lines()
        .count()
        .saturating_sub(1);
    let mut rows = Rows::open(input, file)?;
    let matrix = Matrix::read(&mut rows)?;
    let samples = numbered("V", count);
    let in_rows = genes_in_rows(
        &matrix,
        Some(&samples),
        HeadlessShape::Elsewhere,
        options.genes,
        file,
    )?;
    let skip = usize::from(matrix.named);
    let (genes, cells) = if in_rows {
        (matrix.rows.len(), matrix.width())
    } else {
        (matrix.width(), matrix.rows.len())
    };
    let mut text = format!("gene\t{}\n", numbered("V", cells).join("\t"));
    for gene in 0..genes {
        let name = match in_rows && matrix.named {
            true => matrix.rows[gene].1[0].clone(),
            false => format!("G{}", gene + 1),
        };
        let level = |cell: usize| match in_rows {
            true => matrix.rows[gene].1[cell + skip].as_str(),
            false => matrix.rows[cell].1[gene + skip].as_str(),
        };
        let levels: Vec<&str> = (0..cells).map(level).collect();
        text += &format!("{name}\t{}\n", levels.join("\t"));
    }
    Ok(Cursor::new(text.into_bytes()))
}
