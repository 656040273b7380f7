//! What is asked and answered.

use serde_json::{Value, json};

use super::{Server, knockout, run};
use crate::run::Folder;

#[test]
fn invalid_queries_are_refused_in_the_words_of_the_command_line() {
    let folder = run();
    let server = Server::start(&folder, &[]);
    let change = |key: &str, value: Value| {
        let mut query = knockout("fliA");
        query[key] = value;
        query
    };
    let done = |one: Value| change("interventions", json!([one]));
    for (query, says) in [
        (
            knockout("flia"),
            "gene `flia` is not in the model: did you mean `fliA`",
        ),
        (
            change("until", json!(-1)),
            "--until -1: expected `steady`, or a time above 0",
        ),
        (change("until", json!(0)), "--until 0: expected"),
        (
            change("until", json!(1e9)),
            "times the duration of the data",
        ),
        (
            change("points", json!(1)),
            "found 1 points, expected 2 or more",
        ),
        (change("points", json!(1_000_000)), "expected at most 1001"),
        (change("top", json!(1_000)), "expected at most 60"),
        (
            change("start", json!("nowhere@3")),
            "out/states.tsv has no state, series or condition of this name",
        ),
        (
            change("genes", json!(["none"])),
            "gene `none` is not in the model",
        ),
        (
            done(json!({"gene": "fliA", "kind": "kd"})),
            "--kd fliA: expected GENE=FRACTION",
        ),
        (
            done(json!({"gene": "fliA", "kind": "kd", "level": 2})),
            "a fraction from 0 to 1; use --oe for more",
        ),
        (
            done(json!({"gene": "fliA", "kind": "oe", "level": 0.5})),
            "a factor of 1 or more; use --kd for less",
        ),
        (
            done(json!({"gene": "fliA", "kind": "set", "level": -1})),
            "found a level of -1",
        ),
        (
            done(json!({"gene": "fliA", "kind": "ko", "from": 5, "to": 2})),
            "the window 5:2 does not end after it starts",
        ),
        (
            done(json!({"gene": "fliA", "kind": "ko", "from": 70})),
            "lies outside of the simulated time",
        ),
        (
            change(
                "interventions",
                json!([{"gene": "fliA", "kind": "ko"}, {"gene": "fliA", "kind": "kd", "level": 0.5}]),
            ),
            "gene `fliA` is changed twice at the same time",
        ),
        (
            json!({"interventions": [{"gene": "fliA", "kind": "ko", "to": 1e300}], "until": null}),
            "times the duration of the data",
        ),
        (
            change(
                "interventions",
                json!(vec![json!({"gene": "fliA", "kind": "ko"}); 51]),
            ),
            "found 51 interventions, expected at most 50",
        ),
    ] {
        server.ask(&query).refused(422, says);
    }
    for text in [
        "",
        "no JSON",
        "[]",
        "{\"until\": NaN}",
        "{\"until\": 1e999}",
        "{\"unknown\": 1}",
        "{\"interventions\": [{\"gene\": \"fliA\", \"kind\": \"gone\"}]}",
        &"[".repeat(60_000),
    ] {
        let answer = server.post("/api/perturb", text.as_bytes(), &[]);
        answer.refused(400, "the request is not a valid query");
    }
    server.lives();
}

/// Rows of response.tsv, each with what the page was sent for the same time and gene.
fn compare(table: &str, answer: &Value, names: &[String]) -> usize {
    let rows: Vec<Vec<&str>> = table
        .lines()
        .skip(1)
        .map(|row| row.split('\t').collect())
        .collect();
    let genes = names.len();
    let mut compared = 0;
    for curve in answer["curves"].as_array().expect("curves") {
        let gene = curve["gene"].as_u64().expect("a position") as usize;
        for (at, chunk) in rows.chunks(genes).enumerate() {
            let row = &chunk[gene];
            assert_eq!(row[1], names[gene]);
            for (column, key) in [(2, "wild"), (3, "perturbed"), (5, "low"), (6, "high")] {
                let shown = curve[key][at].as_f64().expect("a number");
                let written: f64 = row[column].parse().expect("a number");
                let same = (shown - written).abs() <= 1e-5 * written.abs().max(1e-9);
                assert!(
                    same,
                    "{} {key} at {}: {shown}, not {written}",
                    row[1], row[0]
                );
                compared += 1;
            }
        }
    }
    compared
}

