//! Predicted against measured states: `perturb --measured`, and `score --perturb` of a folder.

use std::fs;

use serde_json::Value;

use super::perturb::{chain, close, folder_of, number, perturb, table};
use crate::run::{Folder, Ran};

/// Knockouts of the chain as the model has them, but `c` is 0.5 higher without `a`.
const STEADY: &str =
    "perturbed\ta\tb\tc\te\tx\nWT\t1\t2\t3\t1\t7\na\t0\t1\t2.5\t1\t7\nb\t1\t0\t1\t1\t7\n";

fn folder() -> Folder {
    let folder = folder_of(&chain(0));
    folder.write("m.tsv", STEADY.as_bytes());
    folder
}

fn score(folder: &Folder, measured: &str, more: &[&str]) -> Ran {
    let args = ["score", "--perturb", "--json", "out", measured];
    folder.cistron(&[&args[..], more].concat())
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("one object")
}

fn value(found: &Value, name: &str) -> f64 {
    found[name]
        .as_f64()
        .unwrap_or_else(|| panic!("{name} of {found}"))
}

#[test]
fn one_command_simulates_scores_and_draws_what_was_measured() {
    let folder = folder();
    let ran = perturb(&folder, &["--measured", "m.tsv"]).with_code(0);
    assert!(
        ran.out.contains("no change") && ran.out.contains("prediction"),
        "{}",
        ran.out
    );
    let ran = ran.says("m.tsv: 1 gene is not in the model, and left out");
    assert!(!ran.log.contains("warning"), "{}", ran.log);
    assert_eq!(
        folder.names("out"),
        [
            "manifest.json",
            "measured.png",
            "measured.svg",
            "perturb.json",
            "scores.json",
            "steady.tsv",
            "wild_type.tsv"
        ]
    );
    let scores = json(&folder.read("out/scores.json"));
    // six levels of genes that were not changed, one of which is 0.5 off
    close(value(&scores, "mean_squared_error"), 0.25 / 6.0);
    assert_eq!(scores["correct_signs"], 1.0);
    let none = &scores["rules"][0];
    assert_eq!(none["rule"], "no change");
    close(value(none, "mean_squared_error"), (1.0 + 0.25 + 4.0) / 6.0);
    let picture = folder.read("out/measured.svg");
    assert!(picture.contains("correlation of changes 0.9") && picture.contains("no change"));
    // only the command that knows the model leaves other genes out
    score(&folder, "m.tsv", &[])
        .with_code(2)
        .says("no prediction for gene `x`");
}

#[test]
fn the_folder_of_any_answer_is_scored_like_the_answer_itself() {
    let folder = folder();
    let without_x: Vec<&str> = STEADY
        .lines()
        .map(|line| line.rsplit_once('\t').expect("x").0)
        .collect();
    folder.write("m.tsv", (without_x.join("\n") + "\n").as_bytes());
    perturb(&folder, &["--measured", "m.tsv"]).with_code(0);
    let direct = json(&folder.read("out/scores.json"));
    let of_folder = json(&score(&folder, "m.tsv", &[]).with_code(0).out);
    for name in [
        "mean_squared_error",
        "correlation",
        "correct_signs",
        "rules",
    ] {
        assert_eq!(of_folder[name], direct[name], "{name}");
    }
    // a single answer is scored by the rows with the same knockout
    perturb(&folder, &["--ko", "a"]).with_code(0);
    assert!(!folder.names("out").contains(&"steady.tsv".to_owned()));
    let of_a = json(&score(&folder, "m.tsv", &[]).with_code(0).out);
    assert_eq!(of_a["levels"], 3);
    close(value(&of_a, "mean_squared_error"), 0.25 / 3.0);
    // and on another scale
    let log = "perturbed\ta\tb\tc\te\nWT\t0\t1\t1.584963\t0\na\t\t0\t1.321928\t0\n";
    folder.write("log.tsv", log.as_bytes());
    let of_log = json(
        &score(&folder, "log.tsv", &["--scale", "log2"])
            .with_code(0)
            .out,
    );
    close(value(&of_log, "mean_squared_error"), 0.25 / 3.0);
    let wrong = perturb(&folder, &["--ko", "c", "--measured", "m.tsv"]);
    wrong
        .with_code(2)
        .says("m.tsv: found no measured state with a change of c alone");
    let screen = perturb(&folder, &["--screen"]);
    screen.with_code(0);
    score(&folder, "m.tsv", &[])
        .with_code(2)
        .says("out: found none of steady.tsv, courses.tsv, response.tsv");
    let table = folder.cistron(&["score", "--perturb", "m.tsv", "m.tsv", "--scale", "log2"]);
    table
        .with_code(2)
        .says("--scale needs the folder of a `cistron perturb` answer");
}

