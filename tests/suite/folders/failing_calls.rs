//! A kill, or an error of the system, at any call that changes a file.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};

use cistron::run::{PublishedFolder, Run};

use crate::run::{Folder, run_text, table};

const NO_SPACE: &str = "28";
const IO_ERROR: &str = "5";
const INFER: [&str; 9] = [
    "infer",
    "d.tsv",
    "-o",
    "out",
    "--pairs",
    "2",
    "--threads",
    "1",
    "--quiet",
];

/// A library that fails at a call, built once for a folder.
struct Failing {
    folder: Folder,
    library: PathBuf,
}

impl Failing {
    fn new() -> Self {
        let folder = Folder::with(&[("d.tsv", table(3, 2, 6).as_bytes())]);
        let library = folder.path("fail.so");
        let source = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../tests/suite/folders/fail.c"
        );
        let built = Command::new("cc")
            .args(["-shared", "-fPIC", "-o"])
            .arg(&library)
            .args([source, "-ldl"])
            .status();
        assert!(built.expect("a C compiler").success());
        Self { folder, library }
    }

    fn run(&self, args: &[&str], at: usize, with: &str) -> ExitStatus {
        Command::new(env!("CARGO_BIN_EXE_cistron"))
            .current_dir(self.folder.path(""))
            .env("LD_PRELOAD", &self.library)
            .env("FAIL_AT", at.to_string())
            .env("FAIL_WITH", with)
            .env("FAIL_COUNT", self.folder.path("count"))
            .args(args)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .expect("the binary runs")
    }

    /// Number of the calls of a command that change files.
    fn calls(&self, args: &[&str]) -> usize {
        assert!(self.run(args, 0, "kill").success());
        let count: usize = self.folder.read("count").trim().parse().expect("a count");
        assert!(count > 20, "{count} calls: they are not seen");
        count
    }

    /// Puts a folder in the place of another one.
    fn copy(&self, from: &str, to: &str) {
        let (from, to) = (self.folder.path(from), self.folder.path(to));
        let _ = fs::remove_dir_all(&to);
        let copied = Command::new("cp").arg("-r").args([from, to]).status();
        assert!(copied.expect("cp runs").success());
    }

    /// A run as text, if it can be read.
    fn readable(&self) -> Option<String> {
        Run::open(self.folder.path("out"))
            .ok()
            .map(|run| run_text(&run))
    }
}

/// `INFER` with a seed and without pages.
fn infer(seed: &'static str) -> Vec<&'static str> {
    [&INFER[..], &["--no-report", "--seed", seed]].concat()
}

#[test]
fn a_kill_at_any_call_leaves_the_old_run_the_new_one_or_none_and_the_next_run_the_same_bytes() {
    let failing = Failing::new();
    let folder = &failing.folder;
    let calls = failing.calls(&infer("2"));
    let new = failing.readable();
    failing.copy("out", "new");
    assert!(failing.run(&infer("1"), 0, "kill").success());
    let old = failing.readable();
    assert!(old.is_some() && new.is_some() && old != new);
    failing.copy("out", "old");
    for at in 1..=calls {
        failing.copy("old", "out");
        let killed = failing.run(&infer("2"), at, "kill");
        assert!(!killed.success(), "call {at}");
        let left = failing.readable();
        assert!(
            left.is_none() || left == old || left == new,
            "call {at}: a mixture"
        );
        assert!(failing.run(&infer("2"), 0, "kill").success(), "call {at}");
        assert!(folder.same_results("out", "new"), "call {at}");
        assert_eq!(folder.names("out"), folder.names("new"), "call {at}");
    }
}

#[test]
fn an_error_at_any_call_is_reported_or_harmless_and_the_next_run_has_the_same_bytes() {
    let failing = Failing::new();
    let folder = &failing.folder;
    let calls = failing.calls(&INFER);
    let new = failing.readable();
    failing.copy("out", "new");
    for (at, with) in (1..=calls).flat_map(|at| [(at, NO_SPACE), (at, IO_ERROR)]) {
        let _ = fs::remove_dir_all(folder.path("out"));
        let ran = failing.run(&INFER, at, with);
        let left = failing.readable();
        if ran.success() {
            assert!(left == new, "call {at}: success without the results");
        } else {
            assert_eq!(ran.code(), Some(2), "call {at}");
            assert!(left.is_none() || left == new, "call {at}: a mixture");
        }
        assert!(failing.run(&INFER, 0, "kill").success(), "call {at}");
        assert!(folder.same_results("out", "new"), "call {at}");
        assert_eq!(folder.names("out"), folder.names("new"), "call {at}");
    }
}

#[test]
fn a_kill_while_pages_are_written_leaves_a_run_that_can_be_read() {
    let failing = Failing::new();
    let calls = failing.calls(&INFER);
    let whole = failing.folder.names("out/pictures");
    let new = failing.readable();
    assert!(whole.len() > 2 && new.is_some());
    for at in 1..=calls {
        let _ = fs::remove_dir_all(failing.folder.path("out"));
        failing.run(&INFER, at, "kill");
        let left = failing.readable();
        assert!(left.is_none() || left == new, "call {at}");
        assert!(failing.run(&INFER, 0, "kill").success(), "call {at}");
        assert_eq!(failing.folder.names("out/pictures"), whole, "call {at}");
    }
}

#[test]
fn a_kill_or_an_error_while_an_answer_is_written_leaves_the_old_one_the_new_one_or_none() {
    let failing = Failing::new();
    let folder = &failing.folder;
    assert!(failing.run(&infer("1"), 0, "kill").success());
    let ask = |gene: &'static str| ["perturb", "out", "--ko", gene, "-o", "answer", "--quiet"];
    let tables = ["response.tsv", "effects.tsv"];
    let readable = || {
        let set = PublishedFolder::open(&folder.path("answer")).ok()??;
        let texts = tables.map(|name| {
            set.file(name)
                .is_ok()
                .then(|| folder.read(&format!("answer/{name}")))
        });
        Some(texts)
    };
    assert!(failing.run(&ask("g0"), 0, "kill").success());
    let old = readable();
    failing.copy("answer", "old");
    let calls = failing.calls(&ask("g1"));
    let new = readable();
    assert!(old.is_some() && new.is_some() && old != new);
    let names = folder.names("answer");
    for (at, with) in (1..=calls).flat_map(|at| [(at, "kill"), (at, NO_SPACE), (at, IO_ERROR)]) {
        failing.copy("old", "answer");
        let ran = failing.run(&ask("g1"), at, with);
        let left = readable();
        assert!(
            left.is_none() || left == old || left == new,
            "call {at}, {with}: a mixture"
        );
        assert!(
            !ran.success() || left == new,
            "call {at}, {with}: success without the results"
        );
        assert!(
            failing.run(&ask("g1"), 0, "kill").success(),
            "call {at}, {with}"
        );
        assert!(
            readable() == new && folder.names("answer") == names,
            "call {at}, {with}"
        );
    }
}
