//! `manifest.json`: which files of a folder were written together, and what is in them.
//!
//! Before the first file of a set is replaced it says that the set is not complete, and after the last one that it is:
//! files of a set that is not complete, without a manifest, or with other bytes than it says, are not a set.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::io::read::cannot_open;
use crate::io::{Fault, Place, ReadError};

/// Name of the file.
pub(super) const MANIFEST: &str = "manifest.json";
/// What the file says it is; the number rises whenever an older reader would misunderstand it.
const FORMAT: &str = "cistron-manifest 1";
/// What the format begins with in every version.
const KIND: &str = "cistron-manifest ";
/// Bytes that are hashed at a time.
const BLOCK: usize = 1 << 16;

/// What made the files of a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FolderKind {
    /// `cistron infer`.
    Run,
    /// `cistron perturb`.
    Responses,
    /// `cistron plot`.
    Pictures,
}

impl FolderKind {
    /// The command that writes such folders.
    #[must_use]
    pub fn command(self) -> &'static str {
        match self {
            Self::Run => "cistron infer",
            Self::Responses => "cistron perturb",
            Self::Pictures => "cistron plot",
        }
    }
}

/// Length and hash of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FileDigest {
    bytes: u64,
    /// In hexadecimal digits.
    sha256: String,
}

impl FileDigest {
    /// That of what is left of an open file.
    pub(super) fn of(file: &mut File) -> io::Result<Self> {
        let mut sink = Digesting::new(io::sink());
        let mut block = vec![0; BLOCK];
        loop {
            let count = file.read(&mut block)?;
            if count == 0 {
                return Ok(sink.finish().1);
            }
            sink.write_all(&block[..count])?;
        }
    }
}

/// Passes bytes on, and knows their digest.
pub(super) struct Digesting<W> {
    sink: W,
    hash: Sha256,
    bytes: u64,
}

impl<W: Write> Digesting<W> {
    pub(super) fn new(sink: W) -> Self {
        Self {
            sink,
            hash: Sha256::new(),
            bytes: 0,
        }
    }

    pub(super) fn finish(self) -> (W, FileDigest) {
        let digest = FileDigest {
            bytes: self.bytes,
            sha256: in_hex(self.hash),
        };
        (self.sink, digest)
    }
}

impl<W: Write> Write for Digesting<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.sink.write(bytes)?;
        self.hash.update(&bytes[..count]);
        self.bytes += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.sink.flush()
    }
}

fn in_hex(hash: Sha256) -> String {
    let bytes = hash.finalize();
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The files of a folder that were written together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    format: String,
    /// Version of the program.
    cistron: String,
    pub(super) kind: FolderKind,
    /// Whether all files are there; while they are replaced, some are those of the former set.
    pub(super) complete: bool,
    /// By path within the folder, with `/` between its parts.
    pub(super) files: BTreeMap<String, FileDigest>,
    /// SHA-256 of the other fields, written without spaces.
    sha256: String,
}

impl Manifest {
    pub(super) fn new(
        kind: FolderKind,
        complete: bool,
        files: BTreeMap<String, FileDigest>,
    ) -> Self {
        let mut manifest = Self {
            format: FORMAT.to_owned(),
            cistron: env!("CARGO_PKG_VERSION").to_owned(),
            kind,
            complete,
            files,
            sha256: String::new(),
        };
        manifest.sha256 = manifest.own_digest();
        manifest
    }

    fn own_digest(&self) -> String {
        let unsigned = Self {
            sha256: String::new(),
            ..self.clone()
        };
        let text = serde_json::to_vec(&unsigned).expect("strings and numbers");
        in_hex(Sha256::new().chain_update(text))
    }

    pub(super) fn write(&self, sink: &mut dyn Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut *sink, self)?;
        writeln!(sink)
    }

    /// That of a folder; none if it has none.
    ///
    /// # Errors   [`ReadError`] if it cannot be read, is damaged, or another version's.
    pub(super) fn read(folder: &Path) -> Result<Option<Self>, ReadError> {
        let path = folder.join(MANIFEST);
        let name = path.display().to_string();
        let text = match fs::read(&path) {
            Ok(text) => text,
            Err(error) if is_not_there(&error) => return Ok(None),
            Err(error) => return Err(cannot_open(&path, error)),
        };
        let read: Option<Self> = serde_json::from_slice(&text).ok();
        let sound = read.filter(|read| read.format == FORMAT && read.sha256 == read.own_digest());
        sound.map(Some).ok_or_else(|| {
            let found = if String::from_utf8_lossy(&text).contains(KIND) {
                "its bytes are not those that were written, or another version wrote them"
            } else {
                "is not the list of files that `cistron` wrote"
            };
            ReadError::new(Fault::Format, Place::file(&name), found)
                .expecting(format!("the format `{FORMAT}`"))
                .cured_by("copy the folder again from where it was made, or run the command that made it again")
        })
    }
}

/// Whether a folder has a file of this name that `cistron` did not write.
pub(super) fn is_foreign(folder: &Path) -> bool {
    let text = fs::read(folder.join(MANIFEST));
    text.is_ok_and(|text| !String::from_utf8_lossy(&text).contains(KIND))
}

