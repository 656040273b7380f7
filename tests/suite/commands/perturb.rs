//! `cistron perturb` from end to end, on a model with closed forms and on one that was fitted.

use std::collections::HashMap;

use cistron::expression::Scale;
use cistron::field::{Component, Fitted, SparseField, Unit};
use cistron::genes::{Gene, Genes};

use crate::run::{Folder, Ran, shipped};

/// `a → b → c` and `a → d`, linear and of decay 1: steady state 1, 2, 3, 2; `e` stands alone.
pub(super) fn chain(members: usize) -> Fitted {
    let genes = Genes::new(["a", "b", "c", "d", "e"]).expect("distinct");
    let component = |regulators: &[usize], weight: f64| Component {
        regulators: regulators.iter().map(|g| Gene(*g)).collect(),
        units: vec![Unit {
            range: 1e6,
            bias: 0.0,
            weights: vec![weight; regulators.len()],
        }],
        intercept: 1.0,
        decay: 1.0,
        covariates: vec![],
    };
    let field = |weight: f64| {
        let into: [&[usize]; 5] = [&[], &[0], &[1], &[0], &[]];
        let components = into.iter().map(|regulators| component(regulators, weight));
        let components = components.collect();
        SparseField::new(genes.clone(), Scale::IDENTITY, vec![], components).expect("sound")
    };
    Fitted::new(field(1.0), vec![0.5; 5], (0.0, 10.0))
        .with_members((0..members).map(|k| field(0.8 + 0.2 * k as f64)).collect())
}

const STATES: &str = "name\tgroup\tcondition\ta\tb\tc\td\te\n\
    s1@0\ts1\t\t5\t0\t0\t0\t0\ns1@1.5\ts1\theat\t2\t2\t\t2\t2\n";

pub(super) fn folder_of(model: &Fitted) -> Folder {
    Folder::of_model(model, STATES)
}

pub(super) fn perturb(folder: &Folder, args: &[&str]) -> Ran {
    folder.cistron(&[&["perturb", "run", "-o", "out"], args].concat())
}

/// Rows of a table as maps from column to cell.
pub(super) fn table(folder: &Folder, name: &str) -> Vec<HashMap<String, String>> {
    let text = folder.read(name);
    let mut lines = text.lines().map(|line| line.split('\t'));
    let header: Vec<&str> = lines.next().expect("a header").collect();
    lines
        .map(|cells| {
            let pairs = header.iter().zip(cells);
            pairs
                .map(|(name, cell)| ((*name).to_owned(), cell.to_owned()))
                .collect()
        })
        .collect()
}

pub(super) fn number(row: &HashMap<String, String>, column: &str) -> f64 {
    row[column]
        .parse()
        .unwrap_or_else(|_| panic!("{column} of {row:?}"))
}

pub(super) fn close(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-4, "{found}, not {expected}");
}

#[test]
fn the_steady_state_of_a_knockout_has_its_closed_form_its_band_and_its_paths() {
    let folder = folder_of(&chain(2));
    let ran = perturb(&folder, &["--ko", "a"]).with_code(0);
    assert!(
        ran.out.contains("2 genes directly, 1 downstream, 1 not"),
        "{}",
        ran.out
    );
    assert_eq!(
        folder.names("out"),
        [
            "effects.tsv",
            "manifest.json",
            "perturb.json",
            "response.png",
            "response.svg",
            "response.tsv",
            "top_changes.png",
            "top_changes.svg"
        ]
    );
    let rows = table(&folder, "out/response.tsv");
    assert_eq!(rows.len(), 5);
    assert!(rows.iter().all(|row| row["time"] == "steady"));
    let wild: Vec<f64> = rows.iter().map(|row| number(row, "wild_type")).collect();
    let after: Vec<f64> = rows.iter().map(|row| number(row, "perturbed")).collect();
    [1.0, 2.0, 3.0, 2.0, 1.0]
        .iter()
        .zip(wild)
        .for_each(|(x, y)| close(y, *x));
    [0.0, 1.0, 2.0, 1.0, 1.0]
        .iter()
        .zip(after)
        .for_each(|(x, y)| close(y, *x));
    // the member with weight 0.8 changes b by 0.8
    close(number(&rows[1], "low"), 1.0);
    close(number(&rows[1], "high"), 1.2);
    let effects = table(&folder, "out/effects.tsv");
    let of = |gene: &str| {
        let row = effects
            .iter()
            .find(|row| row["gene"] == gene)
            .expect("every gene");
        (row["kind"].clone(), row["path"].clone())
    };
    assert_eq!(of("a"), ("perturbed".to_owned(), String::new()));
    assert_eq!(of("b"), ("direct".to_owned(), "a>b".to_owned()));
    assert_eq!(of("c"), ("downstream".to_owned(), "a>b>c".to_owned()));
    assert_eq!(of("e"), ("none".to_owned(), String::new()));
}

