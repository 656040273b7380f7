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
        let fine = |line: &&str| line.starts_with("note: ") && line.contains(" edges");
        assert!(log.iter().all(fine), "{format}: {}", ran.log);
    }
}

/// Edges with these expected numbers of false edges down to them.
fn edge_table(rows: &[(&str, &str, f64)]) -> String {
    let mut text = "source\ttarget\tweight\tsign\trank\tprobability\tevidence\tdynamic\tinterventional\tfrequency\t\
                    sign_agreement\texpected_false\texpected_false_model\tinfluence\tin_prior\n"
        .to_owned();
    let mut before = 0.0;
    for (rank, (source, target, expected)) in (1..).zip(rows) {
        let (probability, evidence) = (1.0 - (expected - before), 1.0 / f64::from(rank));
        before = *expected;
        text += &format!(
            "{source}\t{target}\t1\t+\t{rank}\t{probability}\t{evidence}\t1\t0\t1\t1\t{expected}\t{expected}\t1\tfalse\n"
        );
    }
    text
}

#[test]
fn the_share_of_false_edges_cuts_the_list_and_is_printed() {
    let rows = [
        ("a", "b", 0.05),
        ("b", "c", 0.2),
        ("c", "a", 0.55),
        ("a", "c", 1.5),
    ];
    let table = edge_table(&rows);
    let folder = Folder::with(&[("edges.tsv", table.as_bytes())]);
    let export = |args: &[&str]| {
        let fixed = ["export", "edges.tsv", "--format", "csv", "-o", "-"];
        let ran = folder.cistron(&[&fixed[..], args].concat()).with_code(0);
        (ran.out.lines().count() - 1, ran.log)
    };
    let noted = |edges: usize, log: &str| (edges, log.to_owned());
    assert_eq!(
        export(&[]),
        noted(
            3,
            "note: 3 of 4 edges; 0.6 of them (18 %) are expected to be false; --top 4 exports all of them\n"
        )
    );
    assert_eq!(
        export(&["--max-fdr", "0.1"]),
        noted(
            2,
            "note: 2 of 4 edges; 0.2 of them (10 %) are expected to be false\n"
        )
    );
    assert_eq!(
        export(&["--max-fdr", "0.5"]),
        noted(
            4,
            "note: 4 edges; 1.5 of them (38 %) are expected to be false\n"
        )
    );
    assert_eq!(
        export(&["--max-fdr", "0.01"]),
        noted(
            0,
            "note: 0 of 4 edges; the smallest share that is expected to be false is 5.0 %, of the best 1\n"
        )
    );
    assert_eq!(
        export(&["--max-fdr", "0.5", "--max-false-edges", "0.1"]).0,
        1
    );
    folder
        .cistron(&["export", "edges.tsv", "-o", "a.dot", "--max-fdr", "20"])
        .with_code(2)
        .says("expected a share from 0 to 1");
}

#[test]
fn names_that_a_spreadsheet_takes_for_formulas_are_warned_about_in_tables() {
    let rows = [
        ("=cmd()", "b", 0.0),
        ("-1", "@x", 0.0),
        ("+a", "b", 0.0),
        ("b", "-del", 0.0),
    ];
    let table = edge_table(&rows);
    let folder = Folder::with(&[("edges.tsv", table.as_bytes())]);
    let warning =
        "warning: the names of 4 genes begin with `=`, `+`, `-` or `@` (`=cmd()`): a spreadsheet";
    for format in ["csv", "decoupler", "scenic", "celloracle"] {
        let ran = folder.cistron(&["export", "edges.tsv", "--format", format, "-o", "-"]);
        ran.with_code(0).says(warning);
    }
    let ran = folder.cistron(&["export", "edges.tsv", "--format", "cx2", "-o", "-"]);
    assert!(!ran.with_code(0).log.contains("spreadsheet"));
    let plain = edge_table(&[("a", "-1", 0.0)]);
    folder.write("edges.tsv", plain.as_bytes());
    let ran = folder.cistron(&["export", "edges.tsv", "--format", "csv", "-o", "-"]);
    assert!(!ran.with_code(0).log.contains("spreadsheet"));
}

#[test]
fn help_ends_with_examples_and_selections_have_a_heading_of_their_own() {
    let folder = Folder::with(&[]);
    for command in ["export", "plot", "report"] {
        let help = folder.cistron(&[command, "--help"]).with_code(0).out;
        let (options, examples) = help.split_once("\nExamples:\n").expect("examples");
        let start = format!("  cistron {command} RUN");
        assert!(
            examples.lines().all(|line| line.starts_with(&start)),
            "{examples}"
        );
        if command == "report" {
            continue;
        }
        let (_, selection) = options
            .split_once("\nSelection of edges:\n")
            .expect("a heading");
        for option in [
            "--max-fdr",
            "--max-false-edges",
            "--top",
            "--neighbourhood",
            "--signed",
            "--isolated",
        ] {
            assert!(selection.contains(option), "{command} {option}");
        }
        assert!(!selection.contains("--format") && !selection.contains("--help"));
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
    for (format, header) in [("scenic", 1), ("beeline", 1), ("dream", 0)] {
        let (count, log) = lines(&[format]);
        assert_eq!(count, all + header, "{format}");
        let whole = format!("note: {all} edges; ");
        assert!(
            log.starts_with(&whole) && log.contains("are expected to be false\n"),
            "{log}"
        );
    }
    for format in [
        "csv",
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
        let cure = format!("are expected to be false; --top {all} exports all of them\n");
        assert!(
            log.starts_with("note: ") && log.contains(&format!(" of {all} edges; ")),
            "{format}: {log}"
        );
        assert!(log.contains(&cure), "{format}: {log}");
    }
    let graph = folder.read("RUN/network.graphml").matches("<edge ").count();
    assert_eq!(lines(&["csv"]).0, graph + 1, "one cut in every format");
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
    assert_eq!(chosen.0, 4);
    let note = format!("note: 3 of {all} edges; ");
    assert!(
        chosen.1.starts_with(&note) && !chosen.1.contains("--top"),
        "{}",
        chosen.1
    );
}
