//! Files that are replaced as a whole: a run that is killed leaves the old file or the new one.

use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::manifest::{Digesting, FileDigest};

/// Why results were not written: what the system said, another process that writes in the same folder, or results of
/// another command there; with what to do.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct WriteError {
    message: String,
    source: Option<io::Error>,
}

impl WriteError {
    /// * `message`: with the path and what to do
    pub(super) fn new(message: String, source: Option<io::Error>) -> Self {
        Self { message, source }
    }

    /// The folder takes no files.
    pub(super) fn folder(path: &Path, source: io::Error) -> Self {
        let message = format!(
            "{}: results cannot be written there ({source}); give another folder with -o",
            path.display()
        );
        Self::new(message, Some(source))
    }
}

/// What the names of unfinished files hold, so that no file of the user's is taken for one.
const UNFINISHED: &str = ".cistron-";
const PART: &str = ".part";

/// Temporary name beside a file.
pub(super) fn part_of(path: &Path) -> PathBuf {
    let mut part = path.as_os_str().to_owned();
    part.push(format!("{UNFINISHED}{}{PART}", std::process::id()));
    PathBuf::from(part)
}

/// Whether a temporary name is that of a process on this machine that still runs, and is not this one.
fn is_in_use(name: &str) -> bool {
    let process = name
        .strip_suffix(PART)
        .and_then(|name| name.rsplit(UNFINISHED).next());
    let process = process.and_then(|number| number.parse::<u32>().ok());
    process.is_some_and(|process| {
        process != std::process::id() && Path::new(&format!("/proc/{process}")).exists()
    })
}

/// Takes away what a run that was killed while it wrote has left.
pub(super) fn remove_leftovers(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.contains(UNFINISHED) && name.ends_with(PART) && !is_in_use(&name) {
            match fs::remove_file(path) {
                // another process may have taken away its own
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
    }
    Ok(())
}

/// What writes one file.
type FileWriter<'a> = Box<dyn Fn(&mut dyn Write) -> io::Result<()> + 'a>;

/// The file that a link leads to, so that the file is replaced and the link stays.
fn behind_links(path: PathBuf) -> PathBuf {
    if path.is_symlink() {
        fs::canonicalize(&path).unwrap_or(path)
    } else {
        path
    }
}

/// A file to be written.
pub struct Output<'a> {
    /// As it was given.
    name: PathBuf,
    /// Behind links.
    path: PathBuf,
    write: FileWriter<'a>,
}

impl<'a> Output<'a> {
    /// The file at `path`, written by `write`.
    pub fn new(path: PathBuf, write: impl Fn(&mut dyn Write) -> io::Result<()> + 'a) -> Self {
        let write = Box::new(write);
        Self {
            path: behind_links(path.clone()),
            name: path,
            write,
        }
    }

    /// The path, as it was given.
    pub(super) fn name(&self) -> &Path {
        &self.name
    }

    /// Whether there is something at the path that must not be replaced by a file: a device or a
    /// pipe, which takes what is written into it.
    pub(super) fn takes_a_stream(&self) -> bool {
        let there = fs::metadata(&self.path);
        there.is_ok_and(|there| !there.is_file() && !there.is_dir())
    }

    fn write_stream(&self) -> io::Result<()> {
        let mut sink = BufWriter::new(File::options().write(true).open(&self.path)?);
        (self.write)(&mut sink)?;
        sink.flush()
    }

    /// Whether it is the file at `path`.
    pub fn is_at(&self, path: &Path) -> bool {
        self.path == behind_links(path.to_owned())
    }

    /// Writes it somewhere else.
    ///
    /// # Errors   what the sink reports.
    pub fn write_to(&self, sink: &mut dyn Write) -> io::Result<()> {
        (self.write)(sink)
    }

    fn part(&self) -> PathBuf {
        part_of(&self.path)
    }

    fn write_part(&self) -> io::Result<FileDigest> {
        if self.path.is_dir() {
            return Err(ErrorKind::IsADirectory.into());
        }
        let file = File::create(self.part())?;
        let mut sink = BufWriter::new(Digesting::new(file));
        (self.write)(&mut sink)?;
        let sink = sink.into_inner().map_err(io::Error::from)?;
        let (file, digest) = sink.finish();
        file.sync_all()?;
        Ok(digest)
    }

    pub(super) fn failed(&self, source: io::Error) -> WriteError {
        let cure = match source.kind() {
            ErrorKind::NotFound => "make its folder first",
            _ => "check the free space and the permissions",
        };
        let message = format!(
            "{}: cannot be written ({source}); nothing was changed there; {cure}",
            self.path.display()
        );
        WriteError::new(message, Some(source))
    }
}

/// Writes whole files under temporary names beside them, then renames them all: a run that is
/// killed leaves the old files or the new ones, never half of one. A device or a pipe is written
/// into, last of all.
///
/// # Errors   [`WriteError`] for the first file that fails; no file is replaced then.
pub fn replace_all(outputs: &mut [Output<'_>]) -> Result<(), WriteError> {
    outputs.sort_by_key(Output::takes_a_stream);
    let files = outputs.partition_point(|output| !output.takes_a_stream());
    let (files, streams) = outputs.split_at(files);
    write_parts(files)?;
    rename_parts(files)?;
    for stream in streams {
        stream
            .write_stream()
            .map_err(|error| stream.failed(error))?;
    }
    Ok(())
}

/// Writes files under temporary names.
///
/// # Errors   [`WriteError`] for the first one that fails; the others are taken away then.
pub(super) fn write_parts(outputs: &[Output<'_>]) -> Result<Vec<FileDigest>, WriteError> {
    let written = outputs.iter().enumerate().map(|(at, output)| {
        output.write_part().map_err(|error| {
            remove_parts(&outputs[..=at]);
            output.failed(error)
        })
    });
    written.collect()
}

/// Renames files that were written under temporary names.
///
/// # Errors   [`WriteError`] for the first one that fails; those before it are replaced.
pub(super) fn rename_parts(outputs: &[Output<'_>]) -> Result<(), WriteError> {
    for (at, output) in outputs.iter().enumerate() {
        if let Err(error) = fs::rename(output.part(), &output.path) {
            remove_parts(&outputs[at..]);
            return Err(output.failed(error));
        }
    }
    Ok(())
}

pub(super) fn remove_parts(outputs: &[Output<'_>]) {
    for output in outputs {
        // it may not exist; the error to report is the first one
        let _ = fs::remove_file(output.part());
    }
}

/// Writes one whole file, as [`replace_all`].
///
/// # Errors   [`WriteError`].
pub fn replace(
    path: &Path,
    write: impl Fn(&mut dyn Write) -> io::Result<()>,
) -> Result<(), WriteError> {
    replace_all(&mut [Output::new(path.to_owned(), write)])
}
