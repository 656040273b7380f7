//! The same seed gives the same bytes: for any number of threads, and after a kill.

use std::fs;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::run::{Folder, RESULTS, scattered, shipped, table};

fn motility() -> Folder {
    Folder::with(&[("d.tsv", &shipped("ecoli_motility/timeseries.tsv"))])
}

fn wide() -> Folder {
    Folder::with(&[("d.tsv", table(100, 4, 12).as_bytes())])
}

fn run(folder: &Folder, out: &str, args: &[&str]) {
    let all = ["infer", "d.tsv", "--quiet", "-o", out];
    folder.cistron(&[&all, args].concat()).with_code(0);
}

#[test]
fn one_and_two_threads_give_the_same_bytes_and_another_seed_others() {
    for (folder, pairs) in [(motility(), "10"), (wide(), "4")] {
        run(&folder, "one", &["--pairs", pairs, "--threads", "1"]);
        run(&folder, "two", &["--pairs", pairs, "--threads", "2"]);
        assert!(folder.same_results("one", "two"));
        run(&folder, "other", &["--pairs", pairs, "--seed", "2"]);
        let edges = |out: &str| folder.read(&format!("{out}/edges.tsv"));
        assert_ne!(edges("one"), edges("other"));
    }
}

/// Starts a run, and kills it as soon as it has kept something.
fn killed(folder: &Folder, args: &[&str]) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_cistron"))
        .current_dir(folder.path(""))
        .args(args)
        .stderr(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .expect("the binary runs");
    wait_for_checkpoint(folder, &mut child);
    child.kill().expect("it still runs");
    child.wait().expect("it is over");
}

fn wait_for_checkpoint(folder: &Folder, child: &mut Child) {
    let start = Instant::now();
    while !folder.path("out/checkpoint.bin").exists() {
        let ended = child.try_wait().expect("a child of ours");
        assert!(ended.is_none(), "ended without a checkpoint: {ended:?}");
        assert!(start.elapsed() < Duration::from_secs(60), "no checkpoint");
        sleep(Duration::from_millis(1));
    }
}

#[test]
fn a_run_that_was_killed_goes_on_to_the_same_bytes() {
    let folder = wide();
    let args = ["infer", "d.tsv", "-o", "out", "--pairs", "20"];
    killed(&folder, &[&args[..], &["--threads", "2"]].concat());
    let left = folder.names("out");
    assert!(
        RESULTS
            .iter()
            .all(|name| !left.contains(&(*name).to_owned()))
    );
    assert!(!left.contains(&"run.json".to_owned()));
    folder.write("out/nodes.tsv.cistron-999999999.part", b"half of");
    let again = folder.cistron(&[&args[..], &["--threads", "1"]].concat());
    again
        .with_code(0)
        .says("note: going on from out/checkpoint.bin: ");
    run(&folder, "whole", &["--pairs", "20"]);
    assert!(folder.same_results("out", "whole"));
    assert_eq!(folder.names("out"), folder.names("whole"));
    assert!(!folder.path("out/checkpoint.bin").exists());
}

/// Small tables of which everything is fitted, but edges.tsv could not be written.
fn fitted() -> Folder {
    let folder = Folder::with(&[
        ("d.tsv", table(5, 3, 6).as_bytes()),
        ("r.txt", b"g0\ng1\ng2\n"),
        ("p.tsv", b"regulator\ttarget\ng0\tg1\ng1\tg2\n"),
        ("kept/edges.tsv/file", b""),
    ]);
    let ran = folder.cistron(&[&["infer", "-o", "kept"], &BASE[..]].concat());
    ran.with_code(2).says("kept/edges.tsv: cannot be written");
    assert_eq!(folder.names("kept"), ["checkpoint.bin", "edges.tsv"]);
    folder
}

const BASE: [&str; 6] = [
    "d.tsv",
    "--regulators=r.txt",
    "--prior=p.tsv",
    "--pairs=3",
    "--seed=1",
    "--threads=1",
];

const FOREIGN: &str = "belongs to other data or settings, or to another version; it is discarded, \
                       and all targets are fitted again";
const DAMAGED: &str = "is damaged; it is discarded, and all targets are fitted again";

/// What a run with these arguments says of the checkpoint of [`fitted`].
fn resumed(folder: &Folder, args: &[&str]) -> String {
    fs::create_dir_all(folder.path("next")).expect("a new folder");
    fs::copy(
        folder.path("kept/checkpoint.bin"),
        folder.path("next/checkpoint.bin"),
    )
    .expect("kept");
    let ran = folder.cistron(&[&["infer", "-o", "next"], args].concat());
    ran.with_code(0).log
}

/// The base arguments, one of them replaced or left out, one added.
fn changed<'a>(from: &str, to: &'a str) -> Vec<&'a str> {
    let kept = BASE.iter().copied().filter(|arg| *arg != from);
    kept.chain((!to.is_empty()).then_some(to)).collect()
}

