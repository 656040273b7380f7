//! What is read from the files, and how; nothing is fitted.

use std::io::{self, Write};

use cistron::expression::{Expression, Profiles, Scale, SteadyStates, TimeSeries};
use cistron::io::text::name_some;
use cistron::run::{Inference, KnownTruth, Settings};
use cistron::trajectory::AllSamples;
use clap::Args;

use super::{Input, InputArgs, InputError};

/// Print what is recognised in the files, and stop
///
/// The files and options are those of `infer`. First comes a table of the files: role, shape, where the genes are,
/// and what else was recognised; then what they are together: series, times, replicates, conditions, interventions,
/// scale, missing values. The exit code is 2 where `infer` would refuse the data.
#[derive(Args, Clone, Debug)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
}

/// Reads the input and writes what was recognised to `out`, warnings to `log`.
///
/// # Errors   the error of the input, of data in which nothing can be ranked, or of a stream, as a message.
pub(crate) fn check(
    args: &CheckArgs,
    out: &mut dyn Write,
    log: &mut dyn Write,
) -> Result<(), String> {
    let args = &args.input;
    let input = args.read().map_err(|error: InputError| error.to_string())?;
    let mut settings = Settings::default();
    args.set(&input, &mut settings);
    let choice = settings
        .scale(&input.data)
        .map_err(|error| error.to_string())?;
    write_files(args, &input, out).or_else(unless_closed)?;
    write_together(&input, choice.scale, out).or_else(unless_closed)?;
    write_warnings(&input, log).or_else(unless_closed)?;
    let inference = Inference::new(&input.data, &settings).with_prior(&input.prior);
    let inference = match &input.known {
        Some(pairs) => inference.with_known(KnownTruth {
            pairs,
            share: args.known_share,
        }),
        None => inference,
    };
    inference
        .check()
        .map_err(|error| format!("{}: {error}", args.name()))
}

/// A closed pipe is not an error.
fn unless_closed(error: io::Error) -> Result<(), String> {
    match error.kind() {
        io::ErrorKind::BrokenPipe => Ok(()),
        _ => Err(error.to_string()),
    }
}

fn write_warnings(input: &Input, log: &mut dyn Write) -> io::Result<()> {
    for warning in &input.warnings {
        writeln!(log, "warning: {warning}")?;
    }
    Ok(())
}

/// Every file with its role and what was recognised in it.
fn write_files(args: &InputArgs, input: &Input, out: &mut dyn Write) -> io::Result<()> {
    let roles = roles(args, input);
    let file_width = widest(roles.iter().map(|(file, _)| file.as_str()).chain(["file"]));
    let role_width = widest(roles.iter().map(|(_, role)| *role).chain(["role"]));
    writeln!(
        out,
        "{:file_width$}  {:role_width$}  recognised",
        "file", "role"
    )?;
    for (file, role) in &roles {
        let prefix = format!("{file}: ");
        let found = input
            .notes
            .iter()
            .filter_map(|note| note.strip_prefix(&prefix));
        let mut found = found.peekable();
        if found.peek().is_none() {
            writeln!(out, "{file:file_width$}  {role:role_width$}  read")?;
        }
        let mut shown = (file.as_str(), *role);
        for text in found {
            writeln!(
                out,
                "{:file_width$}  {:role_width$}  {text}",
                shown.0, shown.1
            )?;
            shown = ("", "");
        }
    }
    Ok(())
}

/// The files that were given with their roles, and those that were read besides.
fn roles(args: &InputArgs, input: &Input) -> Vec<(String, &'static str)> {
    let profiles = match input.data.profiles() {
        Profiles::Series(_) => "time series",
        Profiles::Cells(_) => "cells",
        Profiles::Static(_) => "steady states",
    };
    let data = args.data.iter().map(|path| (path.as_path(), profiles));
    let others = [
        (&args.times, "times of samples"),
        (&args.pseudotime, "pseudotime"),
        (&args.interventions, "interventions"),
        (&args.regulators, "regulators"),
        (&args.prior, "known pairs"),
        (&args.known, "known edges"),
        (&args.loci, "positions"),
        (&args.half_lives, "half-lives"),
    ];
    let others = others
        .iter()
        .filter_map(|(path, role)| path.as_deref().map(|path| (path, *role)));
    let given = data.chain(others).chain(args.steady_states.roles());
    let mut roles: Vec<(String, &str)> = given
        .map(|(path, role)| (path.display().to_string(), role))
        .collect();
    // those of a folder are named by the reader
    for file in &input.files {
        if roles.iter().all(|(given, _)| *given != file.path) {
            roles.push((file.path.clone(), "of the folder"));
        }
    }
    roles.retain(|(given, _)| input.files.iter().any(|file| file.path == *given));
    roles
}

fn widest<'a>(names: impl Iterator<Item = &'a str>) -> usize {
    names.map(|name| name.chars().count()).max().unwrap_or(0)
}

