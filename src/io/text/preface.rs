//! Lines before a table: comments, metadata of GEO, a hint for spreadsheets.

use super::read_error::{Fault, Place, ReadError};
use super::separator::Separator;

/// What is before the first row of a table.
#[derive(Debug, Default)]
pub(super) struct Preface {
    /// Lines that begin with `!`, without their ends.
    pub(super) metadata: Vec<String>,
    /// The separator that a line `sep=;` names.
    pub(super) separator: Option<Separator>,
    /// The last comment, and its line.
    pub(super) last_comment: Option<(String, usize)>,
    /// Whether a line said that the table begins.
    in_table: bool,
    /// Whether a line said that the table ends.
    pub(super) ended: bool,
    /// Rows that give the size of a table, in the format GCT, still to be passed over.
    sizes: usize,
    /// Numbers of columns and of rows with metadata, in the format GCT 1.3.
    gct_metadata: Option<(usize, usize)>,
}

impl Preface {
    /// Whether a line is none of the table.
    pub(super) fn takes(&mut self, line: &str, number: usize) -> bool {
        let text = line.trim_end_matches(['\n', '\r']);
        if std::mem::take(&mut self.sizes) > 0 {
            let sizes: Vec<usize> = text
                .split_whitespace()
                .map_while(|x| x.parse().ok())
                .collect();
            if let [_, _, columns, rows] = sizes[..] {
                self.gct_metadata = Some((columns, rows)).filter(|&sizes| sizes != (0, 0));
            }
            return true;
        }
        if text.starts_with('!') {
            self.in_table |= is_mark(text, "_table_begin");
            self.metadata.push(text.to_owned());
            return true;
        }
        if !self.metadata.is_empty() && !self.in_table {
            // metadata of GEO without a mark is no table yet, other notes with `!` may be followed by one
            return self.is_geo();
        }
        if text.starts_with('#') {
            if ["#1.2", "#1.3"].contains(&text.trim()) {
                self.sizes = 1;
            }
            self.last_comment = Some((text.to_owned(), number));
            return true;
        }
        if number == 1
            && let Some(said) = separator_said(text)
        {
            self.separator = Some(said);
            return true;
        }
        false
    }

    /// Whether a line ends the table of a series matrix.
    pub(super) fn ends(&mut self, line: &str) -> bool {
        self.ended = self.in_table && is_mark(line, "_table_end");
        self.ended
    }

    /// Refuses a table in the format GCT 1.3 with metadata among the levels.
    ///
    /// * `header`: line of its header
    pub(super) fn refuse_gct_metadata(&self, file: &str, header: usize) -> Result<(), ReadError> {
        let Some((columns, rows)) = self.gct_metadata else {
            return Ok(());
        };
        let found = format!(
            "found a table in the format GCT 1.3 with {columns} column(s) that describe genes and {rows} row(s) that \
             describe samples"
        );
        let mut cures = Vec::new();
        if columns > 0 {
            cures.push(format!("columns 2 to {}", columns + 1));
        }
        if rows > 0 {
            cures.push(format!("rows {} to {}", header + 1, header + rows));
        }
        let cure = format!(
            "remove the first two rows and {}, and give times that they say with `--times FILE`",
            cures.join(" and ")
        );
        Err(ReadError::new(Fault::Format, Place::row(file, 1), found)
            .expecting("levels below a header of samples, as in GCT 1.2")
            .cured_by(cure))
    }

    fn is_geo(&self) -> bool {
        let geo = [
            "!Series_",
            "!Sample_",
            "!Database",
            "!Platform_",
            "!dataset_",
            "!subset_",
        ];
        let mut lines = self.metadata.iter();
        lines.any(|line| geo.iter().any(|start| line.starts_with(start)))
    }

    /// The error about metadata of GEO without a table.
    pub(super) fn without_table(&self, file: &str) -> Option<ReadError> {
        self.is_geo().then(|| {
            let found = "found metadata of GEO and no table of expression";
            ReadError::new(Fault::Empty, Place::file(file), found)
                .expecting(
                    "rows between `!series_matrix_table_begin` and `!series_matrix_table_end`",
                )
                .cured_by(SUPPLEMENT)
        })
    }

    /// The error about a header without rows.
    pub(super) fn header_only(&self, file: &str) -> ReadError {
        let found = "found a header and no rows";
        let error = ReadError::new(Fault::Empty, Place::file(file), found)
            .expecting("at least one row below the header");
        if self.in_table {
            return error.cured_by(SUPPLEMENT);
        }
        error
    }
}

/// The error about a header without rows.
#[must_use]
pub fn header_only(file: &str) -> ReadError {
    Preface::default().header_only(file)
}

/// The error about a file without any row.
pub(super) fn empty(file: &str) -> ReadError {
    ReadError::new(Fault::Empty, Place::file(file), "the file is empty")
        .expecting("a header line and at least one row below it")
}

const SUPPLEMENT: &str = "give the table of counts from the supplementary files of the record, where GEO \
                          keeps those of sequencing";

fn is_mark(line: &str, end: &str) -> bool {
    let line = line.trim().to_ascii_lowercase();
    line.starts_with('!') && line.ends_with(end)
}

/// The separator that a first line for spreadsheets names, such as `sep=;`.
fn separator_said(line: &str) -> Option<Separator> {
    let line = line
        .trim_matches(|c: char| c == '"' || c == ' ')
        .to_ascii_lowercase();
    match line.strip_prefix("sep=")? {
        ";" => Some(Separator::Semicolon),
        "," => Some(Separator::Comma),
        "\t" | "\\t" | "" => Some(Separator::Tab),
        _ => None,
    }
}
