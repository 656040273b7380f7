//! The fitted field as versioned JSON that loads back to the same bits.

use std::borrow::Cow;
use std::io::{self, Read, Write};

use serde::{Deserialize, Serialize};
use serde_json::error::Category;

use super::reading::shorten;
use crate::expression::Scale;
use crate::field::{Component, FieldError, SparseField, Unit, VectorField};
use crate::genes::{Gene, Genes};

/// What the file says it is.
const FORMAT: &str = "cistron-model";
/// Raised whenever an older reader would misunderstand a file.
const VERSION: u64 = 1;

const ORIENTATION: &str = "weight[target, source] = d(dx_target/dt)/dx_source";
const EQUATION: &str = "dx_target/dt = intercept + sum over units of \
    s(range, bias + sum of weights * x_regulators) + sum of coefficients of influences * \
    influences - decay * x_target; \
    s(r, z) = z for |z| <= r, else sign(z) * r * (1 + t/(1 + t)) with t = |z|/r - 1; \
    x on the scale given here";

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
    /// A model from a later release.
    #[error(
        "{file}: found version {found} of the format, written by cistron {writer}, expected at \
         most version {VERSION}; update cistron"
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
        "{file}: component {position} of the model is damaged ({found}); \
         take another copy or fit it again"
    )]
    Names {
        /// Name of the file.
        file: String,
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

/// The parts that every version has.
#[derive(Deserialize)]
struct Header {
    format: Option<String>,
    version: Option<u64>,
    cistron: Option<String>,
}

/// The parts of version 1 that make the field.
#[derive(Deserialize)]
struct Body {
    scale: Scale,
    genes: Genes,
    influences: Vec<String>,
    components: Vec<Stored<'static>>,
}

/// A component with names, so that other programs need no index.
#[derive(Serialize, Deserialize)]
struct Stored<'a> {
    target: Cow<'a, str>,
    regulators: Vec<Cow<'a, str>>,
    units: Cow<'a, [Unit]>,
    intercept: f64,
    decay: f64,
    influences: Cow<'a, [f64]>,
}

/// Writes the field as JSON of format `cistron-model`, version 1; one line for each component.
///
/// Numbers are as short as they can be without losing a bit.
///
/// # Errors   what the sink reports; [`io::ErrorKind::InvalidInput`] if [`SparseField::check`]
///   fails, as JSON has no numbers that are not finite.
/// # Cost     `O(edges · units)`, one component in memory.
pub fn write_model(field: &SparseField, sink: &mut dyn Write) -> io::Result<()> {
    let unsound = |error| io::Error::new(io::ErrorKind::InvalidInput, error);
    field.check().map_err(unsound)?;
    let genes = field.genes();
    writeln!(sink, "{{")?;
    member(sink, "format", FORMAT)?;
    member(sink, "version", &VERSION)?;
    member(sink, "cistron", env!("CARGO_PKG_VERSION"))?;
    member(sink, "orientation", ORIENTATION)?;
    member(sink, "equation", EQUATION)?;
    member(sink, "scale", &field.scale())?;
    member(sink, "time_unit", &None::<String>)?;
    member(sink, "genes", genes.names())?;
    member(sink, "influences", field.influences())?;
    write!(sink, "  \"components\": [")?;
    for gene in genes.iter() {
        let start = if gene.index() == 0 { "\n" } else { ",\n" };
        write!(sink, "{start}    ")?;
        let component = Stored::new(genes, gene, field.component(gene));
        serde_json::to_writer(&mut *sink, &component)?;
    }
    writeln!(sink, "\n  ]\n}}")
}

fn member(sink: &mut dyn Write, key: &str, value: &(impl Serialize + ?Sized)) -> io::Result<()> {
    write!(sink, "  \"{key}\": ")?;
    serde_json::to_writer(&mut *sink, value)?;
    writeln!(sink, ",")
}

