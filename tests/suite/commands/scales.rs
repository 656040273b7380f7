//! The scale of the levels: recognised, given, kept, and used by doses, knockouts and fold changes.

use cistron::expression::{LevelTransform, Scale, Stored};
use cistron::field::{Component, Fitted, SparseField, Unit};
use cistron::genes::{Gene, Genes};

use crate::run::{Folder, scattered};

/// A table of 120 genes and 12 times.
fn wide(value: impl Fn(f64, f64) -> f64) -> String {
    let genes: Vec<String> = (0..120).map(|j| format!("g{j}")).collect();
    let mut text = format!("time\t{}\n", genes.join("\t"));
    for i in 0..12 {
        let cells = (0..120).map(|j| value(scattered(j), scattered(1000 + 120 * i + j)));
        let cells: Vec<String> = cells.map(|x| format!("{x:.6}")).collect();
        text += &format!("{i}\t{}\n", cells.join("\t"));
    }
    text
}

#[test]
fn the_scale_is_recognised_printed_with_its_reason_and_kept() {
    type Value = fn(f64, f64) -> f64;
    let tables: [(Value, &str, &str); 5] = [
        (
            |gene, noise| 4.0 + 10.0 * gene + noise,
            "scale log of unknown base: 98 %",
            "log",
        ),
        (
            |gene, noise| -3.0 + 10.0 * gene + 0.3 * noise,
            "scale log of unknown base: values down to -",
            "log",
        ),
        (
            |_, noise| 2.0 * noise - 1.0,
            "scale log ratio of unknown base: values are below 0 and genes are centred",
            "logratio",
        ),
        (
            |gene, noise| (12.0 * gene + noise).exp2(),
            "scale linear: values up to",
            "linear",
        ),
        (
            |gene, noise| (900.0 * gene + 9.0 * noise).round(),
            "scale linear: all values are whole",
            "linear",
        ),
    ];
    for (value, says, kept) in tables {
        let folder = Folder::with(&[("d.tsv", wide(value).as_bytes())]);
        let checked = folder.cistron(&["check", "d.tsv"]).with_code(0).out;
        let line = says.replacen(' ', &" ".repeat(12), 1);
        assert!(checked.contains(&line), "{line}\n{checked}");
        let ran = folder.infer(&["d.tsv", "--pairs=2", "--no-refit", "--no-report"]);
        ran.with_code(0).says(says).says("note: transform ");
        for file in ["out/run.json", "out/model.json"] {
            let text = folder.read(file);
            assert!(
                text.replace(' ', "")
                    .contains(&format!("\"stored\":\"{kept}\"")),
                "{file}"
            );
        }
        assert!(folder.read("out/run.json").contains(says));
    }
}

/// `a → b` on a log scale: steady state 1, 2; the floor is at −2.
fn pair(stored: Stored) -> Folder {
    let genes = Genes::new(["a", "b"]).expect("distinct");
    let component = |regulators: &[usize]| Component {
        regulators: regulators.iter().map(|g| Gene(*g)).collect(),
        units: vec![Unit {
            range: 1e6,
            bias: 0.0,
            weights: vec![1.0; regulators.len()],
        }],
        intercept: 1.0,
        decay: 1.0,
        covariates: vec![],
    };
    let components = vec![component(&[]), component(&[0])];
    let scale = Scale::of(stored, LevelTransform::Log(0.0), 0.25);
    let field = SparseField::new(genes, scale, vec![], components).expect("sound");
    let fitted = Fitted::new(field, vec![0.5; 2], (0.0, 10.0));
    let states = "name\tgroup\tcondition\ta\tb\ns@0\ts\t\t1\t2\n";
    Folder::of_model(&fitted, states)
}

/// Wild type, perturbed and fold change of both genes.
fn answer(folder: &Folder, args: &[&str]) -> Vec<[Option<f64>; 3]> {
    folder
        .cistron(&[&["perturb", "run", "-o", "out"], args].concat())
        .with_code(0);
    let text = folder.read("out/response.tsv");
    let rows = text.lines().skip(1);
    rows.map(|row| {
        let cells: Vec<&str> = row.split('\t').collect();
        [2, 3, 4].map(|at| cells[at].parse().ok())
    })
    .collect()
}

fn close(found: Option<f64>, expected: f64) {
    let found = found.expect("a number");
    assert!((found - expected).abs() < 5e-3, "{found}, not {expected}");
}

