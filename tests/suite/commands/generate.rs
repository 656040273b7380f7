//! `cistron generate`, as a user meets it.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use tempfile::{TempDir, tempdir};

fn cistron(args: &[&str]) -> assert_cmd::assert::Assert {
    let mut command = Command::cargo_bin("cistron").expect("the binary is built");
    command.args(args).assert()
}

fn path(folder: &TempDir, name: &str) -> String {
    folder.path().join(name).display().to_string()
}

fn read(folder: &TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).expect("the file was written")
}

/// What the program says about a fault, without the word before it.
fn refusal(args: &[&str]) -> String {
    let output = cistron(args).failure().code(2).get_output().stderr.clone();
    let text = String::from_utf8(output).expect("text");
    text.trim_end().trim_start_matches("error: ").to_owned()
}

#[test]
fn everything_that_can_be_measured_is_written_in_the_layouts_of_the_field() {
    let folder = tempdir().expect("a folder");
    let out = path(&folder, "OUT");
    cistron(&[
        "generate",
        "--random",
        "10",
        "--steady",
        "all",
        "--cells",
        "40",
        "--velocity",
        "--library",
        "500",
        "-o",
        &out,
    ])
    .success();
    let header = |file: &str| {
        let text = read(&folder, &format!("OUT/{file}"));
        text.lines().next().expect("a header").replace('\t', " ")
    };
    let genes = header("wildtype.tsv");
    assert_eq!(genes.split(' ').count(), 10);
    assert_eq!(header("timeseries.tsv"), format!("series time {genes}"));
    assert_eq!(header("multifactorial.tsv"), genes);
    for file in ["knockouts.tsv", "knockdowns.tsv", "overexpression.tsv"] {
        assert_eq!(header(file), format!("perturbed {genes}"));
        let rows = read(&folder, &format!("OUT/{file}")).lines().count();
        assert_eq!(rows, 11, "{file}");
    }
    assert_eq!(header("dualknockouts_pairs.tsv"), "gene_i gene_j");
    assert_eq!(
        header("dualknockouts_truth.tsv"),
        format!("gene_i gene_j {genes}")
    );
    assert_eq!(header("truth.tsv"), "source target sign");
    let commas = genes.replace(' ', ",");
    assert!(header("cells/snapshots.csv").ends_with(&commas));
    for file in ["ExpressionData.csv", "unspliced.csv", "velocity.csv"] {
        let rows = read(&folder, &format!("OUT/cells/{file}")).lines().count();
        assert_eq!(rows, 11, "{file}");
    }
}

#[test]
fn a_knocked_out_gene_is_at_zero_in_its_own_row() {
    let folder = tempdir().expect("a folder");
    let out = path(&folder, "OUT");
    let exact = ["--noise", "0", "--error", "0,0"];
    let asked = [
        "generate",
        "--random",
        "20",
        "--steady",
        "knockouts",
        "-o",
        &out,
    ];
    cistron(&[&asked[..], &exact].concat()).success();
    let table = read(&folder, "OUT/knockouts.tsv");
    for (at, row) in table.lines().skip(1).enumerate() {
        assert_eq!(row.split('\t').nth(at + 1), Some("0"), "row {at}");
    }
}

#[test]
fn what_is_generated_is_inferred_and_scored() {
    let folder = tempdir().expect("a folder");
    let (out, run, cells) = (
        path(&folder, "OUT"),
        path(&folder, "RUN"),
        path(&folder, "CELLS"),
    );
    cistron(&[
        "generate",
        "bifurcating",
        "--cells",
        "150",
        "-q",
        "-o",
        &out,
    ])
    .success();
    let (series, truth) = (
        path(&folder, "OUT/timeseries.tsv"),
        path(&folder, "OUT/truth.tsv"),
    );
    cistron(&["infer", &series, "--pairs", "3", "-q", "-o", &run]).success();
    cistron(&["score", &path(&folder, "RUN/edges.tsv"), &truth]).success();
    let beeline = path(&folder, "OUT/cells");
    cistron(&["infer", &beeline, "--pairs", "3", "-q", "-o", &cells]).success();
    let known = path(&folder, "OUT/cells/refNetwork.csv");
    cistron(&["score", &path(&folder, "CELLS/edges.tsv"), &known]).success();
}

