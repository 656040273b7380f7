//! A folder for results: one process at a time writes into it, and what it writes appears as one set.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Component, Path, PathBuf};

use super::files::{Output, WriteError, remove_leftovers, remove_parts, rename_parts, write_parts};
use super::folder_lock::{FolderLock, LockError};
use super::manifest::{FileDigest, FolderKind, MANIFEST, Manifest, is_foreign};

/// A folder that nobody else writes into while this value lives.
#[derive(Debug)]
pub struct FolderClaim {
    path: PathBuf,
    lock: FolderLock,
}

impl FolderClaim {
    /// Claims a folder; made if needed. What a process that was killed while it wrote has left is taken away.
    ///
    /// # Errors   [`WriteError`] if another process writes there, or if it takes no files.
    pub fn new(path: &Path) -> Result<Self, WriteError> {
        let failed = |source| WriteError::folder(path, source);
        fs::create_dir_all(path).map_err(failed)?;
        let lock = FolderLock::acquire(path);
        let lock = lock.map_err(|error| match error {
            LockError::Busy(who) => busy(path, &who),
            LockError::System(source) => failed(source),
        })?;
        remove_leftovers(path).map_err(failed)?;
        let path = path.to_owned();
        Ok(Self { path, lock })
    }

    /// # Errors   [`WriteError`] if another process has taken the folder since.
    fn check(&self) -> Result<(), WriteError> {
        if self.lock.holds() {
            return Ok(());
        }
        Err(busy(
            &self.path,
            "another process took this one for dead, and is writing there",
        ))
    }
}

/// A folder for one set of results, which nobody else writes into while this value lives.
#[derive(Debug)]
pub struct ResultFolder {
    claim: FolderClaim,
    kind: FolderKind,
}

impl ResultFolder {
    /// The folder of a run; made if needed.
    ///
    /// # Errors   [`WriteError`] if another process writes there, if it holds results of another kind, or if it takes
    ///   no files.
    pub fn for_run(path: impl AsRef<Path>) -> Result<Self, WriteError> {
        Self::claim(path.as_ref(), FolderKind::Run)
    }

    /// The folder of results of a kind; made if needed.
    ///
    /// # Errors   as [`ResultFolder::for_run`].
    #[doc(hidden)]
    pub fn claim(path: &Path, kind: FolderKind) -> Result<Self, WriteError> {
        let claim = FolderClaim::new(path)?;
        if is_foreign(path) {
            let message = format!(
                "{}: found a manifest.json that is not of cistron and would be overwritten; give another folder with -o",
                path.display()
            );
            return Err(WriteError::new(message, None));
        }
        let claimed = Self { claim, kind };
        match claimed.manifest().map(|found| found.kind) {
            Some(found) if found != kind => {
                let message = format!(
                    "{}: found a folder with results of `{}`, which would be mixed with these; give another folder \
                     with -o",
                    path.display(),
                    found.command()
                );
                Err(WriteError::new(message, None))
            }
            _ => Ok(claimed),
        }
    }