#[test]
fn a_dose_halves_the_level_and_not_its_logarithm() {
    let folder = pair(Stored::Log2);
    for (args, levels) in [
        (&["--kd", "a=0.5"], [0.0, 1.0]),
        (&["--oe", "a=4x"], [3.0, 4.0]),
        (&["--ko", "a"], [-2.0, -1.0]),
        (&["--set", "a=-1"], [-1.0, 0.0]),
    ] {
        let found = answer(&folder, args);
        for (row, (wild, level)) in found.iter().zip([1.0, 2.0].iter().zip(levels)) {
            close(row[0], *wild);
            close(row[1], level);
            // of the linear levels, each plus a thousandth of the middle one
            let c = 1e-3 * 3.0;
            close(row[2], ((level.exp2() + c) / (wild.exp2() + c)).log2());
        }
    }
    let ran = folder.cistron(&["perturb", "run", "-o", "out", "--kd", "a=0.5"]);
    assert!(
        ran.out.contains("of linear levels, each plus 3.000e-3"),
        "{}",
        ran.out
    );
    let svg = folder.read("out/response.svg");
    assert!(svg.contains("units of the data: log2"));
}

#[test]
fn without_a_base_a_dose_asks_for_the_scale_and_a_knockout_does_not() {
    let folder = pair(Stored::Log);
    let ran = folder.cistron(&["perturb", "run", "-o", "out", "--kd", "a=0.5"]);
    ran.with_code(2)
        .says("gene `a`: found a factor of 0.5")
        .says("`--scale log2`");
    let found = answer(&folder, &["--ko", "a"]);
    close(found[1][1], -1.0);
    assert_eq!(found[1][2], None);
}

#[test]
fn a_level_on_ratios_is_refused_and_a_dose_is_not() {
    for stored in [Stored::Log2Ratio, Stored::LogRatio] {
        let folder = pair(stored);
        let ran = folder.cistron(&["perturb", "run", "-o", "out", "--set", "a=1"]);
        ran.with_code(2)
            .says("gene `a`: found a level of 1 for data that are ratios");
    }
    close(
        answer(&pair(Stored::Log2Ratio), &["--kd", "a=0.5"])[1][1],
        1.0,
    );
}

/// A generated set with a floor, its levels turned into what is stored.
fn stored(folder: &Folder, name: &str, value: impl Fn(f64) -> f64) {
    let text = folder.read("net/timeseries.tsv");
    let mut lines = text.lines();
    let header = lines.next().expect("a header");
    let times = header
        .split('\t')
        .take_while(|name| !name.starts_with('G'))
        .count();
    let mut out = format!("{header}\n");
    for line in lines.filter(|line| !line.is_empty()) {
        let cells = line
            .split('\t')
            .enumerate()
            .map(|(at, cell)| match cell.parse::<f64>() {
                Ok(x) if at >= times => value(x.max(0.01)).to_string(),
                _ => cell.to_owned(),
            });
        out += &format!("{}\n", cells.collect::<Vec<_>>().join("\t"));
    }
    folder.write(&format!("{name}.tsv"), out.as_bytes());
}

/// Evidence by pair, and the linear levels under the knockout of the first gene.
fn found(
    folder: &Folder,
    name: &str,
    linear: impl Fn(f64) -> f64,
) -> (Vec<(String, f64)>, Vec<f64>) {
    let (table, run) = (format!("{name}.tsv"), format!("run-{name}"));
    let args = [
        "infer",
        &table,
        "-o",
        &run,
        "--scale",
        name,
        "--pairs=10",
        "--no-report",
    ];
    folder
        .cistron(&args)
        .with_code(0)
        .says("note: transform sqrt");
    let edges = folder.read(&format!("{run}/edges.tsv"));
    let header: Vec<&str> = edges
        .lines()
        .next()
        .expect("a header")
        .split('\t')
        .collect();
    let column = |name: &str| header.iter().position(|n| *n == name).expect("a column");
    let (source, target, evidence) = (column("source"), column("target"), column("evidence"));
    let mut pairs: Vec<(String, f64)> = edges
        .lines()
        .skip(1)
        .map(|row| row.split('\t').collect::<Vec<_>>())
        .map(|c| {
            (
                format!("{}>{}", c[source], c[target]),
                c[evidence].parse().expect("a number"),
            )
        })
        .collect();
    pairs.sort_by(|a, b| a.0.cmp(&b.0));
    let out = format!("ko-{name}");
    folder
        .cistron(&["perturb", &run, "-o", &out, "--ko", "G1"])
        .with_code(0);
    let levels = folder.read(&format!("{out}/response.tsv"));
    let levels = levels.lines().skip(1).map(|row| {
        let cell = row.split('\t').nth(3).expect("perturbed");
        linear(cell.parse().expect("a number"))
    });
    (pairs, levels.collect())
}