#[test]
fn the_same_seed_gives_the_same_bytes_for_any_number_of_threads() {
    let folder = tempdir().expect("a folder");
    for threads in ["1", "2"] {
        cistron(&[
            "generate",
            "--random",
            "12",
            "--steady",
            "all",
            "--cells",
            "30",
            "--threads",
            threads,
            "-q",
            "-o",
            &path(&folder, threads),
        ])
        .success();
    }
    let mut compared = 0;
    for below in ["", "cells"] {
        for entry in fs::read_dir(folder.path().join("1").join(below)).expect("a folder") {
            let name = Path::new(below).join(entry.expect("readable").file_name());
            let bytes = |threads| fs::read(folder.path().join(threads).join(&name)).ok();
            assert_eq!(bytes("1"), bytes("2"), "{}", name.display());
            compared += 1;
        }
    }
    assert!(compared >= 15);
}

#[test]
fn the_model_that_is_written_gives_the_same_data_again() {
    let folder = tempdir().expect("a folder");
    let (first, again) = (path(&folder, "A"), path(&folder, "B"));
    cistron(&[
        "generate", "--random", "15", "--seed", "5", "-q", "-o", &first,
    ])
    .success();
    cistron(&["generate", &first, "-q", "-o", &again]).success();
    for file in ["model.toml", "truth.tsv", "timeseries.tsv"] {
        let (a, b) = (format!("A/{file}"), format!("B/{file}"));
        assert_eq!(read(&folder, &a), read(&folder, &b), "{file}");
    }
}

#[test]
fn replicates_of_a_random_network_are_different_networks() {
    let folder = tempdir().expect("a folder");
    let out = path(&folder, "OUT");
    cistron(&[
        "generate",
        "--random",
        "10",
        "--replicates",
        "2",
        "-q",
        "-o",
        &out,
    ])
    .success();
    let (one, two) = (
        read(&folder, "OUT/1/truth.tsv"),
        read(&folder, "OUT/2/truth.tsv"),
    );
    assert_ne!(one, two);
}

#[test]
fn data_of_another_run_are_not_left_beside_new_ones() {
    let folder = tempdir().expect("a folder");
    let out = path(&folder, "OUT");
    let steady = ["--steady", "knockouts,knockouts", "-q", "-o", &out];
    cistron(&[&["generate", "--random", "10"], &steady[..]].concat()).success();
    let again = [
        "generate", "--random", "10", "--seed", "2", "-q", "-o", &out,
    ];
    let said = refusal(&again);
    assert!(
        said.contains("knockouts.tsv: this file of an earlier run would not be replaced"),
        "{said}"
    );
    let truth = read(&folder, "OUT/truth.tsv");
    cistron(&[&again[..], &["--steady", "knockouts"]].concat()).success();
    assert_ne!(read(&folder, "OUT/truth.tsv"), truth);
}

#[test]
fn with_two_samples_the_one_interval_is_perturbed() {
    let folder = tempdir().expect("a folder");
    let out = path(&folder, "OUT");
    let exact = ["--noise", "0", "--error", "0,0", "-q", "-o", &out];
    cistron(
        &[
            &["generate", "irma", "--points", "2", "--series", "1"],
            &exact[..],
        ]
        .concat(),
    )
    .success();
    let table = read(&folder, "OUT/timeseries.tsv");
    let values = |row: usize| table.lines().nth(row).map(|line| line.split('\t').skip(2));
    let (first, last) = (values(1).expect("a row"), values(2).expect("a row"));
    assert!(first.zip(last).any(|(a, b)| a != b), "{table}");
}

#[test]
fn every_published_circuit_is_listed_with_what_it_is() {
    let output = cistron(&["generate", "--list"])
        .success()
        .get_output()
        .stdout
        .clone();
    let text = String::from_utf8(output).expect("text");
    assert!(text.lines().count() >= 15);
    assert!(text.contains("repressilator") && text.contains("Toggle switch"));
}

const PAIR: &str = r#"name = "pair"
time_unit = "h"

[defaults]
basal = 0.01
maximal = 1.0
mrna_half_life = 1.0

[steady]
tables = ["wildtype"]

[[gene]]
name = "a"
rule = "not b"

[[gene]]
name = "b"
rule = "not a"
"#;

/// The message for a model with one piece of text replaced.
fn message(from: &str, to: &str) -> String {
    assert!(PAIR.contains(from), "{from}");
    let folder = tempdir().expect("a folder");
    let file = folder.path().join("model.toml");
    fs::write(&file, PAIR.replacen(from, to, 1)).expect("a file");
    let out = path(&folder, "OUT");
    let said = refusal(&["generate", &file.display().to_string(), "-o", &out]);
    assert!(
        !folder.path().join("OUT/model.toml").exists(),
        "nothing is written"
    );
    said.replace(&file.display().to_string(), "model.toml")
}

