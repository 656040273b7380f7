//! How long a line and a text may be.

use super::read_error::{Fault, Place, ReadError};
use crate::numeric::{in_bytes, machine_memory};

/// Limits of a text after decompression, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TextLimits {
    /// Of a line, and of a row that goes on over lines.
    pub(super) line: usize,
    /// Of the whole text.
    pub(super) text: u64,
}

/// A row of seven million values. A gzip file of 2 MB may hold a line of 2 GB.
const LONGEST_LINE: usize = 64 << 20;
/// Of a text, where the memory of the machine is not known; and what is read on any machine.
const LONGEST_TEXT: u64 = 64 << 30;
const SHORTEST_TEXT: u64 = 1 << 30;
/// Bytes of memory for a byte of text: a number of one digit and its separator become 8 bytes.
const GROWTH: u64 = 4;

impl TextLimits {
    /// A text whose numbers fit into the memory of the machine.
    pub(super) fn of_machine() -> Self {
        let text = machine_memory().map_or(LONGEST_TEXT, |memory| memory / GROWTH);
        Self {
            line: LONGEST_LINE,
            text: text.max(SHORTEST_TEXT),
        }
    }

    pub(super) fn line_too_long(self, file: &str, row: usize) -> ReadError {
        let found = format!("found a line of more than {}", in_bytes(self.line as u64));
        ReadError::new(Fault::Format, Place::row(file, row), found)
            .expecting("a table with a line for each row")
            .cured_by("check that the file is the right one, and save it with line ends")
    }

    pub(super) fn text_too_long(self, file: &str, row: usize) -> ReadError {
        let found = format!("found more than {} of text", in_bytes(self.text));
        ReadError::new(Fault::Format, Place::row(file, row), found)
            .expecting("a table that fits into the memory of this machine")
            .cured_by(
                "check that the file is the right one, and leave out columns and rows that are not used",
            )
    }
}