#[test]
fn logarithms_and_levels_of_the_same_data_have_the_same_network_and_knockouts() {
    let folder = Folder::with(&[]);
    let args = ["generate", "--random", "12", "--seed", "5", "-o", "net"];
    folder.cistron(&args).with_code(0);
    stored(&folder, "linear", |x| x);
    stored(&folder, "log2", f64::log2);
    stored(&folder, "log2p1", |x| (x + 1.0).log2());
    stored(&folder, "ln", f64::ln);
    let (pairs, levels) = found(&folder, "linear", |x| x);
    type Back = fn(f64) -> f64;
    let others: [(&str, Back); 3] = [
        ("log2", f64::exp2),
        ("log2p1", |y| y.exp2() - 1.0),
        ("ln", f64::exp),
    ];
    for (name, back) in others {
        let (other, there) = found(&folder, name, back);
        for ((pair, a), (same, b)) in pairs.iter().zip(&other) {
            assert!(
                pair == same && (a - b).abs() < 5e-3,
                "{name} {pair}: {a} {b}"
            );
        }
        for (gene, (a, b)) in levels.iter().zip(&there).enumerate().skip(1) {
            assert!(
                (a - b).abs() < 0.02 * a.abs() + 1e-6,
                "{name} gene {gene}: {a} {b}"
            );
        }
    }
}

const UNITS: &str = "time\tA\tB\tC\tD\tE\tF\n0\t1\t2\t3\t4\t5\t6\n1\t2\t2.2\t2.5\t4.1\t5\t6.6\n\
    2\t2.6\t2.4\t2\t4.5\t5.5\t6\n3\t2.8\t2.6\t2\t4.5\t5.2\t6.4\n4\t2.9\t2.7\t1.8\t4.2\t5\t6.1\n";

#[test]
fn knockouts_in_another_unit_are_refused_with_the_factor_and_the_cure_works() {
    let table = |f: &dyn Fn(f64) -> f64| {
        let row = |name: &str, levels: [f64; 6]| {
            let cells: Vec<String> = levels.iter().map(|x| f(*x).to_string()).collect();
            format!("{name}\t{}\n", cells.join("\t"))
        };
        let wild = row("WT", [2.5, 2.4, 2.2, 4.2, 5.1, 6.2]);
        let out = row("A", [0.0, 1.4, 3.1, 4.2, 5.1, 6.2]);
        format!("perturbed\tA\tB\tC\tD\tE\tF\n{wild}{out}")
    };
    let folder = Folder::with(&[
        ("d.tsv", UNITS.as_bytes()),
        ("ko.tsv", table(&|x| x).as_bytes()),
        ("far.tsv", table(&|x| 1000.0 * x).as_bytes()),
        ("log.tsv", table(&|x| x.max(0.01).log10()).as_bytes()),
    ]);
    let quick = ["d.tsv", "--pairs=2", "--no-refit", "--no-report"];
    let run = |args: &[&str]| folder.infer(&[&quick, args].concat());
    run(&["--knockouts", "far.tsv"]).with_code(2).says(
        "steady states: found levels about 1000 times those of the series (6 genes), expected \
         the same unit; give `--steady-scale 0.001`",
    );
    run(&["--knockouts", "ko.tsv"]).with_code(0);
    let edges = folder.read("out/edges.tsv");
    run(&["--knockouts", "far.tsv", "--steady-scale", "0.001"]).with_code(0);
    assert_eq!(folder.read("out/edges.tsv"), edges);
    run(&["--knockouts", "far.tsv", "--steady-scale", "same"]).with_code(0);
    assert_ne!(folder.read("out/edges.tsv"), edges);
    let ran = folder.cistron(&[
        "check",
        "d.tsv",
        "--knockouts",
        "ko.tsv",
        "--steady-scale",
        "kilo",
    ]);
    ran.with_code(2).says("found scale `kilo`, expected linear");
    let ran = folder.cistron(&["check", "d.tsv", "--knockouts", "log.tsv"]);
    ran.with_code(2)
        .says("on the scale log10, while the series are linear; give `--steady-scale log10`");
    let args = [
        "check",
        "d.tsv",
        "--knockouts",
        "log.tsv",
        "--steady-scale",
        "log10",
    ];
    folder.cistron(&args).with_code(0);
}

