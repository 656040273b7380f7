//! Prints what was read, and changes nothing.

use std::io::{self, Write};

use cistron::expression::Profiles;

use super::{Input, InputArgs, InputError};

/// Reads the input and writes its shape to `out`, notes and warnings to `log`.
///
/// # Errors   the error of the input, or of a stream, as a message.
pub(crate) fn inspect(
    args: &InputArgs,
    out: &mut dyn Write,
    log: &mut dyn Write,
) -> Result<(), String> {
    let input = args.read().map_err(|error: InputError| error.to_string())?;
    let scale = input
        .transform
        .resolve(input.data.least(), input.data.looks_logged().is_some())
        .map_err(|e| e.to_string())?;
    writeln!(log, "note: transform {}", scale.name()).or_else(unless_closed)?;
    write_log(&input, log).or_else(unless_closed)?;
    write_shape(&input, out).or_else(unless_closed)
}

/// A reader that went away is no error.
fn unless_closed(error: io::Error) -> Result<(), String> {
    match error.kind() {
        io::ErrorKind::BrokenPipe => Ok(()),
        _ => Err(error.to_string()),
    }
}

fn write_log(input: &Input, log: &mut dyn Write) -> io::Result<()> {
    for note in &input.notes {
        writeln!(log, "note: {note}")?;
    }
    for warning in &input.warnings {
        writeln!(log, "warning: {warning}")?;
    }
    for file in &input.files {
        writeln!(log, "note: read {} (sha256 {})", file.path, file.sha256)?;
    }
    Ok(())
}

fn write_shape(input: &Input, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "genes\t{}", input.data.genes().len())?;
    writeln!(out, "regulators\t{}", input.regulators.len())?;
    writeln!(out, "known_pairs\t{}", input.prior.len())?;
    match input.data.profiles() {
        Profiles::Series(expression) => {
            for one in expression.series() {
                writeln!(out, "series\t{}\t{}", one.name(), one.len())?;
                for done in one.interventions() {
                    let gene = expression.genes().name(done.gene);
                    write!(out, "intervention\t{}\t{gene}\t{}", one.name(), done.change)?;
                    match done.window {
                        Some(span) => writeln!(out, "\t{}\t{}", span.start, span.end)?,
                        None => writeln!(out, "\talways\t")?,
                    }
                }
            }
        }
        Profiles::Cells(cells) => {
            writeln!(out, "cells\t{}", cells.names().len())?;
            for lineage in cells.lineages() {
                let on = lineage.pseudotime.iter().filter(|t| !t.is_nan()).count();
                writeln!(out, "lineage\t{}\t{on}", lineage.name)?;
            }
        }
        Profiles::Static(_) => writeln!(out, "series\tnone")?,
    }
    if let Some(steady_states) = input.data.steady_states() {
        writeln!(out, "steady\t{}", steady_states.counts())?;
    }
    for window in &input.windows {
        writeln!(out, "window\t{window}")?;
    }
    if let Some(time) = input.shift_at {
        writeln!(out, "shift_at\t{time}")?;
    }
    Ok(())
}
