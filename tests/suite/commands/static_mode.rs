//! Steady states without any series: the list, the model, and what cannot be asked.

use std::fmt::Write;

use crate::run::{Folder, scattered};

const REGULATORS: usize = 6;
const TARGETS: usize = 30;
const SAMPLES: usize = 60;

/// About normal, of mean 0 and variance one.
fn noise(at: usize) -> f64 {
    (0..12).map(|k| scattered(12 * at + k)).sum::<f64>() - 6.0
}

fn regulator(target: usize) -> usize {
    target * 5 % REGULATORS
}

/// Level of gene number `g` in a sample, regulators first.
fn level(sample: usize, g: usize) -> f64 {
    let regulated = |r: usize| 8.0 + noise(1_000 * sample + r);
    match g.checked_sub(REGULATORS) {
        None => regulated(g),
        Some(t) => 2.0 + 0.6 * regulated(regulator(t)) + 0.4 * noise(500_000 + 1_000 * sample + t),
    }
}

fn name(g: usize) -> String {
    match g.checked_sub(REGULATORS) {
        None => format!("r{g}"),
        Some(t) => format!("t{t}"),
    }
}

const GENES: usize = REGULATORS + TARGETS;

/// Genes in rows, samples in columns, or the other way round.
fn samples(genes_in_rows: bool) -> String {
    let (rows, columns) = if genes_in_rows {
        (GENES, SAMPLES)
    } else {
        (SAMPLES, GENES)
    };
    let sample = |k: usize| format!("c{k}");
    let (down, across): (&dyn Fn(usize) -> String, &dyn Fn(usize) -> String) = if genes_in_rows {
        (&name, &sample)
    } else {
        (&sample, &name)
    };
    let mut text = String::new();
    (0..columns).for_each(|j| write!(text, "\t{}", across(j)).expect("text"));
    for i in 0..rows {
        write!(text, "\n{}", down(i)).expect("text");
        for j in 0..columns {
            let (sample, gene) = if genes_in_rows { (j, i) } else { (i, j) };
            write!(text, "\t{:.4}", level(sample, gene)).expect("text");
        }
    }
    text + "\n"
}

fn folder() -> Folder {
    let regulators: String = (0..REGULATORS).map(|r| format!("r{r}\n")).collect();
    let mut single = "isTs\tis1stLast\tprevCol\tdel.t\tcondName\n".to_owned();
    (0..SAMPLES).for_each(|k| writeln!(single, "FALSE\te\tNA\tNA\tc{k}").expect("text"));
    Folder::with(&[
        ("s.tsv", samples(true).as_bytes()),
        ("across.tsv", samples(false).as_bytes()),
        ("meta.tsv", single.as_bytes()),
        ("tf.txt", regulators.as_bytes()),
        ("half_lives.tsv", b"gene\thalf_life\nt3\t5\n"),
    ])
}

/// Share of true edges among as many as there are.
fn precision(folder: &Folder) -> f64 {
    let text = folder.read("out/edges.tsv");
    let pairs = text.lines().skip(1).filter_map(|row| {
        let (r, rest) = row.strip_prefix('r')?.split_once("\tt")?;
        let target: usize = rest.split('\t').next()?.parse().ok()?;
        Some(r.parse::<usize>().ok()? == regulator(target))
    });
    let best: Vec<bool> = pairs.take(TARGETS).collect();
    best.iter().filter(|right| **right).count() as f64 / TARGETS as f64
}

const STEADY: [&str; 5] = ["--steady", "s.tsv", "--regulators", "tf.txt", "--no-report"];

