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
}

impl Preface {
    /// Whether a line is none of the table.
    pub(super) fn takes(&mut self, line: &str, number: usize) -> bool {
        let text = line.trim_end_matches(['\n', '\r']);
        if std::mem::take(&mut self.sizes) > 0 {
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
