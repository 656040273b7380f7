//! The files of a benchmark, byte by byte.

use cistron_truth::benchmark::{Calibration, Results, Row, RowScores};
use cistron_truth::io::{write_bench_json, write_bench_markdown, write_bench_table};

fn row(case: &str, method: &str, aupr: Option<f64>) -> Row {
    Row {
        suite: "small".to_owned(),
        case: case.to_owned(),
        replicate: 1,
        method: method.to_owned(),
        seed: 1,
        genes: 10,
        samples: 105,
        edges: 15,
        scores: aupr.map(|aupr| RowScores {
            aupr,
            aupr_ratio: aupr / 0.125,
            auroc: 0.75,
            epr: 2.5,
            sign_accuracy: (method == "cistron").then_some(1.0),
            known: None,
        }),
        forecast: None,
        calibration: if method == "cistron" {
            vec![Calibration {
                rank: 10,
                expected: 2.25,
                found: 3,
            }]
        } else {
            Vec::new()
        },
        seconds: 0.5,
        forecast_seconds: None,
        peak_bytes: Some(3 << 20),
        failure: aupr.is_none().then(|| "no reason".to_owned()),
    }
}

fn rows() -> Vec<Row> {
    vec![
        row("a", "cistron", Some(0.5)),
        row("a", "x|y", Some(0.25)),
        row("b", "cistron", Some(0.75)),
        row("b", "x|y", None),
    ]
}

fn results() -> Results {
    Results::new(rows(), false, vec!["A note.".to_owned()])
}

fn written(write: impl Fn(&mut dyn std::io::Write) -> std::io::Result<()>) -> String {
    let mut bytes = Vec::new();
    write(&mut bytes).expect("memory takes everything");
    String::from_utf8(bytes).expect("text")
}

#[test]
fn the_table_has_a_line_a_row_and_blanks_for_what_is_not_there() {
    let text = written(|sink| write_bench_table(&rows(), sink));
    let lines: Vec<&str> = text.lines().collect();
    assert!(
        lines[0].starts_with("suite\tcase\treplicate\tmethod\tseed\tgenes\tsamples\tedges\taupr\t")
    );
    assert_eq!(
        lines[1],
        "small\ta\t1\tcistron\t1\t10\t105\t15\t0.5\t4\t0.75\t2.5\t1\t\t\t\t\t\t2.25\t3\t\t\t\t\t\t\t\t\t\t\t0.5\t\t3"
    );
    assert_eq!(
        lines[4],
        "small\tb\t1\tx|y\t1\t10\t105\t15\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\tno reason\t\t\t3"
    );
    assert!(lines.iter().all(|line| line.split('\t').count() == 33));
}

#[test]
fn the_markdown_compares_with_the_reference_and_names_failures() {
    let text = written(|sink| write_bench_markdown(&results(), sink));
    assert_eq!(
        text,
        "## small: 2 networks\n\n\
         | method | AUPR | cistron better by | AUROC | EPR | signs | forecast error | seconds | \
         peak MiB |\n|---|---|---|---|---|---|---|---|---|\n\
         | **cistron** | 0.625 ± 0.177 |  | 0.750 ± 0.000 | 2.5 ± 0.0 | 1.00 |  | 0.50 | 3 |\n\
         | x\\|y | 0.250 ± 0.000 | +0.250, 1 of 1 | 0.750 ± 0.000 | 2.5 ± 0.0 |  |  | 0.50 | 3 |\n\n\
         x\\|y failed on 1 run.\n\n\
         | false edges among the best | method | expected / true, all networks together | \
         expected, median | true, median | expected / true, median | within a factor of 2 |\n|---|---|---|---|---|---|---|\n\
         | 10 | **cistron** | 0.75 | 2.2 (2.2 – 2.2) | 3.0 (3.0 – 3.0) | 0.75 | 2 of 2 |\n\n\
         A note.\n\n"
    );
}

#[test]
fn the_json_reads_back_to_the_same_rows() {
    let text = written(|sink| write_bench_json(&results(), sink));
    let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(value["format"], "cistron-bench");
    let back: Vec<Row> = serde_json::from_value(value["rows"].clone()).expect("rows");
    assert_eq!(back, rows());
    assert_eq!(value["summaries"][1]["against"]["wins"], 1);
}

#[test]
fn nothing_over_nothing_is_not_infinite_and_replicates_stand_in_the_heading() {
    let with = |replicate, expected| Row {
        replicate,
        calibration: vec![Calibration {
            rank: 10,
            expected,
            found: 0,
        }],
        ..row("a", "cistron", Some(0.5))
    };
    let text = |expected| {
        let rows = vec![with(1, expected), with(2, expected)];
        let results = Results::new(rows, false, Vec::new());
        written(|sink| write_bench_markdown(&results, sink))
    };
    assert!(text(0.0).contains("| 10 | **cistron** | – |"));
    assert!(text(2.0).contains("| 10 | **cistron** | ∞ |"));
    assert!(text(0.0).starts_with("## small: 1 network, 2 replicates\n"));
}

#[test]
fn without_the_reference_nothing_is_compared_with_it() {
    let results = Results::new(vec![row("a", "x", Some(0.5))], false, Vec::new());
    let text = written(|sink| write_bench_markdown(&results, sink));
    assert!(text.contains("| method | AUPR | AUROC | EPR |"), "{text}");
    assert!(!text.contains("cistron"), "{text}");
}