#[test]
fn several_genes_doses_and_levels_act_together() {
    let folder = folder_of(&chain(0));
    perturb(&folder, &["--kd", "a=0.5", "--oe", "b=2x", "--set", "e=7"]).with_code(0);
    let rows = table(&folder, "out/response.tsv");
    let after: Vec<f64> = rows.iter().map(|row| number(row, "perturbed")).collect();
    [0.5, 3.0, 4.0, 1.5, 7.0]
        .iter()
        .zip(after)
        .for_each(|(x, y)| close(y, *x));
    assert_eq!(rows[0]["low"], "");
}

#[test]
fn a_window_is_seen_in_the_course_and_in_the_picture() {
    let folder = folder_of(&chain(2));
    let args = [
        "--ko", "a", "--window", "a=1:3", "--until", "6", "--points", "7",
    ];
    perturb(&folder, &args).with_code(0);
    let rows = table(&folder, "out/response.tsv");
    assert_eq!(rows.len(), 35);
    let level = |time: &str, gene: &str| {
        let row = rows
            .iter()
            .find(|row| row["time"] == time && row["gene"] == gene);
        number(row.expect("there"), "perturbed")
    };
    close(level("0", "a"), 1.0);
    close(level("1", "a"), 0.0);
    close(level("3", "b"), 1.0 + (-2.0_f64).exp());
    close(level("6", "a"), 1.0 - (-3.0_f64).exp());
    let effects = table(&folder, "out/effects.tsv");
    let b = effects
        .iter()
        .find(|row| row["gene"] == "b")
        .expect("there");
    assert_eq!(b["time"], "3");
    let picture = folder.read("out/response.svg");
    assert!(
        picture.contains("a knockout from 1 to 3") && picture.contains("range of the ensemble")
    );
    // 0.1 + 0.2 and 0.3 differ by rounding: one is a time of the course, the other an end of the window
    let args = ["--ko", "a", "--window", "a=0.3:1", "--until", "3"];
    perturb(&folder, &args).with_code(0);
    // after the window all is as before
    perturb(&folder, &["--ko", "a", "--window", "a=1:3"]).with_code(0);
    let rows = table(&folder, "out/response.tsv");
    assert!(
        rows.iter()
            .all(|row| number(row, "log2_fold_change").abs() < 1e-4)
    );
}

#[test]
fn a_simulation_starts_where_it_is_told() {
    let folder = folder_of(&chain(0));
    let start = |from: &str| {
        let args = ["--ko", "e", "--from", from, "--until", "1", "--points", "2"];
        perturb(&folder, &args).with_code(0);
        let rows = table(&folder, "out/response.tsv");
        let wild: Vec<f64> = rows[..5]
            .iter()
            .map(|row| number(row, "wild_type"))
            .collect();
        wild
    };
    assert_eq!(start("s1@0"), [5.0, 0.0, 0.0, 0.0, 0.0]);
    // c is missing there and starts at the reference
    assert_eq!(start("s1@1.50"), [2.0, 2.0, 0.5, 2.0, 2.0]);
    assert_eq!(start("s1"), [3.5, 1.0, 0.0, 1.0, 1.0]);
    assert_eq!(start("heat"), [2.0, 2.0, 0.5, 2.0, 2.0]);
    let ran = perturb(&folder, &["--ko", "e", "--from", "s2@0"]);
    ran.with_code(2)
        .says("run/states.tsv has no state, series or condition of this name");
}

#[test]
fn doses_go_from_a_knockout_to_an_overexpression() {
    let folder = folder_of(&chain(2));
    let ran = perturb(&folder, &["--dose", "a=0:2:0.5"]).with_code(0);
    assert!(
        ran.out.contains("a at 5 doses from 0x to 2x"),
        "{}",
        ran.out
    );
    let rows = table(&folder, "out/doses.tsv");
    let of_c: Vec<f64> = rows
        .iter()
        .filter(|row| row["gene"] == "c")
        .map(|row| number(row, "perturbed"))
        .collect();
    [2.0, 2.5, 3.0, 3.5, 4.0]
        .iter()
        .zip(of_c)
        .for_each(|(x, y)| close(y, *x));
}