#[test]
fn rows_of_another_level_are_not_of_the_answer() {
    let folder = folder();
    let twice = perturb(&folder, &["--oe", "a=2x", "--measured", "m.tsv"]).with_code(2);
    twice
        .says("m.tsv: found a, expected a (level 2), as was simulated; rows without a level are knockouts")
        .says("a column `level`");
    // with it, b = 1 + a, c = 1 + b and e = 1 + (c - 1) is judged in the rows of that level alone
    let text = "perturbed\tlevel\ta\tb\tc\nWT\t\t1\t2\t3\na\t2\t2\t3\t4\na\t0\t0\t1\t9\n";
    folder.write("l.tsv", text.as_bytes());
    perturb(&folder, &["--oe", "a=2x", "--measured", "l.tsv"]).with_code(0);
    let of_two = json(&folder.read("out/scores.json"));
    assert_eq!(of_two["levels"], 2);
    close(value(&of_two, "mean_squared_error"), 0.0);
    perturb(&folder, &["--ko", "a", "--measured", "l.tsv"]).with_code(0);
    let of_none = json(&folder.read("out/scores.json"));
    close(value(&of_none, "mean_squared_error"), 49.0 / 2.0);
    // all rows, each with its level
    perturb(&folder, &["--measured", "l.tsv"]).with_code(0);
    let of_all = json(&folder.read("out/scores.json"));
    close(value(&of_all, "mean_squared_error"), 49.0 / 4.0);
    let of_folder = json(&score(&folder, "l.tsv", &[]).with_code(0).out);
    close(value(&of_folder, "mean_squared_error"), 49.0 / 4.0);
    let other = perturb(&folder, &["--kd", "a=0.5", "--measured", "l.tsv"]).with_code(2);
    other.says("found a (level 2), expected a (level 0.5), as was simulated; simulate the level of one of its rows");
    // a table of the answer alone need not name the gene, whose level is held
    folder.write("set.tsv", b"perturbed\ta\tb\tc\n\t2\t3\t4\n");
    let set = perturb(&folder, &["--set", "a=2", "--measured", "l.tsv"]).with_code(2);
    set.says("a table cannot say that a level is held");
    perturb(&folder, &["--set", "a=2", "--measured", "set.tsv"]).with_code(0);
    close(
        value(&json(&folder.read("out/scores.json")), "mean_squared_error"),
        0.0,
    );
}

#[test]
fn replicates_of_a_single_answer_are_all_compared_with_it() {
    let folder = folder();
    let text = "perturbed\ta\tb\tc\nWT\t1\t2\t3\nWT\t1\t2\t3\na\t0\t1\t2\na\t0\t1\t4\n";
    folder.write("r.tsv", text.as_bytes());
    perturb(&folder, &["--ko", "a", "--measured", "r.tsv"]).with_code(0);
    let direct = json(&folder.read("out/scores.json"));
    assert_eq!(
        (&direct["states"], &direct["levels"]),
        (&4.into(), &4.into())
    );
    close(value(&direct, "mean_squared_error"), 1.0);
    let of_folder = json(&score(&folder, "r.tsv", &[]).with_code(0).out);
    close(value(&of_folder, "mean_squared_error"), 1.0);
}

#[test]
fn the_manifest_says_which_tables_are_of_the_answer() {
    let folder = folder();
    folder.write("m.tsv", b"perturbed\ta\tb\tc\na\t0\t1\t2.5\n");
    perturb(&folder, &["--ko", "a"]).with_code(0);
    // beside the response, and of nobody
    folder.write("out/steady.tsv", b"perturbed\ta\tb\tc\na\t9\t9\t9\n");
    let found = json(&score(&folder, "m.tsv", &[]).with_code(0).out);
    close(value(&found, "mean_squared_error"), 0.25 / 2.0);
    fs::remove_file(folder.path("out/steady.tsv")).expect("it is there");
    perturb(&folder, &["--measured", "m.tsv"]).with_code(0);
    fs::remove_file(folder.path("out/wild_type.tsv")).expect("it is there");
    score(&folder, "m.tsv", &[])
        .with_code(2)
        .says("out/wild_type.tsv");
}

