//! `cistron infer` from end to end: its files, its options, what it does when things go wrong.

use std::fs;

use cistron::field::VectorField;
use cistron::io::read_model;

use crate::run::{Folder, Ran, scattered, shipped, table};

const ALL: [&str; 13] = [
    "curves.tsv",
    "edges.tsv",
    "groups.tsv",
    "manifest.json",
    "metrics.json",
    "model.json",
    "network.graphml",
    "nodes.tsv",
    "paths.tsv",
    "pictures",
    "report.html",
    "run.json",
    "states.tsv",
];

fn motility() -> Folder {
    Folder::with(&[
        ("d.tsv", &shipped("ecoli_motility/timeseries.tsv")),
        ("truth.tsv", &shipped("ecoli_motility/truth.tsv")),
    ])
}

fn of(text: &str) -> Folder {
    Folder::with(&[("d.tsv", text.as_bytes())])
}

fn run(folder: &Folder, args: &[&str]) -> Ran {
    let ran = folder.infer(&[&["d.tsv", "--pairs", "5"], args].concat());
    ran.with_code(0)
}

/// Cells of edges.tsv without its header.
fn edges(folder: &Folder) -> Vec<Vec<String>> {
    let text = folder.read("out/edges.tsv");
    let rows = text.lines().skip(1);
    rows.map(|row| row.split('\t').map(str::to_owned).collect())
        .collect()
}

/// Whether edges.tsv lists this pair, and with which frequency.
fn frequency(folder: &Folder, source: &str, target: &str) -> Option<f64> {
    let edges = edges(folder);
    let edge = edges
        .iter()
        .find(|edge| edge[0] == source && edge[1] == target);
    edge.map(|edge| edge[6].parse().expect("a number"))
}

#[test]
fn all_files_are_there_with_their_columns_and_a_second_run_replaces_them() {
    let folder = motility();
    run(&folder, &[]);
    assert_eq!(folder.names("out"), ALL);
    let first_line = |name: &str| folder.read(name).lines().next().map(str::to_owned);
    assert_eq!(
        first_line("out/edges.tsv").as_deref(),
        Some(
            "source\ttarget\tweight\tsign\trank\tprobability\tevidence\tdynamic\t\
             interventional\tfrequency\tsign_agreement\texpected_false\texpected_false_model\tinfluence\tin_prior"
        )
    );
    assert_eq!(
        first_line("out/nodes.tsv").as_deref(),
        Some(
            "gene\tdecay\tr_squared\tr_squared_linear\tmodel_regulators\tin_degree\tout_degree\t\
             nonlinear\tfast\tfast_log_ratio\tturnover\tturnover_bound\tturnover_interval"
        )
    );
    assert!(edges(&folder).iter().all(|edge| edge.len() == 15));
    assert_eq!(folder.read("out/nodes.tsv").lines().count(), 24);
    let before = folder.read("out/edges.tsv");
    run(&folder, &["--seed", "2"]);
    assert_ne!(folder.read("out/edges.tsv"), before);
    assert!(folder.read("out/run.json").contains("\"seed\": 2"));
    assert_eq!(folder.names("out"), ALL);
}

#[test]
fn the_model_loads_and_the_edges_are_scored() {
    let folder = motility();
    run(&folder, &[]);
    let model = fs::File::open(folder.path("out/model.json")).expect("written");
    let model = read_model(model, "model.json").expect("sound");
    assert_eq!(model.field.genes().len(), 23);
    let score = folder.cistron(&["score", "out/edges.tsv", "truth.tsv"]);
    assert!(score.with_code(0).out.contains("AUPR"));
    folder.write("other.tsv", b"source\ttarget\tsign\nx\ty\t+\n");
    let score = folder.cistron(&["score", "out/edges.tsv", "other.tsv"]);
    score.with_code(2).says("out/edges.tsv against other.tsv: ");
}

#[test]
fn top_limits_the_rows_of_edges_and_graph_edges_those_of_the_graph() {
    let folder = motility();
    run(&folder, &["--top", "7", "--graph-edges", "4"]);
    assert_eq!(edges(&folder).len(), 7);
    let graph = folder.read("out/network.graphml");
    assert_eq!(graph.matches("<edge ").count(), 4);
    run(&folder, &["--top", "0"]);
    assert_eq!(edges(&folder).len(), 0);
}

#[test]
fn quiet_prints_nothing_and_a_file_gets_no_control_characters() {
    let folder = motility();
    let quiet = run(&folder, &["--quiet"]);
    assert_eq!((quiet.out.as_str(), quiet.log.as_str()), ("", ""));
    let loud = run(&folder, &[]);
    assert!(loud.out.contains("cistron score out/edges.tsv"));
    let plain = |text: &str| text.chars().all(|c| !c.is_control() || c == '\n');
    assert!(plain(&loud.log) && plain(&loud.out), "{}", loud.log);
}

