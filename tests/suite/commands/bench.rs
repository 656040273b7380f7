//! `cistron bench` as a user runs it.

use std::path::{Path, PathBuf};

use crate::run::{Folder, shipped, table};

/// Cells of one column, by the name in the header.
fn column(tsv: &str, name: &str) -> Vec<String> {
    let mut lines = tsv.lines().map(|line| line.split('\t'));
    let header = lines.next().expect("a header");
    let at = header.into_iter().position(|one| one == name);
    let at = at.expect("the column is there");
    let cell = |mut line: std::str::Split<'_, char>| line.nth(at).expect("full rows").to_owned();
    lines.map(cell).collect()
}

/// The distinct cells of a column in their first order.
fn distinct(tsv: &str, name: &str) -> Vec<String> {
    let mut seen = Vec::new();
    for cell in column(tsv, name) {
        if !seen.contains(&cell) {
            seen.push(cell);
        }
    }
    seen
}

/// A table without its last three columns, which are time and memory.
fn without_costs(tsv: &str) -> Vec<String> {
    let parts = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        cells[..cells.len() - 3].join("\t")
    };
    tsv.lines().map(parts).collect()
}

fn empty() -> Folder {
    Folder::with(&[])
}

#[test]
fn small_runs_the_published_circuits_and_always_prints_floor_and_ceiling() {
    let folder = empty();
    let args = ["bench", "small", "--methods", "correlation", "-o", "out"];
    let ran = folder.cistron(&args).with_code(0);
    assert!(ran.out.starts_with("## small: "), "{}", ran.out);
    assert_eq!(ran.out, folder.read("out/bench.md"));
    let tsv = folder.read("out/bench.tsv");
    let methods = ["correlation", "floor (random)", "ceiling (oracle)"];
    assert_eq!(distinct(&tsv, "method"), methods);
    let cases = distinct(&tsv, "case");
    assert!(cases.contains(&"repressilator".to_owned()), "{cases:?}");
    assert!(column(&tsv, "aupr").iter().all(|cell| !cell.is_empty()));
    let names = ["aupr.svg", "bench.json", "bench.md", "bench.tsv"];
    assert_eq!(folder.names("out"), names);
}

#[test]
fn in_logic_a_nonlinear_model_finds_what_no_linear_one_does() {
    let folder = empty();
    let methods = "cistron,cistron-linear,correlation";
    let args = ["bench", "logic", "--methods", methods, "--seeds", "2", "-q"];
    folder
        .cistron(&[&args[..], &["-o", "out"]].concat())
        .with_code(0);
    let tsv = folder.read("out/bench.tsv");
    assert_eq!(distinct(&tsv, "suite"), ["logic: and", "logic: hump"]);
    assert_eq!(distinct(&tsv, "replicate"), ["1", "2"]);
    let (cases, methods) = (column(&tsv, "case"), column(&tsv, "method"));
    let scores = column(&tsv, "aupr");
    let hump = |name: &str| -> f64 {
        let rows = (0..cases.len()).filter(|&k| cases[k] == "hump" && methods[k] == name);
        rows.map(|k| scores[k].parse::<f64>().expect("a score"))
            .sum()
    };
    assert!(
        hump("cistron") > 1.9 && hump("cistron linear") < 1.0,
        "{tsv}"
    );
}

#[test]
fn generated_networks_give_the_same_bytes_for_any_number_of_threads() {
    let folder = empty();
    let run = |threads: &str| {
        let suite = [
            "bench",
            "generated",
            "--networks",
            "2",
            "--genes",
            "10",
            "-q",
        ];
        let rest = ["--threads", threads, "-o", threads];
        let methods = ["--methods", "cistron,stability lasso"];
        let args = [&suite[..], &methods, &rest].concat();
        folder.cistron(&args).with_code(0);
        let tsv = folder.read(&format!("{threads}/bench.tsv"));
        let file = |name: &str| folder.read(&format!("{threads}/{name}"));
        let pictures = ["aupr.svg", "false_edges.svg", "forecasts.svg"].map(file);
        (without_costs(&tsv), pictures, file("bench.md"))
    };
    let ((one, pictures, text), two) = (run("1"), run("2"));
    assert_eq!(one, two.0);
    assert_eq!(pictures, two.1);
    assert!(
        one.iter()
            .any(|line| line.contains("random_10_2\t1\tcistron\t1\t10\t"))
    );
    for part in [
        "of 2 |",
        "forecast of left-out series",
        "within a factor of 2",
        "no change",
    ] {
        assert!(text.contains(part), "{text}");
    }
}

