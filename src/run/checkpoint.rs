//! Finished targets on disk, so that a run that was killed goes on where it was.
//!
//! ```text
//! cistron checkpoint 3\n     what the file is, and its layout
//! 32 bytes                   SHA-256 of all bytes that follow
//! 32 bytes                   fingerprint of what the fits depend on: data, prior, settings, version
//! postcard                   fits of the first targets
//! ```

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};

use super::files;
use super::fingerprint::Fingerprint;
use crate::fit::{Continue, TargetFit, Watch};

/// What files of this kind begin with, whatever their layout.
const KIND: &[u8] = b"cistron checkpoint ";
/// First bytes of the file in its present layout.
const MAGIC: &[u8] = b"cistron checkpoint 3\n";
/// Bytes of a digest.
const DIGEST: usize = 32;
/// Saving may take one part in so many of the time.
const SHARE: u32 = 20;
/// Longest time between two savings.
const PAUSE: Duration = Duration::from_secs(60);

/// Name of the file in the folder of a run.
pub(super) const CHECKPOINT: &str = "checkpoint.bin";

/// The file of a checkpoint cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{path}: cannot be read ({source}); remove it to fit all targets again")]
pub struct CheckpointError {
    path: String,
    source: std::io::Error,
}

/// Why a checkpoint is not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Discarded {
    /// Its bytes are not those that were written.
    #[error("is damaged")]
    Damaged,
    /// It belongs to another inference.
    #[error("belongs to other data or settings, or to another version")]
    Foreign,
}

/// What was there when a checkpoint was opened.
#[derive(Debug, Default)]
pub(super) struct Loaded {
    pub(super) finished: Vec<TargetFit>,
    pub(super) discarded: Option<Discarded>,
}

/// A file in the folder of a run; valid only for fits from the same data, prior, settings of the
/// fit and version.
#[derive(Debug)]
pub(super) struct Checkpoint {
    path: PathBuf,
    fingerprint: Fingerprint,
    /// No saving before.
    next: Instant,
}

impl Checkpoint {
    pub(super) fn in_folder(folder: &Path, fingerprint: Fingerprint) -> Self {
        Self {
            path: folder.join(CHECKPOINT),
            fingerprint,
            next: Instant::now(),
        }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// What an earlier run has left there.
    pub(super) fn load(&self) -> Result<Loaded, CheckpointError> {
        let bytes = match fs::read(&self.path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Loaded::default()),
            Err(source) => {
                let path = self.path.display().to_string();
                return Err(CheckpointError { path, source });
            }
        };
        Ok(match decode(&bytes, self.fingerprint) {
            Ok(finished) => Loaded {
                finished,
                discarded: None,
            },
            Err(discarded) => Loaded {
                finished: Vec::new(),
                discarded: Some(discarded),
            },
        })
    }

    fn save(&mut self, fits: &[TargetFit]) -> Result<(), String> {
        let start = Instant::now();
        let bytes = encode(fits, self.fingerprint).map_err(|error| error.to_string())?;
        files::replace(&self.path, |sink| sink.write_all(&bytes))
            .map_err(|error| error.to_string())?;
        self.next = Instant::now() + (start.elapsed() * SHARE).min(PAUSE);
        Ok(())
    }
}

impl Watch for Checkpoint {
    fn finished(&mut self, fits: &[TargetFit]) -> Continue {
        if Instant::now() < self.next {
            return Continue::Yes;
        }
        match self.save(fits) {
            Ok(()) => Continue::Yes,
            Err(reason) => Continue::No(reason),
        }
    }
}

fn encode(fits: &[TargetFit], fingerprint: Fingerprint) -> Result<Vec<u8>, postcard::Error> {
    let mut body = fingerprint.0.to_vec();
    body.extend(postcard::to_stdvec(fits)?);
    let mut bytes = MAGIC.to_vec();
    bytes.extend_from_slice(&Sha256::digest(&body));
    bytes.extend(body);
    Ok(bytes)
}

