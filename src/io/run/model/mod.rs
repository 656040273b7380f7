//! The fitted model as versioned JSON that loads back to the same bits.

mod stored;

use std::io::{self, Read, Write};

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::error::Category;

use super::run_file::{json_place, without_place};
use crate::expression::{ObservedRange, Scale};
use crate::field::{Fitted, SparseField, VectorField};
use crate::genes::{Gene, Genes};
use crate::io::text::{Fault, Place, ReadError, shorten};
use stored::StoredComponent;

/// What the file says it is.
const FORMAT: &str = "cistron-model";
/// Raised whenever an older reader would misunderstand a file. Version 1 had neither reference nor
/// times nor members; version 2 did not say how the data store levels.
const VERSION: u64 = 3;

const ORIENTATION: &str = "weight[target, source] = d(dx_target/dt)/dx_source";
const EQUATION: &str = "dx_target/dt = intercept + sum over units of \
    s(range, bias + sum of weights * x_regulators) + sum of coefficients of influences * \
    influences - decay * x_target; \
    s(r, z) = z for |z| <= r, else sign(z) * r * (1 + t/(1 + t)) with t = |z|/r - 1; \
    x = transform of the levels on the linear scale; stored: how the data store levels";

/// The parts that every version has.
#[derive(Deserialize)]
struct Header {
    format: Option<String>,
    version: Option<u64>,
    cistron: Option<String>,
    scale: Option<serde_json::Value>,
}

/// The parts that make the model.
#[derive(Deserialize)]
struct Body {
    #[serde(deserialize_with = "scale_of_any_version")]
    scale: Scale,
    genes: Genes,
    influences: Vec<String>,
    reference: Vec<f64>,
    times: (f64, f64),
    /// Earlier releases did not write it.
    #[serde(default)]
    observed: Option<ObservedRange>,
    components: Vec<StoredComponent<'static>>,
    members: Vec<Vec<StoredComponent<'static>>>,
}

/// The scale of version 2, of which only linear data can be told.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum UnstoredScale {
    Sqrt,
    Log1p,
}

fn scale_of_any_version<'de, D: Deserializer<'de>>(input: D) -> Result<Scale, D::Error> {
    let value = serde_json::Value::deserialize(input)?;
    if value.is_object() {
        return serde_json::from_value(value).map_err(D::Error::custom);
    }
    match serde_json::from_value(value).map_err(D::Error::custom)? {
        UnstoredScale::Sqrt => Ok(Scale::SQRT),
        UnstoredScale::Log1p => Ok(Scale::LOG1P),
    }
}

/// Writes the model as JSON of format `cistron-model`, version 3; one line for each component.
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
    if let Some(observed) = &fitted.observed {
        entry(sink, "observed", observed)?;
    }
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
        let component = StoredComponent::new(field.genes(), gene, field.component(gene));
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
/// # Errors   [`ReadError`] with the place or the gene, and what to do.
/// # Cost     two passes, the text in memory.
pub fn read_model(mut input: impl Read, file: &str) -> Result<Fitted, ReadError> {
    let mut text = Vec::new();
    let read = input.read_to_end(&mut text);
    read.map_err(|source| ReadError::unreadable(file, source))?;
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
        observed: body.observed,
    };
    let checked = fitted.check();
    checked.map_err(|source| ReadError::invalid(Place::file(file), source))?;
    Ok(fitted)
}

impl Body {
    fn field(
        &self,
        components: Vec<StoredComponent<'static>>,
        part: &str,
        file: &str,
    ) -> Result<SparseField, ReadError> {
        let components = components.into_iter().enumerate();
        let components = components
            .map(|(at, stored)| stored.component(&self.genes, Gene(at)))
            .collect::<Result<Vec<_>, _>>();
        let components = components.map_err(|(position, found)| {
            let found = format!("component {position} of {part} is damaged ({found})");
            ReadError::new(Fault::Name, Place::file(file), found)
                .cured_by("take another copy or fit it again")
        })?;
        let (genes, influences) = (self.genes.clone(), self.influences.clone());
        SparseField::new(genes, self.scale, influences, components)
            .map_err(|source| ReadError::invalid(Place::file(file), source))
    }
}

fn check_header(text: &[u8], file: &str) -> Result<(), ReadError> {
    let header: Header = match serde_json::from_slice(text) {
        Err(error) if error.classify() == Category::Data => {
            // the whole text may still be cut off further down
            serde_json::from_slice::<serde::de::IgnoredAny>(text)
                .map_err(|error| not_json(file, &error))?;
            return Err(other_format(file, "JSON of another shape"));
        }
        header => header.map_err(|error| not_json(file, &error))?,
    };
    match (header.format.as_deref(), header.version) {
        (Some(FORMAT), Some(VERSION)) => Ok(()),
        // a root or log(1 + x) was of linear levels
        (Some(FORMAT), Some(2)) if header.scale != Some("identity".into()) => Ok(()),
        (Some(FORMAT), Some(found)) => {
            let writer = header.cistron.as_deref().unwrap_or("unknown");
            let error = other_version(file, found, writer);
            Err(if found == 2 {
                error.cured_by(
                    "this one does not say whether levels are logarithms: run `cistron infer` on the data again",
                )
            } else {
                error
            })
        }
        (Some(FORMAT), None) => {
            let found = format!("\"format\": \"{FORMAT}\" without a version");
            Err(other_format(file, &found))
        }
        (Some(format), _) => {
            let found = format!("\"format\": \"{}\"", shorten(format));
            Err(other_format(file, &found))
        }
        (None, _) => Err(other_format(file, "JSON without a format")),
    }
}

/// JSON of something else.
fn other_format(file: &str, found: &str) -> ReadError {
    ReadError::new(Fault::Format, Place::file(file), format!("found {found}"))
        .expecting(format!("an object with \"format\": \"{FORMAT}\""))
        .cured_by("give the `model.json` of a run")
}

/// A model from an earlier or a later release.
fn other_version(file: &str, found: u64, writer: &str) -> ReadError {
    let found_version = format!("found version {found} of the format, written by cistron {writer}");
    ReadError::new(Fault::Format, Place::file(file), found_version)
        .expecting(format!("version {VERSION}"))
        .cured_by(if found > VERSION {
            "update cistron"
        } else {
            "run `cistron infer` on the data again"
        })
}

/// No JSON, or only the beginning of one.
fn not_json(file: &str, error: &serde_json::Error) -> ReadError {
    let found = format!("this is not JSON ({})", without_place(error));
    ReadError::new(Fault::Format, json_place(file, error), found)
        .cured_by("give the complete `model.json` of a run")
}

/// A part is missing or of the wrong kind.
fn damaged(file: &str, error: &serde_json::Error) -> ReadError {
    let found = format!("the model is damaged ({})", without_place(error));
    ReadError::new(Fault::Shape, json_place(file, error), found)
        .cured_by("take another copy or fit it again")
}