#[test]
fn scaling_prints_a_line_for_every_size_and_the_published_figures_apart() {
    let folder = empty();
    let suite = [
        "bench",
        "scaling",
        "--sizes",
        "5,8",
        "--methods",
        "covariance",
    ];
    let ran = folder
        .cistron(&[&suite[..], &["-o", "out"]].concat())
        .with_code(0);
    assert!(ran.out.contains("| 5 | covariance |") && ran.out.contains("| 8 | covariance |"));
    assert!(
        ran.out.contains("Published, not measured here"),
        "{}",
        ran.out
    );
    assert!(!folder.read("out/bench.tsv").contains("StructureFlow"));
    let suites = ["linear, 5 %", "linear, 20 %", "Hill"];
    assert_eq!(distinct(&folder.read("out/bench.tsv"), "suite"), suites);
    assert!(folder.read("out/size_linear_5.svg").contains("genes"));
}

/// A folder with one network, and another program's edges for it.
fn networks() -> Folder {
    let edges = "source\ttarget\tweight\nlacI\ttetR\t3\ntetR\tcI\t2\ncI\tlacI\t1\n";
    let file = |name: &str| shipped(&format!("repressilator/{name}"));
    let folder = empty();
    folder.write("known/one/timeseries.tsv", &file("timeseries.tsv"));
    folder.write("known/one/truth.tsv", &file("truth.tsv"));
    folder.write("edges/one.tsv", edges.as_bytes());
    folder
}

#[test]
fn a_list_of_another_program_has_a_row() {
    let folder = networks();
    let run = |suite: &[&str]| {
        let rest = [
            "--methods",
            "correlation",
            "--compare",
            "peer=edges/{case}.tsv",
            "-qo",
            "out",
        ];
        folder
            .cistron(&[&["bench"], suite, &rest].concat())
            .with_code(0);
        folder.read("out/bench.tsv")
    };
    let tsv = run(&["known"]);
    let methods = ["correlation", "peer", "floor (random)", "ceiling (oracle)"];
    assert_eq!(column(&tsv, "method"), methods);
    assert_eq!(column(&tsv, "aupr")[1], "1");
    assert_eq!(column(&tsv, "seconds")[1], "");
    for suite in [["folder", "known"], ["dream4", "known"]] {
        assert_eq!(column(&run(&suite), "method"), methods);
    }
}

#[test]
fn another_program_can_be_run_on_simulated_data() {
    let folder = empty();
    let suite = ["bench", "logic", "--seeds", "2", "-q"];
    let methods = ["--methods", "correlation"];
    let write = [&suite[..], &methods, &["--write-data", "-o", "data"]].concat();
    folder.cistron(&write).with_code(0);
    assert_eq!(folder.names("data/data"), ["and", "hump"]);
    for case in ["and", "hump"] {
        for replicate in ["1", "2"] {
            let at = format!("{case}/{replicate}");
            let truth = folder.read(&format!("data/data/{at}/truth.tsv"));
            let edges = truth.lines().skip(1).map(|line| {
                let (edge, _) = line.rsplit_once('\t').expect("three cells");
                format!("{edge}\t1\n")
            });
            let edges = format!("source\ttarget\tweight\n{}", edges.collect::<String>());
            folder.write(&format!("peer/{at}.tsv"), edges.as_bytes());
            let series = folder.read(&format!("data/data/{at}/timeseries.tsv"));
            assert!(series.lines().count() > 10);
        }
    }
    let peer = ["--compare", "peer=peer/{case}/{replicate}.tsv", "-o", "out"];
    folder
        .cistron(&[&suite[..], &methods, &peer].concat())
        .with_code(0);
    let text = folder.read("out/bench.md");
    assert!(
        text.contains("## logic: and: 1 network, 2 replicates\n"),
        "{text}"
    );
    assert!(text.contains("| peer | 1.000 ± 0.000 |"), "{text}");
}