#[test]
fn the_numbers_are_those_of_the_command_line_to_the_byte() {
    let folder = run();
    let server = Server::start(&folder, &[]);
    let model: Value = serde_json::from_str(&folder.read("out/model.json")).expect("a model");
    let genes = model["genes"].as_array().expect("genes").iter();
    let name = |name: &Value| name.as_str().expect("a name").to_owned();
    let names: Vec<String> = genes.map(name).collect();
    for (args, query) in [
        (
            vec!["--ko", "fliA"],
            json!({"interventions": [{"gene": "fliA", "kind": "ko"}]}),
        ),
        (
            vec![
                "--kd",
                "hns=0.3",
                "--window",
                "hns=10:40.5",
                "--until",
                "60",
                "--points",
                "13",
            ],
            json!({
                "interventions": [{"gene": "hns", "kind": "kd", "level": 0.3, "from": 10, "to": 40.5}],
                "until": 60, "points": 13
            }),
        ),
        (
            vec![
                "--oe", "crp=2.5x", "--set", "fis=0.8", "--from", "1@20", "--until", "100",
            ],
            json!({
                "interventions": [{"gene": "crp", "kind": "oe", "level": 2.5}, {"gene": "fis", "kind": "set", "level": 0.8}],
                "start": "1@20", "until": 100
            }),
        ),
    ] {
        let all = [&["perturb", "out", "-o", "answer", "-q"][..], &args].concat();
        folder.cistron(&all).with_code(0);
        let written = folder.read("answer/response.tsv");
        let shown = server.post("/api/perturb.tsv", query.to_string().as_bytes(), &[]);
        assert_eq!(shown.status, 200);
        assert!(shown.body == written, "response.tsv differs for {args:?}");
        let answer = server.ask(&query);
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert!(compare(&written, &answer.json(), &names) >= 24);
        let effects = folder.read("answer/effects.tsv");
        let first = effects
            .lines()
            .nth(1)
            .expect("an effect")
            .split('\t')
            .nth(1);
        let position = answer.json()["effects"]["gene"][0]
            .as_u64()
            .expect("a position");
        assert_eq!(first, Some(names[position as usize].as_str()));
    }
}

#[test]
fn a_folder_that_holds_no_run_is_refused_with_what_to_do() {
    let folder = Folder::with(&[("out/other.txt", b"")]);
    let ran = folder.cistron(&["explore", "out"]).with_code(2);
    ran.says("give the folder of a `cistron infer` run");
}

#[test]
fn a_model_of_steady_states_answers_with_steady_states_and_says_that_it_is_one() {
    let levels = |sample: usize, gene: usize| 5.0 + ((sample * (gene + 3)) % 7) as f64;
    let mut table = "sample\ta\tb\tc\td\n".to_owned();
    for sample in 0..20 {
        let cells: Vec<String> = (0..4)
            .map(|gene| levels(sample, gene).to_string())
            .collect();
        table += &format!("c{sample}\t{}\n", cells.join("\t"));
    }
    let folder = Folder::with(&[("s.tsv", table.as_bytes()), ("tf.txt", b"a\nb\n")]);
    let args = ["--steady", "s.tsv", "--regulators", "tf.txt", "--no-report"];
    folder.infer(&args).with_code(0);
    let server = Server::start(&folder, &[]);
    let page = server.page().body;
    assert!(
        page.contains("\"static\":true"),
        "the page does not know that there are no courses"
    );
    let mut query = knockout("a");
    query["until"] = json!(1.0);
    let text = server.ask(&query);
    text.refused(422, "the model was fitted to steady states");
    query["until"] = Value::Null;
    assert_eq!(server.ask(&query).status, 200);
}
