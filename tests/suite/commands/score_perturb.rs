//! `cistron score --perturb`: tables of states after interventions, and what a user sees.

use std::fs::File;
use std::path::PathBuf;

use cistron::genes::{Gene, Genes};
use cistron::io::{SteadyRows, read_steady_states};
use cistron_truth::evaluate::compare;
use cistron_truth::io::{read_perturbed_states, write_steady};
use cistron_truth::simulate::{SteadyStates, SteadyTable};
use faer::mat;

use crate::run::{Folder, Ran};

const TRUTH: &str = "gene_i\tgene_j\tA\tB\tC\nA\tB\t0\t0\t0.2\nB\tC\t1.2\t0\t0\n";
const PREDICTED: &str = "gene_j,gene_i,C,B,A\nB,A,0.3,0,0\nC,B,0,0,1\n";
const WILD_TYPE: &str = "A,B,C\n1,1,2\n";
const KNOCKOUTS: &str = "perturbed\tA\tB\tC\nA\t0\t1\t1\nB\t1.1\t0\t0.5\nC\t1\t1\t0\n";

fn folder() -> Folder {
    Folder::with(&[
        ("p.csv", PREDICTED.as_bytes()),
        ("t.tsv", TRUTH.as_bytes()),
        ("wt.csv", WILD_TYPE.as_bytes()),
        ("ko.tsv", KNOCKOUTS.as_bytes()),
    ])
}

fn score(folder: &Folder, args: &[&str]) -> Ran {
    folder.cistron(&[&["score", "--perturb"], args].concat())
}

fn json(ran: Ran) -> serde_json::Value {
    serde_json::from_str(&ran.with_code(0).out).expect("JSON")
}

#[test]
fn a_prediction_is_scored_beside_the_rules() {
    let folder = folder();
    let singles = ["--wildtype", "wt.csv", "--knockouts", "ko.tsv"];
    let ran = score(&folder, &[&["p.csv", "t.tsv"], &singles[..]].concat());
    let text = ran.with_code(0).out;
    assert!(text.contains("2 states, 2 levels of genes that were not changed"));
    let line = text.lines().find(|line| line.contains("prediction"));
    let cells: Vec<&str> = line.expect("a line").split_whitespace().collect();
    assert_eq!(cells, ["prediction", "0.02500", "1.000", "1.000"]);
    for rule in [
        "no change",
        "sum of single changes",
        "larger of the single changes",
    ] {
        assert!(text.contains(rule), "{text}");
    }
    let found = json(score(
        &folder,
        &[&["p.csv", "t.tsv", "--json"], &singles[..]].concat(),
    ));
    let error = found["mean_squared_error"].as_f64().expect("a number");
    assert!((error - 0.025).abs() < 1e-12);
    // there are few samples, so the wild type alone tells its levels: C falls from 2 to 0.2, A rises
    // from 1 to 1.2
    let none = &found["rules"][0];
    assert_eq!(none["rule"], "no change");
    assert!((none["mean_squared_error"].as_f64().expect("a number") - 1.64).abs() < 1e-12);
}

#[test]
fn without_a_wild_type_only_the_error_is_known() {
    let found = json(score(&folder(), &["p.csv", "t.tsv", "--json"]));
    assert!(found["correlation"].is_null());
    assert_eq!(found["rules"].as_array().map(Vec::len), Some(0));
    let text = score(&folder(), &["p.csv", "t.tsv"]).with_code(0).out;
    assert!(text.contains("to score changes and simple rules, give --wildtype and --knockouts"));
}

#[test]
fn courses_are_read_in_both_layouts() {
    let long = "time\tgene\twild_type\tperturbed\tlog2_fold_change\n\
                0\tA\t1\t1\t0\n0\tB\t1\t1\t0\n2\tA\t1\t3\t1.58\n2\tB\t1\t0\tNA\n";
    let wide = "time,perturbed,A,B\n0,,1,1\n1,,2,0.5\n2,,3,0\n";
    let folder = Folder::with(&[("l.tsv", long.as_bytes()), ("w.csv", wide.as_bytes())]);
    let found = json(score(&folder, &["l.tsv", "w.csv", "--json"]));
    assert_eq!(found["mean_squared_error"], 0.0);
    assert_eq!(found["correct_signs"], 1.0);
    let steady = long
        .replace("2\tA", "steady\tA")
        .replace("2\tB", "steady\tB");
    let states = read_perturbed_states(steady.as_bytes(), "l.tsv").expect("a good table");
    let times: Vec<Option<f64>> = states.value.rows.iter().map(|row| row.time).collect();
    assert_eq!(times, [Some(0.0), None]);
    assert_eq!(states.value.wild_type.expect("it has one")[(1, 0)], 1.0);
}