#[test]
fn a_batch_repeats_its_columns_and_adds_the_states() {
    let folder = folder_of(&chain(0));
    folder.write("pairs.tsv", b"gene_i\tgene_j\na\tb\nd\te\n");
    perturb(&folder, &["--batch", "pairs.tsv"]).with_code(0);
    let text = folder.read("out/steady.tsv");
    assert_eq!(
        text,
        "gene_i\tgene_j\tstart\ta\tb\tc\td\te\na\tb\tsteady\t0\t0\t1\t1\t1\nd\te\tsteady\t1\t2\t3\t0\t0\n"
    );
    folder.write(
        "long.tsv",
        b"sample\tgene\tkind\tlevel\tt_on\tt_off\nx\ta\tko\t\t\t\nx\te\tset\t4\t\t\ny\ta\tko\t\t1\t2\n",
    );
    perturb(&folder, &["--batch", "long.tsv"]).with_code(0);
    let rows = table(&folder, "out/steady.tsv");
    assert_eq!(rows[0]["perturbed"], "a+e");
    close(number(&rows[0], "c"), 2.0);
    close(number(&rows[1], "c"), 3.0);
    perturb(&folder, &["--batch", "long.tsv", "--until", "2"]).with_code(0);
    let rows = table(&folder, "out/courses.tsv");
    let times: Vec<&str> = rows.iter().map(|row| row["time"].as_str()).collect();
    assert_eq!(times, ["0", "2", "0", "2"]);
    close(number(&rows[3], "b"), 1.0 + (-1.0_f64).exp());
}

#[test]
fn a_screen_ranks_regulators_and_pairs() {
    let folder = folder_of(&chain(0));
    let ran = perturb(&folder, &["--screen", "--pairs", "--targets", "c,d"]).with_code(0);
    assert!(
        ran.out.contains("2 knockouts, largest effects: b a"),
        "{}",
        ran.out
    );
    let rows = table(&folder, "out/screen.tsv");
    assert_eq!(rows[0]["gene"], "b");
    close(number(&rows[0], "effect"), 2.0_f64.sqrt());
    close(number(&rows[0], "c"), -2.0);
    close(number(&rows[1], "effect"), 1.0);
    let rows = table(&folder, "out/pairs.tsv");
    assert_eq!(
        (rows[0]["gene_i"].as_str(), rows[0]["gene_j"].as_str()),
        ("a", "b")
    );
    // without b, c falls to 1 whatever a does
    close(number(&rows[0], "epistasis"), 0.5_f64.sqrt());
    folder.write("some.txt", b"e\n");
    perturb(&folder, &["--screen", "--regulators", "some.txt"]).with_code(0);
    close(number(&table(&folder, "out/screen.tsv")[0], "effect"), 0.0);
}

#[test]
fn what_cannot_be_simulated_is_refused_with_what_to_do() {
    let folder = folder_of(&chain(0));
    let long: &[u8] = b"gene\tkind\tt_on\tt_off\na\tko\t7\t9\n";
    folder.write("late.tsv", long);
    for (args, says) in [
        (
            &["--ko", "A"] as &[&str],
            "gene `A` is not in the model: did you mean `a`?",
        ),
        (
            &["--ko", "xylose"],
            "gene `xylose` is not in the model: its genes are called `a`, `b`, `c`… Spell it as in the data",
        ),
        (
            &["--kd", "a=-1"],
            "gene `a`: found a factor of -1, expected a number of 0 or more",
        ),
        (
            &["--kd", "a=2"],
            "--kd a=2: expected a fraction from 0 to 1; use --oe for more",
        ),
        (&["--kd", "a"], "--kd a: expected GENE=FRACTION"),
        (&["--set", "a=NaN"], "gene `a`: found a level of NaN"),
        (
            &["--dose", "a=-1:1:0.5"],
            "--dose a=-1:1:0.5: expected GENE=LOW:HIGH:STEP with factors",
        ),
        (
            &["--ko", "a", "--oe", "a=2x"],
            "gene `a` is changed twice at the same time",
        ),
        (
            &["--ko", "a", "--dose", "a=0:1:1"],
            "gene `a` is changed twice at the same time",
        ),
        (
            &["--ko", "a", "--window", "a=7:9", "--until", "5"],
            "gene `a`: the window 7:9 lies outside of the simulated time, which goes from 0 to 5; \
             move the window, or simulate longer with --until",
        ),
        (
            &["--ko", "a", "--window", "a=9:7"],
            "does not end after it starts",
        ),
        (
            &["--ko", "a", "--window", "b=1:2"],
            "gene `b` has no intervention; name it in --ko",
        ),
        (
            &["--batch", "late.tsv", "--until", "5"],
            "late.tsv: gene `a`: the window 7:9",
        ),
        (
            &["--ko", "a", "--until", "-3"],
            "--until -3: expected `steady`, or a time above 0",
        ),
        (
            &["--ko", "a", "--at", "2,1"],
            "--at 2,1: expected times of 0 or more that increase",
        ),
        (&["--ko", "a", "--at", "0"], "--at 0: expected times"),
        (&[], "nothing to simulate; give an intervention"),
        (
            &["--ko", "a", "--screen"],
            "--batch, --screen and --pairs exclude single interventions",
        ),
        (
            &["--screen", "--until", "5"],
            "drop --from, --until and --at, or use --batch",
        ),
        (&["--batch", "none.tsv"], "none.tsv: cannot be opened"),
    ] {
        perturb(&folder, args).with_code(2).says(says);
        assert_eq!(
            folder
                .names("out")
                .iter()
                .filter(|n| n.ends_with(".tsv"))
                .count(),
            0
        );
    }
}