fn is_not_there(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

/// A folder of files that were written together, each of which is compared with its digest before it is read.
#[derive(Clone, Debug)]
pub struct PublishedFolder {
    path: PathBuf,
    manifest: Manifest,
}

impl PublishedFolder {
    /// The folder at `path`; none if it does not say which files belong together.
    ///
    /// # Errors   [`ReadError`] if its list of files cannot be read, or if a process was stopped while it replaced them.
    pub fn open(path: &Path) -> Result<Option<Self>, ReadError> {
        let manifest = Manifest::read(path)?;
        if let Some(stopped) = manifest.as_ref().filter(|manifest| !manifest.complete) {
            let found =
                "found files of two sets: a process was stopped while it replaced one by the other";
            let place = Place::file(&path.join(MANIFEST).display().to_string());
            let cure = format!("start the same `{}` command again", stopped.kind.command());
            return Err(ReadError::new(Fault::Mismatch, place, found).cured_by(cure));
        }
        Ok(manifest.map(|manifest| Self {
            path: path.to_owned(),
            manifest,
        }))
    }

    /// The folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What made it.
    #[must_use]
    pub fn kind(&self) -> FolderKind {
        self.manifest.kind
    }

    /// Whether a file was written with the others.
    #[must_use]
    pub fn holds(&self, name: &str) -> bool {
        self.manifest.files.contains_key(name)
    }

    /// Names of the files that were written together, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.manifest.files.keys().map(String::as_str)
    }

    /// Opens a file of the folder.
    ///
    /// # Errors   [`ReadError`] if it cannot be opened, or if its bytes are not those that were written.
    /// # Cost     one pass over the file.
    pub fn file(&self, name: &str) -> Result<File, ReadError> {
        let path = self.path.join(name);
        let mut file = File::open(&path).map_err(|source| cannot_open(&path, source))?;
        let shown = path.display().to_string();
        let unreadable = |source| ReadError::unreadable(&shown, source);
        let digest = FileDigest::of(&mut file).map_err(unreadable)?;
        if self.manifest.files.get(name) != Some(&digest) {
            return Err(self.not_as_written(name, &shown));
        }
        file.rewind().map_err(unreadable)?;
        Ok(file)
    }

    fn not_as_written(&self, name: &str, shown: &str) -> ReadError {
        let (found, expected) = if self.holds(name) {
            let found = "its bytes are not those that were written: it was changed, damaged, is of another run, or is being \
                         replaced now";
            (found, "the SHA-256 in manifest.json beside it")
        } else {
            (
                "was not written with the other files of its folder",
                "a file that manifest.json names",
            )
        };
        let command = self.manifest.kind.command();
        ReadError::new(Fault::Mismatch, Place::file(shown), found)
            .expecting(expected)
            .cured_by(format!("put back the file as it was, or run `{command}` again; edit a copy in another folder"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::scratch::Scratch;

    fn manifest() -> Manifest {
        let digest = |text: &str| {
            let mut sink = Digesting::new(io::sink());
            sink.write_all(text.as_bytes()).expect("a sink");
            sink.finish().1
        };
        let files = [("a.tsv", "A\n"), ("pictures/b.svg", "<svg/>")];
        let files = files.map(|(name, text)| (name.to_owned(), digest(text)));
        Manifest::new(FolderKind::Run, true, files.into())
    }

    #[test]
    fn no_bit_of_a_manifest_can_be_changed_unseen() {
        let folder = Scratch::new();
        let path = folder.path().join(MANIFEST);
        let mut bytes = Vec::new();
        manifest().write(&mut bytes).expect("memory");
        fs::write(&path, &bytes).expect("a small file");
        assert_eq!(
            Manifest::read(folder.path()).expect("ours"),
            Some(manifest())
        );
        for at in 0..bytes.len() {
            for bit in [0x01, 0x08, 0x80] {
                let mut changed = bytes.clone();
                changed[at] ^= bit;
                fs::write(&path, &changed).expect("a small file");
                let read = Manifest::read(folder.path());
                let same = read
                    .as_ref()
                    .is_ok_and(|read| read.as_ref() == Some(&manifest()));
                assert!(same || read.is_err(), "byte {at}: {read:?}");
                // what is between values may change
                assert!(!same || bytes[at].is_ascii_whitespace(), "byte {at}");
            }
            fs::write(&path, &bytes[..at]).expect("a small file");
            let read = Manifest::read(folder.path());
            assert!(
                read.is_err() || at + 1 == bytes.len(),
                "{at} bytes: {read:?}"
            );
        }
    }

    #[test]
    fn a_file_is_opened_only_with_the_bytes_that_were_written() {
        let folder = Scratch::new();
        let mut sink = Vec::new();
        manifest().write(&mut sink).expect("memory");
        fs::write(folder.path().join(MANIFEST), sink).expect("a small file");
        let published = PublishedFolder::open(folder.path())
            .expect("ours")
            .expect("there");
        let read = || {
            let mut text = String::new();
            published
                .file("a.tsv")?
                .read_to_string(&mut text)
                .expect("text");
            Ok::<_, ReadError>(text)
        };
        assert!(
            read()
                .expect_err("missing")
                .to_string()
                .contains("cannot be opened")
        );
        for (text, sound) in [
            ("A\n", true),
            ("B\n", false),
            ("A", false),
            ("A\n\n", false),
        ] {
            fs::write(folder.path().join("a.tsv"), text).expect("a small file");
            assert_eq!(read().is_ok(), sound, "{text:?}");
        }
        fs::write(folder.path().join("c.tsv"), "C").expect("a small file");
        let error = published
            .file("c.tsv")
            .expect_err("not of the set")
            .to_string();
        assert!(
            error.contains("was not written with the other files"),
            "{error}"
        );
    }
}