#[test]
fn the_double_knockouts_that_generate_writes_are_read_back() {
    let genes = Genes::new(["a", "b", "c"]).expect("distinct");
    let states = SteadyStates {
        table: SteadyTable::DualKnockouts,
        perturbed: vec![vec![Gene(2), Gene(0)]],
        values: mat![[0.0, 0.25, 0.0]],
    };
    let mut bytes = Vec::new();
    write_steady(&states, &genes, &mut bytes).expect("memory takes all");
    let read = read_perturbed_states(&bytes[..], "dual.tsv").expect("a good table");
    assert_eq!(read.value.genes, genes);
    assert_eq!(read.value.rows[0].changed, ["c", "a"]);
    assert_eq!(read.value.levels[(0, 1)], 0.25);
}

#[test]
fn what_cannot_be_scored_is_refused_with_the_cure() {
    let folder = folder();
    folder.write("short.csv", b"gene_i,gene_j,A,B,C\nA,B,0,0,0.3\n");
    folder.write("bare.csv", b"A,B,C\n0,0,0.3\n");
    folder.write("twice.tsv", b"time\tgene\tperturbed\n0\tA\t1\n0\tA\t2\n");
    for (args, says) in [
        (
            vec!["short.csv", "t.tsv"],
            "short.csv against t.tsv: there is no prediction for B+C",
        ),
        (
            vec!["bare.csv", "t.tsv"],
            "bare.csv: found no column that says which genes were changed",
        ),
        (
            vec!["t.tsv", "twice.tsv"],
            "twice.tsv, row 3, column 2 (`gene`): sample `A` occurs a second time",
        ),
        (
            vec!["p.csv", "t.tsv", "--universe", "all"],
            "cannot be used with",
        ),
    ] {
        score(&folder, &args).with_code(2).says(says);
    }
    let ran = folder.cistron(&["score", "p.csv", "t.tsv", "--knockouts", "ko.tsv"]);
    ran.with_code(2).says("--perturb");
}

#[test]
fn states_that_were_not_predicted_are_all_named_with_the_command_that_predicts_them() {
    let folder = folder();
    folder.write("one.tsv", b"perturbed\tA\tB\tC\nA\t0\t1\t1\n");
    folder.write(
        "all.tsv",
        b"perturbed\tA\tB\tC\nWT\t1\t1\t2\nA\t0\t1\t1\nB_KO\t1\t0\t1\n",
    );
    score(&folder, &["one.tsv", "all.tsv"])
        .with_code(2)
        .says("one.tsv against all.tsv: there is no prediction for the wild type, B: 2 of 3 measured states; the predicted table has 1 row, such as A; one.tsv (EDGES) is the predicted table and all.tsv (GOLD) the measured one")
        .says("`cistron perturb RUN --batch all.tsv --out FOLDER` and give FOLDER as EDGES");
    // mutants across are the same states
    folder.write(
        "across.tsv",
        b"gene\tWT\tA_KO\tB\nA\t1\t0\t1\nB\t1\t1\t0\nC\t2\t1\t1\n",
    );
    let down = score(&folder, &["all.tsv", "all.tsv", "--json"]);
    let across = score(&folder, &["all.tsv", "across.tsv", "--json"]);
    assert_eq!(json(down)["states"], json(across)["states"]);
}

#[test]
fn on_dream4_the_rules_score_what_they_are_known_to() {
    let Some(root) = std::env::var_os("CISTRON_DATA").map(PathBuf::from) else {
        #[expect(clippy::print_stderr, reason = "says that the test did nothing")]
        {
            eprintln!("skipped: CISTRON_DATA names no folder of known networks");
        }
        return;
    };
    let mut sums = [0.0; 5];
    for net in 1..=5 {
        let folder = root.join(format!("dream4_100/net{net}"));
        let open = |name: &str| File::open(folder.join(name)).expect("a file of the data sets");
        let truth = open("dualknockouts_truth.tsv");
        let truth = read_perturbed_states(truth, "truth").expect("a good table");
        let rows = SteadyRows::Changed { level: 0.0 };
        let genes = &truth.value.genes;
        let singles = read_steady_states(open("knockouts.tsv"), "ko", rows, genes);
        let singles = singles.expect("a good table").value;
        assert_eq!(singles.counts().knockouts, 100);
        let found = compare(&truth.value, &truth.value, Some(&singles)).expect("the same");
        assert_eq!(
            (found.states, found.levels, found.top_changes),
            (20, 1960, 196)
        );
        for (sum, rule) in sums.iter_mut().zip(&found.rules) {
            *sum += rule.scores.mean_squared_error;
        }
    }
    let means = sums.map(|sum| (1e4 * sum / 5.0).round() / 1e4);
    assert_eq!(means, [0.0318, 0.0092, 0.0065, 0.0076, 0.0058]);
}