#[test]
fn a_model_that_is_damaged_or_of_another_version_is_refused() {
    let folder = folder_of(&chain(0));
    let text = folder.read("run/model.json");
    let with = |text: &str, says: &str| {
        folder.write_in_run("run", "model.json", text.as_bytes());
        perturb(&folder, &["--ko", "a"]).with_code(2).says(says);
    };
    with(
        &text.replace("\"version\": 3", "\"version\": 1"),
        "run `cistron infer` on the data again",
    );
    with(
        &text.replace("\"version\": 3", "\"version\": 4"),
        "update cistron",
    );
    with(&text[..text.len() / 2], "run/model.json, row ");
    with(
        &text.replace("\"decay\":1.0", "\"decay\":-1.0"),
        "decay is not a number of 0 or more",
    );
    let ran = folder.cistron(&["perturb", "nowhere", "--ko", "a", "-o", "out"]);
    ran.with_code(2)
        .says("give the folder of a `cistron infer` run");
}

#[test]
fn a_gene_without_decay_is_held_in_steady_states_and_named() {
    let folder = folder_of(&chain(0));
    let text = folder.read("run/model.json");
    let last = text.find("\"target\":\"e\"").expect("there");
    let (front, back) = text.split_at(last);
    let back = back.replacen("\"decay\":1.0", "\"decay\":0.0", 1);
    folder.write_in_run("run", "model.json", (front.to_owned() + &back).as_bytes());
    let ran = perturb(&folder, &["--ko", "a"]).with_code(0);
    ran.says("1 gene has no measurable decay, so its steady state");
    close(
        number(&table(&folder, "out/response.tsv")[4], "perturbed"),
        0.5,
    );
}

#[test]
fn the_model_of_a_run_on_shipped_data_answers_on_any_number_of_threads() {
    let folder = Folder::with(&[("d.tsv", &shipped("ecoli_motility/timeseries.tsv"))]);
    let infer = ["infer", "d.tsv", "--pairs", "5", "-o", "run", "--quiet"];
    folder.cistron(&infer).with_code(0);
    let answer = |threads: &str| {
        let args = ["--screen", "--pairs", "--threads", threads];
        perturb(&folder, &args).with_code(0);
        assert_eq!(
            folder.names("out"),
            ["manifest.json", "pairs.tsv", "perturb.json", "screen.tsv"]
        );
        let screens = ["out/screen.tsv", "out/pairs.tsv"].map(|name| folder.read(name));
        perturb(
            &folder,
            &["--ko", "flhDC", "--until", "20", "--threads", threads],
        )
        .with_code(0);
        let response = ["out/response.tsv", "out/effects.tsv"].map(|name| folder.read(name));
        (screens, response)
    };
    let one = answer("1");
    assert_eq!(one, answer("2"));
    assert!(!one.0[0].contains("NaN") && !one.1[0].contains("NaN"));
}

#[test]
fn a_window_that_is_over_in_the_steady_state_is_pointed_out() {
    let folder = folder_of(&chain(0));
    let says = "all windows end before the steady state is reached";
    let window = ["--ko", "a", "--window", "a=1:2"];
    perturb(&folder, &window).with_code(0).says(says);
    let course = perturb(&folder, &[&window[..], &["--until", "5"]].concat());
    assert!(!course.with_code(0).log.contains(says));
    let open = perturb(&folder, &["--ko", "a", "--window", "a=1:"]);
    assert!(!open.with_code(0).log.contains(says));
}