    /// The folder.
    #[doc(hidden)]
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.claim.path
    }

    /// What is written there now; none if that cannot be known.
    fn manifest(&self) -> Option<Manifest> {
        Manifest::read(self.path()).ok().flatten()
    }

    /// What is listed, whether complete or not.
    fn files(&self) -> BTreeMap<String, FileDigest> {
        self.manifest().map(|found| found.files).unwrap_or_default()
    }

    /// Whether a file is one of the set, be it complete or not.
    #[doc(hidden)]
    #[must_use]
    pub fn lists(&self, name: &str) -> bool {
        self.files().contains_key(name)
    }

    /// Writes files as one set in place of the one that is there: those of the former set that are not written again
    /// and that nobody has changed are taken away.
    ///
    /// # Errors   [`WriteError`]. While files are written, which may fail, the former set stays as it is; if the system
    ///   fails after that, while they are renamed, neither set is there.
    #[doc(hidden)]
    pub fn publish(&self, outputs: &[Output<'_>]) -> Result<(), WriteError> {
        let former = self.files();
        let files = self.replace(outputs, true)?;
        for (name, digest) in former {
            let path = self.path().join(&name);
            let own = File::open(&path).and_then(|mut file| FileDigest::of(&mut file));
            if !files.contains_key(&name) && is_inside(&name) && own.is_ok_and(|own| own == digest)
            {
                // what cannot be taken away is not of the set
                let _ = fs::remove_file(path);
            }
        }
        self.write_manifest(true, files)
    }

    /// Adds files to the set that is there, or replaces some of it.
    ///
    /// # Errors   as [`ResultFolder::publish`]
    #[doc(hidden)]
    pub fn add(&self, outputs: &[Output<'_>]) -> Result<(), WriteError> {
        let former = self.manifest();
        let complete = former.as_ref().is_none_or(|former| former.complete);
        let mut files = former.map(|former| former.files).unwrap_or_default();
        files.extend(self.replace(outputs, false)?);
        self.write_manifest(complete, files)
    }

    /// * `all`: whether it is all of the set, which then is not one while files are renamed
    fn replace(
        &self,
        outputs: &[Output<'_>],
        all: bool,
    ) -> Result<BTreeMap<String, FileDigest>, WriteError> {
        if let Some(stream) = outputs.iter().find(|output| output.takes_a_stream()) {
            return Err(stream.failed(io::ErrorKind::InvalidInput.into()));
        }
        for folder in outputs.iter().filter_map(|output| output.name().parent()) {
            // those in this folder went when it was claimed; what cannot be taken away is not in the way
            if folder != self.path() && folder.starts_with(self.path()) {
                let _ = remove_leftovers(folder);
            }
        }
        let digests = write_parts(outputs)?;
        if let Err(error) = self.claim.check() {
            remove_parts(outputs);
            return Err(error);
        }
        let names = outputs.iter().map(|output| self.name_of(output));
        let files: BTreeMap<String, FileDigest> = names.zip(digests).collect();
        if all {
            let mut either = self.files();
            either.extend(files.clone());
            self.write_manifest(false, either)
                .inspect_err(|_| remove_parts(outputs))?;
        }
        rename_parts(outputs)?;
        Ok(files)
    }

    fn name_of(&self, output: &Output<'_>) -> String {
        let within = output
            .name()
            .strip_prefix(self.path())
            .unwrap_or(output.name());
        let parts = within
            .components()
            .map(|part| part.as_os_str().to_string_lossy());
        parts.collect::<Vec<_>>().join("/")
    }

    /// * `complete`: whether these are the files that are there
    fn write_manifest(
        &self,
        complete: bool,
        files: BTreeMap<String, FileDigest>,
    ) -> Result<(), WriteError> {
        let manifest = Manifest::new(self.kind, complete, files);
        let output = Output::new(self.path().join(MANIFEST), |sink| manifest.write(sink));
        write_parts(std::slice::from_ref(&output))?;
        rename_parts(std::slice::from_ref(&output))?;
        sync(self.path());
        Ok(())
    }
}

fn busy(path: &Path, who: &str) -> WriteError {
    let message = format!(
        "{}: {who}; wait until it has ended, or give another folder with -o",
        path.display()
    );
    WriteError::new(message, None)
}

/// Whether a name leads to a file within the folder.
fn is_inside(name: &str) -> bool {
    let mut parts = Path::new(name).components();
    parts.all(|part| matches!(part, Component::Normal(_)))
}

/// Asks the system to keep the names in a folder, so that they outlive a loss of power in this order.
fn sync(folder: &Path) {
    let synced: io::Result<()> = File::open(folder).and_then(|folder| folder.sync_all());
    // not every system can
    let _ = synced;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::scratch::Scratch;

    fn write(folder: &ResultFolder, files: &[(&str, &'static str)]) -> Result<(), WriteError> {
        let outputs = files.iter().map(|&(name, text)| {
            Output::new(folder.path().join(name), move |sink| {
                sink.write_all(text.as_bytes())
            })
        });
        folder.publish(&outputs.collect::<Vec<_>>())
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("ours");
        let names = entries.map(|entry| entry.expect("ours").file_name());
        let mut names: Vec<String> = names
            .map(|name| name.to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_set_takes_the_place_of_the_former_one_and_of_nothing_else() {
        let scratch = Scratch::new();
        let folder = ResultFolder::for_run(scratch.path()).expect("ours");
        write(&folder, &[("a", "1"), ("b", "1"), ("c", "1")]).expect("ours");
        fs::write(scratch.path().join("mine"), "mine").expect("ours");
        fs::write(scratch.path().join("c"), "changed").expect("ours");
        write(&folder, &[("a", "2")]).expect("ours");
        drop(folder);
        assert_eq!(names(scratch.path()), ["a", "c", MANIFEST, "mine"]);
        let error =
            ResultFolder::claim(scratch.path(), FolderKind::Responses).expect_err("of a run");
        assert!(
            error.to_string().contains("results of `cistron infer`"),
            "{error}"
        );
        assert_eq!(names(scratch.path()), ["a", "c", MANIFEST, "mine"]);
    }

    #[test]
    fn a_set_of_which_a_file_fails_changes_nothing() {
        let scratch = Scratch::new();
        let folder = ResultFolder::for_run(scratch.path()).expect("ours");
        write(&folder, &[("a", "1"), ("b", "1")]).expect("ours");
        let before = fs::read(scratch.path().join(MANIFEST)).expect("there");
        fs::create_dir(scratch.path().join("d")).expect("ours");
        write(&folder, &[("a", "2"), ("d", "2")]).expect_err("a folder is in the way");
        drop(folder);
        assert_eq!(names(scratch.path()), ["a", "b", "d", MANIFEST]);
        assert_eq!(
            fs::read(scratch.path().join(MANIFEST)).expect("there"),
            before
        );
        assert_eq!(fs::read(scratch.path().join("a")).expect("there"), b"1");
    }

    #[test]
    fn a_process_that_has_lost_its_claim_writes_nothing() {
        let scratch = Scratch::new();
        let folder = ResultFolder::for_run(scratch.path()).expect("ours");
        fs::write(scratch.path().join("cistron.lock"), "another").expect("ours");
        let error = write(&folder, &[("a", "1")]).expect_err("lost").to_string();
        assert!(error.contains("took this one for dead"), "{error}");
        assert_eq!(names(scratch.path()), ["cistron.lock"]);
    }
}