#[test]
fn a_checkpoint_serves_other_paths_threads_and_outputs() {
    let folder = fitted();
    fs::copy(folder.path("d.tsv"), folder.path("same.tsv")).expect("a copy");
    let going_on = "going on from next/checkpoint.bin: 5 targets are finished";
    for (from, to) in [
        ("", ""),
        ("d.tsv", "same.tsv"),
        ("--threads=1", "--threads=2"),
        ("", "--top=3"),
        ("", "--graph-edges=2"),
        ("", "--strict"),
        ("", "--genes=columns"),
        ("", "--no-refit"),
    ] {
        let log = resumed(&folder, &changed(from, to));
        assert!(log.contains(going_on), "{to}: {log}");
    }
    for added in ["--threads=1", "--no-refit"] {
        run(&folder, "fresh", &[&BASE[1..5], &[added]].concat());
        resumed(&folder, &[&BASE[..5], &[added]].concat());
        assert!(folder.same_results("next", "fresh"), "{added}");
    }
}

#[test]
fn a_checkpoint_of_other_settings_is_not_used() {
    let folder = fitted();
    for (from, to) in [
        ("--seed=1", "--seed=2"),
        ("--pairs=3", "--pairs=4"),
        ("", "--transform=log1p"),
        ("", "--shift-at=3"),
        ("", "--window=heat=1:3"),
        ("", "--window=s1/heat=1:3"),
        ("", "--prior-mode=allowed"),
        ("", "--prior-mode=forbidden"),
        ("--prior=p.tsv", ""),
        ("--regulators=r.txt", ""),
        ("", "--penalty=lasso"),
        ("", "--penalty=mcp"),
        ("", "--penalty=sparse-group"),
        ("", "--linear"),
        ("", "--ignore=g4"),
    ] {
        let args = changed(from, to);
        let log = resumed(&folder, &args);
        assert!(log.contains(FOREIGN), "{from} {to}: {log}");
        folder
            .cistron(&[&["infer", "-o", "fresh", "--quiet"], &args[..]].concat())
            .with_code(0);
        assert!(folder.same_results("next", "fresh"), "{from} {to}");
    }
}

#[test]
fn a_checkpoint_of_other_contents_is_not_used() {
    for (file, text) in [
        ("d.tsv", table(5, 3, 6).replacen("s2\t5\t", "s2\t5.5\t", 1)),
        ("d.tsv", table(5, 3, 6).replacen("g4", "g5", 1)),
        ("r.txt", "g0\ng1\ng3\n".to_owned()),
        (
            "p.tsv",
            "regulator\ttarget\tweight\ng0\tg1\t2\ng1\tg2\t1\n".to_owned(),
        ),
    ] {
        let folder = fitted();
        assert_ne!(folder.read(file), text, "{file}");
        folder.write(file, text.as_bytes());
        let log = resumed(&folder, &BASE);
        assert!(log.contains(FOREIGN), "{file}: {log}");
        run(&folder, "fresh", &BASE[1..]);
        assert!(folder.same_results("next", "fresh"), "{file}");
    }
}

/// Flips of every byte are in the tests of the library; here a few go through the program.
#[test]
fn a_damaged_checkpoint_is_discarded_and_all_is_fitted_again() {
    let folder = fitted();
    run(&folder, "fresh", &BASE[1..]);
    let whole = fs::read(folder.path("kept/checkpoint.bin")).expect("kept");
    let flipped = |at: usize| {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        bytes
    };
    let last = whole.len() - 1;
    let mut damaged: Vec<Vec<u8>> = [0, 3, 20, 30, 60, 90, last / 3, last / 2, last]
        .map(flipped)
        .to_vec();
    damaged.push(Vec::new());
    damaged.push(whole[..whole.len() / 2].to_vec());
    damaged.push(whole[..last].to_vec());
    damaged.push([&whole[..20], &[0xff; 40]].concat());
    for bytes in damaged {
        folder.write("kept/checkpoint.bin", &bytes);
        let log = resumed(&folder, &BASE);
        assert!(log.contains("warning: next/checkpoint.bin"), "{log}");
        assert!(log.contains(DAMAGED), "{log}");
        assert!(folder.same_results("next", "fresh"));
    }
    folder.write(
        "kept/checkpoint.bin",
        b"cistron checkpoint 2\n of an earlier version",
    );
    assert!(resumed(&folder, &BASE).contains(FOREIGN));
    assert!(folder.same_results("next", "fresh"));
}

#[test]
fn a_run_on_steady_states_without_series_goes_on_as_well() {
    let mut text = (0..150).map(|g| format!("\tg{g}")).collect::<String>();
    for sample in 0..80 {
        let level = |g: usize| 5.0 + scattered(7 * sample + g % 11) + scattered(150 * sample + g);
        let levels = (0..150).map(|g| format!("\t{:.4}", level(g)));
        text += &format!("\ns{sample}{}", levels.collect::<String>());
    }
    let folder = Folder::with(&[("s.tsv", text.as_bytes())]);
    let args = ["infer", "--steady", "s.tsv", "--genes", "columns", "-o"];
    let more = ["--pairs", "400", "--no-report"];
    killed(&folder, &[&args[..], &["out"], &more].concat());
    let again = folder.cistron(&[&args[..], &["out"], &more].concat());
    again
        .with_code(0)
        .says("note: going on from out/checkpoint.bin: ");
    folder
        .cistron(&[&args[..], &["whole"], &more].concat())
        .with_code(0);
    assert!(folder.same_results("out", "whole"));
}
