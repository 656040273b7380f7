//! What the library depends on.

use std::collections::BTreeSet;
use std::process::Command;

use crate::source::root;

/// Most crates below the library, itself included.
const MOST: usize = 112;

/// Crates that other parts of the project need, or that nothing needs any more.
const ELSEWHERE: [&str; 8] = [
    "axum", "clap", "diffsol", "plotters", "resvg", "skrifa", "tokio", "usvg",
];

/// The lines of `cargo tree`, each once.
fn tree(args: &[&str]) -> BTreeSet<String> {
    let tree = Command::new(env!("CARGO"))
        .current_dir(root())
        .args([
            "tree",
            "--locked",
            "--offline",
            "--no-dedupe",
            "--prefix",
            "none",
        ])
        .args(args)
        .output()
        .expect("cargo runs");
    let errors = String::from_utf8_lossy(&tree.stderr);
    assert!(tree.status.success(), "{errors}");
    let lines = String::from_utf8_lossy(&tree.stdout).into_owned();
    lines.lines().map(|line| line.trim().to_owned()).collect()
}

#[test]
fn the_library_has_few_dependencies() {
    let crates = tree(&["--edges", "normal", "-p", "cistron", "--format", "{p}"]);
    let count = crates.len();
    assert!(
        count > 10 && count <= MOST,
        "{count} crates, at most {MOST}: {crates:?}"
    );
    let names = crates.iter().filter_map(|name| name.split(' ').next());
    let strange: Vec<&str> = names.filter(|name| ELSEWHERE.contains(name)).collect();
    assert_eq!(strange, [""; 0]);
}

/// `cargo run` and `cargo test` then share the build of every dependency.
#[test]
fn tests_ask_for_no_other_features_of_a_dependency_than_the_program() {
    let format = ["--workspace", "--format", "{p} {f}", "--edges"];
    let program = tree(&[&format[..], &["normal,build"]].concat());
    let tests = tree(&[&format[..], &["normal,build,dev"]].concat());
    assert!(program.len() > 50, "{program:?}");
    let different: Vec<&String> = program.difference(&tests).collect();
    assert!(
        different.is_empty(),
        "other features in tests: {different:?}"
    );
}