#[test]
fn steady_states_alone_give_a_list_that_says_what_its_direction_rests_on() {
    let folder = folder();
    // levels of 36 genes between 4 and 11 may be logarithms, about which there is a warning
    let said = [&STEADY[..], &["--scale", "linear"]].concat();
    let ran = folder.infer(&said).with_code(0);
    assert!(precision(&folder) > 0.9, "{}", precision(&folder));
    for part in [
        "36 genes, 6 regulators, no series, 60 samples",
        "static: directions are not in the data",
        "forecast error   none: the data are steady states without any series",
    ] {
        assert!(ran.out.contains(part), "{part}\n{}", ran.out);
    }
    assert!(
        ran.log
            .contains("genes are in rows, where the regulators are")
    );
    assert!(
        ran.log
            .contains("note: static: all samples are steady states")
    );
    assert!(!ran.log.contains("warning"), "{}", ran.log);
    let record = folder.read("out/run.json");
    assert!(record.contains("the direction of edges rests on the regulator list"));
    assert!(record.contains("\"series\": 0") && record.contains("\"samples\": 60"));
    let first = folder.read("out/edges.tsv");
    for same in [
        ["--steady", "across.tsv", "--genes", "columns"],
        ["s.tsv", "--times", "meta.tsv", "--no-report"],
    ] {
        let regulators = ["--regulators", "tf.txt", "--no-report"];
        let regulators = &regulators[..if same[0] == "s.tsv" { 2 } else { 3 }];
        folder.infer(&[&same[..], regulators].concat()).with_code(0);
        assert_eq!(folder.read("out/edges.tsv"), first, "{same:?}");
    }
}

#[test]
fn without_a_list_of_regulators_the_direction_is_called_a_guess() {
    let folder = folder();
    let args = ["--steady", "s.tsv", "--genes", "rows", "--no-report"];
    let ran = folder.infer(&args).with_code(0);
    assert!(
        ran.log.contains("the direction of edges is a guess"),
        "{}",
        ran.log
    );
    self::folder()
        .infer(&["--steady", "s.tsv"])
        .with_code(2)
        .says("either may be genes")
        .says("say `--genes rows` or `--genes columns`");
}