#[test]
fn strict_ends_with_one_if_a_fit_did_not_converge() {
    let folder = motility();
    run(&folder, &["--strict"]);
    let found = "the fit did not reach its tolerance for";
    let beyond = ["d.tsv", "--pairs", "1", "--tolerance", "1e-300"];
    folder.infer(&beyond).with_code(0).says(found);
    let strict = [&beyond[..], &["--strict"]].concat();
    folder.infer(&strict).with_code(1).says(found);
    assert_eq!(folder.names("out"), ALL);
}

#[test]
fn only_listed_regulators_have_targets() {
    let folder = motility();
    folder.write("r.txt", b"fliA\nflhDC\n");
    run(&folder, &["--regulators", "r.txt"]);
    let edges = edges(&folder);
    assert_eq!(edges.len(), 2 * 22);
    assert!(edges.iter().all(|e| e[0] == "fliA" || e[0] == "flhDC"));
}

#[test]
fn a_prior_forbids_allows_or_supports() {
    let folder = motility();
    run(&folder, &[]);
    let before = frequency(&folder, "fliA", "motA").expect("listed");
    assert!(frequency(&folder, "fliA", "flgB").is_some());
    folder.write(
        "p.tsv",
        b"regulator\ttarget\tweight\nfliA\tmotA\t9\nfliA\tflgB\t9\n",
    );
    run(&folder, &["--prior", "p.tsv"]);
    let supported = frequency(&folder, "fliA", "motA").expect("listed");
    assert!(supported > before, "{supported} after {before}");
    run(&folder, &["--prior", "p.tsv", "--prior-mode", "forbidden"]);
    assert_eq!(frequency(&folder, "fliA", "flgB"), None);
    assert_eq!(frequency(&folder, "fliA", "motA"), None);
    assert_eq!(edges(&folder).len(), 23 * 22 - 2);
    run(&folder, &["--prior", "p.tsv", "--prior-mode", "allowed"]);
    let mut listed: Vec<String> = edges(&folder).iter().map(|e| e[..2].join(" ")).collect();
    listed.sort();
    assert_eq!(listed, ["fliA flgB", "fliA motA"]);
}

#[test]
fn windows_conditions_and_shifts_run() {
    let folder = motility();
    run(&folder, &["--window", "heat=0:100"]);
    assert!(folder.read("out/run.json").contains("heat"));
    run(
        &folder,
        &["--window", "1/heat=0:100", "--window", "cold=100:200"],
    );
    run(&folder, &["--shift-at", "100"]);
    let labelled = table(4, 3, 8)
        .lines()
        .enumerate()
        .fold(String::new(), |text, (at, row)| {
            let label = match at {
                0 => "condition",
                at if at % 8 < 5 && at % 8 > 0 => "control",
                _ => "heat",
            };
            text + row + "\t" + label + "\n"
        });
    run(&of(&labelled), &[]);
}

#[test]
fn a_folder_of_cells_runs() {
    let cells = 60;
    let time = |c: usize| scattered(c);
    let mut expression = String::new();
    (0..cells).for_each(|c| expression += &format!(",c{c}"));
    for gene in 0..4 {
        expression += &format!("\ng{gene}");
        let level = |c: usize| (3.0 * time(c) + f64::from(gene)).sin() + 1.5;
        (0..cells).for_each(|c| expression += &format!(",{}", level(c) + 0.1 * scattered(900 + c)));
    }
    let mut pseudotime = ",PseudoTime1,PseudoTime2\n".to_owned();
    for c in 0..cells {
        let (one, two) = (time(c).to_string(), "NA".to_owned());
        let (one, two) = if c % 2 == 0 { (one, two) } else { (two, one) };
        pseudotime += &format!("c{c},{one},{two}\n");
    }
    let folder = Folder::with(&[
        ("in/ExpressionData.csv", expression.as_bytes()),
        ("in/PseudoTime.csv", pseudotime.as_bytes()),
    ]);
    let ran = folder.infer(&["in", "--pairs", "5"]);
    assert!(ran.with_code(0).out.contains("60 cells, 2 lineages"));
    assert_eq!(edges(&folder).len(), 12);
}

/// Three series of eight samples of the genes A to D.
fn table_of(value: impl Fn(usize) -> f64) -> String {
    let mut text = "series\ttime\tA\tB\tC\tD\n".to_owned();
    for row in 0..24 {
        text += &format!("s{}\t{}", row / 8, row % 8);
        (0..4).for_each(|j| text += &format!("\t{:e}", value(4 * row + j)));
        text += "\n";
    }
    text
}