#[test]
fn cells_are_found_in_the_layout_of_beeline() {
    let folder = empty();
    let cells = ["--cells", "200", "-qo", "known/linear"];
    let ran = folder.cistron(&[&["generate", "linear"], &cells[..]].concat());
    ran.with_code(0);
    let suite = ["bench", "beeline", "known", "--methods", "correlation"];
    folder
        .cistron(&[&suite[..], &["-qo", "out"]].concat())
        .with_code(0);
    let tsv = folder.read("out/bench.tsv");
    assert_eq!(distinct(&tsv, "case"), ["linear/cells"]);
    assert_eq!(distinct(&tsv, "samples"), ["200"]);
}

/// Real data as people have them: four genes of which one may regulate, and two known edges.
fn real_set(folder: &Folder, path: &str) {
    let mut series = "time\tr\ta\tb\tc\n".to_owned();
    for start in [0.0, 1.0, 2.0] {
        for time in 0..6 {
            let t = f64::from(time);
            let r = (start + 0.7 * t).sin();
            let (a, b) = (
                (start + 0.7 * t - 0.7).sin(),
                -(start + 0.7 * t - 0.5).sin(),
            );
            let c = (3.0 * start + 2.0 * t).cos();
            series += &format!("{time}\t{r:.4}\t{a:.4}\t{b:.4}\t{c:.4}\n");
        }
    }
    folder.write(&format!("{path}/timeseries.tsv"), series.as_bytes());
    folder.write(
        &format!("{path}/steady.tsv"),
        b"sample\tr\ta\tb\tc\nx\t1\t1\t-1\t0\n",
    );
    folder.write(&format!("{path}/regulators.txt"), b"r\nc\n");
    let gold = b"source\ttarget\tsign\nr\ta\t+\nr\tb\t-\nc\tr\t?\nr\telsewhere\t+\n";
    folder.write(&format!("{path}/gold.tsv"), gold);
    let loci = b"gene\tchromosome\tposition\nr\t1\t10\na\t1\t20\nb\t2\t30\nc\t1\t99\n";
    folder.write(&format!("{path}/loci.tsv"), loci);
}

#[test]
fn real_sets_are_judged_on_pairs_of_genes_with_a_known_edge() {
    let folder = empty();
    real_set(&folder, "sets/one");
    real_set(&folder, "sets/two");
    folder.write(
        "peer.tsv",
        b"source\ttarget\tweight\nr\ta\t3\nr\tb\t2\nc\tr\t1\n",
    );
    let peer = ["--compare", "peer=peer.tsv", "-qo", "out"];
    let methods = ["--methods", "ridge,clr-of-ridge,lasso"];
    let one = ["bench", "real", "sets/one"];
    folder
        .cistron(&[&one[..], &methods, &peer].concat())
        .with_code(0);
    let tsv = folder.read("out/bench.tsv");
    // r and c with a, b and r, no gene with itself: five pairs, of them three known edges
    let names = ["ridge", "CLR of ridge", "lasso", "peer"];
    assert_eq!(column(&tsv, "method")[..4], names);
    assert_eq!(column(&tsv, "edges")[0], "3");
    assert_eq!(column(&tsv, "samples")[0], "18");
    let of_peer = |name: &str| -> f64 { column(&tsv, name)[3].parse().expect("a number") };
    assert_eq!((of_peer("aupr"), of_peer("precision_100")), (1.0, 0.03));
    assert!((of_peer("aupr_ratio") - 5.0 / 3.0).abs() < 1e-4);
    // of chromosome 1 all genes are neighbours: what stays is r → b, which is true, and c → b
    assert_eq!(of_peer("aupr_apart"), 1.0);

    let all = ["bench", "real", "sets", "--methods", "ridge", "-qo", "both"];
    folder.cistron(&all).with_code(0);
    let text = folder.read("both/bench.md");
    assert!(
        text.starts_with("## sets: 2 networks\n\nAverage precision"),
        "{text}"
    );
    assert!(
        text.contains("| method | one | two | geometric mean of the lift |"),
        "{text}"
    );
    assert!(
        text.contains("The same without pairs within five loci."),
        "{text}"
    );
}

