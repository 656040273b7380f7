//! Several files, folders, and names of genes that differ between files.

use cistron::expression::Expression;
use cistron::genes::NameMatch;
use cistron::io::OpenOptions;
use cistron::io::read::Duplicates;

use crate::run::{Folder, table};

/// Values of a gene, over all series.
pub(super) fn levels(expression: &Expression, gene: &str) -> Vec<f64> {
    let gene = expression.genes().find(gene).expect("a gene").index();
    let series = expression.series().iter();
    series
        .flat_map(|one| (0..one.len()).map(|row| one.values()[(row, gene)]))
        .collect()
}

pub(super) fn says(lines: &[String], text: &str) {
    assert!(
        lines.iter().any(|line| line.contains(text)),
        "{text}: {lines:?}"
    );
}

#[test]
fn several_tables_are_several_series_with_genes_matched_by_name() {
    let folder = Folder::with(&[
        (
            "a.tsv",
            b"time\tA\tB\tC\n0\t1\t2\t3\n1\t2\t3\t4\n2\t3\t4\t6\n",
        ),
        ("b.csv", b"time,C,A,B\n0,9,7,8\n5,8,6,7\n9,7,7,7\n"),
        (
            "c.tsv",
            b"series\ttime\tA\tB\nx\t0\t1\t1\nx\t1\t2\t1\nb\t0\t1\t2\nb\t1\t2\t1\n",
        ),
        ("other.tsv", b"time\tX\tY\tZ\n0\t1\t2\t3\n1\t2\t3\t4\n"),
    ]);
    let open = |names: &[&str]| {
        let paths: Vec<_> = names.iter().map(|name| folder.path(name)).collect();
        OpenOptions::new().open_all(&paths)
    };
    let data = open(&["a.tsv", "b.csv", "c.tsv"]).expect("three tables");
    let series = data.series().expect("series");
    let names: Vec<&str> = series.series().iter().map(|one| one.name()).collect();
    assert_eq!(names, ["a", "b", "c/b", "x"]);
    assert_eq!(
        levels(series, "A"),
        [1.0, 2.0, 3.0, 7.0, 6.0, 7.0, 1.0, 2.0, 1.0, 2.0]
    );
    assert_eq!(series.series()[1].times(), [0.0, 5.0, 9.0]);
    assert!(levels(series, "C")[6].is_nan());
    says(&data.notes.decisions, "3 files joined: 4 series of 3 genes");
    says(
        &data.notes.warnings,
        "1 gene(s) of the other files are missing here: `C`",
    );
    assert_eq!(data.files.len(), 3);
    let error = open(&["a.tsv", "other.tsv"])
        .expect_err("other genes")
        .to_string();
    assert!(error.contains("other.tsv: found 0 gene(s) of"), "{error}");
    // the command joins them as one table does
    let one = Folder::with(&[
        ("all.tsv", table(6, 2, 8).as_bytes()),
        ("s0.tsv", part(&table(6, 2, 8), "s0").as_bytes()),
        ("s1.tsv", part(&table(6, 2, 8), "s1").as_bytes()),
    ]);
    one.cistron(&[
        "infer",
        "all.tsv",
        "-o",
        "one",
        "--pairs",
        "3",
        "--no-report",
    ])
    .with_code(0);
    one.cistron(&[
        "infer",
        "s0.tsv",
        "s1.tsv",
        "-o",
        "two",
        "--pairs",
        "3",
        "--no-report",
    ])
    .with_code(0);
    assert_eq!(one.read("one/edges.tsv"), one.read("two/edges.tsv"));
}

/// Six genes at three times, on a scale and in a unit of time.
fn course(time: &str, times: [f64; 3], level: impl Fn(f64) -> f64) -> String {
    let mut text = format!("{time}\tA\tB\tC\tD\tE\tF\n");
    for (i, at) in times.iter().enumerate() {
        let cells = (0..6).map(|j| level(3.0 + 5.0 * j as f64 + (i + j) as f64 % 3.0).to_string());
        text += &format!("{at}\t{}\n", cells.collect::<Vec<_>>().join("\t"));
    }
    text
}