#[test]
fn a_trace_of_negative_values_does_not_change_the_scale() {
    let folder = |least: &str| {
        let text = (0..40).map(|i| {
            let level = |j: usize| 5.0 + 3.0 * scattered(j + 4 * i);
            let first = if i == 7 {
                least.to_owned()
            } else {
                level(0).to_string()
            };
            format!("{i}\t{first}\t{}\t{}\n", level(1), level(2))
        });
        let text = format!("time\tA\tB\tC\n{}", text.collect::<String>());
        Folder::with(&[("d.tsv", text.as_bytes())])
    };
    let quick = ["d.tsv", "--pairs=2", "--no-refit", "--no-report"];
    let ran = folder("-0.0001")
        .infer(&quick)
        .with_code(0)
        .says("note: transform sqrt: ");
    ran.says("1 value is below 0, down to -0.0001, and taken as 0: few and tiny beside the others");
    let ran = folder("-4").infer(&quick).with_code(0);
    assert!(!ran.log.contains("taken as 0"), "{}", ran.log);
    folder("-4").infer(&[&quick[..], &["--scale", "log2p1"]].concat()).with_code(2).says(
        "error: d.tsv: the log2p1 scale needs values of 0 or more, found -4; say with `--scale`",
    );
}

#[test]
fn factors_in_the_data_need_the_base_and_levels_no_ratios() {
    let table = wide(|gene, noise| 4.0 + 10.0 * gene + noise);
    let done = |line: &str| format!("gene\tkind\tlevel\tt_on\tt_off\n{line}\n");
    let folder = Folder::with(&[
        ("d.tsv", table.as_bytes()),
        ("kd.tsv", done("g3\tkd\t0.5\t2\t6").as_bytes()),
        ("set.tsv", done("g3\tset\t0.5\t2\t6").as_bytes()),
    ]);
    let quick = ["d.tsv", "--pairs=2", "--no-refit", "--no-report"];
    let run = |args: &[&str]| folder.infer(&[&quick, args].concat());
    let ran = run(&["--interventions", "kd.tsv"]);
    ran.with_code(2)
        .says("gene `g3`: found a factor of 0.5 for data that are logarithms of an unknown base");
    let ran = run(&["--interventions", "set.tsv", "--scale", "log2ratio"]);
    ran.with_code(2)
        .says("gene `g3`: found a level of 0.5 for data that are ratios");
    run(&["--interventions", "kd.tsv", "--scale", "log2"]).with_code(0);
}

#[test]
fn logarithms_of_few_genes_are_a_doubt_that_factors_have_to_wait_for() {
    let rows = (0..12).map(|i| {
        let levels = (0..8).map(|j| format!("\t{:.4}", 8.0 + 3.0 * scattered(j + 8 * i)));
        format!("{i}{}\n", levels.collect::<String>())
    });
    let header: String = (0..8).map(|j| format!("\tg{j}")).collect();
    let text = format!("time{header}\n{}", rows.collect::<String>());
    let kd = "gene\tkind\tlevel\tt_on\tt_off\ng3\tkd\t0.5\t2\t6\n";
    let quick = ["d.tsv", "--pairs=2", "--no-refit", "--no-report"];
    let run = |args: &[&str]| {
        let folder = Folder::with(&[("d.tsv", text.as_bytes()), ("kd.tsv", kd.as_bytes())]);
        folder.infer(&[&quick, args].concat())
    };
    run(&[])
        .with_code(0)
        .says("warning: levels are taken as linear, and may be logarithms");
    run(&["--interventions", "kd.tsv"])
        .with_code(2)
        .says("gene `g3`: found a factor of 0.5 for data that are logarithms of an unknown base, or may be logarithms");
    for scale in ["linear", "log2"] {
        let ran = run(&["--interventions", "kd.tsv", "--scale", scale]);
        let ran = ran.with_code(0);
        assert!(!ran.log.contains("may be logarithms"), "{}", ran.log);
    }
}