#[test]
fn what_cannot_be_run_is_refused_with_a_cure() {
    let folder = networks();
    folder.write("empty/notes.txt", b"nothing");
    let methods =
        "--methods: there is no method `genie3`; the methods are `cistron`, `cistron linear`";
    let takes_none = "known: the suite `small` takes no folder; drop it";
    let cases: [(&[&str], &str); 13] = [
        (
            &["larch"],
            "larch: neither a suite nor a folder; the suites are small, generated, scaling",
        ),
        (
            &["empty"],
            "empty: no subfolder contains timeseries.tsv and gold.tsv, or ExpressionData.csv",
        ),
        (
            &["beeline", "known"],
            "known: no subfolder contains ExpressionData.csv, PseudoTime.csv and refNetwork.csv",
        ),
        (
            &["real", "known"],
            "known: no subfolder contains timeseries.tsv, or expression.tsv and meta_data.tsv, with",
        ),
        (
            &["dream4"],
            "the suite `dream4` needs a folder: cistron bench dream4 FOLDER -o OUT",
        ),
        (&["small", "known"], takes_none),
        (&["small", "--methods", "genie3"], methods),
        (
            &["known", "--compare", "peer=gone/{case}.tsv"],
            "--compare: gone/one.tsv is not a file; a file is needed for every network",
        ),
        (
            &["known", "--compare", "Lagged-Correlation=edges/{case}.tsv"],
            "--compare Lagged-Correlation: another row has this name; choose a different name",
        ),
        (
            &["logic", "--seeds", "2", "--compare", "peer=edges/one.tsv"],
            "--compare peer: edges/one.tsv would be used for more than one data set; write {case}",
        ),
        (
            &["small", "--compare", "peer=gone/{case}.tsv"],
            "is not a file; a file is needed for every network",
        ),
        (
            &["small", "--shift-at", "3"],
            "--shift-at: the suite `small` does not use it; drop the option, or choose dream4, beeline, folder, real",
        ),
        (
            &["known", "--genes", "10"],
            "--genes: the suite `known` does not use it; drop the option, or choose generated",
        ),
    ];
    for (args, message) in cases {
        let ran = folder.cistron(&[&["bench"], args, &["-o", "out"]].concat());
        ran.with_code(2).says(message);
        assert_eq!(folder.names("out"), [""; 0], "{args:?}");
    }
}

#[test]
fn a_method_that_fails_on_every_network_says_why_and_fails_the_benchmark() {
    let folder = empty();
    let large = b"time\ta\tb\tc\n0\t1e300\t2\t3\n1\t2\t1e305\t3\n2\t1\t1\t3\n";
    folder.write("known/one/timeseries.tsv", large);
    folder.write("known/one/truth.tsv", b"source\ttarget\tsign\na\tb\t+\n");
    let args = ["bench", "known", "-qo", "out", "--methods"];
    let ran = folder.cistron(&[&args[..], &["cistron,correlation"]].concat());
    ran.with_code(1)
        .says("cistron failed on every network: series `1`, sample 1, gene `a`: found a value");
    let tsv = folder.read("out/bench.tsv");
    let failures = column(&tsv, "failure");
    assert!(failures[0].contains("expected at most"), "{tsv}");
    assert!(
        failures[1..].iter().all(|cell| cell.is_empty()),
        "{failures:?}"
    );
}

#[test]
fn a_fault_in_the_last_network_is_told_before_any_work_is_done() {
    let folder = networks();
    folder.write("known/two/timeseries.tsv", table(3, 2, 4).as_bytes());
    folder.write("known/two/truth.tsv", b"source\ttarget\tsign\n");
    let ran = folder
        .cistron(&["bench", "known", "-o", "out"])
        .with_code(2);
    assert!(ran.log.contains("known/two/truth.tsv"), "{}", ran.log);
    assert!(!ran.log.contains("AUPR"), "{}", ran.log);
}

#[test]
fn public_data_sets_are_cases() {
    let Some(data) = std::env::var_os("CISTRON_DATA").map(PathBuf::from) else {
        #[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
        {
            eprintln!("skipped: CISTRON_DATA names no folder of known networks");
        }
        return;
    };
    let folder = empty();
    for (suite, below) in [
        ("dream4", "dream4_10/net1"),
        ("beeline", "beeline/curated/mCAD/mCAD-2000-1"),
    ] {
        let case = data.join(below);
        let case = case.to_str().expect("a path of text");
        let args = [
            "bench",
            suite,
            case,
            "--methods",
            "correlation",
            "-qo",
            "out",
        ];
        folder.cistron(&args).with_code(0);
        let tsv = folder.read("out/bench.tsv");
        let name = Path::new(below).file_name().expect("a name");
        assert_eq!(distinct(&tsv, "case"), [name.to_string_lossy()]);
        assert!(column(&tsv, "aupr").iter().all(|cell| !cell.is_empty()));
    }
}
