//! Every reader on files that are damaged at random: none panics, none goes on for ever.
//!
//! In release mode a million files are read, in debug mode a few thousand; `CISTRON_FUZZ=100000000` says
//! another number. The same number damages a file in the same way on any number of threads.

mod corpus;
mod damage;

use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;

use corpus::{Input, Known};
use damage::{Dice, damaged};

/// Files that are read at a time by one thread.
const BLOCK: usize = 256;
/// Time after which a reader of a few kilobytes hangs.
const HANGS: Duration = Duration::from_secs(60);

fn count() -> usize {
    let default = if cfg!(debug_assertions) {
        5_000
    } else {
        1_000_000
    };
    std::env::var("CISTRON_FUZZ").map_or(default, |count| count.parse().expect("a number of files"))
}

/// File number `number`, and the reader that gets it: most often the one that it is meant for.
fn file(inputs: &[Input], number: usize) -> (&Input, Vec<u8>) {
    let mut dice = Dice::new(number as u64);
    let mut one = || &inputs[dice.below(inputs.len())];
    let (input, other) = (one(), one());
    let own = dice.below(8) > 0;
    let mut bytes = damaged(
        if own { &input.bytes } else { &other.bytes },
        &other.bytes,
        &mut dice,
    );
    if dice.below(64) == 0 {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(&bytes).expect("memory");
        bytes = encoder.finish().expect("memory");
        if dice.below(2) == 0 {
            bytes = damaged(&bytes, &[], &mut dice);
        }
    }
    (input, bytes)
}

/// What the threads do, and what went wrong.
struct Attack<'a> {
    inputs: &'a [Input],
    known: &'a Known,
    count: usize,
    next: AtomicUsize,
    /// How many files are still sound.
    sound: AtomicUsize,
    over: AtomicBool,
    faults: Mutex<Vec<String>>,
}

impl Attack<'_> {
    /// * `now`: number of the file that is being read
    fn work(&self, now: &AtomicUsize) {
        loop {
            let start = self.next.fetch_add(BLOCK, Ordering::Relaxed);
            if start >= self.count || self.over.load(Ordering::Relaxed) {
                return;
            }
            for number in start..(start + BLOCK).min(self.count) {
                now.store(number, Ordering::Relaxed);
                let (input, bytes) = file(self.inputs, number);
                let read = catch_unwind(AssertUnwindSafe(|| (input.read)(&bytes, self.known)));
                match read {
                    Ok(sound) => drop(self.sound.fetch_add(usize::from(sound), Ordering::Relaxed)),
                    Err(_) => self.note(number, input, &bytes, "panics"),
                }
            }
        }
    }

    fn note(&self, number: usize, input: &Input, bytes: &[u8], what: &str) {
        let text = String::from_utf8_lossy(bytes);
        let fault = format!(
            "the reader of {} {what} at file {number}: {text:?}",
            input.name
        );
        let mut faults = self.faults.lock().expect("no panic inside");
        faults.push(fault);
        if faults.len() >= 20 {
            self.over.store(true, Ordering::Relaxed);
        }
    }

    /// Watches the threads until all are done; a reader that hangs ends the process.
    fn watch(&self, threads: &[AtomicUsize], running: &AtomicUsize) {
        let mut seen = vec![(usize::MAX, Instant::now()); threads.len()];
        while running.load(Ordering::Acquire) > 0 {
            thread::sleep(Duration::from_millis(20));
            for (now, seen) in threads.iter().zip(&mut seen) {
                let number = now.load(Ordering::Relaxed);
                if seen.0 != number {
                    *seen = (number, Instant::now());
                } else if number != usize::MAX && seen.1.elapsed() > HANGS {
                    let (input, bytes) = file(self.inputs, number);
                    self.note(number, input, &bytes, "hangs");
                    let faults = self.faults.lock().expect("no panic inside");
                    // a thread cannot be stopped, and the test would never end
                    writeln!(std::io::stderr(), "{}", faults.join("\n")).ok();
                    std::process::abort();
                }
            }
        }
    }
}

#[test]
fn no_reader_panics_or_hangs_on_damaged_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let known = corpus::known();
    let inputs = corpus::inputs(&known, folder.path());
    let attack = Attack {
        inputs: &inputs,
        known: &known,
        count: count(),
        next: AtomicUsize::new(0),
        sound: AtomicUsize::new(0),
        over: AtomicBool::new(false),
        faults: Mutex::default(),
    };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let threads: Vec<AtomicUsize> = (0..cores).map(|_| AtomicUsize::new(usize::MAX)).collect();
    let running = AtomicUsize::new(cores);
    let start = Instant::now();
    thread::scope(|scope| {
        for now in &threads {
            let (attack, running) = (&attack, &running);
            scope.spawn(move || {
                attack.work(now);
                now.store(usize::MAX, Ordering::Relaxed);
                running.fetch_sub(1, Ordering::Release);
            });
        }
        attack.watch(&threads, &running);
    });
    let seconds = start.elapsed().as_secs_f64();
    let rate = attack.count as f64 / seconds;
    let sound = attack.sound.into_inner() as f64 / attack.count as f64;
    let count = attack.count;
    writeln!(
        std::io::stderr(),
        "{count} files in {seconds:.1} s, {rate:.0} per second, {:.0} % sound",
        100.0 * sound
    )
    .ok();
    let faults = attack.faults.into_inner().expect("no panic inside");
    assert!(
        faults.is_empty(),
        "{} faults\n{}",
        faults.len(),
        faults.join("\n")
    );
    // readers are seen from inside, not only at their door
    assert!(
        (0.05..0.95).contains(&sound),
        "{sound} of the files are sound"
    );
}

#[test]
fn the_files_that_are_damaged_are_sound_before() {
    let folder = tempfile::tempdir().expect("a folder");
    let known = corpus::known();
    let inputs = corpus::inputs(&known, folder.path());
    let refused = inputs
        .iter()
        .filter(|input| !(input.read)(&input.bytes, &known));
    let refused: Vec<&str> = refused.map(|input| input.name).collect();
    assert_eq!(refused, [""; 0]);
}