/// Every cell of the tables is a number, or the word that the column allows.
fn no_nan(folder: &Folder) {
    for name in ["out/edges.tsv", "out/nodes.tsv", "out/metrics.json"] {
        let text = folder.read(name).to_lowercase();
        // a forecast that cannot be is null, with its reason beside it
        let text = text.replace("\"forecast\": null,\n  \"no_forecast\": \"", "\"");
        let text = text.replace("\"after_change\": null", "");
        let words = text.split(|c: char| !c.is_alphanumeric());
        let odd = words.filter(|word| ["nan", "inf", "null"].contains(word));
        assert_eq!(odd.count(), 0, "{name}: {text}");
    }
}

#[test]
fn degenerate_tables_run() {
    let random = scattered;
    let one_column = |text: String, keep: usize| {
        let row = |row: &str| {
            row.split('\t')
                .take(2 + keep)
                .collect::<Vec<_>>()
                .join("\t")
        };
        text.lines()
            .map(|line| row(line) + "\n")
            .collect::<String>()
    };
    let blank_in_a_series = |text: String| {
        let row = |row: &str| match row.rsplit_once('\t') {
            Some((rest, _)) if row.starts_with("s1") => format!("{rest}\tNA\n"),
            _ => format!("{row}\n"),
        };
        text.lines().map(row).collect::<String>()
    };
    let few = |times: usize| table(3, 5, times);
    let times =
        |from: &str, to: &str| table(3, 2, 6).replace(&format!("\t{from}\t"), &format!("\t{to}\t"));
    for (name, text) in [
        ("two genes", one_column(table_of(random), 2)),
        ("missing in a series", blank_in_a_series(table_of(random))),
        ("two points a series", few(2)),
        ("three samples", table(3, 1, 3)),
        ("irregular", times("5", "5e20").replace("\t1\t", "\t1e-9\t")),
        ("copies", table_of(|at| random(at / 4))),
        ("wide", table(70, 1, 3)),
        ("large", table_of(|at| random(at) * 1e70)),
        ("tiny", table_of(|at| random(at) * 1e-150)),
        (
            "mixed",
            table_of(|at| random(at) * 10_f64.powi(30 * (at as i32 % 4) - 60)),
        ),
    ] {
        for linear in [false, true] {
            let folder = of(&text);
            let ran = run(&folder, if linear { &["--linear"] } else { &[] });
            no_nan(&folder);
            assert_eq!(folder.names("out"), ALL, "{name}: {}", ran.log);
        }
    }
}

#[test]
fn tables_in_which_nothing_can_be_ranked_are_refused() {
    let one_gene = table_of(scattered);
    let one_gene = one_gene.lines().map(|line| {
        let cells: Vec<&str> = line.split('\t').take(3).collect();
        cells.join("\t") + "\n"
    });
    for (text, says) in [
        (table_of(|at| (at % 4) as f64), "found 0 gene(s) that vary"),
        (table_of(|_| 0.0), "found 0 gene(s) that vary"),
        (
            one_gene.collect(),
            "found 1 gene(s) that vary, 1 of them among the regulators",
        ),
        (
            table(3, 1, 2),
            "found 1 interval(s) between samples of a series and 0 steady state(s)",
        ),
    ] {
        let folder = of(&text);
        folder
            .infer(&["d.tsv"])
            .with_code(2)
            .says(says)
            .says("nothing can be ranked");
        folder.cistron(&["check", "d.tsv"]).with_code(2).says(says);
    }
}

#[test]
fn numbers_that_would_overflow_are_refused_with_their_place() {
    let huge = of(&table_of(|at| if at == 41 { 1e300 } else { scattered(at) }));
    huge.infer(&["d.tsv"]).with_code(2).says(
        "error: d.tsv: series `s1`, sample 3, gene `B`: found a value of 1.000e150 on the model's \
         scale, expected at most 1e40; divide all values by a power of ten",
    );
    let none = ["d.tsv", "--transform", "none"];
    huge.infer(&none).with_code(2).says("a value of 1.000e300");
    run(&huge, &["--transform", "log1p"]);
    let late = of("time\tA\n0\t1\n1\t2\n1e300\t3\n");
    late.infer(&["d.tsv"]).with_code(2).says(
        "error: d.tsv: series `1`, sample 3: found time 1.000e300, expected at most 1e40; give \
         the times in a larger unit",
    );
    let tiny = of(&table_of(|at| scattered(at) * 1e-300));
    run(&tiny, &["--transform", "none"]).says(
        "warning: values too small to compute with (at most 1e-100 on the model's scale): A, B, \
         C, D; multiply all values by a power of ten",
    );
}

