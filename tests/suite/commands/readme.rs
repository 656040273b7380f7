//! Every command of the README works as it is printed, in a folder with the files that it names.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use crate::run::{Folder, shipped};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Lines of the blocks of commands, without those that are not ours.
fn commands() -> Vec<String> {
    let text = fs::read_to_string(root().join("README.md")).expect("part of the repository");
    let (mut commands, mut inside) = (Vec::new(), false);
    for line in text.lines() {
        if line.starts_with("```") {
            inside = line == "```sh";
        } else if inside {
            let own = line.replacen("cargo run --release --", "cistron", 1);
            if own.starts_with("cistron ") {
                commands.push(own);
            } else {
                assert!(line.starts_with("cargo test"), "another command: {line}");
            }
        }
    }
    commands
}

/// What stands for the reader's own files.
fn own_files(folder: &Folder) {
    let series = shipped("ecoli_motility/timeseries.tsv");
    folder.write("expression.tsv", &series);
    folder.write(
        "expression.csv",
        b"gene,s1,s2,s3,s4,s5,s6\nA,1,2,4,7,9,9\nB,3,2,2,1,1,1\nC,5,4,6,5,4,6\n",
    );
    folder.write(
        "samples.tsv",
        b"sample\ttime\ns1\t0\ns2\t1\ns3\t2\ns4\t3\ns5\t4\ns6\t5\n",
    );
    let tables: [(&str, &[u8]); 3] = [
        ("MEASURED.tsv", b"perturbed\tcrp\tfliA\tfliL\n\t0.3\t0.5\t0.4\nfliA+hns\t0.3\t0\t0.1\nhns+crp\t0\t0.2\t0.2\n"),
        ("wt.tsv", b"crp\tfliA\tfliL\n0.3\t0.5\t0.4\n"),
        ("ko.tsv", b"perturbed\tcrp\tfliA\tfliL\nfliA\t0.3\t0\t0.1\nhns\t0.3\t0.5\t0.4\ncrp\t0\t0.2\t0.2\n"),
    ];
    tables
        .iter()
        .for_each(|(name, text)| folder.write(name, text));
    folder.write("my_model.toml", &shipped("mcad/model.toml"));
    folder.bash("gzip expression.csv").with_code(0);
    let generate = |args: &[&str]| {
        folder
            .cistron(&[&["generate", "--quiet"], args].concat())
            .with_code(0);
    };
    generate(&["mcad", "--cells", "100", "-o", "CELLS"]);
    fs::rename(folder.path("CELLS/cells"), folder.path("BEELINE_FOLDER")).expect("generated");
    generate(&[
        "--random", "12", "--series", "4", "--steady", "all", "-o", "FOLDER/a",
    ]);
    let one = |name: &str| folder.path(&format!("FOLDER/a/{name}"));
    fs::rename(one("truth.tsv"), one("gold.tsv")).expect("generated");
    fs::copy(one("multifactorial.tsv"), folder.path("steady.tsv")).expect("generated");
    let gold = folder.read("FOLDER/a/gold.tsv");
    let pairs = gold
        .lines()
        .skip(1)
        .map(|line| line.split('\t').collect::<Vec<_>>());
    let regulators: Vec<&str> = pairs.clone().map(|cells| cells[0]).collect();
    folder.write("tfs.txt", regulators.join("\n").as_bytes());
    let list: String = pairs
        .map(|cells| format!("{}\t{}\t1\n", cells[0], cells[1]))
        .collect();
    folder.write("FOLDER/a/genie3.tsv", list.as_bytes());
}

#[test]
fn every_command_works_as_it_is_printed() {
    let folder = Folder::with(&[]);
    for name in ["networks", "examples"] {
        let there = root()
            .join(name)
            .canonicalize()
            .expect("part of the repository");
        symlink(there, folder.path(name)).expect("a link");
    }
    own_files(&folder);
    let commands = commands();
    assert!(commands.len() > 25, "{commands:?}");
    for command in commands {
        // one that waits for a browser, and comparisons that take minutes
        let command = command
            .replacen("cistron explore RUN", "cistron explore --help", 1)
            .replacen("cistron bench", "cistron bench --methods correlation", 1);
        let ran = folder.bash(&format!("cistron() {{ \"$0\" \"$@\"; }}; {command}"));
        assert_eq!(ran.code, 0, "{command}\n{}", ran.log);
    }
}

#[test]
fn every_help_ends_with_examples() {
    let folder = Folder::with(&[]);
    for command in ["infer", "perturb", "score", "export", "plot", "bench"] {
        let help = folder.cistron(&[command, "--help"]).with_code(0).out;
        let examples = help.split("Examples:\n").nth(1).expect(command);
        assert!(examples.lines().count() >= 3, "{command}");
        let own = format!("  cistron {command} ");
        assert!(
            examples.lines().all(|line| line.starts_with(&own)),
            "{examples}"
        );
    }
}
