//! JSON written element by element, so that a large network is never held as one tree.

use std::io::{self, Write};

use serde::Serialize;

/// Writes `[`, one element a line, `]`.
pub(super) fn write_array<T: Serialize>(
    sink: &mut dyn Write,
    elements: impl Iterator<Item = T>,
) -> io::Result<()> {
    sink.write_all(b"[")?;
    let mut first = true;
    for element in elements {
        sink.write_all(if first { b"\n" } else { b",\n" })?;
        first = false;
        serde_json::to_writer(&mut *sink, &element)?;
    }
    sink.write_all(if first { b"]" } else { b"\n]" })
}