/// Reads what [`write_model`] wrote: the same field, bit by bit.
///
/// * `file`: what messages call the file
///
/// # Errors   [`ModelFileError`] with the place or the gene, and what to do.
/// # Cost     two passes, the text in memory.
pub fn read_model(mut input: impl Read, file: &str) -> Result<SparseField, ModelFileError> {
    let mut text = Vec::new();
    let read = input.read_to_end(&mut text);
    read.map_err(|source| ModelFileError::Unreadable {
        file: file.to_owned(),
        source,
    })?;
    check_header(&text, file)?;
    let body: Body = serde_json::from_slice(&text).map_err(|error| damaged(file, &error))?;
    let components = body.components.into_iter().enumerate();
    let components = components
        .map(|(at, stored)| stored.component(&body.genes, Gene(at)))
        .collect::<Result<Vec<_>, _>>();
    let components = components.map_err(|(position, found)| ModelFileError::Names {
        file: file.to_owned(),
        position,
        found,
    })?;
    SparseField::new(body.genes, body.scale, body.influences, components).map_err(|source| {
        ModelFileError::Field {
            file: file.to_owned(),
            source,
        }
    })
}

fn check_header(text: &[u8], file: &str) -> Result<(), ModelFileError> {
    let other = |found: String| ModelFileError::OtherFormat {
        file: file.to_owned(),
        found,
    };
    let header: Header = match serde_json::from_slice(text) {
        Err(error) if error.classify() == Category::Data => {
            // the whole text may still be cut off further down
            serde_json::from_slice::<serde::de::IgnoredAny>(text)
                .map_err(|error| not_json(file, &error))?;
            return Err(other("JSON of another shape".to_owned()));
        }
        other => other.map_err(|error| not_json(file, &error))?,
    };
    match (header.format.as_deref(), header.version) {
        (Some(FORMAT), Some(VERSION)) => Ok(()),
        (Some(FORMAT), Some(found)) if found > VERSION => Err(ModelFileError::Newer {
            file: file.to_owned(),
            found,
            writer: header.cistron.unwrap_or_else(|| "unknown".to_owned()),
        }),
        (Some(FORMAT), version) => Err(other(match version {
            Some(version) => format!("\"format\": \"{FORMAT}\" with \"version\": {version}"),
            None => format!("\"format\": \"{FORMAT}\" without a version"),
        })),
        (Some(format), _) => Err(other(format!("\"format\": \"{}\"", shorten(format)))),
        (None, _) => Err(other("JSON without a format".to_owned())),
    }
}

impl<'a> Stored<'a> {
    fn new(genes: &'a Genes, target: Gene, component: &'a Component) -> Self {
        let name = |&gene: &Gene| Cow::Borrowed(genes.name(gene));
        Self {
            target: name(&target),
            regulators: component.regulators.iter().map(name).collect(),
            units: Cow::Borrowed(&component.units),
            intercept: component.intercept,
            decay: component.decay,
            influences: Cow::Borrowed(&component.influences),
        }
    }

    /// The component of `target`, or its position from 1 and what is wrong with its names.
    fn component(self, genes: &Genes, target: Gene) -> Result<Component, (usize, String)> {
        let position = target.index() + 1;
        // one component too many is for the field to say
        if genes
            .names()
            .get(target.index())
            .is_some_and(|name| *name != self.target)
        {
            let (found, expected) = (shorten(&self.target), genes.name(target));
            let found = format!("found target `{found}`, expected `{expected}`");
            return Err((position, found));
        }
        let find = |name: &Cow<'_, str>| {
            let unknown = || format!("regulator `{}` is not among the genes", shorten(name));
            genes.find(name).ok_or_else(|| (position, unknown()))
        };
        Ok(Component {
            regulators: self.regulators.iter().map(find).collect::<Result<_, _>>()?,
            units: self.units.into_owned(),
            intercept: self.intercept,
            decay: self.decay,
            influences: self.influences.into_owned(),
        })
    }
}

fn not_json(file: &str, error: &serde_json::Error) -> ModelFileError {
    ModelFileError::NotJson {
        file: file.to_owned(),
        line: error.line(),
        column: error.column(),
        found: without_place(error),
    }
}

fn damaged(file: &str, error: &serde_json::Error) -> ModelFileError {
    ModelFileError::Layout {
        file: file.to_owned(),
        line: error.line(),
        column: error.column(),
        found: without_place(error),
    }
}

/// The parser's message without the place, which ours says first.
fn without_place(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rsplit_once(" at line ") {
        Some((what, _)) => what.to_owned(),
        None => text,
    }
}
