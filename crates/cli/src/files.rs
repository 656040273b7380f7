//! Opening files and printing.

use std::error::Error;
use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind, Read, Write};
use std::path::Path;

use cistron::io::read::cannot_open;
use cistron::io::text::legible;
pub(crate) use cistron::run::files::Output;
use cistron::run::{PublishedFolder, files};

use serde::Serialize;

/// Opens a file for reading; `-` is the standard input.
pub(crate) fn open(path: &Path) -> Result<Box<dyn Read>, Box<dyn Error>> {
    if path.as_os_str() == "-" {
        return Ok(Box::new(io::stdin().lock()));
    }
    let file = File::open(path).map_err(|source| cannot_open(path, source))?;
    Ok(Box::new(file))
}

/// Opens a file and reads it.
///
/// * `reader`: gets the open file, and its path for messages
///
/// # Errors   a file that cannot be opened, and the errors of `reader`.
pub(crate) fn read<T, E: Into<Box<dyn Error>>>(
    path: &Path,
    reader: impl FnOnce(Box<dyn Read>, &str) -> Result<T, E>,
) -> Result<T, Box<dyn Error>> {
    reader(open(path)?, &path.display().to_string()).map_err(Into::into)
}

/// Opens a file of a folder and reads it; where files were written there as a set, it has to be as it was written.
///
/// # Errors   a file that cannot be opened or has been changed, and the errors of `reader`.
pub(crate) fn read_part<T, E: Into<Box<dyn Error>>>(
    folder: &Path,
    name: &str,
    reader: impl FnOnce(Box<dyn Read>, &str) -> Result<T, E>,
) -> Result<T, Box<dyn Error>> {
    let path = folder.join(name);
    match PublishedFolder::open(folder)? {
        Some(set) => {
            reader(Box::new(set.file(name)?), &path.display().to_string()).map_err(Into::into)
        }
        None => read(&path, reader),
    }
}

/// Opens a file and reads it; one that was written with others beside it has to be as it was written.
///
/// # Errors   as [`read_part`].
pub(crate) fn read_listed<T, E: Into<Box<dyn Error>>>(
    path: &Path,
    reader: impl FnOnce(Box<dyn Read>, &str) -> Result<T, E>,
) -> Result<T, Box<dyn Error>> {
    let name = path
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default();
    let folder = path.parent().unwrap_or(Path::new(""));
    match PublishedFolder::open(folder) {
        Ok(Some(set)) if set.holds(name) => read_part(folder, name, reader),
        _ => read(path, reader),
    }
}

/// Writes whole files, as [`files::replace_all`].
pub(crate) fn replace_all(outputs: &mut [Output<'_>]) -> Result<(), Box<dyn Error>> {
    Ok(files::replace_all(outputs)?)
}

/// Writes one whole file, as [`files::replace`].
pub(crate) fn replace(
    path: &Path,
    write: impl Fn(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Box<dyn Error>> {
    Ok(files::replace(path, write)?)
}

/// Makes a folder, and those that it is in.
///
/// # Errors   what the system says, with the path.
pub(crate) fn make_folder(folder: &Path) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(folder)
        .map_err(|error| format!("{}: cannot be created ({error})", folder.display()).into())
}

/// Refuses a folder with an `edges.tsv` that is not of a run: it would be lost.
pub(crate) fn refuse_foreign_edges(folder: &Path) -> Result<(), Box<dyn Error>> {
    let path = folder.join("edges.tsv");
    let Some(file) = path.is_file().then(|| File::open(&path).ok()).flatten() else {
        return Ok(());
    };
    let mut first = Vec::new();
    // what is not text is not ours
    let _ = file.take(64).read_to_end(&mut first);
    if folder.join("run.json").exists() || first.starts_with(b"source\ttarget\tweight\tsign") {
        return Ok(());
    }
    Err(format!(
        "{}: found a file that is not of a run of cistron and would be overwritten; move it, or choose another folder \
         with `--out`",
        path.display()
    )
    .into())
}

/// Prints text for people to the standard output, [`legible`]; a closed pipe is not an error.
pub(crate) fn print(text: &str) -> Result<(), Box<dyn Error>> {
    print_by(|sink| sink.write_all(legible(text).as_bytes()))
}

/// Prints a value as one line of JSON, as [`print()`].
pub(crate) fn print_json(value: &impl Serialize) -> Result<(), Box<dyn Error>> {
    let text = serde_json::to_string(value)? + "\n";
    print_by(|sink| sink.write_all(text.as_bytes()))
}

/// Prints what is written, as [`print()`].
pub(crate) fn print_by(
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Box<dyn Error>> {
    let mut pipe = Pipe {
        out: io::stdout().lock(),
        broken: false,
    };
    let mut out = BufWriter::new(&mut pipe);
    let result = write(&mut out).and_then(|()| out.flush());
    // drops the bytes that could not be written
    let _ = out.into_parts();
    match result {
        Err(_) if pipe.broken => Ok(()),
        Err(error) => Err(format!("the result cannot be printed: {error}").into()),
        Ok(()) => Ok(()),
    }
}

/// Remembers a closed pipe: writers of tables do not pass on the error of their sink.
struct Pipe<W> {
    out: W,
    broken: bool,
}

impl<W: Write> Write for Pipe<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes);
        self.note(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = self.out.flush();
        self.note(flushed)
    }
}

impl<W> Pipe<W> {
    fn note<T>(&mut self, result: io::Result<T>) -> io::Result<T> {
        if let Err(error) = &result {
            self.broken |= error.kind() == ErrorKind::BrokenPipe;
        }
        result
    }
}

/// Prints a note to the standard error.
pub(crate) fn note(text: &str) {
    // a closed stderr does not stop the command
    let _ = writeln!(io::stderr().lock(), "note: {}", legible(text));
}

/// Prints a warning to the standard error.
pub(crate) fn warn(text: &str) {
    // a closed stderr does not stop the command; run.json has the warnings too
    let _ = writeln!(io::stderr().lock(), "warning: {}", legible(text));
}

/// Prints an error to the standard error.
pub(crate) fn error(text: &str) {
    // if stderr is closed, the exit code is all that is left
    let _ = writeln!(io::stderr().lock(), "error: {}", legible(text));
}

/// A stream for people: what is written to it in whole pieces of text arrives [`legible`].
pub(crate) struct Legible<W>(pub(crate) W);

impl<W: Write> Write for Legible<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = legible(&String::from_utf8_lossy(bytes));
        self.0.write_all(text.as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}