#[test]
fn tables_in_other_units_are_converted_or_refused() {
    let hours = course("time_h", [0.0, 1.0, 2.0], |x| x);
    let folder = Folder::with(&[
        ("h.tsv", hours.as_bytes()),
        (
            "min.tsv",
            course("time_min", [0.0, 30.0, 90.0], |x| x).as_bytes(),
        ),
        (
            "bare.tsv",
            course("time", [0.0, 1.0, 3.0], |x| x).as_bytes(),
        ),
        (
            "long.tsv",
            course("time", [0.0, 60.0, 120.0], |x| x).as_bytes(),
        ),
        (
            "k.tsv",
            course("time_h", [0.0, 1.0, 2.0], |x| 1000.0 * x).as_bytes(),
        ),
        (
            "log.tsv",
            course("time_h", [0.0, 1.0, 2.0], f64::log2).as_bytes(),
        ),
    ]);
    let open =
        |other: &str| OpenOptions::new().open_all(&[folder.path("h.tsv"), folder.path(other)]);
    let data = open("min.tsv").expect("converted");
    assert_eq!(
        data.series().expect("series").series()[1].times(),
        [0.0, 0.5, 1.5]
    );
    says(
        &data.notes.decisions,
        "times are converted from minutes to hours",
    );
    let data = open("bare.tsv").expect("about as long");
    says(
        &data.notes.decisions,
        "the unit of its times is not named, taken for hours",
    );
    for (other, part) in [
        (
            "long.tsv",
            "the times go to 120 without a unit, those of the other files to 2 hours",
        ),
        ("k.tsv", "found about 1000 times its levels"),
        (
            "log.tsv",
            "found that its levels are linear, while these are log2",
        ),
    ] {
        let error = open(other).expect_err("refused").to_string();
        assert!(error.contains(part), "{error}");
    }
}

#[test]
fn the_folder_of_a_run_is_its_data_and_options() {
    let folder = Folder::with(&[
        ("d.tsv", table(6, 2, 8).as_bytes()),
        ("tf.txt", b"g0\ng1\ng2\n"),
    ]);
    let options = ["--pairs", "2", "--no-report", "--no-refit"];
    let ran = folder.cistron(
        &[
            &["infer", "d.tsv", "--regulators", "tf.txt", "-o", "one"],
            &options[..],
        ]
        .concat(),
    );
    ran.with_code(0);
    let ran = folder.cistron(&[&["infer", "one", "-o", "two"], &options[..]].concat());
    ran.with_code(0)
        .says("its files are read again: cistron infer d.tsv");
    assert!(folder.same_results("one", "two"));
    folder.cistron(&["check", "one"]).with_code(0);
}

/// The rows of one series, without the column of series.
fn part(table: &str, series: &str) -> String {
    let rows = table
        .lines()
        .filter(|row| row.starts_with("series") || row.starts_with(series));
    rows.map(|row| row.split_once('\t').expect("a series").1.to_owned() + "\n")
        .collect()
}

#[test]
fn the_folder_of_generate_is_read_with_its_steady_states() {
    let folder = Folder::with(&[]);
    folder
        .cistron(&[
            "generate",
            "feed_forward_loops",
            "-o",
            "g",
            "--series",
            "4",
            "--steady",
            "wildtype,knockouts",
        ])
        .with_code(0);
    let data = OpenOptions::new().open(folder.path("g")).expect("a folder");
    assert_eq!(data.series().expect("series").series().len(), 4);
    let counts = data.steady_states().expect("two tables").counts();
    assert!(counts.wild_type > 0 && counts.knockouts > 0);
    says(&data.notes.decisions, "read as --knockouts");
    let own = OpenOptions::new()
        .knockouts(folder.path("g/knockouts.tsv"))
        .open(folder.path("g"));
    assert_eq!(
        own.expect("once")
            .steady_states()
            .expect("two tables")
            .counts()
            .knockouts,
        counts.knockouts
    );
    let run = folder.cistron(&["infer", "g", "-o", "run", "--pairs", "3", "--no-report"]);
    run.with_code(0);
    let record = folder.read("run/run.json");
    let from = record.find("\"arguments\"").expect("arguments");
    let to = from + record[from..].find(']').expect("a list");
    let without = format!("{}\"arguments\": [{}", &record[..from], &record[to..]);
    folder.write_in_run("run", "run.json", without.as_bytes());
    folder
        .infer(&["run"])
        .with_code(2)
        .says("found the folder of a run without the arguments that made it");
    folder.write("tenx/matrix.mtx", b"%%MatrixMarket matrix\n");
    folder
        .infer(&["tenx"])
        .with_code(2)
        .says("found a sparse matrix of cells (as of 10x)");
}

