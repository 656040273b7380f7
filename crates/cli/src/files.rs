//! Opening, replacing, printing: the only place that touches paths.

use std::error::Error;
use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

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

/// Makes a folder for results, and checks that it takes files before any work is done.
pub(crate) fn make_folder(path: &Path) -> Result<(), Box<dyn Error>> {
    let attempt = || -> io::Result<()> {
        fs::create_dir_all(path)?;
        remove_leftovers(path)?;
        let trial = part_of(&path.join("trial"));
        File::create(&trial)?;
        fs::remove_file(trial)
    };
    attempt().map_err(|error| {
        format!(
            "{}: results cannot be written there ({error}); give another folder with -o",
            path.display()
        )
        .into()
    })
}

/// What the names of unfinished files hold, so that no file of the user's is taken for one.
const UNFINISHED: &str = ".cistron-";

/// Temporary name beside a file.
fn part_of(path: &Path) -> PathBuf {
    let mut part = path.as_os_str().to_owned();
    part.push(format!("{UNFINISHED}{}.part", std::process::id()));
    PathBuf::from(part)
}

/// Takes away what a run that was killed while it wrote has left.
fn remove_leftovers(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.contains(UNFINISHED) && name.ends_with(".part") {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

/// What writes one file.
type Writer<'a> = Box<dyn Fn(&mut dyn Write) -> io::Result<()> + 'a>;

/// The file that a link leads to, so that the file is replaced and the link stays.
fn behind_links(path: PathBuf) -> PathBuf {
    if path.is_symlink() {
        fs::canonicalize(&path).unwrap_or(path)
    } else {
        path
    }
}

/// A file to be written.
pub(crate) struct Output<'a> {
    path: PathBuf,
    write: Writer<'a>,
}

impl<'a> Output<'a> {
    /// The file at `path`, written by `write`.
    pub(crate) fn new(
        path: PathBuf,
        write: impl Fn(&mut dyn Write) -> io::Result<()> + 'a,
    ) -> Self {
        let write = Box::new(write);
        Self {
            path: behind_links(path),
            write,
        }
    }

    /// Whether there is something at the path that must not be replaced by a file: a device or a
    /// pipe, which takes what is written into it.
    fn takes_a_stream(&self) -> bool {
        let there = fs::metadata(&self.path);
        there.is_ok_and(|there| !there.is_file() && !there.is_dir())
    }

    fn write_stream(&self) -> io::Result<()> {
        let mut sink = BufWriter::new(File::options().write(true).open(&self.path)?);
        (self.write)(&mut sink)?;
        sink.flush()
    }

    /// Whether it is the file at `path`.
    pub(crate) fn is_at(&self, path: &Path) -> bool {
        self.path == behind_links(path.to_owned())
    }

    /// Writes it somewhere else.
    pub(crate) fn write_to(&self, sink: &mut dyn Write) -> io::Result<()> {
        (self.write)(sink)
    }

    fn part(&self) -> PathBuf {
        part_of(&self.path)
    }

    fn write_part(&self) -> io::Result<()> {
        if self.path.is_dir() {
            return Err(ErrorKind::IsADirectory.into());
        }
        let mut sink = BufWriter::new(File::create(self.part())?);
        (self.write)(&mut sink)?;
        sink.into_inner().map_err(io::Error::from)?.sync_all()
    }

    fn failed(&self, error: &io::Error) -> Box<dyn Error> {
        let cure = match error.kind() {
            ErrorKind::NotFound => "make its folder first",
            _ => "check the free space and the permissions",
        };
        format!(
            "{}: cannot be written ({error}); nothing was changed there; {cure}",
            self.path.display()
        )
        .into()
    }
}

/// Writes whole files under temporary names beside them, then renames them all: a run that is
/// killed leaves the old files or the new ones, never half of one. A device or a pipe is written
/// into, last of all.
pub(crate) fn replace_all(outputs: &mut [Output<'_>]) -> Result<(), Box<dyn Error>> {
    outputs.sort_by_key(Output::takes_a_stream);
    let files = outputs.partition_point(|output| !output.takes_a_stream());
    let (files, streams) = outputs.split_at(files);
    replace_files(files)?;
    for stream in streams {
        stream
            .write_stream()
            .map_err(|error| stream.failed(&error))?;
    }
    Ok(())
}

fn replace_files(outputs: &[Output<'_>]) -> Result<(), Box<dyn Error>> {
    for at in 0..outputs.len() {
        if let Err(error) = outputs[at].write_part() {
            remove_parts(&outputs[..=at]);
            return Err(outputs[at].failed(&error));
        }
    }
    for (at, output) in outputs.iter().enumerate() {
        if let Err(error) = fs::rename(output.part(), &output.path) {
            remove_parts(&outputs[at..]);
            return Err(output.failed(&error));
        }
    }
    Ok(())
}

fn remove_parts(outputs: &[Output<'_>]) {
    for output in outputs {
        // it may not exist; the error to report is the first one
        let _ = fs::remove_file(output.part());
    }
}

/// Writes one whole file, as [`replace_all`].
pub(crate) fn replace(
    path: &Path,
    write: impl Fn(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Box<dyn Error>> {
    replace_all(&mut [Output::new(path.to_owned(), write)])
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
