//! `cistron export` as a user meets it.

use std::fs;

use crate::run::Folder;

/// A folder with the run of the quick start in `RUN`.
fn with_run() -> Folder {
    let table = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../networks/ecoli_motility/timeseries.tsv"
    );
    let folder = Folder::with(&[]);
    let args = [
        "infer",
        table,
        "-o",
        "RUN",
        "-q",
        "--pairs",
        "5",
        "--no-refit",
    ];
    folder.cistron(&args).with_code(0);
    folder
}

#[test]
fn a_run_is_exported_by_the_ending_of_the_file_or_to_the_standard_output() {
    let folder = with_run();
    let ran = folder
        .cistron(&["export", "RUN", "-o", "net.graphml"])
        .with_code(0);
    assert_eq!(
        fs::read(folder.path("net.graphml")).expect("written"),
        fs::read(folder.path("RUN/network.graphml")).expect("of the run"),
        "the same digits as in the run"
    );
    assert!(ran.out.starts_with("net.graphml: "), "{}", ran.out);
    let printed = folder.cistron(&[
        "export", "RUN", "--format", "scenic", "--top", "3", "-o", "-",
    ]);
    let printed = printed.with_code(0).out;
    assert!(printed.starts_with("TF,target,importance\n"), "{printed}");
    assert_eq!(printed.lines().count(), 4);
    // a table of edges alone has no reports about nodes, and the same edges
    let args = [
        "export",
        "RUN/edges.tsv",
        "--format",
        "scenic",
        "--top",
        "3",
        "-o",
        "-",
    ];
    assert_eq!(folder.cistron(&args).with_code(0).out, printed);
    let tabs = [
        "export", "RUN", "--format", "scenic", "--top", "3", "-o", "net.tsv",
    ];
    folder.cistron(&tabs).with_code(0);
    let tabs = fs::read_to_string(folder.path("net.tsv")).expect("written");
    assert_eq!(tabs, printed.replace(',', "\t"));
}

#[test]
fn sif_comes_with_its_tables_and_a_group_with_its_signs() {
    let folder = with_run();
    folder
        .cistron(&["export", "RUN", "-o", "net.sif"])
        .with_code(0);
    for name in ["net.sif", "net.nodes.tsv", "net.edges.tsv"] {
        assert!(folder.path(name).is_file(), "{name}");
    }
    let args = [
        "export", "RUN", "--group", "1", "--format", "csv", "-o", "-",
    ];
    let group = folder.cistron(&args).with_code(0).out;
    let groups = fs::read_to_string(folder.path("RUN/groups.tsv")).expect("of the run");
    let rows: Vec<Vec<&str>> = groups
        .lines()
        .map(|line| line.split('\t').collect())
        .collect();
    assert!(group.lines().count() > 1);
    for line in group.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let here = |row: &&Vec<&str>| row[0] == "1" && row[1..3] == cells[0..2];
        let row = rows.iter().find(here).expect("an edge of the group");
        assert_eq!(row[3], cells[2], "the influence there is the weight");
        assert_eq!(cells.len(), 16, "with effect and strength: {line}");
    }
}

#[test]
fn what_is_not_there_is_named_with_what_is() {
    let folder = with_run();
    let cases: [(&[&str], &str); 8] = [
        (
            &["RUN", "-o", "net.txt"],
            "-o net.txt: the format does not follow from the name of the file",
        ),
        (
            &["RUN", "-o", "a.dot", "--group", "nope"],
            "RUN: the run has no group `nope`; its groups are `1`, `2`",
        ),
        (
            &["RUN", "-o", "a.dot", "--neighbourhood", "FLIA:1"],
            "RUN: the network has no gene `FLIA`; did you mean `fliA`",
        ),
        (
            &["RUN", "-o", "a.dot", "--neighbourhood", "fliA"],
            "expected GENE:STEPS",
        ),
        (
            &["RUN", "-o", "a.dot", "--max-false-edges=-1"],
            "expected a number of 0 or more",
        ),
        (
            &["RUN/edges.tsv", "-o", "a.ant"],
            "RUN/edges.tsv: the model needs the folder of the run",
        ),
        (
            &["RUN/edges.tsv", "-o", "a.dot", "--group", "1"],
            "--group needs the folder",
        ),
        (
            &["nowhere", "-o", "a.dot"],
            "give the folder of a `cistron infer` run",
        ),
    ];
    for (args, message) in cases {
        let all: Vec<&str> = ["export"].iter().chain(args).copied().collect();
        folder.cistron(&all).with_code(2).says(message);
    }
    assert!(!folder.path("a.dot").exists());
}

#[test]
fn a_reader_that_has_gone_away_is_no_error_in_any_kind_of_format() {
    let folder = with_run();
    for format in ["csv", "gexf", "cx2", "dot", "antimony"] {
        let line = format!(
            "set -o pipefail; {{ sleep 0.2; \"$0\" export RUN --format {format} -o -; }} | true"
        );
        let ran = folder.bash(&line).with_code(0);
        let log: Vec<&str> = ran.log.lines().collect();
        let fine = |line: &&str| line.starts_with("note: ") && line.contains(" edges; ");
        assert!(log.iter().all(fine), "{format}: {}", ran.log);
    }
}

#[test]
fn tables_that_are_scored_elsewhere_hold_all_edges_and_drawings_the_usual_ones() {
    let folder = with_run();
    let all = folder.read("RUN/edges.tsv").lines().count() - 1;
    let lines = |args: &[&str]| {
        let fixed = ["export", "RUN", "-o", "-", "--format"];
        let args: Vec<&str> = fixed.iter().chain(args).copied().collect();
        let ran = folder.cistron(&args).with_code(0);
        (ran.out.lines().count(), ran.log)
    };
    for (format, header) in [("csv", 1), ("scenic", 1), ("beeline", 1), ("dream", 0)] {
        assert_eq!(lines(&[format]), (all + header, String::new()), "{format}");
    }
    for format in [
        "graphml",
        "cx2",
        "cyjs",
        "gexf",
        "sif",
        "dot",
        "decoupler",
        "celloracle",
    ] {
        let (_, log) = lines(&[format]);
        let cure = format!(" of {all} edges; --top {all} exports all of them\n");
        assert!(
            log.starts_with("note: ") && log.contains(&cure),
            "{format}: {log}"
        );
    }
    let (default_edges, _) = lines(&["decoupler", "--signed"]);
    let (signed, _) = lines(&["decoupler", "--signed", "--top", "1000000"]);
    assert!(
        default_edges < signed && signed <= all + 1,
        "{default_edges} < {signed}"
    );
    assert_eq!(lines(&["beeline", "--signed"]).0, signed);
    let near = ["csv", "--neighbourhood", "fliA:1"];
    let far = [&near[..], &["--top", "1000000"]].concat();
    assert!(lines(&near).0 < lines(&far).0);
    let chosen = lines(&["csv", "--top", "3"]);
    assert_eq!(chosen, (4, format!("note: 3 of {all} edges\n")));
}
