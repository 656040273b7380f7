//! Two processes in one folder: one of them writes.

use std::fs;
use std::process::{Child, Command, Output, Stdio};

use crate::run::{Folder, RESULTS, table};

/// Pairs of processes that start together.
const PAIRS: usize = 24;

fn start(folder: &Folder, seed: &str) -> Child {
    Command::new(env!("CARGO_BIN_EXE_cistron"))
        .current_dir(folder.path(""))
        .args([
            "infer",
            "d.tsv",
            "-o",
            "out",
            "--pairs",
            "4",
            "--threads",
            "1",
            "--no-report",
            "--seed",
            seed,
        ])
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("the binary runs")
}

fn ended(child: Child) -> Output {
    child.wait_with_output().expect("it ends")
}

#[test]
fn of_two_processes_in_one_folder_one_writes_and_the_other_says_so() {
    let folder = Folder::with(&[("d.tsv", table(6, 3, 8).as_bytes())]);
    for seed in ["1", "2"] {
        let child = start(&folder, seed);
        assert!(ended(child).status.success());
        fs::rename(folder.path("out"), folder.path(&format!("seed{seed}"))).expect("ours");
    }
    let mut refused = 0;
    for _ in 0..PAIRS {
        let both = [start(&folder, "1"), start(&folder, "2")].map(ended);
        let log = |at: usize| String::from_utf8_lossy(&both[at].stderr).into_owned();
        assert!(
            both.iter().any(|one| one.status.success()),
            "{}{}",
            log(0),
            log(1)
        );
        for (at, one) in both.iter().enumerate() {
            if !one.status.success() {
                assert_eq!(one.status.code(), Some(2));
                assert!(
                    log(at).contains("is writing there (its last sign of life"),
                    "{}",
                    log(at)
                );
                assert!(
                    log(at).contains("wait until it has ended, or give another folder"),
                    "{}",
                    log(at)
                );
                refused += 1;
            }
        }
        assert!(
            ["seed1", "seed2"]
                .iter()
                .any(|seed| folder.same_results("out", seed))
        );
        let names = folder.names("out");
        assert_eq!(names, folder.names("seed1"));
        assert!(
            RESULTS
                .iter()
                .all(|name| names.contains(&(*name).to_owned()))
        );
        fs::remove_dir_all(folder.path("out")).expect("ours");
    }
    assert!(refused > PAIRS / 2, "{refused} of {PAIRS} overlapped");
}