#[test]
fn data_that_do_not_suit_the_settings_are_named() {
    let below_zero = of(&table_of(|at| scattered(at) - 0.5));
    let ran = below_zero.infer(&["d.tsv", "--transform", "sqrt"]);
    ran.with_code(2)
        .says("error: d.tsv: the sqrt transform needs values of 0 or more, found -0.");
    let apart = of("time\tcondition\tA\tB\n0\ta\t1\t2\n1\tb\t2\t2\n2\tc\t1\t3\n");
    apart
        .infer(&["d.tsv"])
        .with_code(2)
        .says("error: d.tsv: no segment is left to learn from");
    let good = of(&table(3, 2, 5));
    for args in [&["--pairs=0"], &["--threads=0"], &["--top=x"]] {
        let ran = good.infer(&[&["d.tsv"], &args[..]].concat());
        ran.with_code(2)
            .says(args[0].split('=').next().expect("a name"));
    }
}

#[test]
fn a_place_that_takes_no_results_is_named_before_any_work() {
    let folder = of(&table(3, 2, 5));
    let cure = "give another folder with -o";
    let missing = folder.cistron(&["infer", "d.tsv"]);
    missing.with_code(2).says("--out <FOLDER>");
    for out in ["d.tsv", "d.tsv/below"] {
        let ran = folder.cistron(&["infer", "d.tsv", "-o", out]);
        ran.with_code(2)
            .says(&format!("error: {out}: results cannot be written there ("))
            .says(cure);
    }
    if cfg!(target_os = "linux") {
        let ran = folder.cistron(&["infer", "d.tsv", "-o", "/proc/cistron"]);
        ran.with_code(2).says(cure);
    }
    assert_eq!(folder.names(""), ["d.tsv"]);
}

#[test]
fn a_result_that_cannot_be_replaced_leaves_the_others_as_they_were() {
    let folder = of(&table(3, 2, 5));
    run(&folder, &[]);
    fs::remove_file(folder.path("out/nodes.tsv")).expect("written");
    folder.write("out/nodes.tsv/file", b"");
    let before = folder.read("out/edges.tsv");
    let ran = folder.cistron(&["infer", "d.tsv", "-o", "out", "--seed", "2"]);
    ran.with_code(2)
        .says("error: out/nodes.tsv: cannot be written (");
    assert_eq!(folder.read("out/edges.tsv"), before);
    assert!(
        folder
            .names("out")
            .iter()
            .all(|name| !name.ends_with(".part"))
    );
}

/// A limit on the size of files, in KiB, stands in for a full disk.
#[cfg(target_os = "linux")]
fn on_a_full_disk(folder: &Folder, limit: usize) -> Ran {
    let ran = folder.bash(&format!(
        "trap '' XFSZ; ulimit -f {limit}; \
         exec \"$0\" infer d.tsv -o out --pairs 2 --threads 1 --quiet"
    ));
    ran.with_code(2).says("check the free space")
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_named_and_leaves_nothing_half_written() {
    let folder = motility();
    for limit in [1, 8] {
        on_a_full_disk(&folder, limit)
            .says("out/checkpoint.bin: cannot be written (File too large");
        assert_eq!(folder.names("out"), [""; 0]);
    }
    folder.write("out/edges.tsv/file", b"");
    let run = ["infer", "d.tsv", "-o", "out", "--pairs", "2"];
    folder.cistron(&run).with_code(2);
    fs::remove_dir_all(folder.path("out/edges.tsv")).expect("made here");
    on_a_full_disk(&folder, 8).says("error: out/edges.tsv: cannot be written (File too large");
    assert_eq!(folder.names("out"), ["checkpoint.bin"]);
    folder.cistron(&run).with_code(0).says("going on from");
    assert_eq!(folder.names("out"), ALL);
}

/// Where users may mount: a folder that is really full.
#[test]
#[cfg(target_os = "linux")]
fn a_full_file_system_is_named_and_leaves_nothing_half_written() {
    let folder = motility();
    let line = "mkdir out && unshare -rm true 2>/dev/null || exit 77; exec unshare -rm bash -c '\
                mount -t tmpfs -o size=16k none out 2>/dev/null || exit 77; \
                \"$0\" infer d.tsv -o out --pairs 2 --quiet; code=$?; ls out; exit $code' \"$0\"";
    let ran = folder.bash(line);
    if ran.code != 77 {
        let ran = ran.with_code(2).says("No space left on device");
        let ran = ran.says("error: the fit stopped: out/checkpoint.bin: cannot be written");
        assert_eq!(ran.out, "");
    }
}
