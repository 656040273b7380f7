//! `cistron check`: what is recognised in the files, without a run.

use crate::run::Folder;

const SERIES: &str = "series\ttime\tcondition\tA\tB\tC\n\
    x\t0\theat\t1\t2\t3\nx\t1\theat\t2\t2.5\t\nx\t2\theat\t3\t2\t5\nx\t3\theat\t4\t3\t4\n\
    y\t0\tcold\t1\t2\t2\ny\t1\tcold\t2\t1\t3\ny\t2\tcold\t1\t3\t5\ny\t3\tcold\t2\t3\t4\n";

#[test]
fn every_file_is_in_the_table_with_its_role_and_what_they_are_together_below() {
    let folder = Folder::with(&[
        ("d.tsv", SERIES.as_bytes()),
        ("tf.txt", b"A\nB\nother\n"),
        ("ko.tsv", b"perturbed\tA\tB\tC\nWT\t2\t2\t3\nA\t0\t3\t3\n"),
    ]);
    let args = [
        "check",
        "d.tsv",
        "--regulators",
        "tf.txt",
        "--knockouts",
        "ko.tsv",
    ];
    let ran = folder.cistron(&args).with_code(0);
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(lines[0], "file    role         recognised");
    let row = |start: &str| {
        let found = lines.iter().find(|line| line.starts_with(start));
        (*found.unwrap_or_else(|| panic!("{start}\n{}", ran.out))).to_owned()
    };
    assert!(row("d.tsv ").ends_with("time series  8 rows and 6 columns, separated by tabs"));
    assert!(row("tf.txt ").contains("regulators"));
    assert!(row("ko.tsv ").contains("knockouts"));
    for (start, says) in [
        ("genes ", "3: `A`, `B`, `C`"),
        ("regulators ", "2"),
        ("series ", "`x`: 4 samples, time 0 to 3"),
        ("conditions ", "2: `heat`, `cold`"),
        ("steady states ", "1 wild type, 1 knockouts"),
        ("scale ", "linear: "),
        ("transform ", "sqrt"),
        ("missing ", "1 of 30 values"),
    ] {
        assert!(row(start).contains(says), "{start}: {}", row(start));
    }
    assert_eq!(
        folder.names("."),
        ["d.tsv", "ko.tsv", "tf.txt"],
        "nothing is written"
    );
}

#[test]
fn what_infer_refuses_is_refused() {
    let folder = Folder::with(&[("d.tsv", SERIES.as_bytes()), ("tf.txt", b"none\n")]);
    let args = ["d.tsv", "--regulators", "tf.txt"];
    let refused = folder.infer(&args).with_code(2).log;
    let checked = folder
        .cistron(&[&["check"][..], &args].concat())
        .with_code(2)
        .log;
    assert_eq!(refused, checked);
    folder
        .cistron(&["check"])
        .with_code(2)
        .says("found no data");
}