fn decode(bytes: &[u8], fingerprint: Fingerprint) -> Result<Vec<TargetFit>, Discarded> {
    let rest = bytes.strip_prefix(MAGIC).ok_or_else(|| {
        let whole_line = bytes
            .get(..MAGIC.len())
            .is_some_and(|line| line.ends_with(b"\n"));
        let other_layout = bytes.starts_with(KIND) && whole_line;
        if other_layout {
            Discarded::Foreign
        } else {
            Discarded::Damaged
        }
    })?;
    let (digest, body) = rest.split_at_checked(DIGEST).ok_or(Discarded::Damaged)?;
    if digest != Sha256::digest(body).as_slice() {
        return Err(Discarded::Damaged);
    }
    let (owner, fits) = body.split_at_checked(DIGEST).ok_or(Discarded::Damaged)?;
    if owner != fingerprint.0 {
        return Err(Discarded::Foreign);
    }
    postcard::from_bytes(fits).map_err(|_| Discarded::Damaged)
}

/// A checkpoint before the watch of the caller.
pub(super) struct CheckpointedWatch<'w> {
    pub(super) checkpoint: Checkpoint,
    pub(super) watch: &'w mut dyn Watch,
}

impl Watch for CheckpointedWatch<'_> {
    fn finished(&mut self, fits: &[TargetFit]) -> Continue {
        match self.checkpoint.finished(fits) {
            Continue::No(reason) => Continue::No(reason),
            Continue::Yes => self.watch.finished(fits),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::{Expression, TimeSeries};
    use crate::fit::{FitSettings, Sweep};
    use crate::genes::{Gene, Genes};
    use crate::prior::Prior;
    use crate::seed::Seed;
    use crate::trajectory::{Conditions, RowSettings, segments};

    const OWNER: Fingerprint = Fingerprint([7; 32]);

    fn fits() -> Vec<TargetFit> {
        let genes = Genes::new(["a", "b", "c"]).expect("distinct");
        let level = |k: usize, j: usize| ((3 * k + 5 * j) as f64).sin();
        let times = (0..12).map(|k| k as f64).collect();
        let values = faer::Mat::from_fn(12, 3, level);
        let series = TimeSeries::new("s", times, values).expect("increasing");
        let data = Expression::new(genes, vec![series]).expect("sound");
        let rows = segments(&data, &Conditions::default(), RowSettings::default());
        Sweep {
            segments: &rows.expect("sound"),
            regulators: &[Gene(0), Gene(1), Gene(2)],
            prior: &Prior::default(),
            settings: &FitSettings {
                pairs: 2,
                ..FitSettings::default()
            },
            seed: Seed(1),
            fast: None,
        }
        .run()
        .expect("rows")
    }

    #[test]
    fn finished_targets_come_back_bit_by_bit() {
        let (fits, bytes) = (fits(), encode(&fits(), OWNER).expect("memory"));
        let back = decode(&bytes, OWNER).expect("ours");
        assert_eq!(encode(&back, OWNER).expect("memory"), bytes);
        assert_eq!(back, fits);
    }

    #[test]
    fn no_byte_can_be_changed_and_no_end_cut_off() {
        let bytes = encode(&fits(), OWNER).expect("memory");
        for at in 0..bytes.len() {
            for bit in [0x01, 0x80] {
                let mut changed = bytes.clone();
                changed[at] ^= bit;
                assert!(decode(&changed, OWNER).is_err(), "byte {at}");
            }
            assert_eq!(decode(&bytes[..at], OWNER), Err(Discarded::Damaged), "{at}");
        }
        let longer = [&bytes[..], b"\0"].concat();
        assert_eq!(decode(&longer, OWNER), Err(Discarded::Damaged));
    }

    #[test]
    fn a_checkpoint_of_another_inference_or_layout_is_foreign() {
        let mut bytes = encode(&fits(), OWNER).expect("memory");
        assert_eq!(
            decode(&bytes, Fingerprint([8; 32])),
            Err(Discarded::Foreign)
        );
        bytes[KIND.len()] = b'2';
        assert_eq!(decode(&bytes, OWNER), Err(Discarded::Foreign));
    }
}