#[test]
fn repeated_genes_are_merged_as_the_user_says() {
    let columns = b"time\tA\tB\tA\n0\t1\t2\t3\n1\t2\t3\t\n2\t4\t4\t6\n";
    let rows = b"gene\t0\t1\t2\nA\t1\t2\t4\nB\t2\t3\t4\nA\t3\t\t6\n";
    let folder = Folder::with(&[("c.tsv", columns), ("r.tsv", rows)]);
    let cases = [
        (Duplicates::Mean, [2.0, 2.0, 5.0]),
        (Duplicates::Sum, [4.0, 2.0, 10.0]),
        (Duplicates::Max, [3.0, 2.0, 6.0]),
    ];
    for name in ["c.tsv", "r.tsv"] {
        for (rule, expected) in cases {
            let data = OpenOptions::new()
                .duplicates(rule)
                .open(folder.path(name))
                .expect("merged");
            let series = data.series().expect("series");
            assert_eq!(series.genes().names(), ["A", "B"]);
            assert_eq!(levels(series, "A"), expected, "{name}");
            assert_eq!(levels(series, "B"), [2.0, 3.0, 4.0]);
            says(
                &data.notes.decisions,
                "1 gene(s) occur several times, and their",
            );
        }
        folder
            .infer(&[name, "--pairs", "1"])
            .with_code(2)
            .says("`--duplicates mean`, `sum` or `max`");
        let args = [
            "infer",
            name,
            "-o",
            "merged",
            "--pairs",
            "1",
            "--duplicates",
            "max",
        ];
        folder.cistron(&args).with_code(0);
    }
}

#[test]
fn names_that_differ_by_capitals_or_versions_match_where_the_user_says_so() {
    let data = b"time\tGata1\tSpi1\tMyc\n0\t1\t2\t3\n1\t2\t3\t1\n2\t4\t4\t6\n3\t3\t5\t4\n";
    let folder = Folder::with(&[
        ("d.tsv", data),
        ("tfs.txt", b"GATA1\nSPI1\n"),
        ("some.txt", b"Gata1\nSPI1\n"),
        ("versions.txt", b"Gata1.3\nSpi1.1\n"),
        ("ko.tsv", b"perturbed\tGATA1\tSPI1\tMYC\nGATA1\t0\t1\t2\n"),
        ("prior.tsv", b"source\ttarget\nGATA1\tMYC\n"),
    ]);
    let run = |args: &[&str]| {
        folder.cistron(
            &[
                &["infer", "d.tsv", "-o", "run", "--pairs", "1", "--no-report"],
                args,
            ]
            .concat(),
        )
    };
    run(&["--regulators", "tfs.txt"])
        .with_code(2)
        .says("say `--match nocase`, which finds 2 of them");
    run(&["--regulators", "versions.txt"])
        .with_code(2)
        .says("say `--match noversion`");
    run(&["--regulators", "some.txt"])
        .with_code(0)
        .says("say `--match nocase`, which finds 1 of them");
    run(&["--prior", "prior.tsv"])
        .with_code(2)
        .says("--match nocase");
    let all = [
        "--regulators",
        "tfs.txt",
        "--prior",
        "prior.tsv",
        "--knockouts",
        "ko.tsv",
    ];
    let args = [&all[..], &["--match", "nocase"]].concat();
    run(&args).with_code(0).says("2 of 3 genes may regulate");
    let options = OpenOptions::new()
        .knockouts(folder.path("ko.tsv"))
        .matching(NameMatch::NoCase);
    let data = options.open(folder.path("d.tsv")).expect("the same genes");
    assert_eq!(
        data.steady_states().expect("a knockout").counts().knockouts,
        1
    );
}

#[test]
fn names_that_a_spreadsheet_made_dates_are_named_with_their_genes() {
    let data = b"time\t1-Mar\tTP53\t2-Sep\n0\t1\t2\t3\n1\t2\t3\t1\n2\t4\t4\t6\n";
    let folder = Folder::with(&[("d.tsv", data)]);
    let ran = folder.infer(&["d.tsv", "--pairs", "1"]).with_code(0);
    ran.says("1-Mar is likely MARCHF1 (before: MARCH1) or MTARC1 (before: MARC1); 2-Sep is likely SEPTIN2");
}
