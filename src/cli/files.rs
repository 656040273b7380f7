//! Opening, replacing, printing: the only place that touches paths.

use std::error::Error;
use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind, Read, Write};
use std::path::Path;

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

/// Writes a whole file under a temporary name beside it, then renames it: a run that is killed
/// leaves the old file or the new one.
pub(crate) fn replace(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Box<dyn Error>> {
    let mut part = path.as_os_str().to_owned();
    part.push(format!(".{}.part", std::process::id()));
    let attempt = || -> io::Result<()> {
        let mut sink = BufWriter::new(File::create(&part)?);
        write(&mut sink)?;
        sink.into_inner().map_err(io::Error::from)?.sync_all()?;
        fs::rename(&part, path)
    };
    attempt().map_err(|error| {
        // it may not exist; the error to report is the first one
        let _ = fs::remove_file(&part);
        format!("{}: cannot be written: {error}", path.display()).into()
    })
}

/// Prints to the standard output; a reader that has gone away is no error.
pub(crate) fn print(text: &str) -> Result<(), Box<dyn Error>> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(format!("the result cannot be printed: {error}").into()),
        Ok(()) => Ok(()),
    }
}

/// Tells the user something that is no result.
pub(crate) fn note(text: &str) {
    // a note that nobody can read changes nothing
    let _ = writeln!(io::stderr().lock(), "note: {text}");
}