#[test]
fn neither_series_nor_steady_states_and_options_of_series_are_refused() {
    let folder = folder();
    folder
        .infer(&["--regulators", "tf.txt"])
        .with_code(2)
        .says("found no data, expected an expression table DATA or steady states")
        .says("`--steady FILE`");
    for option in [
        ["--times", "meta.tsv"],
        ["--window", "a=1:2"],
        ["--shift-at", "3"],
        ["--half-lives", "half_lives.tsv"],
    ] {
        folder
            .infer(&[&STEADY[..], &option].concat())
            .with_code(2)
            .says(option[0])
            .says("steady states without time series");
    }
    folder.write("series.tsv", b"time\ta\tb\n0\t1\t2\n1\t2\t3\n");
    folder
        .infer(&["--steady", "series.tsv"])
        .with_code(2)
        .says("column 1 (`time`): found a time column in a table of steady states")
        .says("give the table as DATA");
    let numbered =
        b"condition\trep\ta\tb\nWT\t1\t1.2\t2\nWT\t2\t1.1\t2.2\na\t1\t0\t3\na\t2\t0.1\t3.1\n";
    folder.write("numbered.tsv", numbered);
    let ran = folder
        .cistron(&["check", "--knockouts", "numbered.tsv"])
        .with_code(0);
    assert!(
        ran.out.contains("left out, as they number samples: `rep`"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("2: `a`, `b`"), "{}", ran.out);
    folder.write(
        "late.tsv",
        b"perturbed\ttime\ta\tb\nWT\t50\t1\t2\na\t50\t0\t3\nb\t50\t1\t0\n",
    );
    folder
        .infer(&["--knockouts", "late.tsv"])
        .with_code(2)
        .says("column 2 (`time`): found a time column in a table of steady states");
    folder
        .infer(&["--steady", "s.tsv", "--steady-weight", "0.5"])
        .with_code(2)
        .says("`--steady-weight` was given for steady states without time series");
}

#[test]
fn a_model_of_levels_has_steady_states_pictures_and_a_page_and_no_courses() {
    let folder = folder();
    folder.infer(&STEADY).with_code(0);
    let perturb = |more: &[&str]| {
        folder.cistron(&[&["perturb", "out", "--ko", "r0", "-o", "ko"], more].concat())
    };
    let ran = perturb(&[]).with_code(0);
    assert!(
        ran.log
            .contains("predicted effects may go the other way round"),
        "{}",
        ran.log
    );
    let effects = folder.read("ko/effects.tsv");
    let moved = (0..TARGETS).filter(|t| regulator(*t) == 0);
    for target in moved {
        assert!(effects.contains(&format!("t{target}\t")), "{effects}");
    }
    for course in [["--until", "5"], ["--window", "r0=1:2"]] {
        perturb(&course)
            .with_code(2)
            .says("knows no courses over time");
    }
    folder
        .cistron(&["perturb", "out", "--screen", "-o", "all"])
        .with_code(0);
    folder.cistron(&["report", "out"]).with_code(0);
    let page = folder.read("out/report.html");
    assert!(page.contains("in steady states, without any series"));
    folder
        .cistron(&["export", "out", "-o", "m.ant"])
        .with_code(0);
}

#[test]
fn knockouts_without_series_tell_direction_without_a_list() {
    let mut text = "perturbed\ta\tb\tc\td\n".to_owned();
    for (k, out) in ["", "", "", "a", "b", "c", "d", "", ""]
        .into_iter()
        .enumerate()
    {
        let a = if out == "a" { 0.0 } else { 2.0 };
        let b = if out == "b" { 0.0 } else { 0.5 + a };
        let c = if out == "c" { 0.0 } else { 4.0 - 0.9 * b };
        let d = if out == "d" { 0.0 } else { 1.5 };
        write!(text, "{out}").expect("text");
        for (j, x) in [a, b, c, d].into_iter().enumerate() {
            let noise = if x > 0.0 {
                0.02 * noise(90_000 + 4 * k + j)
            } else {
                0.0
            };
            write!(text, "\t{:.4}", x + noise).expect("text");
        }
        text.push('\n');
    }
    let folder = Folder::with(&[("ko.tsv", text.as_bytes())]);
    let ran = folder
        .infer(&["--knockouts", "ko.tsv", "--no-report"])
        .with_code(0);
    assert!(
        ran.log
            .contains("the direction of edges rests on the interventions"),
        "{}",
        ran.log
    );
    assert!(!ran.log.contains("is a guess"), "{}", ran.log);
    let edges = folder.read("out/edges.tsv");
    let best: Vec<&str> = edges.lines().skip(1).take(2).collect();
    for (row, edge) in best.iter().zip(["a\tb\t", "b\tc\t"]) {
        assert!(
            best.iter().any(|row| row.starts_with(edge)),
            "{row} {edges}"
        );
    }
}

#[test]
fn networks_with_steady_states_only_are_a_suite_of_the_benchmark() {
    let edges = (0..TARGETS).map(|t| format!("r{}\tt{t}\n", regulator(t)));
    let truth = "regulator\ttarget\n".to_owned() + &edges.collect::<String>();
    let regulators: String = (0..REGULATORS).map(|r| format!("r{r}\n")).collect();
    let folder = Folder::with(&[
        ("sets/one/multifactorial.tsv", samples(true).as_bytes()),
        ("sets/one/gold.tsv", truth.as_bytes()),
        ("sets/one/regulators.txt", regulators.as_bytes()),
    ]);
    let bench = ["bench", "static", "sets", "-qo", "b"];
    folder.cistron(&bench).with_code(0);
    let table = folder.read("b/bench.tsv");
    for method in [
        "cistron",
        "CLR",
        "ridge by target",
        "lasso",
        "floor (random)",
    ] {
        assert!(
            table.contains(&format!("\t{method}\t")),
            "{method}\n{table}"
        );
    }
    assert!(
        !table.contains("lagged correlation") && !table.contains("ceiling"),
        "{table}"
    );
    folder
        .cistron(&[&bench[..], &["--shift-at", "3"]].concat())
        .with_code(2)
        .says("the suite `static` does not use it");
}

#[test]
fn replicates_are_noted_and_held_out_together() {
    let plain = samples(false);
    let mut lines = plain.lines();
    let mut text = format!("sample{}\n", lines.next().expect("a header"));
    for (k, line) in lines.enumerate() {
        let (_, levels) = line.split_once('\t').expect("a name");
        writeln!(text, "c{}_rep{}\t{levels}", k / 3, k % 3 + 1).expect("text");
    }
    let folder = Folder::with(&[("s.tsv", text.as_bytes())]);
    let ran = folder
        .infer(&["--steady", "s.tsv", "--no-report"])
        .with_code(0);
    let note = "60 single samples are of 20 conditions (`c0_rep1`, `c0_rep2`, `c0_rep3`, …)";
    assert!(ran.log.contains(note), "{}", ran.log);
    let held = "held out         conditions of single samples, of which there are 20";
    assert!(ran.out.contains(held), "{}", ran.out);
    assert!(
        folder
            .read("out/run.json")
            .contains("of which there are 20")
    );
}
