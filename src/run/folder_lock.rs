//! One process at a time writes into a folder.
//!
//! `cistron.lock` is created exclusively and names who holds it. It is not an advisory lock of the system, which
//! network file systems may not pass on: its holder touches it every few seconds, and a lock is stale where the holder
//! is on the same machine and has ended, or where the file has not been touched for a minute. A stale lock is moved
//! away and looked at again, since another process may have done so a moment before.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Seek, Write};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use super::files::part_of;

/// Name of the file.
pub(super) const LOCK: &str = "cistron.lock";
/// Between two signs of life.
const BEAT: Duration = Duration::from_secs(5);
/// Without a sign of life for so long, a holder elsewhere is taken to have ended: twelve beats, so that a file
/// system that answers late is not taken for a dead process.
const STALE: Duration = Duration::from_secs(60);
/// Stale locks that are moved away before another process is said to be faster.
const ATTEMPTS: usize = 8;

/// Why a folder cannot be written into.
#[derive(Debug)]
pub(super) enum LockError {
    /// Another process does; in words.
    Busy(String),
    /// The system does not create the file.
    System(io::Error),
}

impl From<io::Error> for LockError {
    fn from(error: io::Error) -> Self {
        Self::System(error)
    }
}

/// Who holds a lock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Holder {
    /// Machine, and the space in which the number of the process is valid.
    host: String,
    process: u32,
    /// When the process began, in ticks of the machine: numbers of processes are used again.
    began: Option<u64>,
    /// Seconds since 1970.
    since: u64,
    /// Tells locks of one process apart.
    nonce: u64,
}

impl Holder {
    fn here() -> Self {
        static LOCKS: AtomicU64 = AtomicU64::new(0);
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        let since = since.unwrap_or_default();
        Self {
            host: host(),
            process: process::id(),
            began: began(process::id()),
            since: since.as_secs(),
            nonce: u64::from(since.subsec_nanos()) << 32 | LOCKS.fetch_add(1, Ordering::Relaxed),
        }
    }

    /// Whether it has ended, where this can be known.
    fn has_ended(&self) -> Option<bool> {
        let known = self.host == host() && self.began.is_some();
        known.then(|| began(self.process) != self.began)
    }
}

/// Name of this machine, which others may have, the number of its start, which none has, and its space of processes,
/// which containers on one machine do not share.
fn host() -> String {
    let name = fs::read_to_string("/proc/sys/kernel/hostname");
    let name = name
        .or_else(|_| std::env::var("HOSTNAME"))
        .unwrap_or_default();
    let boot = fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default();
    let space = fs::read_link("/proc/self/ns/pid").unwrap_or_default();
    let host = format!("{} {} {}", name.trim(), boot.trim(), space.display());
    host.trim().to_owned()
}

/// When a process began, in ticks since the machine did; none if it is not there, or the system does not say.
fn began(process: u32) -> Option<u64> {
    let text = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // the name of the program, in brackets, may hold anything; the state and 19 numbers are between
    let mut fields = text.rsplit_once(')')?.1.split_whitespace();
    let state = fields.next()?;
    let is_over = matches!(state, "Z" | "X");
    (!is_over).then(|| fields.nth(18)?.parse().ok())?
}

/// A lock that this process holds until it is dropped.
#[derive(Debug)]
pub(super) struct FolderLock {
    path: PathBuf,
    text: String,
    beat: Option<(Sender<()>, JoinHandle<()>)>,
}

impl FolderLock {
    /// Takes the lock of a folder.
    pub(super) fn acquire(folder: &Path) -> Result<Self, LockError> {
        let path = folder.join(LOCK);
        let holder = Holder::here();
        // numbers of processes are not unique where machines share a folder
        let part = part_of(&folder.join(format!("lock-{:x}", holder.nonce)));
        let text = serde_json::to_string(&holder).expect("strings and numbers") + "\n";
        for _ in 0..ATTEMPTS {
            // the holder takes away what it finds of others: a file in between may be gone
            if unless_gone(create(&path, &text, &part))?.unwrap_or(false) {
                let beat = Some(start_beat(&path, text.clone())?);
                return Ok(Self { path, text, beat });
            }
            remove_stale(&path, &part)?;
        }
        Err(LockError::Busy(
            "other processes are writing there".to_owned(),
        ))
    }

    /// Whether the lock is still that of this process: it may have been asleep for so long that another one took it.
    pub(super) fn holds(&self) -> bool {
        fs::read_to_string(&self.path).is_ok_and(|text| text == self.text)
    }
}

