//! Files that are hashed while they are read, so that a run can say what it was made from.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::rc::Rc;

use sha2::{Digest, Sha256};

use crate::expression::InputFile;
use crate::io::text::{Fault, Place, ReadError};

/// Opens files, and knows the SHA-256 of each when they have been read.
#[doc(hidden)]
#[derive(Debug, Default)]
pub struct HashedFiles(Vec<(String, Rc<RefCell<Hashed>>)>);

impl HashedFiles {
    /// Opens a file.
    ///
    /// # Errors   [`ReadError`] if the system does not open it.
    pub fn open(&mut self, path: &Path) -> Result<Box<dyn Read>, ReadError> {
        let opened = File::open(path).map_err(|source| cannot_open(path, source))?;
        let file = Rc::new(RefCell::new(Hashed {
            file: opened,
            hash: Sha256::new(),
        }));
        let name = path.display().to_string();
        self.0.push((name, Rc::clone(&file)));
        Ok(Box::new(Shared(file)))
    }

    /// All files in the order in which they were opened.
    ///
    /// # Errors   [`ReadError`] if what a reader left of a file cannot be read.
    /// # Cost     one pass over what the readers left.
    pub fn finish(self) -> Result<Vec<InputFile>, ReadError> {
        let finished = |(path, file): (String, Rc<RefCell<Hashed>>)| {
            let hash = file.borrow_mut().finish();
            match hash {
                Ok(sha256) => Ok(InputFile { path, sha256 }),
                Err(source) => Err(ReadError::unreadable(&path, source)),
            }
        };
        self.0.into_iter().map(finished).collect()
    }
}

#[derive(Debug)]
struct Hashed {
    file: File,
    hash: Sha256,
}

/// The same file in the hands of a reader.
struct Shared(Rc<RefCell<Hashed>>);

impl Read for Shared {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.0.borrow_mut().read(into)
    }
}

impl Read for Hashed {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(into)?;
        self.hash.update(&into[..count]);
        Ok(count)
    }
}

impl Hashed {
    /// Reads what the reader left, and gives the hash of the whole file.
    fn finish(&mut self) -> io::Result<String> {
        io::copy(self, &mut io::sink())?;
        let bytes = self.hash.finalize_reset();
        Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

/// The error about a file that the system does not open.
#[must_use]
pub fn cannot_open(path: &Path, source: io::Error) -> ReadError {
    let found = format!("cannot be opened ({source})");
    ReadError::new(
        Fault::Unreadable,
        Place::file(&path.display().to_string()),
        found,
    )
    .cured_by("check the path and its permissions")
    .caused_by(source)
}
