//! Opening files and printing.

use std::error::Error;
use std::fs::File;
use std::io::{self, BufWriter, ErrorKind, Read, Write};
use std::path::Path;

use cistron::run::files;
pub(crate) use cistron::run::files::{Output, make_folder};

/// Opens a file for reading; `-` is the standard input.
pub(crate) fn open(path: &Path) -> Result<Box<dyn Read>, Box<dyn Error>> {
    if path.as_os_str() == "-" {
        return Ok(Box::new(io::stdin().lock()));
    }
    match File::open(path) {
        Ok(file) => Ok(Box::new(file)),
        Err(error) => Err(format!("{}: cannot be opened: {error}", path.display()).into()),
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

/// Prints to the standard output; a reader that has gone away is no error.
pub(crate) fn print(text: &str) -> Result<(), Box<dyn Error>> {
    print_by(|sink| sink.write_all(text.as_bytes()))
}

/// Prints what is written, as [`print`].
pub(crate) fn print_by(
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Box<dyn Error>> {
    let mut pipe = Pipe {
        out: io::stdout().lock(),
        broken: false,
    };
    let mut out = BufWriter::new(&mut pipe);
    let done = write(&mut out).and_then(|()| out.flush());
    // what could not be written is not tried again
    let _ = out.into_parts();
    match done {
        Err(_) if pipe.broken => Ok(()),
        Err(error) => Err(format!("the result cannot be printed: {error}").into()),
        Ok(()) => Ok(()),
    }
}

/// Remembers that nobody reads any more: writers of tables hide what their sink said.
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
    fn note<T>(&mut self, done: io::Result<T>) -> io::Result<T> {
        if let Err(error) = &done {
            self.broken |= error.kind() == ErrorKind::BrokenPipe;
        }
        done
    }
}

/// Tells the user something that is no result.
pub(crate) fn note(text: &str) {
    // a note that nobody can read changes nothing
    let _ = writeln!(io::stderr().lock(), "note: {text}");
}

/// Tells the user what to distrust.
pub(crate) fn warn(text: &str) {
    // a warning that nobody can read stands in run.json too
    let _ = writeln!(io::stderr().lock(), "warning: {text}");
}
