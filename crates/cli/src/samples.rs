//! The table of samples, for correction.

use std::error::Error;
use std::path::{Path, PathBuf};

use cistron::io::{read_names, write_samples};
use clap::Args;

use crate::files;
use crate::input::InputArgs;

/// Write what is recognised of every sample to a table that you correct and give back with --times
///
/// The table has the columns sample, time, series, replicate, condition and intervention. Samples of one series
/// follow one another; those of one series and time are averaged; a sample without series and time is a steady
/// state. Where the table and the names or columns of DATA differ, the table is right.
#[derive(Args, Clone, Debug)]
pub(crate) struct SamplesArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    /// Table to write; default: the standard output
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Runs the subcommand.
///
/// # Errors   a message for the user; exit code 2.
pub(crate) fn run(args: &SamplesArgs) -> Result<(), Box<dyn Error>> {
    let [data] = args.input.data.as_slice() else {
        return Err("expected one table DATA; write a table of samples for each table".into());
    };
    let regulators = match &args.input.regulators {
        Some(path) => files::read(path, read_names)?,
        None => Vec::new(),
    };
    let read = args.input.options(&regulators).samples(data)?;
    read.notes.iter().for_each(|note| files::note(note));
    read.warnings.iter().for_each(|text| files::warn(text));
    let sheet = &read.value;
    let Some(out) = &args.out else {
        return files::print_by(|sink| write_samples(sheet, sink));
    };
    files::replace(out, |sink| write_samples(sheet, sink))?;
    let mut series: Vec<&str> = sheet.rows.iter().map(|row| row.series.as_str()).collect();
    series.retain(|name| !name.is_empty());
    series.sort_unstable();
    series.dedup();
    files::note(&format!(
        "{} samples, {} series written to {}; correct it, then: cistron infer {} --times {}",
        sheet.rows.len(),
        series.len(),
        out.display(),
        shell_word(data),
        shell_word(out),
    ));
    Ok(())
}

/// A path as a word of a shell.
fn shell_word(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || "/._-+~".contains(c);
    if text.chars().all(plain) {
        text
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}