/// What all files are together.
fn write_together(input: &Input, scale: Scale, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out)?;
    let mut line = |name: &str, text: &str| writeln!(out, "{name:<16} {text}");
    let data = &input.data;
    let genes = data.genes();
    line(
        "genes",
        &format!("{}: {}", genes.len(), name_some(genes.names())),
    )?;
    let regulators = match input.regulators.len() {
        all if all == genes.len() => "all genes".to_owned(),
        some => some.to_string(),
    };
    line("regulators", &regulators)?;
    if !input.prior.is_empty() {
        line("known pairs", &input.prior.len().to_string())?;
    }
    match data.profiles() {
        Profiles::Series(expression) => write_series(expression, &mut line)?,
        Profiles::Cells(cells) => {
            line("cells", &cells.names().len().to_string())?;
            for lineage in cells.lineages() {
                let on = lineage.pseudotime.iter().filter(|t| !t.is_nan());
                let (low, high) = extremes(on.copied());
                let on = lineage.pseudotime.iter().filter(|t| !t.is_nan()).count();
                let name = &lineage.name;
                line(
                    "lineage",
                    &format!("`{name}`: {on} cells, pseudotime {low} to {high}"),
                )?;
            }
        }
        Profiles::Static(_) => line("series", "none: all samples are steady states")?,
    }
    if let Some(states) = data.steady_states() {
        line("steady states", &states.counts().to_string())?;
    }
    line("replicates", &replicates(input, scale))?;
    for window in &input.windows {
        line("window", &window.to_string())?;
    }
    if let Some(time) = input.shift_at {
        line("shift at", &time.to_string())?;
    }
    for (name, what) in [("scale ", "scale"), ("transform ", "transform")] {
        let found = input.notes.iter().find_map(|note| note.strip_prefix(name));
        line(what, found.unwrap_or("not recognised"))?;
    }
    let of_files = |note: &&String| !note.starts_with("scale ") && !note.starts_with("transform ");
    let others = input.notes.iter().filter(of_files);
    for note in others.filter(|note| input.files.iter().all(|f| !is_about(note, &f.path))) {
        line("note", note)?;
    }
    let (missing, values) = missing(input);
    line("missing", &format!("{missing} of {values} values"))
}

fn is_about(note: &str, file: &str) -> bool {
    note.strip_prefix(file)
        .is_some_and(|rest| rest.starts_with(": "))
}

type WriteLine<'a> = dyn FnMut(&str, &str) -> io::Result<()> + 'a;

fn write_series(expression: &Expression, line: &mut WriteLine<'_>) -> io::Result<()> {
    for one in expression.series() {
        let (low, high) = extremes(one.times().iter().copied());
        let text = format!(
            "`{}`: {} samples, time {low} to {high}",
            one.name(),
            one.len()
        );
        line("series", &text)?;
    }
    let mut conditions: Vec<&str> = Vec::new();
    for label in expression.series().iter().flat_map(TimeSeries::conditions) {
        if !label.is_empty() && !conditions.contains(&label.as_str()) {
            conditions.push(label);
        }
    }
    if !conditions.is_empty() {
        line(
            "conditions",
            &format!("{}: {}", conditions.len(), name_some(&conditions)),
        )?;
    }
    for one in expression.series() {
        for done in one.interventions() {
            let gene = expression.genes().name(done.gene);
            let when = match done.window {
                Some(span) => format!("from {} to {}", span.start, span.end),
                None => "always".to_owned(),
            };
            let text = format!("`{}`: {gene} {}, {when}", one.name(), done.change);
            line("intervention", &text)?;
        }
    }
    Ok(())
}

fn extremes(values: impl Iterator<Item = f64>) -> (f64, f64) {
    values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| {
        (low.min(x), high.max(x))
    })
}

/// Which samples are replicates.
fn replicates(input: &Input, scale: Scale) -> String {
    let states = input
        .data
        .steady_states()
        .map(|states| states.on_scale(scale));
    let series = match input.data.profiles() {
        Profiles::Series(expression) => expression.on_scale(scale),
        Profiles::Static(genes) => Expression::without_series(genes.clone()),
        Profiles::Cells(_) => return "none, as of cells".to_owned(),
    };
    let samples = AllSamples::new(&series, states.as_ref());
    let note = samples.conditions.note.as_deref();
    let note = note.and_then(|note| note.strip_prefix("replicates: "));
    note.unwrap_or("none recognised").to_owned()
}

/// Missing values, and all values.
fn missing(input: &Input) -> (usize, usize) {
    let states = input.data.steady_states().map(SteadyStates::values);
    let tables = match input.data.profiles() {
        Profiles::Series(expression) => {
            let series = expression.series().iter().map(TimeSeries::values);
            series.chain(states).collect()
        }
        Profiles::Cells(cells) => vec![cells.values()],
        Profiles::Static(_) => states.into_iter().collect::<Vec<_>>(),
    };
    let values = tables
        .iter()
        .flat_map(|table| table.col_iter().flat_map(|column| column.iter()));
    let missing = values.filter(|x| x.is_nan()).count();
    let all = tables
        .iter()
        .map(|table| table.nrows() * table.ncols())
        .sum();
    (missing, all)
}
