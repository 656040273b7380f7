//! Finished targets on disk, so that a killed run goes on where it was.

use std::cell::Cell;
use std::error::Error;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use argmin::core::checkpointing::{Checkpoint, CheckpointingFrequency};
use serde::{Deserialize, Serialize};

use cistron::fit::{Sweep, SweepState};

use super::files;

/// First bytes of the file: what it is, and its layout.
const MAGIC: &[u8] = b"cistron checkpoint 2\n";
/// Share of the time that saving may take.
const SHARE: u32 = 20;

/// A file in the folder of the run; valid only for the same input, settings and version.
#[derive(Clone, Debug)]
pub(crate) struct FileCheckpoint {
    path: PathBuf,
    fingerprint: String,
    next: Cell<Option<Instant>>,
}

#[derive(Serialize, Deserialize)]
struct Saved {
    fingerprint: String,
    sweep: Sweep,
    state: SweepState,
}

impl FileCheckpoint {
    /// * `fingerprint`: of everything that the result depends on
    pub(crate) fn new(folder: &Path, fingerprint: String) -> Self {
        Self {
            path: folder.join("checkpoint.bin"),
            fingerprint,
            next: Cell::new(None),
        }
    }

    /// Number of targets that a run which starts now will find finished, and a note for the user.
    pub(crate) fn resumes(&self) -> Result<(usize, Option<String>), Box<dyn Error>> {
        let Some(bytes) = self.bytes()? else {
            return Ok((0, None));
        };
        let path = self.path.display();
        let (finished, note) = match self.parse(&bytes) {
            Some(saved) => {
                let count = saved.sweep.finished.len();
                let note = format!("going on from {path}: {count} targets are finished");
                (count, note)
            }
            None => {
                let why = "is damaged or belongs to other data, settings or another version";
                (0, format!("{path} {why}; starting afresh"))
            }
        };
        Ok((finished, Some(note)))
    }

    /// Takes the file away once the results are written.
    pub(crate) fn remove(&self) {
        // it may never have been written
        let _ = fs::remove_file(&self.path);
    }

    fn bytes(&self) -> Result<Option<Vec<u8>>, Box<dyn Error>> {
        match fs::read(&self.path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(format!("{}: cannot be read: {error}", self.path.display()).into()),
        }
    }

    fn parse(&self, bytes: &[u8]) -> Option<Saved> {
        let saved: Saved = postcard::from_bytes(bytes.strip_prefix(MAGIC)?).ok()?;
        (saved.fingerprint == self.fingerprint).then_some(saved)
    }
}

impl Checkpoint<Sweep, SweepState> for FileCheckpoint {
    fn save(&self, sweep: &Sweep, state: &SweepState) -> Result<(), argmin::core::Error> {
        let start = Instant::now();
        let bytes = postcard::to_stdvec(&(&self.fingerprint, sweep, state))?;
        files::replace(&self.path, |sink| {
            sink.write_all(MAGIC)?;
            sink.write_all(&bytes)
        })
        .map_err(|error| argmin::core::Error::msg(error.to_string()))?;
        let pause = (start.elapsed() * SHARE).min(Duration::from_secs(60));
        self.next.set(Some(Instant::now() + pause));
        Ok(())
    }

    fn save_cond(
        &self,
        sweep: &Sweep,
        state: &SweepState,
        _iteration: u64,
    ) -> Result<(), argmin::core::Error> {
        match self.next.get() {
            Some(next) if Instant::now() < next => Ok(()),
            _ => self.save(sweep, state),
        }
    }

    fn load(&self) -> Result<Option<(Sweep, SweepState)>, argmin::core::Error> {
        let bytes = self
            .bytes()
            .map_err(|error| argmin::core::Error::msg(error.to_string()))?;
        let saved = bytes.and_then(|bytes| self.parse(&bytes));
        Ok(saved.map(|saved| (saved.sweep, saved.state)))
    }

    fn frequency(&self) -> CheckpointingFrequency {
        CheckpointingFrequency::Always
    }
}