#[test]
fn bad_models_are_refused_with_file_line_and_cure() {
    for (from, to, expected) in [
        (
            "not b",
            "not c",
            "model.toml, line 14: gene `a`, rule `not c`: at character 5 there is `c`, which is \
             not in the file; correct the name or add a [[gene]] for it",
        ),
        (
            "not a",
            "not (a or",
            "model.toml, line 18: gene `b`, rule `not (a or`: at character 10 there is the end, \
             expected a gene, `not`, `(` or a group",
        ),
        (
            "rule = \"not a\"",
            "rule = \"not a\"\nmrna_half_life = -2.0",
            "model.toml, line 16: gene `b`: `mrna_half_life` is -2; it must be above 0",
        ),
        (
            "name = \"b\"",
            "name = \"a\"",
            "model.toml, line 16: gene `a` occurs twice (positions 1 and 2); rename or remove one \
             of them",
        ),
        (
            "name = \"b\"",
            "name = \"time\"",
            "model.toml, line 16: gene `time` cannot be called that: the name of a column of the \
             tables, or one with quotes, tabs, line breaks or spaces around it; rename it",
        ),
        (
            "\"wildtype\"",
            "\"wildtyp\"",
            "model.toml, line 10: unknown variant `wildtyp`, expected one of `wildtype`, \
             `knockouts`, `knockdowns`, `overexpression`, `multifactorial`, `dualknockouts`; \
             compare with `networks/repressilator/model.toml`",
        ),
    ] {
        assert_eq!(message(from, to), expected);
    }
}

#[test]
fn a_network_that_never_settles_has_no_table_of_steady_states() {
    let folder = tempdir().expect("a folder");
    let out = path(&folder, "OUT");
    let said = refusal(&[
        "generate",
        "repressilator",
        "--steady",
        "wildtype",
        "-o",
        &out,
    ]);
    assert!(said.contains("the wild type has no steady state"), "{said}");
    assert!(said.contains("ask for free-running series"), "{said}");
}

#[test]
fn a_design_that_starts_in_a_steady_state_names_its_line_where_there_is_none() {
    let ring = r#"name = "ring"
time_unit = "h"

[defaults]
basal = 0.0
maximal = 1.0
mrna_half_life = 1.0
translation = 1.0
protein_half_life = 1.0
k = 0.1
n = 6.0

[series]
design = { kind = "perturbation", share = 0.5, strength = 0.5 }
count = 2
points = 5
interval = 1.0

[[gene]]
name = "a"
rule = "not c"

[[gene]]
name = "b"
rule = "not a"

[[gene]]
name = "c"
rule = "not b"
"#;
    let folder = tempdir().expect("a folder");
    let file = path(&folder, "model.toml");
    fs::write(&file, ring).expect("a file");
    let said = refusal(&["generate", &file, "-o", &path(&folder, "OUT")]);
    let place = format!("{file}, line 13: the wild type has no steady state");
    assert!(said.starts_with(&place), "{said}");
}

#[test]
fn faulty_options_are_refused_with_what_is_expected() {
    let folder = tempdir().expect("a folder");
    let out = path(&folder, "OUT");
    let said = |args: &[&str]| refusal(&[args, &["-o", &out]].concat());
    assert!(said(&["generate", "no_such"]).contains("`cistron generate --list` lists"));
    assert_eq!(
        said(&["generate", "irma", "--steady", "knockout"]),
        "--steady knockout: expected some of wildtype, knockouts, knockdowns, overexpression, \
         multifactorial, dualknockouts, or all, or none"
    );
    assert_eq!(
        said(&["generate", "irma", "--dropout", "2", "--cells", "10"]),
        "the options: `dropout` is 2; it must be between 0 and 1"
    );
    assert_eq!(
        said(&["generate", "irma", "--noise", "-1"]),
        "the options: `noise strength` is -1; it must be between 0 and 1000"
    );
    assert!(said(&["generate", "irma", "--design", "odd"]).contains("expected perturbation"));
    assert!(said(&["generate", "irma", "--noise", "1e200"]).contains("between 0 and 1000"));
    assert!(said(&["generate", "irma", "--error", "0,1e300"]).contains("between 0 and 1000"));
    assert!(said(&["generate", "irma", "--series", "99999999999"]).contains("at most 10 million"));
    assert!(said(&["generate", "irma", "--interval", "1e12"]).contains("shorten the times"));
    let idle = said(&["generate", "irma", "--cells", "0", "--dropout", "0.5"]);
    assert!(idle.contains("add --cells N"), "{idle}");
    let idle = said(&["generate", "toggle_switch", "--pairs", "3"]);
    assert!(idle.contains("add --steady dualknockouts"), "{idle}");
    assert_eq!(
        said(&["generate", "irma", "--error", "0.1"]),
        "--error: give two numbers, such as 0.1,0.02"
    );
}