impl Drop for FolderLock {
    fn drop(&mut self) {
        if let Some((stop, thread)) = self.beat.take() {
            drop(stop);
            // a thread that has ended before is as good
            let _ = thread.join();
        }
        if self.holds() {
            // a lock that stays is stale as soon as this process has ended
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Creates the file with its text; false if there is one.
///
/// A link to a complete file is created rather than the file itself, so that nobody sees half of it; where the file
/// system has no links, the file itself.
fn create(path: &Path, text: &str, part: &Path) -> io::Result<bool> {
    fs::write(part, text)?;
    let linked = fs::hard_link(part, path);
    // one that stays is taken away with what others have left
    let _ = fs::remove_file(part);
    match linked {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(_) => match File::create_new(path) {
            Ok(mut file) => file.write_all(text.as_bytes()).map(|()| true),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
            Err(error) => Err(error),
        },
    }
}

/// Touches the file until the sender is dropped.
fn start_beat(path: &Path, text: String) -> io::Result<(Sender<()>, JoinHandle<()>)> {
    let (stop, stopped) = mpsc::channel::<()>();
    // this very file, whatever has its name later
    let mut file = File::options().write(true).open(path)?;
    let beat = move || {
        while stopped.recv_timeout(BEAT) == Err(RecvTimeoutError::Timeout) {
            // written again rather than given a time: the clock that counts is that of the file system; a beat that
            // is missed is made up for by the next one
            let _ = file.rewind().and_then(|()| file.write_all(text.as_bytes()));
        }
    };
    let thread = thread::Builder::new()
        .name("cistron-lock".to_owned())
        .spawn(beat)?;
    Ok((stop, thread))
}

/// Moves a stale lock away.
///
/// # Errors   [`LockError::Busy`] if it is held.
fn remove_stale(path: &Path, part: &Path) -> Result<(), LockError> {
    let Some((text, age)) = unless_gone(look_at(path, part))? else {
        return Ok(());
    };
    let holder: Option<Holder> = serde_json::from_str(&text).ok();
    let ended = holder.as_ref().and_then(Holder::has_ended);
    if !ended.unwrap_or(age > STALE) {
        return Err(LockError::Busy(in_words(holder.as_ref(), age)));
    }
    unless_gone(move_away(path, part, &text))?;
    Ok(())
}

/// * `text`: what it says if it is the one that was looked at
fn move_away(path: &Path, part: &Path, text: &str) -> io::Result<()> {
    fs::rename(path, part)?;
    if read(part)? != text {
        // another process was faster: this is its lock
        fs::hard_link(part, path)?;
    }
    fs::remove_file(part)
}

/// None if a file was not there.
fn unless_gone<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Text and age of a lock, by the clock of its file system.
fn look_at(path: &Path, part: &Path) -> io::Result<(String, Duration)> {
    let text = read(path)?;
    let touched = fs::metadata(path)?.modified()?;
    File::create(part)?;
    let now = fs::metadata(part)?.modified()?;
    fs::remove_file(part)?;
    // a clock that was set back leaves a lock of the future, which is as old as it is far
    let age = now
        .duration_since(touched)
        .unwrap_or_else(|ahead| ahead.duration());
    Ok((text, age))
}

/// The text of a lock, whatever it is.
fn read(path: &Path) -> io::Result<String> {
    Ok(String::from_utf8_lossy(&fs::read(path)?).into_owned())
}

fn in_words(holder: Option<&Holder>, age: Duration) -> String {
    let who = holder.map_or("a process".to_owned(), |holder| {
        let host = holder.host.split(' ').next().unwrap_or_default();
        format!("process {} on {host}", holder.process)
    });
    format!(
        "{who} is writing there (its last sign of life was {} s ago; after {} s without one its lock is taken over)",
        age.as_secs(),
        STALE.as_secs()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::scratch::Scratch;

    fn leave(folder: &Path, holder: &Holder, age: u64) {
        let path = folder.join(LOCK);
        fs::write(&path, serde_json::to_string(holder).expect("text")).expect("a small file");
        let file = File::options().append(true).open(path).expect("there");
        let touched = SystemTime::now() - Duration::from_secs(age);
        file.set_modified(touched).expect("ours");
    }

    #[test]
    fn a_lock_is_held_until_it_is_dropped() {
        let folder = Scratch::new();
        let lock = FolderLock::acquire(folder.path()).expect("free");
        assert!(lock.holds());
        let Err(LockError::Busy(words)) = FolderLock::acquire(folder.path()) else {
            panic!("held");
        };
        assert!(
            words.contains(&format!("process {}", process::id())),
            "{words}"
        );
        drop(lock);
        assert!(!folder.path().join(LOCK).exists());
        assert!(FolderLock::acquire(folder.path()).is_ok());
    }

    #[test]
    fn the_lock_of_a_process_that_has_ended_is_taken_over_at_once_where_this_can_be_known() {
        let folder = Scratch::new();
        let here = Holder::here();
        let reused = Holder {
            began: here.began.map(|ticks| ticks + 1),
            ..here.clone()
        };
        let elsewhere = Holder {
            host: "another".to_owned(),
            ..here.clone()
        };
        let knows = here.began.is_some();
        for (holder, age, free) in [
            (&reused, 0, knows),
            (&here, 1_000, !knows),
            (&elsewhere, 30, false),
            (&elsewhere, 90, true),
        ] {
            leave(folder.path(), holder, age);
            let taken = FolderLock::acquire(folder.path());
            assert_eq!(taken.is_ok(), free, "{holder:?}, {age} s");
        }
    }

    #[test]
    fn half_a_lock_is_stale_only_after_a_while() {
        let folder = Scratch::new();
        fs::write(folder.path().join(LOCK), "{\"host\":").expect("a small file");
        assert!(matches!(
            FolderLock::acquire(folder.path()),
            Err(LockError::Busy(_))
        ));
        let file = File::options().append(true).open(folder.path().join(LOCK));
        let touched = SystemTime::now() - Duration::from_secs(90);
        file.expect("there").set_modified(touched).expect("ours");
        assert!(FolderLock::acquire(folder.path()).is_ok());
    }

    #[test]
    fn one_of_many_that_find_a_stale_lock_gets_it() {
        for _ in 0..50 {
            let folder = Scratch::new();
            let elsewhere = Holder {
                host: "another".to_owned(),
                ..Holder::here()
            };
            leave(folder.path(), &elsewhere, 90);
            let held: Vec<Option<FolderLock>> = thread::scope(|scope| {
                let tries: Vec<_> = (0..4)
                    .map(|_| scope.spawn(|| FolderLock::acquire(folder.path()).ok()))
                    .collect();
                tries
                    .into_iter()
                    .map(|one| one.join().expect("no panic"))
                    .collect()
            });
            let holders = held.iter().flatten().filter(|lock| lock.holds()).count();
            assert_eq!(holders, 1);
        }
    }
}
