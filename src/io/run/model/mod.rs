//! The fitted model as versioned JSON that loads back to the same bits.

mod error;
mod stored;

pub use error::ModelFileError;

use std::io::{self, Read, Write};

use serde::{Deserialize, Serialize};
use serde_json::error::Category;

use crate::expression::Scale;
use crate::field::{Fitted, SparseField, VectorField};
use crate::genes::{Gene, Genes};
use crate::io::text::shorten;
use stored::Stored;

/// What the file says it is.
const FORMAT: &str = "cistron-model";
/// Raised whenever an older reader would misunderstand a file. Version 1 had neither reference nor
/// times nor members.
const VERSION: u64 = 2;

const ORIENTATION: &str = "weight[target, source] = d(dx_target/dt)/dx_source";
const EQUATION: &str = "dx_target/dt = intercept + sum over units of \
    s(range, bias + sum of weights * x_regulators) + sum of coefficients of influences * \
    influences - decay * x_target; \
    s(r, z) = z for |z| <= r, else sign(z) * r * (1 + t/(1 + t)) with t = |z|/r - 1; \
    x on the scale given here";

/// The parts that every version has.
#[derive(Deserialize)]
struct Header {
    format: Option<String>,
    version: Option<u64>,
    cistron: Option<String>,
}

/// The parts that make the model.
#[derive(Deserialize)]
struct Body {
    scale: Scale,
    genes: Genes,
    influences: Vec<String>,
    reference: Vec<f64>,
    times: (f64, f64),
    components: Vec<Stored<'static>>,
    members: Vec<Vec<Stored<'static>>>,
}

/// Writes the model as JSON of format `cistron-model`, version 2; one line for each component.
///
/// Numbers are as short as they can be without losing a bit.
///
/// # Errors   what the sink reports; [`io::ErrorKind::InvalidInput`] if [`Fitted::check`]
///   fails, as JSON has no numbers that are not finite.
/// # Cost     `O(edges · units)` for the field and each member, one component in memory.
pub fn write_model(fitted: &Fitted, sink: &mut dyn Write) -> io::Result<()> {
    let unsound = |error| io::Error::new(io::ErrorKind::InvalidInput, error);
    fitted.check().map_err(unsound)?;
    let field = &fitted.field;
    writeln!(sink, "{{")?;
    entry(sink, "format", FORMAT)?;
    entry(sink, "version", &VERSION)?;
    entry(sink, "cistron", env!("CARGO_PKG_VERSION"))?;
    entry(sink, "orientation", ORIENTATION)?;
    entry(sink, "equation", EQUATION)?;
    entry(sink, "scale", &field.scale())?;
    entry(sink, "time_unit", &None::<String>)?;
    entry(sink, "genes", field.genes().names())?;
    entry(sink, "influences", field.covariates())?;
    entry(sink, "reference", &fitted.reference)?;
    entry(sink, "times", &fitted.times)?;
    write!(sink, "  \"components\": ")?;
    components(sink, field, "    ")?;
    write!(sink, ",\n  \"members\": [")?;
    for (at, member) in fitted.members.iter().enumerate() {
        write!(sink, "{}\n    ", if at == 0 { "" } else { "," })?;
        components(sink, member, "      ")?;
    }
    let end = if fitted.members.is_empty() {
        ""
    } else {
        "\n  "
    };
    writeln!(sink, "{end}]\n}}")
}

/// The components of a field as a list, one a line.
fn components(sink: &mut dyn Write, field: &SparseField, indent: &str) -> io::Result<()> {
    write!(sink, "[")?;
    for gene in field.genes().iter() {
        let start = if gene.index() == 0 { "\n" } else { ",\n" };
        write!(sink, "{start}{indent}")?;
        let component = Stored::new(field.genes(), gene, field.component(gene));
        serde_json::to_writer(&mut *sink, &component)?;
    }
    write!(sink, "\n{}]", &indent[2..])
}

fn entry(sink: &mut dyn Write, key: &str, value: &(impl Serialize + ?Sized)) -> io::Result<()> {
    write!(sink, "  \"{key}\": ")?;
    serde_json::to_writer(&mut *sink, value)?;
    writeln!(sink, ",")
}

/// Reads what [`write_model`] wrote: the same model, bit by bit.
///
/// * `file`: what messages call the file
///
/// # Errors   [`ModelFileError`] with the place or the gene, and what to do.
/// # Cost     two passes, the text in memory.
pub fn read_model(mut input: impl Read, file: &str) -> Result<Fitted, ModelFileError> {
    let mut text = Vec::new();
    let read = input.read_to_end(&mut text);
    read.map_err(|source| ModelFileError::Unreadable {
        file: file.to_owned(),
        source,
    })?;
    check_header(&text, file)?;
    let mut body: Body = serde_json::from_slice(&text).map_err(|error| damaged(file, &error))?;
    let components = std::mem::take(&mut body.components);
    let members = std::mem::take(&mut body.members);
    let fitted = Fitted {
        field: body.field(components, "the model", file)?,
        members: (1..)
            .zip(members)
            .map(|(at, stored)| body.field(stored, &format!("member {at}"), file))
            .collect::<Result<_, _>>()?,
        reference: body.reference,
        times: body.times,
    };
    let checked = fitted.check();
    checked.map_err(|source| ModelFileError::Field {
        file: file.to_owned(),
        source,
    })?;
    Ok(fitted)
}

impl Body {
    fn field(
        &self,
        components: Vec<Stored<'static>>,
        part: &str,
        file: &str,
    ) -> Result<SparseField, ModelFileError> {
        let components = components.into_iter().enumerate();
        let components = components
            .map(|(at, stored)| stored.component(&self.genes, Gene(at)))
            .collect::<Result<Vec<_>, _>>();
        let components = components.map_err(|(position, found)| ModelFileError::Names {
            file: file.to_owned(),
            part: part.to_owned(),
            position,
            found,
        })?;
        let (genes, influences) = (self.genes.clone(), self.influences.clone());
        SparseField::new(genes, self.scale, influences, components).map_err(|source| {
            ModelFileError::Field {
                file: file.to_owned(),
                source,
            }
        })
    }
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
        (Some(FORMAT), Some(found)) => Err(ModelFileError::Older {
            file: file.to_owned(),
            found,
            writer: header.cistron.unwrap_or_else(|| "unknown".to_owned()),
        }),
        (Some(FORMAT), None) => Err(other(format!("\"format\": \"{FORMAT}\" without a version"))),
        (Some(format), _) => Err(other(format!("\"format\": \"{}\"", shorten(format)))),
        (None, _) => Err(other("JSON without a format".to_owned())),
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
