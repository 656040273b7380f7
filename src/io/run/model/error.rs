//! What can be wrong with a model's file.

use std::io;

use super::{FORMAT, VERSION};
use crate::field::FieldError;

/// Why a file is no model that can be used.
#[derive(Debug, thiserror::Error)]
pub enum ModelFileError {
    /// The system gave up.
    #[error("{file}: cannot be read ({source}); check that the file is complete and not damaged")]
    Unreadable {
        /// Name of the file.
        file: String,
        /// What the system said.
        source: io::Error,
    },
    /// No JSON, or only the beginning of one.
    #[error(
        "{file}: line {line}, column {column}: this is not JSON ({found}); \
         give the complete `model.json` of a run"
    )]
    NotJson {
        /// Name of the file.
        file: String,
        /// Line, counted from 1.
        line: usize,
        /// Column, counted from 1.
        column: usize,
        /// What the parser says.
        found: String,
    },
    /// JSON, but of something else.
    #[error(
        "{file}: found {found}, expected an object with \"format\": \"{FORMAT}\"; \
         give the `model.json` of a run"
    )]
    OtherFormat {
        /// Name of the file.
        file: String,
        /// The format found.
        found: String,
    },
    /// A model from an earlier release.
    #[error(
        "{file}: found version {found} of the format, written by cistron {writer}, expected \
         version {VERSION}; run `cistron infer` on the data again"
    )]
    Older {
        /// Name of the file.
        file: String,
        /// The version found.
        found: u64,
        /// The release that wrote the file.
        writer: String,
    },
    /// A model from a later release.
    #[error(
        "{file}: found version {found} of the format, written by cistron {writer}, expected \
         version {VERSION}; update cistron"
    )]
    Newer {
        /// Name of the file.
        file: String,
        /// The version found.
        found: u64,
        /// The release that wrote the file.
        writer: String,
    },
    /// A part is missing or of the wrong kind.
    #[error(
        "{file}: line {line}, column {column}: the model is damaged ({found}); \
         take another copy or fit it again"
    )]
    Layout {
        /// Name of the file.
        file: String,
        /// Line, counted from 1.
        line: usize,
        /// Column, counted from 1.
        column: usize,
        /// What the parser says.
        found: String,
    },
    /// A component does not belong to its gene, or a regulator to the genes.
    #[error(
        "{file}: component {position} of {part} is damaged ({found}); \
         take another copy or fit it again"
    )]
    Names {
        /// Name of the file.
        file: String,
        /// "the model" or "member 3".
        part: String,
        /// Position of the component, counted from 1.
        position: usize,
        /// What is wrong.
        found: String,
    },
    /// The numbers make no sound field.
    #[error("{file}: {source}")]
    Field {
        /// Name of the file.
        file: String,
        /// What is wrong, and the cure.
        source: FieldError,
    },
}