#[test]
fn courses_are_compared_at_the_measured_times() {
    let folder = folder();
    // without a from the steady state: b = 1 + e⁻ᵗ
    let mut text = "perturbed\ttime\ta\tb\tc\n".to_owned();
    for time in [0.0_f64, 1.0, 3.0] {
        let b = 1.0 + (-time).exp();
        text += &format!("\t{time}\t1\t2\t3\na\t{time}\t0\t{b:.6}\t3\n");
    }
    folder.write("t.tsv", text.as_bytes());
    let ran = perturb(&folder, &["--measured", "t.tsv"]).with_code(0);
    assert!(
        ran.out.contains("courses.tsv wild_type.tsv scores.json"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("2 sets of interventions, 2 courses"));
    let rows = table(&folder, "out/courses.tsv");
    let named: Vec<(&str, f64)> = rows
        .iter()
        .map(|row| (row["perturbed"].as_str(), number(row, "time")))
        .collect();
    let (wild, without_a) = (
        [0.0, 1.0, 3.0].map(|t| ("", t)),
        [0.0, 1.0, 3.0].map(|t| ("a", t)),
    );
    assert_eq!(named, [wild, without_a].concat());
    let scores = json(&folder.read("out/scores.json"));
    // c = 2 + (1 + t)e⁻ᵗ by the model, and was measured to stay at 3
    let wrong = |t: &f64| (1.0 - (1.0 + t) * (-t).exp()).powi(2);
    let wrong: f64 = [1.0_f64, 3.0].iter().map(wrong).sum();
    close(value(&scores, "mean_squared_error"), wrong / 6.0);
    let picture = folder.read("out/measured_courses.svg");
    assert!(picture.contains("b under a") && picture.contains("<circle"));
    let of_folder = json(&score(&folder, "t.tsv", &[]).with_code(0).out);
    // the table has six digits
    close(value(&of_folder, "mean_squared_error"), wrong / 6.0);
    // a response at these times is the same answer
    perturb(&folder, &["--ko", "a", "--at", "1,3"]).with_code(0);
    let of_response = json(&score(&folder, "t.tsv", &[]).with_code(0).out);
    close(value(&of_response, "mean_squared_error"), wrong / 6.0);
}

#[test]
fn ten_generated_networks_are_compared_with_their_measured_knockouts_in_one_command() {
    let folder = Folder::with(&[]);
    let draw = ["--random", "10", "--seed", "3", "--replicates", "10"];
    let tables = ["--steady", "wildtype,knockouts,knockdowns", "-o", "nets"];
    folder
        .cistron(&[&["generate"], &draw[..], &tables].concat())
        .with_code(0);
    let (mut better, mut correlations) = (0, Vec::new());
    for net in 1..=10 {
        let file = |name: &str| format!("nets/{net}/{name}");
        let (series, wild, down) = (
            file("timeseries.tsv"),
            file("wildtype.tsv"),
            file("knockdowns.tsv"),
        );
        let (run, measured, answer) = (file("run"), file("knockouts.tsv"), file("answer"));
        let infer = ["infer", &series, "--wildtype", &wild, "--knockdowns", &down];
        let infer = [&infer[..], &["-o", &run, "--pairs", "4", "-q"]].concat();
        folder.cistron(&infer).with_code(0);
        let args = ["perturb", &run, "--measured", &measured];
        let args = [&args[..], &["--wildtype", &wild, "-o", &answer]].concat();
        let ran = folder.cistron(&args).with_code(0);
        assert!(ran.out.contains("no change"), "{}", ran.out);
        assert!(folder.names(&answer).contains(&"measured.svg".to_owned()));
        let scores = json(&folder.read(&format!("{answer}/scores.json")));
        let none = value(&scores["rules"][0], "mean_squared_error");
        better += usize::from(value(&scores, "mean_squared_error") < none);
        correlations.push(value(&scores, "correlation"));
    }
    // measured: 9, and 0.50
    let mean = correlations.iter().sum::<f64>() / 10.0;
    assert!(
        better >= 7 && mean > 0.35,
        "{better} better than no change, correlation {mean:.2}"
    );
}
